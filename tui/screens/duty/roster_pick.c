/* Picks a volunteer for a shift: those who can come first, the others with the objections. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/candidate.h"
#include "core/duty/shift_gap.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/pages/reason.h"
#include "tui/screens/duty/duty.h"

struct pick_row {
	int64_t resident;
	char *name; /* as the person who picks may see it */
	struct resident_person person;
	struct err against;
	int wish;
	int taken; /* shifts in the weeks around */
};

struct pick {
	struct list_page page;
	int64_t shift_id, replaces; /* replaces: an assignment, or 0 */
	bool is_public;             /* a resident picks: names as chosen for the wall, no reasons */
	struct shift shift;
	struct {
		struct pick_row *rows;
		int count;
	} all;
};

/* ---- reading ---- */

static int roster_pick_read_row(struct pick *p, int64_t resident, const struct shift_gaps *gaps,
	struct pick_row *ret, struct err *err)
{
	CLEANUP(candidate_finish) struct candidate c = { 0 };
	struct day day = when_day(p->shift.start_at);

	TRY(candidate_get(p->page.kiosk->db, resident, day, day, &c, err));
	*ret = (struct pick_row){ .resident = resident, .taken = c.taken_count };
	/* For somebody who takes over, the shift's being full is no objection. */
	if (p->replaces)
		candidate_reasons(&c, &p->shift, 0, &ret->against);
	else
		candidate_reasons_with_gaps(&c, &p->shift, gaps, &ret->against);
	candidate_is_free(&c, &p->shift, &ret->wish);
	TRY(resident_person(p->page.kiosk->db, resident, &ret->person, err));
	if (p->is_public)
		return resident_wall_name(p->page.kiosk->db, resident, &ret->name, err);
	ret->name = mem_text(ret->person.name);
	return 0;
}

static void roster_pick_row_finish(struct pick_row *row)
{
	resident_person_finish(&row->person);
	free(row->name);
}

/* Those who can come before those who cannot; those who like to before those who would rather not;
 * then those who have served least. */
static int roster_pick_by_fitness(const void *a, const void *b)
{
	const struct pick_row *one = a, *other = b;

	if ((one->against.code != 0) != (other->against.code != 0))
		return one->against.code ? 1 : -1;
	if (one->wish != other->wish)
		return one->wish - other->wish;
	if (one->taken != other->taken)
		return one->taken - other->taken;
	return one->resident < other->resident ? -1 : 1;
}

static int roster_pick_read(void *self, struct err *err)
{
	struct pick *p = self;
	struct db *db = p->page.kiosk->db;
	CLEANUP(volunteer_list_finish) struct volunteer_list list = { 0 };
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };

	TRY(shift_get(db, p->shift_id, &p->shift, err));
	TRY(shift_gaps(db, &p->shift, &gaps, err));
	TRY(volunteer_list(db, &list, err));
	p->all.rows = mem_alloc((size_t)(list.count + 1) * sizeof(*p->all.rows));
	for (int i = 0; i < list.count; i++) {
		struct pick_row *row = &p->all.rows[p->all.count++];
		TRY(roster_pick_read_row(p, list.rows[i].resident, &gaps, row, err));
		if (!p->is_public || !row->against.code)
			continue;
		roster_pick_row_finish(row);
		p->all.rows[--p->all.count] = (struct pick_row){ 0 };
	}
	qsort(p->all.rows, (size_t)p->all.count, sizeof(*p->all.rows), roster_pick_by_fitness);
	return 0;
}

static void roster_pick_forget(void *self)
{
	struct pick *p = self;

	for (int i = 0; i < p->all.count; i++)
		roster_pick_row_finish(&p->all.rows[i]);
	mem_free(&p->all.rows);
	p->all.count = 0;
	shift_finish(&p->shift);
}

static bool roster_pick_matches(const void *self, const void *row, const char *text)
{
	return resident_person_matches(&((const struct pick_row *)row)->person, text);
}

/* ---- lines ---- */

enum { COLUMN_NAME, COLUMN_WISH, COLUMN_AGAINST };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 12, .max = 24 },
	[COLUMN_WISH] = { NULL, .min = 4, .max = 16 },
	[COLUMN_AGAINST] = { N_("What speaks against it"), .min = 10 },
};

static void roster_pick_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct pick *p = self;
	const struct pick_row *who = row;

	ret->style = who->against.code ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_NAME:
		ret->text = mem_text(who->name);
		break;
	case COLUMN_WISH:
		ret->text = who->wish < 0   ? mem_text(_("likes to"))
			    : who->wish > 0 ? mem_text(_("rather not"))
					    : NULL;
		break;
	default:
		ret->text = clerk_against(p->page.kiosk, &who->against);
	}
}

static const char *roster_pick_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct pick_row *who = row;

	*ret_style = who->against.code ? STYLE_REFUSED : STYLE_DONE;
	return who->against.code ? "✗" : "✓";
}

/* ---- taking somebody ---- */

static bool roster_pick_may_lead(struct pick *p, int64_t resident)
{
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	struct err ignored = { 0 };

	return shift_gaps(p->page.kiosk->db, &p->shift, &gaps, &ignored) == 0 && gaps.count > 0 &&
	       gaps.rows[0].is_leader &&
	       volunteer_of(p->page.kiosk->db, resident, &v, &ignored) > 0 &&
	       volunteer_has_role(&v, gaps.rows[0].role, when_day(p->shift.start_at));
}

/* Whose place it is: a resident hands over their own. */
static int64_t roster_pick_giver(const struct pick *p)
{
	for (int i = 0; i < p->shift.people_count; i++)
		if (p->shift.people[i].id == p->replaces)
			return p->shift.people[i].resident;
	return 0;
}

static int roster_pick_take(struct pick *p, struct act *act, struct err *err)
{
	const struct pick_row *row = list_page_row(p);
	int64_t resident = row->resident, id;
	const struct assignment_draft draft = { .shift = p->shift_id,
		.resident = resident,
		.is_leader = roster_pick_may_lead(p, resident) };

	act->resident = p->replaces ? roster_pick_giver(p) : resident;
	if (p->replaces)
		return assignment_hand_over(p->page.kiosk->db, act,
			&(struct handing_over){ .assignment = p->replaces, .to = resident }, &id,
			err);
	return shift_assign(p->page.kiosk->db, act, &draft, &id, err);
}

static void roster_pick_finish(struct pick *p, int r, const struct err *err)
{
	const struct pick_row *row = list_page_row(p);
	struct app *app = p->page.app;
	CLEANUP(mem_free) char *name = mem_text(row->name);

	if (r < 0) {
		clerk_tell_err(app, err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, _("On this shift now"), name);
}

/* Somebody who takes over may lack the role that leaves with the other; NULL: nothing is lost. The
 * caller's. */
static char *roster_pick_losses(const struct pick *p)
{
	const struct pick_row *row = list_page_row(p);

	return p->replaces ? clerk_would_lack(p->page.kiosk, p->shift_id,
				     &(struct shift_change){ p->replaces, row->resident })
			   : NULL;
}

static void roster_pick_override_why(struct app *app, void *context, const char *why)
{
	const struct pick_row *row = list_page_row(context);
	struct pick *p = context;
	struct err err = { 0 };

	if (!why || !row)
		return;
	struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) char *whole = clerk_why(&act, why);
	act.why = whole;
	act.is_override = true;
	roster_pick_finish(p, roster_pick_take(p, &act, &err), &err);
}

static void roster_pick_override(struct app *app, void *context, int button)
{
	const struct pick_row *row = list_page_row(context);
	struct pick *p = context;

	if (button != 0 || !row)
		return;
	CLEANUP(mem_free) char *lacks = roster_pick_losses(p);
	CLEANUP(mem_free)
	char *text = mem_printf("%s%s%s", row->name, lacks ? "\n" : "", lacks ? lacks : "");
	const struct reason_request request = { .title = _("Assign all the same"),
		.text = text,
		.done = roster_pick_override_why,
		.context = p };
	reason_open(app, &request);
}

static void roster_pick_taken(struct app *app, void *context, int button)
{
	const struct pick_row *row = list_page_row(context);
	struct pick *p = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button == 0 && row)
		roster_pick_finish(p, roster_pick_take(p, &act, &err), &err);
}

static void roster_pick_choose(struct app *app, void *self)
{
	const struct pick_row *row = list_page_row(self);
	struct pick *p = self;

	if (!row)
		return;
	if (row->against.code) {
		const struct clerk_refusal refusal = { .title = row->name,
			.err = &row->against,
			.button = _("Assign all the same"),
			.done = roster_pick_override,
			.context = p };
		clerk_refuse(app, &refusal);
		return;
	}
	CLEANUP(mem_free) char *lacks = roster_pick_losses(p);
	const struct clerk_loss loss = { .title = row->name,
		.text = lacks,
		.button = _("Take all the same"),
		.done = roster_pick_taken,
		.context = p };
	clerk_ask_loss(app, &loss);
}

static const struct action roster_pick_actions[] = {
	{ K_ENTER, N_("Take"), N_("Puts this person on the shift."), roster_pick_choose },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void roster_pick_head(void *self, struct rect *area)
{
	const struct pick *p = self;
	CLEANUP(mem_free)
	char *when = duty_when(p->page.kiosk, p->shift.start_at, p->shift.end_at);

	draw_textf(*area, 0, 0, STYLE_STRONG, "%s  %s", when, p->shift.name);
	rect_cut_top(area, 2);
}

static const struct list_page_kind roster_pick_page = {
	.screen = LIST_PAGE(N_("Who takes this shift?"), roster_pick_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct pick, all),
	.empty = N_("No volunteer is found. Register one on the resident's page."),
	.scan = clerk_scan_later,
	.read = roster_pick_read,
	.forget = roster_pick_forget,
	.cell = roster_pick_cell,
	.mark = roster_pick_mark,
	.matches = roster_pick_matches,
	.head = roster_pick_head,
};

void roster_pick_open(struct app *app, int64_t shift, int64_t replaces)
{
	struct pick *p = list_page_create(app, &roster_pick_page);

	p->shift_id = shift;
	p->replaces = replaces;
	p->is_public = !clerk_is_on(app, NULL);
	if (p->is_public) {
		p->page.column_count = 1;
		p->page.empty = N_("Nobody else can take this shift. Look for a stand-in.");
	}
	list_page_show(p);
}

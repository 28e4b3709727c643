/* Picks a volunteer for a shift: those who can come first, the others with what speaks against it.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/candidate.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct pick_row {
	int64_t resident;
	char *name; /* as the one who picks may see it */
	struct resident_person person;
	struct err against;
	int wish;
	int taken; /* shifts in the weeks around */
};

struct pick {
	struct app *app;
	struct kiosk *kiosk;
	int64_t shift_id, replaces; /* replaces: an assignment, or 0 */
	bool is_public; /* a resident picks: names as chosen for the wall, nobody's reasons */
	struct shift shift;
	struct pick_row *rows;
	int count;
	struct list *list;
};

static const struct screen pick_screen;

/* ---- reading ---- */

static int read_row(struct pick *p, int64_t resident, const struct shift_gaps *gaps,
	struct pick_row *ret, struct err *err)
{
	CLEANUP(candidate_finish) struct candidate c = { 0 };
	struct day day = when_day(p->shift.start_at);

	TRY(candidate_get(p->kiosk->db, resident, day, day, &c, err));
	*ret = (struct pick_row){ .resident = resident, .taken = c.taken_count };
	/* Who takes over a place is not hindered by the shift's being full. */
	if (p->replaces)
		candidate_reasons(&c, &p->shift, 0, &ret->against);
	else
		candidate_reasons_with_gaps(&c, &p->shift, gaps, &ret->against);
	candidate_is_free(&c, &p->shift, &ret->wish);
	TRY(resident_person(p->kiosk->db, resident, &ret->person, err));
	if (p->is_public)
		return resident_wall_name(p->kiosk->db, resident, &ret->name, err);
	ret->name = mem_text(ret->person.name);
	return 0;
}

static void row_finish(struct pick_row *row)
{
	resident_person_finish(&row->person);
	free(row->name);
}

/* Who can come before who cannot; who likes to before who would rather not; who has served least.
 */
static int by_fitness(const void *a, const void *b)
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

static int read_all(struct pick *p, struct err *err)
{
	CLEANUP(volunteer_list_finish) struct volunteer_list list = { 0 };
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };

	TRY(shift_get(p->kiosk->db, p->shift_id, &p->shift, err));
	TRY(shift_gaps(p->kiosk->db, &p->shift, &gaps, err));
	TRY(volunteer_list(p->kiosk->db, &list, err));
	p->rows = mem_alloc((size_t)(list.count + 1) * sizeof(*p->rows));
	for (int i = 0; i < list.count; i++) {
		struct pick_row *row = &p->rows[p->count++];
		TRY(read_row(p, list.rows[i].resident, &gaps, row, err));
		if (!p->is_public || !row->against.code)
			continue;
		row_finish(row);
		p->rows[--p->count] = (struct pick_row){ 0 };
	}
	qsort(p->rows, (size_t)p->count, sizeof(*p->rows), by_fitness);
	return 0;
}

static bool matches(void *context, int row, const char *text)
{
	const struct pick *p = context;

	return resident_person_matches(&p->rows[row].person, text);
}

/* ---- lines ---- */

enum { COLUMN_NAME, COLUMN_WISH, COLUMN_AGAINST };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 12, .max = 24 },
	[COLUMN_WISH] = { NULL, .min = 4, .max = 16 },
	[COLUMN_AGAINST] = { N_("What speaks against it"), .min = 10 },
};

static void cell(void *context, int line, int column, struct list_cell *ret)
{
	const struct pick *p = context;
	const struct pick_row *row = &p->rows[line];

	ret->style = row->against.code ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_NAME:
		ret->text = mem_text(row->name);
		break;
	case COLUMN_WISH:
		ret->text = row->wish < 0   ? mem_text(_("likes to"))
			    : row->wish > 0 ? mem_text(_("rather not"))
					    : NULL;
		break;
	default:
		ret->text = clerk_against(p->kiosk, &row->against);
	}
}

static const char *mark(void *context, int line, enum style *ret_style)
{
	const struct pick *p = context;
	const struct pick_row *row = &p->rows[line];

	*ret_style = row->against.code ? STYLE_REFUSED : STYLE_DONE;
	return row->against.code ? "✗" : "✓";
}

static const struct pick_row *selected(const struct pick *p)
{
	int line = list_selected(p->list);

	return line >= 0 && line < p->count ? &p->rows[line] : NULL;
}

/* ---- life ---- */

void roster_pick_open(struct app *app, int64_t shift, int64_t replaces)
{
	struct pick *p = mem_alloc(sizeof(*p));
	struct err err = { 0 };

	p->app = app;
	p->kiosk = kiosk_of(app);
	p->shift_id = shift;
	p->replaces = replaces;
	p->is_public = !clerk_is_on(app, NULL);
	const struct list_options options = {
		.columns = columns,
		.column_count = p->is_public ? 1 : ARRAY_LEN(columns),
		.context = p,
		.cell = cell,
		.mark = mark,
		.matches = matches,
		.empty =
			p->is_public
				? N_("Nobody else can take this shift. Look for a stand-in.")
				: N_("No volunteer is found. Register one on the resident's page."),
	};
	p->list = list_create(&options);
	clerk_hush(app);
	app_push(app, &pick_screen, p);
	if (read_all(p, &err) < 0)
		clerk_tell_err(app, &err);
	list_set_count(p->list, p->count);
}

static void leave(struct app *app, void *self)
{
	struct pick *p = self;

	(void)app;
	for (int i = 0; i < p->count; i++)
		row_finish(&p->rows[i]);
	free(p->rows);
	shift_finish(&p->shift);
	list_destroy(p->list);
	free(p);
}

/* ---- taking somebody ---- */

static bool may_lead(struct pick *p, int64_t resident)
{
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	struct err ignored = { 0 };

	return shift_gaps(p->kiosk->db, &p->shift, &gaps, &ignored) == 0 && gaps.count > 0 &&
	       gaps.rows[0].is_leader && volunteer_of(p->kiosk->db, resident, &v, &ignored) > 0 &&
	       volunteer_has_role(&v, gaps.rows[0].role, when_day(p->shift.start_at));
}

/* Whose place it is: a resident hands over their own. */
static int64_t giver(const struct pick *p)
{
	for (int i = 0; i < p->shift.people_count; i++)
		if (p->shift.people[i].id == p->replaces)
			return p->shift.people[i].resident;
	return 0;
}

static int take(struct pick *p, struct act *act, struct err *err)
{
	int64_t resident = selected(p)->resident, id;
	const struct assignment_draft draft = {
		.shift = p->shift_id, .resident = resident, .is_leader = may_lead(p, resident)
	};

	act->resident = p->replaces ? giver(p) : resident;
	if (p->replaces)
		return assignment_hand_over(p->kiosk->db, act, p->replaces, resident, &id, err);
	return shift_assign(p->kiosk->db, act, &draft, &id, err);
}

static void finish(struct pick *p, int r, const struct err *err)
{
	struct app *app = p->app;
	CLEANUP(mem_free) char *name = mem_text(selected(p)->name);

	if (r < 0) {
		clerk_tell_err(app, err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, _("On this shift now"), name);
}

/* Somebody who takes over may not have the role that leaves with the other; NULL: nothing is lost.
 * The caller's. */
static char *losses(const struct pick *p)
{
	return p->replaces
		       ? clerk_would_lack(p->kiosk, p->shift_id, p->replaces, selected(p)->resident)
		       : NULL;
}

static void override_why(struct app *app, void *context, const char *why)
{
	struct pick *p = context;
	struct err err = { 0 };

	if (!why || !selected(p))
		return;
	struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) char *whole = clerk_why(&act, why);
	act.why = whole;
	act.is_override = true;
	finish(p, take(p, &act, &err), &err);
}

static void override(struct app *app, void *context, int button)
{
	struct pick *p = context;

	if (button != 0 || !selected(p))
		return;
	CLEANUP(mem_free) char *lacks = losses(p);
	CLEANUP(mem_free)
	char *text = mem_printf("%s%s%s", selected(p)->name, lacks ? "\n" : "", lacks ? lacks : "");
	const struct reason_request request = {
		.title = _("Assign all the same"), .text = text, .done = override_why, .context = p
	};
	reason_open(app, &request);
}

static void taken(struct app *app, void *context, int button)
{
	struct pick *p = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (button == 0 && selected(p))
		finish(p, take(p, &act, &err), &err);
}

static void choose(struct app *app, void *self)
{
	struct pick *p = self;

	if (!selected(p))
		return;
	if (selected(p)->against.code) {
		const struct clerk_refusal refusal = { .title = selected(p)->name,
			.err = &selected(p)->against,
			.button = _("Assign all the same"),
			.done = override,
			.context = p };
		clerk_refuse(app, &refusal);
		return;
	}
	CLEANUP(mem_free) char *lacks = losses(p);
	const struct clerk_loss loss = { .title = selected(p)->name,
		.text = lacks,
		.button = _("Take all the same"),
		.done = taken,
		.context = p };
	clerk_ask_loss(app, &loss);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Take"), N_("Puts this person on the shift."), choose },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct pick *p = self;
	enum list_answer answer = list_key(p->list, key);

	if (answer == LIST_CHOSEN)
		choose(app, p);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct pick *p = self;
	CLEANUP(mem_free)
	char *day = words_day(when_day(p->shift.start_at), when_day(kiosk_now(p->kiosk)));
	CLEANUP(mem_free) char *span = words_span(p->shift.start_at, p->shift.end_at);

	(void)app;
	area = rect_inset(area, 1, 2);
	draw_textf(area, 0, 0, STYLE_STRONG, "%s  %s  %s", day, span,
		p->shift.name ? p->shift.name : "");
	rect_cut_top(&area, 2);
	clerk_draw_news(p->app, &area);
	list_draw(p->list, area);
}

static const struct screen pick_screen = {
	.name = "roster_pick",
	.title = N_("Who takes this shift?"),
	.actions = actions,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan_later,
};

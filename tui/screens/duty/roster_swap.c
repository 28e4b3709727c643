/* Two people swap shifts: the other places of this week and the next, those without objections
 * first. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/candidate.h"
#include "core/duty/shift_gap.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/pages/reason.h"
#include "tui/screens/duty/duty.h"

struct swap_row {
	int64_t assignment, resident, shift;
	int64_t start_at, end_at;
	struct resident_person person;
	/* Whoever gives the place on the other's shift; the other on theirs. */
	struct err against[2];
};

struct swap {
	struct list_page page;
	int64_t assignment;
	struct assignment who; /* gives the place */
	struct shift shift;    /* that it is on */
	char *name;
	struct {
		struct swap_row *rows;
		int count;
	} all;
};

/* ---- reading ---- */

static int roster_swap_reasons(struct db *db, int64_t resident, const struct shift *shift,
	int64_t without, struct err *ret, struct err *err)
{
	CLEANUP(candidate_finish) struct candidate c = { 0 };
	struct day day = when_day(shift->start_at);

	TRY(candidate_get(db, resident, day, day, &c, err));
	candidate_reasons(&c, shift, without, ret);
	return 0;
}

static int roster_swap_read_row(
	struct swap *s, const struct shift *shift, const struct assignment *other, struct err *err)
{
	struct db *db = s->page.kiosk->db;

	s->all.rows = mem_resize(s->all.rows, (size_t)(s->all.count + 1) * sizeof(*s->all.rows));
	struct swap_row *row = &s->all.rows[s->all.count++];
	*row = (struct swap_row){ .assignment = other->id,
		.resident = other->resident,
		.shift = shift->id,
		.start_at = shift->start_at,
		.end_at = shift->end_at };
	TRY(resident_person(db, other->resident, &row->person, err));
	TRY(roster_swap_reasons(db, s->who.resident, shift, s->shift.id, &row->against[0], err));
	return roster_swap_reasons(
		db, other->resident, &s->shift, shift->id, &row->against[1], err);
}

static bool roster_swap_is_offered(const struct swap *s, const struct shift *shift)
{
	return shift->id != s->shift.id && shift->start_at > kiosk_now(s->page.kiosk) &&
	       !shift_assignment_of(shift, s->who.resident);
}

static bool roster_swap_speaks_against(const struct swap_row *row)
{
	return row->against[0].code || row->against[1].code;
}

static int roster_swap_by_fitness(const void *a, const void *b)
{
	const struct swap_row *one = a, *other = b;

	if (roster_swap_speaks_against(one) != roster_swap_speaks_against(other))
		return roster_swap_speaks_against(one) ? 1 : -1;
	if (one->start_at != other->start_at)
		return one->start_at < other->start_at ? -1 : 1;
	return one->assignment < other->assignment ? -1 : 1;
}

static int roster_swap_read(void *self, struct err *err)
{
	struct swap *s = self;
	CLEANUP(shift_list_finish) struct shift_list shifts = { 0 };
	struct db *db = s->page.kiosk->db;

	TRY(assignment_get(db, s->assignment, &s->who, err));
	TRY(shift_get(db, s->who.shift, &s->shift, err));
	TRY(clerk_name(s->page.kiosk, s->who.resident, &s->name, err));
	struct day monday = week_monday(day_iso_week(when_day(s->shift.start_at)));
	TRY(shifts_between(db, monday, day_add(monday, 13), &shifts, err));
	for (int i = 0; i < shifts.count; i++) {
		const struct shift *shift = &shifts.rows[i];
		for (int j = 0; roster_swap_is_offered(s, shift) && j < shift->people_count; j++)
			if (shift->people[j].state == ASSIGNMENT_PENDING)
				TRY(roster_swap_read_row(s, shift, &shift->people[j], err));
	}
	qsort(s->all.rows, (size_t)s->all.count, sizeof(*s->all.rows), roster_swap_by_fitness);
	return 0;
}

static void roster_swap_forget(void *self)
{
	struct swap *s = self;

	for (int i = 0; i < s->all.count; i++)
		resident_person_finish(&s->all.rows[i].person);
	mem_free(&s->all.rows);
	s->all.count = 0;
	mem_free(&s->name);
	shift_finish(&s->shift);
}

static bool roster_swap_matches(const void *self, const void *row, const char *text)
{
	return resident_person_matches(&((const struct swap_row *)row)->person, text);
}

/* ---- lines ---- */

enum { COLUMN_WHEN, COLUMN_NAME, COLUMN_AGAINST };

static const struct list_column columns[] = {
	[COLUMN_WHEN] = { N_("When"), .min = 24, .max = 34, .is_whole = true },
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 8, .max = 20 },
	[COLUMN_AGAINST] = { N_("What speaks against it"), .min = 10 },
};

/* "陈丽芳：…  祯叔：…" */
static char *roster_swap_against_text(const struct swap *s, const struct swap_row *row)
{
	CLEANUP(mem_free) char *one = clerk_against(s->page.kiosk, &row->against[0]);
	CLEANUP(mem_free) char *other = clerk_against(s->page.kiosk, &row->against[1]);

	if (*one && *other)
		return mem_printf(_("%s: %s  %s: %s"), s->name, one, row->person.name, other);
	if (*one)
		return mem_printf(_("%s: %s"), s->name, one);
	return *other ? mem_printf(_("%s: %s"), row->person.name, other) : NULL;
}

static void roster_swap_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct swap *s = self;
	const struct swap_row *other = row;

	ret->style = roster_swap_speaks_against(other) ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_WHEN:
		ret->text = duty_when(s->page.kiosk, other->start_at, other->end_at);
		break;
	case COLUMN_NAME:
		ret->text = mem_text(other->person.name);
		break;
	default:
		ret->text = roster_swap_against_text(s, other);
	}
}

static const char *roster_swap_mark(const void *self, const void *row, enum style *ret_style)
{
	*ret_style = roster_swap_speaks_against(row) ? STYLE_REFUSED : STYLE_DONE;
	return roster_swap_speaks_against(row) ? "✗" : "✓";
}

/* ---- swapping ---- */

static void roster_swap_swap(struct swap *s, struct act *act)
{
	const struct swap_row *row = list_page_row(s);
	struct app *app = s->page.app;
	struct err err = { 0 };

	act->resident = s->who.resident;
	if (assignment_swap(s->page.kiosk->db, act, s->who.id, row->assignment, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	CLEANUP(mem_free) char *names = mem_printf("%s – %s", s->name, row->person.name);
	app_pop(app);
	clerk_tell_done(app, _("They have changed shifts"), names);
}

/* Which role either shift would be without; NULL: none. The caller's. */
static char *roster_swap_losses(const struct swap *s, const struct swap_row *row)
{
	CLEANUP(mem_free)
	char *here = clerk_would_lack(
		s->page.kiosk, s->shift.id, &(struct shift_change){ s->who.id, row->resident });
	CLEANUP(mem_free)
	char *there = clerk_would_lack(s->page.kiosk, row->shift,
		&(struct shift_change){ row->assignment, s->who.resident });
	CLEANUP(mem_free) char *span = words_span(s->shift.start_at, s->shift.end_at);
	CLEANUP(mem_free) char *other = words_span(row->start_at, row->end_at);

	if (here && there)
		return mem_printf("%s  %s\n%s  %s", span, here, other, there);
	if (here)
		return mem_printf("%s  %s", span, here);
	return there ? mem_printf("%s  %s", other, there) : NULL;
}

static void roster_swap_override_why(struct app *app, void *context, const char *why)
{
	const struct swap_row *row = list_page_row(context);
	struct swap *s = context;

	if (!why || !row)
		return;
	struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) char *whole = clerk_why(&act, why);
	act.why = whole;
	act.is_override = true;
	roster_swap_swap(s, &act);
}

static void roster_swap_override(struct app *app, void *context, int button)
{
	const struct swap_row *row = list_page_row(context);
	struct swap *s = context;

	if (button != 0 || !row)
		return;
	CLEANUP(mem_free) char *lost = roster_swap_losses(s, row);
	CLEANUP(mem_free)
	char *text = mem_printf("%s%s%s", row->person.name, lost ? "\n" : "", lost ? lost : "");
	const struct reason_request request = { .title = _("Change shifts all the same"),
		.text = text,
		.done = roster_swap_override_why,
		.context = s };
	reason_open(app, &request);
}

/* The objections to either of them. */
static void roster_swap_refuse(struct swap *s, const struct swap_row *row)
{
	struct err both = row->against[0];

	for (int i = 0; i < row->against[1].reason_count; i++)
		err_refuse(&both, row->against[1].reasons[i]);
	CLEANUP(mem_free) char *names = mem_printf("%s – %s", s->name, row->person.name);
	const struct clerk_refusal refusal = { .title = names,
		.err = &both,
		.button = _("Change shifts all the same"),
		.done = roster_swap_override,
		.context = s };
	clerk_refuse(s->page.app, &refusal);
}

static void roster_swap_agreed(struct app *app, void *context, int button)
{
	const struct swap_row *row = list_page_row(context);
	struct swap *s = context;
	struct act act = clerk_act(app, 0);

	if (button == 0 && row)
		roster_swap_swap(s, &act);
}

static void roster_swap_choose(struct app *app, void *self)
{
	struct swap *s = self;
	const struct swap_row *row = list_page_row(s);

	if (!row)
		return;
	if (roster_swap_speaks_against(row)) {
		roster_swap_refuse(s, row);
		return;
	}
	CLEANUP(mem_free) char *names = mem_printf("%s – %s", s->name, row->person.name);
	CLEANUP(mem_free) char *lost = roster_swap_losses(s, row);
	const struct clerk_loss loss = { .title = names,
		.text = lost,
		.button = _("Change shifts all the same"),
		.done = roster_swap_agreed,
		.context = s };
	clerk_ask_loss(app, &loss);
}

static const struct action roster_swap_actions[] = {
	{ K_ENTER, N_("Change shifts"), N_("Each takes the other's place; both are told."),
		roster_swap_choose },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void roster_swap_head(void *self, struct rect *area)
{
	const struct swap *s = self;
	CLEANUP(mem_free)
	char *when = duty_when(s->page.kiosk, s->shift.start_at, s->shift.end_at);

	draw_textf(*area, 0, 0, STYLE_STRONG, "%s  %s", s->name, when);
	rect_cut_top(area, 2);
}

static const struct list_page_kind roster_swap_page = {
	.screen = LIST_PAGE(N_("Change shifts with whom?"), roster_swap_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct swap, all),
	.empty = N_("Nobody else has a shift in these two weeks."),
	.scan = clerk_scan_later,
	.read = roster_swap_read,
	.forget = roster_swap_forget,
	.cell = roster_swap_cell,
	.mark = roster_swap_mark,
	.matches = roster_swap_matches,
	.head = roster_swap_head,
};

void roster_swap_open(struct app *app, int64_t assignment)
{
	struct swap *s = list_page_create(app, &roster_swap_page);

	s->assignment = assignment;
	list_page_show(s);
}

/* Two people change shifts: the other places of this week and the next, those first against which
 * nothing speaks. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/candidate.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct swap_row {
	int64_t assignment, resident, shift;
	int64_t start_at, end_at;
	struct resident_person person;
	/* Whoever gives the place on the other's shift; the other on theirs. */
	struct err against[2];
};

struct swap {
	struct app *app;
	struct kiosk *kiosk;
	struct assignment who; /* gives the place */
	struct shift shift;    /* that it is on */
	char *name;
	struct swap_row *rows;
	int count;
	struct list *list;
};

static const struct screen swap_screen;

/* ---- reading ---- */

static int reasons(struct db *db, int64_t resident, const struct shift *shift, int64_t without,
	struct err *ret, struct err *err)
{
	CLEANUP(candidate_finish) struct candidate c = { 0 };
	struct day day = when_day(shift->start_at);

	TRY(candidate_get(db, resident, day, day, &c, err));
	candidate_reasons(&c, shift, without, ret);
	return 0;
}

static int read_row(
	struct swap *s, const struct shift *shift, const struct assignment *other, struct err *err)
{
	struct db *db = s->kiosk->db;

	s->rows = mem_resize(s->rows, (size_t)(s->count + 1) * sizeof(*s->rows));
	struct swap_row *row = &s->rows[s->count++];
	*row = (struct swap_row){ .assignment = other->id,
		.resident = other->resident,
		.shift = shift->id,
		.start_at = shift->start_at,
		.end_at = shift->end_at };
	TRY(resident_person(db, other->resident, &row->person, err));
	TRY(reasons(db, s->who.resident, shift, s->shift.id, &row->against[0], err));
	return reasons(db, other->resident, &s->shift, shift->id, &row->against[1], err);
}

static bool is_offered(const struct swap *s, const struct shift *shift)
{
	return shift->id != s->shift.id && shift->start_at > kiosk_now(s->kiosk) &&
	       !shift_assignment_of(shift, s->who.resident);
}

static bool speaks_against(const struct swap_row *row)
{
	return row->against[0].code || row->against[1].code;
}

static int by_fitness(const void *a, const void *b)
{
	const struct swap_row *one = a, *other = b;

	if (speaks_against(one) != speaks_against(other))
		return speaks_against(one) ? 1 : -1;
	if (one->start_at != other->start_at)
		return one->start_at < other->start_at ? -1 : 1;
	return one->assignment < other->assignment ? -1 : 1;
}

static int read_all(struct swap *s, int64_t assignment, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(shift_list_finish) struct shift_list shifts = { 0 };
	struct db *db = s->kiosk->db;

	TRY(assignment_get(db, assignment, &s->who, err));
	TRY(shift_get(db, s->who.shift, &s->shift, err));
	TRY(resident_person(db, s->who.resident, &person, err));
	s->name = mem_text(person.name);
	struct day monday = week_monday(day_iso_week(when_day(s->shift.start_at)));
	TRY(shifts_between(db, monday, day_add(monday, 13), &shifts, err));
	for (int i = 0; i < shifts.count; i++) {
		const struct shift *shift = &shifts.rows[i];
		for (int j = 0; is_offered(s, shift) && j < shift->people_count; j++)
			if (shift->people[j].state == ASSIGNMENT_PENDING)
				TRY(read_row(s, shift, &shift->people[j], err));
	}
	qsort(s->rows, (size_t)s->count, sizeof(*s->rows), by_fitness);
	return 0;
}

static bool matches(void *context, int row, const char *text)
{
	const struct swap *s = context;

	return resident_person_matches(&s->rows[row].person, text);
}

/* ---- lines ---- */

enum { COLUMN_WHEN, COLUMN_NAME, COLUMN_AGAINST };

static const struct list_column columns[] = {
	[COLUMN_WHEN] = { N_("When"), .min = 24, .max = 34, .is_whole = true },
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 8, .max = 20 },
	[COLUMN_AGAINST] = { N_("What speaks against it"), .min = 10 },
};

/* "陈丽芳：…  祯叔：…" */
static char *against_text(const struct swap *s, const struct swap_row *row)
{
	CLEANUP(mem_free) char *one = clerk_against(s->kiosk, &row->against[0]);
	CLEANUP(mem_free) char *other = clerk_against(s->kiosk, &row->against[1]);

	if (*one && *other)
		return mem_printf(_("%s: %s  %s: %s"), s->name, one, row->person.name, other);
	if (*one)
		return mem_printf(_("%s: %s"), s->name, one);
	return *other ? mem_printf(_("%s: %s"), row->person.name, other) : NULL;
}

static void cell(void *context, int line, int column, struct list_cell *ret)
{
	const struct swap *s = context;
	const struct swap_row *row = &s->rows[line];

	ret->style = speaks_against(row) ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_WHEN: {
		CLEANUP(mem_free)
		char *day = words_day(when_day(row->start_at), when_day(kiosk_now(s->kiosk)));
		CLEANUP(mem_free) char *span = words_span(row->start_at, row->end_at);
		ret->text = mem_printf("%s  %s", day, span);
		break;
	}
	case COLUMN_NAME:
		ret->text = mem_text(row->person.name);
		break;
	default:
		ret->text = against_text(s, row);
	}
}

static const char *mark(void *context, int line, enum style *ret_style)
{
	const struct swap *s = context;

	*ret_style = speaks_against(&s->rows[line]) ? STYLE_REFUSED : STYLE_DONE;
	return speaks_against(&s->rows[line]) ? "✗" : "✓";
}

static const struct swap_row *selected(const struct swap *s)
{
	int line = list_selected(s->list);

	return line >= 0 && line < s->count ? &s->rows[line] : NULL;
}

/* ---- life ---- */

void roster_swap_open(struct app *app, int64_t assignment)
{
	struct swap *s = mem_alloc(sizeof(*s));
	struct err err = { 0 };

	s->app = app;
	s->kiosk = kiosk_of(app);
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = s,
		.cell = cell,
		.mark = mark,
		.matches = matches,
		.empty = N_("Nobody else has a shift in these two weeks."),
	};
	s->list = list_create(&options);
	clerk_hush(app);
	app_push(app, &swap_screen, s);
	if (read_all(s, assignment, &err) < 0)
		clerk_tell_err(app, &err);
	list_set_count(s->list, s->count);
}

static void leave(struct app *app, void *self)
{
	struct swap *s = self;

	(void)app;
	for (int i = 0; i < s->count; i++)
		resident_person_finish(&s->rows[i].person);
	free(s->rows);
	free(s->name);
	shift_finish(&s->shift);
	list_destroy(s->list);
	free(s);
}

/* ---- swapping ---- */

static void swap(struct swap *s, struct act *act)
{
	struct app *app = s->app;
	struct err err = { 0 };

	act->resident = s->who.resident;
	if (assignment_swap(s->kiosk->db, act, s->who.id, selected(s)->assignment, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	CLEANUP(mem_free) char *names = mem_printf("%s – %s", s->name, selected(s)->person.name);
	app_pop(app);
	clerk_tell_done(app, _("They have changed shifts"), names);
}

/* Which role either shift would be without; NULL: none. The caller's. */
static char *losses(const struct swap *s, const struct swap_row *row)
{
	CLEANUP(mem_free)
	char *here = clerk_would_lack(s->kiosk, s->shift.id, s->who.id, row->resident);
	CLEANUP(mem_free)
	char *there = clerk_would_lack(s->kiosk, row->shift, row->assignment, s->who.resident);
	CLEANUP(mem_free) char *span = words_span(s->shift.start_at, s->shift.end_at);
	CLEANUP(mem_free) char *other = words_span(row->start_at, row->end_at);

	if (here && there)
		return mem_printf("%s  %s\n%s  %s", span, here, other, there);
	if (here)
		return mem_printf("%s  %s", span, here);
	return there ? mem_printf("%s  %s", other, there) : NULL;
}

static void override_why(struct app *app, void *context, const char *why)
{
	struct swap *s = context;

	if (!why || !selected(s))
		return;
	struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) char *whole = clerk_why(&act, why);
	act.why = whole;
	act.is_override = true;
	swap(s, &act);
}

static void override(struct app *app, void *context, int button)
{
	struct swap *s = context;

	if (button != 0 || !selected(s))
		return;
	CLEANUP(mem_free) char *lost = losses(s, selected(s));
	CLEANUP(mem_free)
	char *text =
		mem_printf("%s%s%s", selected(s)->person.name, lost ? "\n" : "", lost ? lost : "");
	const struct reason_request request = { .title = _("Change shifts all the same"),
		.text = text,
		.done = override_why,
		.context = s };
	reason_open(app, &request);
}

/* What speaks against either of them. */
static void refuse(struct swap *s, const struct swap_row *row)
{
	struct err both = row->against[0];

	for (int i = 0; i < row->against[1].reason_count; i++)
		err_refuse(&both, row->against[1].reasons[i]);
	CLEANUP(mem_free) char *names = mem_printf("%s – %s", s->name, row->person.name);
	const struct clerk_refusal refusal = { .title = names,
		.err = &both,
		.button = _("Change shifts all the same"),
		.done = override,
		.context = s };
	clerk_refuse(s->app, &refusal);
}

static void agreed(struct app *app, void *context, int button)
{
	struct swap *s = context;
	struct act act = clerk_act(app, 0);

	if (button == 0 && selected(s))
		swap(s, &act);
}

static void choose(struct app *app, void *self)
{
	struct swap *s = self;
	const struct swap_row *row = selected(s);

	if (!row)
		return;
	if (speaks_against(row)) {
		refuse(s, row);
		return;
	}
	CLEANUP(mem_free) char *names = mem_printf("%s – %s", s->name, row->person.name);
	CLEANUP(mem_free) char *lost = losses(s, row);
	const struct clerk_loss loss = { .title = names,
		.text = lost,
		.button = _("Change shifts all the same"),
		.done = agreed,
		.context = s };
	clerk_ask_loss(app, &loss);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Change shifts"), N_("Each takes the other's place; both are told."),
		choose },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	const struct swap *s = self;
	enum list_answer answer = list_key(s->list, key);

	if (answer == LIST_CHOSEN)
		choose(app, self);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void draw(struct app *app, void *self, struct rect area)
{
	const struct swap *s = self;
	CLEANUP(mem_free)
	char *day = words_day(when_day(s->shift.start_at), when_day(kiosk_now(s->kiosk)));
	CLEANUP(mem_free) char *span = words_span(s->shift.start_at, s->shift.end_at);

	(void)app;
	area = rect_inset(area, 1, 2);
	draw_textf(area, 0, 0, STYLE_STRONG, "%s  %s  %s", s->name ? s->name : "", day, span);
	rect_cut_top(&area, 2);
	clerk_draw_news(s->app, &area);
	list_draw(s->list, area);
}

static const struct screen swap_screen = {
	.name = "roster_swap",
	.title = N_("Change shifts with whom?"),
	.actions = actions,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan_later,
};

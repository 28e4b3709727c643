/* The week's roster (F4): days across, periods down. A cell opens its shift; a coordinator makes
 * the week, has it planned, publishes and prints it. Everybody may look. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/reasons.h"
#include "core/duty/roster_plan.h"
#include "core/duty/roster_table.h"
#include "core/duty/shift_gap.h"
#include "core/duty/template.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "tui/pages/grid_page.h"
#include "tui/screens/duty/duty.h"
#include "tui/widgets/dialog.h"

#define PLAN_TICK_MS 250

/* The text of a shift's cell, read once: the grid asks for it several times per drawing. */
struct cell_text {
	struct week_grid_cell lines;
};

struct roster_screen {
	struct grid_page page;
	struct week week;
	struct roster roster;
	struct roster_table table;
	struct cell_text *cells; /* one for each of roster.shifts */
	int cell_count;
	/* A plan under way. */
	struct plan_run *run;
	struct roster_problem problem;
	struct roster_taken taken; /* by the last one */
};

/* ---- reading ---- */

static void roster_forget(void *self)
{
	struct roster_screen *rs = self;

	for (int i = 0; i < rs->cell_count; i++)
		for (int j = 0; j < rs->cells[i].lines.count; j++)
			free(rs->cells[i].lines.lines[j].text);
	free(rs->cells);
	rs->cells = NULL;
	rs->cell_count = 0;
	roster_table_finish(&rs->table);
	roster_finish(&rs->roster);
}

static enum style roster_style_of(const struct assignment *who)
{
	if (who->state == ASSIGNMENT_PRESENT)
		return STYLE_DONE;
	return who->asked_at ? STYLE_NEEDED : STYLE_PAPER;
}

static char *roster_person_text(struct roster_screen *rs, const struct assignment *who)
{
	CLEANUP(mem_free) char *name = NULL;
	struct err ignored = { 0 };

	resident_wall_name(rs->page.kiosk->db, who->resident, &name, &ignored);
	return mem_printf("%s%s%s%s%s%s", who->is_leader ? "★" : "", who->stands_for ? "▲" : "",
		name ? name : "", roster_is_change(&rs->roster, who) ? "※" : "",
		who->is_locked && clerk_is_on(rs->page.app, rs) ? "=" : "",
		who->state == ASSIGNMENT_PRESENT ? " ✓"
		: who->confirmed_at              ? ""
						 : " ?");
}

static void roster_say_gaps(
	struct roster_screen *rs, const struct shift *shift, struct week_grid_cell *ret)
{
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };
	struct err ignored = { 0 };

	if (shift->end_at <= kiosk_now(rs->page.kiosk) ||
		shift_gaps(rs->page.kiosk->db, shift, &gaps, &ignored) < 0)
		return;
	if (gaps.places > 0)
		week_grid_say(
			ret, STYLE_NEEDED, mem_printf(_("○ %lld wanted"), (long long)gaps.places));
	for (int i = 0; i < gaps.count; i++)
		week_grid_say(ret, STYLE_NEEDED, mem_printf(_("○ %s"), gaps.rows[i].name));
}

/* A draft is not a fact, and who missed a shift is only for coordinators to see. */
static void roster_read_cell(struct roster_screen *rs, int index)
{
	const struct shift *shift = &rs->roster.shifts.rows[index];
	struct week_grid_cell *cell = &rs->cells[index].lines;
	bool is_staffed = clerk_is_on(rs->page.app, rs);

	if (!is_staffed && rs->roster.version == 0) {
		week_grid_say(cell, STYLE_QUIET, mem_text(_("not out yet")));
		return;
	}
	for (int i = 0; i < shift->people_count; i++)
		week_grid_say(cell, roster_style_of(&shift->people[i]),
			roster_person_text(rs, &shift->people[i]));
	for (int i = 0; i < shift->gone_count; i++)
		if (is_staffed && shift->gone[i].state == ASSIGNMENT_MISSED)
			week_grid_say(cell, STYLE_REFUSED, roster_person_text(rs, &shift->gone[i]));
	roster_say_gaps(rs, shift, cell);
}

static int roster_read(void *self, struct err *err)
{
	struct roster_screen *rs = self;

	TRY(roster_get(rs->page.kiosk->db, rs->week, &rs->roster, err));
	roster_table(&rs->roster, &rs->table);
	rs->cell_count = rs->roster.shifts.count;
	rs->cells = mem_alloc((size_t)rs->cell_count * sizeof(*rs->cells) + 1);
	for (int i = 0; i < rs->cell_count; i++)
		roster_read_cell(rs, i);
	rs->page.rows = rs->table.count;
	rs->page.columns = ROSTER_DAYS;
	return 0;
}

/* ---- the grid ---- */

static void roster_grid_head(void *context, int column, struct week_grid_cell *ret)
{
	const struct roster_screen *rs = context;
	struct day day = day_add(rs->roster.monday, column);
	bool is_today = day_compare(day, when_day(kiosk_now(rs->page.kiosk))) == 0;

	week_grid_say(ret, is_today ? STYLE_MARK : STYLE_STRONG,
		mem_text(words_weekday_short(column + 1)));
	week_grid_say(ret, STYLE_QUIET, mem_printf("%d/%d", day.month, day.day));
}

static void roster_grid_side(void *context, int row, struct week_grid_cell *ret)
{
	const struct roster_screen *rs = context;
	const struct roster_row *period = &rs->table.rows[row];
	int64_t midnight = when_day_start(rs->roster.monday);

	week_grid_say(ret, STYLE_STRONG,
		words_span(midnight + period->start * 60, midnight + period->end * 60));
	week_grid_say(ret, STYLE_QUIET, mem_text(period->name));
}

static void roster_grid_cell(void *context, int row, int column, struct week_grid_cell *ret)
{
	const struct roster_screen *rs = context;
	int index = rs->table.rows[row].shifts[column];

	ret->is_void = index < 0;
	if (index < 0)
		return;
	const struct shift *shift = &rs->roster.shifts.rows[index];
	const struct week_grid_cell *lines = &rs->cells[index].lines;
	if (strcmp(shift->name, rs->table.rows[row].name) != 0)
		week_grid_say(ret, STYLE_QUIET, mem_text(shift->name));
	for (int i = 0; i < lines->count; i++)
		week_grid_say(ret, lines->lines[i].style, mem_text(lines->lines[i].text));
}

static const struct shift *roster_selected(const struct roster_screen *rs)
{
	int row = grid_page_row(rs);

	return row < 0 ? NULL : roster_cell(&rs->roster, &rs->table, row, grid_page_column(rs));
}

/* ---- what can be done ---- */

static void roster_turn(void *self, int weeks)
{
	struct roster_screen *rs = self;

	rs->week = day_iso_week(day_add(week_monday(rs->week), 7 * weeks));
	clerk_hush(rs->page.app);
}

static bool roster_is_coordinator(struct app *app, void *self)
{
	const struct roster_screen *rs = self;

	return clerk_is_coordinator(app, self) && !rs->run;
}

static bool roster_can_publish(struct app *app, void *self)
{
	const struct roster_screen *rs = self;

	return roster_is_coordinator(app, self) &&
	       (rs->roster.state == ROSTER_DRAFT || rs->roster.state == ROSTER_AMENDED);
}

static bool roster_has_shifts(struct app *app, void *self)
{
	const struct roster_screen *rs = self;

	return clerk_is_on(app, self) && rs->roster.shifts.count > 0;
}

static void roster_make_week(struct app *app, void *self)
{
	struct roster_screen *rs = self;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };
	int added = 0;

	int r = shifts_make(rs->page.kiosk->db, &act, rs->week, &added, &err);
	CLEANUP(mem_free) char *text = mem_printf(_("%d new shifts from the template"), added);
	grid_page_conclude(rs, r, &err, _("The week is made"), text);
}

static void roster_publish_week(struct app *app, void *self)
{
	struct roster_screen *rs = self;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };
	int version = 0;

	int r = roster_publish(rs->page.kiosk->db, &act, rs->week, &version, &err);
	CLEANUP(mem_free) char *text = mem_printf(_("version %d"), version);
	grid_page_conclude(rs, r, &err, _("The roster is published"), text);
}

static void roster_print_week(struct app *app, void *self)
{
	const struct roster_screen *rs = self;

	roster_print_open(app, rs->week);
}

static void roster_open_signups(struct app *app, void *self)
{
	const struct roster_screen *rs = self;

	signups_open(app, rs->week);
}

/* ---- planning: the helper works while the screen lives on ---- */

static void roster_take_plan(struct roster_screen *rs)
{
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	struct act act = clerk_act(rs->page.app, 0);
	struct err err = { 0 };

	roster_taken_finish(&rs->taken);
	plan_run_take(TAKE(rs->run), &answer);
	int r = roster_plan_take(rs->page.kiosk->db, &act, &rs->problem, &answer, &rs->taken, &err);
	roster_problem_finish(&rs->problem);
	CLEANUP(mem_free)
	char *text = mem_printf(_("%d assigned, %d taken off, %d gaps; %s"), rs->taken.added,
		rs->taken.cancelled, answer.gap_count + rs->taken.left_open,
		answer.status == PLAN_PROVEN ? _("no better roster exists")
					     : _("a better roster may exist"));
	grid_page_conclude(rs, r, &err, _("The week is planned"), text);
}

static void roster_plan_turn(struct app *app, void *self)
{
	struct roster_screen *rs = self;

	if (!rs->run)
		return;
	if (plan_run_turn(rs->run) > 0)
		roster_take_plan(rs);
	else
		app_after(app, PLAN_TICK_MS, roster_plan_turn, rs);
	app_redraw(app);
}

static int roster_plan_begin(struct roster_screen *rs, struct err *err)
{
	struct day monday = week_monday(rs->week);

	TRY(roster_problem(rs->page.kiosk->db, monday, day_add(monday, 6), &rs->problem, err));
	if (rs->problem.problem.shift_count == 0)
		return err_set(err, ERR_REFUSED, REASON(ROSTER_EMPTY));
	return plan_run_start(&rs->problem.problem, NULL, &rs->run, err);
}

static void roster_plan_week(struct app *app, void *self)
{
	struct roster_screen *rs = self;
	struct err err = { 0 };

	clerk_hush(app);
	if (roster_plan_begin(rs, &err) < 0) {
		roster_problem_finish(&rs->problem);
		clerk_tell_err(app, &err);
		return;
	}
	app_after(app, 0, roster_plan_turn, rs);
}

/* ---- keys ---- */

static bool roster_is_staffed(struct app *app, void *self)
{
	const struct roster_screen *rs = self;

	return clerk_is_on(app, self) && !rs->run;
}

static bool roster_has_changes(struct app *app, void *self)
{
	const struct roster_screen *rs = self;

	return roster_is_coordinator(app, self) && rs->taken.change_count > 0;
}

static void roster_show_changes(struct app *app, void *self)
{
	const struct roster_screen *rs = self;

	roster_changes_open(app, &rs->taken);
}

/* On the marked day. */
static void roster_add_shift(struct app *app, void *self)
{
	const struct roster_screen *rs = self;
	int column = grid_page_column(rs);

	shift_new_open(app, day_add(week_monday(rs->week), column < 0 ? 0 : column));
}

static void roster_open_shift(struct app *app, void *self)
{
	const struct shift *shift = roster_selected(self);

	if (shift && clerk_is_on(app, self))
		roster_shift_open(app, shift->id);
}

static bool roster_has_shift(struct app *app, void *self)
{
	return clerk_is_on(app, self) && roster_selected(self) != NULL;
}

static const struct action actions[] = {
	{ '1', N_("Make the week"), N_("Makes the shifts of this week from the weekly template."),
		roster_make_week, roster_is_coordinator, .place = ACTION_TILE },
	{ '2', N_("Plan"),
		N_("Fills the open places; what people said and what was done by hand stays."),
		roster_plan_week, roster_is_coordinator, .place = ACTION_TILE },
	{ '3', N_("Publish"), N_("Makes this the next version, to be put on the wall."),
		roster_publish_week, roster_can_publish, .place = ACTION_TILE },
	{ '4', N_("Week before"), NULL, grid_page_previous, .place = ACTION_TILE },
	{ '5', N_("Who changed"), N_("Whom the plan put on and took off, and why."),
		roster_show_changes, roster_has_changes, .place = ACTION_TILE },
	{ '6', N_("Next week"), NULL, grid_page_next, .place = ACTION_TILE },
	{ '7', N_("Extra shift"), N_("Adds a single shift on the marked day."), roster_add_shift,
		roster_is_coordinator, .place = ACTION_TILE },
	{ '8', N_("Print"), N_("Prints the week for the wall, or draws it for the chat group."),
		roster_print_week, roster_has_shifts, .place = ACTION_TILE },
	{ '9', N_("Sign-ups"), N_("Takes over a list of sign-ups from a group chat."),
		roster_open_signups, roster_has_shifts, .place = ACTION_TILE },
	{ '0', N_("More"), N_("Hours, volunteers, kinds of shifts, the weekly template."),
		.opens = duty_menu_open, .is_available = roster_is_staffed, .place = ACTION_TILE },
	{ K_ENTER, NC_("key", "Open"), N_("Who is on this shift, and what can be done there."),
		roster_open_shift, roster_has_shift },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* ---- drawing ---- */

static char *roster_title_words(const struct roster_screen *rs)
{
	struct day today = when_day(kiosk_now(rs->page.kiosk)), monday = week_monday(rs->week);
	CLEANUP(mem_free) char *from = words_date(monday, today);
	CLEANUP(mem_free) char *until = words_date(day_add(monday, 6), today);

	return mem_printf(_("Week %1$d  %2$s – %3$s"), rs->week.week, from, until);
}

static char *roster_state_words(const struct roster_screen *rs)
{
	if (rs->run)
		return mem_text(_("planning …"));
	if (!rs->roster.version)
		return mem_text(words_roster_state(rs->roster.state));
	return mem_printf(
		_("%s, version %d"), words_roster_state(rs->roster.state), rs->roster.version);
}

static void roster_title(void *self, struct rect *area)
{
	const struct roster_screen *rs = self;
	CLEANUP(mem_free) char *title = roster_title_words(rs);
	CLEANUP(mem_free) char *state = roster_state_words(rs);
	bool is_open = rs->roster.state == ROSTER_DRAFT || rs->roster.state == ROSTER_AMENDED;

	draw_right(*area, 0, is_open ? STYLE_NEEDED : STYLE_QUIET, state);
	clerk_heading(area, title);
}

static void roster_legend(void *self, struct rect *area)
{
	(void)self;
	draw_text(rect_cut_bottom(area, 1), 0, 0, STYLE_QUIET,
		_("★ leads  ▲ stand-in  ? not confirmed yet  ✓ has come  ※ changed  = kept"));
}

static void roster_finish_page(void *self)
{
	struct roster_screen *rs = self;

	plan_run_stop(rs->run);
	roster_problem_finish(&rs->problem);
	roster_taken_finish(&rs->taken);
}

static const struct grid_page_kind roster_page = {
	.screen = GRID_PAGE(N_("Duty roster"), actions),
	.size = sizeof(struct roster_screen),
	.grid = { .head = roster_grid_head,
		.side = roster_grid_side,
		.cell = roster_grid_cell,
		.empty = N_("There are no shifts in this week yet.") },
	.is_endless = true,
	.read = roster_read,
	.forget = roster_forget,
	.finish = roster_finish_page,
	.turn = roster_turn,
	.head = roster_title,
	.foot = roster_legend,
};

void roster_open(struct app *app)
{
	struct day today = when_day(kiosk_now(kiosk_of(app)));

	if (app_pop_to(app, &roster_page.screen))
		return;
	struct roster_screen *rs = grid_page_create(app, &roster_page);
	rs->week = day_iso_week(today);
	grid_page_show(rs);
	grid_page_select(rs, 0, day_weekday(today) - 1);
}

/* The menu of volunteer mode: what can be done, and what waits to be done. */
#include <stdlib.h>

#include "core/audit/keep.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/duty/roster.h"
#include "core/items/lending/due.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_list.h"
#include "core/items/lending/trouble_list.h"
#include "core/people/resident.h"
#include "core/print/outbox_table.h"
#include "core/words.h"
#include "tui/pages/clerk.h"
#include "tui/pages/news.h"
#include "tui/screens/counter/counter.h"
#include "tui/screens/house/screens.h"
#include "tui/screens/items/screens.h"
#include "tui/screens/people/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/tiles.h"
#include "tui/widgets/wrap.h"

#define COUNT_MAX   200 /* loans are counted up to here; more reads as "200+" */
#define SIDE_COLS   18
#define SIDE_MIN    72 /* below this many columns the tiles have it all */
#define REFRESH_SEC 10
#define BACKUP_DAYS 1 /* an older one is shown among the things to deal with */

struct menu {
	struct loan_list due; /* until the end of today */
	int overdue;          /* of those */
	int papers;
	int64_t to_check, missing; /* trouble_list.h; claimed returns are in the first */
	bool is_roster_due;        /* for a coordinator to deal with */
	int64_t backup_at;         /* the newest one; 0: none */
	int64_t read_at;
};

/* ---- what waits ---- */

static void volunteer_menu_count_all(struct app *app, struct menu *menu)
{
	struct kiosk *kiosk = kiosk_of(app);
	CLEANUP(outbox_list_finish) struct outbox_list papers = OUTBOX_LIST_INIT;
	int64_t now = kiosk_now(kiosk), midnight = when_day_start(day_add(when_day(now), 1));
	int64_t troubles[TROUBLE_KIND_COUNT];
	struct err err = { 0 };

	loan_list_finish(&menu->due);
	menu->due = (struct loan_list){ 0 };
	menu->overdue = 0;
	menu->read_at = now;
	if (loans_due(kiosk->db, midnight, NULL, COUNT_MAX, &menu->due, &err) < 0 ||
		outbox_live(kiosk->db, &papers, &err) < 0 ||
		trouble_counts(kiosk->db, troubles, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	while (menu->overdue < menu->due.count && menu->due.rows[menu->overdue].due_at < now)
		menu->overdue++;
	menu->backup_at = keep_last(kiosk->context->dir);
	menu->papers = papers.count;
	menu->to_check = troubles[TROUBLE_CHECK] + troubles[TROUBLE_CLAIMED];
	menu->missing = troubles[TROUBLE_MISSING];
	menu->is_roster_due =
		clerk_is_coordinator(app, menu) && roster_is_due(kiosk->db, now, &err) > 0;
}

/* ---- coming and going ---- */

void volunteer_menu_open(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);

	if (app_top(app) == &volunteer_menu_screen)
		return;
	if (desk_visit(kiosk->desk))
		app_pop_to(app, &visit_screen);
	else if (app_pop_to(app, &volunteer_menu_screen))
		return;
	app_push(app, &volunteer_menu_screen, mem_alloc(sizeof(struct menu)));
	clock_ask(app);
}

static void volunteer_menu_resume(struct app *app, void *self)
{
	clerk_hush(app);
	volunteer_menu_count_all(app, self);
}

static void volunteer_menu_leave(struct app *app, void *self)
{
	struct menu *menu = self;

	(void)app;
	loan_list_finish(&menu->due);
	free(menu);
}

static void volunteer_menu_tick(struct app *app, void *self)
{
	struct menu *menu = self;

	if (kiosk_now(kiosk_of(app)) < menu->read_at + REFRESH_SEC)
		return;
	volunteer_menu_count_all(app, menu);
	app_redraw(app);
}

/* The end of the mode, and of backdating; a visit that is open goes on without a volunteer. */
static void volunteer_menu_leave_mode(struct app *app, void *self)
{
	struct desk *desk = kiosk_of(app)->desk;
	bool was_backdated = desk_backdate(desk) != 0;

	(void)self;
	desk_set_staff(desk, NULL);
	backdate_tell(app);
	app_pop_to(app, &idle_screen);
	if (desk_visit(desk))
		visit_show(app);
	else
		counter_reset_language(app);
	if (was_backdated)
		news_tell_done(
			app, visit_banner(app), _("Things count as they happen again"), NULL);
}

static void volunteer_menu_left(struct app *app, void *context, int button)
{
	if (button == 0)
		volunteer_menu_leave_mode(app, context);
}

/* Esc leads out of so many screens that one too many is pressed easily. */
static void volunteer_menu_ask_leave(struct app *app, void *self)
{
	const char *const buttons[] = { _("Leave volunteer mode"), _("Stay"), NULL };
	const struct dialog dialog = {
		.title = _("Leave volunteer mode?"),
		.buttons = buttons,
		.marked = 1,
		.done = volunteer_menu_left,
		.context = self,
	};

	dialog_open(app, &dialog);
}

static bool volunteer_menu_has_visit(struct app *app, void *self)
{
	(void)self;
	return desk_visit(kiosk_of(app)->desk) != NULL;
}

static bool volunteer_menu_has_no_visit(struct app *app, void *self)
{
	return !volunteer_menu_has_visit(app, self);
}

static void volunteer_menu_back_to_visit(struct app *app, void *self)
{
	visit_show(app);
}

/* ---- the tiles ---- */

static void volunteer_menu_add_resident(struct app *app, void *self)
{
	(void)self;
	resident_form_open(app, 0);
}

static void volunteer_menu_add_item(struct app *app, void *self)
{
	(void)self;
	item_form_open(app, 0);
}

static const struct action actions[] = {
	{ '1', N_("Residents"), N_("By name, pinyin, phone number or room."),
		.opens = resident_find_open, .place = ACTION_TILE },
	{ '2', N_("Register"), N_("Registers a person and gives them a card."),
		volunteer_menu_add_resident, .place = ACTION_TILE },
	{ '3', N_("New item"), N_("Adds things to the shelf and prints their labels."),
		volunteer_menu_add_item, .place = ACTION_TILE },
	{ '4', N_("Items"), N_("By name, pinyin, category or number."), .opens = item_find_open,
		.place = ACTION_TILE },
	{ '5', N_("On loan"), N_("What is due and overdue, and who has it."), .opens = loans_open,
		.place = ACTION_TILE },
	{ '6', N_("Printing"), N_("What is being printed, and what a printer wants."),
		.opens = queue_open, .place = ACTION_TILE },
	{ '7', N_("Backdate"), N_("Enters what happened earlier."), .opens = backdate_open,
		.place = ACTION_TILE },
	{ '8', N_("By number"), N_("For a card or label that cannot be scanned."),
		.opens = number_open, .place = ACTION_TILE },
	{ '9', N_("More"), N_("Holds, checks, labels, rules, closed days, gifts and sales."),
		.opens = more_open, .place = ACTION_TILE },
	{ '0', N_("Leave"), N_("Ends volunteer mode."), volunteer_menu_leave_mode,
		.place = ACTION_TILE },
	{ K_ESC, N_("Back"), N_("Goes back to the visit."), volunteer_menu_back_to_visit,
		volunteer_menu_has_visit },
	{ K_ESC, N_("Leave volunteer mode"), NULL, volunteer_menu_ask_leave,
		volunteer_menu_has_no_visit },
	{ 0 },
};

/* ---- drawing ---- */

static void volunteer_menu_draw_line(struct rect area, int row, bool is_urgent, char *words)
{
	CLEANUP(mem_free) char *owned = words;

	draw_text(area, row, 0, is_urgent ? STYLE_REFUSED : STYLE_QUIET, is_urgent ? "!" : "·");
	draw_fit(area, row, 2, area.cols - 2, STYLE_PAPER, owned);
}

/* What waits to be done. */
static void volunteer_menu_draw_side(const struct menu *menu, struct rect area)
{
	int row = 0, today = menu->due.count - menu->overdue;

	draw_text(area, row++, 0, STYLE_MARK, _("Today"));
	if (menu->overdue)
		volunteer_menu_draw_line(area, row++, true,
			mem_printf(_("%d%s overdue"), menu->overdue,
				menu->overdue >= COUNT_MAX ? "+" : ""));
	if (today)
		volunteer_menu_draw_line(area, row++, false, mem_printf(_("%d due today"), today));
	if (menu->papers)
		volunteer_menu_draw_line(
			area, row++, false, mem_printf(_("%d to be printed"), menu->papers));
	if (menu->to_check)
		volunteer_menu_draw_line(area, row++, true,
			mem_printf(_("%lld to look over"), (long long)menu->to_check));
	if (menu->missing)
		volunteer_menu_draw_line(area, row++, false,
			mem_printf(_("%lld not found"), (long long)menu->missing));
	if (menu->is_roster_due) {
		draw_text(area, row, 0, STYLE_REFUSED, "!");
		rect_cut_left(&area, 2);
		row = wrap_draw(area, row, STYLE_PAPER, _("Next week's roster is not up yet"));
	}
	if (row == 1)
		draw_text(area, row, 0, STYLE_QUIET, _("nothing waits"));
}

/* The last line of the side: a backup that stopped being made is noticed in time. */
static void volunteer_menu_draw_backup(
	struct kiosk *kiosk, const struct menu *menu, struct rect area)
{
	struct day today = when_day(kiosk_now(kiosk)), day = when_day(menu->backup_at);
	int days = day_distance(day, today);

	if (!kiosk->context->config.keeps_backups || area.rows < 3)
		return;
	area = rect_cut_bottom(&area, 1);
	if (!menu->backup_at) {
		volunteer_menu_draw_line(area, 0, false, mem_text(_("no backup yet")));
	} else if (days > BACKUP_DAYS) {
		CLEANUP(mem_free) char *since = words_days(days);
		volunteer_menu_draw_line(area, 0, true, mem_printf(_("no backup for %s"), since));
	} else {
		CLEANUP(mem_free) char *when = words_day(day, today);
		CLEANUP(mem_free) char *time = words_time(menu->backup_at);
		volunteer_menu_draw_line(
			area, 0, false, mem_printf(_("Backup: %s %s"), when, time));
	}
}

static void volunteer_menu_draw_loan(
	struct kiosk *kiosk, const struct loan *loan, struct rect area, int row)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	int64_t late = 0, now = kiosk_now(kiosk);
	bool is_late = loan->due_at < now;
	struct err ignored = { 0 };

	due_days_late(kiosk->db, loan->due_at, now, &late, &ignored);
	resident_person(kiosk->db, loan->resident, &person, &ignored);
	CLEANUP(mem_free) char *due = words_due(loan->due_at, late, now);
	int who = area.cols * 2 / 5, end = area.cols - text_width(due) - 2;
	draw_text(area, row, 0, is_late ? STYLE_REFUSED : STYLE_QUIET, is_late ? "!" : "·");
	draw_fit(area, row, 2, who - 4, STYLE_PAPER, loan->name);
	draw_fit(area, row, who, end - who, STYLE_PAPER, person.name ? person.name : "");
	draw_right(area, row, is_late ? STYLE_REFUSED : STYLE_PAPER, due);
}

/* Where there is room: whom to call, what to expect. */
static void volunteer_menu_draw_due(struct kiosk *kiosk, const struct menu *menu, struct rect area)
{
	if (!menu->due.count || area.rows < 3)
		return;
	draw_text(area, 0, 0, STYLE_MARK, _("Overdue and due today"));
	for (int i = 0; i < menu->due.count && i + 1 < area.rows; i++)
		volunteer_menu_draw_loan(kiosk, &menu->due.rows[i], area, i + 1);
}

static int volunteer_menu_draw_backdate(struct kiosk *kiosk, struct rect area, int row)
{
	int64_t at = desk_backdate(kiosk->desk);

	if (!at)
		return row;
	CLEANUP(mem_free) char *when = words_instant(at, kiosk_now(kiosk));
	CLEANUP(mem_free)
	char *words = mem_printf(_(" ! What you enter now counts as of %s "), when);
	draw_text(area, row, 0, STYLE_NEEDED, words);
	return row + 2;
}

static void volunteer_menu_draw(struct app *app, void *self, struct rect area)
{
	struct menu *menu = self;
	struct kiosk *kiosk = kiosk_of(app);
	const struct desk_visit *visit = desk_visit(kiosk->desk);
	const struct staff *staff = desk_staff(kiosk->desk);
	CLEANUP(mem_free) char *who = staff ? clerk_title(kiosk->db, staff) : mem_text("");

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, who);
	if (visit) {
		CLEANUP(mem_free) char *open = mem_printf(_("Visit of %s"), visit->masked_name);
		draw_right(area, 0, STYLE_QUIET, open);
	}
	int row = volunteer_menu_draw_backdate(kiosk, area, 2);
	rect_cut_top(&area, row);
	clerk_draw_news(app, &area);
	draw_text(rect_cut_bottom(&area, 1), 0, 0, STYLE_QUIET,
		_("Scan a card to serve somebody, or an item to take it back."));
	rect_cut_bottom(&area, 1);
	struct rect tiles = area;
	if (area.cols >= SIDE_MIN) {
		struct rect side = rect_cut_right(&tiles, SIDE_COLS);
		volunteer_menu_draw_side(menu, side);
		volunteer_menu_draw_backup(kiosk, menu, side);
		rect_cut_right(&tiles, 2);
	}
	tiles_draw_actions(app, actions, self, tiles, K_NONE);
	rect_cut_top(&area, tiles_actions_rows(app, actions, self, tiles.cols) + 1);
	volunteer_menu_draw_due(kiosk, menu, area);
}

const struct screen volunteer_menu_screen = {
	.title = N_("Volunteers"),
	.actions = actions,
	.enter = volunteer_menu_resume,
	.resume = volunteer_menu_resume,
	.leave = volunteer_menu_leave,
	.draw = volunteer_menu_draw,
	.scan = clerk_scan,
	.tick = volunteer_menu_tick,
};

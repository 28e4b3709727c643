/* The menu of volunteer mode: what can be done, and what waits to be done. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/loan_list.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/screens/visit.h"
#include "tui/widgets/tiles.h"

#define COUNT_MAX   200 /* loans are counted up to here; more reads as "200+" */
#define SIDE_COLS   18
#define SIDE_MIN    72 /* below this many columns the tiles have it all */
#define REFRESH_SEC 10

struct menu {
	char *who;
	int overdue, due_today, papers;
	int64_t read_at;
};

/* ---- what waits ---- */

static int count_due(struct kiosk *kiosk, int64_t before_at)
{
	CLEANUP(loan_list_finish) struct loan_list loans = { 0 };
	struct err ignored = { 0 };

	return loans_due(kiosk->db, before_at, NULL, COUNT_MAX, &loans, &ignored) < 0 ? 0
										      : loans.count;
}

static void count_all(struct app *app, struct menu *menu)
{
	struct kiosk *kiosk = kiosk_of(app);
	CLEANUP(outbox_list_finish) struct outbox_list papers = OUTBOX_LIST_INIT;
	struct err ignored = { 0 };
	int64_t now = kiosk_now(kiosk);

	menu->read_at = now;
	menu->overdue = count_due(kiosk, now);
	menu->due_today =
		count_due(kiosk, when_day_start(day_add(when_day(now), 1))) - menu->overdue;
	outbox_live(kiosk->db, &papers, &ignored);
	menu->papers = papers.count;
}

/* ---- coming and going ---- */

void volunteer_open(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);

	if (app_top(app) == &volunteer_screen)
		return;
	if (desk_visit(kiosk->desk))
		app_pop_to(app, &visit_screen);
	else if (app_pop_to(app, &volunteer_screen))
		return;
	struct menu *menu = mem_alloc(sizeof(*menu));
	menu->who = clerk_title(kiosk, desk_staff(kiosk->desk));
	app_push(app, &volunteer_screen, menu);
}

static void resume(struct app *app, void *self)
{
	clerk_hush(app);
	count_all(app, self);
}

static void leave(struct app *app, void *self)
{
	struct menu *menu = self;

	(void)app;
	free(menu->who);
	free(menu);
}

static void tick(struct app *app, void *self)
{
	struct menu *menu = self;

	if (kiosk_now(kiosk_of(app)) < menu->read_at + REFRESH_SEC)
		return;
	count_all(app, menu);
	app_redraw(app);
}

/* The end of the mode; a visit that is open goes on without a volunteer. */
static void leave_mode(struct app *app, void *self)
{
	struct desk *desk = kiosk_of(app)->desk;

	(void)self;
	desk_set_staff(desk, NULL);
	app_pop_to(app, &idle_screen);
	if (desk_visit(desk))
		visit_show(app);
}

static bool has_visit(struct app *app, void *self)
{
	(void)self;
	return desk_visit(kiosk_of(app)->desk) != NULL;
}

static bool has_no_visit(struct app *app, void *self)
{
	return !has_visit(app, self);
}

static void back_to_visit(struct app *app, void *self)
{
	(void)self;
	visit_show(app);
}

/* ---- the tiles ---- */

static void find_resident(struct app *app, void *self)
{
	(void)self;
	resident_find_open(app);
}

static void add_resident(struct app *app, void *self)
{
	(void)self;
	resident_form_open(app, 0);
}

static void add_item(struct app *app, void *self)
{
	(void)self;
	item_form_open(app, 0);
}

static void find_item(struct app *app, void *self)
{
	(void)self;
	item_find_open(app);
}

static void show_loans(struct app *app, void *self)
{
	(void)self;
	loans_open(app);
}

static void show_papers(struct app *app, void *self)
{
	(void)self;
	queue_open(app);
}

static void set_time(struct app *app, void *self)
{
	(void)self;
	backdate_open(app);
}

static void type_number(struct app *app, void *self)
{
	(void)self;
	number_open(app);
}

static const struct action actions[] = {
	{ '1', N_("Residents"), N_("By name, pinyin, phone number or room."), find_resident,
		.place = ACTION_TILE },
	{ '2', N_("Register"), N_("Registers a person and gives them a card."), add_resident,
		.place = ACTION_TILE },
	{ '3', N_("New item"), N_("Adds things to the shelf and prints their labels."), add_item,
		.place = ACTION_TILE },
	{ '4', N_("Items"), N_("By name, pinyin, category or number."), find_item,
		.place = ACTION_TILE },
	{ '5', N_("On loan"), N_("What is due and overdue, and who has it."), show_loans,
		.place = ACTION_TILE },
	{ '6', N_("Printing"), N_("What is being printed, and what a printer wants."), show_papers,
		.place = ACTION_TILE },
	{ '7', N_("Backdate"), N_("Enters what happened earlier."), set_time,
		.place = ACTION_TILE },
	{ '8', N_("By number"), N_("For a card or label that cannot be scanned."), type_number,
		.place = ACTION_TILE },
	{ '0', N_("Leave"), N_("Ends volunteer mode."), leave_mode, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), N_("Goes back to the visit."), back_to_visit, has_visit },
	{ K_ESC, N_("Leave volunteer mode"), NULL, leave_mode, has_no_visit },
	{ 0 },
};

/* ---- drawing ---- */

static void draw_line(struct rect area, int row, bool is_urgent, char *words)
{
	CLEANUP(mem_free) char *owned = words;

	draw_text(area, row, 0, is_urgent ? STYLE_REFUSED : STYLE_QUIET, is_urgent ? "!" : "·");
	draw_fit(area, row, 2, area.cols - 2, STYLE_PAPER, owned);
}

/* What waits to be done. */
static void draw_side(const struct menu *menu, struct rect area)
{
	int row = 0;

	draw_text(area, row++, 0, STYLE_MARK, _("Today"));
	if (menu->overdue)
		draw_line(area, row++, true,
			mem_printf(_("%d%s overdue"), menu->overdue,
				menu->overdue >= COUNT_MAX ? "+" : ""));
	if (menu->due_today)
		draw_line(area, row++, false, mem_printf(_("%d due today"), menu->due_today));
	if (menu->papers)
		draw_line(area, row++, false, mem_printf(_("%d to be printed"), menu->papers));
	if (row == 1)
		draw_text(area, row, 0, STYLE_QUIET, _("nothing waits"));
}

static int draw_backdate(struct kiosk *kiosk, struct rect area, int row)
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

static void draw(struct app *app, void *self, struct rect area)
{
	struct menu *menu = self;
	struct kiosk *kiosk = kiosk_of(app);
	const struct desk_visit *visit = desk_visit(kiosk->desk);

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, menu->who);
	if (visit) {
		CLEANUP(mem_free) char *open = mem_printf(_("Visit of %s"), visit->masked_name);
		draw_right(area, 0, STYLE_QUIET, open);
	}
	int row = draw_backdate(kiosk, area, 2);
	rect_cut_top(&area, row);
	clerk_draw_news(app, &area);
	draw_text(rect_cut_bottom(&area, 1), 0, 0, STYLE_QUIET,
		_("Scan a card to serve somebody, or an item to take it back."));
	rect_cut_bottom(&area, 1);
	if (area.cols >= SIDE_MIN) {
		draw_side(menu, rect_cut_right(&area, SIDE_COLS));
		rect_cut_right(&area, 2);
	}
	tiles_draw_actions(app, actions, self, area, K_NONE);
}

const struct screen volunteer_screen = {
	.name = "volunteer",
	.title = N_("Volunteers"),
	.actions = actions,
	.enter = resume,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.scan = clerk_scan,
	.tick = tick,
};

/* The volunteers' second menu: what is done now and then. */
#include "tui/pages/clerk.h"
#include "tui/screens/counter/counter.h"
#include "tui/screens/house/screens.h"
#include "tui/screens/items/screens.h"
#include "tui/screens/points/screens.h"
#include "tui/widgets/tiles.h"

static const struct screen more_screen;

void more_open(struct app *app)
{
	if (!app_pop_to(app, &more_screen))
		app_push(app, &more_screen, NULL);
}

static void more_resume(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void more_swap_things(struct app *app, void *self)
{
	(void)self;
	swap_open(app, 0);
}

static void more_sell_item(struct app *app, void *self)
{
	(void)self;
	sale_open(app, 0);
}

static void more_show_log(struct app *app, void *self)
{
	(void)self;
	log_open(app, 0, 0);
}

static const struct action actions[] = {
	{ '1', N_("Holds shelf"), N_("What is put aside for whom, and who waits for what."),
		.opens = holds_open, .place = ACTION_TILE },
	{ '2', N_("To look after"),
		N_("What came back, is said to be back, is missing, is to be repaired."),
		.opens = to_check_open, .place = ACTION_TILE },
	{ '3', N_("Labels"), N_("Many labels at once: a category, numbers, new things."),
		.opens = labels_open, .place = ACTION_TILE },
	{ '4', N_("Lending rules"), N_("How long, how many; also for the wall."),
		.opens = rules_open, .place = ACTION_TILE },
	{ '5', N_("Closed days"), N_("Holidays, and days closed without notice."),
		.opens = closures_open, .place = ACTION_TILE },
	{ '6', N_("Donation"), N_("What somebody gives, with the thanks."), .opens = donation_open,
		.place = ACTION_TILE },
	{ '7', N_("Swap"), N_("One thing in, one out, by points."), more_swap_things,
		.place = ACTION_TILE },
	{ '8', N_("Charity sale"), N_("Sells an item, for yuan or points."), more_sell_item,
		.place = ACTION_TILE },
	{ '9', N_("Community fund"), N_("What came in and went out, in yuan."), .opens = fund_open,
		.place = ACTION_TILE },
	{ '0', N_("Stocktake"), N_("Counts what is on the shelves by scanning."),
		.opens = stocktake_open, .place = ACTION_TILE },
	{ '+', NC_("counter", "Log"), N_("Who did what to whom, by person, thing, day and kind."),
		more_show_log },
	{ K_F6, N_("Staff"), N_("Who may do what at the counter: members of staff and their PINs."),
		.opens = staff_logins_open, .is_available = staff_logins_may },
	{ K_F8, N_("Settings"),
		N_("What the house has decided once for all: times, limits, points."),
		.opens = settings_open, .is_available = clerk_is_coordinator },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void more_draw(struct app *app, void *self, struct rect area)
{
	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	tiles_draw_actions(app, actions, self, area, K_NONE);
}

static const struct screen more_screen = {
	.title = N_("More"),
	.actions = actions,
	.resume = more_resume,
	.draw = more_draw,
	.scan = clerk_scan,
};

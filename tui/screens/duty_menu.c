/* What there is to see to about duty besides the week's roster. */
#include "tui/screens/clerk.h"
#include "tui/screens/duty.h"
#include "tui/screens/screens.h"
#include "tui/widgets/tiles.h"

static const struct screen duty_menu_screen;

void duty_menu_open(struct app *app)
{
	clerk_hush(app);
	app_push(app, &duty_menu_screen, NULL);
}

static void resume(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void show_waiting(struct app *app, void *self)
{
	(void)self;
	hours_waiting_open(app);
}

static void show_hours(struct app *app, void *self)
{
	(void)self;
	hours_open(app, 0);
}

static void show_volunteers(struct app *app, void *self)
{
	(void)self;
	volunteers_open(app);
}

static void show_types(struct app *app, void *self)
{
	(void)self;
	shift_types_open(app);
}

static void show_template(struct app *app, void *self)
{
	(void)self;
	weekly_open(app);
}

static const struct action actions[] = {
	{ '1', N_("To be approved"), N_("Hours that somebody has written by hand."), show_waiting,
		.place = ACTION_TILE },
	{ '2', N_("Service hours"), N_("What is on record, and what would be questioned."),
		show_hours, .place = ACTION_TILE },
	{ '3', N_("Those who serve"), N_("Roles, limits, times and hours of each volunteer."),
		show_volunteers, .place = ACTION_TILE },
	{ '6', N_("Kinds of shifts"), N_("What a shift is for, where, and whom it needs."),
		show_types, clerk_is_coordinator, .place = ACTION_TILE },
	{ '7', N_("Weekly template"), N_("Which shifts there are on which weekday."), show_template,
		clerk_is_coordinator, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void draw(struct app *app, void *self, struct rect area)
{
	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	tiles_draw_actions(app, actions, self, area, K_NONE);
}

static const struct screen duty_menu_screen = {
	.name = "duty_menu",
	.title = N_("Duty"),
	.actions = actions,
	.resume = resume,
	.draw = draw,
	.scan = clerk_scan,
};

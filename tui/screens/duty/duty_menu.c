/* What there is to do for duty besides the week's roster. */
#include "tui/pages/clerk.h"
#include "tui/screens/duty/duty.h"
#include "tui/widgets/tiles.h"

static const struct screen duty_menu_screen;

void duty_menu_open(struct app *app)
{
	clerk_hush(app);
	app_push(app, &duty_menu_screen, NULL);
}

static void duty_menu_resume(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void duty_menu_show_hours(struct app *app, void *self)
{
	(void)self;
	service_hours_open(app, 0);
}

static const struct action actions[] = {
	{ '1', N_("To be approved"), N_("Hours that somebody has written by hand."),
		.opens = service_hours_waiting_open, .place = ACTION_TILE },
	{ '2', N_("Service hours"), N_("What is on record, and what would be questioned."),
		duty_menu_show_hours, .place = ACTION_TILE },
	{ '3', N_("Those who serve"), N_("Roles, limits, times and hours of each volunteer."),
		.opens = volunteers_open, .place = ACTION_TILE },
	{ '6', N_("Kinds of shifts"), N_("What a shift is for, where, and whom it needs."),
		.opens = shift_types_open, .is_available = clerk_is_coordinator,
		.place = ACTION_TILE },
	{ '7', N_("Weekly template"), N_("Which shifts there are on which weekday."),
		.opens = weekly_open, .is_available = clerk_is_coordinator, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void duty_menu_draw(struct app *app, void *self, struct rect area)
{
	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	tiles_draw_actions(app, actions, self, area, K_NONE);
}

static const struct screen duty_menu_screen = {
	.title = N_("Duty"),
	.actions = actions,
	.resume = duty_menu_resume,
	.draw = duty_menu_draw,
	.scan = clerk_scan,
};

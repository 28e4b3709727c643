/* What a volunteer does with the rooms. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/venues/venue.h"
#include "tui/pages/clerk.h"
#include "tui/screens/house/screens.h"
#include "tui/screens/rooms/rooms.h"
#include "tui/widgets/tiles.h"

struct rooms_menu {
	struct venue venue; /* id 0: there is none yet */
};

static const struct screen rooms_menu_screen;

void rooms_menu_open(struct app *app, int64_t venue)
{
	struct rooms_menu *menu = mem_alloc(sizeof(*menu));
	struct err err = { 0 };

	if (venue && venue_get(kiosk_of(app)->db, venue, &menu->venue, &err) < 0)
		clerk_tell_err(app, &err);
	app_push(app, &rooms_menu_screen, menu);
}

static void rooms_menu_leave(struct app *app, void *self)
{
	struct rooms_menu *menu = self;

	(void)app;
	venue_finish(&menu->venue);
	free(menu);
}

static bool rooms_menu_has_venue(struct app *app, void *self)
{
	const struct rooms_menu *menu = self;

	(void)app;
	return menu->venue.id != 0;
}

static void rooms_menu_show_requests(struct app *app, void *self)
{
	(void)self;
	bookings_open(app, 0);
}

static void rooms_menu_show_week(struct app *app, void *self)
{
	const struct rooms_menu *menu = self;

	room_week_open(app, menu->venue.id);
}

static void rooms_menu_edit(struct app *app, void *self)
{
	const struct rooms_menu *menu = self;

	room_form_open(app, menu->venue.id);
}

static void rooms_menu_add(struct app *app, void *self)
{
	(void)self;
	room_form_open(app, 0);
}

static void rooms_menu_black_out(struct app *app, void *self)
{
	const struct rooms_menu *menu = self;

	blackouts_open(app, menu->venue.id);
}

static void rooms_menu_other_hours(struct app *app, void *self)
{
	const struct rooms_menu *menu = self;

	room_exceptions_open(app, menu->venue.id);
}

static void rooms_menu_show_things(struct app *app, void *self)
{
	const struct rooms_menu *menu = self;

	room_things_open(app, menu->venue.id);
}

static const struct action actions[] = {
	{ '1', N_("Who is in"), N_("Signs people out, counts those without a card."),
		.opens = presence_open, .place = ACTION_TILE },
	{ '2', N_("To be confirmed"), N_("Bookings that wait for a yes."), rooms_menu_show_requests,
		.place = ACTION_TILE },
	{ '3', N_("Rooms of the day"), N_("All rooms of a day side by side; prints it."),
		.opens = rooms_day_open, .place = ACTION_TILE },
	{ '4', N_("Its week"), N_("The marked room's week; prints it for the door."),
		rooms_menu_show_week, rooms_menu_has_venue, .place = ACTION_TILE },
	{ '5', N_("Use"), N_("The month's people, hours and no-shows; prints the report."),
		.opens = room_use_open, .place = ACTION_TILE },
	{ '6', N_("Policy"), N_("The marked room's hours and rules."), rooms_menu_edit,
		rooms_menu_has_venue, .place = ACTION_TILE },
	{ '7', N_("Out of use"), N_("Times when the marked room is out of use."),
		rooms_menu_black_out, rooms_menu_has_venue, .place = ACTION_TILE },
	{ '9', N_("Other hours"), N_("Dates on which the marked room keeps other hours."),
		rooms_menu_other_hours, rooms_menu_has_venue, .place = ACTION_TILE },
	{ '0', N_("Comes with"), N_("Where the marked room's keys are; takes things out."),
		rooms_menu_show_things, rooms_menu_has_venue, .place = ACTION_TILE },
	{ '8', N_("New room"), N_("Adds a room."), rooms_menu_add, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void rooms_menu_draw(struct app *app, void *self, struct rect area)
{
	const struct rooms_menu *menu = self;

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, menu->venue.name ? menu->venue.name : "");
	rect_cut_top(&area, 2);
	clerk_draw_news(app, &area);
	tiles_draw_actions(app, actions, self, area, K_NONE);
}

static const struct screen rooms_menu_screen = {
	.title = N_("Rooms"),
	.actions = actions,
	.leave = rooms_menu_leave,
	.draw = rooms_menu_draw,
	.scan = clerk_scan,
};

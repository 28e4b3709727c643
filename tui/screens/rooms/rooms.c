/* The rooms: what is going on in each, until when it is free, and the way to book one. */
#include <inttypes.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/venues/booking.h"
#include "core/venues/timetable.h"
#include "core/venues/venue_now.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/screens/rooms/room_bookings.h"
#include "tui/screens/rooms/rooms.h"

#define REFRESH_SEC  10
#define NUMBERED_MAX 8 /* the digit above is the screen's own */

struct rooms {
	struct list_page page;
	struct venue_list venues;
	struct timetables tables; /* of today */
	struct room_bookings today;
	int64_t read_at;
};

/* ---- reading ---- */

static int rooms_read(void *self, struct err *err)
{
	struct rooms *r = self;
	struct db *db = r->page.kiosk->db;

	r->read_at = kiosk_now(r->page.kiosk);
	struct day today = when_day(r->read_at);
	TRY(venues_now(db, &r->venues, err));
	TRY(timetables_read(db, &r->venues, today, today, &r->tables, err));
	const struct period day = { when_day_start(today), when_day_start(day_add(today, 1)) };
	return room_bookings_read(r->page.app, 0, &day, &r->today, err);
}

static void rooms_forget(void *self)
{
	struct rooms *r = self;

	timetables_finish(&r->tables);
	venue_list_finish(&r->venues);
	room_bookings_finish(&r->today);
}

/* ---- lines ---- */

enum { COLUMN_NAME, COLUMN_PEOPLE, COLUMN_NOW, COLUMN_NEXT };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { N_("Venue"), .min = 8, .max = 20 },
	[COLUMN_PEOPLE] = { NC_("count", "People"), .min = 7, .max = 9, .is_whole = true },
	[COLUMN_NOW] = { N_("Now"), .min = 14 },
	[COLUMN_NEXT] = { N_("Next"), .min = 14 },
};

static const char *rooms_who_booked(const struct rooms *r, int64_t id)
{
	for (int i = 0; i < r->today.all.count; i++)
		if (r->today.all.rows[i].id == id)
			return r->today.who[i];
	return _("booked");
}

static char *rooms_booked_text(const struct rooms *r, int64_t id, const char *format, int64_t at)
{
	CLEANUP(mem_free) char *time = words_time(at);

	return mem_printf(format, rooms_who_booked(r, id), time);
}

static char *rooms_free_text(const struct timetable *t, int64_t now, int64_t closes_at)
{
	int64_t until_at = closes_at;

	for (int i = 0; i < t->entry_count; i++)
		if (t->entries[i].start_at > now && t->entries[i].start_at < until_at)
			until_at = t->entries[i].start_at;
	CLEANUP(mem_free) char *time = words_time(until_at);
	return mem_printf(_("free until %s"), time);
}

static char *rooms_now_text(const struct rooms *r, const struct timetable *t)
{
	int64_t now = kiosk_now(r->page.kiosk);
	const struct blackout *out = timetable_blackout(t, now, now + 1);
	struct period open;

	if (out)
		return mem_printf(_("out of use: %s"), out->name);
	for (int i = 0; i < t->entry_count; i++)
		if (t->entries[i].is_whole && t->entries[i].start_at <= now &&
			t->entries[i].until_at > now)
			return rooms_booked_text(r, t->entries[i].booking, _("%s, until %s"),
				t->entries[i].until_at);
	if (!venue_hours_hold(&t->hours, now, now + 1, &open))
		return mem_text(_("closed"));
	return rooms_free_text(t, now, open.end_at);
}

static char *rooms_next_text(const struct rooms *r, const struct timetable *t)
{
	int64_t now = kiosk_now(r->page.kiosk),
		midnight = when_day_start(day_add(when_day(now), 1));

	for (int i = 0; i < t->entry_count; i++) {
		const struct timetable_entry *e = &t->entries[i];
		if (e->start_at > now && e->start_at < midnight)
			return rooms_booked_text(r, e->booking, _("%s, from %s"), e->start_at);
	}
	return NULL;
}

static void rooms_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct rooms *r = self;
	const struct venue *venue = row;
	const struct timetable *table = &r->tables.rows[venue - r->venues.rows];

	switch (column) {
	case COLUMN_NAME:
		ret->text = mem_text(venue->name);
		ret->style = STYLE_STRONG;
		break;
	case COLUMN_PEOPLE:
		ret->text = mem_printf("%" PRId64 "/%" PRId64, venue->present, venue->capacity);
		ret->style = venue->present ? STYLE_PAPER : STYLE_QUIET;
		break;
	case COLUMN_NOW:
		ret->text = rooms_now_text(r, table);
		break;
	default:
		ret->text = rooms_next_text(r, table);
		ret->style = STYLE_QUIET;
	}
}

static void rooms_tick(struct app *app, void *self)
{
	struct rooms *r = self;

	(void)app;
	if (kiosk_now(r->page.kiosk) >= r->read_at + REFRESH_SEC)
		list_page_refresh(r);
}

/* ---- what can be done ---- */

static bool rooms_has_visit(struct app *app, void *self)
{
	(void)self;
	return desk_visit(kiosk_of(app)->desk) != NULL;
}

static void rooms_open_week(struct app *app, void *self)
{
	room_week_open(app, ((const struct venue *)list_page_row(self))->id);
}

static void rooms_open_mine(struct app *app, void *self)
{
	(void)self;
	bookings_open(app, desk_visit(kiosk_of(app)->desk)->resident);
}

static void rooms_open_menu(struct app *app, void *self)
{
	const struct venue *venue = list_page_row(self);

	rooms_menu_open(app, venue ? venue->id : 0);
}

static const struct action rooms_actions[] = {
	{ K_ENTER, N_("Book"), N_("Opens the room's week: pick a time there."), rooms_open_week,
		list_page_has_row },
	{ '0', N_("My bookings"), N_("Shows what you have booked, to cancel or print it."),
		rooms_open_mine, rooms_has_visit, .place = ACTION_TILE },
	{ '9', N_("Today"), N_("All rooms of a day side by side."), .opens = rooms_day_open },
	{ '+', N_("More"), N_("Who is in, what waits for a yes, keys, papers, policy."),
		rooms_open_menu, clerk_is_on },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void rooms_head(void *self, struct rect *area)
{
	struct app *app = ((struct rooms *)self)->page.app;

	draw_text(*area, 0, 0, STYLE_STRONG, _("Which room would you like?"));
	if (!rooms_has_visit(app, self) && !clerk_is_on(app, self))
		draw_right(*area, 0, STYLE_QUIET, _("To book, scan your card first"));
	rect_cut_top(area, 2);
}

static const struct list_page_kind rooms_page = {
	.screen = LIST_PAGE(N_("Rooms"), rooms_actions, .tick = rooms_tick),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct rooms, venues),
	.empty = N_("There are no rooms yet."),
	.is_numbered = true,
	.number_max = NUMBERED_MAX,
	.hush = LIST_PAGE_HUSH_ALWAYS,
	.read = rooms_read,
	.forget = rooms_forget,
	.cell = rooms_cell,
	.head = rooms_head,
};

void rooms_open(struct app *app)
{
	if (!app_pop_to(app, &rooms_page.screen))
		list_page_open(app, &rooms_page);
}

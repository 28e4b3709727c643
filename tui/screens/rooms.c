/* The rooms: what is going on in each, until when it is free, and the way to book one. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/venues/timetable.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/rooms.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define REFRESH_SEC 10

struct rooms {
	struct app *app;
	struct kiosk *kiosk;
	struct venue_list venues;
	struct timetables tables; /* of today */
	struct booking_list today;
	int64_t read_at;
	struct list *list;
};

static const struct screen rooms_screen;

/* ---- reading ---- */

static void forget(struct rooms *r)
{
	timetables_finish(&r->tables);
	venue_list_finish(&r->venues);
	booking_list_finish(&r->today);
}

static int read_all(struct rooms *r, struct err *err)
{
	struct db *db = r->kiosk->db;
	struct day today = when_day(kiosk_now(r->kiosk));

	forget(r);
	TRY(venue_list(db, &r->venues, err));
	TRY(timetables_read(db, &r->venues, today, today, &r->tables, err));
	return bookings_between(
		db, 0, when_day_start(today), when_day_start(day_add(today, 1)), &r->today, err);
}

static void refresh(struct rooms *r)
{
	struct err err = { 0 };

	r->read_at = kiosk_now(r->kiosk);
	if (read_all(r, &err) < 0)
		clerk_tell_err(r->app, &err);
	list_set_count(r->list, r->venues.count);
	app_redraw(r->app);
}

/* ---- lines ---- */

enum { COLUMN_NAME, COLUMN_PEOPLE, COLUMN_NOW, COLUMN_NEXT };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { N_("Venue"), .min = 8, .max = 20 },
	[COLUMN_PEOPLE] = { NC_("count", "People"), .min = 7, .max = 9, .is_whole = true },
	[COLUMN_NOW] = { N_("Now"), .min = 14 },
	[COLUMN_NEXT] = { N_("Next"), .min = 14 },
};

static const struct booking *find_booking(const struct rooms *r, int64_t id)
{
	for (int i = 0; i < r->today.count; i++)
		if (r->today.rows[i].id == id)
			return &r->today.rows[i];
	return NULL;
}

static char *booked_text(const struct rooms *r, int64_t id, const char *format, int64_t at)
{
	const struct booking *b = find_booking(r, id);
	CLEANUP(mem_free) char *who = b ? room_who(r->app, b) : mem_text(_("booked"));
	CLEANUP(mem_free) char *time = words_time(at);

	return mem_printf(format, who, time);
}

static char *free_text(const struct timetable *t, int64_t now, int64_t closes_at)
{
	int64_t until_at = closes_at;

	for (int i = 0; i < t->entry_count; i++)
		if (t->entries[i].start_at > now && t->entries[i].start_at < until_at)
			until_at = t->entries[i].start_at;
	CLEANUP(mem_free) char *time = words_time(until_at);
	return mem_printf(_("free until %s"), time);
}

static char *now_text(const struct rooms *r, int row)
{
	const struct timetable *t = &r->tables.rows[row];
	int64_t now = kiosk_now(r->kiosk);
	const struct blackout *out = timetable_blackout(t, now, now + 1);
	struct period open;

	if (out)
		return mem_printf(_("out of use: %s"), out->name);
	for (int i = 0; i < t->entry_count; i++)
		if (t->entries[i].is_whole && t->entries[i].start_at <= now &&
			t->entries[i].until_at > now)
			return booked_text(r, t->entries[i].booking, _("%s, until %s"),
				t->entries[i].until_at);
	if (!venue_hours_hold(&t->hours, now, now + 1, &open))
		return mem_text(_("closed"));
	return free_text(t, now, open.end_at);
}

static char *next_text(const struct rooms *r, int row)
{
	const struct timetable *t = &r->tables.rows[row];
	int64_t now = kiosk_now(r->kiosk), midnight = when_day_start(day_add(when_day(now), 1));

	for (int i = 0; i < t->entry_count; i++) {
		const struct timetable_entry *e = &t->entries[i];
		if (e->start_at > now && e->start_at < midnight)
			return booked_text(r, e->booking, _("%s, from %s"), e->start_at);
	}
	return NULL;
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct rooms *r = context;
	const struct venue *venue = &r->venues.rows[row];

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
		ret->text = now_text(r, row);
		break;
	default:
		ret->text = next_text(r, row);
		ret->style = STYLE_QUIET;
	}
}

/* ---- life ---- */

void rooms_open(struct app *app)
{
	struct rooms *r;

	if (app_pop_to(app, &rooms_screen))
		return;
	r = mem_alloc(sizeof(*r));
	r->app = app;
	r->kiosk = kiosk_of(app);
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = r,
		.cell = cell,
		.empty = N_("There are no rooms yet."),
		.is_numbered = true,
	};
	r->list = list_create(&options);
	app_push(app, &rooms_screen, r);
}

static void resume(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct rooms *r = self;

	(void)app;
	forget(r);
	list_destroy(r->list);
	free(r);
}

static void tick(struct app *app, void *self)
{
	struct rooms *r = self;

	(void)app;
	if (kiosk_now(r->kiosk) >= r->read_at + REFRESH_SEC)
		refresh(r);
}

/* ---- what can be done ---- */

static int64_t selected(const struct rooms *r)
{
	int row = list_selected(r->list);

	return row >= 0 && row < r->venues.count ? r->venues.rows[row].id : 0;
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != 0;
}

static bool has_visit(struct app *app, void *self)
{
	(void)self;
	return desk_visit(kiosk_of(app)->desk) != NULL;
}

static void open_week(struct app *app, void *self)
{
	room_week_open(app, selected(self));
}

static void open_mine(struct app *app, void *self)
{
	(void)self;
	bookings_open(app, desk_visit(kiosk_of(app)->desk)->resident);
}

static void open_menu(struct app *app, void *self)
{
	rooms_menu_open(app, selected(self));
}

static const struct action actions[] = {
	{ K_ENTER, N_("Book"), N_("Opens the room's week: pick a time there."), open_week,
		has_line },
	{ '0', N_("My bookings"), N_("Shows what you have booked, to cancel or print it."),
		open_mine, has_visit, .place = ACTION_TILE },
	{ K_TAB, N_("Today"), N_("All rooms of a day side by side."), .opens = rooms_day_open },
	{ '+', N_("More"), N_("Who is in, what waits for a yes, keys, papers, policy."), open_menu,
		clerk_is_on },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct rooms *r = self;
	enum list_answer answer = key_digit(key) == 0 ? LIST_IGNORED : list_key(r->list, key);

	if (answer == LIST_CHOSEN)
		open_week(app, r);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct rooms *r = self;

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, _("Which room would you like?"));
	if (!has_visit(app, self) && !clerk_is_on(app, self))
		draw_right(area, 0, STYLE_QUIET, _("To book, scan your card first"));
	rect_cut_top(&area, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(r->list, area);
}

static const struct screen rooms_screen = {
	.name = "rooms",
	.title = N_("Rooms"),
	.actions = actions,
	.enter = resume,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
	.tick = tick,
};

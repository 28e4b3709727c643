/* A week of one room: days across, hours down. A free hour is picked to book it, a taken one in
 * volunteer mode to look at it. */
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/venues/timetable.h"
#include "core/words.h"
#include "tui/pages/grid_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/rooms/room_bookings.h"
#include "tui/screens/rooms/rooms.h"

#define DAYS        7
#define ROW_MINUTES 60
#define ROWS_MAX    48

struct room_week {
	struct grid_page page;
	int64_t id;
	int64_t moving; /* a booking that is being moved; 0: none */
	struct venue venue;
	struct day monday;
	struct timetable table;
	struct room_bookings bookings;
	int row_minutes, first_minute; /* of the day, from its midnight */
};

/* ---- reading ---- */

static void room_week_forget(void *self)
{
	struct room_week *w = self;

	venue_finish(&w->venue);
	timetable_finish(&w->table);
	room_bookings_finish(&w->bookings);
}

/* Rows from the earliest opening to the latest closing of the week; fixed times as they are. */
static void room_week_measure(struct room_week *w)
{
	int first = 24 * 60, last = 0;

	for (int i = 0; i < DAYS; i++) {
		struct period periods[HOURS_PERIODS_MAX];
		struct day day = day_add(w->monday, i);
		int64_t midnight = when_day_start(day);
		int count = venue_hours_on(&w->table.hours, day, periods);
		for (int k = 0; k < count; k++) {
			int opens = (int)((periods[k].start_at - midnight) / 60);
			int closes = (int)((periods[k].end_at - midnight) / 60);
			first = opens < first ? opens : first;
			last = closes > last ? closes : last;
		}
	}
	int slot = (int)w->venue.policy.slot_minutes;
	w->row_minutes = slot ? slot : ROW_MINUTES;
	w->first_minute = first < last ? (slot ? first : first / 60 * 60) : 0;
	int rows =
		first < last ? (last - w->first_minute + w->row_minutes - 1) / w->row_minutes : 0;
	w->page.rows = rows > ROWS_MAX ? ROWS_MAX : rows;
	w->page.columns = DAYS;
}

static int room_week_read(void *self, struct err *err)
{
	struct room_week *w = self;
	struct db *db = w->page.kiosk->db;
	struct day sunday = day_add(w->monday, DAYS - 1);
	const struct period days = { when_day_start(w->monday),
		when_day_start(day_add(sunday, 2)) };

	TRY(venue_get(db, w->id, &w->venue, err));
	TRY(timetable_read(db, &w->venue, w->monday, sunday, w->moving, &w->table, err));
	TRY(room_bookings_read(w->page.app, w->id, &days, &w->bookings, err));
	room_week_measure(w);
	return 0;
}

/* ---- cells ---- */

static struct period room_week_time(const struct room_week *w, int row, int column)
{
	int minutes = w->first_minute + row * w->row_minutes;
	int64_t at = when_instant(day_add(w->monday, column), minutes / 60, minutes % 60, 0);

	return (struct period){ at, at + w->row_minutes * 60 };
}

static bool room_week_is_over(const struct room_week *w, const struct period *time)
{
	return time->end_at <= kiosk_now(w->page.kiosk);
}

static bool room_week_is_free(const struct room_week *w, const struct period *time)
{
	return !room_week_is_over(w, time) &&
	       timetable_state(&w->table, time->start_at, time->end_at, 1) == TIME_FREE;
}

/* Nobody can be there: closed, out of use, or over. */
static bool room_week_is_void(const struct room_week *w, const struct period *time)
{
	enum timetable_state state = timetable_state(&w->table, time->start_at, time->end_at, 1);

	return state == TIME_CLOSED || state == TIME_OUT || room_week_is_over(w, time);
}

static void room_week_head(void *context, int column, struct week_grid_cell *ret)
{
	const struct room_week *w = context;
	struct day day = day_add(w->monday, column), today = when_day(kiosk_now(w->page.kiosk));
	bool is_today = day_compare(day, today) == 0;

	week_grid_say(ret, is_today ? STYLE_MARK : STYLE_STRONG,
		mem_text(is_today ? _("today") : words_weekday_short(day_weekday(day))));
	week_grid_say(
		ret, is_today ? STYLE_MARK : STYLE_QUIET, mem_printf("%d.%d", day.month, day.day));
}

static void room_week_side(void *context, int row, struct week_grid_cell *ret)
{
	const struct room_week *w = context;
	char text[6];

	minutes_format((w->first_minute + row * w->row_minutes) % (24 * 60), text);
	week_grid_say(ret, STYLE_QUIET, mem_text(text));
}

/* By the booking at `found`; −1: the time is kept free after one. */
static void room_week_say_taken(
	const struct room_week *w, int found, int64_t start_at, struct week_grid_cell *ret)
{
	const struct booking *b = found < 0 ? NULL : &w->bookings.all.rows[found];
	enum style style = b && b->status == BOOKING_REQUESTED ? STYLE_NEEDED : STYLE_PAPER;

	if (!b)
		week_grid_say(ret, STYLE_QUIET, mem_text("·"));
	else
		week_grid_say(ret, style,
			mem_text(b->start_at >= start_at ? w->bookings.who[found] : "│"));
}

static void room_week_cell(void *context, int row, int column, struct week_grid_cell *ret)
{
	const struct room_week *w = context;
	const struct period time = room_week_time(w, row, column);
	int found = room_bookings_find(&w->bookings, w->id, &time);

	switch (timetable_state(&w->table, time.start_at, time.end_at, 1)) {
	case TIME_CLOSED:
	case TIME_STATE_COUNT:
		ret->is_void = true;
		if (found >= 0)
			room_week_say_taken(w, found, time.start_at, ret);
		return;
	case TIME_OUT:
		ret->is_void = true;
		week_grid_say(ret, STYLE_QUIET, mem_text(_("✗ out of use")));
		return;
	case TIME_TAKEN:
		room_week_say_taken(w, found, time.start_at, ret);
		return;
	case TIME_FREE:
		break;
	}
	if (time.end_at <= kiosk_now(w->page.kiosk)) {
		ret->is_void = true;
		return;
	}
	if (w->moving && found >= 0 && w->bookings.all.rows[found].id == w->moving) {
		week_grid_say(ret, STYLE_MARK, mem_text(_("so far")));
		return;
	}
	week_grid_say(ret, STYLE_DONE,
		w->venue.policy.is_shared
			? mem_printf(_("%d free"), (int)timetable_places(&w->table, time.start_at,
							   time.end_at, false))
			: mem_text(_("free")));
}

/* ---- what can be done ---- */

static void room_week_choose(struct app *app, void *self)
{
	struct room_week *w = self;
	int row = grid_page_row(w);

	if (row < 0)
		return;
	const struct period time = room_week_time(w, row, grid_page_column(w));
	int found = room_bookings_find(&w->bookings, w->id, &time);
	const struct booking *b = found < 0 ? NULL : &w->bookings.all.rows[found];
	const struct desk_visit *visit = desk_visit(w->page.kiosk->desk);
	bool is_mine = b && visit && b->resident == visit->resident;
	clerk_hush(app);
	if (!b && !clerk_is_on(app, self) && room_week_is_void(w, &time)) {
		banner_set(&w->page.kiosk->news, BANNER_NEEDED, _("This time cannot be booked"),
			_("Move to one that is marked free."));
		app_sound(app, SOUND_NEEDED);
	} else if (w->moving)
		booking_time_change(app, w->moving, w->id, time.start_at);
	else if (b && !w->venue.policy.is_shared && (is_mine || clerk_is_on(app, self)))
		booking_page_open(app, b->id);
	else
		booking_new_open(app, w->id, time.start_at);
}

static void room_week_turn(void *self, int weeks)
{
	struct room_week *w = self;

	w->monday = day_add(w->monday, weeks * DAYS);
}

static bool room_week_is_moving(struct app *app, void *self)
{
	(void)app;
	return ((struct room_week *)self)->moving != 0;
}

/* The next one by number that can be booked, and after the last one the first. */
static void room_week_other_room(struct app *app, void *self)
{
	struct room_week *w = self;
	CLEANUP(venue_list_finish) struct venue_list all = { 0 };
	struct err err = { 0 };
	int here = 0;

	if (venue_list(w->page.kiosk->db, &all, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	while (here < all.count - 1 && all.rows[here].id != w->id)
		here++;
	for (int i = 1; i <= all.count; i++) {
		const struct venue *next = &all.rows[(here + i) % all.count];
		if (!next->policy.is_bookable)
			continue;
		w->id = next->id;
		break;
	}
	grid_page_refresh(w);
}

static void room_week_print_week(struct app *app, void *self)
{
	struct room_week *w = self;
	struct err err = { 0 };

	if (papers_room_week(w->page.kiosk, w->id, w->monday, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The week for the door is being printed"), NULL);
	papers_go(w->page.kiosk);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Book"), N_("Books the marked time, or shows whose it is."),
		room_week_choose },
	{ K_PAGE_DOWN, N_("Next week"), NULL, grid_page_next },
	{ K_PAGE_UP, N_("Week before"), NULL, grid_page_previous },
	{ '0', N_("Another room"), N_("Looks for a time in the next room."), room_week_other_room,
		room_week_is_moving },
	{ '8', N_("Print"), N_("Prints this week for the room's door."), room_week_print_week,
		clerk_is_on },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void room_week_title(void *self, struct rect *area)
{
	const struct room_week *w = self;
	CLEANUP(mem_free)
	char *title = mem_printf(_("%s  ·  for %d people"), w->venue.name, (int)w->venue.capacity);

	draw_right(*area, 0, STYLE_QUIET,
		w->moving ? _("Arrows mark another time, Enter takes it")
			  : _("Arrows mark a time, Enter books it"));
	clerk_heading(area, title);
}

static const struct grid_page_kind room_week_page = {
	.screen = GRID_PAGE(N_("Week of a room"), actions),
	.size = sizeof(struct room_week),
	.grid = { .head = room_week_head,
		.side = room_week_side,
		.cell = room_week_cell,
		.empty = N_("The room is not open this week.") },
	.is_endless = true,
	.read = room_week_read,
	.forget = room_week_forget,
	.turn = room_week_turn,
	.head = room_week_title,
};

/* The first free time from there on, a day after the other, is what is marked. */
static void room_week_mark_free(struct room_week *w, int row, int column)
{
	int first = row;

	for (int day = column; day < DAYS; day++, first = 0)
		for (int i = first; i < w->page.rows; i++) {
			const struct period time = room_week_time(w, i, day);
			if (room_week_is_free(w, &time)) {
				grid_page_select(w, i, day);
				return;
			}
		}
	grid_page_select(w, row, column);
}

/* At the day of `at`, and the hour after it. */
static void room_week_open_at(struct app *app, int64_t venue, int64_t moving, int64_t at)
{
	struct room_week *w = grid_page_create(app, &room_week_page);
	struct local local = when_local(at);

	w->id = venue;
	w->moving = moving;
	w->monday = day_add(local.day, 1 - local.weekday);
	grid_page_show(w);
	int minute = local.hour * 60 - w->first_minute;
	bool is_open = w->row_minutes && minute > 0;
	room_week_mark_free(w, is_open ? minute / w->row_minutes : 0, local.weekday - 1);
}

void room_week_open(struct app *app, int64_t venue)
{
	int64_t now = kiosk_now(kiosk_of(app)), next = now + 3600;

	room_week_open_at(
		app, venue, 0, day_compare(when_day(now), when_day(next)) == 0 ? next : now);
}

void room_week_move(struct app *app, const struct booking *b)
{
	room_week_open_at(app, b->venue, b->id, b->start_at);
}

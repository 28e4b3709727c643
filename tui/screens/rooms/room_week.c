/* A week of one room: days across, hours down. A free hour is picked to book it, a taken one in
 * volunteer mode to look at it. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/venues/booking.h"
#include "core/venues/timetable.h"
#include "core/words.h"
#include "tui/pages/clerk.h"
#include "tui/pages/papers.h"
#include "tui/screens/rooms/rooms.h"
#include "tui/widgets/week_grid.h"

#define DAYS        7
#define ROW_MINUTES 60
#define ROWS_MAX    48

struct room_week {
	struct app *app;
	struct kiosk *kiosk;
	int64_t id;
	int64_t moving; /* a booking that looks for another time; 0: none */
	struct venue venue;
	struct day monday;
	struct timetable table;
	struct booking_list bookings;
	int row_minutes, first_minute, rows; /* of the day, from its midnight */
	struct week_grid *grid;
};

static const struct screen room_week_screen;

/* ---- reading ---- */

static void room_week_forget(struct room_week *w)
{
	venue_finish(&w->venue);
	timetable_finish(&w->table);
	booking_list_finish(&w->bookings);
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
	w->rows = first < last ? (last - w->first_minute + w->row_minutes - 1) / w->row_minutes : 0;
	w->rows = w->rows > ROWS_MAX ? ROWS_MAX : w->rows;
}

static int room_week_read_all(struct room_week *w, struct err *err)
{
	struct db *db = w->kiosk->db;
	struct day sunday = day_add(w->monday, DAYS - 1);

	room_week_forget(w);
	TRY(venue_get(db, w->id, &w->venue, err));
	TRY(timetable_read(db, &w->venue, w->monday, sunday, w->moving, &w->table, err));
	TRY(bookings_between(db, w->id, when_day_start(w->monday),
		when_day_start(day_add(sunday, 2)), &w->bookings, err));
	room_week_measure(w);
	return 0;
}

static void room_week_refresh(struct room_week *w)
{
	struct err err = { 0 };

	if (room_week_read_all(w, &err) < 0)
		clerk_tell_err(w->app, &err);
	week_grid_set_size(w->grid, w->rows, DAYS);
	app_redraw(w->app);
}

/* ---- cells ---- */

static int64_t room_week_start_of(const struct room_week *w, int row, int column)
{
	int minutes = w->first_minute + row * w->row_minutes;

	return when_instant(day_add(w->monday, column), minutes / 60, minutes % 60, 0);
}

static int64_t room_week_end_of(const struct room_week *w, int row, int column)
{
	return room_week_start_of(w, row, column) + w->row_minutes * 60;
}

static const struct booking *room_week_booking_in(
	const struct room_week *w, int64_t start_at, int64_t end_at)
{
	for (int i = 0; i < w->bookings.count; i++) {
		const struct booking *b = &w->bookings.rows[i];
		if (booking_is_live(b) && b->start_at < end_at && b->end_at > start_at)
			return b;
	}
	return NULL;
}

static bool room_week_is_free(const struct room_week *w, int row, int column)
{
	int64_t start_at = room_week_start_of(w, row, column),
		end_at = room_week_end_of(w, row, column);

	return end_at > kiosk_now(w->kiosk) &&
	       timetable_state(&w->table, start_at, end_at, 1) == TIME_FREE;
}

/* Nobody can be there: closed, out of use, or over. */
static bool room_week_is_void(const struct room_week *w, int row, int column)
{
	int64_t start_at = room_week_start_of(w, row, column),
		end_at = room_week_end_of(w, row, column);
	enum timetable_state state = timetable_state(&w->table, start_at, end_at, 1);

	return state == TIME_CLOSED || state == TIME_OUT || end_at <= kiosk_now(w->kiosk);
}

static void room_week_head(void *context, int column, struct week_grid_cell *ret)
{
	const struct room_week *w = context;
	struct day day = day_add(w->monday, column), today = when_day(kiosk_now(w->kiosk));
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

static void room_week_say_taken(const struct room_week *w, const struct booking *b,
	int64_t start_at, struct week_grid_cell *ret)
{
	enum style style = b && b->status == BOOKING_REQUESTED ? STYLE_NEEDED : STYLE_PAPER;

	if (!b) /* kept free after a booking */
		week_grid_say(ret, STYLE_QUIET, mem_text("·"));
	else if (b->start_at >= start_at)
		week_grid_say(ret, style, room_who(w->app, b));
	else
		week_grid_say(ret, style, mem_text("│"));
}

static void room_week_cell(void *context, int row, int column, struct week_grid_cell *ret)
{
	const struct room_week *w = context;
	int64_t start_at = room_week_start_of(w, row, column),
		end_at = room_week_end_of(w, row, column);
	const struct booking *b = room_week_booking_in(w, start_at, end_at);

	switch (timetable_state(&w->table, start_at, end_at, 1)) {
	case TIME_CLOSED:
	case TIME_STATE_COUNT:
		ret->is_void = true;
		if (b)
			room_week_say_taken(w, b, start_at, ret);
		return;
	case TIME_OUT:
		ret->is_void = true;
		week_grid_say(ret, STYLE_QUIET, mem_text(_("✗ out of use")));
		return;
	case TIME_TAKEN:
		room_week_say_taken(w, b, start_at, ret);
		return;
	case TIME_FREE:
		break;
	}
	if (end_at <= kiosk_now(w->kiosk)) {
		ret->is_void = true;
		return;
	}
	if (w->moving && b && b->id == w->moving) {
		week_grid_say(ret, STYLE_MARK, mem_text(_("so far")));
		return;
	}
	week_grid_say(ret, STYLE_DONE,
		w->venue.policy.is_shared
			? mem_printf(_("%d free"),
				  (int)timetable_places(&w->table, start_at, end_at, false))
			: mem_text(_("free")));
}

/* ---- life ---- */

/* The first free time from there on, a day after the other, is what is marked. */
static void room_week_mark_free(struct room_week *w, int row, int column)
{
	int first = row;

	for (int day = column; day < DAYS; day++, first = 0)
		for (int i = first; i < w->rows; i++)
			if (room_week_is_free(w, i, day)) {
				week_grid_select(w->grid, i, day);
				return;
			}
	week_grid_select(w->grid, row, column);
}

/* At the day of `at`, and the hour after it. */
static void room_week_show_time(struct room_week *w, int64_t at)
{
	struct local local = when_local(at);

	w->monday = day_add(local.day, 1 - local.weekday);
	room_week_refresh(w);
	int minute = local.hour * 60 - w->first_minute;
	room_week_mark_free(w, minute > 0 ? minute / w->row_minutes : 0, local.weekday - 1);
}

static void room_week_open_week(struct app *app, int64_t venue, int64_t moving, int64_t at)
{
	struct room_week *w = mem_alloc(sizeof(*w));
	const struct week_grid_options options = {
		.context = w,
		.head = room_week_head,
		.side = room_week_side,
		.cell = room_week_cell,
		.empty = N_("The room is not open this week."),
	};

	w->app = app;
	w->kiosk = kiosk_of(app);
	w->id = venue;
	w->moving = moving;
	w->grid = week_grid_create(&options);
	app_push(app, &room_week_screen, w);
	room_week_show_time(w, at);
}

void room_week_open(struct app *app, int64_t venue)
{
	int64_t now = kiosk_now(kiosk_of(app)), next = now + 3600;

	room_week_open_week(
		app, venue, 0, day_compare(when_day(now), when_day(next)) == 0 ? next : now);
}

void room_week_move(struct app *app, const struct booking *b)
{
	room_week_open_week(app, b->venue, b->id, b->start_at);
}

static void room_week_resume(struct app *app, void *self)
{
	(void)app;
	room_week_refresh(self);
}

static void room_week_leave(struct app *app, void *self)
{
	struct room_week *w = self;

	(void)app;
	room_week_forget(w);
	week_grid_destroy(w->grid);
	free(w);
}

/* ---- what can be done ---- */

static void room_week_choose(struct app *app, void *self)
{
	struct room_week *w = self;
	int row = week_grid_row(w->grid), column = week_grid_column(w->grid);

	if (row < 0)
		return;
	int64_t start_at = room_week_start_of(w, row, column),
		end_at = room_week_end_of(w, row, column);
	const struct booking *b = room_week_booking_in(w, start_at, end_at);
	const struct desk_visit *visit = desk_visit(w->kiosk->desk);
	bool is_mine = b && visit && b->resident == visit->resident;
	clerk_hush(app);
	if (!b && !clerk_is_on(app, self) && room_week_is_void(w, row, column)) {
		banner_set(&w->kiosk->news, BANNER_NEEDED, _("This time cannot be booked"),
			_("Move to one that is marked free."));
		app_sound(app, SOUND_NEEDED);
	} else if (w->moving)
		booking_time_change(app, w->moving, w->id, start_at);
	else if (b && !w->venue.policy.is_shared && (is_mine || clerk_is_on(app, self)))
		booking_page_open(app, b->id);
	else
		booking_new_open(app, w->id, start_at);
}

static void room_week_turn(struct room_week *w, int weeks)
{
	w->monday = day_add(w->monday, weeks * DAYS);
	room_week_refresh(w);
}

static void room_week_next_week(struct app *app, void *self)
{
	(void)app;
	room_week_turn(self, 1);
}

static void room_week_last_week(struct app *app, void *self)
{
	(void)app;
	room_week_turn(self, -1);
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

	if (venue_list(w->kiosk->db, &all, &err) < 0) {
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
	room_week_refresh(w);
}

static void room_week_print_week(struct app *app, void *self)
{
	struct room_week *w = self;
	struct err err = { 0 };

	if (papers_room_week(w->kiosk, w->id, w->monday, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The week for the door is being printed"), NULL);
	papers_go(w->kiosk);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Book"), N_("Books the marked time, or shows whose it is."),
		room_week_choose },
	{ K_PAGE_DOWN, N_("Next week"), NULL, room_week_next_week },
	{ K_PAGE_UP, N_("Week before"), NULL, room_week_last_week },
	{ '0', N_("Another room"), N_("Looks for a time in the next room."), room_week_other_room,
		room_week_is_moving },
	{ '8', N_("Print"), N_("Prints this week for the room's door."), room_week_print_week,
		clerk_is_on },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool room_week_key(struct app *app, void *self, const struct key *key)
{
	struct room_week *w = self;

	if (key->code == K_PAGE_DOWN || key->code == K_PAGE_UP)
		return false;
	switch (week_grid_key(w->grid, key)) {
	case WEEK_GRID_IGNORED:
		return false;
	case WEEK_GRID_CHOSEN:
		room_week_choose(app, w);
		break;
	case WEEK_GRID_BEFORE:
		room_week_turn(w, -1);
		week_grid_select(w->grid, week_grid_row(w->grid), DAYS - 1);
		break;
	case WEEK_GRID_AFTER:
		room_week_turn(w, 1);
		week_grid_select(w->grid, week_grid_row(w->grid), 0);
		break;
	case WEEK_GRID_TAKEN:
		break;
	}
	app_redraw(app);
	return true;
}

static void room_week_draw(struct app *app, void *self, struct rect area)
{
	struct room_week *w = self;
	CLEANUP(mem_free)
	char *title = mem_printf(_("%s  ·  for %d people"), w->venue.name, (int)w->venue.capacity);

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, title);
	draw_right(area, 0, STYLE_QUIET,
		w->moving ? _("Arrows mark another time, Enter takes it")
			  : _("Arrows mark a time, Enter books it"));
	rect_cut_top(&area, 2);
	clerk_draw_news(app, &area);
	week_grid_draw(w->grid, area);
}

static const struct screen room_week_screen = {
	.name = "room_week",
	.title = N_("Week of a room"),
	.actions = actions,
	.resume = room_week_resume,
	.leave = room_week_leave,
	.draw = room_week_draw,
	.key = room_week_key,
	.scan = clerk_scan,
};

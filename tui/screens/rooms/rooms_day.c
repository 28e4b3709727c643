/* A day of all rooms: rooms across, hours down. */
#include "core/base/mem.h"
#include "core/venues/timetable.h"
#include "core/words.h"
#include "tui/pages/grid_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/rooms/room_bookings.h"
#include "tui/screens/rooms/rooms.h"

#define ROW_SECONDS 3600

struct rooms_day {
	struct grid_page page;
	struct day day;
	struct venue_list venues;
	struct timetables tables;
	struct room_bookings bookings;
	int64_t first_at;
};

static void rooms_day_forget(void *self)
{
	struct rooms_day *d = self;

	timetables_finish(&d->tables);
	venue_list_finish(&d->venues);
	room_bookings_finish(&d->bookings);
}

/* From the first opening to the last closing of any room. */
static void rooms_day_measure(struct rooms_day *d)
{
	int64_t first_at = INT64_MAX, last_at = 0;

	for (int i = 0; i < d->venues.count; i++) {
		struct period periods[HOURS_PERIODS_MAX];
		int count = venue_hours_on(&d->tables.rows[i].hours, d->day, periods);
		for (int k = 0; k < count; k++) {
			first_at = periods[k].start_at < first_at ? periods[k].start_at : first_at;
			last_at = periods[k].end_at > last_at ? periods[k].end_at : last_at;
		}
	}
	d->page.columns = d->venues.count;
	d->page.rows = first_at < last_at
			       ? (int)((last_at - first_at + ROW_SECONDS - 1) / ROW_SECONDS)
			       : 0;
	d->first_at = d->page.rows ? first_at : 0;
}

static int rooms_day_read(void *self, struct err *err)
{
	struct rooms_day *d = self;
	struct db *db = d->page.kiosk->db;
	const struct period days = { when_day_start(d->day), when_day_start(day_add(d->day, 2)) };

	TRY(venue_list(db, &d->venues, err));
	TRY(timetables_read(db, &d->venues, d->day, d->day, &d->tables, err));
	TRY(room_bookings_read(d->page.app, 0, &days, &d->bookings, err));
	rooms_day_measure(d);
	return 0;
}

static struct period rooms_day_hour(const struct rooms_day *d, int row)
{
	int64_t start_at = d->first_at + row * ROW_SECONDS;

	return (struct period){ start_at, start_at + ROW_SECONDS };
}

/* ---- cells ---- */

static void rooms_day_head(void *context, int column, struct week_grid_cell *ret)
{
	const struct rooms_day *d = context;
	const struct venue *venue = &d->venues.rows[column];

	week_grid_say(ret, STYLE_STRONG, mem_text(venue->name));
	week_grid_say(ret, STYLE_QUIET, mem_printf(_("%d people"), (int)venue->capacity));
}

static void rooms_day_side(void *context, int row, struct week_grid_cell *ret)
{
	const struct rooms_day *d = context;

	week_grid_say(ret, STYLE_QUIET, words_time(d->first_at + row * ROW_SECONDS));
}

static void rooms_day_cell(void *context, int row, int column, struct week_grid_cell *ret)
{
	const struct rooms_day *d = context;
	const struct period hour = rooms_day_hour(d, row);
	int found = room_bookings_find(&d->bookings, d->venues.rows[column].id, &hour);

	if (found >= 0) {
		bool begins = d->bookings.all.rows[found].start_at >= hour.start_at;
		week_grid_say(ret, STYLE_PAPER, mem_text(begins ? d->bookings.who[found] : "│"));
		return;
	}
	switch (timetable_state(&d->tables.rows[column], hour.start_at, hour.end_at, 1)) {
	case TIME_CLOSED:
	case TIME_STATE_COUNT:
		ret->is_void = true;
		return;
	case TIME_OUT:
		ret->is_void = true;
		week_grid_say(ret, STYLE_QUIET, mem_text(_("✗ out of use")));
		return;
	case TIME_TAKEN:
		week_grid_say(ret, STYLE_QUIET, mem_text("·"));
		return;
	case TIME_FREE:
		if (hour.end_at > kiosk_now(d->page.kiosk))
			week_grid_say(ret, STYLE_DONE, mem_text(_("free")));
		else
			ret->is_void = true;
	}
}

/* ---- what can be done ---- */

static void rooms_day_choose(struct app *app, void *self)
{
	struct rooms_day *d = self;
	int row = grid_page_row(d), column = grid_page_column(d);

	if (row < 0 || column < 0)
		return;
	const struct period hour = rooms_day_hour(d, row);
	int64_t venue = d->venues.rows[column].id;
	int found = room_bookings_find(&d->bookings, venue, &hour);
	clerk_hush(app);
	if (found >= 0 && clerk_is_on(app, self))
		booking_page_open(app, d->bookings.all.rows[found].id);
	else
		booking_new_open(app, venue, hour.start_at);
}

static void rooms_day_turn(void *self, int days)
{
	struct rooms_day *d = self;

	d->day = day_add(d->day, days);
}

static void rooms_day_print_day(struct app *app, void *self)
{
	struct rooms_day *d = self;
	struct err err = { 0 };

	if (papers_rooms_day(d->page.kiosk, d->day, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The day's bookings are being printed"), NULL);
	papers_go(d->page.kiosk);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Book"), N_("Books the marked time, or shows whose it is."),
		rooms_day_choose },
	{ K_PAGE_DOWN, N_("Next day"), NULL, grid_page_next },
	{ K_PAGE_UP, N_("Day before"), NULL, grid_page_previous },
	{ '8', N_("Print"), N_("Prints the day's bookings for the counter."), rooms_day_print_day,
		clerk_is_on },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void rooms_day_title(void *self, struct rect *area)
{
	const struct rooms_day *d = self;
	CLEANUP(mem_free) char *day = words_day(d->day, when_day(kiosk_now(d->page.kiosk)));

	clerk_heading(area, day);
}

static const struct grid_page_kind rooms_day_page = {
	.screen = GRID_PAGE(N_("Rooms of the day"), actions),
	.size = sizeof(struct rooms_day),
	.grid = { .head = rooms_day_head,
		.side = rooms_day_side,
		.cell = rooms_day_cell,
		.empty = N_("No room is open on this day."),
		.min_cells = 10 },
	.read = rooms_day_read,
	.forget = rooms_day_forget,
	.turn = rooms_day_turn,
	.head = rooms_day_title,
};

void rooms_day_open(struct app *app)
{
	struct rooms_day *d = grid_page_create(app, &rooms_day_page);

	d->day = when_day(kiosk_now(d->page.kiosk));
	grid_page_show(d);
}

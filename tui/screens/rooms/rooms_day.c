/* A day of all rooms: rooms across, hours down. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/venues/booking.h"
#include "core/venues/timetable.h"
#include "core/words.h"
#include "tui/pages/clerk.h"
#include "tui/pages/papers.h"
#include "tui/screens/rooms/rooms.h"
#include "tui/widgets/week_grid.h"

#define ROW_SECONDS 3600

struct rooms_day {
	struct app *app;
	struct kiosk *kiosk;
	struct day day;
	struct venue_list venues;
	struct timetables tables;
	struct booking_list bookings;
	int64_t first_at;
	int rows;
	struct week_grid *grid;
};

static const struct screen rooms_day_screen;

static void rooms_day_forget(struct rooms_day *d)
{
	timetables_finish(&d->tables);
	venue_list_finish(&d->venues);
	booking_list_finish(&d->bookings);
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
	d->rows = first_at < last_at ? (int)((last_at - first_at + ROW_SECONDS - 1) / ROW_SECONDS)
				     : 0;
	d->first_at = d->rows ? first_at : 0;
}

static int rooms_day_read_all(struct rooms_day *d, struct err *err)
{
	struct db *db = d->kiosk->db;

	rooms_day_forget(d);
	TRY(venue_list(db, &d->venues, err));
	TRY(timetables_read(db, &d->venues, d->day, d->day, &d->tables, err));
	TRY(bookings_between(db, 0, when_day_start(d->day), when_day_start(day_add(d->day, 2)),
		&d->bookings, err));
	rooms_day_measure(d);
	return 0;
}

static void rooms_day_refresh(struct rooms_day *d)
{
	struct err err = { 0 };

	if (rooms_day_read_all(d, &err) < 0)
		clerk_tell_err(d->app, &err);
	week_grid_set_size(d->grid, d->rows, d->venues.count);
	app_redraw(d->app);
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

static const struct booking *rooms_day_booking_in(
	const struct rooms_day *d, int64_t venue, int64_t start_at, int64_t end_at)
{
	for (int i = 0; i < d->bookings.count; i++) {
		const struct booking *b = &d->bookings.rows[i];
		if (b->venue == venue && booking_is_live(b) && b->start_at < end_at &&
			b->end_at > start_at)
			return b;
	}
	return NULL;
}

static void rooms_day_cell(void *context, int row, int column, struct week_grid_cell *ret)
{
	const struct rooms_day *d = context;
	int64_t start_at = d->first_at + row * ROW_SECONDS, end_at = start_at + ROW_SECONDS;
	const struct booking *b =
		rooms_day_booking_in(d, d->venues.rows[column].id, start_at, end_at);

	if (b) {
		week_grid_say(ret, STYLE_PAPER,
			b->start_at >= start_at ? room_who(d->app, b) : mem_text("│"));
		return;
	}
	switch (timetable_state(&d->tables.rows[column], start_at, end_at, 1)) {
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
		if (end_at > kiosk_now(d->kiosk))
			week_grid_say(ret, STYLE_DONE, mem_text(_("free")));
		else
			ret->is_void = true;
	}
}

/* ---- life ---- */

void rooms_day_open(struct app *app)
{
	struct rooms_day *d = mem_alloc(sizeof(*d));
	const struct week_grid_options options = {
		.context = d,
		.head = rooms_day_head,
		.side = rooms_day_side,
		.cell = rooms_day_cell,
		.empty = N_("No room is open on this day."),
		.min_cells = 10,
	};

	d->app = app;
	d->kiosk = kiosk_of(app);
	d->day = when_day(kiosk_now(d->kiosk));
	d->grid = week_grid_create(&options);
	app_push(app, &rooms_day_screen, d);
	rooms_day_refresh(d);
}

static void rooms_day_resume(struct app *app, void *self)
{
	(void)app;
	rooms_day_refresh(self);
}

static void rooms_day_leave(struct app *app, void *self)
{
	struct rooms_day *d = self;

	(void)app;
	rooms_day_forget(d);
	week_grid_destroy(d->grid);
	free(d);
}

static void rooms_day_choose(struct app *app, void *self)
{
	struct rooms_day *d = self;
	int row = week_grid_row(d->grid), column = week_grid_column(d->grid);

	if (row < 0 || column < 0)
		return;
	int64_t start_at = d->first_at + row * ROW_SECONDS;
	int64_t venue = d->venues.rows[column].id;
	const struct booking *b = rooms_day_booking_in(d, venue, start_at, start_at + ROW_SECONDS);
	clerk_hush(app);
	if (b && clerk_is_on(app, self))
		booking_page_open(app, b->id);
	else
		booking_new_open(app, venue, start_at);
}

static void rooms_day_move(struct rooms_day *d, int days)
{
	d->day = day_add(d->day, days);
	rooms_day_refresh(d);
}

static void rooms_day_next_day(struct app *app, void *self)
{
	(void)app;
	rooms_day_move(self, 1);
}

static void rooms_day_day_before(struct app *app, void *self)
{
	(void)app;
	rooms_day_move(self, -1);
}

static void rooms_day_print_day(struct app *app, void *self)
{
	struct rooms_day *d = self;
	struct err err = { 0 };

	if (papers_rooms_day(d->kiosk, d->day, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The day's bookings are being printed"), NULL);
	papers_go(d->kiosk);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Book"), N_("Books the marked time, or shows whose it is."),
		rooms_day_choose },
	{ K_PAGE_DOWN, N_("Next day"), NULL, rooms_day_next_day },
	{ K_PAGE_UP, N_("Day before"), NULL, rooms_day_day_before },
	{ '8', N_("Print"), N_("Prints the day's bookings for the counter."), rooms_day_print_day,
		clerk_is_on },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool rooms_day_key(struct app *app, void *self, const struct key *key)
{
	struct rooms_day *d = self;

	if (key->code == K_PAGE_DOWN || key->code == K_PAGE_UP)
		return false;
	switch (week_grid_key(d->grid, key)) {
	case WEEK_GRID_IGNORED:
		return false;
	case WEEK_GRID_CHOSEN:
		rooms_day_choose(app, d);
		break;
	case WEEK_GRID_BEFORE:
		rooms_day_move(d, -1);
		break;
	case WEEK_GRID_AFTER:
		rooms_day_move(d, 1);
		break;
	case WEEK_GRID_TAKEN:
		break;
	}
	app_redraw(app);
	return true;
}

static void rooms_day_draw(struct app *app, void *self, struct rect area)
{
	struct rooms_day *d = self;
	CLEANUP(mem_free) char *day = words_day(d->day, when_day(kiosk_now(d->kiosk)));

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, day);
	rect_cut_top(&area, 2);
	clerk_draw_news(app, &area);
	week_grid_draw(d->grid, area);
}

static const struct screen rooms_day_screen = {
	.title = N_("Rooms of the day"),
	.actions = actions,
	.resume = rooms_day_resume,
	.leave = rooms_day_leave,
	.draw = rooms_day_draw,
	.key = rooms_day_key,
	.scan = clerk_scan,
};

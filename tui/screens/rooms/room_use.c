/* A month's use of the rooms: people, hours and no-shows by room; bars by weekday and hour. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/venues/usage.h"
#include "core/words.h"
#include "tui/pages/clerk.h"
#include "tui/pages/papers.h"
#include "tui/screens/rooms/rooms.h"
#include "tui/widgets/list.h"

struct room_use {
	struct app *app;
	struct day day; /* of the month that is shown */
	struct usage usage;
	struct list *list;
};

static const struct screen room_use_screen;

enum {
	COLUMN_ROOM,
	COLUMN_PEOPLE,
	COLUMN_HOURS,
	COLUMN_ESTIMATED,
	COLUMN_BOOKED,
	COLUMN_MISSED,
	COLUMN_OUTSIDE,
	COLUMN_FREE
};

static const struct list_column columns[] = {
	[COLUMN_ROOM] = { N_("Venue"), .min = 8 },
	[COLUMN_PEOPLE] = { N_("Visits"), .min = 5, .max = 8, .align_right = true },
	[COLUMN_HOURS] = { N_("Hours used"), .min = 6, .max = 8, .align_right = true },
	[COLUMN_ESTIMATED] = { N_("estimated"), .min = 6, .max = 10, .align_right = true },
	[COLUMN_BOOKED] = { N_("Bookings"), .min = 4, .max = 9, .align_right = true },
	[COLUMN_MISSED] = { N_("No-shows"), .min = 4, .max = 9, .align_right = true },
	[COLUMN_OUTSIDE] = { N_("off work"), .min = 6, .max = 9, .align_right = true },
	[COLUMN_FREE] = { N_("free, h"), .min = 6, .max = 8, .align_right = true },
};

static char *room_use_hours_text(int64_t minutes)
{
	int64_t tenths = (minutes + 3) / 6;

	return mem_printf("%" PRId64 ".%d", tenths / 10, (int)(tenths % 10));
}

static void room_use_cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct room_use *u = context;
	bool is_total = row == u->usage.count;
	const struct usage_row *r = is_total ? &u->usage.total : &u->usage.rows[row];
	const int64_t numbers[] = { [COLUMN_PEOPLE] = r->people,
		[COLUMN_BOOKED] = r->bookings,
		[COLUMN_MISSED] = r->no_shows };

	ret->style = is_total ? STYLE_STRONG : STYLE_PAPER;
	switch (column) {
	case COLUMN_ROOM:
		ret->text = mem_text(is_total ? _("Together") : r->name);
		break;
	case COLUMN_HOURS:
		ret->text = room_use_hours_text(r->minutes);
		break;
	case COLUMN_ESTIMATED:
		ret->text = room_use_hours_text(r->estimated_minutes);
		ret->style = STYLE_QUIET;
		break;
	case COLUMN_OUTSIDE:
		ret->text = room_use_hours_text(r->minutes_outside);
		break;
	case COLUMN_FREE:
		ret->text = room_use_hours_text(r->free_minutes);
		break;
	default:
		ret->text = mem_printf("%" PRId64, numbers[column]);
	}
}

static void room_use_refresh(struct room_use *u)
{
	struct day from, until;
	struct err err = { 0 };

	usage_finish(&u->usage);
	usage_month(u->day, &from, &until);
	if (usage_read(kiosk_of(u->app)->db, from, until, &u->usage, &err) < 0)
		clerk_tell_err(u->app, &err);
	list_set_count(u->list, u->usage.count ? u->usage.count + 1 : 0);
	app_redraw(u->app);
}

void room_use_open(struct app *app)
{
	struct room_use *u = mem_alloc(sizeof(*u));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = u,
		.cell = room_use_cell,
		.empty = N_("There are no rooms yet."),
	};

	u->app = app;
	u->day = when_day(kiosk_now(kiosk_of(app)));
	u->list = list_create(&options);
	app_push(app, &room_use_screen, u);
	room_use_refresh(u);
}

static void room_use_leave(struct app *app, void *self)
{
	struct room_use *u = self;

	(void)app;
	usage_finish(&u->usage);
	list_destroy(u->list);
	free(u);
}

/* ---- what can be done ---- */

static void room_use_month_before(struct app *app, void *self)
{
	struct room_use *u = self;

	(void)app;
	u->day = day_add((struct day){ u->day.year, u->day.month, 1 }, -1);
	room_use_refresh(u);
}

static void room_use_next_month(struct app *app, void *self)
{
	struct room_use *u = self;
	struct day from, until;

	(void)app;
	usage_month(u->day, &from, &until);
	u->day = day_add(until, 1);
	room_use_refresh(u);
}

static void room_use_print_month(struct app *app, void *self)
{
	struct room_use *u = self;
	struct day from, until;
	struct err err = { 0 };

	usage_month(u->day, &from, &until);
	if (papers_room_use(kiosk_of(app), from, until, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The report is being printed"), NULL);
	papers_go(kiosk_of(app));
}

static const struct action actions[] = {
	{ K_PAGE_UP, N_("Month before"), NULL, room_use_month_before },
	{ K_PAGE_DOWN, N_("Next month"), NULL, room_use_next_month },
	{ '8', N_("Print"), N_("Prints the month's report."), room_use_print_month, clerk_is_on },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* ---- drawing ---- */

/* The bar shows people; hours and no-shows follow as figures. */
static int room_use_draw_bar(
	struct rect area, int row, const char *label, const struct usage_part *part, int64_t most)
{
	enum { LABEL = 6, FIGURES = 22 };
	int64_t value = part->people;
	int cells = area.cols - LABEL - FIGURES;
	int bar = most > 0 && cells > 0 ? (int)(value * cells / most) : 0;
	struct rect place = { .row = area.row + row,
		.col = area.col + LABEL,
		.rows = 1,
		.cols = value && !bar ? 1 : bar };

	draw_text(area, row, 0, STYLE_QUIET, label);
	if (value)
		draw_fill(place, STYLE_BUTTON_MARKED);
	int col = draw_textf(area, row, LABEL + place.cols + 1, STYLE_PAPER, "%" PRId64, value) + 1;
	if (part->minutes) {
		int64_t tenths = (part->minutes + 3) / 6;
		col = draw_textf(area, row, col, STYLE_QUIET, _("%lld.%d h"),
			      (long long)(tenths / 10), (int)(tenths % 10)) +
		      1;
	}
	if (part->no_shows)
		draw_textf(
			area, row, col, STYLE_QUIET, _("no-shows %lld"), (long long)part->no_shows);
	return row + 1;
}

static void room_use_draw_weekdays(const struct usage *u, struct rect area)
{
	int64_t most = 0;
	int row = 0;

	for (int i = 1; i <= 7; i++)
		most = u->by_weekday[i].people > most ? u->by_weekday[i].people : most;
	draw_text(area, row++, 0, STYLE_MARK, _("People by weekday"));
	for (int i = 1; i <= 7; i++)
		row = room_use_draw_bar(area, row, words_weekday_short(i), &u->by_weekday[i], most);
}

static void room_use_draw_hours(const struct usage *u, struct rect area)
{
	int64_t most = 0;
	int row = 0;

	for (int i = 0; i < USAGE_HOURS; i++)
		most = u->by_hour[i].people > most ? u->by_hour[i].people : most;
	draw_text(area, row++, 0, STYLE_MARK, _("People by the hour they came"));
	for (int i = 0; i < USAGE_HOURS && row < area.rows; i++) {
		CLEANUP(mem_free) char *hour = mem_printf("%d:00", i);
		if (u->by_hour[i].people || u->by_hour[i].no_shows)
			row = room_use_draw_bar(area, row, hour, &u->by_hour[i], most);
	}
}

static void room_use_draw(struct app *app, void *self, struct rect area)
{
	struct room_use *u = self;
	CLEANUP(mem_free) char *month = mem_printf("%04d-%02d", u->day.year, u->day.month);

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, month);
	rect_cut_top(&area, 2);
	clerk_draw_news(app, &area);
	struct rect bars = rect_cut_bottom(&area, area.rows > 22 ? 12 : area.rows > 16 ? 8 : 0);
	list_draw(u->list, area);
	struct rect left = rect_cut_left(&bars, bars.cols / 2);
	room_use_draw_weekdays(&u->usage, left);
	room_use_draw_hours(&u->usage, bars);
}

static const struct screen room_use_screen = {
	.title = N_("Use of the rooms"),
	.actions = actions,
	.leave = room_use_leave,
	.draw = room_use_draw,
	.scan = clerk_scan,
};

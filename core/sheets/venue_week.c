#include "core/sheets/venue_week.h"

#include <inttypes.h>

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/sheets/wording.h"
#include "core/venues/booking.h"
#include "core/venues/timetable.h"
#include "core/words_venues.h"

#define DAYS 7

static const struct sheet_style heading = {
	.size_pt = 28, .min_pt = 18, .max_lines = 1, .is_bold = true
};
static const struct sheet_style subheading = { .size_pt = 14 };
static const struct sheet_style day_style = {
	.size_pt = 14, .min_pt = 11, .max_lines = 1, .is_bold = true, .align = SHEET_CENTER
};
static const struct sheet_style hours_style = {
	.size_pt = 10, .min_pt = 8, .max_lines = 2, .align = SHEET_CENTER
};
static const struct sheet_style time_style = { .size_pt = 11, .is_bold = true };
static const struct sheet_style what_style = { .size_pt = 13, .leading = 1.2 };
static const struct sheet_style quiet = { .size_pt = 10, .is_quiet = true };
static const struct sheet_style body = { .size_pt = 10.5 };
static const struct sheet_style strong = { .size_pt = 10.5, .is_bold = true };
static const struct sheet_style small = { .size_pt = 9, .is_quiet = true };

/* Bookings still to come or in use: those that matter to a reader of the paper. */
static bool is_shown(const struct booking *b)
{
	return booking_is_live(b);
}

/* ---- the week ---- */

struct door {
	struct house_lines lines;
	struct venue venue;
	struct timetable table;
	struct booking_list bookings;
	struct day monday;
	int64_t made_at;
};

static void door_finish(struct door *w)
{
	house_lines_finish(&w->lines);
	venue_finish(&w->venue);
	timetable_finish(&w->table);
	booking_list_finish(&w->bookings);
}

static int read_door(struct db *db, int64_t venue, struct door *w, struct err *err)
{
	struct day sunday = day_add(w->monday, DAYS - 1);

	w->made_at = db_now(db);
	TRY(house_lines_get(db, &w->lines, err));
	TRY(venue_get(db, venue, &w->venue, err));
	TRY(timetable_read(db, &w->venue, w->monday, sunday, 0, &w->table, err));
	return bookings_between(db, venue, when_day_start(w->monday),
		when_day_start(day_add(sunday, 1)), &w->bookings, err);
}

static void put_day_head(struct sheet *sheet, const struct door *w, struct day day)
{
	struct period periods[HOURS_PERIODS_MAX];
	int count = venue_hours_on(&w->table.hours, day, periods);
	CLEANUP(mem_free) char *date = words_date(day, w->monday);

	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, day_style, date);
	if (count == 0)
		sheet_text(sheet, hours_style, _("closed"));
	for (int i = 0; i < count; i++) {
		CLEANUP(mem_free) char *span = words_span(periods[i].start_at, periods[i].end_at);
		sheet_text(sheet, hours_style, span);
	}
}

static void put_blackouts(
	struct sheet *sheet, const struct door *w, int64_t from_at, int64_t until_at)
{
	for (int i = 0; i < w->table.blackouts.count; i++) {
		const struct blackout *b = &w->table.blackouts.rows[i];
		if (b->start_at >= until_at || b->end_at <= from_at)
			continue;
		int64_t start_at = b->start_at > from_at ? b->start_at : from_at;
		int64_t end_at = b->end_at < until_at ? b->end_at : until_at;
		CLEANUP(mem_free) char *span = words_span(start_at, end_at);
		sheet_text(sheet, time_style, span);
		sheet_textf(sheet, what_style, _("✗ out of use: %s"), b->name);
		sheet_space(sheet, 1.5);
	}
}

static void put_booking(struct sheet *sheet, const struct booking *b)
{
	CLEANUP(mem_free) char *span = words_span(b->start_at, b->end_at);
	CLEANUP(mem_free) char *what = words_booking_public(b);

	sheet_text(sheet, time_style, span);
	sheet_text(sheet, what_style, what);
	if (b->status == BOOKING_REQUESTED)
		sheet_text(sheet, quiet, words_booking_status(b->status));
	sheet_space(sheet, 1.5);
}

static void put_day(struct sheet *sheet, const struct door *w, struct day day)
{
	int64_t from_at = when_day_start(day), until_at = when_day_start(day_add(day, 1));

	sheet_cell(sheet, 1, SHEET_TOP);
	put_blackouts(sheet, w, from_at, until_at);
	for (int i = 0; i < w->bookings.count; i++) {
		const struct booking *b = &w->bookings.rows[i];
		if (is_shown(b) && b->start_at >= from_at && b->start_at < until_at)
			put_booking(sheet, b);
	}
}

static void put_week_foot(struct sheet *sheet, const struct door *w)
{
	static const struct sheet_style right = {
		.size_pt = 9, .is_quiet = true, .align = SHEET_RIGHT
	};
	CLEANUP(mem_free) char *made = words_instant_paper(w->made_at, w->made_at);
	CLEANUP(mem_free) char *printed = mem_printf(_("printed %s"), made);
	CLEANUP(mem_free) char *phone = mem_printf(_("Phone %s"), w->lines.site.phone);

	sheet_footer(sheet);
	sheet_rule(sheet, 0.3);
	sheet_space(sheet, 1);
	sheet_pair(sheet, small,
		_("Book at the counter or ask a volunteer. What is not written here is free."),
		right, printed);
	if (*w->lines.site.phone)
		sheet_text(sheet, small, phone);
	sheet_end(sheet);
}

static void put_week_head(
	struct sheet *sheet, const struct letterhead *letterhead, const struct door *w)
{
	CLEANUP(mem_free) char *from = words_date(w->monday, w->monday);
	CLEANUP(mem_free) char *until = words_date(day_add(w->monday, DAYS - 1), w->monday);
	CLEANUP(mem_free) char *week = mem_printf("%s – %s", from, until);
	CLEANUP(mem_free)
	char *holds = mem_printf(_("for %" PRId64 " people"), w->venue.capacity);

	letterhead_top(sheet, letterhead, &w->lines.site);
	sheet_space(sheet, 1);
	sheet_pair(sheet, heading, w->venue.name, subheading, week);
	sheet_text(sheet, quiet, holds);
	sheet_space(sheet, 2);
}

static struct sheet *draw_week(const struct letterhead *letterhead, const struct door *w)
{
	static const double widths[DAYS] = { 0 };
	const struct sheet_table table = { SHEET_RULES_GRID, 1.5, 1.5, DAYS, widths };
	struct sheet *sheet = sheet_create(&sheet_a4_landscape, w->venue.name, w->made_at);

	put_week_foot(sheet, w);
	sheet_page(sheet);
	put_week_head(sheet, letterhead, w);
	sheet_table(sheet, &table);
	sheet_head(sheet, 14);
	for (int i = 0; i < DAYS; i++)
		put_day_head(sheet, w, day_add(w->monday, i));
	sheet_row(sheet, 90);
	for (int i = 0; i < DAYS; i++)
		put_day(sheet, w, day_add(w->monday, i));
	sheet_end(sheet);
	return sheet;
}

int venue_week_build(struct db *db, const struct letterhead *letterhead, int64_t venue,
	struct day monday, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(door_finish) struct door week = { .monday = monday };

	wording_begin(&wording, letterhead->language);
	TRY(read_door(db, venue, &week, err));
	*ret = draw_week(letterhead, &week);
	return 0;
}

/* ---- the day ---- */

static void put_cell(struct sheet *sheet, struct sheet_style style, const char *text)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, style, text);
}

static int who_of(struct db *db, const struct booking *b, char **ret, struct err *err)
{
	if (b->resident)
		return resident_masked_name(db, b->resident, ret, err);
	*ret = mem_text(b->body);
	return 0;
}

static int put_line(struct sheet *sheet, struct db *db, const struct booking *b, struct err *err)
{
	CLEANUP(mem_free) char *who = NULL;
	CLEANUP(mem_free) char *span = words_span(b->start_at, b->end_at);

	TRY(who_of(db, b, &who, err));
	CLEANUP(mem_free) char *people = mem_printf("%" PRId64, b->people);
	CLEANUP(mem_free) char *number = mem_printf("%" PRId64, b->number);
	sheet_row(sheet, 10);
	put_cell(sheet, strong, span);
	put_cell(sheet, body, b->venue_name);
	put_cell(sheet, body, who);
	put_cell(sheet, body, b->purpose);
	put_cell(sheet, body, people);
	put_cell(sheet, body, number);
	put_cell(
		sheet, body, b->status == BOOKING_REQUESTED ? words_booking_status(b->status) : "");
	return 0;
}

static void put_line_heads(struct sheet *sheet)
{
	const char *const heads[] = { _("Time"), _("Venue"), _("Booked by"), _("For"),
		_("Number of people"), _("No."), _("Came · keys · remarks") };

	sheet_head(sheet, 8);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		put_cell(sheet, strong, heads[i]);
}

static int put_lines(
	struct sheet *sheet, struct db *db, const struct booking_list *list, struct err *err)
{
	static const double widths[] = { 27, 26, 24, 0, 12, 12, 46 };
	const struct sheet_table table = { SHEET_RULES_GRID, 1.5, 1, ARRAY_LEN(widths), widths };
	int shown = 0, r = 0;

	for (int i = 0; i < list->count; i++)
		shown += is_shown(&list->rows[i]);
	if (!shown) {
		sheet_text(sheet, body, _("Nothing is booked."));
		return 0;
	}
	sheet_table(sheet, &table);
	put_line_heads(sheet);
	for (int i = 0; i < list->count && r == 0; i++)
		if (is_shown(&list->rows[i]))
			r = put_line(sheet, db, &list->rows[i], err);
	sheet_end(sheet);
	return r;
}

int venue_day_build(struct db *db, const struct letterhead *letterhead, struct day day,
	struct sheet **ret, struct err *err)
{
	static const struct sheet_style title = {
		.size_pt = 20, .is_bold = true, .align = SHEET_CENTER
	};
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines lines = { 0 };
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(house_lines_get(db, &lines, err));
	TRY(bookings_between(
		db, 0, when_day_start(day), when_day_start(day_add(day, 1)), &list, err));
	CLEANUP(sheet_destroyp)
	struct sheet *sheet = sheet_create(&sheet_a4, _("Rooms of the day"), db_now(db));
	CLEANUP(mem_free) char *date = words_date(day, when_day(db_now(db)));
	CLEANUP(mem_free) char *heading_text = mem_printf(_("Rooms · %s"), date);
	sheet_page(sheet);
	letterhead_top(sheet, letterhead, &lines.site);
	sheet_space(sheet, 2);
	sheet_text(sheet, title, heading_text);
	sheet_space(sheet, 3);
	TRY(put_lines(sheet, db, &list, err));
	*ret = TAKE(sheet);
	return 0;
}

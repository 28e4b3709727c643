#include "core/sheets/usage_report.h"

#include <inttypes.h>

#include "core/base/mem.h"
#include "core/sheets/wording.h"
#include "core/venues/usage.h"

static const struct sheet_style heading = { .size_pt = 20, .is_bold = true, .align = SHEET_CENTER };
static const struct sheet_style subheading = { .size_pt = 12.5, .is_bold = true };
static const struct sheet_style centred = { .size_pt = 11, .align = SHEET_CENTER };
static const struct sheet_style body = { .size_pt = 10.5 };
static const struct sheet_style number = { .size_pt = 10.5, .align = SHEET_RIGHT };
static const struct sheet_style strong = { .size_pt = 10.5, .is_bold = true };
static const struct sheet_style small = { .size_pt = 9, .is_quiet = true };
static const struct sheet_style tick = { .size_pt = 8, .align = SHEET_CENTER };

/* ---- tables ---- */

static void put_text(struct sheet *sheet, struct sheet_style style, const char *text)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, style, text);
}

static void put_number(struct sheet *sheet, int64_t n)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_textf(sheet, number, "%" PRId64, n);
}

/* Hours with one decimal: "12.5". */
static void put_hours(struct sheet *sheet, int64_t minutes)
{
	int64_t tenths = (minutes + 3) / 6;

	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_textf(sheet, number, "%" PRId64 ".%d", tenths / 10, (int)(tenths % 10));
}

static void put_heads(struct sheet *sheet, const char *const *heads, int count)
{
	sheet_head(sheet, 7);
	for (int i = 0; i < count; i++)
		put_text(sheet, strong, heads[i]);
}

static void put_use_row(struct sheet *sheet, const struct usage_row *row, const char *name)
{
	sheet_row(sheet, 7);
	put_text(sheet, body, name);
	put_number(sheet, row->people);
	put_number(sheet, row->sessions);
	put_hours(sheet, row->minutes);
	put_hours(sheet, row->estimated_minutes);
	put_number(sheet, row->bookings);
	put_number(sheet, row->no_shows);
	put_number(sheet, row->cancelled);
}

static void put_use(struct sheet *sheet, const struct usage *u)
{
	static const double widths[] = { 0, 18, 18, 22, 22, 18, 18, 18 };
	const struct sheet_table table = { SHEET_RULES_GRID, 1.5, 1, ARRAY_LEN(widths), widths };
	const char *const heads[] = { _("Venue"), _("Visits"), _("Uses"), _("Hours used"),
		_("Hours, estimated"), _("Bookings"), _("No-shows"), _("Cancelled") };

	sheet_table(sheet, &table);
	put_heads(sheet, heads, ARRAY_LEN(heads));
	for (int i = 0; i < u->count; i++)
		put_use_row(sheet, &u->rows[i], u->rows[i].name);
	put_use_row(sheet, &u->total, _("Together"));
	sheet_end(sheet);
	sheet_space(sheet, 1.5);
	sheet_text(sheet, small,
		_("Hours count from sign-in to sign-out. Where nobody signed out, closing time "
		  "ended "
		  "it: those hours are estimated and stand apart."));
}

static void put_guidance_row(struct sheet *sheet, const struct usage_row *row, const char *name)
{
	sheet_row(sheet, 7);
	put_text(sheet, body, name);
	put_number(sheet, row->people_outside);
	put_hours(sheet, row->minutes_outside);
	put_hours(sheet, row->open_minutes);
	put_hours(sheet, row->free_minutes);
}

static void put_guidance(struct sheet *sheet, const struct usage *u)
{
	static const double widths[] = { 0, 34, 34, 34, 34 };
	const struct sheet_table table = { SHEET_RULES_GRID, 1.5, 1, ARRAY_LEN(widths), widths };
	const char *const heads[] = { _("Venue"), _("People outside working hours"),
		_("Hours outside working hours"), _("Hours open"), _("Of these free of charge") };

	sheet_space(sheet, 5);
	sheet_text(sheet, subheading, _("For the guidance"));
	sheet_space(sheet, 1.5);
	sheet_table(sheet, &table);
	put_heads(sheet, heads, ARRAY_LEN(heads));
	for (int i = 0; i < u->count; i++)
		put_guidance_row(sheet, &u->rows[i], u->rows[i].name);
	put_guidance_row(sheet, &u->total, _("Together"));
	sheet_end(sheet);
}

/* ---- bars ---- */

struct chart {
	double x, y, w, h; /* mm, of the paper; the bars start from its lower edge */
	const char *title;
	const struct usage_part *parts;
	int first, count;
	const char *(*label)(int index);
};

static int64_t most_of(const struct chart *c)
{
	int64_t most = 0;

	for (int i = c->first; i < c->first + c->count; i++)
		most = c->parts[i].people > most ? c->parts[i].people : most;
	return most;
}

static void put_frame_text(struct sheet *sheet, double x, double y, double w,
	struct sheet_style style, const char *text)
{
	sheet_frame(sheet, x, y, w, 6, SHEET_TOP);
	sheet_text(sheet, style, text);
	sheet_end(sheet);
}

/* Hours, and no-shows below them. */
static void put_below(
	struct sheet *sheet, const struct usage_part *part, double x, double y, double w)
{
	int64_t tenths = (part->minutes + 3) / 6;
	CLEANUP(mem_free)
	char *hours = mem_printf("%" PRId64 ".%d", tenths / 10, (int)(tenths % 10));
	CLEANUP(mem_free) char *no_shows = mem_printf("%" PRId64, part->no_shows);

	if (part->minutes)
		put_frame_text(sheet, x, y, w, tick, hours);
	if (part->no_shows)
		put_frame_text(sheet, x, y + 4.5, w, tick, no_shows);
}

static void put_bar(struct sheet *sheet, const struct chart *c, int index, int64_t most)
{
	double step = c->w / c->count, x = c->x + step * (index - c->first);
	int64_t value = c->parts[index].people;
	double bar = most ? c->h * (double)value / (double)most : 0, foot = c->y + c->h;

	if (value) {
		CLEANUP(mem_free) char *figure = mem_printf("%" PRId64, value);
		/* A thick line is a bar. */
		sheet_line(sheet, x + step / 2, foot, x + step / 2, foot - bar, step * 0.6);
		put_frame_text(sheet, x, foot - bar - 4.5, step, tick, figure);
	}
	put_frame_text(sheet, x, foot + 1, step, tick, c->label(index));
	put_below(sheet, &c->parts[index], x, foot + 6, step);
}

static void put_chart(struct sheet *sheet, const struct chart *c)
{
	int64_t most = most_of(c);

	put_frame_text(sheet, c->x, c->y - 14, c->w, subheading, c->title);
	sheet_line(sheet, c->x, c->y + c->h, c->x + c->w, c->y + c->h, 0.3);
	for (int i = c->first; i < c->first + c->count; i++)
		put_bar(sheet, c, i, most);
}

static const char *weekday_label(int index)
{
	return words_weekday_short(index);
}

static const char *hour_label(int index)
{
	static const char *const labels[USAGE_HOURS] = { "0", "1", "2", "3", "4", "5", "6", "7",
		"8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21",
		"22", "23" };

	return labels[index];
}

static void put_charts(struct sheet *sheet, const struct usage *u)
{
	const struct chart weekdays = { 20, 40, 170, 75,
		_("People by weekday; below: hours, no-shows"), u->by_weekday, 1, 7,
		weekday_label };
	const struct chart hours = { 20, 155, 170, 75,
		_("People by the hour they came; below: hours, no-shows"), u->by_hour, 0,
		USAGE_HOURS, hour_label };

	put_chart(sheet, &weekdays);
	put_chart(sheet, &hours);
}

/* ---- */

static void put_top(struct sheet *sheet, const struct letterhead *letterhead,
	const struct house_lines *lines, const struct usage *u)
{
	CLEANUP(mem_free) char *from = words_date(u->from, u->from);
	CLEANUP(mem_free) char *until = words_date(u->until, u->from);

	letterhead_top(sheet, letterhead, &lines->site);
	sheet_space(sheet, 2);
	sheet_text(sheet, heading, _("Use of the rooms"));
	sheet_textf(sheet, centred, "%d · %s – %s", u->from.year, from, until);
	sheet_space(sheet, 4);
}

static void draw(struct sheet *sheet, const struct letterhead *letterhead,
	const struct house_lines *lines, const struct usage *u)
{
	static const struct sheet_style folio = { .size_pt = 8.5, .align = SHEET_CENTER };

	sheet_footer(sheet);
	sheet_folio(sheet, folio, "{n} / {of}");
	sheet_end(sheet);
	sheet_page(sheet);
	put_top(sheet, letterhead, lines, u);
	put_use(sheet, u);
	put_guidance(sheet, u);
	sheet_space(sheet, 10);
	sheet_pair(sheet, body, _("Made by: ____________________"), body,
		_("Stamp: ____________________"));
	sheet_page(sheet);
	put_charts(sheet, u);
}

int usage_report_build(struct db *db, const struct letterhead *letterhead, struct day from,
	struct day until, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines lines = { 0 };
	CLEANUP(usage_finish) struct usage usage = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(usage_read(db, from, until, &usage, err));
	TRY(house_lines_get(db, &lines, err));
	struct sheet *sheet = sheet_create(&sheet_a4, _("Use of the rooms"), db_now(db));
	draw(sheet, letterhead, &lines, &usage);
	*ret = sheet;
	return 0;
}

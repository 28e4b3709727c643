#include "core/sheets/office.h"

#include "core/base/mem.h"
#include "core/sheets/wording.h"

#define LARGE_FROM_MM 290 /* paper as wide as this is A3, and is read from farther away */
#define LARGE         1.4

struct frame {
	const struct letterhead *letterhead;
	const struct house_lines *lines;
	const struct office_page *page;
	double scale;
};

/* ---- days ---- */

static bool is_whole_month(struct day from, struct day until)
{
	return from.day == 1 && from.month == until.month && from.year == until.year &&
	       day_add(until, 1).day == 1;
}

static bool is_whole_year(struct day from, struct day until)
{
	return from.day == 1 && from.month == 1 && from.year == until.year && until.month == 12 &&
	       until.day == 31;
}

char *office_days(struct day from, struct day until)
{
	static const struct day no_day = { 0, 1, 1 }; /* another year: it is written */

	if (is_whole_month(from, until))
		return words_month(from);
	if (is_whole_year(from, until))
		return mem_printf("%d", from.year);
	CLEANUP(mem_free) char *first = words_date(from, no_day);
	if (day_compare(from, until) == 0)
		return TAKE(first);
	CLEANUP(mem_free) char *last = words_date(until, from);
	return mem_printf("%s – %s", first, last);
}

/* ---- head ---- */

static struct sheet_style sized(const struct frame *f, double size_pt)
{
	return (struct sheet_style){ .size_pt = size_pt * f->scale };
}

static void put_lines(struct sheet *sheet, const struct frame *f)
{
	const struct office_page *page = f->page;
	const struct site *site = &f->lines->site;
	struct sheet_style title = sized(f, 24), days = sized(f, 13), version = sized(f, 14);
	CLEANUP(mem_free)
	char *about = page->about ? mem_text(page->about) : office_days(page->day, page->day);
	CLEANUP(mem_free)
	char *who =
		mem_printf("%s%s%s", site->name, *site->community ? " · " : "", site->community);

	title.min_pt = 15 * f->scale;
	title.max_lines = 2;
	title.is_bold = days.is_bold = version.is_bold = true;
	sheet_pair(sheet, title, page->title, days, about);
	sheet_pair(sheet, sized(f, 11), who, version, page->version ? page->version : "");
}

static void put_head(struct sheet *sheet, const struct frame *f)
{
	const double logo_mm = 16 * f->scale, widths[] = { logo_mm + 3, 0 };
	const struct sheet_table beside = {
		.rules = SHEET_RULES_NONE, .column_count = ARRAY_LEN(widths), .widths_mm = widths
	};

	sheet_header(sheet);
	if (f->letterhead->logo) {
		sheet_table(sheet, &beside);
		sheet_row(sheet, 0);
		sheet_cell(sheet, 1, SHEET_MIDDLE);
		sheet_image(sheet, logo_mm, logo_mm, SHEET_LEFT, f->letterhead->logo);
		sheet_cell(sheet, 1, SHEET_MIDDLE);
		put_lines(sheet, f);
		sheet_end(sheet);
	} else {
		put_lines(sheet, f);
	}
	sheet_space(sheet, 1);
	sheet_rule(sheet, 0.6 * f->scale);
	sheet_space(sheet, 2);
	sheet_end(sheet);
}

/* ---- foot ---- */

static void put_foot(struct sheet *sheet, const struct frame *f)
{
	static const double widths[] = { 0, 64 };
	static const struct sheet_table sides = {
		.rules = SHEET_RULES_NONE, .column_count = ARRAY_LEN(widths), .widths_mm = widths
	};
	const struct site *site = &f->lines->site;
	struct sheet_style small = sized(f, 9.5), right = small;
	CLEANUP(mem_free) char *phone = mem_printf(_("Phone %s"), site->phone);

	right.align = SHEET_RIGHT;
	sheet_footer(sheet);
	sheet_space(sheet, 1.5);
	sheet_rule(sheet, 0.3);
	sheet_space(sheet, 1);
	sheet_table(sheet, &sides);
	sheet_row(sheet, 0);
	sheet_cell(sheet, 1, SHEET_TOP);
	if (f->page->note)
		sheet_text(sheet, small, f->page->note);
	if (!f->page->note && *site->phone)
		sheet_text(sheet, small, phone);
	if (!f->page->note && *f->lines->hours)
		sheet_text(sheet, small, f->lines->hours);
	sheet_cell(sheet, 1, SHEET_TOP);
	sheet_folio(sheet, right, _("printed {printed}"));
	sheet_folio(sheet, right, "{n} / {of}");
	sheet_end(sheet);
	sheet_end(sheet);
}

struct sheet *office_begin(const struct letterhead *letterhead, const struct house_lines *lines,
	const struct office_page *page)
{
	const struct sheet_media *media = page->media ? page->media : &sheet_a4;
	const struct frame frame = { letterhead, lines, page,
		media->width_mm >= LARGE_FROM_MM ? LARGE : 1 };
	struct sheet *sheet = sheet_create(media, page->title, when_day_start(page->day));

	put_head(sheet, &frame);
	put_foot(sheet, &frame);
	sheet_page(sheet);
	return sheet;
}

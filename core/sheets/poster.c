#include "core/sheets/poster.h"

#include "core/base/mem.h"
#include "core/sheets/wording.h"

static const struct sheet_style body = { .size_pt = 13, .leading = 1.45 };

static void put_foot(struct sheet *sheet, const struct house_lines *lines, int64_t made_at)
{
	static const struct sheet_style small = { .size_pt = 9.5, .is_quiet = true };
	static const struct sheet_style right = {
		.size_pt = 9.5, .is_quiet = true, .align = SHEET_RIGHT
	};
	CLEANUP(mem_free) char *made = words_instant_paper(made_at, made_at);
	CLEANUP(mem_free) char *phone = mem_printf(_("Phone %s"), lines->site.phone);
	CLEANUP(mem_free) char *printed = mem_printf(_("printed %s"), made);

	sheet_footer(sheet);
	sheet_rule(sheet, 0.3);
	sheet_space(sheet, 1);
	if (*lines->hours)
		sheet_text(sheet, small, lines->hours);
	sheet_pair(sheet, small, *lines->site.phone ? phone : "", right, printed);
	sheet_end(sheet);
}

struct sheet *poster_create(const struct letterhead *letterhead, const struct house_lines *lines,
	const char *title, int64_t made_at)
{
	static const struct sheet_style heading = {
		.size_pt = 30, .min_pt = 18, .max_lines = 2, .is_bold = true, .align = SHEET_CENTER
	};
	struct sheet *sheet = sheet_create(&sheet_a4, title, made_at);

	put_foot(sheet, lines, made_at);
	sheet_page(sheet);
	letterhead_top(sheet, letterhead, &lines->site);
	sheet_space(sheet, 3);
	sheet_text(sheet, heading, title);
	sheet_space(sheet, 2);
	sheet_rule(sheet, 0.8);
	sheet_space(sheet, 3);
	return sheet;
}

void poster_heading(struct sheet *sheet, const char *text)
{
	static const struct sheet_style heading = { .size_pt = 16, .is_bold = true };

	sheet_space(sheet, 3);
	sheet_text(sheet, heading, text);
	sheet_space(sheet, 1.5);
}

void poster_paragraph(struct sheet *sheet, const char *text)
{
	sheet_text(sheet, body, text);
	sheet_space(sheet, 1.5);
}

void poster_numbered(struct sheet *sheet, int number, const char *text)
{
	static const double widths[] = { 9, 0 };
	static const struct sheet_table table = { .rules = SHEET_RULES_NONE,
		.pad_y_mm = 0.6,
		.column_count = ARRAY_LEN(widths),
		.widths_mm = widths };
	CLEANUP(mem_free) char *label = mem_printf("%d.", number);

	sheet_table(sheet, &table);
	sheet_row(sheet, 0);
	sheet_cell(sheet, 1, SHEET_TOP);
	sheet_text(sheet, body, label);
	sheet_cell(sheet, 1, SHEET_TOP);
	sheet_text(sheet, body, text);
	sheet_end(sheet);
}

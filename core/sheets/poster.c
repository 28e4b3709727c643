#include "core/sheets/poster.h"

#include "core/base/mem.h"
#include "core/sheets/wording.h"

static const struct sheet_style body = { .size_pt = 13, .max_pt = 24, .leading = 1.4 };

void poster_heading(struct sheet *sheet, const char *text)
{
	static const struct sheet_style heading = { .size_pt = 16, .max_pt = 30, .is_bold = true };

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
	static const double widths[] = { 12, 0 };
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

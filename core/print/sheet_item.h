/* What a sheet (sheet.h) is made of. */
#pragma once

#include <stdbool.h>

enum sheet_align { SHEET_LEFT, SHEET_CENTER, SHEET_RIGHT, SHEET_ALIGN_COUNT };
enum sheet_valign { SHEET_TOP, SHEET_MIDDLE, SHEET_BOTTOM, SHEET_VALIGN_COUNT };
enum sheet_rules { SHEET_RULES_NONE, SHEET_RULES_ROWS, SHEET_RULES_GRID, SHEET_RULES_COUNT };

/* The paper as the printer takes it, and its margins. height_mm 0: a roll, as long
 * as its content. Landscape turns the drawing: A4 is 210 × 297 all the same. */
struct sheet_media {
	double width_mm, height_mm;
	bool is_landscape;
	double top_mm, right_mm, bottom_mm, left_mm;
};
/* How text looks. Zero is the default for every field but size_pt. With min_pt the size shrinks,
 * down to min_pt at most, until the text takes no more than max_lines lines (0: one); only then
 * does it wrap further. With max_pt it grows, together with all others of the sheet that do, for as
 * long as the sheet takes no more pages. Nothing is ellipsized unless is_cut says so. */
struct sheet_style {
	double size_pt;
	double min_pt;  /* 0: never shrinks */
	double max_pt;  /* 0: never grows */
	int max_lines;  /* with min_pt */
	double leading; /* line height as a multiple of the size; 0: 1.3 */
	bool is_bold;
	bool is_quiet;  /* grey where the paper can; black on a thermal head */
	bool is_struck; /* crossed out */
	/* If a frame is too small for its content: left out first; shortened with … last. */
	bool is_optional, is_cut;
	enum sheet_align align;
};

enum sheet_kind {
	SHEET_HEADER,
	SHEET_FOOTER,
	SHEET_PAGE,
	SHEET_FRAME,
	SHEET_TABLE,
	SHEET_ROW,
	SHEET_CELL,
	SHEET_END,
	SHEET_TEXT,
	SHEET_PAIR,
	SHEET_FOLIO,
	SHEET_QR,
	SHEET_IMAGE,
	SHEET_RULE,
	SHEET_SPACE,
	SHEET_LINE,
	SHEET_BOX,
	SHEET_KIND_COUNT,
};

struct sheet_item {
	enum sheet_kind kind;
	int line; /* line of the text that it was read from, for messages; 0 when built */
	/* mm: place and size; line: x2, y2; table: padding; row: h is its minimum */
	double x, y, w, h;
	double thickness, radius;
	struct sheet_style style, right_style;
	enum sheet_align align;
	enum sheet_valign valign;
	enum sheet_rules rules;
	bool is_head;
	bool is_filling; /* table */
	int span;
	char *text, *right; /* words; a payload and its caption; a path */
	int width_count;
	double *widths;
};

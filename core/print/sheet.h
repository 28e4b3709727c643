/* A sheet: what is on a paper, as flat text. The outbox freezes it, tests compare it, and
 * jiaplus-paper draws it (doc/architecture.md, rule 9). This side knows no font and no printer.
 *
 * One line is one thing: a keyword, then fields, each after a TAB. In a field \t \n \\ and \xNN
 * replace what would break a line. Lengths are mm and type sizes pt, both to 1/100; QR symbols are
 * snapped to whole dots of a 203 dpi head (8 a mm) by the drawing side.
 *
 *   jiaplus-sheet⇥1                                 first line: the format and its version
 *   title⇥TEXT                                      of the document
 *   made⇥2026-11-21T14:06:00+08:00                  the document's date: the only date in a PDF
 *   media⇥W⇥H|auto⇥portrait|landscape⇥TOP⇥RIGHT⇥BOTTOM⇥LEFT
 *   header … end    footer … end                    flow repeated on each page, inside the margins
 *   page                                            a new page; what follows flows down its margins
 *   text⇥STYLE⇥TEXT                                 \n breaks a line
 *   pair⇥STYLE⇥LEFT⇥STYLE⇥RIGHT                     LEFT wraps, RIGHT stays whole at the right edge
 *   folio⇥STYLE⇥TEXT                                {n} is the page, {of} how many there are,
 *                                                   {printed} when it is printed
 *   qr⇥SIZE⇥ALIGN⇥PAYLOAD⇥STYLE⇥CAPTION
 *   image⇥W⇥H⇥ALIGN⇥PATH                            a PNG, kept in proportion inside W×H
 *   rule⇥THICKNESS    space⇥H
 *   frame⇥X⇥Y⇥W⇥H⇥VALIGN … end                      a flow of its own in a fixed place
 *   line⇥X⇥Y⇥X2⇥Y2⇥THICKNESS    box⇥X⇥Y⇥W⇥H⇥THICKNESS⇥RADIUS     in a fixed place
 *   table⇥RULES⇥PAD_X⇥PAD_Y⇥WIDTH… ; row⇥MIN_H⇥head|body ; cell⇥SPAN⇥VALIGN … end
 *                                                   RULES: `none`, `rows`, `grid`, `grid fill`
 *
 * Fixed places are measured from the corner of the innermost frame, or of the paper. A STYLE is
 * words: `9`, `14 bold center`, `10.5 fit=7/2`, `14 grow=27`. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/print/sheet_item.h"

#define SHEET_VERSION     1
#define SHEET_DOTS_PER_MM 8 /* of a 203 dpi print head */

struct sheet;

/* Margins as thermal heads need them: 58 mm prints 48 (384 dots), 80 mm prints 72 (576), and 8 dots
 * stay free at each side. Office papers keep 12 mm. */
extern const struct sheet_media sheet_roll_58, sheet_roll_80, sheet_label_40x30, sheet_a4,
	sheet_a4_landscape, sheet_a3_landscape;

/* A new sheet. `made_at` is the document's date (its act's, not the printing's): same content and
 * date give the same text and the same PDF, byte for byte. Texts given to any of these calls are
 * copied; they are UTF-8 from text_accept or from our own words. NULL reads as "". */
struct sheet *sheet_create(const struct sheet_media *media, const char *title, int64_t made_at);
void sheet_destroy(struct sheet *);   /* NULL is allowed */
void sheet_destroyp(struct sheet **); /* for CLEANUP */

/* Containers. header and footer come before the first page; pages follow one another; frame, table,
 * header and footer are closed by sheet_end, rows and cells by whatever follows them. Wrong nesting
 * is a programming error and fails an assertion. */
void sheet_header(struct sheet *);
void sheet_footer(struct sheet *);
void sheet_page(struct sheet *);
void sheet_frame(struct sheet *, double x_mm, double y_mm, double w_mm, double h_mm,
	enum sheet_valign valign);
void sheet_end(struct sheet *);

/* Flow. What does not fit a page goes on the next one, between two things or two rows; what does
 * not fit a frame, a label or a roll's width is an error of the drawing side that names the line.
 */
void sheet_text(struct sheet *, struct sheet_style style, const char *text);
void sheet_textf(struct sheet *, struct sheet_style style, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* `right` is never broken; where the two do not fit side by side, it takes a line of its own. */
void sheet_pair(struct sheet *, struct sheet_style left_style, const char *left,
	struct sheet_style right_style, const char *right);
/* {printed} ("2026-11-21 14:06") is filled in by the drawing side, so that a sheet's text does not
 * change with the minute in which it is built. */
void sheet_folio(struct sheet *, struct sheet_style style, const char *text);
/* `size_mm`: the symbol is at least this wide, without its quiet zone of 4 modules, which is kept
 * free around it: together up to 1.4 × size_mm + 4 mm. `caption` goes below; NULL: none. */
void sheet_qr(struct sheet *, double size_mm, enum sheet_align align, const char *payload,
	struct sheet_style caption_style, const char *caption);
/* A PNG file; when it is missing the paper is printed without it, with a warning. */
void sheet_image(
	struct sheet *, double w_mm, double h_mm, enum sheet_align align, const char *path);
void sheet_rule(struct sheet *, double thickness_mm); /* across the flow */
void sheet_space(struct sheet *, double h_mm);        /* dropped at the top of a page */

/* Fixed places; they take no room in the flow. radius_mm 0: square corners. */
void sheet_line(
	struct sheet *, double x_mm, double y_mm, double x2_mm, double y2_mm, double thickness_mm);
void sheet_box(struct sheet *, double x_mm, double y_mm, double w_mm, double h_mm,
	double thickness_mm, double radius_mm);

/* A table as wide as the flow. A width of 0 is an equal share of what the others leave. Head rows
 * come first and are repeated on each page. Cells hold flow. Without rules and padding it sets
 * things side by side. */
struct sheet_table {
	enum sheet_rules rules;
	double pad_x_mm, pad_y_mm;
	int column_count;
	const double *widths_mm;
	/* Its rows share the space that its page leaves blank; rows with the same number in all
	 * such tables are equally high, so that pages can be glued together. */
	bool is_filling;
};
void sheet_table(struct sheet *, const struct sheet_table *table);
void sheet_head(struct sheet *, double min_height_mm);
void sheet_row(struct sheet *, double min_height_mm);
void sheet_cell(struct sheet *, int span, enum sheet_valign valign); /* span: columns it takes */

/* The sheet as text, the caller's. More can be added to the sheet afterwards, and the text taken
 * again. */
char *sheet_take_text(const struct sheet *);

/* The drawing side: reads `len` bytes. ERR_INVALID SHEET_BAD "line 12: …". */
int sheet_parse(const char *text, size_t len, struct sheet **ret, struct err *err);
/* The time of printing, for {printed}: as sheet_made; "" is the sheet's own date. */
void sheet_set_printed(struct sheet *, const char *instant);
const char *sheet_printed(const struct sheet *); /* "2026-11-21 14:06" */

/* Its items in order, for drawing. Borrowed while the sheet lives. */
const struct sheet_media *sheet_paper(const struct sheet *);
const char *sheet_title(const struct sheet *);
const char *sheet_made(const struct sheet *); /* "2026-11-21T14:06:00+08:00" */
int sheet_item_count(const struct sheet *);
const struct sheet_item *sheet_item(const struct sheet *, int index);

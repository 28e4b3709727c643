/* A sheet laid out: every line, symbol and rule in its place on its page. It is laid out once and
 * then drawn, always the same, as a PDF, as dots for a thermal head, or as a picture. */
#pragma once

#include <cairo.h>

#include "core/base/bytes.h"
#include "core/print/fonts.h"
#include "core/print/sheet.h"

struct pages;

/* Nothing is clipped or ellipsized: ERR_INVALID SHEET_OVERFLOW "line 12: …" when something does not
 * fit its frame, its page or the roll's width; SHEET_BAD for a payload that no QR symbol holds. */
int pages_layout(struct fonts *, const struct sheet *, struct pages **ret, struct err *err);
void pages_destroy(struct pages *); /* NULL is allowed */
void pages_destroyp(struct pages **);

/* What the paper lacks although it can be printed, a character without a glyph ("line 5: no glyph
 * for U+1F600 '😀'"), a picture that is missing. English, for logs. */
int pages_warning_count(const struct pages *);
const char *pages_warning(const struct pages *, int index);

/* The characters that no font of this machine has, each once: "" when there are none. */
const char *pages_missing(const struct pages *);

int pages_count(const struct pages *);
/* As drawn: a landscape page is wider than high. A roll's length is a whole number of points. */
void pages_size(const struct pages *, int page, double *ret_w_pt, double *ret_h_pt);
void pages_draw(const struct pages *, int page, cairo_t *cr, bool is_bilevel);

/* Where the page has a picture, in points; false: it has no more than `index`. */
struct page_area {
	double x, y, w, h;
};
bool pages_picture(const struct pages *, int page, int index, struct page_area *ret);

/* Adds the pages as a PDF, with the sheet's date: equal pages give equal bytes. `is_upright` turns
 * landscape pages onto upright paper, as printers need it. */
int pages_to_pdf(const struct pages *, bool is_upright, struct bytes *out, struct err *err);

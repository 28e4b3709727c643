/* Sets text in a style to a width: shrunk if the style says so, broken into lines, never cut. */
#pragma once

#include <pango/pangocairo.h>

#include "core/print/fonts.h"
#include "core/print/sheet.h"

struct type {
	PangoLayout *layout;
	struct sheet_style style; /* with the size that was chosen */
	int line_count;
	bool is_broken;           /* something that should stay whole was longer than a line */
	double line_height, base; /* pt; base: from a line's top to its base line */
	double widest;            /* pt; of all lines */
};

/* Sets `words` into lines at most `width_pt` wide where a break allows it; a style that may shrink
 * also does so to stay within `height_pt` (INFINITY: any). Returns the first character without a
 * glyph, or NULL; borrowed until type_finish. Call type_finish in any case. */
const char *type_set(struct fonts *, const struct sheet_style *style, const char *words,
	double width_pt, double height_pt, struct type *ret);
void type_finish(struct type *);

double type_line_width(const struct type *, int line_no);

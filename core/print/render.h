/* From a sheet's text to what a printer or a file takes. */
#pragma once

#include "core/base/bytes.h"
#include "core/print/page.h"
#include "core/print/paper.h"
#include "core/print/sheet.h"

/* A sheet that has been parsed and laid out. */
struct render {
	struct sheet *sheet;
	struct pages *pages;
};

/* Its text, and when it is printed (sheet_set_printed). */
struct render_source {
	const char *text;
	size_t len;
	const char *printed;
};
int render_init(struct fonts *, const struct render_source *, struct render *ret, struct err *err);
void render_finish(struct render *); /* for CLEANUP, too */

/* The paper size that a spooler is asked for, upright, in 1/100 mm: the sheet's own size, but a
 * roll's length is a whole number of points, or CUPS takes it for another paper. */
void render_media(const struct render *, int *ret_width, int *ret_height);

/* All pages as PDF (upright, for printers) or ESC/POS. `dots` as in raster_draw. */
int render_pdf(const struct render *, bool is_upright, struct bytes *out, struct err *err);
int render_escpos(const struct render *, int dots, struct bytes *out, struct err *err);

/* Renders into files (`dots` as in raster_draw and page_to_png). Pictures get one file per page:
 * `to` for the first, then with -2, -3 … before the suffix. */
int render_to_files(
	const struct render *, enum paper_format format, int dots, const char *to, struct err *err);

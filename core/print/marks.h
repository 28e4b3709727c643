/* What is drawn where: the outcome of a layout, the same for vector and raster. Lengths are points
 * (1/72 inch) from the page's upper left corner. */
#pragma once

#include <pango/pangocairo.h>
#include <stdbool.h>

#include "core/print/qr.h"

#define MM_TO_PT(mm) ((mm)*72 / 25.4)
#define PT_TO_MM(pt) ((pt)*25.4 / 72)
#define DOT_PT       MM_TO_PT(1.0 / 8) /* of a 203 dpi head */

enum mark_kind { MARK_TEXT, MARK_QR, MARK_IMAGE, MARK_LINE, MARK_BOX };

struct mark {
	enum mark_kind kind;
	int page;
	double x, y, w,
		h; /* text: y is the base line; line: w, h are the offset of its other end */
	double thickness, radius;
	bool is_quiet;
	int line_no;            /* text: which of the layout's lines */
	PangoLayout *layout;    /* owned, as are the next two */
	struct qr *qr;          /* x, y: of the symbol without its quiet zone */
	cairo_surface_t *image; /* kept in proportion inside w × h, at its top, centred */
	int module_dots;        /* printer dots a module */
};

struct marks {
	struct mark *list;
	int count, room;
};

/* Adds a mark and takes over what it owns. */
void marks_add(struct marks *, struct mark mark);
/* Moves marks [from, to) to a page and by a distance. */
void marks_move(struct marks *, int from, int to, int page, double dx, double dy);
/* Drops the marks from `count` on. */
void marks_cut(struct marks *, int count);
void marks_finish(struct marks *);

/* Draws one page; the user unit is the point. With is_bilevel, for a head that prints only black
 * and white, lines get whole dots and grey becomes black. */
void marks_draw(const struct marks *, int page, cairo_t *cr, bool is_bilevel);

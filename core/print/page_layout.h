/* Internals of a layout in progress, for its parts (page.c, page_table.c) alone. */
#pragma once

#include "core/print/marks.h"
#include "core/print/page_model.h"
#include "core/print/sheet.h"

#define LAYOUT_SLACK_PT 0.05 /* rounding of mm to points is no overflow */

/* Where things are placed: downwards from y, between x and x + w. */
struct flow {
	double x, w, y;
	double top, bottom;             /* bottom: INFINITY in cells and on rolls */
	double place_x, place_y;        /* the corner that fixed places count from */
	double spare_left, spare_right; /* white beyond the flow, for a QR symbol's quiet zone */
	bool is_page;                   /* may go on on the next page */
};

#define FILL_ROWS_MAX 64

/* What tables that fill their pages need to know from earlier rounds of the same layout. */
struct fill {
	int row_count;
	double heights[FILL_ROWS_MAX]; /* of the rows with one number, in all such tables */
	double stretch;                /* the extra height of each row */
	int tables, on_page;           /* seen in this round; rows on this page */
	double least;                  /* that a page left blank, per row */
};

struct layout {
	struct fonts *fonts;
	const struct sheet *sheet;
	struct pages *pages;
	struct err *err;
	int at;                   /* the next item */
	int header_at, footer_at; /* items after these lines; 0: there are none */
	int page_total;           /* as far as is known, for folios */
	bool has_folio;
	struct fill *fill;
	double growth; /* 0: styles have their size; 1: the size to which they may grow */
	int squeeze;   /* 0 … SQUEEZE_MAX: how much a frame squeezes its content */
	double lowest; /* of the fixed places on this page */
};

/* A frame first leaves out what is optional, then uses smaller type, then shortens titles. */
#define SQUEEZE_MAX 6

/* The next item, or NULL; whether it is one of this kind. */
const struct sheet_item *layout_peek(const struct layout *);
bool layout_next_is(const struct layout *, enum sheet_kind kind);
int layout_page(const struct layout *);              /* the page that is being set */
void layout_mark(struct layout *, struct mark mark); /* on it */

/* Sets items until one ends their container; that one is then the next item. */
int layout_flow(struct layout *, struct flow *);
/* Ends the page and begins the next; `flow` is the page's. */
int layout_break(struct layout *, struct flow *);
int layout_overflow(struct layout *, const struct sheet_item *item, const char *what);

/* page_table.c: a table with its rows and its end. */
int layout_table(struct layout *, struct flow *, const struct sheet_item *item);

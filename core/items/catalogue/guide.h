/* 使用指引: how things of a category are used, in the venue's own words, printed for their shelf.
 * Numbers are not part of it: the sheet adds those of the rules (core/sheets/shelf_guide.h). */
#pragma once

#include "core/items/catalogue/category.h"

#define GUIDE_LINES_MAX 8 /* what fits a sheet that people read standing */

struct guide {
	int64_t category; /* whose it is: the requested one's, or one above it; 0: nobody's */
	char *title;      /* "共享书屋使用指引"; "": made of the category's name */
	char *lines[GUIDE_LINES_MAX];
	int count;
};
void guide_finish(struct guide *); /* frees what it contains, not the struct */

/* The category's own guide, or else the nearest one above it; an empty one if there is none. An
 * unknown category has none. */
int guide_get(struct db *, int64_t category, struct guide *ret, struct err *err);

/* Writes the category's own guide; empty lines are left out, and if none is left it is removed, so
 * that the one above applies again. `title` may be NULL. The journal's subject is the category.
 * ERR_INVALID TEXT_… "title", "guide", NUMBER_RANGE "guide" (more than GUIDE_LINES_MAX lines);
 * ERR_NOT_FOUND CATEGORY_UNKNOWN. */
struct guide_draft {
	const char *title;
	const char *const *lines;
	int count;
};
int guide_set(struct db *, const struct act *, int64_t category, const struct guide_draft *,
	struct err *err);

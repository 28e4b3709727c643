/* 使用指引: the guide of a category for its shelf, in the venue's own words
 * (core/items/catalogue/guide.h), with the numbers of the rules below them, such as
 * 《共享书屋使用指引》. */
#pragma once

#include "core/sheets/letterhead.h"

/* For the category with that code and those below it; if neither it nor one above it has a guide,
 * how things are borrowed and returned. *ret is the caller's. ERR_NOT_FOUND CATEGORY_UNKNOWN. */
int shelf_guide_build(struct db *, const struct letterhead *, const char *category,
	struct sheet **ret, struct err *err);

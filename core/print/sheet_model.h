/* Internals of a sheet, for its builder (sheet.c) and its text (sheet_format.c) alone. */
#pragma once

#include "core/print/sheet_item.h"

#define SHEET_DEPTH_MAX    8
#define SHEET_PRINTED_SIZE sizeof("2026-11-21 14:06")
#define SHEET_SPAN_MAX     64 /* columns of a table */

/* An open container. */
struct sheet_level {
	enum sheet_kind kind;
	int columns;       /* table: how many it has; row: how many are taken */
	bool has_body_row; /* table: no head row may follow */
};

struct sheet {
	struct sheet_media media;
	char *title, *made;
	char printed[SHEET_PRINTED_SIZE];
	struct sheet_item *items;
	int count, room;
	struct sheet_level open[SHEET_DEPTH_MAX];
	int depth;
	bool has_kind[SHEET_KIND_COUNT];
};

/* Adds an item and takes over what it owns, even when the item is not allowed here; then returns
 * why. */
const char *sheet_append(struct sheet *, struct sheet_item item);
/* What is missing at the end of the sheet, or NULL. */
const char *sheet_unclosed(const struct sheet *);
void sheet_item_finish(struct sheet_item *);

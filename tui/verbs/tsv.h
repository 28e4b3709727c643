/* Data files like our own: tab-separated, UTF-8; the first line names the columns, # begins a
 * comment line. Of the files that people bring only a calendar has this form (core/exchange reads
 * the others). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"

#define TSV_COLUMNS_MAX 16

struct tsv {
	char *path, *content; /* content is cut into fields in place */
	char *rest;
	int line;
	char *columns[TSV_COLUMNS_MAX], *fields[TSV_COLUMNS_MAX];
	int column_count;
};

/* ERR_NOT_FOUND FILE_MISSING, ERR_STORAGE FILE_UNREADABLE, ERR_INVALID FILE_BAD. */
int tsv_open(struct tsv *, const char *path, struct err *err);
void tsv_close(struct tsv *); /* for CLEANUP */

/* Does its first line name the column? */
bool tsv_has(const struct tsv *, const char *column);
/* 1 a row, 0 no more. */
int tsv_next(struct tsv *, struct err *err);
/* The row's field, "" when it is empty; borrowed until the next row. Unknown columns assert. */
const char *tsv_text(const struct tsv *, const char *column);
/* A whole number; `empty` when the field is. ERR_INVALID FILE_BAD naming the line. */
int tsv_number(
	const struct tsv *, const char *column, int64_t empty, int64_t *ret, struct err *err);
/* ERR_INVALID FILE_BAD "items.tsv:12: category". */
int tsv_fault(const struct tsv *, const char *column, struct err *err);

/* Opens the asset `name` (tui/assets.h) and calls `row` for each of its rows. */
int tsv_each(const char *name, int (*row)(const struct tsv *, void *into, struct err *), void *into,
	struct err *err);

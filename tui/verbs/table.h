/* What a listing verb prints: aligned columns for people, or with --json one array of objects.
 *
 *   static const struct table_column columns[] = { { "number", N_("Number"), true }, … };
 *   CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
 *   … table_number(table, item.number, number_text); table_text(table, item.name); …
 *   table_print(table, call_is_json(call));
 *
 * Cells are added row by row, each row whole; widths are measured in terminal cells. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct table;

struct table_column {
	const char *key;  /* of the object: a noun of the glossary */
	const char *head; /* msgid; NULL: only in --json */
	bool is_right;    /* numbers are aligned right */
};

struct table *table_create(const struct table_column *columns, int count);
void table_destroyp(struct table **table); /* for CLEANUP */

/* The next cell. `shown` is what the column shows instead of the plain value; NULL: the value. */
void table_text(struct table *, const char *text); /* NULL: null, shown as nothing */
void table_word(struct table *, const char *word, const char *shown);
void table_number(struct table *, int64_t number, const char *shown);
void table_id(struct table *, int64_t number); /* 0: null, shown as nothing */
void table_fact(struct table *, bool is_so, const char *shown);
/* "2026-11-21T19:00:00+08:00"; 0: null, shown as nothing. */
void table_instant(struct table *, int64_t at, const char *shown);

void table_print(const struct table *, bool is_json);
/* For spreadsheets: all columns; numbers plain, the rest as shown. */
void table_print_csv(const struct table *);
/* For `show`: the same in --json; otherwise a line for each cell, its column's head before it.
 * Empty cells are left out. */
void table_print_record(const struct table *, bool is_json);

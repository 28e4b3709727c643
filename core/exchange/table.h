/* A table from a file, as spreadsheets and people write them: comma, semicolon, tab or | between
 * cells, full-width or not, cells in "quotes" where needed, any kind of line end; UTF-8 with or
 * without BOM, UTF-16 with BOM, or GB18030 (which GBK and GB2312 are part of). The whole is in
 * memory: at most three times its size for a moment, a little more than that size afterwards. */
#pragma once

#include "core/base/err.h"
#include "core/exchange/columns.h"

#define TABLE_BYTES_MAX (32 * 1024 * 1024) /* 100,000 lines have 10 to 20 */
#define TABLE_CELL_MAX  4000               /* bytes; no column of ours takes nearly as many */

struct table;

void table_close(struct table *table); /* NULL is allowed */

const char *table_encoding(const struct table *table); /* "UTF-8", "UTF-16", "GB18030" */
char table_separator(const struct table *table);       /* , ; | or tab */
bool table_names_separator(const struct table *table); /* in its first line */

/* Rows from 0 in the file's order; those with nothing in any cell are left out. */
int table_rows(const struct table *table);
int table_columns(const struct table *table, int row);
/* Borrowed until table_close; "" beyond the row's last cell. Valid UTF-8, otherwise as it was
 * written. */
const char *table_cell(const struct table *table, int row, int column);
/* True for a cell of more than TABLE_CELL_MAX bytes: that is always a mistake, and whoever reads
 * the table refuses the row before looking at its content. */
bool table_cell_is_endless(const struct table *table, int row, int column);
/* False for a row that ends before that column. `text` lives as long as the table. */
bool table_set_cell(struct table *table, int row, int column, const char *text);
/* Drops the rows before `row`, which becomes the first. */
void table_drop_above(struct table *table, int row);
/* Merges the first two rows: a non-empty cell of the second replaces the first's. */
void table_join_first(struct table *table);
/* The line of the file on which the row begins, from 1. */
int table_line(const struct table *table, int row);

#include "core/exchange/header.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/exchange/cell.h"

#define HEADER_ROWS_MAX  30
#define HEADER_CELL_MAX  90 /* bytes; no header is longer */
#define NEEDED_COUNTS_AS 100

struct named {
	int known, needed, filled;
};

static int column_at(const struct table *table, const struct column_list *list, int row, int column)
{
	if (strnlen(table_cell(table, row, column), HEADER_CELL_MAX + 1) > HEADER_CELL_MAX)
		return -1;
	CLEANUP(mem_free) char *header = cell_plain(table_cell(table, row, column));
	return *header ? column_called(list, header, NULL) : -1;
}

static struct named columns_named(
	const struct table *table, const struct column_list *list, int row)
{
	bool is_named[EXCHANGE_COLUMNS_MAX] = { false };
	struct named named = { 0 };

	for (int i = 0; i < table_columns(table, row); i++) {
		int column = column_at(table, list, row, i);
		named.filled += *table_cell(table, row, i) != '\0';
		if (column < 0 || is_named[column])
			continue;
		is_named[column] = true;
		named.known++;
		named.needed += list->rows[column].is_needed;
	}
	return named;
}

int header_find(const struct table *table, const struct column_list *list, int *ret_known)
{
	int best = -1, most = 0;

	*ret_known = 0;
	for (int row = 0; row < table_rows(table) && row < HEADER_ROWS_MAX; row++) {
		struct named named = columns_named(table, list, row);
		int weight = named.needed * NEEDED_COUNTS_AS + named.known;
		if (weight <= most)
			continue;
		most = weight;
		best = row;
		*ret_known = named.known;
	}
	return best;
}

bool header_goes_on(const struct table *table, const struct column_list *list, int header, int row)
{
	struct named named = columns_named(table, list, row);

	if (named.known == 0 || named.needed > 0 || named.known * 2 < named.filled)
		return false;
	for (int i = 0; i < table_columns(table, header); i++) {
		int column = column_at(table, list, header, i);
		if (column >= 0 && list->rows[column].is_needed && *table_cell(table, row, i))
			return false;
	}
	return true;
}

#include "core/exchange/table.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/exchange/table_model.h"

void table_add_cell(struct table *t, const char *text)
{
	if (t->cell_count == t->cell_room) {
		t->cell_room = t->cell_room ? t->cell_room * 2 : 256;
		t->cells = mem_resize(t->cells, (size_t)t->cell_room * sizeof(*t->cells));
	}
	t->cells[t->cell_count++] = text;
}

bool table_is_blank(const char *cell)
{
	for (unsigned c; (c = text_next(&cell));)
		if (c != ' ' && c != '\t' && c != 0x3000 && c != 0xA0)
			return false;
	return true;
}

void table_close(struct table *t)
{
	if (!t)
		return;
	free(t->text);
	free(t->cells);
	free(t->rows);
	free(t);
}

const char *table_encoding(const struct table *t)
{
	return t->encoding;
}

char table_separator(const struct table *t)
{
	return t->separator.written;
}

bool table_names_separator(const struct table *t)
{
	return t->names_separator;
}

int table_rows(const struct table *t)
{
	return t->row_count;
}

int table_columns(const struct table *t, int row)
{
	return t->rows[row].count;
}

const char *table_cell(const struct table *t, int row, int column)
{
	const struct row *r = &t->rows[row];

	return column >= 0 && column < r->count ? t->cells[r->first + column] : "";
}

bool table_cell_is_endless(const struct table *t, int row, int column)
{
	return strnlen(table_cell(t, row, column), TABLE_CELL_MAX + 1) > TABLE_CELL_MAX;
}

int table_line(const struct table *t, int row)
{
	return t->rows[row].line;
}

bool table_set_cell(struct table *t, int row, int column, const char *text)
{
	if (column >= t->rows[row].count)
		return false;
	t->cells[t->rows[row].first + column] = text;
	return true;
}

void table_drop_above(struct table *t, int row)
{
	t->row_count -= row;
	memmove(t->rows, t->rows + row, (size_t)t->row_count * sizeof(*t->rows));
}

void table_join_first(struct table *t)
{
	int first = t->cell_count;
	int count = t->rows[0].count > t->rows[1].count ? t->rows[0].count : t->rows[1].count;

	for (int i = 0; i < count; i++)
		table_add_cell(t, table_cell(t, table_is_blank(table_cell(t, 1, i)) ? 0 : 1, i));
	table_drop_above(t, 1);
	t->rows[0].first = first;
	t->rows[0].count = count;
}

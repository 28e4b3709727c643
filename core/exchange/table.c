#include "core/exchange/table.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/exchange/text_file.h"

struct row {
	int line;
	int first, count; /* of cells */
};

struct table {
	char *text; /* cut into cells in place */
	const char *encoding;
	char separator;
	const char **cells;
	int cell_count, cell_room;
	struct row *rows;
	int row_count, row_room;
};

/* ---- its cells ---- */

/* What parts the cells of the first line most often; a comma when nothing does. */
static char separator_of(const char *text)
{
	static const char candidates[] = { '\t', ',', ';' };
	size_t line = strcspn(text, "\r\n");
	char best = ',';
	int most = 0;

	for (size_t i = 0; i < sizeof(candidates); i++) {
		int count = 0;
		for (size_t k = 0; k < line; k++)
			count += text[k] == candidates[i];
		if (count > most) {
			most = count;
			best = candidates[i];
		}
	}
	return best;
}

static void add_cell(struct table *t, const char *text)
{
	if (t->cell_count == t->cell_room) {
		t->cell_room = t->cell_room ? t->cell_room * 2 : 256;
		t->cells = mem_resize(t->cells, (size_t)t->cell_room * sizeof(*t->cells));
	}
	t->cells[t->cell_count++] = text;
}

static bool is_blank(const char *cell)
{
	for (unsigned c; (c = text_next(&cell));)
		if (c != ' ' && c != '\t' && c != 0x3000 && c != 0xA0)
			return false;
	return true;
}

/* Keeps the row that the last cells make up, unless there is nothing in it. */
static void end_row(struct table *t, int line, int first)
{
	bool has_any = false;

	for (int i = first; i < t->cell_count; i++)
		has_any |= !is_blank(t->cells[i]);
	if (!has_any) {
		t->cell_count = first;
		return;
	}
	if (t->row_count == t->row_room) {
		t->row_room = t->row_room ? t->row_room * 2 : 64;
		t->rows = mem_resize(t->rows, (size_t)t->row_room * sizeof(*t->rows));
	}
	t->rows[t->row_count++] = (struct row){ line, first, t->cell_count - first };
}

struct cutter {
	char *from, *to; /* read and write positions: a cell never grows */
	int line;
	char separator;
};

/* One character, in which every kind of line end is \n. */
static char take(struct cutter *c)
{
	char character = *c->from++;

	if (character == '\r') {
		c->from += *c->from == '\n';
		character = '\n';
	}
	c->line += character == '\n';
	return character;
}

/* Cuts the cell at hand and returns what ended it: the separator, \n, or NUL; -1 for a quote that
 * is never closed. */
static int cut_cell(struct cutter *c, const char **ret)
{
	bool is_quoted = *c->from == '"';
	char end;

	*ret = c->to;
	c->from += is_quoted;
	while (is_quoted) {
		if (*c->from == '\0')
			return -1;
		char character = take(c);
		if (character == '"' && *c->from != '"')
			break;
		c->from += character == '"';
		*c->to++ = character;
	}
	/* What follows a closing quote is kept as it stands. */
	while (*c->from && *c->from != c->separator && *c->from != '\r' && *c->from != '\n')
		*c->to++ = *c->from++;
	end = *c->from ? take(c) : '\0';
	*c->to++ = '\0';
	return end;
}

static int cut(struct table *t, const char *path, struct err *err)
{
	struct cutter c = {
		.from = t->text, .to = t->text, .line = 1, .separator = separator_of(t->text)
	};
	int first = 0, row_line = 1;

	t->separator = c.separator;
	while (*c.from) {
		const char *cell;
		int line = c.line, end = cut_cell(&c, &cell);
		if (end < 0) {
			CLEANUP(mem_free) char *where = mem_printf("%s:%d", path, line);
			return err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, where),
				"a quote is never closed");
		}
		add_cell(t, cell);
		if (end == c.separator && *c.from)
			continue;
		end_row(t, row_line, first);
		first = t->cell_count;
		row_line = c.line;
	}
	return 0;
}

int table_open(const char *path, struct table **ret, struct err *err)
{
	struct table *t = mem_alloc(sizeof(*t));
	int r = text_file_read(path, TABLE_BYTES_MAX, &t->text, &t->encoding, err);

	if (r == 0)
		r = cut(t, path, err);
	if (r < 0) {
		table_close(t);
		return r;
	}
	*ret = t;
	return 0;
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
	return t->separator;
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

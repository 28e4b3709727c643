#include "core/exchange/table.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/exchange/header.h"
#include "core/exchange/text_file.h"

struct row {
	int line;
	int first, count; /* of cells */
};

/* What parts cells: one sign or either of two, as hands and input methods mix them. */
struct separator {
	char signs[2][4];
	char written; /* where the file is written again */
};
static const struct separator separators[] = {
	{ { "\t" }, '\t' },
	{ { "," }, ',' },
	{ { ";" }, ';' },
	{ { "|" }, '|' },
	{ { "，", "," }, ',' },
	{ { "；", ";" }, ';' },
};
#define SEPARATOR_USUAL 1

#define PROBE_BYTES_MAX ((size_t)64 * 1024)

struct table {
	char *text; /* cut into cells in place */
	const char *encoding;
	struct separator separator;
	bool names_separator;
	const char **cells;
	int cell_count, cell_room;
	struct row *rows;
	int row_count, row_room;
};

/* ---- its cells ---- */

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
	const struct separator *separator;
};

/* Bytes of the separator that is at hand; 0: none. */
static size_t separator_at(const struct cutter *c)
{
	for (int i = 0; i < 2; i++) {
		const char *sign = c->separator->signs[i];
		if (*c->from == *sign && strncmp(c->from, sign, strlen(sign)) == 0)
			return strlen(sign);
	}
	return 0;
}

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

enum cell_end { END_CELL, END_ROW, END_NEVER };

/* Cuts the cell at hand and returns what ended it; END_NEVER for a quote that is never closed. */
static enum cell_end cut_cell(struct cutter *c, const char **ret)
{
	bool is_quoted = *c->from == '"';
	size_t separator = 0;

	*ret = c->to;
	c->from += is_quoted;
	while (is_quoted) {
		if (*c->from == '\0')
			return END_NEVER;
		char character = take(c);
		if (character == '"' && *c->from != '"')
			break;
		c->from += character == '"';
		*c->to++ = character;
	}
	/* What follows a closing quote is kept as it stands. */
	while (*c->from && *c->from != '\r' && *c->from != '\n' && !(separator = separator_at(c)))
		*c->to++ = *c->from++;
	if (separator)
		c->from += separator;
	else if (*c->from)
		take(c);
	*c->to++ = '\0';
	return separator && *c->from ? END_CELL : END_ROW;
}

/* 0, or the line on which a quote begins that is never closed. */
static int cut(struct table *t, char *from, int first_line)
{
	struct cutter c = {
		.from = from, .to = from, .line = first_line, .separator = &t->separator
	};
	int first = t->cell_count, row_line = first_line;

	while (*c.from) {
		const char *cell;
		int line = c.line;
		enum cell_end end = cut_cell(&c, &cell);
		if (end == END_NEVER)
			return line;
		add_cell(t, cell);
		if (end == END_CELL)
			continue;
		end_row(t, row_line, first);
		first = t->cell_count;
		row_line = c.line;
	}
	return 0;
}

/* ---- which separator ---- */

/* sep=; in the first line, which spreadsheets obey and do not show. Returns its bytes with the line
 * end; 0: there is none. */
static size_t read_separator(const char *text, struct separator *ret)
{
	bool is_quoted = *text == '"';
	const char *at = text + is_quoted;

	if (strncmp(at, "sep=", 4) != 0 && strncmp(at, "SEP=", 4) != 0 &&
		strncmp(at, "Sep=", 4) != 0)
		return 0;
	at += 4;
	const char *sign = at;
	if (*at == '\0' || *at == '\r' || *at == '\n' || text_next(&at) == '"' || at - sign > 3)
		return 0;
	*ret = (struct separator){ .written = (size_t)(at - sign) == 1 ? *sign : ',' };
	memcpy(ret->signs[0], sign, (size_t)(at - sign));
	at += strcspn(at, "\r\n");
	at += *at == '\r';
	at += *at == '\n';
	return (size_t)(at - text);
}

/* How well the separator parts the beginning of `text`: by the columns that it makes known, then
 * by the number of cells in that row. */
static int64_t probe(
	const char *text, const struct separator *separator, const struct column_list *known)
{
	struct table *t = mem_alloc(sizeof(*t));
	int columns = 0;

	t->separator = *separator;
	t->text = mem_text_n(text, strnlen(text, PROBE_BYTES_MAX));
	cut(t, t->text, 1);
	int row = known ? header_find(t, known, &columns) : -1;
	int64_t cells = t->row_count > 0 ? t->rows[row < 0 ? 0 : row].count : 0;
	table_close(t);
	return columns * INT64_C(1000000) + cells;
}

static struct separator separator_of(const char *text, const struct column_list *known)
{
	struct separator best = separators[SEPARATOR_USUAL];
	int64_t most = probe(text, &best, known);

	for (size_t i = 0; i < ARRAY_LEN(separators); i++) {
		int64_t fit = probe(text, &separators[i], known);
		if (fit <= most)
			continue;
		most = fit;
		best = separators[i];
	}
	return best;
}

static int cut_all(
	struct table *t, const char *path, const struct column_list *known, struct err *err)
{
	size_t skip = read_separator(t->text, &t->separator);

	t->names_separator = skip > 0;
	if (skip == 0)
		t->separator = separator_of(t->text, known);
	int line = cut(t, t->text + skip, skip > 0 ? 2 : 1);
	if (line == 0)
		return 0;
	CLEANUP(mem_free) char *where = mem_printf("%s:%d", path, line);
	return err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, where), "a quote is never closed");
}

int table_open(
	const char *path, const struct column_list *known, struct table **ret, struct err *err)
{
	struct table *t = mem_alloc(sizeof(*t));
	int r = text_file_read(path, TABLE_BYTES_MAX, &t->text, &t->encoding, err);

	if (r == 0)
		r = cut_all(t, path, known, err);
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
		add_cell(t, table_cell(t, is_blank(table_cell(t, 1, i)) ? 0 : 1, i));
	table_drop_above(t, 1);
	t->rows[0].first = first;
	t->rows[0].count = count;
}

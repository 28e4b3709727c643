#include "core/exchange/table_read.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/exchange/header.h"
#include "core/exchange/table_model.h"
#include "core/exchange/text_file.h"

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

/* ---- its cells ---- */

/* Keeps the row of the last cells, unless they are all empty. */
static void end_row(struct table *t, int line, int first)
{
	bool has_any = false;

	for (int i = first; i < t->cell_count; i++)
		has_any |= !table_is_blank(t->cells[i]);
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

/* Bytes of the separator here; 0: none. */
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

/* Splits off the current cell and returns what ended it; END_NEVER for a quote that is never
 * closed. */
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
	/* What follows a closing quote is kept as it is. */
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
		table_add_cell(t, cell);
		if (end == END_CELL)
			continue;
		end_row(t, row_line, first);
		first = t->cell_count;
		row_line = c.line;
	}
	return 0;
}

/* ---- which separator ---- */

/* sep=; in the first line, which spreadsheets obey and do not show. Returns its bytes including the
 * line end; 0: there is none. */
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

/* How well the separator splits the beginning of `text`: by the columns that it makes known, then
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

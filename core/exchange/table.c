#include "core/exchange/table.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/text.h"

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

/* ---- the file ---- */

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static int unreadable(const char *path, struct err *err)
{
	return err_setf(
		err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, path), "%s", strerror(errno));
}

static int read_all(int fd, const char *path, char **ret, size_t *ret_len, struct err *err)
{
	CLEANUP(mem_free) char *bytes = mem_alloc(TABLE_BYTES_MAX + 2);
	size_t len = 0;
	ssize_t n;

	while ((n = read(fd, bytes + len, TABLE_BYTES_MAX + 1 - len)) > 0)
		len += (size_t)n;
	if (n < 0)
		return unreadable(path, err);
	if (len > TABLE_BYTES_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_TOO_LARGE, path));
	if (len == 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_EMPTY, path));
	bytes = mem_resize(bytes, len + 1);
	bytes[len] = '\0';
	*ret = TAKE(bytes);
	*ret_len = len;
	return 0;
}

static int read_file(const char *path, char **ret, size_t *ret_len, struct err *err)
{
	CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(FILE_MISSING, path));
	if (fd < 0)
		return unreadable(path, err);
	return read_all(fd, path, ret, ret_len, err);
}

/* ---- its encoding ---- */

/* The whole of it through iconv; NULL when a byte does not fit. */
static char *convert(const char *from, const char *bytes, size_t len)
{
	iconv_t converter = iconv_open("UTF-8", from);
	if (converter == (iconv_t)-1)
		return NULL;
	/* Two bytes become three at most. */
	size_t room = len * 2 + 4;
	char *text = mem_alloc(room + 1), *out = text, *in = (char *)bytes;
	size_t rest = iconv(converter, &in, &len, &out, &room);
	iconv_close(converter);
	if (rest == (size_t)-1) {
		free(text);
		return NULL;
	}
	*out = '\0';
	return text;
}

static bool is_utf8(const char *text)
{
	for (const char *s = text, *at = s; *s; at = s)
		if (text_next(&s) == 0xFFFD && strncmp(at, "\xEF\xBF\xBD", 3) != 0)
			return false;
	return true;
}

/* Takes `bytes` over. */
static char *decode(char *bytes, size_t len, const char **ret_encoding)
{
	bool is_utf16 = len >= 2 &&
			(memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
	size_t bom = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

	*ret_encoding = is_utf16 ? "UTF-16" : "UTF-8";
	if (!is_utf16 && memchr(bytes, '\0', len)) {
		free(bytes);
		return NULL;
	}
	if (!is_utf16 && is_utf8(bytes + bom)) {
		memmove(bytes, bytes + bom, len - bom + 1);
		return bytes;
	}
	if (!is_utf16)
		*ret_encoding = "GB18030";
	char *text = convert(*ret_encoding, bytes, len);
	free(bytes);
	return text;
}

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
	char *bytes = NULL;
	size_t len = 0;
	int r = read_file(path, &bytes, &len, err);

	if (r == 0)
		t->text = decode(bytes, len, &t->encoding);
	if (r == 0 && !t->text)
		r = err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, path),
			"not a text in UTF-8, UTF-16 or GB18030");
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

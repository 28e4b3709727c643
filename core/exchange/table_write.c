#include "core/exchange/table_write.h"

#include <errno.h>
#include <iconv.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/outfile.h"
#include "core/exchange/cell.h"

#define BUFFER_SIZE (64 * 1024)

struct table_writer {
	struct outfile file;
	iconv_t converter; /* (iconv_t)-1: none is needed */
	char separator;
	bool is_in_row;
	char *row; /* being made, in UTF-8 */
	size_t row_len, row_room;
	char *out;
	size_t out_len, out_room;
};

int table_writer_create(const char *path, enum table_encoding encoding, char separator,
	struct table_writer **ret, struct err *err)
{
	static const char *const names[] = { NULL, "GB18030", "UTF-16LE" };
	static const struct {
		const char *bytes;
		size_t len;
	} marks[] = { { "\xEF\xBB\xBF", 3 }, { "", 0 }, { "\xFF\xFE", 2 } };
	struct outfile file;

	TRY(outfile_create(&file, path, OUTFILE_PRIVATE, err));
	struct table_writer *w = mem_alloc(sizeof(*w));
	*w = (struct table_writer){ .file = file,
		.converter = (iconv_t)-1,
		.separator = separator,
		.out = mem_alloc(BUFFER_SIZE),
		.out_room = BUFFER_SIZE };
	if (names[encoding])
		w->converter = iconv_open(names[encoding], "UTF-8");
	memcpy(w->out, marks[encoding].bytes, marks[encoding].len);
	w->out_len = marks[encoding].len;
	*ret = w;
	return 0;
}

/* ---- bytes ---- */

static void flush(struct table_writer *w)
{
	outfile_add(&w->file, w->out, w->out_len);
	w->out_len = 0;
}

/* Room for `len` bytes more. */
static void make_room(struct table_writer *w, size_t len)
{
	if (w->out_room - w->out_len >= len)
		return;
	flush(w);
	if (w->out_room >= len)
		return;
	w->out_room = len;
	w->out = mem_resize(w->out, w->out_room);
}

static void put_row(struct table_writer *w)
{
	char *in = w->row;
	size_t in_len = w->row_len;

	/* A character of UTF-8 has at most four bytes in any of them, and at least a quarter. */
	make_room(w, w->row_len * 4);
	char *out = w->out + w->out_len;
	size_t room = w->out_room - w->out_len;
	if (w->converter == (iconv_t)-1) {
		memcpy(out, in, in_len);
		w->out_len += in_len;
	} else if (iconv(w->converter, &in, &in_len, &out, &room) == (size_t)-1) {
		w->file.problem = w->file.problem ? w->file.problem : errno;
	} else {
		w->out_len = (size_t)(out - w->out);
	}
	w->row_len = 0;
}

static void add(struct table_writer *w, char c)
{
	if (w->row_len == w->row_room) {
		w->row_room = w->row_room ? w->row_room * 2 : 256;
		w->row = mem_resize(w->row, w->row_room);
	}
	w->row[w->row_len++] = c;
}

/* ---- cells ---- */

static bool needs_quotes(const char *text)
{
	size_t len = strlen(text);

	return strpbrk(text, "\"\r\n,;\t") || (len > 0 && (*text == ' ' || text[len - 1] == ' '));
}

void table_write_cell(struct table_writer *w, const char *text)
{
	text = text ? text : "";
	bool is_quoted = needs_quotes(text);
	if (w->is_in_row)
		add(w, w->separator);
	w->is_in_row = true;
	if (is_quoted)
		add(w, '"');
	for (; *text; text++) {
		if (*text == '"')
			add(w, '"');
		add(w, *text);
	}
	if (is_quoted)
		add(w, '"');
}

void table_write_text(struct table_writer *w, const char *text)
{
	CLEANUP(mem_free) char *guarded = cell_guard(text ? text : "");

	table_write_cell(w, guarded);
}

void table_write_number(struct table_writer *w, int64_t number)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, number);
	table_write_cell(w, text);
}

void table_write_id(struct table_writer *w, int64_t number)
{
	if (number)
		table_write_number(w, number);
	else
		table_write_cell(w, "");
}

void table_end_row(struct table_writer *w)
{
	add(w, '\r');
	add(w, '\n');
	w->is_in_row = false;
	put_row(w);
}

/* ---- the end ---- */

int table_writer_finish(struct table_writer *w, struct err *err)
{
	flush(w);
	return outfile_finish(&w->file, OUTFILE_REPLACE, err);
}

void table_writer_destroy(struct table_writer *w)
{
	if (!w)
		return;
	outfile_abandon(&w->file);
	if (w->converter != (iconv_t)-1)
		iconv_close(w->converter);
	free(w->row);
	free(w->out);
	free(w);
}

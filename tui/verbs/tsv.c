#include "tui/verbs/tsv.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "tui/assets.h"

#define NUMBER_MAX 1000000000

static void close_file(FILE **file)
{
	if (*file)
		fclose(*file);
}

static int read_whole(const char *path, char **ret, struct err *err)
{
	CLEANUP(close_file) FILE *file = fopen(path, "re");
	size_t size = 0;

	if (!file && errno == ENOENT)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(FILE_MISSING, path));
	/* Up to a NUL, which no such file contains: all of it. For an empty file nothing is written
	 * into the buffer. */
	*ret = NULL;
	if (file && getdelim(ret, &size, '\0', file) >= 0)
		return 0;
	mem_free(ret);
	if (file && feof(file)) {
		*ret = mem_text("");
		return 0;
	}
	return err_setf(
		err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, path), "%s", strerror(errno));
}

static int split(char *line, char *fields[TSV_COLUMNS_MAX])
{
	int count = 0;

	for (char *field; count < TSV_COLUMNS_MAX && (field = strsep(&line, "\t"));)
		fields[count++] = field;
	return count;
}

/* The next line that is neither empty nor a comment, or NULL. */
static char *next_line(struct tsv *t)
{
	for (char *line; (line = strsep(&t->rest, "\n"));) {
		t->line++;
		if (*line && *line != '#')
			return line;
	}
	return NULL;
}

int tsv_open(struct tsv *t, const char *path, struct err *err)
{
	*t = (struct tsv){ 0 };
	int r = read_whole(path, &t->content, err);
	if (r < 0)
		return r;
	t->path = mem_text(path);
	t->rest = t->content;
	char *head = next_line(t);
	if (!head)
		return tsv_fault(t, "", err);
	t->column_count = split(head, t->columns);
	return 0;
}

void tsv_close(struct tsv *t)
{
	free(t->path);
	free(t->content);
	*t = (struct tsv){ 0 };
}

bool tsv_has(const struct tsv *t, const char *column)
{
	for (int i = 0; i < t->column_count; i++)
		if (strcmp(t->columns[i], column) == 0)
			return true;
	return false;
}

int tsv_next(struct tsv *t, struct err *err)
{
	static char nothing[] = "";
	char *line = next_line(t);

	if (!line)
		return 0;
	int count = split(line, t->fields);
	if (count > t->column_count)
		return tsv_fault(t, "", err);
	/* Editors like to drop tabs at the end of a line. */
	for (int i = count; i < t->column_count; i++)
		t->fields[i] = nothing;
	return 1;
}

const char *tsv_text(const struct tsv *t, const char *column)
{
	for (int i = 0; i < t->column_count; i++)
		if (strcmp(t->columns[i], column) == 0)
			return t->fields[i];
	assert(!"a column of the file");
	return "";
}

int tsv_number(
	const struct tsv *t, const char *column, int64_t empty, int64_t *ret, struct err *err)
{
	const char *text = tsv_text(t, column);
	long long number = empty;

	if (*text && text_integer(text, column, -NUMBER_MAX, NUMBER_MAX, &number, err) < 0)
		return tsv_fault(t, column, err);
	*ret = number;
	return 0;
}

int tsv_fault(const struct tsv *t, const char *column, struct err *err)
{
	CLEANUP(mem_free) char *where = mem_printf("%s:%d: %s", t->path, t->line, column);

	return err_setf(err, ERR_INVALID, REASON_TEXT(FILE_BAD, t->path), "%s", where);
}

int tsv_each(const char *name, int (*row)(const struct tsv *, void *into, struct err *), void *into,
	struct err *err)
{
	CLEANUP(tsv_close) struct tsv t = { 0 };
	CLEANUP(mem_free) char *path = asset_path(name);
	int r = tsv_open(&t, path, err);

	while (r >= 0 && (r = tsv_next(&t, err)) > 0)
		r = row(&t, into, err);
	return r;
}

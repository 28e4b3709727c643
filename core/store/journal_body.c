#include "core/store/journal_body.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"

void journal_body_finish(struct journal_body *body)
{
	bytes_finish(&body->ops);
	bytes_finish(&body->did);
	bytes_finish(&body->privates);
}

static void add_integer(struct bytes *out, int64_t n)
{
	char digits[24];
	char *at = digits + sizeof(digits);
	uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;

	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (n < 0)
		*--at = '-';
	bytes_add(out, at, (size_t)(digits + sizeof(digits) - at));
}

static void add_escaped(struct bytes *out, unsigned char c)
{
	static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";
	char escape[8];

	for (const char *l = letters; *l; l += 2) {
		if ((unsigned char)l[0] != c)
			continue;
		snprintf(escape, sizeof(escape), "\\%c", l[1]);
		bytes_add_text(out, escape);
		return;
	}
	snprintf(escape, sizeof(escape), "\\u%04X", c);
	bytes_add_text(out, escape);
}

static void add_text(struct bytes *out, const char *text, size_t size)
{
	size_t from = 0;

	bytes_add(out, "\"", 1);
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c >= ' ' && c != '"' && c != '\\')
			continue;
		bytes_add(out, text + from, i - from);
		add_escaped(out, c);
		from = i + 1;
	}
	bytes_add(out, text + from, size - from);
	bytes_add(out, "\"", 1);
}

static void add_name(struct bytes *out, const char *name)
{
	add_text(out, name, strlen(name));
}

static void add_value(struct bytes *out, const struct field *f)
{
	switch (f->type) {
	case FIELD_INT:
		add_integer(out, f->integer);
		return;
	case FIELD_TEXT:
		add_text(out, f->data, f->size);
		return;
	case FIELD_BLOB: /* journalled columns are integers and text: a body stays readable */
		assert(false && "no blobs in domain tables");
		break;
	case FIELD_NULL:
	case FIELD_END:
		break;
	}
	bytes_add_text(out, "null");
}

static void add_row(struct bytes *out, const struct field *row)
{
	bool is_first = true;

	bytes_add_text(out, ",{");
	for (const struct field *f = row; f->type != FIELD_END; f++) {
		if (strcmp(f->name, "id") == 0)
			continue;
		if (!is_first)
			bytes_add(out, ",", 1);
		is_first = false;
		add_name(out, f->name);
		bytes_add(out, ":", 1);
		add_value(out, f);
	}
	bytes_add(out, "}", 1);
}

void journal_body_add_change(struct journal_body *body, const char *op, const char *table,
	int64_t id, const struct field *row)
{
	struct bytes *out = &body->ops;

	bytes_add_text(out, out->size ? ",[" : "[");
	add_name(out, op);
	bytes_add(out, ",", 1);
	add_name(out, table);
	bytes_add(out, ",", 1);
	add_integer(out, id);
	if (row)
		add_row(out, row);
	bytes_add(out, "]", 1);
}

void journal_body_add_act(struct journal_body *body, const char *kind)
{
	if (body->did.size)
		bytes_add(&body->did, ",", 1);
	add_name(&body->did, kind);
}

void journal_body_add_private(
	struct journal_body *body, const char *table, int64_t id, const char *hash)
{
	struct bytes *out = &body->privates;

	bytes_add_text(out, out->size ? ",[" : "[");
	add_name(out, table);
	bytes_add(out, ",", 1);
	add_integer(out, id);
	bytes_add(out, ",", 1);
	add_name(out, hash);
	bytes_add(out, "]", 1);
}

static void add_list(struct bytes *text, const char *name, const struct bytes *list)
{
	if (!list->size)
		return;
	bytes_add_text(text, ",");
	add_name(text, name);
	bytes_add_text(text, ":[");
	bytes_add(text, list->data, list->size);
	bytes_add(text, "]", 1);
}

char *journal_body_text(const struct journal_body *body)
{
	struct bytes text = { 0 };

	bytes_add_text(&text, "{\"ops\":[");
	bytes_add(&text, body->ops.data, body->ops.size);
	bytes_add(&text, "]", 1);
	add_list(&text, "did", &body->did);
	add_list(&text, "private", &body->privates);
	bytes_add(&text, "}", 2); /* and its NUL */
	return (char *)text.data;
}

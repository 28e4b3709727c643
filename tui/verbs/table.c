#include "tui/verbs/table.h"

#include <assert.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/base/when.h"
#include "tui/i18n.h"
#include "tui/verbs/csv.h"

#define GAP "  "

struct table {
	const struct table_column *columns;
	int width; /* columns */
	json_t *objects;
	char **cells; /* what is shown, row after row */
	int cell_count, cell_room;
};

struct table *table_create(const struct table_column *columns, int count)
{
	struct table *table = mem_alloc(sizeof(*table));

	*table = (struct table){ .columns = columns, .width = count, .objects = json_array() };
	return table;
}

void table_destroyp(struct table **table)
{
	struct table *t = *table;

	if (!t)
		return;
	for (int i = 0; i < t->cell_count; i++)
		free(t->cells[i]);
	free(t->cells);
	json_decref(t->objects);
	free(t);
	*table = NULL;
}

/* Takes over the value. */
static void add(struct table *t, json_t *value, const char *shown)
{
	int column = t->cell_count % t->width;

	if (column == 0)
		json_array_append_new(t->objects, json_object());
	json_t *object = json_array_get(t->objects, json_array_size(t->objects) - 1);
	/* A text that is not UTF-8 (an old row) has no place in JSON: null. */
	json_object_set_new(object, t->columns[column].key, value ? value : json_null());
	if (t->cell_count == t->cell_room) {
		t->cell_room = t->cell_room ? 2 * t->cell_room : 64;
		t->cells = mem_resize(t->cells, (size_t)t->cell_room * sizeof(*t->cells));
	}
	t->cells[t->cell_count++] = mem_text(shown);
}

void table_word(struct table *t, const char *word, const char *shown)
{
	add(t, word ? json_string(word) : json_null(), shown ? shown : word ? word : "");
}

void table_text(struct table *t, const char *text)
{
	table_word(t, text, NULL);
}

void table_number(struct table *t, int64_t number, const char *shown)
{
	CLEANUP(mem_free) char *plain = mem_printf("%lld", (long long)number);

	add(t, json_integer(number), shown ? shown : plain);
}

void table_id(struct table *t, int64_t number)
{
	if (number)
		table_number(t, number, NULL);
	else
		add(t, json_null(), "");
}

void table_fact(struct table *t, bool is_so, const char *shown)
{
	add(t, json_boolean(is_so), shown ? shown : is_so ? "✓" : "");
}

void table_instant(struct table *t, int64_t at, const char *shown)
{
	char text[32];

	if (at == 0) {
		add(t, json_null(), "");
		return;
	}
	when_format(at, text);
	add(t, json_string(text), shown ? shown : text);
}

static int column_width(const struct table *t, int column)
{
	int width = text_width(_(t->columns[column].head));

	for (int i = column; i < t->cell_count; i += t->width) {
		int cells = text_width(t->cells[i]);
		width = cells > width ? cells : width;
	}
	return width;
}

static bool is_last_shown(const struct table *t, int column)
{
	for (int i = column + 1; i < t->width; i++)
		if (t->columns[i].head)
			return false;
	return true;
}

static void print_cell(const struct table *t, int column, int width, const char *text)
{
	bool is_last = is_last_shown(t, column);

	/* No spaces trail the last column. */
	if (is_last && !t->columns[column].is_right)
		width = text_width(text);
	CLEANUP(mem_free) char *padded = text_pad(text, width, t->columns[column].is_right);
	printf("%s%s", padded, is_last ? "\n" : GAP);
}

static void print_columns(const struct table *t)
{
	int *widths = mem_alloc((size_t)t->width * sizeof(*widths));

	for (int i = 0; i < t->width; i++)
		widths[i] = t->columns[i].head ? column_width(t, i) : 0;
	for (int i = 0; i < t->width; i++)
		if (t->columns[i].head)
			print_cell(t, i, widths[i], _(t->columns[i].head));
	for (int i = 0; i < t->cell_count; i++)
		if (t->columns[i % t->width].head)
			print_cell(t, i % t->width, widths[i % t->width], t->cells[i]);
	free(widths);
}

static void print_json(const struct table *t)
{
	json_dumpf(t->objects, stdout, JSON_INDENT(2));
	printf("\n");
}

void table_print(const struct table *t, bool is_json)
{
	assert(t->cell_count % t->width == 0);
	if (is_json)
		print_json(t);
	else
		print_columns(t);
}

static void print_csv_cell(const struct table *t, int index)
{
	const json_t *object = json_array_get(t->objects, (size_t)(index / t->width));
	const json_t *value = json_object_get(object, t->columns[index % t->width].key);

	if (json_is_integer(value))
		printf("%lld", (long long)json_integer_value(value));
	else
		csv_text(t->cells[index]);
}

void table_print_csv(const struct table *t)
{
	csv_begin();
	for (int i = 0; i < t->width; i++) {
		const struct table_column *column = &t->columns[i];
		fputs(i ? "," : "", stdout);
		csv_text(column->head ? _(column->head) : column->key);
	}
	fputs(CSV_END, stdout);
	for (int i = 0; i < t->cell_count; i++) {
		print_csv_cell(t, i);
		fputs((i + 1) % t->width ? "," : CSV_END, stdout);
	}
}

static int heads_width(const struct table *t)
{
	int width = 0;

	for (int i = 0; i < t->width; i++) {
		int cells = t->columns[i].head ? text_width(_(t->columns[i].head)) : 0;
		width = cells > width ? cells : width;
	}
	return width;
}

void table_print_record(const struct table *t, bool is_json)
{
	if (is_json) {
		print_json(t);
		return;
	}
	for (int i = 0; i < t->cell_count; i++) {
		const struct table_column *column = &t->columns[i % t->width];
		if (!column->head || *t->cells[i] == '\0')
			continue;
		CLEANUP(mem_free) char *head = text_pad(_(column->head), heads_width(t), false);
		CLEANUP(mem_free)
		char *cell = text_pad(t->cells[i], text_width(t->cells[i]), false);
		printf("%s%s%s\n", head, GAP, cell);
	}
}

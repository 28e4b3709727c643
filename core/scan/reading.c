#include "core/scan/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"

const char *const symbology_names[SYMBOLOGY_COUNT] = {
	[SYMBOLOGY_QR] = "QR",
	[SYMBOLOGY_EAN13] = "EAN13",
	[SYMBOLOGY_EAN8] = "EAN8",
	[SYMBOLOGY_CODE128] = "CODE128",
};

void reading_list_add(struct reading_list *list, const struct reading *reading)
{
	for (int i = 0; i < list->count; i++)
		if (list->items[i].size == reading->size &&
			memcmp(list->items[i].bytes, reading->bytes, reading->size) == 0)
			return;
	list->items = mem_resize(list->items, (size_t)(list->count + 1) * sizeof(*list->items));
	char *bytes = mem_alloc(reading->size + 1);
	memcpy(bytes, reading->bytes, reading->size);
	list->items[list->count] = *reading;
	list->items[list->count++].bytes = bytes;
}

void reading_list_finish(struct reading_list *list)
{
	for (int i = 0; i < list->count; i++) {
		explicit_bzero((char *)list->items[i].bytes, list->items[i].size);
		free((char *)list->items[i].bytes);
	}
	free(list->items);
	*list = (struct reading_list){ 0 };
}

/* True when these bytes, one character, can be sent to a terminal as they are. */
static bool is_harmless(const char *bytes, size_t size)
{
	static const struct text_limits one = { .what = "character", .max_chars = 1 };
	CLEANUP(mem_free) char *text = NULL;
	struct err err;

	return *bytes == ' ' || (size == 3 && memcmp(bytes, "\xe3\x80\x80", 3) == 0) ||
	       text_accept(bytes, size, &one, &text, &err) == 0;
}

/* Writes one character of `size` bytes at `at`; returns where the next one goes. */
static char *escape_one(char *at, const char *bytes, size_t size)
{
	static const char named[][3] = { "\tt", "\nn", "\\\\" };

	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		if (*bytes == named[i][0]) {
			*at++ = '\\';
			*at++ = named[i][1];
			return at;
		}
	if (is_harmless(bytes, size)) {
		memcpy(at, bytes, size);
		return at + size;
	}
	for (size_t i = 0; i < size; i++)
		at += snprintf(at, 5, "\\x%02X", (unsigned char)bytes[i]);
	return at;
}

char *reading_escape(const char *bytes, size_t size)
{
	CLEANUP(mem_free) char *copy = mem_alloc(size + 1); /* text_next needs a NUL at the end */
	char *text = mem_alloc(4 * size + 1), *at = text;

	memcpy(copy, bytes, size);
	for (const char *from = copy, *end = copy + size; from < end;) {
		const char *next = from;
		if (text_next(&next) == 0)
			next = from + 1; /* a NUL of the code's own */
		at = escape_one(at, from, (size_t)(next - from));
		from = next;
	}
	*at = '\0';
	return text;
}

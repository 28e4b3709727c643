/* Any bytes as opening hours: an accepted week is written as text that reads as the same week. */
#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/site/hours.h"
#include "tests/fuzz/utf8.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* The hours once they are read; NULL: invalid. The caller's. */
static char *read_and_write(const char *text)
{
	CLEANUP(mem_free) struct opening *week = NULL;
	struct err err = { 0 };
	int count = hours_parse(text, &week, &err);

	if (count >= 0)
		return hours_write(week, count);
	assert(count == ERR_INVALID && err.reason_count == 1);
	return NULL;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	CLEANUP(mem_free) char *given = mem_text_n((const char *)data, size);

	/* As every text that comes in is. */
	if (!is_utf8(given))
		return 0;
	CLEANUP(mem_free) char *written = read_and_write(given);
	if (!written)
		return 0;
	CLEANUP(mem_free) char *again = read_and_write(written);
	assert(again && strcmp(written, again) == 0);
	return 0;
}

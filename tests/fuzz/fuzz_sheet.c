/* Any bytes as a sheet: an accepted sheet is written as text that reads as the same sheet. */
#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/print/reasons.h"
#include "core/print/sheet.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* The content of a sheet once it is read; the caller's. */
static char *read_and_write(const char *text, size_t size)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct err err = { 0 };

	if (sheet_parse(text, size, &sheet, &err) == 0)
		return sheet_take_text(sheet);
	assert(!sheet && err.code == ERR_INVALID && err.reasons[0].code == REASON_SHEET_BAD);
	assert(strncmp(err.reasons[0].text, "line ", 5) == 0);
	return NULL;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	CLEANUP(mem_free) char *text = read_and_write((const char *)data, size);

	if (!text)
		return 0;
	CLEANUP(mem_free) char *again = read_and_write(text, strlen(text));
	assert(again && strcmp(again, text) == 0);
	return 0;
}

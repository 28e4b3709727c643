#include "core/base/reason.h"

#include <assert.h>
#include <string.h>

#define REASON_ARGS(name, args) args,
static const char *const args_of[] = { "-", REASONS(REASON_ARGS) };
static_assert(sizeof(args_of) / sizeof(args_of[0]) == REASON_COUNT, "a row for each reason");

#define REASON_NAME(name, args) #name,
static const char *const names[] = { "NONE", REASONS(REASON_NAME) };

struct reason reason_with_text(enum reason_code code, const char *text, int64_t n1)
{
	struct reason r = { .code = code, .n1 = n1 };
	size_t len = strnlen(text, sizeof(r.text) - 1);

	/* Cut before a character, never inside one. */
	if (text[len])
		while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
			len--;
	memcpy(r.text, text, len);
	return r;
}

const char *reason_args(enum reason_code code)
{
	return args_of[code];
}

const char *reason_name(enum reason_code code)
{
	return names[code];
}

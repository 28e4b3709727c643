#include "core/base/reason.h"

#include <string.h>

struct reason reason_with_text(int code, const char *text, int64_t n1)
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

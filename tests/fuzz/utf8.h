/* What the targets check in a text. */
#pragma once

#include <stdbool.h>
#include <string.h>

#include "core/base/text.h"

static inline bool is_utf8(const char *text)
{
	for (const char *at = text; *text; at = text)
		if (text_next(&text) == 0xFFFD && strncmp(at, "\xEF\xBF\xBD", 3) != 0)
			return false;
	return true;
}

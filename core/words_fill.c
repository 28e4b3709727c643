#include "core/words_fill.h"

#include <libintl.h>
#include <string.h>

#include "core/base/mem.h"

/* Which value "%N$s" at `s` names, 0 … FILL_MAX − 1, or −1. */
static int placeholder(const char *s)
{
	if (s[0] != '%' || s[1] < '1' || s[1] > '0' + FILL_MAX || s[2] != '$' || s[3] != 's')
		return -1;
	return s[1] - '1';
}

static size_t filled_length(const char *format, const char *const texts[FILL_MAX])
{
	size_t length = 0;

	for (const char *s = format; *s;) {
		int which = placeholder(s);
		length += which < 0 ? 1 : strlen(texts[which] ? texts[which] : "");
		s += which < 0 ? 1 : 4;
	}
	return length;
}

char *fill(const char *format, const char *const texts[FILL_MAX])
{
	char *filled = mem_alloc(filled_length(format, texts) + 1);
	char *end = filled;

	for (const char *s = format; *s;) {
		int which = placeholder(s);
		if (which < 0) {
			*end++ = *s++;
			continue;
		}
		end = stpcpy(end, texts[which] ? texts[which] : "");
		s += 4;
	}
	*end = '\0';
	return filled;
}

const char *words_get_n(const char *one, const char *many, long long n)
{
	return dngettext(WORDS_DOMAIN, one, many, (unsigned long)(n < 0 ? -n : n));
}

#include "core/items/search.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/pinyin.h"

static char *trimmed_small(const char *words)
{
	words += strspn(words, " ");
	size_t len = strlen(words);
	while (len > 0 && words[len - 1] == ' ')
		len--;
	char *small = mem_text_n(words, len);
	for (char *c = small; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c += 'a' - 'A';
	return small;
}

struct search search_of(const char *words)
{
	char *small = trimmed_small(words ? words : "");

	if (!*small) {
		free(small);
		return (struct search){ SEARCH_ALL, NULL, NULL };
	}
	if (small[strspn(small, "0123456789")] == '\0')
		return (struct search){ SEARCH_NUMBER, small, NULL };
	char *letters = pinyin_query(small);
	if (!letters)
		return (struct search){ SEARCH_WORDS, small, NULL };
	free(small);
	/* '{' follows 'z': no pinyin stands behind it. */
	return (struct search){ SEARCH_LETTERS, letters, mem_printf("%s{", letters) };
}

void search_finish(struct search *s)
{
	free(s->words);
	free(s->until);
	*s = (struct search){ 0 };
}

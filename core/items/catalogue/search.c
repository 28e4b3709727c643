#include "core/items/catalogue/search.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/pinyin.h"

#define WORDS_MAX 1000 /* bytes; a name has 80 characters */
#define COMMON    200  /* titles, counted for each reading */

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

/* "%words%" for LIKE. Words longer than any name are cut: they still match none. */
static char *pattern_of(const char *words)
{
	size_t len = strnlen(words, WORDS_MAX);
	char *pattern = mem_alloc(2 * len + 3), *at = pattern;

	*at++ = '%';
	for (size_t i = 0; i < len; i++) {
		if (strchr("%_\\", words[i]))
			*at++ = '\\';
		*at++ = words[i];
	}
	*at = '%';
	return pattern;
}

struct search search_of(const char *words)
{
	char *small = trimmed_small(words ? words : "");

	if (!*small) {
		free(small);
		return (struct search){ .kind = SEARCH_ALL };
	}
	if (small[strspn(small, "0123456789")] == '\0')
		return (struct search){ SEARCH_NUMBER, small, NULL, pattern_of(small) };
	char *letters = pinyin_query(small);
	if (!letters)
		return (struct search){ SEARCH_WORDS, small, NULL, pattern_of(small) };
	free(small);
	/* '{' follows 'z': no pinyin sorts after it. */
	return (struct search){ SEARCH_LETTERS, letters, mem_printf("%s{", letters), NULL };
}

void search_finish(struct search *s)
{
	free(s->words);
	free(s->until);
	free(s->pattern);
	*s = (struct search){ 0 };
}

int search_is_common(struct db *db, const struct search *search, bool *ret, struct err *err)
{
	int64_t count;

	*ret = false;
	if (search->kind != SEARCH_LETTERS)
		return 0;
	TRY(db_integer(db,
		"SELECT count(*) FROM (" SEARCH_RANGE("pinyin") " UNION ALL " SEARCH_RANGE(
			"initials") " LIMIT :limit)",
		FIELDS(F_TEXT("words", search->words), F_TEXT("until", search->until),
			F_INT("limit", COMMON)),
		0, &count, err));
	*ret = count == COMMON;
	return 0;
}

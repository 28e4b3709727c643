#include "core/store/recovery.h"

#include <ctype.h>
#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/outfile.h"
#include "core/base/reasons.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/reasons.h"

#define SYLLABLES (RECOVERY_WORDS * 2)
#define CHECKED   (SYLLABLES - (int)sizeof(((struct recovery *)0)->seed)) /* bytes of check */

/* Each byte is a syllable: the initial is its upper half, the final its lower half. A final ends in
 * a vowel, n or ng, and n or g before a vowel begins the next syllable, so that a sequence of them
 * can be read in only one way. */
static const char initials[] = "bdfghjklmnprstwz";
static const char *const finals[] = { "a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "i",
	"in", "ing", "o", "ong", "u", "un" };
static_assert(sizeof(initials) == 16 + 1 && ARRAY_LEN(finals) == 16, "half a byte each");

static void fill_bytes(const struct recovery *r, unsigned char ret[SYLLABLES])
{
	unsigned char digest[32];

	crypto_generichash(digest, sizeof(digest), r->seed, sizeof(r->seed), NULL, 0);
	memcpy(ret, r->seed, sizeof(r->seed));
	memcpy(ret + sizeof(r->seed), digest, CHECKED);
}

void recovery_words(const struct recovery *r, char ret[RECOVERY_TEXT])
{
	unsigned char bytes[SYLLABLES];
	char *out = ret;

	fill_bytes(r, bytes);
	for (int i = 0; i < SYLLABLES; i++)
		out += sprintf(out, "%s%c%s", i > 0 && i % 2 == 0 ? " " : "",
			initials[bytes[i] >> 4], finals[bytes[i] & 15]);
	sodium_memzero(bytes, sizeof(bytes));
}

static bool is_vowel(char c)
{
	return c && strchr("aeiou", c);
}

/* How long the final at `at` is: vowels, then n or ng unless they begin the next syllable. */
static size_t final_length(const char *at)
{
	size_t len = strspn(at, "aeiou");

	if (at[len] != 'n' || is_vowel(at[len + 1]))
		return len;
	return at[len + 1] == 'g' && !is_vowel(at[len + 2]) ? len + 2 : len + 1;
}

/* −1 when there is no such syllable. */
static int take_syllable(const char **at)
{
	const char *initial = **at ? strchr(initials, **at) : NULL;

	if (!initial)
		return -1;
	size_t len = final_length(*at + 1);
	for (int i = 0; i < (int)ARRAY_LEN(finals); i++) {
		if (strlen(finals[i]) != len || strncmp(finals[i], *at + 1, len) != 0)
			continue;
		*at += 1 + len;
		return (int)(initial - initials) << 4 | i;
	}
	return -1;
}

int recovery_parse(const char *text, struct recovery *ret, struct err *err)
{
	CLEANUP(mem_free) char *letters = mem_alloc(strlen(text) + 4);
	unsigned char bytes[SYLLABLES], expected[SYLLABLES];
	struct recovery r;
	size_t count = 0;

	for (const char *c = text; *c; c++)
		if (isascii((unsigned char)*c) && isalpha((unsigned char)*c))
			letters[count++] = (char)tolower((unsigned char)*c);
	letters[count] = '\0';
	const char *at = letters;
	for (int i = 0; i < SYLLABLES; i++) {
		int byte = take_syllable(&at);
		if (byte < 0)
			return err_set(err, ERR_INVALID, REASON(RECOVERY_BAD));
		bytes[i] = (unsigned char)byte;
	}
	memcpy(r.seed, bytes, sizeof(r.seed));
	fill_bytes(&r, expected);
	if (*at || memcmp(bytes, expected, sizeof(bytes)) != 0)
		return err_set(err, ERR_INVALID, REASON(RECOVERY_BAD));
	*ret = r;
	return 0;
}

static void cleanup_file(FILE **f)
{
	if (*f)
		fclose(*f);
}

int recovery_read(const char *path, struct recovery *ret, struct err *err)
{
	CLEANUP(cleanup_file) FILE *f = fopen(path, "re");
	char text[4096];

	if (!f)
		return errno == ENOENT
			       ? err_set(err, ERR_NOT_FOUND, REASON_TEXT(FILE_MISSING, path))
			       : err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, path),
					 "%s", strerror(errno));
	size_t len = fread(text, 1, sizeof(text) - 1, f);
	text[len] = '\0';
	int r = recovery_parse(text, ret, err);
	sodium_memzero(text, sizeof(text));
	return r;
}

static char *key_path(const char *dir)
{
	return mem_printf("%s/recovery.key", dir);
}

int recovery_open(const char *dir, struct recovery *ret, struct err *err)
{
	CLEANUP(mem_free) char *path = key_path(dir);
	int r = recovery_read(path, ret, err);

	if (r == ERR_NOT_FOUND)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(RECOVERY_MISSING, path));
	return r;
}

int recovery_keep(const char *dir, const struct recovery *recovery, struct err *err)
{
	CLEANUP(mem_free) char *path = key_path(dir);
	char words[RECOVERY_TEXT];

	recovery_words(recovery, words);
	size_t len = strlen(words);
	words[len++] = '\n';
	int r = outfile_put(path, words, len, OUTFILE_PRIVATE, OUTFILE_REPLACE, err);
	sodium_memzero(words, sizeof(words));
	return r;
}

int recovery_make(const char *dir, struct recovery *ret, struct err *err)
{
	struct recovery fresh;
	int r = recovery_open(dir, ret, err);

	if (r != ERR_NOT_FOUND)
		return r;
	randombytes_buf(fresh.seed, sizeof(fresh.seed));
	TRY(recovery_keep(dir, &fresh, err));
	*ret = fresh;
	return 0;
}

void recovery_wipe(struct recovery *recovery)
{
	sodium_memzero(recovery, sizeof(*recovery));
}

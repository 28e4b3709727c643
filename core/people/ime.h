/* An input method for names: letters in, characters and words out, for a machine that has none.
 *
 * The best come first; then every character with that reading, down to the rarest. Nothing is
 * learnt and no file is written. Opening takes 3 ms. One at a time in a process, used by one thread
 * at a time. */
#pragma once

struct ime;

/* Uses Debian's libgooglepinyin0 (ranking, words of several characters) when it is installed, and
 * the table of pinyin.h and lists of common names either way. */
struct ime *ime_create(void);
void ime_destroy(struct ime *ime); /* NULL is allowed */

struct ime_candidate {
	char *text;  /* 张, 张三; the caller's */
	int letters; /* how many of the typed letters it covers: "zhangsan", 张 → 5 */
};

/* Candidates `skip`, `skip`+1 … for what is typed, at most `max`; returns how many, fewer than
 * `max` when there are no more. `typed` is a–z and ' (which separates syllables: xi'an), v for ü;
 * syllables may be abbreviated to their beginnings ("zhs" → 张三). Letters that no syllable begins
 * with yield nothing. */
int ime_candidates(
	struct ime *ime, const char *typed, int skip, int max, struct ime_candidate *ret);

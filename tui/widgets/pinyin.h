/* Typing Chinese inside the program: letters in, candidates by number, text out. The dictionary
 * behind it is a struct of functions; this widget knows no pinyin. */
#pragma once

#include <stdbool.h>

#include "tui/draw.h"

#define PINYIN_PAGE 9

struct pinyin_candidate {
	char *text;  /* 张 */
	int letters; /* how many of the letters it covers: "zhangsan" → 5 */
};

struct pinyin_source {
	void *context;
	/* Candidates `skip`, `skip`+1 … for the letters a–z typed so far, best first, at most
	 * `max`. Returns how many; fewer than `max` means there are no more. Texts are the
	 * caller's. */
	int (*find)(void *context, const char *letters, int skip, int max,
		struct pinyin_candidate *ret);
	/* A candidate was picked: for sources that learn. NULL: nothing. */
	void (*picked)(void *context, const char *letters, const char *text);
};

struct pinyin;

/* `source` outlives it. */
struct pinyin *pinyin_create(const struct pinyin_source *source);
void pinyin_destroy(struct pinyin *pinyin);

bool pinyin_is_on(const struct pinyin *pinyin);
void pinyin_turn(struct pinyin *pinyin, bool on); /* switching off discards the letters */
bool pinyin_is_composing(const struct pinyin *pinyin);

/* Letters start and extend a composition; during it 1–9 pick, Space picks the first, ↓ ↑ PgDn PgUp
 * and = - turn pages, Backspace removes a letter, Enter writes the letters as they are, Esc
 * discards them. ` writes the dot of 阿依古丽·买买提江. True: consumed; *ret_text (the caller's)
 * when something is to be inserted, else NULL. */
bool pinyin_key(struct pinyin *pinyin, const struct key *key, char **ret_text);

/* One row: letters, then numbered candidates; they can be pressed (K_PICK). */
void pinyin_draw(const struct pinyin *pinyin, struct rect area);

/* The result of the last act: stays until the next one. Mark, word and colour say the same thing.
 */
#pragma once

#include <stdbool.h>

#include "tui/draw.h"

enum banner_kind {
	BANNER_NONE,
	BANNER_DONE,    /* ✓ */
	BANNER_REFUSED, /* ✗ */
	BANNER_NEEDED,  /* ! a person is needed, or attention */
	BANNER_UNDONE,  /* ↶ */
	BANNER_KIND_COUNT,
};

struct banner {
	enum banner_kind kind;
	char *title;    /* "Lent" */
	char *text;     /* a sentence, may be several lines; or NULL */
	bool is_listed; /* a list of what was done says it as well: set after banner_set */
};

/* Texts are translated and copied. */
void banner_set(struct banner *banner, enum banner_kind kind, const char *title, const char *text);
void banner_clear(struct banner *banner);       /* also frees */
const char *banner_mark(enum banner_kind kind); /* "✓" … */
enum style banner_style(enum banner_kind kind);
int banner_rows(const struct banner *banner, int cells); /* 0 when there is none */
void banner_draw(const struct banner *banner, struct rect area);

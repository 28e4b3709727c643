/* What a style looks like, from one const table (doc/screens.md, Colours). Colours 16–255 only;
 * every style differs from its neighbours by an attribute too, for terminals that have no such
 * colours.
 */
#pragma once

#include <stdbool.h>

enum style {
	STYLE_PAPER,         /* plain text on the page */
	STYLE_STRONG,        /* headings, what matters most */
	STYLE_QUIET,         /* explanations, labels */
	STYLE_LINE,          /* frames and rules, never text */
	STYLE_BEHIND,        /* the page under a dialog */
	STYLE_MARK,          /* blue: what can be done, numbers of lines */
	STYLE_DONE,          /* ✓ */
	STYLE_NEEDED,        /* ! a person is needed: ink on amber */
	STYLE_REFUSED,       /* ✗ */
	STYLE_UNDONE,        /* ↶ */
	STYLE_TOP,           /* the top line */
	STYLE_TOP_QUIET,     /* clock and date on it */
	STYLE_KEY,           /* a key's name in the footer and on the help page */
	STYLE_BUTTON,        /* what can be pressed */
	STYLE_BUTTON_KEY,    /* … the key on it */
	STYLE_BUTTON_MARKED, /* … and what Enter does */
	STYLE_SELECTED,      /* the line of a list that the arrows are on */
	STYLE_FIELD,         /* a field to fill in */
	STYLE_FIELD_ACTIVE,  /* … where the cursor is */
	STYLE_FIELD_QUIET,   /* a hint inside an empty field */
	STYLE_FIELD_ACTIVE_QUIET,
	STYLE_QR,          /* black on white whatever the theme */
	STYLE_QR_INVERSE,  /* the other way round, for full dark cells */
	STYLE_BIG,         /* words drawn large */
	STYLE_BIG_INVERSE, /* … their full cells */
	STYLE_COUNT,
};

enum theme { THEME_LIGHT, THEME_DARK, THEME_LARGE, THEME_COUNT };

enum look { LOOK_BOLD = 1, LOOK_REVERSE = 2, LOOK_UNDERLINE = 4, LOOK_DIM = 8 };

struct palette_entry {
	short ink, ground;  /* 16–255 */
	unsigned look;      /* with colours */
	unsigned look_mono; /* without */
};

const struct palette_entry *palette_entry(enum theme theme, enum style style);
/* "light", "dark", "large"; anything else, and NULL, is light. */
enum theme palette_theme_named(const char *name);

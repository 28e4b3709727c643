/* Every screen that keys reach from where a path begins: breadth first, each step on a fresh copy
 * of the venue. What a screen offers is read off its help page (F1), so a screen that is new is
 * recorded without being listed anywhere. */
#pragma once

#include <stdbool.h>

#include "tests/record/stage.h"

struct crawl_root {
	const char *name;  /* the folder below DIR/screens */
	const char *steps; /* keys.h; from the board */
	const char *lang;  /* "zh_CN", "en" */
	int rows, cols;
	int depth; /* steps behind the root at most */
};

struct crawl_options {
	const struct stage *stage;
	const char *dir; /* DIR/screens */
	int jobs;        /* kiosks at a time */
};

/* Writes DIR/screens/ROOT/STEPS.txt for each path, STEPS.help.txt for each screen that is another
 * than those before it, and DIR/screens/ROOT.paths with all paths in their order. Returns how many
 * screens. */
int crawl_root(const struct crawl_options *, const struct crawl_root *);
/* The same for the paths of a file as crawl_root leaves one, and for no others. */
int crawl_like(const struct crawl_options *, const struct crawl_root *, const char *paths);
/* Scripts, one a line: each file has the screen after every step. "sh: …" is a line of shell for
 * the script on the next line, before the program starts. */
int crawl_films(const struct crawl_options *, const struct crawl_root *, const char *script);

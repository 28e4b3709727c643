/* Every screen that keys reach from where a path begins: breadth first, each step on a fresh copy
 * of the venue. The help page (F1) says what a screen offers, so a new screen is recorded without
 * being listed anywhere. */
#pragma once

#include <stdbool.h>

#include "tests/record/stage.h"

struct crawl_root {
	const char *name;  /* the folder below DIR/screens */
	const char *steps; /* keys.h; from the board */
	const char *lang;  /* "zh_CN", "en" */
	int rows, cols;
	int depth; /* steps after the root at most */
};

struct crawl_options {
	const struct stage *stage;
	const char *dir; /* DIR/screens */
	int jobs;        /* kiosks at a time */
};

/* Writes DIR/screens/ROOT/STEPS.txt for each path, STEPS.help.txt for each screen that differs from
 * those before it, and DIR/screens/ROOT.paths with all paths in their order. Returns how many
 * screens. */
int crawl_root(const struct crawl_options *, const struct crawl_root *);
/* The same for the paths of a file that crawl_root wrote, and for no others. */
int crawl_like(const struct crawl_options *, const struct crawl_root *, const char *paths);
/* Scripts, one per line: each file has the screen after every step. "sh: …" is a shell command for
 * the script on the next line, run before the program starts. */
int crawl_films(const struct crawl_options *, const struct crawl_root *, const char *script);

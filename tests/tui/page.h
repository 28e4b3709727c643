/* A page without a terminal: drawing goes onto a grid that tests read. Replaces tui/term.c. */
#pragma once

#include "tui/grid.h"
#include "tui/term.h"

struct page {
	struct grid grid; /* grid_init and grid_finish are called by the test */
	int caret_col;    /* where the cursor was put last */
	struct key hot_key;
	int hot_count; /* areas that can be pressed; hot_key is the last one's */
};
extern struct page page;

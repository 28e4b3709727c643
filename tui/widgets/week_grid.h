/* A week at a glance: days across, periods or hours down. A cell is picked with the arrows or a
 * press, and the screen responds with what can be done there. Knows no domain type.
 *
 * The grid asks for what it shows. Rows are as high as their fullest cell; it scrolls in both
 * directions if the area is too small. */
#pragma once

#include <stdbool.h>

#include "tui/draw.h"

#define WEEK_GRID_LINES_MAX 16

/* The text of a cell, a day's head or a period: lines below each other. */
struct week_grid_cell {
	int count;
	struct {
		char *text;
		enum style style;
	} lines[WEEK_GRID_LINES_MAX];
	bool is_void; /* nothing can be there: drawn muted, but can be picked */
};
/* Adds a line; takes over `text` (NULL: an empty one). Lines beyond WEEK_GRID_LINES_MAX are
 * dropped. */
void week_grid_say(struct week_grid_cell *cell, enum style style, char *text);

struct week_grid_options {
	void *context;
	void (*head)(void *context, int column, struct week_grid_cell *ret);
	void (*side)(void *context, int row, struct week_grid_cell *ret);
	void (*cell)(void *context, int row, int column, struct week_grid_cell *ret);
	const char *empty; /* N_(): shown when there are no rows */
	int min_cells;     /* below this width of a column days are scrolled; 0: 8 */
};

struct week_grid;

enum week_grid_answer {
	WEEK_GRID_IGNORED,
	WEEK_GRID_TAKEN,
	WEEK_GRID_CHOSEN, /* Enter or a press: week_grid_row and week_grid_column are it */
	WEEK_GRID_BEFORE, /* ← in the first column: the week before, if the screen has one */
	WEEK_GRID_AFTER,  /* → in the last one */
};

struct week_grid *week_grid_create(const struct week_grid_options *options); /* copied */
void week_grid_destroy(struct week_grid *grid);

void week_grid_set_size(struct week_grid *grid, int rows, int columns); /* keeps the selection */
int week_grid_row(const struct week_grid *grid);                        /* -1 when empty */
int week_grid_column(const struct week_grid *grid);
void week_grid_select(struct week_grid *grid, int row, int column); /* clamped to the range */

enum week_grid_answer week_grid_key(struct week_grid *grid, const struct key *key);
void week_grid_draw(struct week_grid *grid, struct rect area);

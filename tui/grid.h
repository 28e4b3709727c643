/* A page of cells in memory: what a frame is drawn on before the terminal sees it.
 *
 * A wide character takes two cells that belong together: overwriting one of them turns the other
 * into a space, so there is never half of one. Knows nothing of ncurses. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "tui/palette.h"
#include "tui/rect.h"

#define GRID_MARKS 2 /* combining marks kept with a character */

enum cell_part { CELL_SINGLE, CELL_WIDE, CELL_WIDE_REST };

struct cell {
	uint32_t base;
	uint32_t marks[GRID_MARKS];
	uint8_t style;
	uint8_t part;
	uint16_t unused; /* always 0: rows are compared as bytes */
};

struct grid {
	int rows, cols;
	struct cell *cells;
};

void grid_init(struct grid *grid, int rows, int cols); /* at least 1×1; spaces in STYLE_PAPER */
void grid_finish(struct grid *grid);
struct rect grid_area(const struct grid *grid);
struct cell *grid_row(const struct grid *grid, int row);
void grid_clear(struct grid *grid);

/* Writes a character at a cell inside the grid; a wide one needs two. */
void grid_put(struct grid *grid, int row, int col, enum style style, uint32_t base, bool is_wide);
/* Adds a combining mark to the character that ends before `col`. */
void grid_mark(struct grid *grid, int row, int col, uint32_t mark);
/* Spaces; parts outside the grid are ignored. */
void grid_fill(struct grid *grid, struct rect area, enum style style);
/* Keeps the characters of `area` and changes their style. */
void grid_restyle(struct grid *grid, struct rect area, enum style style);

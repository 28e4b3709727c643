#include "tui/grid.h"

#include <assert.h>

#include "core/base/mem.h"

static const struct cell blank = { .base = ' ', .style = STYLE_PAPER };

void grid_init(struct grid *grid, int rows, int cols)
{
	grid->rows = rows < 1 ? 1 : rows;
	grid->cols = cols < 1 ? 1 : cols;
	grid->cells = mem_alloc((size_t)grid->rows * (size_t)grid->cols * sizeof(struct cell));
	grid_clear(grid);
}

void grid_finish(struct grid *grid)
{
	mem_free(&grid->cells);
	grid->rows = grid->cols = 0;
}

struct rect grid_area(const struct grid *grid)
{
	return (struct rect){ .rows = grid->rows, .cols = grid->cols };
}

struct cell *grid_row(const struct grid *grid, int row)
{
	assert(row >= 0 && row < grid->rows);
	return grid->cells + (size_t)row * (size_t)grid->cols;
}

void grid_clear(struct grid *grid)
{
	size_t count = (size_t)grid->rows * (size_t)grid->cols;
	for (size_t i = 0; i < count; i++)
		grid->cells[i] = blank;
}

/* If `col` is one half of a wide character, turns the other half into a space. */
static void split(struct cell *row, int col)
{
	int other = row[col].part == CELL_WIDE        ? col + 1
		    : row[col].part == CELL_WIDE_REST ? col - 1
						      : -1;
	if (other < 0)
		return;
	enum style style = row[other].style;
	row[other] = blank;
	row[other].style = (uint8_t)style;
}

static void set(struct cell *row, int col, enum style style, uint32_t base, enum cell_part part)
{
	split(row, col);
	row[col] = (struct cell){ .base = base, .style = (uint8_t)style, .part = (uint8_t)part };
}

void grid_put(struct grid *grid, int row, int col, enum style style, uint32_t base, bool is_wide)
{
	assert(col >= 0 && col + (is_wide ? 1 : 0) < grid->cols);
	struct cell *cells = grid_row(grid, row);
	if (!is_wide) {
		set(cells, col, style, base, CELL_SINGLE);
		return;
	}
	set(cells, col, style, ' ', CELL_SINGLE);
	set(cells, col + 1, style, 0, CELL_WIDE_REST);
	cells[col].base = base;
	cells[col].part = CELL_WIDE;
}

void grid_mark(struct grid *grid, int row, int col, uint32_t mark)
{
	if (col < 1 || col > grid->cols)
		return;
	struct cell *cell = grid_row(grid, row) + col - 1;
	if (cell->part == CELL_WIDE_REST)
		cell--;
	for (int i = 0; i < GRID_MARKS; i++) {
		if (!cell->marks[i]) {
			cell->marks[i] = mark;
			return;
		}
	}
}

void grid_fill(struct grid *grid, struct rect area, enum style style)
{
	area = rect_clip(area, grid_area(grid));
	for (int row = area.row; row < area.row + area.rows; row++)
		for (int col = area.col; col < area.col + area.cols; col++)
			set(grid_row(grid, row), col, style, ' ', CELL_SINGLE);
}

void grid_restyle(struct grid *grid, struct rect area, enum style style)
{
	area = rect_clip(area, grid_area(grid));
	for (int row = area.row; row < area.row + area.rows; row++)
		for (int col = area.col; col < area.col + area.cols; col++)
			grid_row(grid, row)[col].style = (uint8_t)style;
}

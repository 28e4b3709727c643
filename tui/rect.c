#include "tui/rect.h"

static int at_most(int wanted, int there)
{
	if (wanted < 0 || there < 0)
		return 0;
	return wanted < there ? wanted : there;
}

struct rect rect_cut_top(struct rect *area, int rows)
{
	struct rect cut = *area;
	cut.rows = at_most(rows, area->rows);
	area->row += cut.rows;
	area->rows -= cut.rows;
	return cut;
}

struct rect rect_cut_bottom(struct rect *area, int rows)
{
	struct rect cut = *area;
	cut.rows = at_most(rows, area->rows);
	area->rows -= cut.rows;
	cut.row = area->row + area->rows;
	return cut;
}

struct rect rect_cut_left(struct rect *area, int cols)
{
	struct rect cut = *area;
	cut.cols = at_most(cols, area->cols);
	area->col += cut.cols;
	area->cols -= cut.cols;
	return cut;
}

struct rect rect_cut_right(struct rect *area, int cols)
{
	struct rect cut = *area;
	cut.cols = at_most(cols, area->cols);
	area->cols -= cut.cols;
	cut.col = area->col + area->cols;
	return cut;
}

struct rect rect_inset(struct rect area, int rows, int cols)
{
	rect_cut_top(&area, rows);
	rect_cut_bottom(&area, rows);
	rect_cut_left(&area, cols);
	rect_cut_right(&area, cols);
	return area;
}

struct rect rect_center(struct rect area, int rows, int cols)
{
	rows = at_most(rows, area.rows);
	cols = at_most(cols, area.cols);
	return (struct rect){
		.row = area.row + (area.rows - rows) / 2,
		.col = area.col + (area.cols - cols) / 2,
		.rows = rows,
		.cols = cols,
	};
}

struct rect rect_clip(struct rect a, struct rect b)
{
	int row = a.row > b.row ? a.row : b.row;
	int col = a.col > b.col ? a.col : b.col;
	int bottom = a.row + a.rows < b.row + b.rows ? a.row + a.rows : b.row + b.rows;
	int right = a.col + a.cols < b.col + b.cols ? a.col + a.cols : b.col + b.cols;
	return (struct rect){
		.row = row,
		.col = col,
		.rows = bottom > row ? bottom - row : 0,
		.cols = right > col ? right - col : 0,
	};
}

bool rect_is_empty(struct rect area)
{
	return area.rows <= 0 || area.cols <= 0;
}

bool rect_has(struct rect area, int row, int col)
{
	return row >= area.row && row < area.row + area.rows && col >= area.col &&
	       col < area.col + area.cols;
}

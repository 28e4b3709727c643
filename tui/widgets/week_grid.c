#include "tui/widgets/week_grid.h"

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/i18n.h"

#define MIN_CELLS  8
#define SIDE_CELLS 14 /* at most */
#define GAP        1
#define PAGE_ROWS  3

struct week_grid {
	struct week_grid_options options;
	int rows, columns;
	int row, column;                   /* selected */
	int first_row, first_column;       /* shown in the corner */
	int visible_rows, visible_columns; /* by the last drawing */
};

void week_grid_say(struct week_grid_cell *cell, enum style style, char *text)
{
	if (cell->count == WEEK_GRID_LINES_MAX) {
		mem_free(&text);
		return;
	}
	cell->lines[cell->count].text = text ? text : mem_text("");
	cell->lines[cell->count++].style = style;
}

static void cell_finish(struct week_grid_cell *cell)
{
	for (int i = 0; i < cell->count; i++)
		mem_free(&cell->lines[i].text);
	*cell = (struct week_grid_cell){ 0 };
}

struct week_grid *week_grid_create(const struct week_grid_options *options)
{
	struct week_grid *grid = mem_alloc(sizeof(*grid));

	grid->options = *options;
	if (grid->options.min_cells <= 0)
		grid->options.min_cells = MIN_CELLS;
	grid->visible_rows = grid->visible_columns = 1;
	return grid;
}

void week_grid_destroy(struct week_grid *grid)
{
	mem_free(&grid);
}

static int within(int n, int count)
{
	if (n >= count)
		n = count - 1;
	return n < 0 ? 0 : n;
}

void week_grid_select(struct week_grid *grid, int row, int column)
{
	grid->row = within(row, grid->rows);
	grid->column = within(column, grid->columns);
}

void week_grid_set_size(struct week_grid *grid, int rows, int columns)
{
	grid->rows = rows;
	grid->columns = columns;
	week_grid_select(grid, grid->row, grid->column);
}

int week_grid_row(const struct week_grid *grid)
{
	return grid->rows > 0 && grid->columns > 0 ? grid->row : -1;
}

int week_grid_column(const struct week_grid *grid)
{
	return grid->rows > 0 && grid->columns > 0 ? grid->column : -1;
}

/* ---- keys ---- */

static bool move_key(struct week_grid *grid, uint32_t code)
{
	int row = grid->row, column = grid->column;

	switch (code) {
	case K_UP:
	case K_SCROLL_UP:
		row--;
		break;
	case K_DOWN:
	case K_SCROLL_DOWN:
		row++;
		break;
	case K_LEFT:
		column--;
		break;
	case K_RIGHT:
		column++;
		break;
	case K_PAGE_UP:
		row -= PAGE_ROWS;
		break;
	case K_PAGE_DOWN:
		row += PAGE_ROWS;
		break;
	case K_HOME:
		column = 0;
		break;
	case K_END:
		column = grid->columns - 1;
		break;
	default:
		return false;
	}
	week_grid_select(grid, row, column);
	return true;
}

enum week_grid_answer week_grid_key(struct week_grid *grid, const struct key *key)
{
	bool is_empty = week_grid_row(grid) < 0;

	if (key->code == K_LEFT && (is_empty || grid->column == 0))
		return WEEK_GRID_BEFORE;
	if (key->code == K_RIGHT && (is_empty || grid->column == grid->columns - 1))
		return WEEK_GRID_AFTER;
	if (is_empty)
		return WEEK_GRID_IGNORED;
	if (move_key(grid, key->code))
		return WEEK_GRID_TAKEN;
	if (key->code == K_ENTER)
		return WEEK_GRID_CHOSEN;
	if (key->code != K_PICK || key->of != grid || key->index >= grid->rows * grid->columns)
		return WEEK_GRID_IGNORED;
	week_grid_select(grid, key->index / grid->columns, key->index % grid->columns);
	return WEEK_GRID_CHOSEN;
}

/* ---- drawing ---- */

/* The columns that the drawing has room for. */
struct view {
	int side, width, columns;
};

static int side_width(const struct week_grid *grid)
{
	int width = 0;

	for (int row = 0; row < grid->rows; row++) {
		CLEANUP(cell_finish) struct week_grid_cell side = { 0 };
		grid->options.side(grid->options.context, row, &side);
		for (int i = 0; i < side.count; i++) {
			int w = text_width(side.lines[i].text);
			width = w > width ? w : width;
		}
	}
	return width < SIDE_CELLS ? width : SIDE_CELLS;
}

/* The first one shown, so that the selected one is among the `visible` of `count`. */
static int scrolled(int first, int selected, int visible, int count)
{
	if (selected < first)
		first = selected;
	if (selected >= first + visible)
		first = selected - visible + 1;
	if (first > count - visible)
		first = count - visible;
	return first < 0 ? 0 : first;
}

static struct view view_of(struct week_grid *grid, int cells)
{
	struct view view = { .side = side_width(grid), .columns = grid->columns };
	int left = cells - view.side - GAP;

	if (view.columns * (grid->options.min_cells + GAP) > left)
		view.columns = left / (grid->options.min_cells + GAP);
	view.columns = view.columns < 1 ? 1 : view.columns;
	view.width = left / view.columns - GAP;
	grid->visible_columns = view.columns;
	grid->first_column =
		scrolled(grid->first_column, grid->column, view.columns, grid->columns);
	return view;
}

static struct rect column_rect(const struct view *view, struct rect band, int index)
{
	int from = view->side + GAP + index * (view->width + GAP);

	return rect_clip((struct rect){ band.row, band.col + from, band.rows, view->width }, band);
}

static int head_rows(const struct week_grid *grid, const struct view *view)
{
	int rows = 0;

	for (int i = 0; i < view->columns; i++) {
		CLEANUP(cell_finish) struct week_grid_cell head = { 0 };
		grid->options.head(grid->options.context, grid->first_column + i, &head);
		rows = head.count > rows ? head.count : rows;
	}
	return rows;
}

/* The lines of a cell; if there are too many, the last one says how many are left out. */
static void draw_lines(struct rect area, const struct week_grid_cell *cell, bool is_selected)
{
	int shown = cell->count <= area.rows ? cell->count : area.rows - 1;

	for (int i = 0; i < shown; i++)
		draw_fit(area, i, 0, area.cols, is_selected ? STYLE_SELECTED : cell->lines[i].style,
			cell->lines[i].text);
	if (shown < cell->count && area.rows > 0)
		draw_textf(area, shown, 0, is_selected ? STYLE_SELECTED : STYLE_QUIET, "… +%d",
			cell->count - shown);
}

static void draw_heads(const struct week_grid *grid, const struct view *view, struct rect band)
{
	for (int i = 0; i < view->columns; i++) {
		CLEANUP(cell_finish) struct week_grid_cell head = { 0 };
		grid->options.head(grid->options.context, grid->first_column + i, &head);
		draw_lines(column_rect(view, band, i), &head, false);
	}
}

static int row_height(const struct week_grid *grid, const struct view *view, int row)
{
	CLEANUP(cell_finish) struct week_grid_cell side = { 0 };
	int height = 1;

	grid->options.side(grid->options.context, row, &side);
	height = side.count > height ? side.count : height;
	for (int i = 0; i < view->columns; i++) {
		CLEANUP(cell_finish) struct week_grid_cell cell = { 0 };
		grid->options.cell(grid->options.context, row, grid->first_column + i, &cell);
		height = cell.count > height ? cell.count : height;
	}
	return height + 1; /* and the rule above */
}

/* How many rows from `first` on fit; at least one is drawn, clipped if necessary. */
static int rows_fitting(const struct week_grid *grid, const struct view *view, int first, int room)
{
	int count = 0;

	for (int row = first; row < grid->rows; row++, count++) {
		room -= row_height(grid, view, row);
		if (room < 0 && count > 0)
			break;
	}
	return count;
}

static void scroll_rows(struct week_grid *grid, const struct view *view, int room)
{
	int last = grid->rows - 1;

	grid->first_row = within(grid->first_row, grid->rows);
	if (grid->row < grid->first_row)
		grid->first_row = grid->row;
	while (grid->first_row < grid->row &&
		grid->first_row + rows_fitting(grid, view, grid->first_row, room) <= grid->row)
		grid->first_row++;
	/* No empty space below while there are rows above. */
	while (grid->first_row > 0 &&
		grid->first_row - 1 + rows_fitting(grid, view, grid->first_row - 1, room) > last)
		grid->first_row--;
	grid->visible_rows = rows_fitting(grid, view, grid->first_row, room);
}

static void draw_cell(
	const struct week_grid *grid, const struct view *view, struct rect band, int row, int i)
{
	CLEANUP(cell_finish) struct week_grid_cell cell = { 0 };
	int column = grid->first_column + i;
	struct rect area = column_rect(view, band, i);
	bool is_selected = row == grid->row && column == grid->column;

	grid->options.cell(grid->options.context, row, column, &cell);
	if (is_selected)
		draw_fill(area, STYLE_SELECTED);
	if (cell.is_void && cell.count == 0)
		draw_text(area, 0, 0, is_selected ? STYLE_SELECTED : STYLE_LINE, "·");
	draw_lines(area, &cell, is_selected);
	draw_hot(area,
		(struct key){ .code = K_PICK, .index = row * grid->columns + column, .of = grid });
}

static void draw_row(
	const struct week_grid *grid, const struct view *view, struct rect band, int row)
{
	CLEANUP(cell_finish) struct week_grid_cell side = { 0 };

	draw_hline(band, 0, 0, band.cols);
	rect_cut_top(&band, 1);
	grid->options.side(grid->options.context, row, &side);
	draw_lines((struct rect){ band.row, band.col, band.rows, view->side }, &side, false);
	for (int i = 0; i < view->columns; i++)
		draw_cell(grid, view, band, row, i);
}

/* In which directions there is more, in the corner above the periods: "↑ ↓ ← →". */
static void draw_corner(const struct week_grid *grid, const struct view *view, struct rect corner)
{
	CLEANUP(mem_free)
	char *more = mem_printf("%s%s%s%s", grid->first_row > 0 ? "↑" : "",
		grid->first_row + grid->visible_rows < grid->rows ? "↓" : "",
		grid->first_column > 0 ? "←" : "",
		grid->first_column + view->columns < grid->columns ? "→" : "");

	draw_text(corner, 0, 0, STYLE_MARK, more);
}

void week_grid_draw(struct week_grid *grid, struct rect area)
{
	if (week_grid_row(grid) < 0) {
		if (grid->options.empty)
			draw_text(area, 1, 0, STYLE_QUIET, _(grid->options.empty));
		return;
	}
	struct view view = view_of(grid, area.cols);
	struct rect heads = rect_cut_top(&area, head_rows(grid, &view)), corner = heads;

	scroll_rows(grid, &view, area.rows);
	draw_corner(grid, &view, rect_cut_left(&corner, view.side));
	draw_heads(grid, &view, heads);
	for (int i = 0; i < grid->visible_rows; i++) {
		int row = grid->first_row + i;
		struct rect band = rect_cut_top(&area, row_height(grid, &view, row));
		draw_row(grid, &view, band, row);
	}
}

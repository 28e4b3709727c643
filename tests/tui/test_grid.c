#include <string.h>

#include "tests/lib/test.h"
#include "tui/grid.h"

static int grid_setup(void **state)
{
	static struct grid grid;
	grid_init(&grid, 3, 6);
	*state = &grid;
	return 0;
}

static int grid_teardown(void **state)
{
	grid_finish(*state);
	return 0;
}

/* Each wide character has both its halves, next to each other. */
static void check_whole(const struct grid *grid)
{
	for (int row = 0; row < grid->rows; row++) {
		const struct cell *cells = grid_row(grid, row);
		for (int col = 0; col < grid->cols; col++) {
			if (cells[col].part == CELL_WIDE) {
				assert_true(col + 1 < grid->cols);
				assert_int_equal(cells[col + 1].part, CELL_WIDE_REST);
			} else if (cells[col].part == CELL_WIDE_REST) {
				assert_true(col > 0);
				assert_int_equal(cells[col - 1].part, CELL_WIDE);
			}
		}
	}
}

TEST(overwriting_the_left_half_clears_the_right, grid)
{
	struct grid *grid = *state;
	grid_put(grid, 0, 2, STYLE_PAPER, 0x5f20, true);
	grid_put(grid, 0, 2, STYLE_PAPER, 'a', false);
	check_whole(grid);
	assert_int_equal(grid_row(grid, 0)[3].base, ' ');
}

TEST(overwriting_the_right_half_clears_the_left, grid)
{
	struct grid *grid = *state;
	grid_put(grid, 0, 2, STYLE_MARK, 0x5f20, true);
	grid_put(grid, 0, 3, STYLE_PAPER, 'a', false);
	check_whole(grid);
	assert_int_equal(grid_row(grid, 0)[2].base, ' ');
	assert_int_equal(grid_row(grid, 0)[2].style, STYLE_MARK);
}

TEST(wide_over_two_wide_halves_clears_both, grid)
{
	struct grid *grid = *state;
	grid_put(grid, 0, 0, STYLE_PAPER, 0x5f20, true);
	grid_put(grid, 0, 2, STYLE_PAPER, 0x4e09, true);
	grid_put(grid, 0, 1, STYLE_PAPER, 0x56db, true);
	check_whole(grid);
	assert_int_equal(grid_row(grid, 0)[0].base, ' ');
	assert_int_equal(grid_row(grid, 0)[1].base, 0x56db);
	assert_int_equal(grid_row(grid, 0)[3].base, ' ');
}

TEST(fill_splits_wide_characters_at_its_edges, grid)
{
	struct grid *grid = *state;
	grid_put(grid, 1, 0, STYLE_PAPER, 0x5f20, true);
	grid_put(grid, 1, 4, STYLE_PAPER, 0x5f20, true);
	grid_fill(grid, (struct rect){ 1, 1, 1, 4 }, STYLE_FIELD);
	check_whole(grid);
	assert_int_equal(grid_row(grid, 1)[0].base, ' ');
	assert_int_equal(grid_row(grid, 1)[5].base, ' ');
}

TEST(random_writes_never_leave_half_a_character, grid)
{
	struct grid *grid = *state;
	unsigned seed = 20261121;
	for (int i = 0; i < 20000; i++) {
		seed = seed * 1103515245 + 12345;
		int row = (int)(seed >> 8) % 3, col = (int)(seed >> 12) % 6;
		bool is_wide = seed & 0x100000;
		if (is_wide && col == 5)
			continue;
		grid_put(grid, row, col, STYLE_PAPER, is_wide ? 0x5f20 : 'x', is_wide);
		check_whole(grid);
	}
}

TEST(combining_mark_joins_the_character_before, grid)
{
	struct grid *grid = *state;
	grid_put(grid, 0, 0, STYLE_PAPER, 0x5f20, true);
	grid_mark(grid, 0, 2, 0x301);
	assert_int_equal(grid_row(grid, 0)[0].marks[0], 0x301);
	for (int i = 0; i < 10; i++)
		grid_mark(grid, 0, 2, 0x302);
	grid_mark(grid, 0, 0, 0x301);
	check_whole(grid);
}

TEST(fill_outside_is_ignored, grid)
{
	grid_fill(*state, (struct rect){ -5, -5, 100, 100 }, STYLE_FIELD);
	grid_fill(*state, (struct rect){ 7, 9, 3, 3 }, STYLE_FIELD);
	check_whole(*state);
}

TEST(cuts_never_give_more_than_there_is, grid)
{
	struct rect area = { 1, 2, 3, 4 };
	struct rect top = rect_cut_top(&area, 10);
	assert_int_equal(top.rows, 3);
	assert_true(rect_is_empty(area));
	assert_true(rect_is_empty(rect_cut_left(&area, -3)) || area.rows == 0);
	assert_true(rect_is_empty(rect_inset((struct rect){ 0, 0, 2, 2 }, 3, 3)));
	struct rect right = { 0, 0, 5, 5 };
	struct rect cut = rect_cut_right(&right, 2);
	assert_int_equal(cut.col, 3);
	assert_int_equal(right.cols, 3);
}

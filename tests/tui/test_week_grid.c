/* The week grid, drawn without a terminal. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tests/lib/test.h"
#include "tests/tui/page.h"
#include "tui/draw.h"
#include "tui/widgets/week_grid.h"

static void head(void *context, int column, struct week_grid_cell *ret)
{
	week_grid_say(ret, STYLE_STRONG, mem_printf("day%d", column));
	week_grid_say(ret, STYLE_QUIET, mem_printf("%d日", 23 + column));
}

static void side(void *context, int row, struct week_grid_cell *ret)
{
	week_grid_say(ret, STYLE_STRONG, mem_printf("%d:00", 9 + row));
}

/* As many lines as the context says. */
static void cell(void *context, int row, int column, struct week_grid_cell *ret)
{
	const int *lines = context;

	for (int i = 0; i < *lines; i++)
		week_grid_say(ret, STYLE_PAPER, mem_printf("r%dc%d.%d", row, column, i));
	ret->is_void = *lines == 0;
}

static int lines;

static struct week_grid *make(int rows, int columns, int page_rows, int page_cols)
{
	const struct week_grid_options options = {
		.context = &lines, .head = head, .side = side, .cell = cell, .empty = "nothing"
	};
	struct week_grid *grid = week_grid_create(&options);

	grid_init(&page.grid, page_rows, page_cols);
	week_grid_set_size(grid, rows, columns);
	lines = 1;
	page.hot_count = 0;
	return grid;
}

static void done(struct week_grid *grid)
{
	week_grid_destroy(grid);
	grid_finish(&page.grid);
}

static void draw(struct week_grid *grid)
{
	grid_clear(&page.grid);
	page.hot_count = 0;
	week_grid_draw(grid, grid_area(&page.grid));
}

static bool row_has(int row, const char *text)
{
	char all[1024] = "";
	size_t len = 0;
	const struct cell *cells = grid_row(&page.grid, row);

	for (int col = 0; col < page.grid.cols; col++) {
		char one[5];
		if (cells[col].part == CELL_WIDE_REST)
			continue;
		text_put(cells[col].base, one);
		len += (size_t)snprintf(all + len, sizeof(all) - len, "%s", one);
	}
	return strstr(all, text) != NULL;
}

static bool page_has(const char *text)
{
	for (int row = 0; row < page.grid.rows; row++)
		if (row_has(row, text))
			return true;
	return false;
}

static enum week_grid_answer press(struct week_grid *grid, uint32_t code)
{
	const struct key key = KEY_OF(code);

	return week_grid_key(grid, &key);
}

TEST(a_week_fits_a_wide_screen, none)
{
	struct week_grid *grid = make(3, 7, 20, 100);

	draw(grid);
	assert_true(row_has(0, "day0") && row_has(0, "day6") && row_has(1, "29日"));
	assert_true(page_has("r0c0.0") && page_has("r2c6.0") && page_has("11:00"));
	assert_int_equal(page.hot_count, 21);
	done(grid);
}

TEST(days_that_do_not_fit_are_scrolled_to, none)
{
	struct week_grid *grid = make(2, 7, 10, 40);

	draw(grid);
	assert_true(page_has("day0") && page_has("→"));
	assert_false(page_has("day6") || page_has("←"));
	week_grid_select(grid, 0, 6);
	draw(grid);
	assert_true(page_has("day6") && page_has("r1c6.0") && page_has("←"));
	assert_false(page_has("day0"));
	done(grid);
}

TEST(periods_that_do_not_fit_are_scrolled_to, none)
{
	struct week_grid *grid = make(10, 2, 9, 60);

	lines = 2;
	draw(grid);
	assert_true(page_has("r0c0.1") && page_has("↓"));
	assert_false(page_has("r9c0.0"));
	for (int i = 0; i < 9; i++)
		assert_int_equal(press(grid, K_DOWN), WEEK_GRID_TAKEN);
	draw(grid);
	assert_true(page_has("r9c0.1") && page_has("↑"));
	assert_false(page_has("↓"));
	press(grid, K_PAGE_UP);
	draw(grid);
	assert_true(page_has("r6c0.0"));
	done(grid);
}

TEST(a_cell_too_high_says_what_is_left_out, none)
{
	struct week_grid *grid = make(1, 1, 6, 30);

	lines = 8;
	draw(grid);
	assert_true(page_has("r0c0.0") && page_has("r0c0.1") && page_has("… +6"));
	assert_false(page_has("r0c0.2"));
	done(grid);
}

TEST(arrows_stay_inside_and_the_edges_are_the_weeks_around, none)
{
	struct week_grid *grid = make(2, 3, 10, 60);

	assert_int_equal(press(grid, K_LEFT), WEEK_GRID_BEFORE);
	assert_int_equal(press(grid, K_UP), WEEK_GRID_TAKEN);
	assert_int_equal(week_grid_row(grid), 0);
	assert_int_equal(press(grid, K_END), WEEK_GRID_TAKEN);
	assert_int_equal(week_grid_column(grid), 2);
	assert_int_equal(press(grid, K_RIGHT), WEEK_GRID_AFTER);
	assert_int_equal(week_grid_column(grid), 2);
	assert_int_equal(press(grid, K_ENTER), WEEK_GRID_CHOSEN);
	assert_int_equal(press(grid, 'x'), WEEK_GRID_IGNORED);
	done(grid);
}

TEST(a_press_picks_the_cell_under_it, none)
{
	struct week_grid *grid = make(2, 3, 10, 60);

	draw(grid);
	assert_int_equal(
		week_grid_key(grid, &page.hot_key), WEEK_GRID_CHOSEN); /* the last one drawn */
	assert_int_equal(week_grid_row(grid), 1);
	assert_int_equal(week_grid_column(grid), 2);
	page.hot_key.of = NULL;
	assert_int_equal(week_grid_key(grid, &page.hot_key), WEEK_GRID_IGNORED);
	done(grid);
}

TEST(an_empty_week_says_so, none)
{
	struct week_grid *grid = make(0, 7, 10, 60);

	draw(grid);
	assert_true(page_has("nothing"));
	assert_int_equal(week_grid_row(grid), -1);
	assert_int_equal(press(grid, K_ENTER), WEEK_GRID_IGNORED);
	assert_int_equal(press(grid, K_RIGHT), WEEK_GRID_AFTER);
	done(grid);
}

TEST(any_size_of_screen_is_survived, none)
{
	for (int rows = 1; rows < 14; rows++)
		for (int cols = 1; cols < 90; cols += 3) {
			struct week_grid *grid = make(4, 7, rows, cols);
			lines = 3;
			week_grid_select(grid, rows % 4, cols % 7);
			draw(grid);
			assert_in_range(week_grid_row(grid), 0, 3);
			done(grid);
		}
}

/* Drawing, on a grid without a terminal. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tests/lib/test.h"
#include "tests/tui/page.h"
#include "tui/draw.h"
#include "tui/widgets/edit.h"
#include "tui/widgets/qr.h"

static int draw_setup(void **state)
{
	grid_init(&page.grid, 3, 10);
	page.caret_col = -1;
	return 0;
}

static int draw_teardown(void **state)
{
	grid_finish(&page.grid);
	return 0;
}

/* A row as text; spaces as dots. */
static void check_row(int row, const char *expected)
{
	char text[256] = "";
	size_t len = 0;
	const struct cell *cells = grid_row(&page.grid, row);
	for (int col = 0; col < page.grid.cols; col++) {
		char one[5];
		if (cells[col].part == CELL_WIDE_REST)
			continue;
		text_put(cells[col].base == ' ' ? '.' : cells[col].base, one);
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s", one);
	}
	assert_string_equal(text, expected);
}

static const struct rect all = { 0, 0, 3, 10 };
static const struct rect middle = { 0, 2, 2, 5 };

TEST(text_is_clipped_at_the_right_edge, draw)
{
	assert_int_equal(draw_text(middle, 0, 0, STYLE_PAPER, "abcdefgh"), 8);
	check_row(0, "..abcde...");
}

TEST(text_is_clipped_at_the_left_edge, draw)
{
	draw_text(middle, 0, -2, STYLE_PAPER, "abcdefgh");
	check_row(0, "..cdefg...");
}

TEST(wide_character_across_an_edge_becomes_a_space, draw)
{
	draw_text(all, 0, 0, STYLE_PAPER, "xxxxxxxxxx");
	draw_text(middle, 0, 0, STYLE_PAPER, "张三丰");
	check_row(0, "xx张三.xxx");
	draw_text(all, 1, 0, STYLE_PAPER, "xxxxxxxxxx");
	draw_text(middle, 1, -1, STYLE_PAPER, "张三丰");
	check_row(1, "xx.三丰xxx");
}

TEST(rows_outside_are_not_drawn, draw)
{
	assert_int_equal(draw_text(middle, 2, 0, STYLE_PAPER, "张"), 2);
	draw_text(middle, -1, 0, STYLE_PAPER, "abc");
	draw_text(middle, 99, 0, STYLE_PAPER, "abc");
	for (int row = 0; row < 3; row++)
		check_row(row, "..........");
}

TEST(controls_bidi_and_zero_width_marks_are_dropped, draw)
{
	draw_text(all, 0, 0, STYLE_PAPER,
		"a\033[31mb\u202ec\u200bd\xc2\x85"
		"e\u2066f\ufeff\u200f");
	check_row(0, "a[31mbcdef");
}

TEST(bytes_that_are_no_text_show_as_such, draw)
{
	draw_text(all, 0, 0, STYLE_PAPER, "a\xff\xe5z");
	assert_int_equal(grid_row(&page.grid, 0)[0].base, 'a');
	for (int col = 0; col < 10; col++)
		assert_true(grid_row(&page.grid, 0)[col].base >= ' ');
}

TEST(combining_marks_stay_with_their_letter, draw)
{
	draw_text(all, 0, 0, STYLE_PAPER, "e\u0301x");
	assert_int_equal(grid_row(&page.grid, 0)[0].marks[0], 0x301);
	assert_int_equal(grid_row(&page.grid, 0)[1].base, 'x');
}

TEST(fit_shortens_and_fills, draw)
{
	draw_text(all, 0, 0, STYLE_PAPER, "xxxxxxxxxx");
	draw_fit(all, 0, 1, 6, STYLE_PAPER, "阿依古丽");
	check_row(0, "x阿依….xxx");
	draw_fit(all, 0, 1, 6, STYLE_PAPER, "张");
	check_row(0, "x张....xxx");
	draw_fit(middle, 1, 3, 6, STYLE_PAPER, "abcdef");
	check_row(1, ".....ab...");
}

TEST(large_type_falls_back_where_it_does_not_fit, draw)
{
	assert_int_equal(draw_large(all, 0, 0, STYLE_STRONG, "共享"), 5);
	check_row(0, "共.享.....");
	assert_int_equal(draw_large(all, 1, 0, STYLE_STRONG, "共享家园"), 8);
	check_row(1, "共享家园..");
}

TEST(boxes_of_any_size_stay_inside, draw)
{
	for (int rows = 0; rows < 5; rows++)
		for (int cols = 0; cols < 12; cols++)
			draw_box((struct rect){ 1, 8, rows, cols }, STYLE_LINE);
	draw_hline(all, 0, -5, 100);
	draw_vline(all, -3, 9, 100);
	draw_digits(all, 1, 6, STYLE_MARK, "14:05");
}

TEST(edit_scrolls_so_that_the_cursor_shows, draw)
{
	struct edit *edit = edit_create(40);
	edit_set(edit, "甲乙丙丁戊己");
	edit_draw(edit, all, 0, 0, 10, &(struct edit_look){ .is_active = true });
	check_row(0, ".丁戊己...");
	assert_int_equal(page.caret_col, 7);
	edit_key(edit, &KEY_OF(K_HOME));
	edit_draw(edit, all, 1, 0, 10, &(struct edit_look){ .is_active = true });
	assert_int_equal(page.caret_col, 1);
	edit_destroy(edit);
}

TEST(edit_moves_and_deletes_whole_characters, draw)
{
	struct edit *edit = edit_create(10);
	edit_set(edit, "张e\u0301三");
	edit_key(edit, &KEY_OF(K_LEFT));
	edit_key(edit, &KEY_OF(K_BACKSPACE));
	assert_string_equal(edit_text(edit), "张三");
	edit_key(edit, &KEY_OF(K_HOME));
	edit_key(edit, &KEY_OF(K_DELETE));
	edit_key(edit, &KEY_OF(K_DELETE));
	edit_key(edit, &KEY_OF(K_DELETE));
	assert_string_equal(edit_text(edit), "");
	assert_false(edit_key(edit, &KEY_OF(K_BACKSPACE)));
	edit_destroy(edit);
}

TEST(edit_takes_no_more_than_its_characters, draw)
{
	struct edit *edit = edit_create(3);
	edit_insert(edit, "一二三四五");
	assert_string_equal(edit_text(edit), "一二三");
	edit_set(edit, "a\nb\033\u202e");
	assert_string_equal(edit_text(edit), "a b");
	edit_destroy(edit);
}

TEST(qr_is_drawn_whole_or_not_at_all, draw)
{
	int rows, cols;
	assert_true(qr_size("J1L000000000ABCX", &rows, &cols));
	assert_int_equal(cols, 21 + 8);
	assert_false(qr_draw(all, "J1L000000000ABCX"));
	check_row(0, "..........");
	assert_false(qr_size("", &rows, &cols));
}

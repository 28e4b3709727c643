/* Drawing, on a grid without a terminal: this program stands in for term.c. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tui/draw.h"
#include "tui/term.h"
#include "tui/widgets/edit.h"
#include "tui/widgets/qr.h"

static struct grid grid;
static int caret_col;

struct grid *term_grid(void)
{
	return &grid;
}

void term_caret(int row, int col)
{
	caret_col = col;
}

void term_hot(struct rect area, struct key key)
{
}

void term_hot_clear(void)
{
}

enum theme term_theme(void)
{
	return THEME_LIGHT;
}

static int setup(void **state)
{
	grid_init(&grid, 3, 10);
	caret_col = -1;
	return 0;
}

static int teardown(void **state)
{
	grid_finish(&grid);
	return 0;
}

/* A row as text; spaces as dots. */
static void check_row(int row, const char *expected)
{
	char text[256] = "";
	size_t len = 0;
	const struct cell *cells = grid_row(&grid, row);
	for (int col = 0; col < grid.cols; col++) {
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

static void text_is_clipped_at_the_right_edge(void **state)
{
	assert_int_equal(draw_text(middle, 0, 0, STYLE_PAPER, "abcdefgh"), 8);
	check_row(0, "..abcde...");
}

static void text_is_clipped_at_the_left_edge(void **state)
{
	draw_text(middle, 0, -2, STYLE_PAPER, "abcdefgh");
	check_row(0, "..cdefg...");
}

static void wide_character_across_an_edge_becomes_a_space(void **state)
{
	draw_text(all, 0, 0, STYLE_PAPER, "xxxxxxxxxx");
	draw_text(middle, 0, 0, STYLE_PAPER, "张三丰");
	check_row(0, "xx张三.xxx");
	draw_text(all, 1, 0, STYLE_PAPER, "xxxxxxxxxx");
	draw_text(middle, 1, -1, STYLE_PAPER, "张三丰");
	check_row(1, "xx.三丰xxx");
}

static void rows_outside_are_not_drawn(void **state)
{
	assert_int_equal(draw_text(middle, 2, 0, STYLE_PAPER, "张"), 2);
	draw_text(middle, -1, 0, STYLE_PAPER, "abc");
	draw_text(middle, 99, 0, STYLE_PAPER, "abc");
	for (int row = 0; row < 3; row++)
		check_row(row, "..........");
}

static void controls_bidi_and_zero_width_marks_are_dropped(void **state)
{
	draw_text(all, 0, 0, STYLE_PAPER,
		"a\033[31mb\u202ec\u200bd\xc2\x85"
		"e\u2066f\ufeff\u200f");
	check_row(0, "a[31mbcdef");
}

static void bytes_that_are_no_text_show_as_such(void **state)
{
	draw_text(all, 0, 0, STYLE_PAPER, "a\xff\xe5z");
	assert_int_equal(grid_row(&grid, 0)[0].base, 'a');
	for (int col = 0; col < 10; col++)
		assert_true(grid_row(&grid, 0)[col].base >= ' ');
}

static void combining_marks_stay_with_their_letter(void **state)
{
	draw_text(all, 0, 0, STYLE_PAPER, "e\u0301x");
	assert_int_equal(grid_row(&grid, 0)[0].marks[0], 0x301);
	assert_int_equal(grid_row(&grid, 0)[1].base, 'x');
}

static void fit_shortens_and_fills(void **state)
{
	draw_text(all, 0, 0, STYLE_PAPER, "xxxxxxxxxx");
	draw_fit(all, 0, 1, 6, STYLE_PAPER, "阿依古丽");
	check_row(0, "x阿依….xxx");
	draw_fit(all, 0, 1, 6, STYLE_PAPER, "张");
	check_row(0, "x张....xxx");
	draw_fit(middle, 1, 3, 6, STYLE_PAPER, "abcdef");
	check_row(1, ".....ab...");
}

static void large_type_falls_back_where_it_does_not_fit(void **state)
{
	assert_int_equal(draw_large(all, 0, 0, STYLE_STRONG, "共享"), 5);
	check_row(0, "共.享.....");
	assert_int_equal(draw_large(all, 1, 0, STYLE_STRONG, "共享家园"), 8);
	check_row(1, "共享家园..");
}

static void boxes_of_any_size_stay_inside(void **state)
{
	for (int rows = 0; rows < 5; rows++)
		for (int cols = 0; cols < 12; cols++)
			draw_box((struct rect){ 1, 8, rows, cols }, STYLE_LINE);
	draw_hline(all, 0, -5, 100);
	draw_vline(all, -3, 9, 100);
	draw_digits(all, 1, 6, STYLE_MARK, "14:05");
}

static void edit_scrolls_so_that_the_cursor_shows(void **state)
{
	struct edit *edit = edit_create(40);
	edit_set(edit, "甲乙丙丁戊己");
	edit_draw(edit, all, 0, 0, 10, &(struct edit_look){ .is_active = true });
	check_row(0, ".丁戊己...");
	assert_int_equal(caret_col, 7);
	edit_key(edit, &KEY_OF(K_HOME));
	edit_draw(edit, all, 1, 0, 10, &(struct edit_look){ .is_active = true });
	assert_int_equal(caret_col, 1);
	edit_destroy(edit);
}

static void edit_moves_and_deletes_whole_characters(void **state)
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

static void edit_takes_no_more_than_its_characters(void **state)
{
	struct edit *edit = edit_create(3);
	edit_insert(edit, "一二三四五");
	assert_string_equal(edit_text(edit), "一二三");
	edit_set(edit, "a\nb\033\u202e");
	assert_string_equal(edit_text(edit), "a b");
	edit_destroy(edit);
}

static void qr_is_drawn_whole_or_not_at_all(void **state)
{
	int rows, cols;
	assert_true(qr_size("J1L000000000ABCX", &rows, &cols));
	assert_int_equal(cols, 21 + 8);
	assert_false(qr_draw(all, "J1L000000000ABCX"));
	check_row(0, "..........");
	assert_false(qr_size("", &rows, &cols));
}

int main(void)
{
	setlocale(LC_ALL, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(text_is_clipped_at_the_right_edge, setup, teardown),
		cmocka_unit_test_setup_teardown(text_is_clipped_at_the_left_edge, setup, teardown),
		cmocka_unit_test_setup_teardown(
			wide_character_across_an_edge_becomes_a_space, setup, teardown),
		cmocka_unit_test_setup_teardown(rows_outside_are_not_drawn, setup, teardown),
		cmocka_unit_test_setup_teardown(
			controls_bidi_and_zero_width_marks_are_dropped, setup, teardown),
		cmocka_unit_test_setup_teardown(
			bytes_that_are_no_text_show_as_such, setup, teardown),
		cmocka_unit_test_setup_teardown(
			combining_marks_stay_with_their_letter, setup, teardown),
		cmocka_unit_test_setup_teardown(fit_shortens_and_fills, setup, teardown),
		cmocka_unit_test_setup_teardown(
			large_type_falls_back_where_it_does_not_fit, setup, teardown),
		cmocka_unit_test_setup_teardown(boxes_of_any_size_stay_inside, setup, teardown),
		cmocka_unit_test_setup_teardown(
			edit_scrolls_so_that_the_cursor_shows, setup, teardown),
		cmocka_unit_test_setup_teardown(
			edit_moves_and_deletes_whole_characters, setup, teardown),
		cmocka_unit_test_setup_teardown(
			edit_takes_no_more_than_its_characters, setup, teardown),
		cmocka_unit_test_setup_teardown(qr_is_drawn_whole_or_not_at_all, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

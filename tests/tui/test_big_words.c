/* Words drawn large, out of a face of our own and, where it is installed, out of GNU Unifont. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tests/lib/test.h"
#include "tests/tui/page.h"
#include "tui/widgets/big_words.h"

#define UNIFONT "/usr/share/unifont/unifont.hex"
#define CODES   3000 /* lines of the face that is written: far more than are looked through */

struct case_ {
	char path[64];
	struct face *face;
};

/* Every third code point from U+0030 on has a glyph, in turn 16 and 8 columns wide, whose first row
 * is its number and whose last is full. */
static unsigned code_of(int line)
{
	return 0x30 + 3 * (unsigned)line;
}

static int cols_of(int line)
{
	return line % 2 ? 8 : 16;
}

static void write_face(FILE *f)
{
	for (int i = 0; i < CODES; i++) {
		int digits = cols_of(i) / 4;
		fprintf(f, "%04X:%0*X", code_of(i), digits, i % 0x100);
		for (int row = 1; row < FACE_ROWS - 1; row++)
			fprintf(f, "%0*X", digits, 0);
		fprintf(f, "%.*s\n", digits, "FFFF");
	}
}

static struct face *face_of(struct case_ *c, const char *text)
{
	strcpy(c->path, "/tmp/jiaplus-face-XXXXXX");
	int fd = mkstemp(c->path);
	assert_true(fd >= 0);
	FILE *f = fdopen(fd, "w");
	if (text)
		fputs(text, f);
	else
		write_face(f);
	fclose(f);
	c->face = face_open(c->path);
	return c->face;
}

static int big_setup(void **state)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	grid_init(&page.grid, 10, 20);
	*state = mem_alloc(sizeof(struct case_));
	return 0;
}

static int big_teardown(void **state)
{
	struct case_ *c = *state;

	grid_finish(&page.grid);
	face_close(c->face);
	if (c->path[0])
		unlink(c->path);
	free(c);
	return 0;
}

TEST(every_character_of_a_large_face_is_found, big)
{
	struct face *face = face_of(*state, NULL);
	struct glyph glyph;

	for (int i = 0; i < CODES; i++) {
		assert_true(face_glyph(face, code_of(i), &glyph));
		assert_int_equal(glyph.cols, cols_of(i));
		assert_int_equal(glyph.rows[0] >> (16 - glyph.cols), i % 0x100);
		assert_int_equal(glyph.rows[1], 0);
		assert_int_equal(glyph.rows[15], 0xffff << (16 - glyph.cols) & 0xffff);
	}
}

TEST(characters_between_before_and_after_are_not_there, big)
{
	struct face *face = face_of(*state, NULL);
	struct glyph glyph;

	for (int i = 0; i < CODES; i++) {
		assert_false(face_glyph(face, code_of(i) + 1, &glyph));
		assert_false(face_glyph(face, code_of(i) - 1, &glyph));
	}
	assert_false(face_glyph(face, 0x20, &glyph));
	assert_false(face_glyph(face, 0x1f600, &glyph));
}

TEST(what_was_found_once_is_not_read_again, big)
{
	struct case_ *c = *state;
	struct face *face = face_of(c, NULL);
	struct glyph glyph;

	assert_true(face_glyph(face, code_of(7), &glyph));
	assert_false(face_glyph(face, code_of(7) + 1, &glyph));
	assert_int_equal(truncate(c->path, 0), 0);
	assert_true(face_glyph(face, code_of(7), &glyph));
	assert_int_equal(glyph.rows[0] >> 8, 7);
	assert_false(face_glyph(face, code_of(8), &glyph));
}

TEST(without_a_file_there_is_no_face, big)
{
	struct glyph glyph;

	assert_null(face_open("/nonexistent/unifont.hex"));
	assert_null(face_open("/tmp"));
	assert_false(face_glyph(NULL, '0', &glyph));
	assert_int_equal(big_words_cols(NULL, "0"), 0);
}

TEST(a_file_of_another_form_has_no_characters, big)
{
	static const char *const texts[] = {
		"",
		"no face at all\n",
		"0030:\n0031:00\n",
		"0030:0123456789ABCDEF0123456789ABCDE\n",
		"0030:0123456789abcdef0123456789abcdef\n",
		"0030\n",
		":\n:\n",
	};
	struct case_ *c = *state;
	struct glyph glyph;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		assert_false(face_glyph(face_of(c, texts[i]), '0', &glyph));
		face_close(TAKE(c->face));
		unlink(c->path);
	}
}

TEST(a_long_file_of_another_form_has_no_characters, big)
{
	struct case_ *c = *state;
	size_t size = 100000;
	CLEANUP(mem_free) char *text = mem_alloc(size);
	struct glyph glyph;

	memset(text, '0', size - 1);
	text[size - 1] = '\0';
	assert_false(face_glyph(face_of(c, text), '0', &glyph));
}

/* A row as text: X a full cell, ' and , half ones, - paper. */
static char *row_of(int row)
{
	const struct cell *cells = grid_row(&page.grid, row);
	char *text = mem_alloc((size_t)page.grid.cols + 1);

	for (int col = 0; col < page.grid.cols; col++) {
		bool is_space = cells[col].base == ' ';
		text[col] = is_space && cells[col].style == STYLE_BIG_INVERSE ? 'X'
			    : is_space                                        ? '-'
			    : cells[col].base == 0x2580                       ? '\''
									      : ',';
	}
	return text;
}

static void check_row(int row, const char *expected)
{
	CLEANUP(mem_free) char *text = row_of(row);

	assert_string_equal(text, expected);
}

/* An 8-column bar with a foot, and a 16-column frame. */
static const char two[] = "0030:8080808080808080808080808080FFFF\n"
			  "6708:FFFF80018001800180018001800180018001800180018001800180018001FFFF\n";

TEST(words_are_drawn_in_half_blocks_side_by_side, big)
{
	struct face *face = face_of(*state, two);
	const struct rect all = { 0, 0, 10, 24 };

	grid_finish(&page.grid);
	grid_init(&page.grid, 10, 24);
	assert_int_equal(big_words_cols(face, "0月"), 24);
	assert_true(big_words_draw(all, face, "0月"));
	check_row(0, "X-------X''''''''''''''X");
	check_row(1, "X-------X--------------X");
	check_row(7, "XXXXXXXXX,,,,,,,,,,,,,,X");
	check_row(8, "------------------------");
}

TEST(words_stand_in_the_middle_of_what_is_wider, big)
{
	struct face *face = face_of(*state, two);

	assert_true(big_words_center((struct rect){ 1, 0, 8, 20 }, face, "0"));
	check_row(1, "------X-------------");
	check_row(8, "------XXXXXXXX------");
}

TEST(what_does_not_fit_whole_is_not_drawn, big)
{
	struct face *face = face_of(*state, two);

	assert_false(big_words_draw((struct rect){ 0, 0, 10, 20 }, face, "0月"));
	assert_false(big_words_draw((struct rect){ 0, 0, 7, 20 }, face, "0"));
	assert_false(big_words_draw((struct rect){ 0, 0, 8, 20 }, face, "0日"));
	assert_false(big_words_draw((struct rect){ 0, 0, 8, 20 }, face, ""));
	for (int row = 0; row < 10; row++)
		check_row(row, "--------------------");
}

TEST(the_words_of_the_counter_are_all_in_unifont, big)
{
	static const char *const words[] = { "请扫共享卡", "请扫卡", "谢谢", "12月8日 周二",
		"2027年1月3日", "21:00", "116 分", "Please scan your card" };
	struct case_ *c = *state;

	c->face = face_open(UNIFONT);
	if (!c->face)
		test_skip("the package unifont is not installed");
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (!big_words_cols(c->face, words[i]))
			fail_msg("%s lacks a character", words[i]);
	assert_int_equal(big_words_cols(c->face, "请扫共享卡"), 80);
	assert_int_equal(big_words_cols(c->face, "12月8日"), 56);
}

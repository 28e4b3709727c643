/* A receipt as the bytes that a thermal printer gets, and turned back into a picture. */
#include <stdlib.h>
#include <string.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "core/print/escpos.h"
#include "core/print/reasons.h"
#include "core/print/render.h"
#include "tests/lib/ok.h"
#include "tests/lib/samples.h"
#include "tests/lib/test.h"
#include "tests/lib/unescpos.h"

#define FONTS JIAPLUS_BUILDDIR "/core/print"

static int open_fonts(void **state)
{
	struct err err = { 0 };

	return fonts_open(FONTS, (struct fonts **)state, &err);
}

static int close_fonts(void **state)
{
	fonts_close(*state);
	return 0;
}

/* Takes over the sheet. */
static int draw(
	struct fonts *fonts, struct sheet *sheet, int dots, struct bytes *out, struct err *err)
{
	CLEANUP(render_finish) struct render render = { 0 };
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);

	sheet_destroy(sheet);
	int rc = render_init(fonts, text, strlen(text), &render, err);
	return rc < 0 ? rc : render_escpos(&render, dots, out, err);
}

static struct paper_roll print(struct fonts *fonts, struct sheet *sheet, int dots)
{
	CLEANUP(bytes_finish) struct bytes bytes = { 0 };
	struct paper_roll roll;
	struct err err = { 0 };
	size_t at = 0;

	assert_ok(draw(fonts, sheet, dots, &bytes, &err), &err);
	assert_int_equal(unescpos(bytes.data, bytes.size, &roll, &at), 0);
	return roll;
}

TEST(a_receipts_symbol_is_read_off_the_dots, none)
{
	static const struct {
		const struct sheet_media *roll;
		int dots;
	} printers[] = { { &sheet_roll_58, 384 }, { &sheet_roll_80, 576 } };

	for (size_t i = 0; i < ARRAY_LEN(printers); i++) {
		CLEANUP(paper_roll_finish)
		struct paper_roll roll =
			print(*state, sample_receipt(printers[i].roll), printers[i].dots);
		CLEANUP(mem_free) char *code = qr_read(roll.width, roll.height, roll.bits);
		assert_int_equal(roll.width, printers[i].dots);
		assert_int_equal(roll.cuts, 1);
		assert_true(roll.tallest_band <= 255 && roll.tallest_band % 48 == 0);
		assert_string_equal(code, "J1L0000000000R7");
	}
}

/* What is on the paper when a job was cut off after `cut` of its bytes and another one followed it:
 * the whole of the second one. */
static void check_broken_off(const struct bytes *first, size_t cut, const struct bytes *second)
{
	CLEANUP(bytes_finish) struct bytes both = { 0 };
	CLEANUP(paper_roll_finish) struct paper_roll roll = { 0 };
	size_t at = 0;

	bytes_add(&both, first->data, cut);
	bytes_add(&both, second->data, second->size);
	if (unescpos(both.data, both.size, &roll, &at) < 0)
		fail_msg("cut at %zu of %zu: not understood at %zu", cut, first->size, at);
	CLEANUP(mem_free) char *code = qr_read(roll.width, roll.height, roll.bits);
	if (!code || strcmp(code, "J1L0000000000R7") != 0)
		fail_msg("cut at %zu of %zu: %s", cut, first->size, code ? code : "no code");
}

/* The first job has no code of its own, so that there is at most one code on the paper. */
static void draw_plain(struct fonts *fonts, struct bytes *out)
{
	struct sheet *s = sheet_create(&sheet_roll_58, "", 0);
	struct err err = { 0 };

	sheet_page(s);
	for (int i = 0; i < 12; i++)
		sheet_text(s, (struct sheet_style){ .size_pt = 20 }, "电钻");
	assert_ok(draw(fonts, s, 384, out, &err), &err);
}

TEST(a_receipt_comes_out_whole_behind_one_that_was_broken_off, none)
{
	CLEANUP(bytes_finish) struct bytes first = { 0 };
	CLEANUP(bytes_finish) struct bytes second = { 0 };
	struct err err = { 0 };

	draw_plain(*state, &first);
	escpos_begin(58, &second);
	assert_ok(draw(*state, sample_receipt(&sheet_roll_58), 384, &second, &err), &err);
	for (size_t cut = 0; cut < 16; cut++) /* in the middle of each command */
		check_broken_off(&first, cut, &second);
	for (size_t cut = 16; cut < first.size; cut += first.size / 40)
		check_broken_off(&first, cut, &second);
	for (size_t cut = first.size - 5; cut <= first.size; cut++)
		check_broken_off(&first, cut, &second);
}

static bool is_black(const struct paper_roll *roll, int x, int y)
{
	return roll->bits[(y * roll->width + x) / 8] & 0x80 >> x % 8;
}

TEST(eight_dots_stay_free_at_each_side, none)
{
	CLEANUP(paper_roll_finish)
	struct paper_roll roll = print(*state, sample_receipt(&sheet_roll_58), 384);

	for (int y = 0; y < roll.height; y++)
		for (int x = 0; x < 8; x++)
			assert_false(
				is_black(&roll, x, y) || is_black(&roll, roll.width - 1 - x, y));
}

TEST(a_receipt_of_three_items_is_about_a_hand_long, none)
{
	CLEANUP(paper_roll_finish)
	struct paper_roll roll = print(*state, sample_receipt(&sheet_roll_58), 384);

	assert_in_range(roll.height / SHEET_DOTS_PER_MM, 100, 140);
}

/* Lengths of the black runs along the row through a finder pattern: 1, 3 and 1 modules. */
TEST(a_symbols_modules_are_whole_dots, none)
{
	struct sheet *s = sheet_create(&sheet_roll_58, "", 0);

	sheet_page(s);
	sheet_space(s, 1);
	sheet_text(s, (struct sheet_style){ .size_pt = 7.3 }, " ");
	sheet_qr(s, 18, SHEET_LEFT, "J1L0000000000R7", (struct sheet_style){ 0 }, NULL);
	CLEANUP(paper_roll_finish) struct paper_roll roll = print(*state, s, 384);
	int top = 0, left = 0;
	while (top < roll.height && !is_black(&roll, 20, top))
		top++;
	assert_true(top < roll.height);
	while (!is_black(&roll, left, top))
		left++;
	int runs[5] = { 0 }, module = 7; /* 18 mm of 21 modules: 6.9 dots, so 7 */
	for (int x = left, run = 0; run < 5; x++) {
		if (x > left && is_black(&roll, x, top + 3 * module) !=
					is_black(&roll, x - 1, top + 3 * module))
			run++;
		if (run < 5)
			runs[run]++;
	}
	const int expected[5] = { 7, 7, 21, 7, 7 };
	assert_memory_equal(runs, expected, sizeof(runs));
}

TEST(ink_beside_the_head_is_refused, none)
{
	struct sheet_media narrow = sheet_roll_58;
	CLEANUP(bytes_finish) struct bytes bytes = { 0 };
	struct err err = { 0 };

	narrow.left_mm = 2;
	struct sheet *s = sheet_create(&narrow, "", 0);
	sheet_page(s);
	sheet_rule(s, 0.5);
	assert_int_equal(draw(*state, s, 384, &bytes, &err), ERR_INVALID);
	assert_true(err_has(&err, REASON_SHEET_OVERFLOW));
}

TEST(a_hairline_is_a_whole_dot, none)
{
	struct sheet *s = sheet_create(&sheet_roll_58, "", 0);
	int rows = 0;

	sheet_page(s);
	sheet_space(s, 1.7);
	sheet_text(s, (struct sheet_style){ .size_pt = 8 }, " ");
	sheet_rule(s, 0.13);
	CLEANUP(paper_roll_finish) struct paper_roll roll = print(*state, s, 384);
	for (int y = 0; y < roll.height; y++)
		rows += is_black(&roll, 192, y);
	assert_in_range(rows, 1, 2);
}

TEST(pages_of_labels_are_cut_one_by_one, none)
{
	struct sheet *s = sheet_create(&sheet_label_40x30, "", 0);

	for (int i = 0; i < 3; i++) {
		sheet_page(s);
		sheet_text(s, (struct sheet_style){ .size_pt = 12 }, "电钻");
	}
	CLEANUP(paper_roll_finish) struct paper_roll roll = print(*state, s, 0);
	assert_int_equal(roll.cuts, 3);
	assert_int_equal(roll.width, 320);
	assert_int_equal(roll.height, 3 * 240);
}

TEST_FILE(.setup = open_fonts, .teardown = close_fonts)

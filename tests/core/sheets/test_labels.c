/* Labels: what is on them and where. */
#include <string.h>

#include "core/base/code.h"
#include "core/items/reasons.h"
#include "core/sheets/labels.h"
#include "tests/core/shop.h"
#include "tests/core/sizes.h"
#include "tests/lib/test.h"

static const struct letterhead english = { .language = "en" };

static int count_of(const struct sheet *sheet, enum sheet_kind kind)
{
	int count = 0;

	for (int i = 0; i < sheet_item_count(sheet); i++)
		count += sheet_item(sheet, i)->kind == kind;
	return count;
}

TEST(label_has_title_number_and_code_for_scanner_and_eye, shop)
{
	struct shop *s = *state;
	CLEANUP(label_size_finish) struct label_size roll = sizes_one("roll-40x30");
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	int64_t item = shop_item(s, s->tool);
	char code[CODE_TEXT_MAX];
	bool is_there = false;
	struct code read;

	assert_ok(labels_build(s->db, &english, &roll, &item, 1, &sheet, &s->err), &s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	code_write_id(CODE_ITEM, item, code);
	assert_non_null(strstr(text, "\t冲击钻\n"));
	assert_non_null(strstr(text, "\t000001\n"));
	for (int i = 0; i < sheet_item_count(sheet); i++) {
		const struct sheet_item *it = sheet_item(sheet, i);
		if (it->kind == SHEET_QR) {
			assert_string_equal(it->text, code);
			assert_true(it->w >= 14);
		}
		/* What the eye reads can be typed exactly so. */
		if (it->kind == SHEET_TEXT && strncmp(it->text, "J1I ", 4) == 0) {
			read = code_read(it->text, strlen(it->text), NULL);
			assert_int_equal(read.type, CODE_ITEM);
			assert_int_equal(read.id, item);
			is_there = true;
		}
	}
	assert_true(is_there);
}

TEST(label_of_a_roll_is_a_page_of_its_own, shop)
{
	struct shop *s = *state;
	CLEANUP(label_size_finish) struct label_size roll = sizes_one("roll-40x30");
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	int64_t items[3] = { shop_item(s, s->tool), shop_item(s, s->tool), shop_item(s, s->book) };

	assert_ok(labels_build(s->db, &english, &roll, items, 3, &sheet, &s->err), &s->err);
	assert_int_equal(count_of(sheet, SHEET_PAGE), 3);
	assert_true(sheet_paper(sheet)->width_mm == 40 && sheet_paper(sheet)->height_mm == 30);
}

TEST(sheet_of_a4_holds_24_labels, shop)
{
	struct shop *s = *state;
	CLEANUP(label_size_finish) struct label_size a4 = sizes_one("a4-24");
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	int64_t items[25];

	for (int i = 0; i < 25; i++)
		items[i] = shop_item(s, s->tool);
	assert_ok(labels_build(s->db, &english, &a4, items, 25, &sheet, &s->err), &s->err);
	assert_int_equal(count_of(sheet, SHEET_PAGE), 2);
	assert_int_equal(count_of(sheet, SHEET_QR), 25);
	for (int i = 0; i < sheet_item_count(sheet); i++) {
		const struct sheet_item *frame = sheet_item(sheet, i);
		if (frame->kind == SHEET_FRAME)
			assert_true(frame->x >= 4 && frame->x + frame->w <= 206 && frame->y >= 4 &&
				    frame->y + frame->h <= 293);
	}
}

TEST(label_of_nothing_is_refused, shop)
{
	struct shop *s = *state;
	CLEANUP(label_size_finish) struct label_size roll = sizes_one("roll-40x30");
	struct sheet *sheet = NULL;
	int64_t item = 99;

	assert_int_equal(
		labels_build(s->db, &english, &roll, &item, 1, &sheet, &s->err), ERR_NOT_FOUND);
	assert_true(err_has(&s->err, REASON_ITEM_UNKNOWN));
	assert_null(sheet);
}

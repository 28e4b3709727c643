/* The text of a sheet: it is read as it was built, and faults are named by their line. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "core/print/reasons.h"
#include "core/print/sheet.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define OPENING                                                         \
	"jiaplus-sheet\t1\ntitle\tT\nmade\t2026-11-21T14:06:00+08:00\n" \
	"media\t58\tauto\tportrait\t3\t6\t4\t6\n"

static struct sheet *parsed(const char *text)
{
	struct sheet *sheet = NULL;
	struct err err = { 0 };

	assert_ok(sheet_parse(text, strlen(text), &sheet, &err), &err);
	return sheet;
}

static void assert_fault(const char *text, const char *fault)
{
	struct sheet *sheet = NULL;
	struct err err = { 0 };

	assert_int_equal(sheet_parse(text, strlen(text), &sheet, &err), ERR_INVALID);
	assert_true(err_has(&err, REASON_SHEET_BAD));
	assert_string_equal(err.reasons[0].text, fault);
	assert_null(sheet);
}

static void build_tables(struct sheet *s)
{
	const double widths[] = { 24, 0, 12.5 };

	sheet_table(s, &(struct sheet_table){ .rules = SHEET_RULES_GRID,
			       .pad_x_mm = 1,
			       .pad_y_mm = 0.75,
			       .column_count = 3,
			       .widths_mm = widths });
	sheet_head(s, 14);
	sheet_cell(s, 3, SHEET_MIDDLE);
	sheet_text(s, (struct sheet_style){ .size_pt = 9 }, "head");
	sheet_row(s, 0);
	sheet_cell(s, 1, SHEET_TOP);
	sheet_cell(s, 2, SHEET_BOTTOM);
	sheet_text(s, (struct sheet_style){ .size_pt = 9 }, "body");
	sheet_end(s);
}

/* One of everything. */
static struct sheet *build_all(void)
{
	const struct sheet_style fancy = { .size_pt = 10.55,
		.min_pt = 7.5,
		.max_lines = 2,
		.leading = 1.4,
		.is_bold = true,
		.is_quiet = true,
		.align = SHEET_CENTER };
	const struct sheet_style plain = { .size_pt = 9, .align = SHEET_RIGHT };
	struct sheet *s = sheet_create(&sheet_a4_landscape, "标题\twith a tab", 1795240000);

	sheet_header(s);
	sheet_pair(s, fancy, "left", plain, "right");
	sheet_end(s);
	sheet_footer(s);
	sheet_folio(s, plain, "{n}/{of}");
	sheet_end(s);
	sheet_page(s);
	sheet_text(s, fancy, "two\nlines \\ \x1b[31m");
	sheet_textf(s, plain, "%d %s", 5, "items");
	sheet_qr(s, 18.01, SHEET_RIGHT, "J1L0000", plain, NULL);
	sheet_image(s, 20, 10, SHEET_LEFT, "/logo.png");
	sheet_rule(s, 0.25);
	sheet_space(s, 3);
	build_tables(s);
	sheet_frame(s, 1, 2, 85.6, 53.98, SHEET_MIDDLE);
	sheet_box(s, 0, 0, 85.6, 53.98, 0.2, 3.18);
	sheet_line(s, 0, 1.5, 10, 1.5, 0.15);
	sheet_frame(s, 0, 0, 10, 10, SHEET_TOP);
	sheet_end(s);
	sheet_end(s);
	sheet_page(s);
	return s;
}

TEST(what_is_built_is_what_is_read, none)
{
	CLEANUP(sheet_destroyp) struct sheet *built = build_all();
	CLEANUP(mem_free) char *text = sheet_take_text(built);
	CLEANUP(sheet_destroyp) struct sheet *read = parsed(text);
	CLEANUP(mem_free) char *again = sheet_take_text(read);

	assert_string_equal(text, again);
	assert_int_equal(sheet_item_count(built), sheet_item_count(read));
	assert_string_equal(sheet_title(read), "标题\twith a tab");
	assert_true(sheet_paper(read)->is_landscape);
	for (int i = 0; i < sheet_item_count(read); i++) {
		assert_int_equal(sheet_item(built, i)->kind, sheet_item(read, i)->kind);
		assert_int_equal(sheet_item(read, i)->line, i + 5);
	}
	const struct sheet_item *item = sheet_item(read, 7);
	assert_int_equal(item->kind, SHEET_TEXT);
	assert_string_equal(item->text, "two\nlines \\ \x1b[31m");
	assert_true(item->style.is_bold && item->style.is_quiet);
	assert_int_equal(item->style.max_lines, 2);
	assert_true(item->style.size_pt > 10.549 && item->style.size_pt < 10.551);
}

TEST(a_sheet_is_plain_text_that_a_person_can_read, none)
{
	CLEANUP(sheet_destroyp) struct sheet *s = sheet_create(&sheet_roll_58, "凭条", 1795240000);
	char made[32];

	sheet_page(s);
	sheet_text(s, (struct sheet_style){ .size_pt = 14, .is_bold = true, .align = SHEET_CENTER },
		"借出\n好");
	sheet_pair(s, (struct sheet_style){ .size_pt = 10.5, .min_pt = 7, .max_lines = 2 },
		"电钻\t1", (struct sheet_style){ .size_pt = 8.25 }, NULL);
	sheet_space(s, 1.05);
	when_format(1795240000, made);
	CLEANUP(mem_free) char *text = sheet_take_text(s);
	CLEANUP(mem_free)
	char *expected = mem_printf("jiaplus-sheet\t1\ntitle\t凭条\nmade\t%s\n"
				    "media\t58\tauto\tportrait\t3\t6\t4\t6\npage\n"
				    "text\t14 bold center\t借出\\n好\n"
				    "pair\t10.5 fit=7/2\t电钻\\t1\t8.25\t\nspace\t1.05\n",
		made);
	assert_string_equal(text, expected);
}

TEST(a_fault_names_its_line, none)
{
	assert_fault("", "line 0: expected jiaplus-sheet");
	assert_fault("hello\n", "line 1: expected jiaplus-sheet");
	assert_fault("jiaplus-sheet\t2\n", "line 1: a version that is not known");
	assert_fault("jiaplus-sheet\t1\ntitle\tT\nmade\tyesterday\n", "line 3: made");
	assert_fault("jiaplus-sheet\t1\ntitle\tT\nmade\t2026-11-21T14:06:00+08:00\nmedia\t58\n",
		"line 4: media");
	assert_fault(OPENING, "line 4: there is no page");
	assert_fault(OPENING "page", "line 5: it has no end");
	assert_fault(OPENING "page\nfrobnicate\t1\n", "line 6: an unknown keyword");
	assert_fault(OPENING "page\n\n", "line 6: an unknown keyword");
	assert_fault(OPENING "page\ntext\t9\n", "line 6: text, field 2");
	assert_fault(OPENING "page\ntext\t9 wobbly\tA\n", "line 6: text, field 1");
	assert_fault(OPENING "page\ntext\t9 fit=10\tA\n", "line 6: text, field 1");
	assert_fault(OPENING "page\ntext\t9\tA\tB\n", "line 6: more fields than it has");
	assert_fault(OPENING "page\ntext\t9\t\\q\n", "line 6: text, field 2");
	assert_fault(OPENING "page\ntext\t9\t\\x00\n", "line 6: text, field 2");
	assert_fault(OPENING "page\ntext\t9\t\\x81\n", "line 6: text, field 2");
	assert_fault(OPENING "page\ntext\t9\t\xff\n", "line 6: not UTF-8");
	assert_fault(OPENING "\xff\n", "line 5: not UTF-8");
	assert_fault(OPENING "page\ntext\t9\t\x1b[2J\n", "line 6: a control character");
	assert_fault(OPENING "page\nspace\t-1\n", "line 6: space, field 1");
	assert_fault(OPENING "page\nspace\t99999\n", "line 6: space, field 1");
	assert_fault(OPENING "page\nspace\t1.234\n", "line 6: space, field 1");
}

TEST(wrong_nesting_is_a_fault, none)
{
	assert_fault(OPENING "text\t9\tA\n", "line 5: it does not belong here");
	assert_fault(OPENING "page\nend\n", "line 6: there is nothing to end");
	assert_fault(OPENING "page\nheader\n", "line 6: it does not belong here");
	assert_fault(OPENING "header\nend\nheader\nend\npage\n", "line 7: it is there already");
	assert_fault(OPENING "page\nframe\t0\t0\t9\t9\ttop\n", "line 6: something is not ended");
	assert_fault(
		OPENING "page\nframe\t0\t0\t9\t9\ttop\npage\n", "line 7: it does not belong here");
	assert_fault(OPENING "page\nrow\t0\tbody\n", "line 6: it does not belong here");
	assert_fault(OPENING "page\ntable\tgrid\t0\t0\t*\ntext\t9\tA\nend\n",
		"line 7: it does not belong here");
	assert_fault(OPENING "page\ntable\tgrid\t0\t0\t*\nrow\t0\tbody\ncell\t2\ttop\nend\n",
		"line 8: more cells than the table has columns");
	assert_fault(OPENING "page\ntable\tgrid\t0\t0\t*\nrow\t0\tbody\nrow\t0\thead\nend\n",
		"line 8: a head row comes before the others");
}

TEST(nesting_has_a_bottom, none)
{
	CLEANUP(mem_free) char *text = mem_text(OPENING "page\n");

	for (int i = 0; i < 8; i++) {
		char *longer = mem_printf("%sframe\t0\t0\t9\t9\ttop\n", text);
		free(text);
		text = longer;
	}
	assert_fault(text, "line 13: nested too deep");
}

/* Any truncation and any flipped byte of a good sheet is read or refused, never worse. */
TEST(a_damaged_sheet_is_read_or_refused, none)
{
	CLEANUP(sheet_destroyp) struct sheet *built = build_all();
	CLEANUP(mem_free) char *text = sheet_take_text(built);
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++) {
		struct sheet *sheet = NULL;
		struct err err = { 0 };
		text[i] ^= 1 << i % 8;
		sheet_parse(text, len, &sheet, &err);
		sheet_destroy(sheet);
		text[i] ^= 1 << i % 8;
		sheet = NULL;
		CLEANUP(mem_free) char *cut = mem_text_n(text, i);
		sheet_parse(cut, i, &sheet, &err);
		sheet_destroy(sheet);
	}
}

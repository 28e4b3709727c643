/* The layout: nothing is clipped, nothing is lost silently, equal sheets give equal bytes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "core/print/page_model.h"
#include "core/print/reasons.h"
#include "core/print/render.h"
#include "tests/lib/ok.h"
#include "tests/lib/samples.h"
#include "tests/lib/test.h"

static const struct sheet_style plain = { .size_pt = 10 };

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

/* Takes over the sheet, by way of its text, as the helper gets it. */
static int lay_out(struct fonts *fonts, struct sheet *sheet, struct render *ret, struct err *err)
{
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);

	sheet_destroy(sheet);
	const struct render_source source = { text, strlen(text), "" };

	return render_init(fonts, &source, ret, err);
}

static struct render laid_out(struct fonts *fonts, struct sheet *sheet)
{
	struct render render = { 0 };
	struct err err = { 0 };

	assert_ok(lay_out(fonts, sheet, &render, &err), &err);
	return render;
}

static void assert_overflow(struct fonts *fonts, struct sheet *sheet, const char *what)
{
	struct render render = { 0 };
	struct err err = { 0 };

	assert_int_equal(lay_out(fonts, sheet, &render, &err), ERR_INVALID);
	assert_true(err_has(&err, REASON_SHEET_OVERFLOW));
	assert_string_equal(err.reasons[0].text, what);
}

static struct sheet *roll(void)
{
	struct sheet *s = sheet_create(&sheet_roll_58, "", 0);

	sheet_page(s);
	return s;
}

/* The marks that are text, from top to bottom. */
static int text_marks(const struct render *render, const struct mark *found[], int room)
{
	const struct marks *marks = &render->pages->marks;
	int count = 0;

	for (int i = 0; i < marks->count; i++)
		if (marks->list[i].kind == MARK_TEXT) {
			assert_true(count < room);
			found[count++] = &marks->list[i];
		}
	return count;
}

/* The line's own words, the caller's. */
static char *words_of(const struct mark *mark)
{
	const PangoLayoutLine *line = pango_layout_get_line_readonly(mark->layout, mark->line_no);

	return mem_text_n(
		pango_layout_get_text(mark->layout) + line->start_index, (size_t)line->length);
}

TEST(every_sample_can_be_laid_out, none)
{
	struct sheet *samples[] = { sample_receipt(&sheet_roll_58), sample_receipt(&sheet_roll_80),
		sample_cards(12), sample_label(), sample_label_page(50), sample_roster() };
	const int pages[] = { 1, 1, 2, 1, 2, 1 };

	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		CLEANUP(render_finish) struct render render = laid_out(*state, samples[i]);
		assert_int_equal(pages_count(render.pages), pages[i]);
		assert_int_equal(pages_warning_count(render.pages), 0);
	}
}

TEST(the_same_sheet_gives_the_same_bytes, none)
{
	struct bytes first = { 0 }, second = { 0 };
	struct err err = { 0 };

	for (int i = 0; i < 2; i++) {
		CLEANUP(render_finish)
		struct render render = laid_out(*state, sample_receipt(&sheet_roll_58));
		assert_ok(render_pdf(&render, true, i ? &second : &first, &err), &err);
	}
	assert_int_equal(first.size, second.size);
	assert_memory_equal(first.data, second.data, first.size);
	bytes_finish(&first);
	bytes_finish(&second);
}

TEST(a_pdf_is_dated_as_its_sheet, none)
{
	static const char sheet[] =
		"jiaplus-sheet\t1\ntitle\t凭条\nmade\t2026-11-21T14:06:00+08:00\n"
		"media\t58\tauto\tportrait\t3\t6\t4\t6\npage\n";
	CLEANUP(bytes_finish) struct bytes pdf = { 0 };
	CLEANUP(render_finish) struct render render = { 0 };
	struct err err = { 0 };

	const struct render_source source = { sheet, strlen(sheet), "" };
	assert_ok(render_init(*state, &source, &render, &err), &err);
	assert_ok(render_pdf(&render, true, &pdf, &err), &err);
	assert_non_null(memmem(pdf.data, pdf.size, "/CreationDate (20261121140600+08'00)",
		strlen("/CreationDate (20261121140600+08'00)")));
}

TEST(a_character_without_a_glyph_is_named, none)
{
	struct sheet *s = roll();

	sheet_text(s, plain, "好 \xee\x84\xa3");
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	assert_int_equal(pages_warning_count(render.pages), 1);
	assert_string_equal(
		pages_warning(render.pages, 0), "line 6: no glyph for U+E123 '\xee\x84\xa3'");
}

TEST(a_rare_character_is_taken_from_the_whole_family, none)
{
	struct sheet *s = roll();

	sheet_text(s, plain, "龘靐齉爩㐀");
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	assert_int_equal(pages_warning_count(render.pages), 0);
}

TEST(other_scripts_and_our_own_marks_are_taken_from_other_fonts, none)
{
	static const char *const texts[] = { "✗ ✓ ★ ▲ ※ ○", "ئۇيغۇر تىلى", "\xf0\x9f\x98\x80",
		"Žižek Ђорђе" };
	struct sheet *s = roll();

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		sheet_text(s, plain, texts[i]);
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	assert_int_equal(pages_warning_count(render.pages), 0);
	assert_string_equal(pages_missing(render.pages), "");
}

TEST(an_accent_stands_over_its_letter, none)
{
	struct sheet *s = roll();
	const struct mark *marks[8];

	sheet_text(s, plain, "Jose\xcc\x81"); /* e and a combining acute */
	sheet_text(s, plain, "Jos\xc3\xa9");
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	assert_int_equal(text_marks(&render, marks, 8), 2);
	CLEANUP(mem_free) char *decomposed = words_of(marks[0]);
	CLEANUP(mem_free) char *composed = words_of(marks[1]);
	assert_string_equal(decomposed, composed);
}

/* ---- where lines end ---- */

/* Sets the words at the width of each possible roll, and passes each line to `check`. */
static void at_all_widths(struct fonts *fonts, const char *words, int from_mm,
	void (*check)(const char *line, const char *next))
{
	const struct mark *marks[64];

	for (int mm = from_mm; mm <= 60; mm++) {
		const struct sheet_media media = { mm, 0, false, 1, 0, 1, 0 };
		struct sheet *s = sheet_create(&media, "", 0);
		sheet_page(s);
		sheet_text(s, plain, words);
		CLEANUP(render_finish) struct render render = laid_out(fonts, s);
		int count = text_marks(&render, marks, ARRAY_LEN(marks));
		for (int i = 0; i + 1 < count; i++) {
			CLEANUP(mem_free) char *line = words_of(marks[i]);
			CLEANUP(mem_free) char *next = words_of(marks[i + 1]);
			check(line, next);
		}
	}
}

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), size = strlen(end);

	return len >= size && strcmp(text + len - size, end) == 0;
}

static bool begins_with_any(const char *text, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(text, list[i], strlen(list[i])) == 0)
			return true;
	return false;
}

static void check_date(const char *line, const char *next)
{
	static const char *const inner[] = { "月", "日", "周六", "小时", "天", "分", "次", "5日",
		":" };

	if (begins_with_any(next, inner, ARRAY_LEN(inner)) || ends_with(line, "月") ||
		ends_with(line, "第"))
		fail_msg("\"%s\" ends inside a date or a number with its unit: \"%s\"", line, next);
}

TEST(no_line_ends_inside_a_date_or_a_number_with_its_unit, none)
{
	at_all_widths(*state,
		"请在2026年12月5日 周六 21:00前归还，逾期3 天以上，或者借满12 小时、第1 "
		"次续借的，每回扣20 "
		"分，请于11月28日 周六来",
		36, check_date);
}

static void check_english_date(const char *line, const char *next)
{
	static const char *const inner[] = { "Nov", "2026", "days", "points", "21" };

	if (begins_with_any(next, inner, ARRAY_LEN(inner)) || ends_with(line, "Sat") ||
		ends_with(line, "-"))
		fail_msg("\"%s\" ends inside a date or a number with its unit: \"%s\"", line, next);
}

TEST(no_line_ends_inside_an_english_date, none)
{
	at_all_widths(*state,
		"Please bring it back on Sat 28 Nov 2026 or 3 days later for 20 points", 34,
		check_english_date);
}

static void check_dot(const char *line, const char *next)
{
	static const char *const closing[] = { "·", "，", "。", "）", "、", "；", "？" };

	if (begins_with_any(next, closing, ARRAY_LEN(closing)) || ends_with(line, "（"))
		fail_msg("\"%s\" is followed by \"%s\"", line, next);
}

TEST(a_dot_or_closing_punctuation_never_begins_a_line, none)
{
	at_all_widths(*state,
		"借单 46 · 47 · 48 · 阿依古丽·买买提江（代）、欧阳志远；好了吗？好的，都好。", 16,
		check_dot);
}

static void check_name(const char *line, const char *next)
{
	static const char *const parts[] = { "张三", "李小四", "欧阳志远", "何**远", "王五六七" };

	assert_false(ends_with(line, "-"));
	if (!begins_with_any(next, parts, ARRAY_LEN(parts)))
		fail_msg("\"%s\" ends inside a name: \"%s\"", line, next);
}

TEST(a_short_name_is_never_broken, none)
{
	at_all_widths(
		*state, "张三、李小四、欧阳志远、何**远、王五六七、张三、李小四", 19, check_name);
}

static void check_hyphen(const char *line, const char *next)
{
	(void)next;
	assert_false(ends_with(line, "-") || ends_with(line, "\u2010"));
}

TEST(a_latin_name_gets_no_hyphens, none)
{
	at_all_widths(*state, "Wolfeschlegelsteinhausenbergerdorff Maximilianus", 12, check_hyphen);
}

/* ---- type that grows, tables that fill their page ---- */

static double size_of(const struct mark *mark)
{
	const PangoFontDescription *font = pango_layout_get_font_description(mark->layout);

	return (double)pango_font_description_get_size(font) / PANGO_SCALE;
}

static struct render grown(struct fonts *fonts, int lines)
{
	struct sheet *s = sheet_create(&sheet_a4, "", 0);

	sheet_page(s);
	for (int i = 0; i < lines; i++)
		sheet_text(s, (struct sheet_style){ .size_pt = 14, .max_pt = 40 }, "欧阳志远");
	return laid_out(fonts, s);
}

TEST(type_grows_until_its_page_is_full, none)
{
	const struct mark *marks[64];
	CLEANUP(render_finish) struct render few = grown(*state, 3);
	CLEANUP(render_finish) struct render some = grown(*state, 25);
	CLEANUP(render_finish) struct render many = grown(*state, 60);
	const double line_pt = MM_TO_PT(297 - 24) / 25;

	text_marks(&few, marks, 64);
	assert_true(size_of(marks[0]) == 40);
	text_marks(&some, marks, 64);
	assert_true(size_of(marks[0]) > line_pt / 1.3 - 1.5 && size_of(marks[0]) <= line_pt / 1.3);
	assert_int_equal(pages_count(some.pages), 1);
	text_marks(&many, marks, 64);
	assert_true(size_of(marks[0]) >= 14);
	assert_int_equal(pages_count(many.pages), 2);
}

TEST(type_does_not_grow_until_names_break, none)
{
	static const struct sheet_media narrow = { 40, 297, false, 5, 5, 5, 5 };
	const struct mark *marks[8];
	struct sheet *s = sheet_create(&narrow, "", 0);

	sheet_page(s);
	sheet_text(s, (struct sheet_style){ .size_pt = 10, .max_pt = 60 }, "欧阳志远");
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	assert_int_equal(text_marks(&render, marks, 8), 1);
	assert_true(size_of(marks[0]) > 18);
}

TEST(type_does_not_grow_until_hours_break, none)
{
	static const struct sheet_media narrow = { 40, 297, false, 5, 5, 5, 5 };
	const struct mark *marks[8];
	struct sheet *s = sheet_create(&narrow, "", 0);

	sheet_page(s);
	sheet_text(s, (struct sheet_style){ .size_pt = 10, .max_pt = 60 }, "14:30–16:00");
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	assert_int_equal(text_marks(&render, marks, 8), 1);
	assert_true(size_of(marks[0]) > 12);
}

/* Where the very last line is, in mm. */
static double lowest_line(const struct render *render, int page)
{
	const struct marks *marks = &render->pages->marks;
	double lowest = 0;

	for (int i = 0; i < marks->count; i++)
		if (marks->list[i].kind == MARK_BOX && marks->list[i].page == page)
			lowest = fmax(lowest, marks->list[i].y + marks->list[i].h);
	return PT_TO_MM(lowest);
}

TEST(rows_fill_their_pages_and_match_across_them, none)
{
	static const double widths[] = { 0 };
	static const struct sheet_table table = { .rules = SHEET_RULES_GRID,
		.column_count = 1,
		.widths_mm = widths,
		.is_filling = true };
	struct sheet *s = sheet_create(&sheet_a4, "", 0);

	for (int page = 0; page < 2; page++) {
		sheet_page(s);
		sheet_table(s, &table);
		for (int row = 0; row < 3; row++) {
			sheet_row(s, page == row ? 60 : 10);
			sheet_cell(s, 1, SHEET_TOP);
			sheet_text(s, plain, "一");
		}
		sheet_end(s);
	}
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	const struct mark *marks[8];
	assert_int_equal(text_marks(&render, marks, 8), 6);
	for (int row = 0; row < 3; row++)
		assert_true(fabs(marks[row]->y - marks[row + 3]->y) < 0.01);
	for (int page = 0; page < 2; page++) {
		assert_true(lowest_line(&render, page) > 297 - 12 - 1);
		assert_true(lowest_line(&render, page) <= 297 - 12 + 0.1);
	}
}

TEST(a_tables_head_is_never_left_without_a_row, none)
{
	static const double widths[] = { 0 };
	static const struct sheet_table table = {
		.rules = SHEET_RULES_GRID, .column_count = 1, .widths_mm = widths
	};
	struct sheet *s = sheet_create(&sheet_a4, "", 0);
	const struct mark *marks[8];

	sheet_page(s);
	sheet_space(s, 0);
	sheet_text(s, plain, "first");
	sheet_space(s, 245);
	sheet_table(s, &table);
	sheet_head(s, 8);
	sheet_cell(s, 1, SHEET_TOP);
	sheet_text(s, plain, "HEAD");
	sheet_row(s, 30);
	sheet_cell(s, 1, SHEET_TOP);
	sheet_text(s, plain, "row");
	sheet_end(s);
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	assert_int_equal(text_marks(&render, marks, 8), 3);
	for (int i = 1; i < 3; i++)
		assert_int_equal(marks[i]->page, 1);
	assert_true(marks[1]->y < MM_TO_PT(12 + 8) && marks[2]->y > MM_TO_PT(12 + 8));
}

/* ---- frames that are too small ---- */

static struct sheet *small_frame(double h_mm)
{
	static const struct sheet_style title = {
		.size_pt = 11, .min_pt = 6, .max_lines = 2, .is_bold = true, .is_cut = true
	};
	static const struct sheet_style owner = { .size_pt = 8, .is_optional = true };
	struct sheet *s = roll();

	sheet_frame(s, 5, 5, 20, h_mm, SHEET_TOP);
	sheet_text(s, title, "一个放不进小格子的很长很长很长很长很长很长很长的名字");
	sheet_text(s, owner, "共享家");
	sheet_end(s);
	return s;
}

TEST(a_small_frame_leaves_out_shrinks_and_cuts_in_this_order, none)
{
	static const struct {
		double h_mm;
		bool has_owner, is_cut;
	} frames[] = { { 30, true, false }, { 10, false, false }, { 6.5, false, true } };

	for (size_t i = 0; i < ARRAY_LEN(frames); i++) {
		CLEANUP(render_finish)
		struct render render = laid_out(*state, small_frame(frames[i].h_mm));
		const struct mark *marks[16];
		int count = text_marks(&render, marks, 16);
		CLEANUP(mem_free) char *last = words_of(marks[count - 1]);
		assert_int_equal(strcmp(last, "共享家") == 0, frames[i].has_owner);
		assert_int_equal(pango_layout_is_ellipsized(marks[0]->layout), frames[i].is_cut);
	}
}

TEST(a_paper_says_when_it_is_printed, none)
{
	struct sheet *s = roll();
	const struct mark *marks[8];

	sheet_folio(s, plain, "{printed} {n}/{of}");
	CLEANUP(mem_free) char *text = sheet_take_text(s);
	sheet_destroy(s);
	const struct render_source source = { text, strlen(text), "2026-12-01T09:05:06+08:00" };
	CLEANUP(render_finish) struct render render = { 0 };
	struct err err = { 0 };
	assert_ok(render_init(*state, &source, &render, &err), &err);
	assert_int_equal(text_marks(&render, marks, 8), 1);
	CLEANUP(mem_free) char *words = words_of(marks[0]);
	assert_string_equal(words, "2026-12-01 09:05 1/1");
}

TEST(a_missing_logo_is_a_warning, none)
{
	struct sheet *s = roll();

	sheet_image(s, 20, 10, SHEET_CENTER, "/nowhere/logo.png");
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	assert_string_equal(pages_warning(render.pages, 0), "line 6: no picture /nowhere/logo.png");
}

TEST(a_name_that_does_not_fit_shrinks_then_wraps_at_its_dot, none)
{
	struct sheet *s = roll();
	const struct mark *marks[8];

	sheet_text(s, (struct sheet_style){ .size_pt = 16, .min_pt = 10 }, "阿依古丽·买买提江");
	sheet_text(s, (struct sheet_style){ .size_pt = 22, .min_pt = 18 }, "阿依古丽·买买提江");
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	assert_int_equal(text_marks(&render, marks, 8), 3);
	CLEANUP(mem_free) char *whole = words_of(marks[0]);
	CLEANUP(mem_free) char *head = words_of(marks[1]);
	CLEANUP(mem_free) char *tail = words_of(marks[2]);
	assert_string_equal(whole, "阿依古丽·买买提江");
	assert_string_equal(head, "阿依古丽·");
	assert_string_equal(tail, "买买提江");
}

TEST(no_lonely_character_is_left_on_a_last_line, none)
{
	struct sheet *s = roll();
	const struct mark *marks[8];

	sheet_text(s, plain, "一二三四五六七八九十一二三四");
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	int count = text_marks(&render, marks, 8);
	CLEANUP(mem_free) char *last = words_of(marks[count - 1]);
	assert_int_equal(count, 2);
	assert_true(strlen(last) >= 6 * strlen("一"));
}

TEST(the_right_of_a_pair_stays_whole_at_the_edge, none)
{
	const struct mark *marks[8];

	for (int i = 0; i < 2; i++) {
		struct sheet *s = roll();
		sheet_pair(s, plain, i ? "一件名字很长很长很长的物品放不下一行" : "电钻", plain,
			i ? "到 11月28日 周六 21:00" : "000123");
		CLEANUP(render_finish) struct render render = laid_out(*state, s);
		int count = text_marks(&render, marks, 8);
		const struct mark *right = marks[count - 1];
		CLEANUP(mem_free) char *words = words_of(right);
		PangoRectangle logical;
		pango_layout_get_extents(right->layout, NULL, &logical);
		assert_string_equal(words, i ? "到 11月28日 周六 21:00" : "000123");
		double edge = right->x + (double)logical.width / PANGO_SCALE;
		assert_true(edge > MM_TO_PT(51.9) && edge < MM_TO_PT(52.1));
		assert_true(i ? right->y > marks[0]->y + 1 : right->y < marks[0]->y + 0.1);
	}
}

TEST(what_does_not_fit_its_frame_is_named, none)
{
	struct sheet *s = roll();

	sheet_frame(s, 5, 5, 20, 8, SHEET_TOP);
	sheet_text(s, plain, "一");
	sheet_text(s, plain, "二");
	sheet_end(s);
	assert_overflow(*state, s, "line 8: does not fit the height: 二");
}

TEST(text_that_may_shrink_shrinks_into_its_frame, none)
{
	struct sheet *s = roll();

	sheet_frame(s, 5, 5, 20, 8, SHEET_TOP);
	sheet_text(s, (struct sheet_style){ .size_pt = 14, .min_pt = 5, .max_lines = 3 },
		"一个放不进小格子的长名字");
	sheet_end(s);
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	assert_int_equal(pages_count(render.pages), 1);
}

TEST(a_symbol_has_an_alignment_pattern, none)
{
	struct sheet *s = roll();
	struct qr *qr = NULL;

	sheet_qr(s, 14, SHEET_CENTER, "J1I00002000000P4X", plain, NULL);
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	for (int i = 0; i < render.pages->marks.count; i++)
		qr = render.pages->marks.list[i].kind == MARK_QR ? render.pages->marks.list[i].qr
								 : qr;
	if (!qr) {
		fail_msg("there is no symbol");
		return;
	}
	assert_int_equal(qr_width(qr), 25);
	for (int i = 16; i <= 20; i++) /* a dark ring, five modules wide, near the lower right */
		assert_true(qr_is_dark(qr, i, 16) && qr_is_dark(qr, 16, i));
	assert_true(qr_is_dark(qr, 18, 18) && !qr_is_dark(qr, 17, 17));
}

TEST(a_symbol_too_wide_for_its_place_is_named, none)
{
	struct sheet *s = roll();

	sheet_qr(s, 44, SHEET_CENTER, "J1L0000000000R7", plain, NULL);
	assert_overflow(*state, s, "line 6: the QR symbol does not fit the width: J1L0000000000R7");
}

TEST(a_payload_too_long_for_a_symbol_is_refused, none)
{
	struct sheet *s = roll();
	struct render render = { 0 };
	struct err err = { 0 };
	CLEANUP(mem_free) char *payload = mem_alloc(4000);

	memset(payload, 'x', 3999);
	sheet_qr(s, 20, SHEET_CENTER, payload, plain, NULL);
	assert_int_equal(lay_out(*state, s, &render, &err), ERR_INVALID);
	assert_true(err_has(&err, REASON_SHEET_BAD));
}

static struct sheet *long_table(int rows)
{
	const double widths[] = { 0, 0 };
	struct sheet *s = sheet_create(&sheet_a4, "", 0);

	sheet_footer(s);
	sheet_folio(s, plain, "{n}/{of}");
	sheet_end(s);
	sheet_page(s);
	sheet_table(s, &(struct sheet_table){
			       .rules = SHEET_RULES_ROWS, .column_count = 2, .widths_mm = widths });
	sheet_head(s, 10);
	sheet_cell(s, 2, SHEET_MIDDLE);
	sheet_text(s, plain, "HEAD");
	for (int i = 0; i < rows; i++) {
		sheet_row(s, 10);
		sheet_cell(s, 1, SHEET_TOP);
		sheet_textf(s, plain, "%d", i);
	}
	sheet_end(s);
	return s;
}

TEST(a_tables_head_comes_again_on_each_page, none)
{
	CLEANUP(render_finish) struct render render = laid_out(*state, long_table(60));
	const struct mark *marks[100];
	int count = text_marks(&render, marks, 100), heads = 0, rows = 0, folios = 0;

	assert_int_equal(pages_count(render.pages), 3);
	for (int i = 0; i < count; i++) {
		CLEANUP(mem_free) char *words = words_of(marks[i]);
		heads += strcmp(words, "HEAD") == 0;
		folios += strstr(words, "/3") != NULL;
		rows += words[0] >= '0' && words[0] <= '9' && !strchr(words, '/');
		assert_true(marks[i]->y < MM_TO_PT(297 - 12));
	}
	assert_int_equal(heads, 3);
	assert_int_equal(folios, 3);
	assert_int_equal(rows, 60);
}

TEST(long_text_goes_on_on_the_next_page, none)
{
	struct sheet *s = sheet_create(&sheet_a4, "", 0);

	sheet_page(s);
	for (int i = 0; i < 80; i++)
		sheet_text(s, plain, "公约第一条：物品归大家，爱惜如自家。");
	CLEANUP(render_finish) struct render render = laid_out(*state, s);
	assert_int_equal(pages_count(render.pages), 2);
}

TEST(landscape_is_turned_for_the_printer_only, none)
{
	CLEANUP(render_finish) struct render render = laid_out(*state, sample_roster());
	CLEANUP(bytes_finish) struct bytes seen = { 0 };
	CLEANUP(bytes_finish) struct bytes printed = { 0 };
	struct err err = { 0 };
	int width, height;

	assert_ok(render_pdf(&render, false, &seen, &err), &err);
	assert_ok(render_pdf(&render, true, &printed, &err), &err);
	assert_non_null(memmem(seen.data, seen.size, "[ 0 0 841.88", strlen("[ 0 0 841.88")));
	assert_non_null(memmem(printed.data, printed.size, "[ 0 0 595.27", strlen("[ 0 0 595.27")));
	render_media(&render, &width, &height);
	assert_int_equal(width, 21000);
	assert_int_equal(height, 29700);
}

TEST(a_rolls_length_is_a_whole_number_of_points, none)
{
	CLEANUP(render_finish)
	struct render render = laid_out(*state, sample_receipt(&sheet_roll_58));
	double w, h;
	int width, height;

	pages_size(render.pages, 0, &w, &h);
	render_media(&render, &width, &height);
	assert_true(h == (int)h);
	assert_int_equal(width, 5800);
	assert_int_equal((int)(height * 72 / 2540.0 + 0.5), (int)h);
}

TEST(margins_that_leave_no_room_are_refused, none)
{
	struct sheet_media closed = sheet_roll_58;

	closed.left_mm = 40;
	closed.right_mm = 40;
	struct sheet *s = sheet_create(&closed, "", 0);
	sheet_page(s);
	assert_overflow(*state, s, "the margins leave no room");
}

TEST_FILE(.setup = open_fonts, .teardown = close_fonts)

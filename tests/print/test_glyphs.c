/* Every character that papers are made of leaves ink on the PDF's page, in both weights. A text
 * that pdftotext finds can still be blank: Cairo subsets fonts itself, and it has lost the outlines
 * of single characters before. */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/scan/picture.h"
#include "tests/lib/chance.h"
#include "tests/lib/ok.h"
#include "tests/lib/printer.h"
#include "tests/lib/test.h"
#include "tests/print/talk.h"

#define SOON_MS 60000
#define CELL_MM 5
#define ACROSS  40
#define DOWN    56
#define EDGE_MM 5
#define COMPANY 60 /* characters on a receipt, about */
#define ROUNDS  20
#define DPI     127 /* five dots a millimetre */
#define DOTS    (DPI * 10 / 254)

/* The characters of GB 2312, rows 16 to 87, each as UTF-8 and its NUL. */
struct characters {
	char (*rows)[4];
	int count;
};

static struct characters common_characters(void)
{
	struct characters all = { .rows = mem_alloc(72 * 94 * sizeof(*all.rows)) };
	iconv_t decoder = iconv_open("UTF-8", "GB2312");

	for (int row = 0xb0; row <= 0xf7; row++)
		for (int cell = 0xa1; cell <= 0xfe; cell++) {
			char bytes[2] = { (char)row, (char)cell }, *in = bytes;
			char *out = all.rows[all.count];
			size_t size = sizeof(bytes), room = sizeof(*all.rows) - 1;
			if (iconv(decoder, &in, &size, &out, &room) == 0)
				*out = '\0', all.count++;
		}
	iconv_close(decoder);
	return all;
}

static char *sheet_of(const struct characters *all, bool is_bold)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = sheet_create(&sheet_a4, "glyphs", 0);
	const struct sheet_style style = { .size_pt = 9, .is_bold = is_bold };

	for (int i = 0; i < all->count; i++) {
		int place = i % (ACROSS * DOWN);
		if (place == 0)
			sheet_page(sheet);
		sheet_frame(sheet, EDGE_MM + place % ACROSS * CELL_MM,
			EDGE_MM + place / ACROSS * CELL_MM, CELL_MM, CELL_MM, SHEET_TOP);
		sheet_text(sheet, style, all->rows[i]);
		sheet_end(sheet);
	}
	return sheet_take_text(sheet);
}

static void draw_pages(const char *sheet, const char *stem)
{
	CLEANUP(mem_free) char *pdf = mem_printf("%s.pdf", stem);
	CLEANUP(mem_free)
	char *command = mem_printf("pdftoppm -gray -r %d '%s' '%s'", DPI, pdf, stem);
	struct talk talk = { 0 };

	talk_start(&talk, NULL, false);
	talk_say(&talk, paper_render("glyphs", sheet, PAPER_PDF, pdf, 0));
	talk_hear(&talk, PAPER_DONE, SOON_MS);
	assert_int_equal(talk.warnings, 0);
	talk_stop(&talk);
	assert_int_equal(system(command), 0);
}

static bool has_ink(const struct image *page, int place)
{
	int left = (EDGE_MM + place % ACROSS * CELL_MM) * DOTS;
	int top = (EDGE_MM + place / ACROSS * CELL_MM) * DOTS;

	for (int y = top; y < top + CELL_MM * DOTS; y++)
		for (int x = left; x < left + CELL_MM * DOTS; x++)
			if (page->pixels[y * page->width + x] < 128)
				return true;
	return false;
}

static void read_page(const char *stem, int number, struct image *ret)
{
	CLEANUP(mem_free) char *path = mem_printf("%s-%d.pgm", stem, number);
	struct err err = { 0 };
	size_t size = 0;
	char *bytes = NULL;

	assert_ok(picture_load(path, PICTURE_FILE_MAX, &bytes, &size, &err), &err);
	assert_ok(picture_read(bytes, size, path, ret, &err), &err);
	free(bytes);
}

static void assert_drawn(const struct characters *some, bool is_bold)
{
	CLEANUP(mem_free) char *folder = folder_make("glyphs");
	CLEANUP(mem_free) char *stem = mem_printf("%s/page", folder);
	CLEANUP(mem_free) char *sheet = sheet_of(some, is_bold);
	struct image page = { 0 };

	draw_pages(sheet, stem);
	for (int i = 0; i < some->count; i++) {
		int place = i % (ACROSS * DOWN);
		if (place == 0)
			read_page(stem, i / (ACROSS * DOWN) + 1, &page);
		if (!has_ink(&page, place))
			fail_msg("%s is not on the page", some->rows[i]);
	}
	image_finish(&page);
	folder_remove(folder);
}

TEST(every_common_character_is_drawn, none)
{
	struct characters all = common_characters();

	assert_int_equal(all.count, 6763);
	assert_drawn(&all, false);
	assert_drawn(&all, true);
	free(all.rows);
}

/* Digits, letters and marks come from other dictionaries of the font than ideographs. */
static void add_mark(struct characters *some, unsigned *seed)
{
	static const char *const marks[] = { "、", "；", "：", "（", "）", "·", "–", "○", "★",
		"▲" };
	unsigned n = (unsigned)rand_r(seed);

	if (n % 3 == 0)
		snprintf(some->rows[some->count++], sizeof(*some->rows), "%s",
			marks[n / 3 % ARRAY_LEN(marks)]);
	else
		snprintf(some->rows[some->count++], sizeof(*some->rows), "%c", '!' + n / 3 % 94);
}

/* What is lost depends on the other characters: a paper with few characters loses more. */
TEST(characters_are_drawn_in_any_company, none)
{
	struct characters all = common_characters(), some = { .rows = mem_alloc(COMPANY * 4) };
	unsigned seed = (unsigned)chance_seed();

	for (int round = 0; round < ROUNDS; round++) {
		some.count = 0;
		while (some.count < COMPANY)
			if (rand_r(&seed) % 3 == 0)
				add_mark(&some, &seed);
			else
				memcpy(some.rows[some.count++], all.rows[rand_r(&seed) % all.count],
					sizeof(*some.rows));
		assert_drawn(&some, round % 2);
	}
	free(some.rows);
	free(all.rows);
}

/* As on a day's sheet for signatures, which lacked one character. */
TEST(a_known_company_is_drawn, none)
{
	static const char text[] =
		"周一至五9:0–124；六、日电话75-打印于月8榕树里社区如实意例○还差人";
	struct characters some = { .rows = mem_alloc(sizeof(text) * sizeof(*some.rows)) };

	for (const char *s = text, *next = s; *s; s = next) {
		text_next(&next);
		memcpy(some.rows[some.count++], s, (size_t)(next - s));
	}
	assert_drawn(&some, false);
	free(some.rows);
}

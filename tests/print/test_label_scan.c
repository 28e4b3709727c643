/* Labels as they leave the printer: drawn by jiaplus-paper for a head of 203 dpi, one bit per dot,
 * and every code on them read by our own decoder. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/scan/decoder.h"
#include "core/scan/image.h"
#include "core/scan/picture.h"
#include "core/sheets/labels.h"
#include "tests/core/shop.h"
#include "tests/core/sizes.h"
#include "tests/lib/frames.h"
#include "tests/lib/printer.h"
#include "tests/lib/test.h"
#include "tests/print/pbm.h"
#include "tests/print/talk.h"

#define SOON_MS     60000
#define DOTS        SHEET_DOTS_PER_MM
#define ROLL_LABELS 10
#define AROUND      (6 * DOTS) /* of the neighbours, in the picture of one label */

static const struct letterhead chinese = { .language = "zh_CN" };

static const char *const names[] = { "冲击钻", "折叠梯", "血压计",
	"《岭南园林：形态、布局与意境》第二版（精装）", "Makita DTD152 充电式起子机（含两块电池）",
	/* Longer than a label: 40 characters, one word of 39 letters, other scripts. */
	"社区图书馆捐赠的多功能电动工具套装含冲击钻角磨机曲线锯砂光机和全部配件及说明书两册",
	"Wolfeschlegelsteinhausenbergerdorfftool", "ئۇيغۇرچە لۇغەت ۋە گرامماتىكا كىتابى 😀 ✗",
	"一套《红楼梦》 · 第12版（2026年12月5日 周六 捐）" };

/* ---- from a sheet to dots ---- */

static void draw_labels(struct shop *s, const struct label_size *size, const int64_t *items,
	int count, enum paper_format format, const char *to)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct talk talk = { 0 };

	assert_ok(labels_build(s->db, &chinese, size, items, count, &sheet, &s->err), &s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	talk_start(&talk, NULL, false);
	talk_say(&talk, paper_render("labels", text, format, to, 0));
	talk_hear(&talk, PAPER_DONE, SOON_MS);
	assert_int_equal(talk.warnings, 0);
	talk_stop(&talk);
}

/* ---- what the decoder sees ---- */

static bool is_among(const struct reading *readings, int count, int64_t item)
{
	char code[CODE_TEXT_MAX];

	code_write_id(CODE_ITEM, item, code);
	for (int i = 0; i < count; i++)
		if (readings[i].size == strlen(code) &&
			memcmp(readings[i].bytes, code, readings[i].size) == 0)
			return true;
	return false;
}

static bool reads(struct decoder *decoder, const struct frame *frame, int64_t item)
{
	const struct reading *readings;
	int count = decoder_read(decoder, frame, DECODE_STILL, &readings);

	return is_among(readings, count, item);
}

/* Sharp, and out of focus. */
static void assert_reads(struct decoder *decoder, const struct frame *frame, int64_t item)
{
	struct image blurred = { 0 };

	assert_true(reads(decoder, frame, item));
	image_blur(&blurred, frame);
	const struct frame soft = image_frame(&blurred);
	assert_true(reads(decoder, &soft, item));
	image_finish(&blurred);
}

/* What a camera sees that is held over one label: that one, and edges of its neighbours. */
static struct frame held_over(const struct image *page, const struct label_size *size, int index)
{
	struct frame frame = image_frame(page);
	int64_t column = index % size->across, row = index / size->across;
	int64_t x = size->left_edge + column * (size->width + size->gap_x);
	int64_t y = size->top_edge + row * (size->height + size->gap_y);
	int left = (int)(x * DOTS / 100) - AROUND, top = (int)(y * DOTS / 100) - AROUND;
	int right = (int)((x + size->width) * DOTS / 100) + AROUND;
	int bottom = (int)((y + size->height) * DOTS / 100) + AROUND;

	left = left < 0 ? 0 : left;
	top = top < 0 ? 0 : top;
	right = right > page->width ? page->width : right;
	bottom = bottom > page->height ? page->height : bottom;
	frame.pixels += (size_t)top * (size_t)frame.stride + (size_t)left;
	frame.width = right - left;
	frame.height = bottom - top;
	return frame;
}

static void add_items(struct shop *s, int64_t *ret, int count)
{
	for (int i = 0; i < count; i++) {
		const char *name = names[(size_t)i % ARRAY_LEN(names)];
		struct item_draft draft = { .title = shop_title(s, name, s->tool) };
		assert_ok(item_add(s->db, &by_volunteer, &draft, &ret[i], &s->err), &s->err);
	}
}

/* ---- tests ---- */

#define SHEET_MAX 64

/* Each label of a full sheet, as seen by a camera held over that one. */
static void assert_sheet_is_read(struct shop *s, const struct label_size *size)
{
	int count = label_size_per_page(size);
	int64_t items[SHEET_MAX];
	CLEANUP(mem_free) char *folder = folder_make("labels");
	CLEANUP(mem_free) char *path = mem_printf("%s/sheet.pbm", folder);
	struct decoder *decoder = frames_decoder();
	struct image page = { 0 };

	assert_true(count <= SHEET_MAX);
	add_items(s, items, count);
	draw_labels(s, size, items, count, PAPER_PBM, path);
	read_pbm(path, &page);
	assert_int_equal(page.width, size->page_width * DOTS / 100);
	for (int i = 0; i < count; i++) {
		const struct frame frame = held_over(&page, size, i);
		assert_reads(decoder, &frame, items[i]);
	}
	image_finish(&page);
	decoder_destroy(decoder);
	folder_remove(folder);
}

static void assert_roll_is_read(struct shop *s, const struct label_size *size)
{
	int64_t items[ROLL_LABELS];
	CLEANUP(mem_free) char *folder = folder_make("labels");
	CLEANUP(mem_free) char *first = mem_printf("%s/label.pbm", folder);
	struct decoder *decoder = frames_decoder();
	struct image label = { 0 };

	add_items(s, items, ROLL_LABELS);
	draw_labels(s, size, items, ROLL_LABELS, PAPER_PBM, first);
	for (int i = 0; i < ROLL_LABELS; i++) {
		CLEANUP(mem_free)
		char *path = i ? mem_printf("%s/label-%d.pbm", folder, i + 1) : mem_text(first);
		read_pbm(path, &label);
		assert_int_equal(label.width, size->page_width * DOTS / 100);
		const struct frame frame = image_frame(&label);
		assert_reads(decoder, &frame, items[i]);
	}
	image_finish(&label);
	decoder_destroy(decoder);
	folder_remove(folder);
}

TEST(every_label_of_every_size_is_read, shop)
{
	struct label_size all[SIZES_MAX];
	int count = sizes_read(all);

	for (int i = 0; i < count; i++) {
		print_message("# %s\n", all[i].code);
		if (label_size_is_roll(&all[i]))
			assert_roll_is_read(*state, &all[i]);
		else
			assert_sheet_is_read(*state, &all[i]);
		label_size_finish(&all[i]);
	}
}

/* ---- other resolutions ---- */

static void read_pgm(const char *path, struct image *ret)
{
	struct err err = { 0 };
	size_t size = 0;
	char *bytes = NULL;

	assert_ok(picture_load(path, PICTURE_FILE_MAX, &bytes, &size, &err), &err);
	assert_ok(picture_read(bytes, size, path, ret, &err), &err);
	free(bytes);
}

/* The PDF as printed by an office printer with this many dots per inch. */
static void rasterize(const char *pdf, int dpi, const char *stem)
{
	CLEANUP(mem_free)
	char *command = mem_printf("pdftoppm -gray -singlefile -r %d '%s' '%s'", dpi, pdf, stem);

	assert_int_equal(system(command), 0);
}

TEST(labels_are_read_at_300_203_and_150_dots_an_inch, shop)
{
	static const int resolutions[] = { 300, 203, 150 };
	struct shop *s = *state;
	CLEANUP(label_size_finish) struct label_size size = sizes_one("a4-21");
	int count = label_size_per_page(&size);
	int64_t items[SHEET_MAX];
	CLEANUP(mem_free) char *folder = folder_make("labels");
	CLEANUP(mem_free) char *pdf = mem_printf("%s/sheet.pdf", folder);
	CLEANUP(mem_free) char *stem = mem_printf("%s/sheet", folder);
	CLEANUP(mem_free) char *picture = mem_printf("%s/sheet.pgm", folder);
	struct decoder *decoder = frames_decoder();

	add_items(s, items, count);
	draw_labels(s, &size, items, count, PAPER_PDF, pdf);
	for (size_t k = 0; k < ARRAY_LEN(resolutions); k++) {
		struct image page = { 0 };
		rasterize(pdf, resolutions[k], stem);
		read_pgm(picture, &page);
		const struct frame frame = image_frame(&page);
		const struct reading *readings;
		int found = decoder_read(decoder, &frame, DECODE_STILL, &readings);
		for (int i = 0; i < count; i++)
			if (!is_among(readings, found, items[i]))
				fail_msg("label %d is not read at %d dots an inch", i,
					resolutions[k]);
		image_finish(&page);
	}
	decoder_destroy(decoder);
	folder_remove(folder);
}

TEST(all_labels_of_a_sheet_are_read_at_once, shop)
{
	struct shop *s = *state;
	CLEANUP(label_size_finish) struct label_size size = sizes_one("a4-24");
	int count = label_size_per_page(&size);
	int64_t items[SHEET_MAX];
	CLEANUP(mem_free) char *folder = folder_make("labels");
	CLEANUP(mem_free) char *path = mem_printf("%s/sheet.pbm", folder);
	struct decoder *decoder = frames_decoder();
	struct image page = { 0 };

	add_items(s, items, count);
	draw_labels(s, &size, items, count, PAPER_PBM, path);
	read_pbm(path, &page);
	const struct frame frame = image_frame(&page);
	const struct reading *readings;
	int found = decoder_read(decoder, &frame, DECODE_STILL, &readings);
	for (int i = 0; i < count; i++)
		assert_true(is_among(readings, found, items[i]));
	image_finish(&page);
	decoder_destroy(decoder);
	folder_remove(folder);
}

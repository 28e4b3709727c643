/* Labels as they leave the printer: drawn by jiaplus-paper for a head of 203 dpi, one bit per dot,
 * and every code on them read by our own decoder. */
#include <stdio.h>
#include <string.h>

#include "core/base/code.h"
#include "core/scan/decoder.h"
#include "core/scan/image.h"
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
	"《岭南园林：形态、布局与意境》第二版（精装）",
	"Makita DTD152 充电式起子机（含两块电池）" };

/* ---- from a sheet to dots ---- */

static void draw_labels(struct shop *s, const struct label_size *size, const int64_t *items,
	int count, const char *to)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct talk talk = { 0 };

	assert_ok(labels_build(s->db, &chinese, size, items, count, &sheet, &s->err), &s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	talk_start(&talk, NULL, false);
	talk_say(&talk, paper_render("labels", text, PAPER_PBM, to, 0));
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
	draw_labels(s, size, items, count, path);
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
	draw_labels(s, size, items, ROLL_LABELS, first);
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
	draw_labels(s, &size, items, count, path);
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

#include "core/sheets/labels.h"

#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/sheets/wording.h"

#define MODULES       21
#define QUIET_MODULES 8
#define DOTS_PER_MM   8.0
#define WIDE_FROM_MM  50

/* How a label is divided: the symbol on the left, text beside it, the code's text below both. A
 * symbol is snapped to whole dots, 21 modules wide, and has a quiet zone of 4. */
struct label_format {
	double width, height; /* what is printed on */
	double symbol_mm;     /* a little less than it gets: it is snapped to the next whole dot */
	double symbol_box;    /* with its quiet zone */
	double title_pt;
};

static double mm(int64_t hundredths)
{
	return (double)hundredths / 100;
}

static struct label_format format_of(const struct label_size *size)
{
	double module = label_size_dots(size) / DOTS_PER_MM;
	double width = mm(size->width - 2 * size->inside);

	return (struct label_format){
		.width = width,
		.height = mm(size->height - 2 * size->inside),
		.symbol_mm = MODULES * (module - 0.5 / DOTS_PER_MM),
		.symbol_box = (MODULES + QUIET_MODULES) * module + 0.05,
		.title_pt = width < WIDE_FROM_MM ? 11 : 12,
	};
}

struct place {
	double x, y;
};

static struct place place_of(const struct label_size *size, int index)
{
	int on_page = index % label_size_per_page(size);
	int64_t column = on_page % size->across, row = on_page / size->across;

	return (struct place){
		.x = mm(size->left_edge + column * (size->width + size->gap_x) + size->inside),
		.y = mm(size->top_edge + row * (size->height + size->gap_y) + size->inside),
	};
}

/* "J1I 0000 2000 00P4 X": groups of four after the type, as people read long numbers. */
static char *grouped(const char *code)
{
	char *out = mem_alloc(strlen(code) * 2);
	char *at = out;

	for (size_t i = 0; code[i]; i++) {
		if (i == 3 || (i > 3 && (i - 3) % 4 == 0))
			*at++ = ' ';
		*at++ = code[i];
	}
	return out;
}

static void put_words(struct sheet *sheet, const struct item *item, const char *site,
	const struct label_format *format, struct place at)
{
	static const struct sheet_style number_style = {
		.size_pt = 12, .min_pt = 8, .max_lines = 1, .is_bold = true
	};
	static const struct sheet_style owner = { .size_pt = 6.5, .min_pt = 4.5, .max_lines = 2 };
	const struct sheet_style title = { .size_pt = format->title_pt,
		.min_pt = 6,
		.max_lines = 3,
		.leading = 1.15,
		.is_bold = true };
	char number[ITEM_NUMBER_SIZE];

	item_number_format(item->number, number);
	sheet_frame(sheet, at.x + format->symbol_box, at.y,
		format->width - format->symbol_box - 0.3, format->symbol_box, SHEET_MIDDLE);
	sheet_text(sheet, title, item->name);
	sheet_space(sheet, 0.8);
	sheet_text(sheet, number_style, number);
	sheet_text(sheet, owner, site);
	sheet_end(sheet);
}

static void put_symbol(struct sheet *sheet, const struct item *item,
	const struct label_format *format, struct place at)
{
	static const struct sheet_style text_style = {
		.size_pt = 7, .min_pt = 5.5, .max_lines = 1, .align = SHEET_CENTER
	};
	static const struct sheet_style none = { .size_pt = 7 };
	double text_y = at.y + format->symbol_box;
	char code[CODE_TEXT_MAX];

	code_write_id(CODE_ITEM, item->id, code);
	CLEANUP(mem_free) char *text = grouped(code);
	sheet_frame(sheet, at.x, at.y, format->symbol_box, format->symbol_box, SHEET_MIDDLE);
	sheet_qr(sheet, format->symbol_mm, SHEET_CENTER, code, none, NULL);
	sheet_end(sheet);
	sheet_frame(
		sheet, at.x, text_y, format->width, at.y + format->height - text_y, SHEET_MIDDLE);
	sheet_text(sheet, text_style, text);
	sheet_end(sheet);
}

static int put_label(struct sheet *sheet, struct db *db, int64_t id, const char *site,
	const struct label_format *format, struct place at, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };

	TRY(item_get(db, id, &item, err));
	put_symbol(sheet, &item, format, at);
	put_words(sheet, &item, site, format, at);
	return 0;
}

int labels_build(struct db *db, const struct letterhead *letterhead, const struct label_size *size,
	const int64_t *items, int count, struct sheet **ret, struct err *err)
{
	const struct sheet_media media = { .width_mm = mm(size->page_width),
		.height_mm = mm(size->page_height) };
	const struct label_format format = format_of(size);
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(site_finish) struct site site = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(site_get(db, &site, err));
	CLEANUP(sheet_destroyp) struct sheet *sheet = sheet_create(&media, _("Labels"), db_now(db));
	for (int i = 0; i < count; i++) {
		if (i % label_size_per_page(size) == 0)
			sheet_page(sheet);
		TRY(put_label(sheet, db, items[i], site.name, &format, place_of(size, i), err));
	}
	*ret = TAKE(sheet);
	return 0;
}

#include "core/sheets/labels.h"

#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/items/item.h"
#include "core/sheets/wording.h"

#define COLUMNS   3
#define ROWS      8
#define LABEL_W   70.0
#define LABEL_H   37.0
#define TOP_MM    ((297.0 - ROWS * LABEL_H) / 2)
#define INSIDE_MM 4.0 /* what laser printers leave white at the sheet's edge */
_Static_assert(COLUMNS *ROWS == LABELS_ON_A_SHEET, "labels on a sheet");

/* How a label is divided: the symbol at its left, words beside it, the code's text below both. A
 * symbol is snapped to whole dots, 21 modules wide, and has a quiet zone of 4. */
struct label_format {
	double width, height; /* what is printed on */
	double symbol_mm;     /* 15: 15.75 wide, 21.75 with its quiet zone; 17: 18.38 and 25.38 */
	double symbol_box;
	double title_pt;
};
static const struct label_format formats[] = {
	[LABELS_ROLL] = { 38, 28, 15, 21.8, 11 },
	[LABELS_A4] = { LABEL_W - 2 * INSIDE_MM, LABEL_H - 2 * INSIDE_MM, 17, 25.4, 12 },
};

struct place {
	double x, y;
};

static struct place place_of(enum labels_paper paper, int index)
{
	int on_sheet = index % LABELS_ON_A_SHEET;

	if (paper == LABELS_ROLL)
		return (struct place){ 1, 1 };
	return (struct place){
		.x = on_sheet % COLUMNS * LABEL_W + INSIDE_MM,
		.y = TOP_MM + on_sheet / COLUMNS * LABEL_H + INSIDE_MM,
	};
}

/* "J1I 0000 2000 00P4 X": groups of four behind the type, as people read long numbers. */
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

int labels_build(struct db *db, const struct letterhead *letterhead, enum labels_paper paper,
	const int64_t *items, int count, struct sheet **ret, struct err *err)
{
	const struct sheet_media *media = paper == LABELS_ROLL ? &sheet_label_40x30 : &sheet_a4;
	int per_page = paper == LABELS_ROLL ? 1 : LABELS_ON_A_SHEET;
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(site_finish) struct site site = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(site_get(db, &site, err));
	CLEANUP(sheet_destroyp) struct sheet *sheet = sheet_create(media, _("Labels"), db_now(db));
	for (int i = 0; i < count; i++) {
		if (i % per_page == 0)
			sheet_page(sheet);
		TRY(put_label(
			sheet, db, items[i], site.name, &formats[paper], place_of(paper, i), err));
	}
	*ret = TAKE(sheet);
	return 0;
}

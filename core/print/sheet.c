#include "core/print/sheet.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "core/print/sheet_model.h"

const struct sheet_media sheet_roll_58 = { 58, 0, false, 3, 6, 4, 6 };
const struct sheet_media sheet_roll_80 = { 80, 0, false, 3, 5, 4, 5 };
const struct sheet_media sheet_label_40x30 = { 40, 30, false, 1.5, 1.5, 1.5, 1.5 };
const struct sheet_media sheet_a4 = { 210, 297, false, 12, 12, 12, 12 };
const struct sheet_media sheet_a4_landscape = { 210, 297, true, 12, 12, 12, 12 };
const struct sheet_media sheet_a3_landscape = { 297, 420, true, 12, 12, 12, 12 };

/* ---- where a thing may stand ---- */

#define IN(kind) (1u << (kind))
#define IN_TOP   IN(SHEET_KIND_COUNT)
#define IN_PLACE (IN(SHEET_PAGE) | IN(SHEET_FRAME))
#define IN_FLOW  (IN_PLACE | IN(SHEET_HEADER) | IN(SHEET_FOOTER) | IN(SHEET_CELL))

static const struct place {
	unsigned parents;
	bool is_container;
} places[] = {
	[SHEET_HEADER] = { IN_TOP, true },
	[SHEET_FOOTER] = { IN_TOP, true },
	[SHEET_PAGE] = { IN_TOP, true },
	[SHEET_FRAME] = { IN_PLACE, true },
	[SHEET_TABLE] = { IN_FLOW, true },
	[SHEET_ROW] = { IN(SHEET_TABLE), true },
	[SHEET_CELL] = { IN(SHEET_ROW), true },
	[SHEET_END] = { 0, false },
	[SHEET_TEXT] = { IN_FLOW, false },
	[SHEET_PAIR] = { IN_FLOW, false },
	[SHEET_FOLIO] = { IN_FLOW, false },
	[SHEET_QR] = { IN_FLOW, false },
	[SHEET_IMAGE] = { IN_FLOW, false },
	[SHEET_RULE] = { IN_FLOW, false },
	[SHEET_SPACE] = { IN_FLOW, false },
	[SHEET_LINE] = { IN_PLACE, false },
	[SHEET_BOX] = { IN_PLACE, false },
};
static_assert(ARRAY_LEN(places) == SHEET_KIND_COUNT, "a kind has no place");

/* ---- the list of items and its nesting ---- */

void sheet_item_finish(struct sheet_item *item)
{
	free(item->text);
	free(item->right);
	free(item->widths);
}

static struct sheet_level *innermost(struct sheet *sheet)
{
	return &sheet->open[sheet->depth - 1];
}

static bool is_open(const struct sheet *sheet, enum sheet_kind kind)
{
	return sheet->depth > 0 && sheet->open[sheet->depth - 1].kind == kind;
}

static void close_if(struct sheet *sheet, enum sheet_kind kind)
{
	if (is_open(sheet, kind))
		sheet->depth--;
}

/* A row ends at the next row or at the end of the table, a cell also at the next cell, a page at
 * the next page. */
static void close_implied(struct sheet *sheet, enum sheet_kind kind)
{
	if (kind == SHEET_PAGE)
		close_if(sheet, SHEET_PAGE);
	if (kind == SHEET_CELL || kind == SHEET_ROW || kind == SHEET_END)
		close_if(sheet, SHEET_CELL);
	if (kind == SHEET_ROW || kind == SHEET_END)
		close_if(sheet, SHEET_ROW);
}

static const char *close_explicit(struct sheet *sheet)
{
	if (sheet->depth == 0 || is_open(sheet, SHEET_PAGE))
		return "there is nothing to end";
	sheet->depth--;
	return NULL;
}

static const char *row_fault(struct sheet *sheet, const struct sheet_item *item)
{
	struct sheet_level *table = innermost(sheet);

	if (item->is_head && table->has_body_row)
		return "a head row comes before the others";
	table->has_body_row = !item->is_head;
	return NULL;
}

static const char *cell_fault(struct sheet *sheet, const struct sheet_item *item)
{
	struct sheet_level *row = innermost(sheet);

	row->columns += item->span;
	if (row->columns > sheet->open[sheet->depth - 2].columns)
		return "more cells than the table has columns";
	return NULL;
}

static const char *top_fault(const struct sheet *sheet, enum sheet_kind kind)
{
	if (kind == SHEET_PAGE)
		return NULL;
	if (sheet->has_kind[kind])
		return "it is there already";
	return sheet->has_kind[SHEET_PAGE] ? "it comes before the first page" : NULL;
}

/* Opens, closes and counts containers for one more item. Returns why the item may not be here. */
static const char *nest(struct sheet *sheet, const struct sheet_item *item)
{
	const struct place *place = &places[item->kind];
	const char *fault = NULL;

	close_implied(sheet, item->kind);
	if (item->kind == SHEET_END)
		return close_explicit(sheet);
	if (!(place->parents & (sheet->depth ? IN(innermost(sheet)->kind) : IN_TOP)))
		return "it does not belong here";
	if (item->kind == SHEET_ROW)
		fault = row_fault(sheet, item);
	else if (item->kind == SHEET_CELL)
		fault = cell_fault(sheet, item);
	else if (place->parents & IN_TOP)
		fault = top_fault(sheet, item->kind);
	if (fault)
		return fault;
	sheet->has_kind[item->kind] = true;
	if (!place->is_container)
		return NULL;
	if (sheet->depth == SHEET_DEPTH_MAX)
		return "nested too deep";
	sheet->open[sheet->depth++] =
		(struct sheet_level){ .kind = item->kind, .columns = item->width_count };
	return NULL;
}

const char *sheet_append(struct sheet *sheet, struct sheet_item item)
{
	const char *fault = nest(sheet, &item);

	if (fault) {
		sheet_item_finish(&item);
		return fault;
	}
	if (sheet->count == sheet->room) {
		sheet->room = sheet->room ? sheet->room * 2 : 32;
		sheet->items = mem_resize(sheet->items, (size_t)sheet->room * sizeof(item));
	}
	sheet->items[sheet->count++] = item;
	return NULL;
}

const char *sheet_unclosed(const struct sheet *sheet)
{
	if (!sheet->has_kind[SHEET_PAGE])
		return "there is no page";
	return is_open(sheet, SHEET_PAGE) ? NULL : "something is not ended";
}

/* ---- building ---- */

static void build(struct sheet *sheet, struct sheet_item item)
{
	const char *fault = sheet_append(sheet, item);

	assert(!fault);
	(void)fault;
}

static char *words(const char *s)
{
	return mem_text(s ? s : "");
}

struct sheet *sheet_create(const struct sheet_media *media, const char *title, int64_t made_at)
{
	struct sheet *sheet = mem_alloc(sizeof(*sheet));
	char made[32];

	when_format(made_at, made);
	sheet->media = *media;
	sheet->title = words(title);
	sheet->made = mem_text(made);
	return sheet;
}

void sheet_destroy(struct sheet *sheet)
{
	if (!sheet)
		return;
	for (int i = 0; i < sheet->count; i++)
		sheet_item_finish(&sheet->items[i]);
	free(sheet->items);
	free(sheet->title);
	free(sheet->made);
	free(sheet);
}

void sheet_destroyp(struct sheet **sheet)
{
	sheet_destroy(*sheet);
}

void sheet_header(struct sheet *sheet)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_HEADER });
}

void sheet_footer(struct sheet *sheet)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_FOOTER });
}

void sheet_page(struct sheet *sheet)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_PAGE });
}

void sheet_end(struct sheet *sheet)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_END });
}

void sheet_frame(struct sheet *sheet, double x_mm, double y_mm, double w_mm, double h_mm,
	enum sheet_valign valign)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_FRAME,
			     .x = x_mm,
			     .y = y_mm,
			     .w = w_mm,
			     .h = h_mm,
			     .valign = valign });
}

void sheet_text(struct sheet *sheet, struct sheet_style style, const char *text)
{
	build(sheet,
		(struct sheet_item){ .kind = SHEET_TEXT, .style = style, .text = words(text) });
}

void sheet_textf(struct sheet *sheet, struct sheet_style style, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	char *text = mem_vprintf(fmt, args);
	va_end(args);
	build(sheet, (struct sheet_item){ .kind = SHEET_TEXT, .style = style, .text = text });
}

void sheet_pair(struct sheet *sheet, struct sheet_style left_style, const char *left,
	struct sheet_style right_style, const char *right)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_PAIR,
			     .style = left_style,
			     .text = words(left),
			     .right_style = right_style,
			     .right = words(right) });
}

void sheet_folio(struct sheet *sheet, struct sheet_style style, const char *text)
{
	build(sheet,
		(struct sheet_item){ .kind = SHEET_FOLIO, .style = style, .text = words(text) });
}

void sheet_qr(struct sheet *sheet, double size_mm, enum sheet_align align, const char *payload,
	struct sheet_style caption_style, const char *caption)
{
	if (caption_style.size_pt <= 0)
		caption_style.size_pt = 7;
	build(sheet, (struct sheet_item){ .kind = SHEET_QR,
			     .w = size_mm,
			     .align = align,
			     .text = words(payload),
			     .style = caption_style,
			     .right = words(caption) });
}

void sheet_image(
	struct sheet *sheet, double w_mm, double h_mm, enum sheet_align align, const char *path)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_IMAGE,
			     .w = w_mm,
			     .h = h_mm,
			     .align = align,
			     .text = words(path) });
}

void sheet_rule(struct sheet *sheet, double thickness_mm)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_RULE, .thickness = thickness_mm });
}

void sheet_space(struct sheet *sheet, double h_mm)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_SPACE, .h = h_mm });
}

void sheet_line(struct sheet *sheet, double x_mm, double y_mm, double x2_mm, double y2_mm,
	double thickness_mm)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_LINE,
			     .x = x_mm,
			     .y = y_mm,
			     .w = x2_mm,
			     .h = y2_mm,
			     .thickness = thickness_mm });
}

void sheet_box(struct sheet *sheet, double x_mm, double y_mm, double w_mm, double h_mm,
	double thickness_mm, double radius_mm)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_BOX,
			     .x = x_mm,
			     .y = y_mm,
			     .w = w_mm,
			     .h = h_mm,
			     .thickness = thickness_mm,
			     .radius = radius_mm });
}

void sheet_table(struct sheet *sheet, const struct sheet_table *table)
{
	size_t size = (size_t)table->column_count * sizeof(*table->widths_mm);
	double *widths = mem_alloc(size);

	assert(table->column_count > 0 && table->column_count <= SHEET_SPAN_MAX);
	memcpy(widths, table->widths_mm, size);
	build(sheet, (struct sheet_item){ .kind = SHEET_TABLE,
			     .rules = table->rules,
			     .x = table->pad_x_mm,
			     .y = table->pad_y_mm,
			     .widths = widths,
			     .width_count = table->column_count,
			     .is_filling = table->is_filling });
}

void sheet_head(struct sheet *sheet, double min_height_mm)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_ROW, .h = min_height_mm, .is_head = true });
}

void sheet_row(struct sheet *sheet, double min_height_mm)
{
	build(sheet, (struct sheet_item){ .kind = SHEET_ROW, .h = min_height_mm });
}

void sheet_cell(struct sheet *sheet, int span, enum sheet_valign valign)
{
	assert(span >= 1);
	build(sheet, (struct sheet_item){ .kind = SHEET_CELL, .span = span, .valign = valign });
}

/* ---- what is in it ---- */

const struct sheet_media *sheet_paper(const struct sheet *sheet)
{
	return &sheet->media;
}

const char *sheet_title(const struct sheet *sheet)
{
	return sheet->title;
}

const char *sheet_made(const struct sheet *sheet)
{
	return sheet->made;
}

void sheet_set_printed(struct sheet *sheet, const char *instant)
{
	const char *shown = strlen(instant) >= sizeof("2026-11-21T14:06") ? instant : sheet->made;

	snprintf(sheet->printed, sizeof(sheet->printed), "%.10s %.5s", shown,
		shown + sizeof("2026-11-21"));
}

const char *sheet_printed(const struct sheet *sheet)
{
	return sheet->printed;
}

int sheet_item_count(const struct sheet *sheet)
{
	return sheet->count;
}

const struct sheet_item *sheet_item(const struct sheet *sheet, int index)
{
	return &sheet->items[index];
}

#include "core/print/page.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/print/page_layout.h"
#include "core/print/reasons.h"
#include "core/print/type.h"

#define ROLL_MM_MAX 3000
#define PAIR_GAP_MM 2
#define PAIR_LEFT   0.45 /* of the width, below which the right text gets a line of its own */

int layout_overflow(struct layout *l, const struct sheet_item *item, const char *what)
{
	CLEANUP(mem_free)
	char *words = mem_printf("line %d: %s: %s", item->line, what, item->text ? item->text : "");

	return err_set(l->err, ERR_INVALID, REASON_TEXT(SHEET_OVERFLOW, words));
}

const struct sheet_item *layout_peek(const struct layout *l)
{
	return l->at < sheet_item_count(l->sheet) ? sheet_item(l->sheet, l->at) : NULL;
}

bool layout_next_is(const struct layout *l, enum sheet_kind kind)
{
	const struct sheet_item *item = layout_peek(l);

	return item && item->kind == kind;
}

int layout_page(const struct layout *l)
{
	return l->pages->count - 1;
}

static struct page *this_page(const struct layout *l)
{
	return &l->pages->list[layout_page(l)];
}

void layout_mark(struct layout *l, struct mark m)
{
	m.page = layout_page(l);
	marks_add(&l->pages->marks, m);
}

/* ---- pages ---- */

/* Sets a part of the sheet once more: a header, a footer, a table's head. */
static int set_part(struct layout *l, int from, struct flow *flow)
{
	int at = l->at;

	l->at = from;
	int rc = layout_flow(l, flow);
	l->at = at;
	return rc;
}

static int set_footer(struct layout *l, struct flow *page)
{
	if (!l->footer_at)
		return 0;
	struct flow foot = *page;
	int from = l->pages->marks.count;
	foot.is_page = false;
	foot.bottom = INFINITY;
	int rc = set_part(l, l->footer_at, &foot);
	if (rc < 0)
		return rc;
	double height = foot.y - page->y;
	if (page->bottom < INFINITY) {
		page->bottom -= height;
		marks_move(&l->pages->marks, from, l->pages->marks.count, layout_page(l), 0,
			page->bottom - page->y);
	} else {
		page->y = foot.y;
	}
	return 0;
}

static int set_header(struct layout *l, struct flow *page)
{
	if (!l->header_at)
		return 0;
	struct flow head = *page;
	head.is_page = false;
	int rc = set_part(l, l->header_at, &head);
	page->y = page->top = head.y;
	return rc;
}

static int page_begin(struct layout *l, struct flow *flow)
{
	const struct sheet_media *media = sheet_paper(l->sheet);
	bool is_turned = media->is_landscape;
	double width = MM_TO_PT(is_turned ? media->height_mm : media->width_mm);
	double height = MM_TO_PT(is_turned ? media->width_mm : media->height_mm);
	double left = MM_TO_PT(media->left_mm), top = MM_TO_PT(media->top_mm);

	pages_add(l->pages, width, height);
	l->lowest = 0;
	l->fill->on_page = 0;
	*flow = (struct flow){
		.x = left,
		.w = width - left - MM_TO_PT(media->right_mm),
		.y = top,
		.top = top,
		.bottom = height > 0 ? height - MM_TO_PT(media->bottom_mm) : INFINITY,
		.spare_left = left,
		.spare_right = MM_TO_PT(media->right_mm),
		.is_page = true,
	};
	if (flow->w <= 0 || flow->bottom <= flow->y)
		return err_set(l->err, ERR_INVALID,
			REASON_TEXT(SHEET_OVERFLOW, "the margins leave no room"));
	int rc = set_header(l, flow);
	if (rc < 0 || height <= 0)
		return rc;
	return set_footer(l, flow);
}

static int page_end(struct layout *l, struct flow *flow)
{
	const struct sheet_media *media = sheet_paper(l->sheet);

	if (media->height_mm > 0) {
		if (l->fill->on_page > 0)
			l->fill->least =
				fmin(l->fill->least, (flow->bottom - flow->y) / l->fill->on_page);
		return 0;
	}
	int rc = set_footer(l, flow);
	if (rc < 0)
		return rc;
	double height = fmax(flow->y, l->lowest) + MM_TO_PT(media->bottom_mm);
	if (PT_TO_MM(height) > ROLL_MM_MAX)
		return err_set(l->err, ERR_INVALID,
			REASON_TEXT(SHEET_OVERFLOW, "longer than a roll may be"));
	this_page(l)->height = ceil(height);
	return 0;
}

int layout_break(struct layout *l, struct flow *flow)
{
	int rc = page_end(l, flow);

	return rc < 0 ? rc : page_begin(l, flow);
}

/* Makes sure that `height` fits at flow->y, on the next page if necessary. */
static int make_room(
	struct layout *l, struct flow *flow, double height, const struct sheet_item *item)
{
	if (flow->y + height <= flow->bottom + LAYOUT_SLACK_PT)
		return 0;
	if (flow->is_page && flow->y > flow->top) {
		int rc = layout_break(l, flow);
		if (rc < 0)
			return rc;
	}
	if (flow->y + height > flow->bottom + LAYOUT_SLACK_PT)
		return layout_overflow(l, item, "does not fit the height");
	return 0;
}

/* ---- words ---- */

/* The style in this round and this frame: grown, or squeezed. */
static struct sheet_style sized(const struct layout *l, const struct sheet_style *style)
{
	struct sheet_style mine = *style;

	if (style->max_pt > style->size_pt)
		mine.size_pt += l->growth * (style->max_pt - style->size_pt);
	if (style->min_pt > 0 && l->squeeze > 1)
		mine.size_pt -=
			(mine.size_pt - style->min_pt) * (l->squeeze - 1) / (SQUEEZE_MAX - 1);
	mine.is_cut = style->is_cut && l->squeeze == SQUEEZE_MAX;
	return mine;
}

static int type_words(struct layout *l, const struct sheet_item *item,
	const struct sheet_style *item_style, const char *words, double width, double height,
	struct type *type)
{
	const struct sheet_style style = sized(l, item_style);
	const char *missing = type_set(l->fonts, &style, words, width, height, type);

	if (missing)
		pages_warn_glyph(l->pages, item->line, missing);
	l->pages->broken_count += type->is_broken;
	if (type->widest <= width + LAYOUT_SLACK_PT)
		return 0;
	type_finish(type);
	return layout_overflow(l, item, "does not fit the width");
}

/* Places one line in [x, x + w] as its own alignment says, with its base line at `base`. */
static void put_line(
	struct layout *l, const struct type *type, int line_no, double x, double w, double base)
{
	double width = type_line_width(type, line_no);
	double shift = type->style.align == SHEET_LEFT    ? 0
		       : type->style.align == SHEET_RIGHT ? w - width
							  : (w - width) / 2;

	layout_mark(l, (struct mark){
			       .kind = MARK_TEXT,
			       .x = x + shift,
			       .y = base,
			       .layout = g_object_ref(type->layout),
			       .line_no = line_no,
			       .is_quiet = type->style.is_quiet,
		       });
}

static int put_lines(
	struct layout *l, struct flow *flow, const struct sheet_item *item, const struct type *type)
{
	for (int i = 0; i < type->line_count; i++) {
		int rc = make_room(l, flow, type->line_height, item);
		if (rc < 0)
			return rc;
		put_line(l, type, i, flow->x, flow->w, flow->y + type->base);
		flow->y += type->line_height;
	}
	return 0;
}

static int set_words(
	struct layout *l, struct flow *flow, const struct sheet_item *item, const char *words)
{
	CLEANUP(type_finish) struct type type = { 0 };
	double height = flow->is_page ? INFINITY : flow->bottom - flow->y;
	int rc = type_words(l, item, &item->style, words, flow->w, height, &type);

	return rc < 0 ? rc : put_lines(l, flow, item, &type);
}

/* Paragraphs are set one by one, so that each is balanced by itself; those that may shrink are set
 * together, so that they keep one size. */
static int set_text(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	CLEANUP(mem_free) char *words = mem_text(item->text);
	char *rest = words, *paragraph;
	int rc = 0;

	if (item->style.is_optional && l->squeeze > 0)
		return 0;
	if (item->style.min_pt > 0)
		return set_words(l, flow, item, item->text);
	while (rc == 0 && (paragraph = strsep(&rest, "\n")))
		rc = set_words(l, flow, item, paragraph);
	return rc;
}

/* The text with {n}, {of} and {printed} filled in, the caller's. */
static char *folio_words(const struct layout *l, const char *text)
{
	CLEANUP(mem_free) char *page = mem_printf("%d", l->pages->count);
	CLEANUP(mem_free) char *total = mem_printf("%d", l->page_total);
	GString *words = g_string_new(text);

	g_string_replace(words, "{n}", page, 0);
	g_string_replace(words, "{of}", total, 0);
	g_string_replace(words, "{printed}", sheet_printed(l->sheet), 0);
	char *copy = mem_text(words->str);
	g_string_free(words, TRUE);
	return copy;
}

static int set_folio(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	CLEANUP(mem_free) char *words = folio_words(l, item->text);

	l->has_folio = true;
	return set_words(l, flow, item, words);
}

/* Left and right side by side, on one base line at the top. */
static int put_pair(struct layout *l, struct flow *flow, const struct sheet_item *item,
	struct type *left, const struct type *right)
{
	double base = fmax(left->base, right->base);
	double height = fmax(base - left->base + left->line_height * left->line_count,
		base - right->base + right->line_height);
	int rc = make_room(l, flow, height, item);

	if (rc < 0)
		return rc;
	for (int i = 0; i < left->line_count; i++)
		put_line(l, left, i, flow->x, flow->w, flow->y + base + i * left->line_height);
	put_line(l, right, 0, flow->x, flow->w, flow->y + base);
	flow->y += height;
	return 0;
}

static int set_pair(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	CLEANUP(type_finish) struct type left = { 0 };
	CLEANUP(type_finish) struct type right = { 0 };
	struct sheet_style right_style = item->right_style;

	right_style.align = SHEET_RIGHT;
	int rc = type_words(l, item, &right_style, item->right, flow->w, INFINITY, &right);
	if (rc < 0)
		return rc;
	double room = flow->w - right.widest - MM_TO_PT(PAIR_GAP_MM);
	bool is_beside = right.line_count <= 1 && room >= flow->w * PAIR_LEFT;
	rc = type_words(
		l, item, &item->style, item->text, is_beside ? room : flow->w, INFINITY, &left);
	if (rc < 0)
		return rc;
	if (is_beside || (right.line_count == 1 && left.line_count == 1 && left.widest <= room))
		return put_pair(l, flow, item, &left, &right);
	rc = put_lines(l, flow, item, &left);
	return rc < 0 ? rc : put_lines(l, flow, item, &right);
}

/* ---- symbols, pictures, lines ---- */

static double aligned(const struct flow *flow, enum sheet_align align, double width)
{
	return align == SHEET_LEFT    ? flow->x
	       : align == SHEET_RIGHT ? flow->x + flow->w - width
				      : flow->x + (flow->w - width) / 2;
}

/* Room for a symbol: its quiet zone may reach beyond the flow where that is white. */
static struct flow qr_room(const struct flow *flow, double quiet)
{
	double left = fmin(quiet, flow->spare_left), right = fmin(quiet, flow->spare_right);

	return (struct flow){ .x = flow->x - left, .w = flow->w + left + right };
}

/* The symbol's caption is as wide as the symbol, or as the flow when it is centred. */
static int type_caption(struct layout *l, const struct flow *flow, const struct sheet_item *item,
	double symbol_width, struct type *ret)
{
	struct sheet_style style = item->style;
	double width = item->align == SHEET_CENTER ? flow->w : symbol_width;

	if (!*item->right)
		return 0;
	style.align = SHEET_CENTER;
	return type_words(l, item, &style, item->right, width, INFINITY, ret);
}

/* Takes the symbol when there is room for it. */
static int put_qr(struct layout *l, struct flow *flow, const struct sheet_item *item, struct qr *qr)
{
	int dots = (int)fmax(ceil(item->w * SHEET_DOTS_PER_MM / qr_width(qr) - 1e-6), 1);
	double symbol = qr_width(qr) * dots * DOT_PT, quiet = QR_QUIET * dots * DOT_PT;
	double size = symbol + 2 * quiet;
	struct flow room = qr_room(flow, quiet);
	CLEANUP(type_finish) struct type caption = { 0 };
	int rc = type_caption(l, flow, item, symbol, &caption);

	if (rc < 0)
		return rc;
	if (size > room.w + LAYOUT_SLACK_PT)
		return layout_overflow(l, item, "the QR symbol does not fit the width");
	rc = make_room(l, flow, size + caption.line_count * caption.line_height, item);
	if (rc < 0)
		return rc;
	double x = aligned(&room, item->align, size) + quiet;
	layout_mark(l, (struct mark){
			       .kind = MARK_QR,
			       .x = x,
			       .y = flow->y + quiet,
			       .qr = qr,
			       .module_dots = dots,
		       });
	flow->y += size;
	for (int i = 0; i < caption.line_count; i++, flow->y += caption.line_height)
		put_line(l, &caption, i, item->align == SHEET_CENTER ? flow->x : x,
			item->align == SHEET_CENTER ? flow->w : symbol, flow->y + caption.base);
	return 0;
}

static int set_qr(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	struct qr *qr = NULL;
	int rc = qr_create(item->text, item->line, &qr, l->err);

	if (rc == 0)
		rc = put_qr(l, flow, item, qr);
	if (rc < 0)
		qr_destroy(qr);
	return rc;
}

static int set_image(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	cairo_surface_t *image = cairo_image_surface_create_from_png(item->text);
	double w = MM_TO_PT(item->w), h = MM_TO_PT(item->h);
	int rc = 0;

	if (cairo_surface_status(image) != CAIRO_STATUS_SUCCESS) {
		pages_warn(l->pages, "line %d: no picture %s", item->line, item->text);
		cairo_surface_destroy(image);
		return 0;
	}
	if (w > flow->w + LAYOUT_SLACK_PT)
		rc = layout_overflow(l, item, "the picture does not fit the width");
	if (rc == 0)
		rc = make_room(l, flow, h, item);
	if (rc < 0) {
		cairo_surface_destroy(image);
		return rc;
	}
	layout_mark(l, (struct mark){ .kind = MARK_IMAGE,
			       .x = aligned(flow, item->align, w),
			       .y = flow->y,
			       .w = w,
			       .h = h,
			       .image = image });
	flow->y += h;
	return 0;
}

static int set_rule(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	double thickness = MM_TO_PT(item->thickness);
	int rc = make_room(l, flow, thickness, item);

	if (rc < 0)
		return rc;
	layout_mark(l, (struct mark){ .kind = MARK_LINE,
			       .x = flow->x,
			       .y = flow->y + thickness / 2,
			       .w = flow->w,
			       .thickness = thickness });
	flow->y += thickness;
	return 0;
}

static int set_space(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	(void)l;
	if (!flow->is_page || flow->y > flow->top)
		flow->y = fmin(flow->y + MM_TO_PT(item->h), fmax(flow->y, flow->bottom));
	return 0;
}

/* A fixed place must be on the paper; on a roll it extends the paper. */
static int check_place(struct layout *l, const struct sheet_item *item, double right, double bottom)
{
	const struct page *page = this_page(l);

	if (right > page->width + LAYOUT_SLACK_PT ||
		(page->height > 0 && bottom > page->height + LAYOUT_SLACK_PT))
		return layout_overflow(l, item, "lies outside the paper");
	l->lowest = fmax(l->lowest, bottom);
	return 0;
}

static int set_line(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	double x = flow->place_x + MM_TO_PT(item->x), y = flow->place_y + MM_TO_PT(item->y);
	double x2 = flow->place_x + MM_TO_PT(item->w), y2 = flow->place_y + MM_TO_PT(item->h);

	layout_mark(l, (struct mark){ .kind = MARK_LINE,
			       .x = x,
			       .y = y,
			       .w = x2 - x,
			       .h = y2 - y,
			       .thickness = MM_TO_PT(item->thickness) });
	return check_place(l, item, fmax(x, x2), fmax(y, y2));
}

static int set_box(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	double x = flow->place_x + MM_TO_PT(item->x), y = flow->place_y + MM_TO_PT(item->y);
	double w = MM_TO_PT(item->w), h = MM_TO_PT(item->h);

	layout_mark(l, (struct mark){ .kind = MARK_BOX,
			       .x = x,
			       .y = y,
			       .w = w,
			       .h = h,
			       .thickness = MM_TO_PT(item->thickness),
			       .radius = MM_TO_PT(item->radius) });
	return check_place(l, item, x + w, y + h);
}

/* Moves everything set since `from` down, as `valign` requires in the remaining room. */
static void settle(struct layout *l, int from, enum sheet_valign valign, double left_over)
{
	double shift = valign == SHEET_TOP ? 0 : valign == SHEET_BOTTOM ? left_over : left_over / 2;

	marks_move(&l->pages->marks, from, l->pages->marks.count, layout_page(l), 0, shift);
}

/* Sets the content of a frame, squeezed more and more until it fits. If nothing helps, the error is
 * that of the first try. */
static int set_squeezed(struct layout *l, const struct flow *frame, struct flow *inside)
{
	int from = l->pages->marks.count, warned = l->pages->warning_count;
	int at = l->at, outer = l->squeeze, rc = -1;
	struct err *err = l->err, further;

	for (; rc < 0 && l->squeeze <= SQUEEZE_MAX; l->squeeze++) {
		marks_cut(&l->pages->marks, from);
		pages_unwarn(l->pages, warned);
		l->at = at;
		*inside = *frame;
		rc = layout_flow(l, inside);
		l->err = &further;
	}
	l->squeeze = outer;
	l->err = err;
	return rc < 0 ? (int)err->code : 0;
}

static int set_frame(struct layout *l, struct flow *flow, const struct sheet_item *item)
{
	double x = flow->place_x + MM_TO_PT(item->x), y = flow->place_y + MM_TO_PT(item->y);
	double w = MM_TO_PT(item->w), bottom = y + MM_TO_PT(item->h);
	const struct flow frame = {
		.x = x, .w = w, .y = y, .top = y, .bottom = bottom, .place_x = x, .place_y = y
	};
	struct flow inside;
	int from = l->pages->marks.count;
	int rc = check_place(l, item, x + w, bottom);

	if (rc == 0)
		rc = set_squeezed(l, &frame, &inside);
	if (rc < 0)
		return rc;
	l->at++; /* its end */
	settle(l, from, item->valign, bottom - inside.y);
	return 0;
}

/* ---- the whole ---- */

static int (*const setters[SHEET_KIND_COUNT])(
	struct layout *, struct flow *, const struct sheet_item *) = {
	[SHEET_FRAME] = set_frame,
	[SHEET_TABLE] = layout_table,
	[SHEET_TEXT] = set_text,
	[SHEET_PAIR] = set_pair,
	[SHEET_FOLIO] = set_folio,
	[SHEET_QR] = set_qr,
	[SHEET_IMAGE] = set_image,
	[SHEET_RULE] = set_rule,
	[SHEET_SPACE] = set_space,
	[SHEET_LINE] = set_line,
	[SHEET_BOX] = set_box,
};

/* Sets items until one ends their container. */
int layout_flow(struct layout *l, struct flow *flow)
{
	const struct sheet_item *item;

	while ((item = layout_peek(l)) && setters[item->kind]) {
		l->at++;
		int rc = setters[item->kind](l, flow, item);
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* Notes where header and footer are; stops at the first page. */
static void find_parts(struct layout *l)
{
	for (; !layout_next_is(l, SHEET_PAGE); l->at++) {
		if (layout_next_is(l, SHEET_HEADER))
			l->header_at = l->at + 1;
		if (layout_next_is(l, SHEET_FOOTER))
			l->footer_at = l->at + 1;
	}
}

static int set_pages(struct layout *l)
{
	struct flow flow;

	find_parts(l);
	while (layout_next_is(l, SHEET_PAGE)) {
		l->at++;
		int rc = page_begin(l, &flow);
		if (rc == 0)
			rc = layout_flow(l, &flow);
		if (rc == 0)
			rc = page_end(l, &flow);
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* ---- rounds ---- */

#define GROWTH_STEPS 5   /* halvings: 1/32 of the way */
#define STRETCH_LEFT 0.5 /* pt per row: against rounding */

/* What does not change between the rounds of one layout. */
struct task {
	struct fonts *fonts;
	const struct sheet *sheet;
	double growth;
};

static struct layout layout_begin(
	const struct task *task, int total, struct fill *fill, struct pages *pages, struct err *err)
{
	fill->tables = 0;
	fill->least = INFINITY;
	return (struct layout){ .fonts = task->fonts,
		.sheet = task->sheet,
		.pages = pages,
		.err = err,
		.page_total = total,
		.fill = fill,
		.growth = task->growth };
}

/* Folios show the number of pages, which is known only after the layout, so it is done twice. */
static int lay_out(const struct task *task, struct fill *fill, struct pages **ret, struct err *err)
{
	int total = 1;

	for (int round = 0;; round++) {
		CLEANUP(pages_destroyp) struct pages *pages = pages_create(task->sheet);
		struct layout l = layout_begin(task, total, fill, pages, err);
		int rc = set_pages(&l);
		if (rc < 0)
			return rc;
		total = pages->count;
		if (!l.has_folio || total == l.page_total || round == 2) {
			*ret = TAKE(pages);
			return 0;
		}
	}
}

/* The same with equally high rows in all tables that fill their pages. */
static int lay_out_even(
	const struct task *task, struct fill *fill, struct pages **ret, struct err *err)
{
	CLEANUP(pages_destroyp) struct pages *first = NULL;

	*fill = (struct fill){ 0 };
	TRY(lay_out(task, fill, &first, err));
	if (fill->tables > 1)
		return lay_out(task, fill, ret, err);
	*ret = TAKE(first);
	return 0;
}

static bool has_growth(const struct sheet *sheet)
{
	for (int i = 0; i < sheet_item_count(sheet); i++)
		if (sheet_item(sheet, i)->style.max_pt > 0)
			return true;
	return false;
}

/* Type grows as long as the sheet takes no more pages than without, and breaks no more names. */
static double largest_growth(const struct task *task, const struct pages *least)
{
	struct task larger = *task;
	double step = 1;
	struct err ignored;
	struct fill fill;

	for (int i = 0; i <= GROWTH_STEPS; i++, step /= 2) {
		CLEANUP(pages_destroyp) struct pages *pages = NULL;
		double before = larger.growth;
		larger.growth += step;
		if (lay_out_even(&larger, &fill, &pages, &ignored) < 0 ||
			pages->count > least->count || pages->broken_count > least->broken_count)
			larger.growth = before;
		if (larger.growth >= 1)
			break;
	}
	return larger.growth;
}

int pages_layout(
	struct fonts *fonts, const struct sheet *sheet, struct pages **ret, struct err *err)
{
	CLEANUP(pages_destroyp) struct pages *pages = NULL;
	struct task task = { .fonts = fonts, .sheet = sheet };
	struct fill fill;

	TRY(lay_out_even(&task, &fill, &pages, err));
	if (has_growth(sheet)) {
		task.growth = largest_growth(&task, pages);
		pages_destroyp(&pages);
		pages = NULL;
		TRY(lay_out_even(&task, &fill, &pages, err));
	}
	if (fill.tables > 0 && fill.least > STRETCH_LEFT) {
		fill.stretch = fill.least - STRETCH_LEFT;
		pages_destroyp(&pages);
		pages = NULL;
		TRY(lay_out(&task, &fill, &pages, err));
	}
	*ret = TAKE(pages);
	return 0;
}

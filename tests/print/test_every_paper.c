/* Every kind of paper with data that strains it (names of 39 letters and in other scripts, titles
 * of 40 characters, emoji): laid out as jiaplus-paper does it, nothing is clipped, blank, boxed or
 * broken where it must be whole, and each code on it is read at the resolutions of printers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/items/catalogue/title.h"
#include "core/people/resident_acts.h"
#include "core/print/page_model.h"
#include "core/print/render.h"
#include "core/scan/decoder.h"
#include "core/scan/image.h"
#include "tests/lib/ok.h"
#include "tests/lib/printer.h"
#include "tests/lib/test.h"
#include "tests/walk/sheets.h"
#include "tests/walk/walk.h"

#define FONTS       JIAPLUS_BUILDDIR "/core/print"
#define AROUND_MM   8   /* of a code, in the camera's view of the paper */
#define SLACK_PT    1.5 /* how far a glyph may extend beyond its own width */
#define ROWS_A_KIND 6

static const char *const names[] = { "Wolfeschlegelsteinhausenbergerdorffwelt", "阿依古丽·买买提江",
	"欧阳志远", "迪丽热巴·迪力木拉提", "ئايگۈل مەمەتجان", "小\xf0\x9f\x98\x80明", "司徒慧琳",
	"Maria Magdalena Nguyễn Đặng" };
static const char *const titles[] = {
	"社区图书馆捐赠的多功能电动工具套装含冲击钻角磨机曲线锯砂光机和全部配件及说明书两册",
	"Wolfeschlegelsteinhausenbergerdorfftool", "ئۇيغۇرچە لۇغەت ۋە گرامماتىكا كىتابى",
	"折叠梯 \xf0\x9f\x98\x80 ✗", "一套《红楼梦》 · 第12版（2026年12月5日 周六 捐，3 天内归还）"
};

struct papers {
	char *dir;
	struct clock clock;
	struct db *db;
	struct fonts *fonts;
	struct decoder *decoder;
	struct err err;
};

static int64_t volunteer_of(struct papers *p)
{
	int64_t id = 0;

	assert_ok(db_integer(p->db, "SELECT min(id) FROM staff WHERE code = 'wei'", NO_FIELDS, 0,
			  &id, &p->err),
		&p->err);
	return id;
}

/* The ids that a query gives, until -1; the caller's. */
static int64_t *ids_of(struct papers *p, const char *sql)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int64_t *ids = mem_alloc(4096 * sizeof(*ids));
	int count = 0, r;

	assert_ok(query_open(&q, p->db, sql, NO_FIELDS, &p->err), &p->err);
	while ((r = query_next(&q, &p->err)) > 0 && count < 4095)
		ids[count++] = query_int(&q, "id");
	assert_ok(r, &p->err);
	ids[count] = -1;
	return ids;
}

/* People who have left or been erased keep the name. */
static void strain(struct papers *p)
{
	const struct act act = { .role = ROLE_VOLUNTEER, .actor = volunteer_of(p), .why = "试" };
	CLEANUP(mem_free)
	int64_t *people = ids_of(p, "SELECT id FROM resident");
	CLEANUP(mem_free) int64_t *things = ids_of(p, "SELECT id FROM title");
	int renamed = 0;

	for (int i = 0; people[i] >= 0; i++) {
		struct resident_edit edit = RESIDENT_EDIT_INIT;
		edit.name = names[(size_t)i % ARRAY_LEN(names)];
		edit.wall_name = WALL_FULL;
		renamed += resident_edit(p->db, &act, people[i], &edit, &p->err) == 0;
	}
	assert_true(renamed >= PEOPLE / 2);
	for (int i = 0; things[i] >= 0; i++) {
		CLEANUP(title_finish) struct title title = { 0 };
		assert_ok(title_get(p->db, things[i], &title, &p->err), &p->err);
		struct title_draft draft = title_draft_of(&title);
		draft.name = titles[(size_t)i % ARRAY_LEN(titles)];
		draft.pinyin = draft.initials = NULL;
		assert_ok(title_edit(p->db, &act, things[i], &draft, &p->err), &p->err);
	}
}

static int papers_set_up(void **state)
{
	struct papers *p = mem_alloc(sizeof(*p));

	p->dir = folder_make("papers");
	walk_every_act(p->dir);
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", p->dir);
	p->clock = clock_set(1610240400); /* 2021-01-10T09:00+08:00: when the walk ends */
	assert_ok(db_open(path, DB_OPEN, &p->clock, &p->db, &p->err), &p->err);
	assert_ok(fonts_open(FONTS, &p->fonts, &p->err), &p->err);
	assert_ok(decoder_create(&p->decoder, &p->err), &p->err);
	strain(p);
	*state = p;
	return 0;
}

static int papers_tear_down(void **state)
{
	struct papers *p = *state;

	decoder_destroy(p->decoder);
	fonts_close(p->fonts);
	db_close(p->db);
	folder_remove(p->dir);
	free(p->dir);
	free(p);
	return 0;
}

/* ---- what is wrong with a paper ---- */

/* One line of the paper. */
static char *words_of(const struct mark *mark)
{
	const PangoLayoutLine *line = pango_layout_get_line_readonly(mark->layout, mark->line_no);

	return mem_text_n(
		pango_layout_get_text(mark->layout) + line->start_index, (size_t)line->length);
}

static double width_of(const struct mark *mark)
{
	PangoRectangle ink;

	pango_layout_line_get_extents(
		pango_layout_get_line_readonly(mark->layout, mark->line_no), &ink, NULL);
	return (double)(ink.x + ink.width) / PANGO_SCALE;
}

static void check_inside(const char *paper, const struct pages *pages, const struct mark *mark)
{
	const struct page *page = &pages->list[mark->page];
	double right = mark->x + (mark->kind == MARK_TEXT ? width_of(mark) : 0);

	if (mark->x < -SLACK_PT || right > page->width + SLACK_PT || mark->y < 0 ||
		mark->y > page->height) {
		CLEANUP(mem_free)
		char *words = mark->kind == MARK_TEXT ? words_of(mark) : mem_text("a mark");
		fail_msg("%s: \"%s\" is clipped", paper, words);
	}
}

static bool is_one_of(const char *text, const char *list)
{
	return *text && g_utf8_strchr(list, -1, g_utf8_get_char(text));
}

/* Digits are bound to a following 年, 月 or 日, and 月 to following digits. */
static bool is_broken_date(const char *line, const char *next)
{
	const char *last = g_utf8_find_prev_char(line, line + strlen(line));
	bool ends_in_digit = last && g_ascii_isdigit(*last);

	return (ends_in_digit && (is_one_of(next, "年月日") || g_ascii_isdigit(*next))) ||
	       (last && is_one_of(last, "年月") && g_ascii_isdigit(*next));
}

/* Two lines of one text. */
static void check_lines(const char *paper, const char *line, const char *next)
{
	if (is_broken_date(line, next))
		fail_msg("%s: a date is broken: \"%s\" \"%s\"", paper, line, next);
	if (is_one_of(next, "·、，。；：！？）》”"))
		fail_msg("%s: \"%s\" begins a line", paper, next);
}

static bool has_year(const char *words)
{
	for (const char *s = words; (s = strstr(s, "202")); s++)
		if (g_ascii_isdigit(s[3]))
			return true;
	return false;
}

/* Each page of an office paper says its year and, in the foot, when it was printed. */
static void check_years(const char *paper, const struct pages *pages)
{
	for (int page = 0; page < pages->count; page++) {
		int years = 0;
		for (int i = 0; i < pages->marks.count; i++) {
			const struct mark *mark = &pages->marks.list[i];
			if (mark->kind != MARK_TEXT || mark->page != page)
				continue;
			CLEANUP(mem_free) char *words = words_of(mark);
			years += has_year(words);
		}
		if (years < 2)
			fail_msg("%s: page %d lacks its year", paper, page + 1);
	}
}

static void check_marks(const char *paper, const struct pages *pages)
{
	const struct mark *before = NULL;

	for (int i = 0; i < pages->marks.count; i++) {
		const struct mark *mark = &pages->marks.list[i];
		check_inside(paper, pages, mark);
		if (mark->kind == MARK_TEXT && before && before->layout == mark->layout) {
			CLEANUP(mem_free) char *line = words_of(before);
			CLEANUP(mem_free) char *next = words_of(mark);
			check_lines(paper, line, next);
		}
		before = mark->kind == MARK_TEXT ? mark : NULL;
	}
}

/* Paper that is cut or framed does not have our frame. */
static bool is_framed(const struct walk_sheet *sheet, const struct sheet *parsed)
{
	static const char *const others[] = { "cards_build", "labels_build", "certificate_build" };

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (strcmp(sheet->builder, others[i]) == 0)
			return false;
	return sheet_paper(parsed)->width_mm >= 210;
}

/* ---- a paper ---- */

static struct render laid_out(struct papers *p, const struct walk_sheet *sheet, int64_t id)
{
	static const struct letterhead head = { .language = "zh_CN" };
	CLEANUP(sheet_destroyp) struct sheet *built = NULL;
	struct render render = { 0 };

	if (sheet->draw(p->db, &head, id, &built, &p->err) < 0)
		fail_msg("%s: %s", sheet->builder, reason_name(p->err.reasons[0].code));
	CLEANUP(mem_free) char *text = sheet_take_text(built);
	const struct render_source source = { text, strlen(text), "2026-12-01T14:06:00+08:00" };
	if (render_init(p->fonts, &source, &render, &p->err) < 0)
		fail_msg("%s: %s: %s", sheet->builder, reason_name(p->err.reasons[0].code),
			p->err.reasons[0].text);
	return render;
}

static void check_paper(struct papers *p, const struct walk_sheet *sheet, int64_t id)
{
	CLEANUP(render_finish) struct render render = laid_out(p, sheet, id);

	if (pages_warning_count(render.pages) > 0)
		fail_msg("%s: %s", sheet->builder, pages_warning(render.pages, 0));
	check_marks(sheet->builder, render.pages);
	if (is_framed(sheet, render.sheet))
		check_years(sheet->builder, render.pages);
}

static void each_paper(struct papers *p, int rows_max,
	void (*check)(struct papers *, const struct walk_sheet *, int64_t id))
{
	for (const struct walk_sheet *sheet = walk_sheets; sheet->builder; sheet++) {
		CLEANUP(mem_free) int64_t *ids = ids_of(p, sheet->rows);
		for (int i = 0; i < rows_max && ids[i] >= 0; i++)
			check(p, sheet, ids[i]);
	}
}

TEST(nothing_is_clipped_boxed_or_broken_on_any_paper, none)
{
	each_paper(*state, ROWS_A_KIND, check_paper);
}

/* ---- codes ---- */

/* The page in grey at a resolution. */
static void draw_page(const struct pages *pages, int page, int dpi, struct image *ret)
{
	double w, h, scale = dpi / 72.0;

	pages_size(pages, page, &w, &h);
	image_resize(ret, (int)(w * scale), (int)(h * scale));
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, ret->width, ret->height);
	cairo_t *cr = cairo_create(surface);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, scale, scale);
	pages_draw(pages, page, cr, false);
	cairo_destroy(cr);
	cairo_surface_flush(surface);
	const unsigned char *data = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);
	for (int y = 0; y < ret->height; y++)
		for (int x = 0; x < ret->width; x++)
			ret->pixels[y * ret->width + x] = data[y * stride + x * 4];
	cairo_surface_destroy(surface);
}

/* The view of a camera that is held over one code. */
static struct frame held_over(const struct image *page, const struct mark *mark, int dpi)
{
	double scale = dpi / 72.0, around = MM_TO_PT(AROUND_MM);
	double size = qr_width(mark->qr) * mark->module_dots * DOT_PT;
	int left = (int)fmax((mark->x - around) * scale, 0);
	int top = (int)fmax((mark->y - around) * scale, 0);
	int right = (int)fmin((mark->x + size + around) * scale, page->width);
	int bottom = (int)fmin((mark->y + size + around) * scale, page->height);
	struct frame frame = image_frame(page);

	frame.pixels += (size_t)top * (size_t)frame.stride + (size_t)left;
	frame.width = right - left;
	frame.height = bottom - top;
	return frame;
}

/* Whether this is a code of the sheet's. */
static bool is_payload(const struct sheet *sheet, const struct reading *reading)
{
	for (int i = 0; i < sheet_item_count(sheet); i++) {
		const struct sheet_item *item = sheet_item(sheet, i);
		if (item->kind == SHEET_QR && strlen(item->text) == reading->size &&
			memcmp(item->text, reading->bytes, reading->size) == 0)
			return true;
	}
	return false;
}

static void check_code(struct papers *p, const char *paper, const struct render *render,
	const struct mark *mark, int dpi)
{
	const struct reading *readings;
	struct image page = { 0 };

	draw_page(render->pages, mark->page, dpi, &page);
	const struct frame frame = held_over(&page, mark, dpi);
	int found = decoder_read(p->decoder, &frame, DECODE_STILL, &readings);
	for (int i = 0; i < found; i++)
		if (is_payload(render->sheet, &readings[i])) {
			image_finish(&page);
			return;
		}
	image_finish(&page);
	fail_msg(
		"%s: a code on page %d is not read at %d dots an inch", paper, mark->page + 1, dpi);
}

/* The first and the last code of each paper: the others are drawn the same way. */
static void check_codes(struct papers *p, const struct walk_sheet *sheet, int64_t id)
{
	static const int resolutions[] = { 300, 203, 150 };
	CLEANUP(render_finish) struct render render = laid_out(p, sheet, id);
	const struct marks *marks = &render.pages->marks;
	const struct mark *first = NULL, *last = NULL;

	for (int i = 0; i < marks->count; i++)
		if (marks->list[i].kind == MARK_QR) {
			first = first ? first : &marks->list[i];
			last = &marks->list[i];
		}
	for (size_t i = 0; first && i < ARRAY_LEN(resolutions); i++) {
		check_code(p, sheet->builder, &render, first, resolutions[i]);
		if (last != first)
			check_code(p, sheet->builder, &render, last, resolutions[i]);
	}
}

TEST(codes_on_every_paper_are_read_at_300_203_and_150_dots_an_inch, none)
{
	each_paper(*state, 1, check_codes);
}

TEST_FILE(.setup = papers_set_up, .teardown = papers_tear_down)

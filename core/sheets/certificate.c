#include "core/sheets/certificate.h"

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/sheets/wording.h"
#include "core/words_points.h"

/* mm, on a page of 297 × 210 */
#define PAGE_W  297.0
#define PAGE_H  210.0
#define CORNER  14.0 /* where the ornaments begin */
#define INSIDE  34.0 /* where text begins, on both sides */
#define WORDS_W (PAGE_W - 2 * INSIDE)

/* ---- the frame ---- */

struct point {
	double x, y;
};

/* A key pattern (回纹), drawn once and turned into each corner. */
static void draw_path(
	struct sheet *sheet, const struct point *path, int count, bool right, bool low)
{
	for (int i = 1; i < count; i++) {
		double x1 = CORNER + path[i - 1].x, y1 = CORNER + path[i - 1].y;
		double x2 = CORNER + path[i].x, y2 = CORNER + path[i].y;
		sheet_line(sheet, right ? PAGE_W - x1 : x1, low ? PAGE_H - y1 : y1,
			right ? PAGE_W - x2 : x2, low ? PAGE_H - y2 : y2, 0.55);
	}
}

static void draw_frame(struct sheet *sheet)
{
	static const struct point outer[] = { { 4, 16 }, { 4, 20 }, { 0, 20 }, { 0, 0 }, { 20, 0 },
		{ 20, 4 }, { 16, 4 } };
	static const struct point inner[] = { { 4, 12 }, { 4, 4 }, { 12, 4 }, { 12, 8 }, { 8, 8 },
		{ 8, 12 }, { 4, 12 } };

	sheet_box(sheet, 7, 7, PAGE_W - 14, PAGE_H - 14, 1.6, 0);
	sheet_box(sheet, 10, 10, PAGE_W - 20, PAGE_H - 20, 0.35, 0);
	for (int corner = 0; corner < 4; corner++) {
		draw_path(sheet, outer, ARRAY_LEN(outer), corner & 1, corner & 2);
		draw_path(sheet, inner, ARRAY_LEN(inner), corner & 1, corner & 2);
	}
}

/* ---- the words ---- */

static void put_title(
	struct sheet *sheet, const struct letterhead *letterhead, const struct site *site)
{
	static const struct sheet_style title = { .size_pt = 50,
		.min_pt = 34,
		.max_lines = 1,
		.leading = 1.2,
		.is_bold = true,
		.align = SHEET_CENTER };

	sheet_frame(sheet, INSIDE, 19, WORDS_W, 48, SHEET_TOP);
	letterhead_top(sheet, letterhead, site);
	sheet_space(sheet, 2);
	sheet_text(sheet, title, _("Certificate of honour"));
	sheet_end(sheet);
}

static char *body_text(const struct certificate *c)
{
	CLEANUP(mem_free) char *hours = words_duration(c->minutes.n);
	CLEANUP(mem_free) char *points = words_points(c->earned.n);

	if (c->year == 0)
		return mem_printf(_("With %s of volunteer service in all you have become a %s. "
				    "Your time has made this a warmer place. With our thanks and "
				    "our respect we give you this certificate."),
			hours, words_star_rank(c->stars));
	if (c->minutes.n == 0)
		return mem_printf(_("In %d you earned %s with what you did for your neighbours. "
				    "You have made this a warmer place. With our thanks and our "
				    "respect we give you this certificate."),
			c->year, points);
	return mem_printf(_("In %d you gave your neighbours %s of volunteer service. Your time has "
			    "made this a warmer place. With our thanks and our respect we give you "
			    "this certificate."),
		c->year, hours);
}

static void put_words(struct sheet *sheet, const struct certificate *c)
{
	static const struct sheet_style name = {
		.size_pt = 25, .min_pt = 16, .max_lines = 1, .is_bold = true
	};
	static const struct sheet_style body = {
		.size_pt = 20, .min_pt = 14, .max_lines = 4, .leading = 1.7
	};
	CLEANUP(mem_free) char *text = body_text(c);
	CLEANUP(mem_free) char *whom = mem_printf(_("To %s,"), c->name);

	sheet_frame(sheet, INSIDE, 70, WORDS_W, 58, SHEET_TOP);
	sheet_text(sheet, name, whom);
	sheet_space(sheet, 2);
	sheet_text(sheet, body, text);
	sheet_end(sheet);
}

static void put_figure(struct sheet *sheet, const char *big_text, const char *label)
{
	static const struct sheet_style big = {
		.size_pt = 21, .min_pt = 12, .max_lines = 1, .is_bold = true, .align = SHEET_CENTER
	};
	static const struct sheet_style small = {
		.size_pt = 11, .is_quiet = true, .align = SHEET_CENTER
	};

	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, big, big_text);
	sheet_text(sheet, small, label);
}

/* As many lines as there is something to say. */
static void put_figures(struct sheet *sheet, const struct certificate *c)
{
	static const double widths[] = { 0, 0, 0, 0 };
	const bool has[] = { c->minutes.n > 0, c->stars > 0, c->place > 0,
		c->year && c->earned.n > 0 };
	int count = has[0] + has[1] + has[2] + has[3];
	const struct sheet_table table = {
		.rules = SHEET_RULES_NONE, .column_count = count, .widths_mm = widths
	};
	CLEANUP(mem_free) char *hours = words_duration(c->minutes.n);
	CLEANUP(mem_free) char *points = words_points(c->earned.n);
	CLEANUP(mem_free) char *place = mem_printf(_("no. %d"), c->place);

	sheet_frame(sheet, INSIDE, 127, WORDS_W, 22, SHEET_MIDDLE);
	sheet_table(sheet, &table);
	sheet_row(sheet, 0);
	if (has[0])
		put_figure(sheet, hours, c->year ? _("hours in the year") : _("hours in all"));
	if (has[1])
		put_figure(sheet, words_stars(c->stars), words_star_rank(c->stars));
	if (has[2])
		put_figure(sheet, place, _("of the year"));
	if (has[3])
		put_figure(sheet, points, _("earned in the year"));
	sheet_end(sheet);
	sheet_end(sheet);
}

static void put_foot(
	struct sheet *sheet, const struct certificate *c, const struct house_lines *house)
{
	static const struct sheet_style small = { .size_pt = 9.5 };
	static const struct sheet_style right = {
		.size_pt = 15, .min_pt = 11, .max_lines = 2, .leading = 1.5, .align = SHEET_RIGHT
	};
	struct day on = when_day(c->issued_at);
	CLEANUP(mem_free) char *number = mem_printf(_("No. %06lld"), (long long)c->number);
	char code[CODE_TEXT_MAX];

	code_write_id(CODE_HONOUR, c->id, code);
	sheet_frame(sheet, INSIDE, 152, 60, 38, SHEET_BOTTOM);
	sheet_qr(sheet, 20, SHEET_LEFT, code, small, number);
	sheet_end(sheet);
	sheet_frame(sheet, PAGE_W / 2, 152, PAGE_W / 2 - INSIDE, 38, SHEET_BOTTOM);
	sheet_textf(sheet, right, "%s %s", house->site.name, house->site.community);
	sheet_text(sheet, right, _("(stamp)"));
	/* Year, month, day. */
	sheet_textf(sheet, right, _("%d-%02d-%02d"), on.year, on.month, on.day);
	sheet_end(sheet);
}

int certificate_build(struct db *db, const struct letterhead *letterhead,
	const struct certificate *certificate, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	wording_begin(&wording, letterhead->language);
	TRY(house_lines_get(db, &house, err));
	sheet = sheet_create(
		&sheet_a4_landscape, _("Certificate of honour"), certificate->issued_at);
	sheet_page(sheet);
	draw_frame(sheet);
	put_title(sheet, letterhead, &house.site);
	put_words(sheet, certificate);
	put_figures(sheet, certificate);
	put_foot(sheet, certificate, &house);
	*ret = TAKE(sheet);
	return 0;
}

#include "core/sheets/roster.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/duty/roster_table.h"
#include "core/duty/shift_gap.h"
#include "core/people/resident.h"
#include "core/sheets/wording.h"
#include "core/site/hours.h"

#define PT_MM       (25.4 / 72)
#define LEADING     1.25 /* of names */
#define PAD_X_MM    0.8
#define PAD_Y_MM    1.2
#define SLACK_MM    4 /* for what is higher than it is taken for */
#define QR_QUIET_MM 5 /* around a symbol */

/* Sizes that differ between papers. */
struct look {
	const struct sheet_media *media;
	double name_pt, head_pt, period_pt, title_pt, small_pt;
	double period_mm, sign_mm, qr_mm;
	int days_a_page; /* fewer than a week: the paper is glued together */
	double min_pt;   /* names shrink down to this before the week takes a second page */
};

static const struct sheet_media a4_upright = { 210, 297, false, 12, 8, 12, 8 };
static const struct look looks[ROSTER_PAPER_COUNT] = {
	[ROSTER_A4] = { &sheet_a4_landscape, 14, 13, 11.5, 22, 9, 25, 8.5, 0, 7, 10 },
	[ROSTER_A3] = { &sheet_a3_landscape, 20, 18, 16, 32, 12, 38, 12, 0, 7, 14 },
	[ROSTER_A3_TILED] = { &a4_upright, 20, 18, 16, 26, 11, 36, 12, 0, 4, 14 },
};
/* Copies for the desk are read sitting, and signed by scanning: the code takes the place of the
 * signature column on the wall. */
static const struct look desk_looks[ROSTER_PAPER_COUNT] = {
	[ROSTER_A4] = { &sheet_a4_landscape, 9.5, 13, 10, 22, 9, 25, 16.5, 10, 7, 9 },
	[ROSTER_A3] = { &sheet_a3_landscape, 14, 18, 14, 32, 12, 38, 21, 14, 7, 12 },
	[ROSTER_A3_TILED] = { &a4_upright, 13, 18, 13, 26, 11, 36, 21, 14, 4, 12 },
};

/* What is drawn, read before the drawing begins. */
struct paper {
	struct db *db;
	const struct look *look;
	double name_pt; /* the look's, or less */
	const struct roster_options *options;
	struct roster roster;
	struct roster_table table;
	struct house_lines house;
	struct closure *closures;
	int closure_count;
	bool has_stand_in, has_change;
};

static void paper_finish(struct paper *p)
{
	roster_table_finish(&p->table);
	roster_finish(&p->roster);
	house_lines_finish(&p->house);
	if (p->closure_count > 0)
		hours_closures_finish(p->closures, p->closure_count);
}

static int read_paper(struct paper *p, struct week week, struct err *err)
{
	TRY(roster_get(p->db, week, &p->roster, err));
	if (p->roster.shifts.count == 0)
		return err_set(err, ERR_REFUSED, REASON(ROSTER_EMPTY));
	roster_table(&p->roster, &p->table);
	TRY(house_lines_get(p->db, &p->house, err));
	p->closure_count = hours_closures(p->db, p->roster.monday, &p->closures, err);
	return p->closure_count < 0 ? p->closure_count : 0;
}

/* ---- head and foot ---- */

char *roster_title(const struct letterhead *letterhead, struct week week)
{
	CLEANUP(wording_end) struct wording wording;

	wording_begin(&wording, letterhead->language);
	return mem_printf(_("Duty roster, week %d"), week.week);
}

enum print_purpose roster_purpose(enum roster_paper paper)
{
	return paper == ROSTER_A3 ? PURPOSE_OFFICE_A3 : PURPOSE_OFFICE_A4;
}

static char *version_words(const struct paper *p)
{
	CLEANUP(mem_free) char *printed = words_instant_paper(db_now(p->db), db_now(p->db));

	switch (p->roster.state) {
	case ROSTER_PUBLISHED:
		return mem_printf(_("version %d · printed %s"), p->roster.version, printed);
	case ROSTER_AMENDED:
		return mem_printf(
			_("version %d, changed since · printed %s"), p->roster.version, printed);
	case ROSTER_NONE:
	case ROSTER_DRAFT:
	case ROSTER_STATE_COUNT:
		break;
	}
	return mem_printf(_("draft · printed %s"), printed);
}

static char *dates_words(const struct paper *p)
{
	struct day today = when_day(db_now(p->db)), sunday = day_add(p->roster.monday, 6);
	CLEANUP(mem_free) char *from = words_date(p->roster.monday, today);
	CLEANUP(mem_free) char *until = words_date(sunday, today);

	return mem_printf("%s – %s", from, until);
}

/* Each page says which week it shows, also the second one. */
static void put_head(struct sheet *sheet, const struct paper *p, const char *title)
{
	const struct look *look = p->look;
	const struct sheet_style name = { .size_pt = look->title_pt, .is_bold = true };
	const struct sheet_style dates = {
		.size_pt = look->head_pt, .is_bold = true, .align = SHEET_RIGHT
	};
	const struct sheet_style small = { .size_pt = look->small_pt };
	const struct sheet_style right = { .size_pt = look->small_pt, .align = SHEET_RIGHT };
	CLEANUP(mem_free) char *when = dates_words(p);
	CLEANUP(mem_free) char *version = version_words(p);
	CLEANUP(mem_free)
	char *who = mem_printf("%s%s%s", p->house.site.name, *p->house.site.community ? " · " : "",
		p->house.site.community);

	sheet_header(sheet);
	sheet_pair(sheet, name, title, dates, when);
	sheet_pair(sheet, small, who, right, version);
	sheet_space(sheet, 2);
	sheet_end(sheet);
}

/* Only marks on this paper are explained. */
static char *legend(const struct paper *p)
{
	return mem_printf("%s%s%s", _("★ leads   ○ place still open"),
		p->has_stand_in ? _("   ▲ stand-in") : "",
		p->has_change ? _("   ※ changed since the version before") : "");
}

static void put_foot(struct sheet *sheet, const struct paper *p)
{
	const struct sheet_style small = { .size_pt = p->look->small_pt };
	const struct sheet_style right = { .size_pt = p->look->small_pt, .align = SHEET_RIGHT };
	CLEANUP(mem_free) char *marks = legend(p);
	CLEANUP(mem_free)
	char *cannot = *p->house.site.phone
			       ? mem_printf(_("Can't come? Say so early: at the counter (scan your "
					      "card, then Duty), or by phone %s"),
					 p->house.site.phone)
			       : mem_text(_("Can't come? Say so early: at the counter, scan your "
					    "card, then Duty"));

	sheet_footer(sheet);
	sheet_space(sheet, 1.5);
	sheet_pair(sheet, small, cannot, right, marks);
	sheet_end(sheet);
}

/* ---- the table ---- */

static const char *closure_on(const struct paper *p, struct day day)
{
	for (int i = 0; i < p->closure_count; i++)
		if (day_compare(p->closures[i].from, day) <= 0 &&
			day_compare(p->closures[i].until, day) >= 0)
			return p->closures[i].name;
	return NULL;
}

static void put_day(struct sheet *sheet, const struct paper *p, int index)
{
	const struct sheet_style head = { .size_pt = p->look->head_pt,
		.min_pt = p->look->head_pt * 0.7,
		.max_lines = 3,
		.leading = 1.2,
		.is_bold = true,
		.align = SHEET_CENTER };
	struct day day = day_add(p->roster.monday, index);
	const char *holiday = closure_on(p, day);

	/* Month and day: the week is in the head. */
	sheet_cell(sheet, 2, SHEET_MIDDLE);
	sheet_textf(sheet, head, _("%1$s\n%2$d/%3$d%4$s%5$s"),
		words_weekday_short(day_weekday(day)), day.month, day.day, holiday ? "\n" : "",
		holiday ? holiday : "");
}

static void put_period(struct sheet *sheet, const struct paper *p, const struct roster_row *row)
{
	const struct look *look = p->look;
	const struct sheet_style hours = { .size_pt = look->period_pt,
		.min_pt = look->period_pt * 0.7,
		.max_lines = 1,
		.is_bold = true,
		.align = SHEET_CENTER };
	const struct sheet_style name = {
		.size_pt = look->period_pt * 0.87, .leading = 1.2, .align = SHEET_CENTER
	};
	int64_t midnight = when_day_start(p->roster.monday);
	CLEANUP(mem_free)
	char *span = words_span(midnight + row->start * 60, midnight + row->end * 60);

	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, hours, span);
	sheet_text(sheet, name, row->name);
}

static int put_person(
	struct sheet *sheet, const struct paper *p, const struct assignment *who, struct err *err)
{
	const struct sheet_style style = {
		.size_pt = p->name_pt, .leading = LEADING, .is_bold = who->is_leader
	};
	CLEANUP(mem_free) char *name = NULL;
	bool is_change = roster_is_change(&p->roster, who);

	TRY(resident_wall_name(p->db, who->resident, &name, err));
	sheet_textf(sheet, style, "%s%s%s%s", who->is_leader ? "★" : "", who->stands_for ? "▲" : "",
		name, is_change ? "※" : "");
	return 0;
}

static int put_gaps(
	struct sheet *sheet, const struct paper *p, const struct shift *shift, struct err *err)
{
	const struct sheet_style style = { .size_pt = p->look->period_pt, .leading = 1.2 };
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };

	TRY(shift_gaps(p->db, shift, &gaps, err));
	if (gaps.places > 0)
		sheet_textf(sheet, style, _("○ %lld more needed"), (long long)gaps.places);
	for (int i = 0; i < gaps.count; i++)
		sheet_textf(sheet, style, _("○ lacks: %s"), gaps.rows[i].name);
	return 0;
}

static void put_code(struct sheet *sheet, const struct paper *p, const struct shift *shift)
{
	char code[CODE_TEXT_MAX];

	code_write_id(CODE_SHIFT, shift->id, code);
	sheet_qr(sheet, p->look->qr_mm, SHEET_CENTER, code, (struct sheet_style){ 0 }, NULL);
}

/* If the hours differ from the period's own, the cell says so. */
static void put_name(struct sheet *sheet, const struct paper *p, const struct roster_row *row,
	const struct shift *shift)
{
	const struct sheet_style style = { .size_pt = p->look->period_pt * 0.87, .leading = 1.2 };

	if (strcmp(row->name, shift->name) != 0)
		sheet_text(sheet, style, shift->name);
}

static int put_cell(struct sheet *sheet, const struct paper *p, const struct roster_row *row,
	const struct shift *shift, struct err *err)
{
	sheet_cell(sheet, 1, SHEET_TOP);
	if (shift) {
		put_name(sheet, p, row, shift);
		for (int i = 0; i < shift->people_count; i++)
			TRY(put_person(sheet, p, &shift->people[i], err));
		TRY(put_gaps(sheet, p, shift, err));
	}
	sheet_cell(sheet, 1, SHEET_TOP); /* to sign in */
	if (shift && p->options->is_desk_copy)
		put_code(sheet, p, shift);
	return 0;
}

/* ---- how high it will be ---- */

/* As set in our fonts: a Chinese character is an em wide, a Latin one about half. */
static int half_ems(const char *name)
{
	int halves = 0;

	for (unsigned c; (c = text_next(&name));)
		halves += c < 0x80 ? 1 : 2;
	return halves;
}

/* The lines that a name takes. */
static int lines_of(
	const struct paper *p, const struct assignment *who, double width_mm, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;

	TRY(resident_wall_name(p->db, who->resident, &name, err));
	int halves = half_ems(name) + (who->is_leader ? 2 : 0) + (who->stands_for ? 2 : 0) +
		     (roster_is_change(&p->roster, who) ? 2 : 0);
	int fitting = (int)(width_mm / (p->name_pt * PT_MM / 2));
	return fitting < 2 ? halves : (halves + fitting - 1) / fitting;
}

/* The height of the names, the gaps and the code in one cell; negative: an error. */
static double shift_height(const struct paper *p, const struct roster_row *row,
	const struct shift *shift, double width_mm, struct err *err)
{
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };
	double small = p->look->period_pt * 1.2 * PT_MM, height = 2 * PAD_Y_MM;

	for (int i = 0; i < shift->people_count; i++) {
		int lines = lines_of(p, &shift->people[i], width_mm, err);
		if (lines < 0)
			return lines;
		height += lines * p->name_pt * LEADING * PT_MM;
	}
	if (shift_gaps(p->db, shift, &gaps, err) < 0)
		return -1;
	height += (gaps.count + (gaps.places > 0)) * small;
	height += strcmp(row->name, shift->name) != 0 ? small : 0;
	double code = p->options->is_desk_copy ? p->look->qr_mm + QR_QUIET_MM + 2 * PAD_Y_MM : 0;
	return height > code ? height : code;
}

static double days_width(const struct paper *p)
{
	const struct sheet_media *media = p->look->media;
	double across = media->is_landscape ? media->height_mm : media->width_mm;
	double days = across - media->left_mm - media->right_mm - p->look->period_mm;

	return days / p->look->days_a_page - p->look->sign_mm - 2 * PAD_X_MM;
}

/* Rows of pages that are glued together are as high as their fullest shift, on both. */
static double row_height(const struct paper *p, const struct roster_row *row, struct err *err)
{
	double highest = 2 * p->name_pt * LEADING * PT_MM + 3;

	for (int day = 0; day < ROSTER_DAYS; day++) {
		if (row->shifts[day] < 0)
			continue;
		double its = shift_height(
			p, row, &p->roster.shifts.rows[row->shifts[day]], days_width(p), err);
		if (its < 0)
			return its;
		highest = its > highest ? its : highest;
	}
	return highest;
}

/* What the page leaves between its head, with that of the table, and its foot. */
static double room(const struct paper *p)
{
	const struct sheet_media *media = p->look->media;
	double down = media->is_landscape ? media->width_mm : media->height_mm;
	double head = (p->look->title_pt + p->look->small_pt) * 1.3 * PT_MM + 2;
	double foot = p->look->small_pt * 1.3 * PT_MM + 1.5;
	double days =
		(p->closure_count > 0 ? 3 : 2) * p->look->head_pt * 1.2 * PT_MM + 2 * PAD_Y_MM;

	return down - media->top_mm - media->bottom_mm - head - foot - days - SLACK_MM;
}

/* As large as the week fits on one page; a week that is too full for the smallest size takes
 * several pages, in the usual size. */
static int choose_size(struct paper *p, struct err *err)
{
	for (p->name_pt = p->look->name_pt; p->name_pt >= p->look->min_pt; p->name_pt -= 0.5) {
		double height = 0;
		for (int i = 0; i < p->table.count; i++) {
			double its = row_height(p, &p->table.rows[i], err);
			if (its < 0)
				return (int)err->code;
			height += its;
		}
		if (height <= room(p))
			return 0;
	}
	p->name_pt = p->look->name_pt;
	return 0;
}

static void begin_table(struct sheet *sheet, const struct paper *p, int from, int until)
{
	double widths[1 + 2 * ROSTER_DAYS];
	const struct sheet_style head = { .size_pt = p->look->small_pt, .align = SHEET_CENTER };
	int count = 0;

	widths[count++] = p->look->period_mm;
	for (int day = from; day < until; day++) {
		widths[count++] = 0;
		widths[count++] = p->look->sign_mm;
	}
	const struct sheet_table table = { .rules = SHEET_RULES_GRID,
		.pad_x_mm = PAD_X_MM,
		.pad_y_mm = PAD_Y_MM,
		.column_count = count,
		.widths_mm = widths };
	sheet_table(sheet, &table);
	sheet_head(sheet, p->look->head_pt);
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, head,
		p->options->is_desk_copy ? _("scan the code\nto sign in")
					 : _("names left,\nsign at the right"));
	for (int day = from; day < until; day++)
		put_day(sheet, p, day);
}

static int put_table(
	struct sheet *sheet, const struct paper *p, int from, int until, struct err *err)
{
	begin_table(sheet, p, from, until);
	for (int i = 0; i < p->table.count; i++) {
		const struct roster_row *row = &p->table.rows[i];
		double height = row_height(p, row, err);
		if (height < 0)
			return (int)err->code;
		sheet_row(sheet, height);
		put_period(sheet, p, row);
		for (int day = from; day < until; day++)
			TRY(put_cell(
				sheet, p, row, roster_cell(&p->roster, &p->table, i, day), err));
	}
	sheet_end(sheet);
	return 0;
}

static int put_pages(struct sheet *sheet, const struct paper *p, struct err *err)
{
	for (int from = 0; from < ROSTER_DAYS; from += p->look->days_a_page) {
		int until = from + p->look->days_a_page;
		sheet_page(sheet);
		TRY(put_table(sheet, p, from, until < ROSTER_DAYS ? until : ROSTER_DAYS, err));
	}
	return 0;
}

/* The foot explains the marks in the table: they are looked up first. */
static void find_marks(struct paper *p)
{
	for (int i = 0; i < p->roster.shifts.count; i++) {
		const struct shift *shift = &p->roster.shifts.rows[i];
		for (int j = 0; j < shift->people_count; j++) {
			p->has_stand_in = p->has_stand_in || shift->people[j].stands_for;
			p->has_change =
				p->has_change || roster_is_change(&p->roster, &shift->people[j]);
		}
	}
}

int roster_build(struct db *db, const struct letterhead *letterhead, struct week week,
	const struct roster_options *options, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(paper_finish)
	struct paper p = { .db = db,
		.look = &(options->is_desk_copy ? desk_looks : looks)[options->paper],
		.options = options };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	CLEANUP(mem_free) char *title = roster_title(letterhead, week);

	wording_begin(&wording, letterhead->language);
	TRY(read_paper(&p, week, err));
	find_marks(&p);
	TRY(choose_size(&p, err));
	sheet = sheet_create(p.look->media, title, db_now(db));
	put_head(sheet, &p, title);
	put_foot(sheet, &p);
	TRY(put_pages(sheet, &p, err));
	*ret = TAKE(sheet);
	return 0;
}

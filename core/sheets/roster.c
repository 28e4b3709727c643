#include "core/sheets/roster.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/duty/reasons.h"
#include "core/duty/roster_table.h"
#include "core/duty/shift_gap.h"
#include "core/people/resident.h"
#include "core/sheets/office.h"
#include "core/sheets/wording.h"
#include "core/site/hours.h"

#define LEADING  1.15 /* of names */
#define PAD_X_MM 0.8
#define PAD_Y_MM 0.7

/* Sizes that differ between papers. Names have at least name_pt, so that the week can be read from
 * two metres, and grow as far as the sheet has room for them. */
struct look {
	const struct sheet_media *media;
	double name_pt, name_max_pt, head_pt, head_max_pt, period_pt, period_max_pt;
	double period_mm;
	double code_mm, qr_mm; /* desk copies: a column for codes */
	int days_a_page;       /* fewer than a week: the paper is glued together */
};

static const struct sheet_media a4_wide = { 210, 297, true, 9, 10, 9, 10 };
static const struct sheet_media a4_upright = { 210, 297, false, 12, 8, 12, 8 };
static const struct look looks[ROSTER_PAPER_COUNT] = {
	[ROSTER_A4] = { &a4_wide, 14, 24, 13, 20, 11, 15, 25, 0, 0, 7 },
	[ROSTER_A3] = { &sheet_a3_landscape, 18, 36, 18, 30, 15, 22, 38, 0, 0, 7 },
	[ROSTER_A3_TILED] = { &a4_upright, 18, 36, 18, 30, 15, 20, 36, 0, 0, 4 },
};
/* Copies for the desk are read sitting, and signed by scanning: the code takes the place of the
 * signature column on the wall. */
static const struct look desk_looks[ROSTER_PAPER_COUNT] = {
	[ROSTER_A4] = { &a4_wide, 8.5, 14, 13, 16, 10, 12, 25, 16.5, 10, 7 },
	[ROSTER_A3] = { &sheet_a3_landscape, 12, 24, 18, 24, 14, 18, 38, 21, 14, 7 },
	[ROSTER_A3_TILED] = { &a4_upright, 12, 24, 18, 24, 13, 18, 36, 21, 14, 4 },
};

/* What is drawn, read before the drawing begins. */
struct paper {
	struct db *db;
	const struct look *look;
	const struct roster_options *options;
	struct roster roster;
	struct roster_table table;
	struct house_lines house;
	struct closure *closures;
	int closure_count;
	bool has_stand_in, has_change, has_cancelled;
};

static void paper_finish(struct paper *p)
{
	roster_table_finish(&p->table);
	roster_finish(&p->roster);
	house_lines_finish(&p->house);
	if (p->closure_count > 0)
		hours_closures_finish(p->closures, p->closure_count);
}

/* Shifts that were cancelled after they had hung on the wall stay on it, crossed out. */
static int add_cancelled(struct paper *p, struct err *err)
{
	CLEANUP(shift_list_finish) struct shift_list cancelled = { 0 };
	struct shift_list *all = &p->roster.shifts;

	if (p->roster.baseline_at == 0)
		return 0;
	TRY(shifts_cancelled(p->db, p->roster.monday, day_add(p->roster.monday, ROSTER_DAYS - 1),
		p->roster.baseline_at, &cancelled, err));
	p->has_cancelled = cancelled.count > 0;
	shift_list_merge(all, &cancelled);
	return 0;
}

static int read_paper(struct paper *p, struct week week, struct err *err)
{
	TRY(roster_get(p->db, week, &p->roster, err));
	if (p->roster.shifts.count == 0)
		return err_set(err, ERR_REFUSED, REASON(ROSTER_EMPTY));
	TRY(add_cancelled(p, err));
	roster_table(&p->roster, &p->table);
	TRY(house_lines_get(p->db, &p->house, err));
	p->closure_count = hours_closures(p->db, p->roster.monday, &p->closures, err);
	return p->closure_count < 0 ? p->closure_count : 0;
}

/* ---- what the frame says ---- */

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
	switch (p->roster.state) {
	case ROSTER_PUBLISHED:
		return mem_printf(_("version %d"), p->roster.version);
	case ROSTER_AMENDED:
		return mem_printf(_("version %d, changed since"), p->roster.version);
	case ROSTER_NONE:
	case ROSTER_DRAFT:
	case ROSTER_STATE_COUNT:
		break;
	}
	return mem_text(_("draft"));
}

/* Only marks on this paper are explained. */
static char *legend(const struct paper *p)
{
	return mem_printf("%s%s%s%s", _("★ leads   ○ place still open"),
		p->has_stand_in ? _("   ▲ stand-in") : "",
		p->has_change ? _("   ※ changed since the version before") : "",
		p->has_cancelled ? _("   ✗ cancelled") : "");
}

/* What the marks mean, and what to do when somebody cannot come. */
static char *note_words(const struct paper *p)
{
	CLEANUP(mem_free) char *marks = legend(p);
	CLEANUP(mem_free)
	char *cannot = *p->house.site.phone
			       ? mem_printf(_("Can't come? Say so early: at the counter (scan your "
					      "card, then Duty), or by phone %s"),
					 p->house.site.phone)
			       : mem_text(_("Can't come? Say so early: at the counter, scan your "
					    "card, then Duty"));

	return mem_printf("%s\n%s", marks, cannot);
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
		.max_pt = p->look->head_max_pt,
		.max_lines = 3,
		.leading = 1.2,
		.is_bold = true,
		.align = SHEET_CENTER };
	struct day day = day_add(p->roster.monday, index);
	const char *holiday = closure_on(p, day);

	/* Month and day: the week is in the head. */
	sheet_cell(sheet, p->options->is_desk_copy ? 2 : 1, SHEET_MIDDLE);
	sheet_textf(sheet, head, _("%1$s\n%2$d/%3$d%4$s%5$s"),
		words_weekday_short(day_weekday(day)), day.month, day.day, holiday ? "\n" : "",
		holiday ? holiday : "");
}

static void put_period(struct sheet *sheet, const struct paper *p, const struct roster_row *row)
{
	const struct look *look = p->look;
	const struct sheet_style hours = { .size_pt = look->period_pt,
		.min_pt = look->period_pt * 0.7,
		.max_pt = look->period_max_pt,
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

static struct sheet_style name_style(const struct paper *p)
{
	return (struct sheet_style){
		.size_pt = p->look->name_pt, .max_pt = p->look->name_max_pt, .leading = LEADING
	};
}

static struct sheet_style small_style(const struct paper *p)
{
	return (struct sheet_style){
		.size_pt = p->look->period_pt, .max_pt = p->look->period_max_pt, .leading = 1.2
	};
}

/* What changed stands out: it is also bold. */
static int put_person(
	struct sheet *sheet, const struct paper *p, const struct assignment *who, struct err *err)
{
	struct sheet_style style = name_style(p);
	CLEANUP(mem_free) char *name = NULL;
	bool is_change = roster_is_change(&p->roster, who);

	style.is_bold = who->is_leader || is_change;
	TRY(resident_wall_name(p->db, who->resident, &name, err));
	sheet_textf(sheet, style, "%s%s%s%s", who->is_leader ? "★" : "", who->stands_for ? "▲" : "",
		name, is_change ? "※" : "");
	return 0;
}

static int put_gaps(
	struct sheet *sheet, const struct paper *p, const struct shift *shift, struct err *err)
{
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };

	TRY(shift_gaps(p->db, shift, &gaps, err));
	if (gaps.places > 0)
		sheet_textf(sheet, small_style(p), _("○ %lld more needed"), (long long)gaps.places);
	for (int i = 0; i < gaps.count; i++)
		sheet_textf(sheet, small_style(p), _("○ lacks: %s"), gaps.rows[i].name);
	return 0;
}

/* Who would have come, crossed out below the word. */
static int put_cancelled(
	struct sheet *sheet, const struct paper *p, const struct shift *shift, struct err *err)
{
	struct sheet_style word = name_style(p), struck = name_style(p);

	word.is_bold = struck.is_struck = true;
	sheet_text(sheet, word, _("✗ cancelled"));
	for (int i = 0; i < shift->gone_count; i++) {
		CLEANUP(mem_free) char *name = NULL;
		if (shift->gone[i].state != ASSIGNMENT_CANCELLED)
			continue;
		TRY(resident_wall_name(p->db, shift->gone[i].resident, &name, err));
		sheet_text(sheet, struck, name);
	}
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
	struct sheet_style style = small_style(p);

	style.is_struck = shift->is_cancelled;
	if (strcmp(row->name, shift->name) != 0)
		sheet_text(sheet, style, shift->name);
}

static int put_shift(struct sheet *sheet, const struct paper *p, const struct roster_row *row,
	const struct shift *shift, struct err *err)
{
	put_name(sheet, p, row, shift);
	if (shift->is_cancelled)
		return put_cancelled(sheet, p, shift, err);
	for (int i = 0; i < shift->people_count; i++)
		TRY(put_person(sheet, p, &shift->people[i], err));
	return put_gaps(sheet, p, shift, err);
}

static int put_cell(struct sheet *sheet, const struct paper *p, const struct roster_row *row,
	const struct shift *shift, struct err *err)
{
	sheet_cell(sheet, 1, SHEET_TOP);
	if (shift)
		TRY(put_shift(sheet, p, row, shift, err));
	if (!p->options->is_desk_copy)
		return 0;
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	if (shift && !shift->is_cancelled)
		put_code(sheet, p, shift);
	return 0;
}

static void begin_table(struct sheet *sheet, const struct paper *p, int from, int until)
{
	double widths[1 + 2 * ROSTER_DAYS];
	const struct sheet_style head = { .size_pt = 9.5, .align = SHEET_CENTER };
	int count = 0;

	widths[count++] = p->look->period_mm;
	for (int day = from; day < until; day++) {
		widths[count++] = 0;
		if (p->options->is_desk_copy)
			widths[count++] = p->look->code_mm;
	}
	const struct sheet_table table = { .rules = SHEET_RULES_GRID,
		.pad_x_mm = PAD_X_MM,
		.pad_y_mm = PAD_Y_MM,
		.column_count = count,
		.widths_mm = widths,
		.is_filling = true };
	sheet_table(sheet, &table);
	sheet_head(sheet, 0);
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, head, p->options->is_desk_copy ? _("scan the code\nto sign in") : "");
	for (int day = from; day < until; day++)
		put_day(sheet, p, day);
}

static int put_table(
	struct sheet *sheet, const struct paper *p, int from, int until, struct err *err)
{
	begin_table(sheet, p, from, until);
	for (int i = 0; i < p->table.count; i++) {
		const struct roster_row *row = &p->table.rows[i];
		sheet_row(sheet, 0);
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
		if (from > 0)
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
	CLEANUP(mem_free) char *version = version_words(&p);
	CLEANUP(mem_free) char *note = note_words(&p);
	CLEANUP(mem_free)
	char *days = office_days(p.roster.monday, day_add(p.roster.monday, ROSTER_DAYS - 1));
	sheet = office_begin(letterhead, &p.house,
		&(struct office_page){ .media = p.look->media,
			.title = title,
			.day = p.roster.monday,
			.about = days,
			.version = version,
			.note = note });
	TRY(put_pages(sheet, &p, err));
	*ret = TAKE(sheet);
	return 0;
}

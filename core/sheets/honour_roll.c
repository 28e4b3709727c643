#include "core/sheets/honour_roll.h"

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/points/summary.h"
#include "core/sheets/office.h"
#include "core/sheets/poster.h"
#include "core/sheets/wording.h"
#include "core/words_points.h"

static void put_person(
	struct sheet *sheet, const struct ranked *ranked, const char *name, bool is_first)
{
	static const double widths[] = { 26, 0, 48 };
	static const struct sheet_table table = { .rules = SHEET_RULES_ROWS,
		.pad_x_mm = 1.5,
		.pad_y_mm = 1.8,
		.column_count = ARRAY_LEN(widths),
		.widths_mm = widths };
	static const struct sheet_style big = {
		.size_pt = 18, .min_pt = 12, .max_pt = 34, .max_lines = 2, .is_bold = true
	};
	static const struct sheet_style right = {
		.size_pt = 16, .max_pt = 24, .align = SHEET_RIGHT
	};
	CLEANUP(mem_free)
	char *place = mem_printf(is_first ? "★ %d" : "%d", ranked->place);
	CLEANUP(mem_free) char *points = words_points(ranked->earned.n);

	sheet_table(sheet, &table);
	sheet_row(sheet, 11);
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, big, place);
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, big, name);
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, right, points);
	sheet_end(sheet);
}

static int draw(struct db *db, struct sheet *sheet, const struct ranking *ranking, struct err *err)
{
	for (int i = 0; i < ranking->count; i++) {
		CLEANUP(mem_free) char *name = NULL;
		TRY(resident_wall_name(db, ranking->rows[i].resident, &name, err));
		put_person(sheet, &ranking->rows[i], name, ranking->rows[i].place <= 3);
	}
	if (ranking->count == 0)
		poster_paragraph(sheet, _("Nobody has earned points in this time yet."));
	poster_paragraph(
		sheet, _("Thank you all. Who does not wish to stand here tells a volunteer."));
	return 0;
}

int honour_roll_build(struct db *db, const struct letterhead *letterhead, struct day from,
	struct day until, int limit, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines lines = { 0 };
	CLEANUP(ranking_finish) struct ranking ranking = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct day last = day_add(until, -1);

	wording_begin(&wording, letterhead->language);
	TRY(house_lines_get(db, &lines, err));
	TRY(points_ranking(db, from, until, limit, &ranking, err));
	CLEANUP(mem_free) char *about = office_days(from, last);
	sheet = office_begin(letterhead, &lines,
		&(struct office_page){ .title = _("Roll of honour"), .day = from, .about = about });
	TRY(draw(db, sheet, &ranking, err));
	*ret = TAKE(sheet);
	return 0;
}

#include "core/sheets/year_honours.h"

#include "core/base/mem.h"
#include "core/duty/honour.h"
#include "core/people/resident.h"
#include "core/sheets/office.h"
#include "core/sheets/poster.h"
#include "core/sheets/wording.h"
#include "core/words_points.h"

static const double widths[] = { 17, 0, 32, 44, 28 };
static const struct sheet_table table = { .rules = SHEET_RULES_ROWS,
	.pad_x_mm = 1.2,
	.pad_y_mm = 1.5,
	.column_count = ARRAY_LEN(widths),
	.widths_mm = widths };

static void put_cell(struct sheet *sheet, struct sheet_style style, const char *text)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, style, text);
}

static void put_heads(struct sheet *sheet)
{
	static const struct sheet_style left = { .size_pt = 11, .is_bold = true };
	static const struct sheet_style right = {
		.size_pt = 11, .is_bold = true, .align = SHEET_RIGHT
	};

	sheet_head(sheet, 8);
	put_cell(sheet, left, _("Rank"));
	put_cell(sheet, left, C_("person", "Name"));
	put_cell(sheet, left, _("Stars"));
	put_cell(sheet, right, _("Service hours"));
	put_cell(sheet, right, _("Points"));
}

static void put_person(struct sheet *sheet, const struct honoured *honoured, const char *name)
{
	static const struct sheet_style first = {
		.size_pt = 18, .min_pt = 12, .max_pt = 30, .max_lines = 2, .is_bold = true
	};
	static const struct sheet_style plain = {
		.size_pt = 15, .min_pt = 11, .max_pt = 26, .max_lines = 2
	};
	static const struct sheet_style right = {
		.size_pt = 13, .min_pt = 10, .max_pt = 18, .max_lines = 1, .align = SHEET_RIGHT
	};
	static const struct sheet_style stars = {
		.size_pt = 13, .min_pt = 9, .max_pt = 18, .max_lines = 1
	};
	struct sheet_style style = honoured->place <= 3 ? first : plain;
	CLEANUP(mem_free) char *place = mem_printf("%d", honoured->place);
	CLEANUP(mem_free) char *hours = words_duration(honoured->served.n);
	CLEANUP(mem_free) char *points = mem_printf("%lld", (long long)honoured->earned.n);

	sheet_row(sheet, 10);
	put_cell(sheet, style, place);
	put_cell(sheet, style, name);
	put_cell(sheet, stars, honoured->stars ? words_stars(honoured->stars) : "");
	put_cell(sheet, right, hours);
	put_cell(sheet, right, points);
}

static int put_list(
	struct sheet *sheet, struct db *db, const struct honours *honours, struct err *err)
{
	if (honours->count == 0) {
		poster_paragraph(sheet, _("Nobody has served in this year yet."));
		return 0;
	}
	sheet_table(sheet, &table);
	put_heads(sheet);
	for (int i = 0; i < honours->count; i++) {
		CLEANUP(mem_free) char *name = NULL;
		TRY(resident_wall_name(db, honours->rows[i].resident, &name, err));
		put_person(sheet, &honours->rows[i], name);
	}
	sheet_end(sheet);
	sheet_space(sheet, 3);
	return 0;
}

int year_honours_build(struct db *db, const struct letterhead *letterhead, int year, int limit,
	struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines lines = { 0 };
	CLEANUP(honours_finish) struct honours honours = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	wording_begin(&wording, letterhead->language);
	TRY(house_lines_get(db, &lines, err));
	TRY(honours_of_year(db, year, limit, &honours, err));
	CLEANUP(mem_free) char *title = mem_printf(_("Volunteers of %d"), year);
	const struct day first = { year, 1, 1 };
	CLEANUP(mem_free) char *about = office_days(first, (struct day){ year, 12, 31 });
	sheet = office_begin(letterhead, &lines,
		&(struct office_page){ .title = title, .day = first, .about = about });
	TRY(put_list(sheet, db, &honours, err));
	poster_paragraph(sheet, _("Stars stand for 100, 300, 600, 1000 and 1500 hours in all."));
	poster_paragraph(
		sheet, _("Thank you all. Who does not wish to stand here tells a volunteer."));
	*ret = TAKE(sheet);
	return 0;
}

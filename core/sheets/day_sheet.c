#include "core/sheets/day_sheet.h"

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/duty/reasons.h"
#include "core/duty/shift.h"
#include "core/people/resident.h"
#include "core/sheets/poster.h"
#include "core/sheets/wording.h"

#define QR_MM      15
#define ROW_MM     11
#define SPARE_ROWS 1 /* for somebody who was not on the roster */

static const struct sheet_style head_style = { .size_pt = 11, .is_bold = true };
static const struct sheet_style cell_style = { .size_pt = 14, .min_pt = 11, .max_lines = 1 };
static const struct sheet_style when_style = { .size_pt = 15, .is_bold = true };
static const struct sheet_style what_style = { .size_pt = 12 };

/* Hours and name on the left, the code on the right. */
static void put_shift_head(struct sheet *sheet, const struct shift *shift)
{
	static const double widths[] = { 0, 30 };
	static const struct sheet_table table = {
		.rules = SHEET_RULES_NONE, .column_count = ARRAY_LEN(widths), .widths_mm = widths
	};
	CLEANUP(mem_free) char *span = words_span(shift->start_at, shift->end_at);
	char code[CODE_TEXT_MAX];

	code_write_id(CODE_SHIFT, shift->id, code);
	sheet_space(sheet, 3);
	sheet_table(sheet, &table);
	sheet_row(sheet, 0);
	sheet_cell(sheet, 1, SHEET_BOTTOM);
	sheet_text(sheet, when_style, span);
	sheet_text(sheet, what_style, shift->name);
	if (shift_open_slots(shift) > 0)
		sheet_textf(sheet, what_style, _("○ %lld more needed"),
			(long long)shift_open_slots(shift));
	sheet_cell(sheet, 1, SHEET_BOTTOM);
	sheet_qr(sheet, QR_MM, SHEET_RIGHT, code, (struct sheet_style){ 0 }, NULL);
	sheet_end(sheet);
	sheet_space(sheet, 1);
}

static void put_row(struct sheet *sheet, const char *name)
{
	sheet_row(sheet, ROW_MM);
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, cell_style, name);
	for (int i = 0; i < 4; i++)
		sheet_cell(sheet, 1, SHEET_MIDDLE);
}

static int put_people(
	struct sheet *sheet, struct db *db, const struct shift *shift, struct err *err)
{
	for (int i = 0; i < shift->people_count; i++) {
		CLEANUP(mem_free) char *name = NULL;
		TRY(resident_wall_name(db, shift->people[i].resident, &name, err));
		CLEANUP(mem_free)
		char *text = mem_printf("%s%s", shift->people[i].is_leader ? "★" : "", name);
		put_row(sheet, text);
	}
	for (int i = 0; i < shift_open_slots(shift) + SPARE_ROWS; i++)
		put_row(sheet, "");
	return 0;
}

static int put_shift(struct sheet *sheet, struct db *db, const struct shift *shift, struct err *err)
{
	static const double widths[] = { 0, 24, 38, 24, 38 };
	static const struct sheet_table table = { .rules = SHEET_RULES_GRID,
		.pad_x_mm = 1.5,
		.pad_y_mm = 1,
		.column_count = ARRAY_LEN(widths),
		.widths_mm = widths };
	static const char *const heads[] = { NC_("person", "Name"), N_("Came at"), N_("Signature"),
		N_("Left at"), N_("Signature") };

	put_shift_head(sheet, shift);
	sheet_table(sheet, &table);
	sheet_head(sheet, 8);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		sheet_cell(sheet, 1, SHEET_MIDDLE);
		sheet_text(sheet, head_style, _(heads[i]));
	}
	TRY(put_people(sheet, db, shift, err));
	sheet_end(sheet);
	return 0;
}

static int put_shifts(
	struct sheet *sheet, struct db *db, const struct shift_list *shifts, struct err *err)
{
	for (int i = 0; i < shifts->count; i++)
		TRY(put_shift(sheet, db, &shifts->rows[i], err));
	return 0;
}

int day_sheet_build(struct db *db, const struct letterhead *letterhead, struct day day,
	struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };
	CLEANUP(shift_list_finish) struct shift_list shifts = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	wording_begin(&wording, letterhead->language);
	TRY(shifts_between(db, day, day, &shifts, err));
	if (shifts.count == 0)
		return err_set(err, ERR_REFUSED, REASON(ROSTER_EMPTY));
	TRY(house_lines_get(db, &house, err));
	CLEANUP(mem_free) char *date = words_date(day, when_day(db_now(db)));
	CLEANUP(mem_free) char *title = mem_printf(_("Duty on %s"), date);
	sheet = poster_create(letterhead, &house, title, db_now(db));
	TRY(put_shifts(sheet, db, &shifts, err));
	*ret = TAKE(sheet);
	return 0;
}

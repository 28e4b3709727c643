#include "core/sheets/duty_month.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/reasons.h"
#include "core/duty/shift.h"
#include "core/people/resident.h"
#include "core/sheets/office.h"
#include "core/sheets/wording.h"

#define WEEK_DAYS 7
#define WEEK_MM   14

struct month {
	struct db *db;
	struct shift_list shifts;
	struct house_lines house;
	struct day first, last;
};

static void month_finish(struct month *m)
{
	shift_list_finish(&m->shifts);
	house_lines_finish(&m->house);
}

static int names_of(const struct month *m, const struct shift *shift, char **ret, struct err *err)
{
	CLEANUP(mem_free) char *names = mem_text("");

	for (int i = 0; i < shift->people_count; i++) {
		CLEANUP(mem_free) char *name = NULL;
		TRY(resident_wall_name(m->db, shift->people[i].resident, &name, err));
		CLEANUP(mem_free) char *before = names;
		names = mem_printf("%s%s%s%s", before, *before ? _(", ") : "",
			shift->people[i].is_leader ? "★" : "", name);
	}
	if (shift_open_slots(shift) > 0) {
		CLEANUP(mem_free) char *before = names;
		names = mem_printf("%s%s○%lld", before, *before ? " " : "",
			(long long)shift_open_slots(shift));
	}
	*ret = TAKE(names);
	return 0;
}

static int put_day(struct sheet *sheet, const struct month *m, struct day day, struct err *err)
{
	static const struct sheet_style number = { .size_pt = 13, .max_pt = 18, .is_bold = true };
	static const struct sheet_style line = { .size_pt = 12, .max_pt = 16, .leading = 1.15 };

	sheet_cell(sheet, 1, SHEET_TOP);
	if (day.month != m->first.month)
		return 0;
	sheet_textf(sheet, number, "%d", day.day);
	for (int i = 0; i < m->shifts.count; i++) {
		const struct shift *shift = &m->shifts.rows[i];
		CLEANUP(mem_free) char *names = NULL;
		if (day_compare(when_day(shift->start_at), day) != 0)
			continue;
		CLEANUP(mem_free) char *start = words_time(shift->start_at);
		TRY(names_of(m, shift, &names, err));
		sheet_textf(sheet, line, "%s %s", start, names);
	}
	return 0;
}

static int put_weeks(struct sheet *sheet, const struct month *m, struct err *err)
{
	static const double widths[WEEK_DAYS] = { 0 };
	static const struct sheet_table table = { .rules = SHEET_RULES_GRID,
		.pad_x_mm = 1,
		.pad_y_mm = 0.8,
		.column_count = WEEK_DAYS,
		.widths_mm = widths,
		.is_filling = true };
	static const struct sheet_style head = {
		.size_pt = 13, .is_bold = true, .align = SHEET_CENTER
	};
	struct day monday = day_add(m->first, 1 - day_weekday(m->first));

	sheet_table(sheet, &table);
	sheet_head(sheet, 7);
	for (int i = 1; i <= WEEK_DAYS; i++) {
		sheet_cell(sheet, 1, SHEET_MIDDLE);
		sheet_text(sheet, head, words_weekday_short(i));
	}
	for (; day_compare(monday, m->last) <= 0; monday = day_add(monday, WEEK_DAYS)) {
		sheet_row(sheet, WEEK_MM);
		for (int i = 0; i < WEEK_DAYS; i++)
			TRY(put_day(sheet, m, day_add(monday, i), err));
	}
	sheet_end(sheet);
	return 0;
}

static int read_month(struct month *m, int year, int month, struct err *err)
{
	m->first = (struct day){ year, month, 1 };
	if (!day_is_valid(m->first))
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "month"));
	m->last = day_add(
		month == 12 ? (struct day){ year + 1, 1, 1 } : (struct day){ year, month + 1, 1 },
		-1);
	TRY(shifts_between(m->db, m->first, m->last, &m->shifts, err));
	if (m->shifts.count == 0)
		return err_set(err, ERR_REFUSED, REASON(ROSTER_EMPTY));
	return house_lines_get(m->db, &m->house, err);
}

int duty_month_build(struct db *db, const struct letterhead *letterhead, int year, int month,
	struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(month_finish) struct month m = { .db = db };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	wording_begin(&wording, letterhead->language);
	TRY(read_month(&m, year, month, err));
	CLEANUP(mem_free) char *about = office_days(m.first, m.last);
	sheet = office_begin(letterhead, &m.house,
		&(struct office_page){ .media = &sheet_a4_landscape,
			.title = _("Duty of the month"),
			.day = m.first,
			.about = about,
			.note = _("★ leads   ○ place still open") });
	TRY(put_weeks(sheet, &m, err));
	*ret = TAKE(sheet);
	return 0;
}

#include "core/sheets/service_record.h"

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/duty/volunteer.h"
#include "core/people/resident.h"
#include "core/sheets/office.h"
#include "core/sheets/poster.h"
#include "core/sheets/wording.h"
#include "core/words_points.h"

static const struct sheet_style cell = { .size_pt = 12, .min_pt = 9, .max_pt = 16, .max_lines = 2 };
static const struct sheet_style head = { .size_pt = 12, .max_pt = 16, .is_bold = true };
static const struct sheet_style small = { .size_pt = 10.5, .max_pt = 15 };

static void begin_facts(struct sheet *sheet)
{
	static const double widths[] = { 48, 0 };
	static const struct sheet_table table = { .rules = SHEET_RULES_GRID,
		.pad_x_mm = 2,
		.pad_y_mm = 2,
		.column_count = ARRAY_LEN(widths),
		.widths_mm = widths };

	sheet_table(sheet, &table);
}

static void put_fact(struct sheet *sheet, const char *label, const char *text)
{
	sheet_row(sheet, 11);
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, head, label);
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, cell, text);
}

static int read_number(struct db *db, int64_t resident, char **ret, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	int r = volunteer_of(db, resident, &v, err);

	if (r < 0)
		return r;
	if (r > 0)
		return volunteer_number(db, v.id, ret, err);
	*ret = mem_text("");
	return 0;
}

static int put_facts(
	struct sheet *sheet, struct db *db, const struct service_record *record, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(mem_free) char *i_number = NULL, *hours = words_duration(record->minutes.n);
	struct minutes total;
	char from[11], until[11];

	TRY(resident_person(db, record->resident, &person, err));
	TRY(read_number(db, record->resident, &i_number, err));
	TRY(service_hours_total(db, record->resident, &total, err));
	day_format(record->from, from);
	day_format(record->until, until);
	CLEANUP(mem_free) char *span = mem_printf("%s – %s", from, until);
	CLEANUP(mem_free)
	char *times = mem_printf(_("%lld times"), (long long)record->lines);
	begin_facts(sheet);
	put_fact(sheet, C_("person", "Name"), person.name);
	put_fact(sheet, _("Identity number (by hand)"), "");
	put_fact(sheet, _("i-Volunteer number"), i_number);
	put_fact(sheet, _("Served from – to"), span);
	put_fact(sheet, _("How often"), times);
	put_fact(sheet, _("Service hours"), hours);
	put_fact(sheet, _("Stars by all hours"), words_stars(service_stars(total)));
	sheet_end(sheet);
	return 0;
}

static void put_lines(struct sheet *sheet, const struct service_lines *lines)
{
	static const double widths[] = { 30, 0, 40 };
	static const struct sheet_table table = { .rules = SHEET_RULES_ROWS,
		.pad_x_mm = 1,
		.pad_y_mm = 0.8,
		.column_count = ARRAY_LEN(widths),
		.widths_mm = widths };
	const char *const heads[] = { _("Day"), _("Service"), _("Service hours") };

	sheet_table(sheet, &table);
	sheet_head(sheet, 7);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
		sheet_cell(sheet, 1, SHEET_MIDDLE);
		sheet_text(sheet, head, heads[i]);
	}
	for (int i = 0; i < lines->count; i++) {
		const struct service_line *line = &lines->rows[i];
		CLEANUP(mem_free) char *hours = words_duration(line->credited.n);
		char day[11];
		if (line->is_waiting || line->reverses || line->is_reversed)
			continue;
		day_format(line->served_on, day);
		sheet_row(sheet, 6);
		sheet_cell(sheet, 1, SHEET_MIDDLE);
		sheet_text(sheet, small, day);
		sheet_cell(sheet, 1, SHEET_MIDDLE);
		sheet_text(sheet, small, line->name);
		sheet_cell(sheet, 1, SHEET_MIDDLE);
		sheet_text(sheet, small, hours);
	}
	sheet_end(sheet);
}

static void put_end(
	struct sheet *sheet, const struct service_record *record, const struct house_lines *house)
{
	static const struct sheet_style right = { .size_pt = 12, .align = SHEET_RIGHT };
	CLEANUP(mem_free) char *number = mem_printf(_("No. %06lld"), (long long)record->number);
	char day[11], code[CODE_TEXT_MAX];

	day_format(when_day(record->issued_at), day);
	code_write_id(CODE_RECORD, record->id, code);
	sheet_space(sheet, 8);
	poster_paragraph(sheet, _("This record is true, accurate and complete, and free of charge. "
				  "Its number can be checked at our counter."));
	sheet_qr(sheet, 18, SHEET_LEFT, code, small, number);
	sheet_textf(sheet, right, "%s %s", house->site.name, house->site.community);
	sheet_text(sheet, right, _("(stamp)"));
	sheet_text(sheet, right, day);
}

int service_record_build(struct db *db, const struct letterhead *letterhead,
	const struct service_record *record, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };
	CLEANUP(service_lines_finish) struct service_lines lines = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	wording_begin(&wording, letterhead->language);
	TRY(house_lines_get(db, &house, err));
	TRY(service_hours_between(db, record->resident, record->from, record->until, &lines, err));
	CLEANUP(mem_free) char *about = office_days(record->from, record->until);
	sheet = office_begin(letterhead, &house,
		&(struct office_page){ .title = _("Record of volunteer service"),
			.day = when_day(record->issued_at),
			.about = about });
	sheet_textf(sheet, small, _("No. %06lld"), (long long)record->number);
	sheet_space(sheet, 2);
	TRY(put_facts(sheet, db, record, err));
	sheet_space(sheet, 5);
	put_lines(sheet, &lines);
	put_end(sheet, record, &house);
	*ret = TAKE(sheet);
	return 0;
}

#include "core/exchange/hours_export.h"

#include "core/base/mem.h"
#include "core/duty/service_hours.h"
#include "core/duty/volunteer.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/words.h"
#include "core/words_duty.h"

#define TIME_SIZE 32

static const char *const heads[] = { "证明编号", "居民编号", "姓名", "i志愿号", "日期", "活动",
	"签到", "签退", "计划分钟", "实际分钟", "认定分钟", "可报i志愿", "需核对" };

static void destroy_writer(struct table_writer **w)
{
	table_writer_destroy(*w);
}

static void write_instant(struct table_writer *w, int64_t at)
{
	char text[TIME_SIZE];

	when_format(at, text);
	text[16] = '\0'; /* "2026-11-21T14:00": to the minute, in the venue's time */
	table_write_cell(w, at ? text : NULL);
}

static int write_person(struct db *db, struct table_writer *w, int64_t id, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	CLEANUP(mem_free) char *number = NULL;
	struct resident resident;

	TRY(resident_get(db, id, &resident, err));
	TRY(resident_person(db, id, &person, err));
	int r = volunteer_of(db, id, &v, err);
	if (r > 0)
		r = volunteer_number(db, v.id, &number, err);
	if (r < 0)
		return r;
	table_write_number(w, resident.number);
	table_write_text(w, person.name);
	table_write_text(w, number);
	return 0;
}

static int write_line(struct db *db, struct table_writer *w, const struct service_lines *lines,
	int index, struct err *err)
{
	const struct service_line *line = &lines->rows[index];
	CLEANUP(mem_free) char *doubts = words_service_flags(service_flags(lines, index));
	char day[11];

	table_write_number(w, line->number);
	TRY(write_person(db, w, line->resident, err));
	day_format(line->served_on, day);
	table_write_cell(w, day);
	table_write_text(w, line->name);
	write_instant(w, line->in_at);
	write_instant(w, line->out_at);
	table_write_number(w, line->planned.n);
	table_write_number(w, line->actual.n);
	table_write_number(w, line->credited.n);
	table_write_cell(w, line->is_reportable ? "是" : "否");
	table_write_text(w, doubts);
	table_end_row(w);
	return 0;
}

static int write_lines(struct db *db, struct table_writer *w, const struct hours_export *what,
	int *ret_rows, struct err *err)
{
	CLEANUP(service_lines_finish) struct service_lines lines = { 0 };
	int rows = 0;

	TRY(service_hours_between(db, 0, what->from, what->until, &lines, err));
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		table_write_cell(w, heads[i]);
	table_end_row(w);
	for (int i = 0; i < lines.count; i++) {
		const struct service_line *line = &lines.rows[i];
		if (line->reverses || line->is_reversed || line->is_waiting)
			continue;
		TRY(write_line(db, w, &lines, i, err));
		rows++;
	}
	*ret_rows = rows;
	return 0;
}

static int note_export(
	struct db *db, const struct act *act, const struct hours_export *what, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	char from[11], until[11];

	day_format(what->from, from);
	day_format(what->until, until);
	TRY(act_begin(&a, db, act, ACT_EXPORT,
		FIELDS(F_TEXT("hours_from", from), F_TEXT("hours_until", until)), err));
	return a.is_repeat ? 0 : act_commit(&a, 0, err);
}

int hours_export(struct db *db, const struct act *act, const struct hours_export *what,
	int *ret_rows, struct err *err)
{
	CLEANUP(destroy_writer) struct table_writer *w = NULL;
	int rows;

	TRY(note_export(db, act, what, err));
	TRY(table_writer_create(what->path, what->encoding, what->separator, &w, err));
	TRY(write_lines(db, w, what, &rows, err));
	TRY(table_writer_finish(w, err));
	*ret_rows = rows;
	return 0;
}

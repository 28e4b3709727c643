#include "core/duty/service_record.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const struct column record_columns[] = {
	COLUMN(struct service_record, id),
	COLUMN(struct service_record, number),
	COLUMN(struct service_record, resident),
	COLUMN_AS(struct service_record, from, "from_on"),
	COLUMN_AS(struct service_record, until, "until_on"),
	COLUMN_AS(struct service_record, minutes.n, "minutes"),
	COLUMN(struct service_record, lines),
	COLUMN(struct service_record, issued_at),
};
static const struct row_type record_rows = ROW_TYPE(struct service_record, record_columns);

static int read_record(
	struct db *db, const char *sql, int64_t key, struct service_record *ret, struct err *err)
{
	return row_get(
		db, &record_rows, sql, FIELDS(F_INT("key", key)), ret, REASON(HOURS_UNKNOWN), err);
}

#define RECORD_SELECT                                                               \
	"SELECT id, number, resident, from_on, until_on, minutes, lines, issued_at" \
	" FROM service_record"

int service_record_get(struct db *db, int64_t number, struct service_record *ret, struct err *err)
{
	return read_record(db, RECORD_SELECT " WHERE number = :key", number, ret, err);
}

int service_record_by_id(struct db *db, int64_t id, struct service_record *ret, struct err *err)
{
	return read_record(db, RECORD_SELECT " WHERE id = :key", id, ret, err);
}

/* What counts: neither waiting nor reversed. */
static void sum_up(const struct service_lines *lines, struct service_record *record)
{
	for (int i = 0; i < lines->count; i++) {
		const struct service_line *line = &lines->rows[i];
		if (line->is_waiting || line->reverses || line->is_reversed)
			continue;
		record->minutes.n += line->credited.n;
		record->lines++;
	}
}

static int insert(struct acting *a, struct service_record *record, struct err *err)
{
	char from_on[11], until_on[11];

	day_format(record->from, from_on);
	day_format(record->until, until_on);
	record->id = act_new_id(a);
	record->issued_at = a->at;
	TRY(db_integer(a->db, NEXT_NUMBER("service_record"), NO_FIELDS, 1, &record->number, err));
	return act_insert(a, "service_record",
		FIELDS(F_INT("id", record->id), F_INT("number", record->number),
			F_INT("resident", record->resident), F_TEXT("from_on", from_on),
			F_TEXT("until_on", until_on), F_INT("minutes", record->minutes.n),
			F_INT("lines", record->lines), F_INT("issued_at", record->issued_at)),
		err);
}

int service_record_issue(struct db *db, const struct act *act, int64_t resident, struct day from,
	struct day until, struct service_record *ret, struct err *err)
{
	CLEANUP(service_lines_finish) struct service_lines lines = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct service_record record = { .resident = resident, .from = from, .until = until };
	struct resident row;
	char from_on[11], until_on[11];

	if (day_compare(until, from) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "until"));
	day_format(from, from_on);
	day_format(until, until_on);
	TRY(act_begin(&a, db, act, ACT_SERVICE_RECORD,
		FIELDS(F_INT("resident", resident), F_TEXT("from_on", from_on),
			F_TEXT("until_on", until_on)),
		err));
	if (a.is_repeat)
		return service_record_by_id(db, a.result, ret, err);
	TRY(resident_get(db, resident, &row, err));
	TRY(service_hours_between(db, resident, from, until, &lines, err));
	sum_up(&lines, &record);
	if (record.lines == 0)
		return err_set(err, ERR_REFUSED, REASON(HOURS_UNKNOWN));
	TRY(insert(&a, &record, err));
	act_set_subject(&a, record.id, resident);
	TRY(act_commit(&a, record.id, err));
	*ret = record;
	return 0;
}

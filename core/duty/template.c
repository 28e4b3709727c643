#include "core/duty/template.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/shift_acts.h"
#include "core/duty/shift_type.h"
#include "core/site/hours.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const struct column columns[] = {
	COLUMN(struct template_row, type),
	COLUMN(struct template_row, weekday),
	COLUMN(struct template_row, starts),
	COLUMN(struct template_row, ends),
	COLUMN(struct template_row, on_closed_days),
};
static const struct row_type template_rows = ROW_TYPE(struct template_row, columns);

int template_get(struct db *db, struct template_row **ret, struct err *err)
{
	int count;

	TRY(rows_read(db, &template_rows,
		"SELECT type, weekday, starts, ends, on_closed_days FROM duty_template"
		" ORDER BY weekday, starts, ends, type",
		NO_FIELDS, ret, &count, sizeof(**ret), err));
	return count;
}

static int check_row(struct db *db, const struct template_row *rows, int index, struct err *err)
{
	const struct template_row *row = &rows[index];
	CLEANUP(shift_type_finish) struct shift_type type = { 0 };

	if (row->weekday < 1 || row->weekday > 7)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "weekday"));
	bool is_bad = row->starts < 0 || row->starts >= 1440 || row->ends <= row->starts ||
		      row->ends > 2880;
	for (int i = 0; i < index; i++)
		is_bad = is_bad || (rows[i].type == row->type && rows[i].weekday == row->weekday &&
					   rows[i].starts == row->starts);
	if (is_bad)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "starts"));
	return shift_type_get(db, row->type, &type, err);
}

static int delete_rows(struct acting *a, struct err *err)
{
	int64_t id;

	for (;;) {
		TRY(db_integer(a->db, "SELECT min(id) FROM duty_template", NO_FIELDS, 0, &id, err));
		if (!id)
			return 0;
		TRY(act_delete(a, "duty_template", id, err));
	}
}

static int insert_row(struct acting *a, const struct template_row *row, struct err *err)
{
	return act_insert(a, "duty_template",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("type", row->type),
			F_INT("weekday", row->weekday), F_INT("starts", row->starts),
			F_INT("ends", row->ends), F_INT("on_closed_days", row->on_closed_days)),
		err);
}

int template_set(struct db *db, const struct act *act, const struct template_row *rows, int count,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_TEMPLATE_SET, FIELDS(F_INT("rows", count)), err));
	if (a.is_repeat)
		return 0;
	for (int i = 0; i < count; i++)
		TRY(check_row(db, rows, i, err));
	TRY(delete_rows(&a, err));
	for (int i = 0; i < count; i++)
		TRY(insert_row(&a, &rows[i], err));
	return act_commit(&a, 0, err);
}

/* ---- making a week ---- */

static int is_wanted(struct db *db, const struct template_row *row, struct day day, struct err *err)
{
	struct period periods[HOURS_PERIODS_MAX];

	if (row->on_closed_days)
		return 1;
	int r = hours_on(db, day, periods, err);
	return r < 0 ? r : r > 0;
}

static int make_one(struct acting *a, const struct template_row *row, struct day day,
	int *ret_added, struct err *err)
{
	CLEANUP(shift_type_finish) struct shift_type type = { 0 };
	int64_t id, start_at = when_instant(day, 0, row->starts, 0);

	TRY(shift_type_get(a->db, row->type, &type, err));
	TRY(db_integer(a->db, "SELECT id FROM shift WHERE type = :type AND start_at = :start",
		FIELDS(F_INT("type", row->type), F_INT("start", start_at)), 0, &id, err));
	if (id || type.is_retired)
		return 0;
	const struct shift_draft draft = {
		.name = type.name,
		.start_at = start_at,
		.end_at = when_instant(day, 0, row->ends, 0),
		.needed = type.needed,
		.type = type.id,
	};
	TRY(shift_add(a->db, a->act, &draft, &id, err));
	(*ret_added)++;
	return 0;
}

int shifts_make(
	struct db *db, const struct act *act, struct week week, int *ret_added, struct err *err)
{
	CLEANUP(mem_free) struct template_row *rows = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct day monday = week_monday(week);
	int added = 0;

	TRY(act_begin(&a, db, act, ACT_SHIFTS_MAKE,
		FIELDS(F_INT("year", week.year), F_INT("week", week.week)), err));
	if (a.is_repeat) {
		*ret_added = (int)a.result;
		return 0;
	}
	int count = template_get(db, &rows, err);
	if (count < 0)
		return count;
	for (int i = 0; i < count; i++) {
		struct day day = day_add(monday, rows[i].weekday - 1);
		int wanted = is_wanted(db, &rows[i], day, err);
		if (wanted < 0)
			return wanted;
		if (wanted)
			TRY(make_one(&a, &rows[i], day, &added, err));
	}
	TRY(act_commit(&a, added, err));
	*ret_added = added;
	return 0;
}

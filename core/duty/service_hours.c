#include "core/duty/service_hours.h"
#include "core/duty/reasons.h"
#include "core/duty/service_points.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/duty/shift_type.h"
#include "core/store/rows.h"

#define ORGANISATION_MINUTES (8 * 60)
#define PROVINCE_MINUTES     (12 * 60)
#define PAIRS_MAX            3

/* ---- reading ---- */

#define LINE_SELECT                                                                             \
	"SELECT line.id AS id, line.number AS number, line.resident AS resident, assignment,"   \
	" served_on, planned, actual, credited, is_reportable, at, author, approver,"           \
	" is_waiting, reverses, EXISTS (SELECT 1 FROM service_hours WHERE reverses = line.id)"  \
	" AS is_reversed, shift.name AS name, start_at, in_at, out_at, is_forgotten, is_manual" \
	" FROM service_hours AS line JOIN assignment ON assignment.id = line.assignment"        \
	" JOIN shift ON shift.id = assignment.shift"

static const struct column line_columns[] = {
	COLUMN(struct service_line, id),
	COLUMN(struct service_line, number),
	COLUMN(struct service_line, resident),
	COLUMN(struct service_line, assignment),
	COLUMN(struct service_line, served_on),
	COLUMN_AS(struct service_line, planned.n, "planned"),
	COLUMN_AS(struct service_line, actual.n, "actual"),
	COLUMN_AS(struct service_line, credited.n, "credited"),
	COLUMN(struct service_line, is_reportable),
	COLUMN(struct service_line, at),
	COLUMN(struct service_line, author),
	COLUMN(struct service_line, approver),
	COLUMN(struct service_line, is_waiting),
	COLUMN(struct service_line, reverses),
	COLUMN(struct service_line, is_reversed),
	COLUMN(struct service_line, name),
	COLUMN(struct service_line, start_at),
	COLUMN(struct service_line, in_at),
	COLUMN(struct service_line, out_at),
	COLUMN(struct service_line, is_forgotten),
	COLUMN(struct service_line, is_manual),
};
static const struct row_type line_rows = ROW_TYPE(struct service_line, line_columns);
LIST_FINISHER(service_lines_finish, struct service_lines, line_rows);

int service_hours_between(struct db *db, int64_t resident, struct day from, struct day until,
	struct service_lines *ret, struct err *err)
{
	char from_on[11], until_on[11];

	day_format(from, from_on);
	day_format(until, until_on);
	return rows_list(db, &line_rows,
		LINE_SELECT " WHERE served_on BETWEEN :from AND :until"
			    " AND (:resident = 0 OR line.resident = :resident)"
			    " ORDER BY served_on, start_at, line.resident, line.id",
		FIELDS(F_TEXT("from", from_on), F_TEXT("until", until_on),
			F_INT("resident", resident)),
		ret, err);
}

int service_hours_waiting(struct db *db, struct service_lines *ret, struct err *err)
{
	return rows_list(db, &line_rows,
		LINE_SELECT " WHERE is_waiting = 1 AND reverses IS NULL AND NOT EXISTS"
			    " (SELECT 1 FROM service_hours WHERE reverses = line.id)"
			    " ORDER BY line.id",
		NO_FIELDS, ret, err);
}

int service_hours_by_number(struct db *db, int64_t number, int64_t *ret_line, struct err *err)
{
	int64_t id;

	TRY(db_integer(db, "SELECT id FROM service_hours WHERE number = :number",
		FIELDS(F_INT("number", number)), 0, &id, err));
	if (!id)
		return err_set(err, ERR_NOT_FOUND, REASON(HOURS_UNKNOWN));
	*ret_line = id;
	return 0;
}

int service_hours_total(struct db *db, int64_t resident, struct minutes *ret, struct err *err)
{
	return db_integer(db,
		"SELECT sum(credited) FROM service_hours"
		" WHERE resident = :resident AND is_waiting = 0",
		FIELDS(F_INT("resident", resident)), 0, &ret->n, err);
}

static int line_get(struct db *db, int64_t id, struct service_lines *ret, struct err *err)
{
	TRY(rows_list(db, &line_rows, LINE_SELECT " WHERE line.id = :id", FIELDS(F_INT("id", id)),
		ret, err));
	if (ret->count == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(HOURS_UNKNOWN));
	return 0;
}

int service_hours_standing(struct db *db, int64_t assignment, int64_t *ret, struct err *err)
{
	return db_integer(db,
		"SELECT id FROM service_hours AS line WHERE assignment = :assignment"
		" AND reverses IS NULL AND NOT EXISTS"
		" (SELECT 1 FROM service_hours WHERE reverses = line.id)",
		FIELDS(F_INT("assignment", assignment)), 0, ret, err);
}

/* ---- what they amount to ---- */

static bool counts(const struct service_line *line)
{
	return !line->reverses && !line->is_reversed;
}

unsigned service_flags(const struct service_lines *lines, int index)
{
	const struct service_line *line = &lines->rows[index];
	int64_t minutes = 0;
	int pairs = 0;

	for (int i = 0; i < lines->count; i++) {
		const struct service_line *other = &lines->rows[i];
		if (other->resident != line->resident || !counts(other) ||
			day_compare(other->served_on, line->served_on) != 0)
			continue;
		minutes += other->credited.n;
		pairs += strcmp(other->name, line->name) == 0;
	}
	return (minutes > ORGANISATION_MINUTES ? SERVICE_OVER_8_HOURS : 0) |
	       (minutes > PROVINCE_MINUTES ? SERVICE_OVER_12_HOURS : 0) |
	       (pairs > PAIRS_MAX ? SERVICE_PAIRS : 0) |
	       (line->is_reportable ? 0 : SERVICE_NOT_TAKEN) |
	       (line->is_forgotten ? SERVICE_FORGOTTEN : 0) | (line->author ? SERVICE_MANUAL : 0);
}

int service_stars(struct minutes served)
{
	static const int64_t hours[] = { 100, 300, 600, 1000, 1500 };
	int stars = 0;

	while (stars < (int)ARRAY_LEN(hours) && served.n >= hours[stars] * 60)
		stars++;
	return stars;
}

/* ---- putting on record ---- */

static int next_number(struct db *db, int64_t *ret, struct err *err)
{
	return db_integer(db, NEXT_NUMBER("service_hours"), NO_FIELDS, 1, ret, err);
}

/* Of no type: creditable and reportable, as the first shifts were. */
static int read_kind(
	struct db *db, const struct shift *shift, struct shift_type *ret, struct err *err)
{
	if (shift->type)
		return shift_type_get(db, shift->type, ret, err);
	*ret = (struct shift_type){ .is_creditable = true, .is_reportable = true };
	return 0;
}

int service_hours_post(struct acting *a, const struct shift *shift, const struct assignment *who,
	const struct service_source *source, struct err *err)
{
	CLEANUP(shift_type_finish) struct shift_type type = { 0 };
	struct minutes served = assignment_worked(shift, who, a->now, NULL);
	int64_t number;
	char served_on[11];

	TRY(read_kind(a->db, shift, &type, err));
	if (!type.is_creditable || served.n == 0)
		return 0;
	TRY(next_number(a->db, &number, err));
	day_format(when_day(shift->start_at), served_on);
	bool is_waiting = source->is_manual && !source->approver;
	int64_t id = act_new_id(a);
	TRY(act_insert(a, "service_hours",
		FIELDS(F_INT("id", id), F_INT("number", number), F_INT("resident", who->resident),
			F_INT("assignment", who->id), F_TEXT("served_on", served_on),
			F_INT("planned", (shift->end_at - shift->start_at) / 60),
			F_INT("actual", served.n), F_INT("credited", served.n),
			F_INT("is_reportable", type.is_reportable), F_INT("at", a->at),
			F_ID("author", source->author), F_ID("approver", source->approver),
			F_INT("is_waiting", is_waiting)),
		err));
	int64_t from_at = who->in_at > shift->start_at ? who->in_at : shift->start_at;
	return is_waiting ? 0 : service_points_earn(a, id, who->resident, from_at, served.n, err);
}

int service_hours_approve(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(service_lines_finish) struct service_lines lines = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_HOURS_APPROVE, FIELDS(F_INT("line", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(line_get(db, id, &lines, err));
	const struct service_line *line = &lines.rows[0];
	if (!counts(line))
		return err_set(err, ERR_REFUSED, REASON(HOURS_REVERSED));
	if (line->is_waiting && line->author == act->actor)
		return err_set(err, ERR_REFUSED, REASON(APPROVER_SAME));
	if (line->is_waiting) {
		int64_t from_at = line->in_at > line->start_at ? line->in_at : line->start_at;
		TRY(act_update(&a, "service_hours", id,
			FIELDS(F_INT("is_waiting", 0), F_ID("approver", act->actor)), err));
		TRY(service_points_earn(&a, id, line->resident, from_at, line->credited.n, err));
	}
	act_set_subject(&a, id, line->resident);
	return act_commit(&a, id, err);
}

static int insert_reversal(
	struct acting *a, const struct service_line *line, int64_t *ret_id, struct err *err)
{
	int64_t number, id = act_new_id(a);
	char served_on[11];

	TRY(next_number(a->db, &number, err));
	day_format(line->served_on, served_on);
	*ret_id = id;
	return act_insert(a, "service_hours",
		FIELDS(F_INT("id", id), F_INT("number", number), F_INT("resident", line->resident),
			F_INT("assignment", line->assignment), F_TEXT("served_on", served_on),
			F_INT("planned", line->planned.n), F_INT("actual", line->actual.n),
			F_INT("credited", -line->credited.n),
			F_INT("is_reportable", line->is_reportable), F_INT("at", a->at),
			F_ID("author", a->act->actor), F_INT("is_waiting", line->is_waiting),
			F_INT("reverses", line->id)),
		err);
}

int service_hours_reverse(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(service_lines_finish) struct service_lines lines = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t reversal;

	if (!act->why || !*act->why)
		return err_set(err, ERR_REFUSED, REASON(WHY_NEEDED));
	TRY(act_begin(&a, db, act, ACT_HOURS_REVERSE, FIELDS(F_INT("line", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(line_get(db, id, &lines, err));
	if (!counts(&lines.rows[0]))
		return err_set(err, ERR_REFUSED, REASON(HOURS_REVERSED));
	TRY(insert_reversal(&a, &lines.rows[0], &reversal, err));
	TRY(earning_take_back(&a, EARN_FOR_HOURS, id, err));
	act_set_subject(&a, reversal, lines.rows[0].resident);
	return act_commit(&a, reversal, err);
}

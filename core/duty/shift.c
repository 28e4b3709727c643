#include "core/duty/shift.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/duty/roster.h"
#include "core/people/message.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define NAME_MAX_CHARS 40
#define NEEDED_MAX     100
#define LENGTH_MAX     (36 * 3600)

static const struct column shift_columns[] = {
	COLUMN(struct shift, id),
	COLUMN(struct shift, name),
	COLUMN(struct shift, start_at),
	COLUMN(struct shift, end_at),
	COLUMN(struct shift, needed),
	COLUMN(struct shift, type),
	COLUMN(struct shift, is_cancelled),
	COLUMN_TO_FILL(struct shift, people),
	COLUMN_TO_FILL(struct shift, gone),
};
static const struct row_type shift_rows = ROW_TYPE(struct shift, shift_columns);
ROW_FINISHER(shift_finish, struct shift, shift_rows);
LIST_FINISHER(shift_list_finish, struct shift_list, shift_rows);

int64_t shift_open_slots(const struct shift *shift)
{
	int64_t open = shift->needed - shift->people_count;

	return open > 0 ? open : 0;
}

/* ---- reading ---- */

static const char *const gone_names[ASSIGNMENT_STATE_COUNT] = {
	[ASSIGNMENT_EXCUSED] = "excused",
	[ASSIGNMENT_MISSED] = "missed",
	[ASSIGNMENT_CANCELLED] = "cancelled",
	[ASSIGNMENT_REPLACED] = "replaced",
};

static int read_state(const struct query *q, void *row, struct err *err)
{
	struct assignment *assignment = row;

	if (assignment->in_at && assignment->state == ASSIGNMENT_PENDING)
		assignment->state = ASSIGNMENT_PRESENT;
	return 0;
}

static const struct column assignment_columns[] = {
	COLUMN(struct assignment, id),
	COLUMN(struct assignment, shift),
	COLUMN(struct assignment, resident),
	COLUMN(struct assignment, is_leader),
	COLUMN(struct assignment, in_at),
	COLUMN(struct assignment, out_at),
	COLUMN_NAMED_AS(struct assignment, state, "gone", gone_names),
	COLUMN(struct assignment, added_at),
	COLUMN(struct assignment, gone_at),
	COLUMN(struct assignment, confirmed_at),
	COLUMN(struct assignment, stands_for),
	COLUMN(struct assignment, asked_at),
	COLUMN(struct assignment, is_locked),
	COLUMN(struct assignment, is_forgotten),
	COLUMN(struct assignment, is_manual),
	COLUMN(struct assignment, let_go_at),
};
const struct row_type assignment_rows =
	ROW_TYPE_MORE(struct assignment, assignment_columns, read_state);

struct assignments {
	struct assignment *rows;
	int count;
};
static LIST_FINISHER(assignments_finish, struct assignments, assignment_rows);

static void append(struct assignment **rows, int *count, struct assignment row)
{
	*rows = mem_resize(*rows, (size_t)(*count + 1) * sizeof(**rows));
	(*rows)[(*count)++] = row;
}

static int read_people(struct db *db, struct shift *shift, struct err *err)
{
	CLEANUP(assignments_finish) struct assignments all = { 0 };

	TRY(rows_list(db, &assignment_rows,
		"SELECT " ASSIGNMENT_COLUMNS " FROM assignment"
		" WHERE shift = :shift ORDER BY is_leader DESC, id",
		FIELDS(F_INT("shift", shift->id)), &all, err));
	for (int i = 0; i < all.count; i++) {
		if (all.rows[i].gone_at)
			append(&shift->gone, &shift->gone_count, all.rows[i]);
		else
			append(&shift->people, &shift->people_count, all.rows[i]);
	}
	return 0;
}

static int read_list(struct db *db, const char *sql, const struct field *params,
	struct shift_list *ret, struct err *err)
{
	CLEANUP(shift_list_finish) struct shift_list list = { 0 };

	TRY(rows_list(db, &shift_rows, sql, params, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(read_people(db, &list.rows[i], err));
	*ret = list;
	list = (struct shift_list){ 0 };
	return 0;
}

#define SHIFT_SELECT                                                   \
	"SELECT shift.id AS id, name, start_at, end_at, needed, type," \
	" cancelled_at IS NOT NULL AS is_cancelled FROM shift"

/* 1 and the first of the list, or 0 when it is empty. */
static int read_first(struct db *db, const char *sql, const struct field *params, struct shift *ret,
	struct err *err)
{
	CLEANUP(shift_list_finish) struct shift_list list = { 0 };

	TRY(read_list(db, sql, params, &list, err));
	if (list.count == 0)
		return 0;
	*ret = list.rows[0];
	list.rows[0] = (struct shift){ 0 };
	return 1;
}

int shift_get(struct db *db, int64_t id, struct shift *ret, struct err *err)
{
	int r = read_first(db, SHIFT_SELECT " WHERE id = :id", FIELDS(F_INT("id", id)), ret, err);

	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(SHIFT_UNKNOWN));
	return r < 0 ? r : 0;
}

/* Half open: what ends at midnight does not run into the next day. Starts are searched from the
 * longest shift before. */
static int read_between(
	struct db *db, int64_t from_at, int64_t until_at, struct shift_list *ret, struct err *err)
{
	return read_list(db,
		SHIFT_SELECT " WHERE cancelled_at IS NULL AND start_at > :earliest AND start_at < "
			     ":until AND end_at > :from"
			     " ORDER BY start_at, end_at, id",
		FIELDS(F_INT("earliest", from_at - LENGTH_MAX - 1), F_INT("until", until_at),
			F_INT("from", from_at)),
		ret, err);
}

int shifts_on(struct db *db, struct day day, struct shift_list *ret, struct err *err)
{
	return read_between(db, when_day_start(day), when_day_start(day_add(day, 1)), ret, err);
}

int shifts_between(
	struct db *db, struct day from, struct day until, struct shift_list *ret, struct err *err)
{
	return read_list(db,
		SHIFT_SELECT
		" WHERE cancelled_at IS NULL AND start_at >= :from AND start_at < :until"
		" ORDER BY start_at, end_at, id",
		FIELDS(F_INT("from", when_day_start(from)),
			F_INT("until", when_day_start(day_add(until, 1)))),
		ret, err);
}

int shifts_at(struct db *db, int64_t at, struct shift_list *ret, struct err *err)
{
	return read_between(db, at, at + 1, ret, err);
}

int shift_of_resident(
	struct db *db, int64_t resident, int64_t at, struct shift *ret, struct err *err)
{
	return read_first(db,
		SHIFT_SELECT " JOIN assignment ON assignment.shift = shift.id"
			     " WHERE resident = :resident AND gone IS NULL AND cancelled_at IS NULL"
			     " AND end_at > :at"
			     " AND start_at <= :soon ORDER BY start_at, shift.id LIMIT 1",
		FIELDS(F_INT("resident", resident), F_INT("at", at),
			F_INT("soon", at + SHIFT_EARLY_SECONDS)),
		ret, err);
}

static int64_t clipped(int64_t at, const struct shift *shift)
{
	if (at < shift->start_at)
		return shift->start_at;
	return at > shift->end_at ? shift->end_at : at;
}

struct minutes assignment_worked(const struct shift *shift, const struct assignment *assignment,
	int64_t now, bool *ret_is_forgotten)
{
	bool is_forgotten = assignment->in_at && !assignment->out_at && now >= shift->end_at;
	int64_t out_at = assignment->out_at ? assignment->out_at : now;

	if (ret_is_forgotten)
		*ret_is_forgotten = is_forgotten;
	if (!assignment->in_at)
		return (struct minutes){ 0 };
	int64_t seconds = clipped(out_at, shift) - clipped(assignment->in_at, shift);
	return (struct minutes){ seconds > 0 ? seconds / 60 : 0 };
}

/* ---- planning ---- */

static int check_draft(const struct shift_draft *draft, struct err *err)
{
	if (draft->needed < 1 || draft->needed > NEEDED_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "needed"));
	if (draft->end_at <= draft->start_at || draft->end_at - draft->start_at > LENGTH_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "end_at"));
	return 0;
}

static int check_alone(struct db *db, const struct shift_draft *draft, struct err *err)
{
	int64_t other;

	TRY(db_integer(db, "SELECT id FROM shift WHERE type = :type AND start_at = :start",
		FIELDS(F_INT("type", draft->type), F_INT("start", draft->start_at)), 0, &other,
		err));
	return other ? err_set(err, ERR_REFUSED, REASON(SHIFT_EXISTS)) : 0;
}

int shift_add(struct db *db, const struct act *act, const struct shift_draft *draft,
	int64_t *ret_id, struct err *err)
{
	static const struct text_limits name_limits = { "name", NAME_MAX_CHARS, false };
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(text_accept(draft->name, strlen(draft->name), &name_limits, &name, err));
	TRY(check_draft(draft, err));
	TRY(act_begin(&a, db, act, ACT_SHIFT_ADD,
		FIELDS(F_TEXT("name", name), F_INT("start_at", draft->start_at),
			F_INT("end_at", draft->end_at), F_INT("needed", draft->needed),
			F_INT("type", draft->type)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_alone(db, draft, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "shift",
		FIELDS(F_INT("id", id), F_TEXT("name", name), F_INT("start_at", draft->start_at),
			F_INT("end_at", draft->end_at), F_INT("needed", draft->needed),
			F_ID("type", draft->type)),
		err));
	TRY(roster_touch(&a, draft->start_at, err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

const struct assignment *shift_assignment_of(const struct shift *shift, int64_t resident)
{
	for (int i = 0; i < shift->people_count; i++)
		if (shift->people[i].resident == resident)
			return &shift->people[i];
	return NULL;
}

/* The latest word counts: ids rise. */
const struct assignment *shift_kept_off(const struct shift *shift, int64_t resident)
{
	const struct assignment *last = NULL;

	if (shift_assignment_of(shift, resident))
		return NULL;
	for (int i = 0; i < shift->gone_count; i++)
		if (shift->gone[i].resident == resident && (!last || shift->gone[i].id > last->id))
			last = &shift->gone[i];
	return last && !last->let_go_at && last->state != ASSIGNMENT_MISSED ? last : NULL;
}

/* ---- cancelling ---- */

static int cancel_people(struct acting *a, const struct shift *shift, struct err *err)
{
	for (int i = 0; i < shift->people_count; i++) {
		const struct assignment *who = &shift->people[i];
		if (who->in_at)
			return err_set(
				err, ERR_REFUSED, REASON(ASSIGNMENT_ATTENDED, .n1 = who->in_at));
		TRY(act_update(a, "assignment", who->id,
			FIELDS(F_TEXT("gone", "cancelled"), F_INT("gone_at", a->at)), err));
		TRY(roster_tell(a, shift, who, MESSAGE_SHIFT_CALLED_OFF, err));
	}
	return 0;
}

int shift_cancel(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_SHIFT_CANCEL, FIELDS(F_INT("shift", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(shift_get(db, id, &shift, err));
	if (shift.is_cancelled)
		return err_set(err, ERR_REFUSED, REASON(SHIFT_CANCELLED));
	TRY(cancel_people(&a, &shift, err));
	TRY(act_update(&a, "shift", id, FIELDS(F_INT("cancelled_at", a.at)), err));
	TRY(roster_touch(&a, shift.start_at, err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}

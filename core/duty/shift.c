#include "core/duty/shift.h"

#include "core/base/mem.h"
#include "core/duty/reasons.h"
#include "core/store/rows.h"

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

/* Half open: a shift that ends at midnight does not run into the next day. Starts are searched from
 * the longest shift before. */
static int read_between(
	struct db *db, int64_t from_at, int64_t until_at, struct shift_list *ret, struct err *err)
{
	return read_list(db,
		SHIFT_SELECT " WHERE cancelled_at IS NULL AND start_at > :earliest AND start_at < "
			     ":until AND end_at > :from"
			     " ORDER BY start_at, end_at, id",
		FIELDS(F_INT("earliest", from_at - SHIFT_LENGTH_MAX - 1), F_INT("until", until_at),
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

const struct assignment *shift_assignment_of(const struct shift *shift, int64_t resident)
{
	for (int i = 0; i < shift->people_count; i++)
		if (shift->people[i].resident == resident)
			return &shift->people[i];
	return NULL;
}

/* The latest one counts: ids increase. */
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

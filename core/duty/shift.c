#include "core/duty/shift.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/resident.h"

#define NAME_MAX_CHARS 40
#define NEEDED_MAX     100
#define LENGTH_MAX     (36 * 3600)

void shift_finish(struct shift *shift)
{
	free(shift->name);
	free(shift->people);
	*shift = (struct shift){ 0 };
}

void shift_list_finish(struct shift_list *list)
{
	for (int i = 0; i < list->count; i++)
		shift_finish(&list->rows[i]);
	free(list->rows);
	*list = (struct shift_list){ 0 };
}

int64_t shift_open_slots(const struct shift *shift)
{
	int64_t open = shift->needed - shift->people_count;

	return open > 0 ? open : 0;
}

/* ---- reading ---- */

static struct shift read_row(const struct query *q)
{
	return (struct shift){
		.id = query_int(q, "id"),
		.name = mem_text(query_text0(q, "name")),
		.start_at = query_int(q, "start_at"),
		.end_at = query_int(q, "end_at"),
		.needed = query_int(q, "needed"),
	};
}

static int read_people(struct db *db, struct shift *shift, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		"SELECT id, shift, resident, is_leader, in_at, out_at FROM assignment"
		" WHERE shift = :shift ORDER BY is_leader DESC, id",
		FIELDS(F_INT("shift", shift->id)), err));
	while ((r = query_next(&q, err)) > 0) {
		size_t size = (size_t)(shift->people_count + 1) * sizeof(*shift->people);
		shift->people = mem_resize(shift->people, size);
		shift->people[shift->people_count++] = (struct assignment){
			.id = query_int(&q, "id"),
			.shift = query_int(&q, "shift"),
			.resident = query_int(&q, "resident"),
			.is_leader = query_int(&q, "is_leader") != 0,
			.in_at = query_int(&q, "in_at"),
			.out_at = query_int(&q, "out_at"),
		};
	}
	return r;
}

/* Without the people: one query after the other. */
static int read_rows(struct db *db, const char *sql, const struct field *params,
	struct shift_list *list, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db, sql, params, err));
	while ((r = query_next(&q, err)) > 0) {
		list->rows =
			mem_resize(list->rows, (size_t)(list->count + 1) * sizeof(*list->rows));
		list->rows[list->count++] = read_row(&q);
	}
	return r;
}

static int read_list(struct db *db, const char *sql, const struct field *params,
	struct shift_list *ret, struct err *err)
{
	CLEANUP(shift_list_finish) struct shift_list list = { 0 };

	TRY(read_rows(db, sql, params, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(read_people(db, &list.rows[i], err));
	*ret = list;
	list = (struct shift_list){ 0 };
	return 0;
}

#define SHIFT_SELECT "SELECT shift.id, name, start_at, end_at, needed FROM shift"

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
		SHIFT_SELECT " WHERE start_at > :earliest AND start_at < :until AND end_at > :from"
			     " ORDER BY start_at, end_at, id",
		FIELDS(F_INT("earliest", from_at - LENGTH_MAX - 1), F_INT("until", until_at),
			F_INT("from", from_at)),
		ret, err);
}

int shifts_on(struct db *db, struct day day, struct shift_list *ret, struct err *err)
{
	return read_between(db, when_day_start(day), when_day_start(day_add(day, 1)), ret, err);
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
			     " WHERE resident = :resident AND end_at > :at"
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
			F_INT("end_at", draft->end_at), F_INT("needed", draft->needed)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "shift",
		FIELDS(F_INT("id", id), F_TEXT("name", name), F_INT("start_at", draft->start_at),
			F_INT("end_at", draft->end_at), F_INT("needed", draft->needed)),
		err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

static const struct assignment *assignment_of(const struct shift *shift, int64_t resident)
{
	for (int i = 0; i < shift->people_count; i++)
		if (shift->people[i].resident == resident)
			return &shift->people[i];
	return NULL;
}

static int check_assignment(const struct act *act, const struct shift *shift,
	const struct resident *resident, bool is_leader, struct err *err)
{
	struct err refusal = { 0 };

	if (resident->has_left)
		err_refuse(&refusal, REASON(RESIDENT_LEFT));
	if (assignment_of(shift, resident->id))
		err_refuse(&refusal, REASON(SHIFT_ASSIGNED));
	if (shift_open_slots(shift) == 0 && !act->is_override)
		err_refuse(&refusal, REASON(SHIFT_FULL, .n1 = shift->needed));
	if (is_leader && shift->people_count > 0 && shift->people[0].is_leader)
		err_refuse(&refusal, REASON(SHIFT_HAS_LEADER));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

int shift_assign(struct db *db, const struct act *act, const struct assignment_draft *draft,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct resident resident;

	TRY(act_begin(&a, db, act, ACT_SHIFT_ASSIGN,
		FIELDS(F_INT("shift", draft->shift), F_INT("resident", draft->resident),
			F_INT("is_leader", draft->is_leader)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(shift_get(db, draft->shift, &shift, err));
	TRY(resident_get(db, draft->resident, &resident, err));
	TRY(check_assignment(act, &shift, &resident, draft->is_leader, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "assignment",
		FIELDS(F_INT("id", id), F_INT("shift", draft->shift),
			F_INT("resident", draft->resident), F_INT("is_leader", draft->is_leader)),
		err));
	act_set_subject(&a, id, draft->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* ---- attendance ---- */

static int check_in(
	const struct shift *shift, const struct assignment *who, int64_t at, struct err *err)
{
	int64_t from_at = shift->start_at - SHIFT_EARLY_SECONDS;
	struct err refusal = { 0 };

	if (!who)
		err_refuse(&refusal, REASON(SHIFT_NOT_ASSIGNED));
	if (at < from_at || at >= shift->end_at)
		err_refuse(&refusal, REASON(SHIFT_NOT_NOW, .n1 = from_at, .n2 = shift->end_at));
	if (who && who->in_at)
		err_refuse(&refusal, REASON(SHIFT_SIGNED_IN, .n1 = who->in_at));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

static int check_out(
	const struct shift *shift, const struct assignment *who, int64_t at, struct err *err)
{
	if (!who)
		return err_set(err, ERR_REFUSED, REASON(SHIFT_NOT_ASSIGNED));
	if (!who->in_at || who->out_at)
		return err_set(err, ERR_REFUSED, REASON(SHIFT_NOT_SIGNED_IN));
	return 0;
}

/* What signing in and signing out differ in. */
struct side {
	enum act_kind kind;
	const char *column;
	int (*check)(const struct shift *, const struct assignment *, int64_t at, struct err *);
};
static const struct side side_in = { ACT_ATTENDANCE_IN, "in_at", check_in };
static const struct side side_out = { ACT_ATTENDANCE_OUT, "out_at", check_out };

static int attend(struct db *db, const struct act *act, const struct side *side, int64_t shift_id,
	int64_t resident, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, side->kind,
		FIELDS(F_INT("shift", shift_id), F_INT("resident", resident)), err));
	if (a.is_repeat)
		return 0;
	TRY(shift_get(db, shift_id, &shift, err));
	const struct assignment *who = assignment_of(&shift, resident);
	TRY(side->check(&shift, who, a.at, err));
	TRY(act_check_order(&a, who->id, err));
	/* A clock that was put back must not keep anybody signed in. */
	int64_t at = a.at > who->in_at ? a.at : who->in_at;
	TRY(act_update(&a, "assignment", who->id, FIELDS(F_INT(side->column, at)), err));
	act_set_subject(&a, who->id, resident);
	return act_commit(&a, who->id, err);
}

int attendance_in(
	struct db *db, const struct act *act, int64_t shift, int64_t resident, struct err *err)
{
	return attend(db, act, &side_in, shift, resident, err);
}

int attendance_out(
	struct db *db, const struct act *act, int64_t shift, int64_t resident, struct err *err)
{
	return attend(db, act, &side_out, shift, resident, err);
}

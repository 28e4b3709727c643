#include "core/duty/attendance.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/assignment.h"
#include "core/duty/reasons.h"
#include "core/duty/service_hours.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"

int64_t attendance_late(const struct shift *shift, const struct assignment *who)
{
	int64_t late = who->in_at - shift->start_at;

	return who->in_at && late > 0 ? late / 60 : 0;
}

int64_t attendance_early(const struct shift *shift, const struct assignment *who)
{
	int64_t early = shift->end_at - who->out_at;

	return who->out_at && early > 0 ? early / 60 : 0;
}

/* ---- by scan ---- */

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

/* How signing in and signing out differ. */
struct side {
	enum act_kind kind;
	const char *column;
	int (*check)(const struct shift *, const struct assignment *, int64_t at, struct err *);
};
static const struct side side_in = { ACT_ATTENDANCE_IN, "in_at", check_in };
static const struct side side_out = { ACT_ATTENDANCE_OUT, "out_at", check_out };

static int certify(struct acting *a, const struct shift *shift, const struct assignment *who,
	int64_t out_at, struct err *err)
{
	struct assignment served = *who;

	served.out_at = out_at;
	return service_hours_post(a, shift, &served, &(struct service_source){ 0 }, err);
}

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
	const struct assignment *who = shift_assignment_of(&shift, resident);
	TRY(side->check(&shift, who, a.at, err));
	TRY(act_check_order(&a, who->id, err));
	/* A clock that was set back must not keep anybody signed in. */
	int64_t at = a.at > who->in_at ? a.at : who->in_at;
	TRY(act_update(&a, "assignment", who->id, FIELDS(F_INT(side->column, at)), err));
	if (side == &side_out)
		TRY(certify(&a, &shift, who, at, err));
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

/* ---- what was forgotten ---- */

static int next_forgotten(struct db *db, int64_t now, int64_t *ret, struct err *err)
{
	return db_integer(db,
		"SELECT assignment.id FROM assignment JOIN shift ON shift.id = assignment.shift"
		" WHERE in_at IS NOT NULL AND out_at IS NULL AND gone IS NULL AND end_at <= :now"
		" ORDER BY assignment.id LIMIT 1",
		FIELDS(F_INT("now", now)), 0, ret, err);
}

static int close_one(struct acting *a, int64_t id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	struct assignment who;

	TRY(assignment_get(a->db, id, &who, err));
	TRY(shift_get(a->db, who.shift, &shift, err));
	int64_t out_at = shift.end_at > who.in_at ? shift.end_at : who.in_at;
	TRY(act_update(a, "assignment", id,
		FIELDS(F_INT("out_at", out_at), F_INT("is_forgotten", 1)), err));
	return certify(a, &shift, &who, out_at, err);
}

int attendance_close(struct db *db, const struct act *act, int *ret_count, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;
	int count = 0;

	*ret_count = 0;
	TRY(next_forgotten(db, db_now(db), &id, err));
	if (!id)
		return 0;
	TRY(act_begin(&a, db, act, ACT_ATTENDANCE_CLOSE, NO_FIELDS, err));
	if (a.is_repeat)
		return 0;
	for (; id; count++) {
		TRY(close_one(&a, id, err));
		TRY(next_forgotten(db, a.now, &id, err));
	}
	TRY(act_commit(&a, count, err));
	*ret_count = count;
	return 0;
}

/* ---- afterwards ---- */

static int check_why(const struct act *act, struct err *err)
{
	return act->why && *act->why ? 0 : err_set(err, ERR_REFUSED, REASON(WHY_NEEDED));
}

static int check_started(const struct acting *a, const struct shift *shift, struct err *err)
{
	if (shift->start_at <= a->now)
		return 0;
	return err_set(err, ERR_REFUSED, REASON(SHIFT_NOT_STARTED, .n1 = shift->start_at));
}

static int check_times(const struct acting *a, const struct shift *shift, int64_t in_at,
	int64_t out_at, struct err *err)
{
	if (in_at < shift->start_at - SHIFT_EARLY_SECONDS || in_at >= shift->end_at)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "in_at"));
	if (out_at <= in_at || out_at > shift->end_at + SHIFT_EARLY_SECONDS || out_at > a->now)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "out_at"));
	return 0;
}

static int check_entry(
	struct acting *a, const struct shift *shift, const struct assignment *who, struct err *err)
{
	int64_t certified;

	TRY(check_started(a, shift, err));
	if (who->gone_at)
		return err_set(err, ERR_REFUSED, REASON(ASSIGNMENT_GONE));
	if (a->act->approver && a->act->approver == a->act->actor)
		return err_set(err, ERR_REFUSED, REASON(APPROVER_SAME));
	TRY(service_hours_standing(a->db, who->id, &certified, err));
	return certified ? err_set(err, ERR_REFUSED, REASON(HOURS_ALREADY)) : 0;
}

int attendance_enter(struct db *db, const struct act *act, int64_t id, int64_t in_at,
	int64_t out_at, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct assignment who;

	TRY(check_why(act, err));
	TRY(act_begin(&a, db, act, ACT_ATTENDANCE_ENTER,
		FIELDS(F_INT("assignment", id), F_INT("in_at", in_at), F_INT("out_at", out_at)),
		err));
	if (a.is_repeat)
		return 0;
	TRY(assignment_get(db, id, &who, err));
	TRY(shift_get(db, who.shift, &shift, err));
	TRY(check_entry(&a, &shift, &who, err));
	TRY(check_times(&a, &shift, in_at, out_at, err));
	TRY(act_update(&a, "assignment", id,
		FIELDS(F_INT("in_at", in_at), F_INT("out_at", out_at), F_INT("is_forgotten", 0),
			F_INT("is_manual", 1)),
		err));
	who.in_at = in_at;
	who.out_at = out_at;
	const struct service_source source = {
		.is_manual = true, .author = act->actor, .approver = act->approver
	};
	TRY(service_hours_post(&a, &shift, &who, &source, err));
	act_set_subject(&a, id, who.resident);
	return act_commit(&a, id, err);
}

int attendance_missed(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct assignment who;

	TRY(check_why(act, err));
	TRY(act_begin(&a, db, act, ACT_ATTENDANCE_MISSED, FIELDS(F_INT("assignment", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(assignment_get(db, id, &who, err));
	TRY(shift_get(db, who.shift, &shift, err));
	TRY(check_started(&a, &shift, err));
	if (who.gone_at)
		return err_set(err, ERR_REFUSED, REASON(ASSIGNMENT_GONE));
	if (who.in_at)
		return err_set(err, ERR_REFUSED, REASON(ASSIGNMENT_ATTENDED, .n1 = who.in_at));
	TRY(act_update(&a, "assignment", id,
		FIELDS(F_TEXT("gone", "missed"), F_INT("gone_at", a.at)), err));
	act_set_subject(&a, id, who.resident);
	return act_commit(&a, id, err);
}

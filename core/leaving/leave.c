#include "core/leaving/leave.h"

#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/volunteer.h"
#include "core/items/lending/hold_acts.h"
#include "core/items/lending/hold_list.h"
#include "core/people/child.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/people/staff.h"
#include "core/points/freeze.h"
#include "core/points/gift.h"
#include "core/points/ledger.h"
#include "core/store/acting.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/session.h"

/* ---- what stands against it ---- */

/* Each counts what :resident still has. */
static const struct obligation {
	int reason;
	const char *sql;
} obligations[] = {
	{ REASON_RESIDENT_HAS_LOANS,
		"SELECT count(*) FROM loan WHERE resident = :resident AND returned_at IS NULL"
		" AND voided_at IS NULL" },
	{ REASON_RESIDENT_HAS_KEYS,
		"SELECT count(*) FROM handover WHERE resident = :resident AND back_at IS NULL" },
	{ REASON_RESIDENT_OWNS,
		"SELECT (SELECT count(*) FROM item_owner JOIN item ON item.id = item_owner.item"
		" WHERE resident = :resident AND status <> 'retired')"
		" + (SELECT count(*) FROM use_right WHERE resident = :resident"
		" AND ended_at IS NULL)" },
	{ REASON_RESIDENT_IS_GUARDIAN,
		"SELECT count(*) FROM resident WHERE guardian = :resident AND left_on IS NULL" },
};

static int check_staff(struct db *db, int64_t resident, struct err *refusal, struct err *err)
{
	struct staff staff;
	struct err fault = { 0 };
	int r = staff_by_resident(db, resident, &staff, &fault);

	if (r == ERR_NOT_FOUND)
		return 0;
	if (r < 0) {
		*err = fault;
		return r;
	}
	err_refuse(refusal, REASON_TEXT(RESIDENT_IS_STAFF, staff.code));
	return 0;
}

int leave_check(struct db *db, int64_t id, struct err *ret_refusal, struct err *err)
{
	struct resident resident;
	struct err refusal = { 0 };
	int64_t n;

	TRY(resident_get(db, id, &resident, err));
	if (resident.has_left)
		err_refuse(&refusal, REASON(RESIDENT_LEFT));
	for (size_t i = 0; i < ARRAY_LEN(obligations); i++) {
		TRY(db_integer(db, obligations[i].sql, FIELDS(F_INT("resident", id)), 0, &n, err));
		if (n > 0)
			err_refuse(&refusal,
				(struct reason){ .code = obligations[i].reason, .n1 = n });
	}
	TRY(check_staff(db, id, &refusal, err));
	*ret_refusal = refusal;
	return 0;
}

/* ---- what ends with it ---- */

static int end_holds(struct acting *a, int64_t id, struct err *err)
{
	CLEANUP(hold_list_finish) struct hold_list holds = { 0 };

	TRY(holds_of_resident(a->db, id, a->at, &holds, err));
	for (int i = 0; i < holds.count; i++)
		TRY(hold_cancel(a->db, a->act, holds.rows[i].id, err));
	return 0;
}

static int end_session(struct acting *a, int64_t id, struct err *err)
{
	struct session session;
	int is_in = session_of_resident(a->db, id, &session, err);

	return is_in > 0 ? session_end(a->db, a->act, session.id, true, err) : is_in;
}

/* One that has begun ends by itself. */
static int end_bookings(struct acting *a, int64_t id, struct err *err)
{
	CLEANUP(booking_list_finish) struct booking_list bookings = { 0 };

	TRY(bookings_of_resident(a->db, id, a->at, &bookings, err));
	for (int i = 0; i < bookings.count; i++) {
		const struct booking *b = &bookings.rows[i];
		bool stands = booking_is_live(b) || b->status == BOOKING_WAITING;
		if (stands && b->start_at > a->at)
			TRY(booking_cancel(a->db, a->act, b->id, err));
	}
	return 0;
}

static int end_shifts(struct acting *a, int64_t id, struct err *err)
{
	CLEANUP(duty_list_finish) struct duty_list duties = { 0 };

	TRY(duties_of(a->db, id, a->at, &duties, err));
	for (int i = 0; i < duties.count; i++) {
		const struct duty *duty = &duties.rows[i];
		const struct assignment *who = &duty->assignment;
		if (duty->kind == DUTY_LEFT)
			continue;
		if (who->in_at && !who->out_at)
			TRY(attendance_out(a->db, a->act, who->shift, id, err));
		else if (!who->in_at && duty->end_at > a->at)
			TRY(assignment_excuse(a->db, a->act, who->id, err));
	}
	return 0;
}

/* Rows of a table that only record membership. */
static int delete_all(
	struct acting *a, const char *table, const char *sql, int64_t id, struct err *err)
{
	int64_t row;

	for (;;) {
		TRY(db_integer(a->db, sql, FIELDS(F_INT("resident", id)), 0, &row, err));
		if (!row)
			return 0;
		TRY(act_delete(a, table, row, err));
	}
}

static int end_service(struct acting *a, int64_t id, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	int is_volunteer = volunteer_of(a->db, id, &v, err);

	TRY(is_volunteer);
	if (is_volunteer && !v.has_ended)
		TRY(volunteer_end(a->db, a->act, v.id, err));
	return delete_all(a, "duty_team_member",
		"SELECT min(id) FROM duty_team_member WHERE resident = :resident", id, err);
}

static int end_kin(struct acting *a, int64_t id, struct err *err)
{
	CLEANUP(mem_free) int64_t *kin = NULL;
	int count = kin_of(a->db, id, &kin, err);

	TRY(count);
	for (int i = 0; i < count; i++)
		TRY(kin_end(a->db, a->act, id, kin[i], err));
	return 0;
}

static int hand_points_to(
	struct acting *a, int64_t id, int64_t to, struct points points, struct err *err)
{
	const struct posting postings[] = {
		{ .resident = id, .amount = POINTS(-points.n) },
		{ .resident = to, .amount = points },
	};
	const struct transfer_draft draft = { "gift", postings, ARRAY_LEN(postings) };
	struct resident heir;
	int64_t transfer;

	TRY(resident_get(a->db, to, &heir, err));
	if (heir.has_left || to == id)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT));
	return transfer_post(a->db, a->act, &draft, &transfer, err);
}

static int hand_over_points(struct acting *a, int64_t id, int64_t to, struct err *err)
{
	struct points balance, frozen;
	int64_t transfer;

	TRY(points_frozen(a->db, id, &frozen, err));
	if (frozen.n > 0)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_HAS_DEPOSIT, .n1 = frozen.n));
	TRY(points_balance(a->db, id, &balance, err));
	if (balance.n <= 0)
		return 0;
	if (to)
		return hand_points_to(a, id, to, balance, err);
	return points_donate(a->db, a->act, HOLDER_RESIDENT(id), balance, &transfer, err);
}

static int end_all(struct acting *a, int64_t id, int64_t points_to, struct err *err)
{
	TRY(end_session(a, id, err));
	TRY(end_holds(a, id, err));
	TRY(end_bookings(a, id, err));
	TRY(end_shifts(a, id, err));
	TRY(end_service(a, id, err));
	TRY(end_kin(a, id, err));
	TRY(hand_over_points(a, id, points_to, err));
	return resident_leave(a->db, a->act, id, err);
}

int person_leave(
	struct db *db, const struct act *act, int64_t id, int64_t points_to, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct err refusal = { 0 };

	TRY(act_begin(&a, db, act, ACT_RESIDENT_LEAVE,
		FIELDS(F_INT("resident", id), F_INT("points_to", points_to)), err));
	if (a.is_repeat)
		return 0;
	TRY(leave_check(db, id, &refusal, err));
	if (refusal.code) {
		*err = refusal;
		return refusal.code;
	}
	TRY(end_all(&a, id, points_to, err));
	act_set_subject(&a, id, id);
	return act_commit(&a, id, err);
}

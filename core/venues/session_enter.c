#include "core/venues/session_enter.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/venues/booking.h"
#include "core/venues/booking_within.h"
#include "core/venues/charge.h"

#define PEOPLE_MAX 10000

static int check(const struct session_past *past, int64_t now, struct err *err)
{
	if (past->people < 1 || past->people > PEOPLE_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "people"));
	if (past->in_at > now)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "in_at"));
	if (past->out_at <= past->in_at || past->out_at > now)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "out_at"));
	return 0;
}

/* Their own booking of that time that nobody has signed in with, even if the time to do so has
 * passed: nobody could. One that has been recorded as missed stays so. 1 and *ret, or 0. */
static int find_booking(
	struct db *db, const struct session_past *past, struct booking *ret, struct err *err)
{
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };

	if (!past->resident)
		return 0;
	TRY(bookings_between(db, past->venue, past->in_at, past->out_at, &list, err));
	for (int i = 0; i < list.count; i++) {
		struct booking *b = &list.rows[i];
		bool is_unused = b->status == BOOKING_BOOKED || b->status == BOOKING_NO_SHOW;
		if (b->resident != past->resident || !is_unused || b->ended_at)
			continue;
		*ret = *b;
		*b = (struct booking){ 0 };
		return 1;
	}
	return 0;
}

static int use_booking(struct acting *a, const struct booking *booking, struct err *err)
{
	if (!booking->id)
		return 0;
	TRY(act_update(a, "booking", booking->id,
		FIELDS(F_TEXT("status", booking_status_name(BOOKING_USED))), err));
	TRY(charge_booking(a, CHARGE_USED, booking, err));
	return charge_booking(a, CHARGE_OVER, booking, err);
}

int session_enter(struct db *db, const struct act *act, const struct session_past *past,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(booking_finish) struct booking booking = { 0 };
	struct resident resident;

	TRY(act_begin(&a, db, act, ACT_SESSION_ENTER,
		FIELDS(F_INT("venue", past->venue), F_INT("resident", past->resident),
			F_INT("people", past->people), F_INT("in_at", past->in_at),
			F_INT("out_at", past->out_at)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check(past, a.now, err));
	TRY(venue_get(db, past->venue, &venue, err));
	if (past->resident)
		TRY(resident_get(db, past->resident, &resident, err));
	int r = find_booking(db, past, &booking, err);
	if (r < 0)
		return r;
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "session",
		FIELDS(F_INT("id", id), F_INT("venue", past->venue),
			F_ID("resident", past->resident), F_ID("booking", booking.id),
			F_INT("people", past->people), F_INT("in_at", past->in_at),
			F_INT("out_at", past->out_at)),
		err));
	TRY(use_booking(&a, &booking, err));
	act_set_subject(&a, id, past->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

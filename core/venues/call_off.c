#include "core/venues/call_off.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/store/acting.h"
#include "core/store/rows.h"
#include "core/venues/booking.h"
#include "core/venues/booking_within.h"
#include "core/venues/charge.h"
#include "core/venues/reasons.h"
#include "core/venues/venue_hours.h"

static const struct text_limits name_limits = { .what = "blackout", .max_chars = 30 };

static bool is_in_the_way(const struct booking *b, int64_t now)
{
	return booking_is_ahead(b, now) || (booking_is_live(b) && b->end_at > now);
}

static int call_off(struct acting *a, const struct booking *b, struct err *err)
{
	TRY(booking_end(a, b->id, BOOKING_CANCELLED, a->at, err));
	TRY(charge_booking(a, CHARGE_GIVEN_UP, b, err));
	return booking_tell(a, b, MESSAGE_BOOKING_CALLED_OFF, err);
}

/* Bookings at that time: they refuse the closure, or (override) are cancelled. */
static int clear_bookings(struct acting *a, const struct blackout_draft *draft, struct err *err)
{
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	int count = 0;

	TRY(bookings_between(a->db, draft->venue, draft->start_at, draft->end_at, &list, err));
	for (int i = 0; i < list.count; i++)
		count += is_in_the_way(&list.rows[i], a->now);
	if (count > 0 && !a->act->is_override)
		return err_set(err, ERR_REFUSED, REASON(BLACKOUT_BOOKED, .n1 = count));
	for (int i = 0; i < list.count; i++) {
		if (!is_in_the_way(&list.rows[i], a->now) || list.rows[i].status == BOOKING_USED)
			continue;
		TRY(call_off(a, &list.rows[i], err));
	}
	return 0;
}

int blackout_add(struct db *db, const struct act *act, const struct blackout_draft *draft,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	const char *given = draft->name ? draft->name : "";

	if (draft->end_at <= draft->start_at)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "end"));
	TRY(text_accept(given, strlen(given), &name_limits, &name, err));
	TRY(act_begin(&a, db, act, ACT_BLACKOUT_ADD,
		FIELDS(F_INT("venue", draft->venue), F_INT("start_at", draft->start_at),
			F_INT("end_at", draft->end_at), F_TEXT("name", name)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(venue_get(db, draft->venue, &venue, err));
	TRY(booking_settle(&a, draft->venue, err));
	TRY(clear_bookings(&a, draft, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "blackout",
		FIELDS(F_INT("id", id), F_INT("venue", draft->venue),
			F_INT("start_at", draft->start_at), F_INT("end_at", draft->end_at),
			F_TEXT("name", name)),
		err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int blackout_remove(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t venue;

	TRY(act_begin(&a, db, act, ACT_BLACKOUT_REMOVE, FIELDS(F_INT("blackout", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(db_integer(db, "SELECT venue FROM blackout WHERE id = :id", FIELDS(F_INT("id", id)), 0,
		&venue, err));
	if (!venue)
		return err_set(err, ERR_NOT_FOUND, REASON(BLACKOUT_UNKNOWN));
	TRY(act_delete(&a, "blackout", id, err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}

/* ---- the house is shut ---- */

static int is_still_open(struct db *db, const struct booking *b, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(venue_hours_finish) struct venue_hours hours = { 0 };
	struct day first = day_add(when_day(b->start_at), -1), last = when_day(b->end_at);
	struct period open;

	TRY(venue_get(db, b->venue, &venue, err));
	TRY(venue_hours_read(db, &venue, first, last, &hours, err));
	return venue_hours_hold(&hours, b->start_at, b->end_at, &open);
}

int bookings_call_off(struct db *db, const struct act *act, struct day from, struct day until,
	int *ret_count, struct err *err)
{
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	char first[11], last[11];
	int count = 0;

	day_format(from, first);
	day_format(until, last);
	TRY(act_begin(&a, db, act, ACT_BOOKINGS_CALL_OFF,
		FIELDS(F_TEXT("from", first), F_TEXT("until", last)), err));
	if (!a.is_repeat) {
		TRY(bookings_between(db, 0, when_day_start(from), when_day_start(day_add(until, 1)),
			&list, err));
		for (int i = 0; i < list.count; i++) {
			const struct booking *b = &list.rows[i];
			if (!is_in_the_way(b, a.now) || b->status == BOOKING_USED)
				continue;
			int is_open = is_still_open(db, b, err);
			if (is_open < 0)
				return is_open;
			if (is_open)
				continue;
			TRY(call_off(&a, b, err));
			count++;
		}
		TRY(act_commit(&a, count, err));
	}
	*ret_count = (int)a.result;
	return 0;
}

/* Doors: what signs in to a room and out of it, and what is asked first (doc/rules.md, Venues). */
#include "core/desk/desk.h"
#include "core/desk/internal.h"
#include "core/venues/booking.h"
#include "core/venues/reasons.h"
#include "core/venues/venue.h"

static bool is_question(const struct err *err)
{
	for (int i = 0; i < err->reason_count; i++)
		if (!session_reason_is_question(err->reasons[i].code))
			return false;
	return err->reason_count > 0;
}

static bool is_overridable(const struct err *err)
{
	for (int i = 0; i < err->reason_count; i++)
		if (!session_reason_is_overridable(err->reasons[i].code))
			return false;
	return err->reason_count > 0;
}

/* 1 when a scan at this door signs out `*ret`; 0 when it signs in. */
static int to_leave(
	struct desk *desk, const struct door *door, struct session *ret, struct err *err)
{
	if (door->booking)
		return session_of_booking(desk->db, door->booking, ret, err);
	return session_at_door(desk->db, door->resident, door->venue, ret, err);
}

/* A line of the list, if the person signed out is the visitor. */
static void note(struct desk *desk, const struct door *door, const struct outcome *o)
{
	if (desk->visit.id && desk->visit.resident == door->resident)
		line_note(desk, o);
}

/* A refusal by the rules: a question to be answered, or a line with all reasons. */
static int refused(struct desk *desk, const struct door *door, int r, const struct err *err,
	struct outcome *ret)
{
	if (r != ERR_REFUSED)
		return r;
	ret->err = *err;
	if (is_question(err)) {
		ret->kind = OUTCOME_DOOR;
		desk->door = *door;
		return 0;
	}
	ret->kind = OUTCOME_REFUSED;
	ret->can_override = is_overridable(err);
	note(desk, door, ret);
	return 0;
}

/* Not knowing how long they can stay is no reason to keep them out. */
static void tell_entry(struct desk *desk, int64_t id, struct outcome *ret)
{
	struct session session;
	struct err ignored = { 0 };

	ret->session = id;
	if (session_entry(desk->db, id, &session, &ret->entry, &ignored) < 0)
		ret->entry = (struct entry){ 0 };
}

static int pass(struct desk *desk, const struct door *door, const struct act *act,
	struct outcome *ret, struct err *err)
{
	const struct session_request request = { .venue = door->venue,
		.resident = door->resident,
		.booking = door->booking,
		.is_sure = door->is_sure };
	struct door asked = *door;
	struct session session;
	int64_t id;

	int r = to_leave(desk, door, &session, err);
	if (r < 0)
		return r;
	asked.is_leaving = r == 1;
	/* Meanwhile closing time has ended the session they said yes to. */
	if (door->is_sure && asked.is_leaving != door->is_leaving)
		return err_set(err, ERR_REFUSED, REASON(VENUE_NOT_SIGNED_IN));
	r = asked.is_leaving ? session_end(desk->db, act, session.id, door->is_sure, err)
			     : session_open(desk->db, act, &request, &id, err);
	r = counter_settle(desk, r, act, &id, err);
	if (r < 0)
		return refused(desk, &asked, r, err, ret);
	ret->kind = asked.is_leaving ? OUTCOME_VENUE_OUT : OUTCOME_VENUE_IN;
	ret->at = db_now(desk->db);
	if (!asked.is_leaving)
		tell_entry(desk, id, ret);
	note(desk, door, ret);
	return 0;
}

/* Names the door; a known one answers the pending question, as every known scan does. */
static int begin_door(
	struct desk *desk, const struct door *door, struct outcome *ret, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };

	TRY(venue_get(desk->db, door->venue, &venue, err));
	ret->venue = venue.id;
	ret->booking = door->booking;
	ret->name = TAKE(venue.name);
	return question_settle(desk, 0, err);
}

static int try_door(
	struct desk *desk, const struct door *door, struct outcome *ret, struct err *err)
{
	struct act act = desk_act(desk);

	act.resident = door->resident;
	TRY(begin_door(desk, door, ret, err));
	return pass(desk, door, &act, ret, err);
}

int door_venue(struct desk *desk, int64_t venue, struct outcome *ret, struct err *err)
{
	const struct door door = { .venue = venue, .resident = desk->visit.resident };

	if (door.resident)
		return try_door(desk, &door, ret, err);
	TRY(begin_door(desk, &door, ret, err));
	ret->kind = OUTCOME_NEED_CARD;
	return 0;
}

int door_booking(struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };

	TRY(booking_by_code(desk->db, code, &booking, err));
	const struct door door = {
		.venue = booking.venue, .booking = booking.id, .resident = booking.resident
	};
	return try_door(desk, &door, ret, err);
}

int door_answer(struct desk *desk, bool is_yes, struct outcome *ret, struct err *err)
{
	struct door door = desk->door;

	if (!door.venue)
		return 0;
	desk->door = (struct door){ 0 };
	if (is_yes) {
		door.is_sure = true;
		int r = try_door(desk, &door, ret, err);
		door.is_sure = false;
		if (r == ERR_BUSY)
			desk->door = door;
		return r;
	}
	TRY(begin_door(desk, &door, ret, err));
	ret->kind = OUTCOME_DOOR_LEFT;
	note(desk, &door, ret);
	return 0;
}

int door_override(struct desk *desk, const struct outcome *refusal, const struct act *act,
	struct outcome *ret, struct err *err)
{
	const struct door door = { .venue = refusal->venue,
		.booking = refusal->booking,
		.resident = desk->visit.resident };

	TRY(begin_door(desk, &door, ret, err));
	return pass(desk, &door, act, ret, err);
}

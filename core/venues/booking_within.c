#include "core/venues/booking_within.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/store/acting.h"
#include "core/venues/booking.h"
#include "core/venues/charge.h"

int booking_end(
	struct acting *a, int64_t id, enum booking_status status, int64_t at, struct err *err)
{
	return act_update(a, "booking", id,
		FIELDS(F_TEXT("status", booking_status_name(status)), F_INT("ended_at", at)), err);
}

int booking_tell(struct acting *a, const struct booking *b, enum message_kind kind, struct err *err)
{
	const struct message facts = {
		.kind = kind, .about = b->venue_name, .start_at = b->start_at, .end_at = b->end_at
	};

	return b->resident ? message_tell(a->db, a->act, b->resident, &facts, err) : 0;
}

static enum booking_status status_of(const char *name)
{
	for (int i = 0; i < BOOKING_STATUS_COUNT; i++)
		if (strcmp(booking_status_name((enum booking_status)i), name) == 0)
			return (enum booking_status)i;
	return BOOKING_LAPSED;
}

/* One row whose stored state is outdated: 1, its id and what became of it when; or 0. */
static int next_over(struct acting *a, int64_t venue, int64_t *ret_id, enum booking_status *ret,
	int64_t *ret_at, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	/* A window is a day at most, so this also finds requests that have lapsed. */
	TRY(query_open(&q, a->db,
		"SELECT id, status, start_at, release_at FROM booking"
		" WHERE venue = :venue AND status IN ('requested', 'booked')"
		" AND release_at <= :now + 86400 AND"
		" ((status = 'booked' AND release_at <= :now)"
		" OR (status = 'requested' AND start_at <= :now))"
		" UNION ALL SELECT id, status, start_at, release_at FROM booking"
		" WHERE venue = :venue AND status = 'waiting' AND start_at <= :now LIMIT 1",
		FIELDS(F_INT("venue", venue), F_INT("now", a->now)), err));
	int r = query_next(&q, err);
	if (r <= 0)
		return r;
	*ret_id = query_int(&q, "id");
	int64_t start_at = query_int(&q, "start_at"), release_at = query_int(&q, "release_at");
	*ret = booking_status_at(
		status_of(query_text0(&q, "status")), start_at, release_at, a->now);
	*ret_at = *ret == BOOKING_NO_SHOW ? release_at : start_at;
	return 1;
}

static int settle_one(
	struct acting *a, int64_t id, enum booking_status status, int64_t at, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };

	TRY(booking_end(a, id, status, at, err));
	TRY(booking_get(a->db, id, &booking, err));
	return charge_booking(
		a, status == BOOKING_NO_SHOW ? CHARGE_MISSED : CHARGE_GIVEN_UP, &booking, err);
}

int booking_settle(struct acting *a, int64_t venue, struct err *err)
{
	enum booking_status status;
	int64_t id, at;
	int r;

	while ((r = next_over(a, venue, &id, &status, &at, err)) > 0)
		TRY(settle_one(a, id, status, at, err));
	return r;
}

#include "core/venues/charge.h"

#include "core/people/message.h"
#include "core/points/freeze.h"
#include "core/store/acting.h"
#include "core/venues/booking.h"

static int freeze_all(struct acting *a, const struct booking *booking, struct err *err)
{
	const struct freeze_draft draft = { HOLDER_RESIDENT(booking->resident),
		POINTS(booking->fee + booking->deposit), FREEZE_BOOKING, booking->id };
	struct freeze open;
	int64_t id;

	if (!booking->resident || draft.points.n == 0)
		return 0;
	/* Approved after it was placed: it is held already. */
	int r = freeze_of(a->db, FREEZE_BOOKING, booking->id, &open, err);
	if (r != 0)
		return r < 0 ? r : 0;
	return points_freeze(a->db, a->act, &draft, &id, err);
}

/* Once: a freeze is settled once. */
static int settle(struct acting *a, int64_t booking, int64_t fee, struct err *err)
{
	struct freeze open;
	int r = freeze_of(a->db, FREEZE_BOOKING, booking, &open, err);

	return r > 0 ? freeze_charge(a->db, a->act, open.id, POINTS(fee), err) : r;
}

/* The room has been used: they are told the charge. */
static int settle_used(struct acting *a, const struct booking *b, struct err *err)
{
	struct freeze open;
	int r = freeze_of(a->db, FREEZE_BOOKING, b->id, &open, err);

	if (r <= 0)
		return r;
	const struct message facts = { .kind = MESSAGE_BOOKING_SETTLED,
		.about = b->venue_name,
		.start_at = b->start_at,
		.end_at = b->end_at,
		.points = b->fee,
		.points_back = open.points.n - b->fee };
	TRY(settle(a, b->id, b->fee, err));
	return message_tell(a->db, a->act, b->resident, &facts, err);
}

int charge_booking(
	struct acting *a, enum charge_moment moment, const struct booking *booking, struct err *err)
{
	switch (moment) {
	case CHARGE_BOOKED:
		return freeze_all(a, booking, err);
	case CHARGE_GIVEN_UP:
	case CHARGE_MISSED:
		return settle(a, booking->id, 0, err);
	case CHARGE_OVER:
		return settle_used(a, booking, err);
	case CHARGE_USED:
		break;
	}
	return 0;
}

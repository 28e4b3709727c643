#include "core/venues/charge.h"

#include "core/points/freeze.h"

static int freeze_all(struct acting *a, const struct booking *booking, struct err *err)
{
	const struct freeze_draft draft = { HOLDER_RESIDENT(booking->resident),
		POINTS(booking->fee + booking->deposit), FREEZE_BOOKING, booking->id };
	struct freeze open;
	int64_t id;

	if (!booking->resident || draft.points.n == 0)
		return 0;
	/* Said yes to after it was placed: it is held already. */
	int r = freeze_of(a->db, booking->id, &open, err);
	if (r != 0)
		return r < 0 ? r : 0;
	return points_freeze(a->db, a->act, &draft, &id, err);
}

static int settle(struct acting *a, int64_t booking, int64_t fee, struct err *err)
{
	struct freeze open;
	int r = freeze_of(a->db, booking, &open, err);

	return r > 0 ? freeze_charge(a->db, a->act, open.id, POINTS(fee), err) : r;
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
		return settle(a, booking->id, booking->fee, err);
	case CHARGE_USED:
		break;
	}
	return 0;
}

#include "core/venues/charge.h"

int charge_booking(
	struct acting *a, enum charge_moment moment, const struct booking *booking, struct err *err)
{
	(void)a;
	(void)moment;
	(void)booking;
	(void)err;
	return 0;
}

#include "core/points/cap.h"

#include "core/site/setting.h"

int points_room(struct db *db, struct holder whose, struct points *ret, struct err *err)
{
	struct points balance;
	int64_t cap;

	TRY(setting_int(db, SETTING_POINTS_CAP, &cap, err));
	TRY(points_balance_of(db, whose, &balance, err));
	if (cap == 0 || !whose.resident)
		*ret = POINTS(POINTS_MAX);
	else
		*ret = POINTS(balance.n < cap ? cap - balance.n : 0);
	return 0;
}

#include "core/site/house_hours.h"

#include <stdlib.h>

#include "core/base/mem.h"

void house_hours_finish(struct house_hours *h)
{
	free(h->week);
	hours_closures_finish(h->closures, h->closure_count);
	holidays_finish(h->holidays, h->holiday_count);
	*h = (struct house_hours){ 0 };
}

/* A count, or an error passed on. */
static int keep_count(int count, int *ret)
{
	*ret = count < 0 ? 0 : count;
	return count;
}

int house_hours_read(
	struct db *db, struct day from, struct day until, struct house_hours *ret, struct err *err)
{
	CLEANUP(house_hours_finish) struct house_hours h = { 0 };

	TRY(keep_count(hours_week(db, &h.week, err), &h.week_count));
	TRY(keep_count(hours_closures(db, from, &h.closures, err), &h.closure_count));
	TRY(keep_count(holidays_between(db, from, until, &h.holidays, err), &h.holiday_count));
	*ret = h;
	h = (struct house_hours){ 0 };
	return 0;
}

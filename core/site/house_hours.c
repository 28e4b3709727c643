#include "core/site/house_hours.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

void house_hours_finish(struct house_hours *h)
{
	free(h->week);
	free(h->days);
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
	CLEANUP(house_hours_finish) struct house_hours h = { .from = from, .until = until };

	TRY(keep_count(hours_week(db, &h.week, err), &h.week_count));
	TRY(keep_count(hours_closures(db, from, &h.closures, err), &h.closure_count));
	TRY(keep_count(holidays_between(db, from, until, &h.holidays, err), &h.holiday_count));
	*ret = h;
	h = (struct house_hours){ 0 };
	return 0;
}

int house_hours_by_week(const struct house_hours *h, int weekday, struct day day,
	struct period ret[HOURS_PERIODS_MAX])
{
	int at = h->days ? day_distance(h->from, day) : -1;

	if (at < 0 || at > day_distance(h->from, h->until) || weekday != day_weekday(day))
		return hours_by_week(h->week, h->week_count, weekday, day, ret);
	memcpy(ret, h->days[at].periods, sizeof(h->days[at].periods));
	return h->days[at].count;
}

void house_hours_lay_out(struct house_hours *h)
{
	int count = day_distance(h->from, h->until) + 1;
	struct house_day *days = mem_alloc((size_t)count * sizeof(*days));

	for (int i = 0; i < count; i++) {
		struct day day = day_add(h->from, i);
		days[i].count = hours_by_week(
			h->week, h->week_count, day_weekday(day), day, days[i].periods);
	}
	free(h->days);
	h->days = days;
}

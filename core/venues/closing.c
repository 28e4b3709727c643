#include "core/venues/closing.h"

static struct day first_of(int64_t at)
{
	return day_add(when_day(at), -CLOSING_SEARCH_DAYS);
}

static struct day last_of(int64_t at)
{
	return day_add(when_day(at), CLOSING_SEARCH_DAYS);
}

int closing_read(struct db *db, const struct venue *venue, int64_t at, struct venue_hours *ret,
	struct err *err)
{
	return venue_hours_read(db, venue, first_of(at), last_of(at), ret, err);
}

int closing_house(struct db *db, int64_t at, struct house_hours *ret, struct err *err)
{
	return house_hours_read(db, first_of(at), last_of(at), ret, err);
}

int closing_read_in(struct db *db, const struct house_hours *house, const struct venue *venue,
	int64_t at, struct venue_hours *ret, struct err *err)
{
	return venue_hours_read_in(db, house, venue, first_of(at), ret, err);
}

/* True and when the last period of `day` ends; false on a closed day. */
static bool closing_on(const struct venue_hours *h, struct day day, int64_t *ret_at)
{
	struct period periods[HOURS_PERIODS_MAX];
	int count = venue_hours_on(h, day, periods);

	if (count == 0)
		return false;
	*ret_at = periods[count - 1].end_at;
	return true;
}

int64_t closing_before(const struct venue_hours *h, int64_t at)
{
	struct day today = when_day(at);
	int64_t closes_at;

	for (int back = 0; back < CLOSING_SEARCH_DAYS; back++)
		if (closing_on(h, day_add(today, -back), &closes_at) && closes_at <= at)
			return closes_at;
	return when_day_start(today);
}

int64_t closing_after(const struct venue_hours *h, int64_t in_at, int64_t last_at)
{
	struct day first = when_day(in_at);
	int64_t closes_at;

	/* From the day before: its hours may run past midnight. */
	for (int ahead = -1; ahead < CLOSING_SEARCH_DAYS; ahead++)
		if (closing_on(h, day_add(first, ahead), &closes_at) && closes_at > in_at &&
			closes_at < last_at)
			return closes_at;
	return last_at;
}

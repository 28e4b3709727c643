#include "core/venues/venue_now.h"

#include "core/base/mem.h"
#include "core/venues/closing.h"
#include "core/venues/session.h"

/* How many are in, and whether it is open. */
static int read_now(
	struct db *db, const struct house_hours *house, struct venue *venue, struct err *err)
{
	CLEANUP(venue_hours_finish) struct venue_hours hours = { 0 };
	int64_t now = db_now(db);
	struct period open;

	TRY(closing_read_in(db, house, venue, now, &hours, err));
	venue->is_open = venue_hours_hold(&hours, now, now + 1, &open);
	return session_count_since(
		db, venue->id, closing_before(&hours, now), &venue->present, err);
}

int venues_now(struct db *db, struct venue_list *ret, struct err *err)
{
	CLEANUP(venue_list_finish) struct venue_list list = { 0 };
	CLEANUP(house_hours_finish) struct house_hours house = { 0 };

	TRY(venue_list(db, &list, err));
	TRY(closing_house(db, db_now(db), &house, err));
	for (int i = 0; i < list.count; i++)
		TRY(read_now(db, &house, &list.rows[i], err));
	*ret = list;
	list = (struct venue_list){ 0 };
	return 0;
}

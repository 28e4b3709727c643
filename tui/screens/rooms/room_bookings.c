#include "tui/screens/rooms/room_bookings.h"

#include "core/base/mem.h"
#include "tui/kiosk.h"
#include "tui/screens/rooms/rooms.h"

void room_bookings_finish(struct room_bookings *bookings)
{
	for (int i = 0; bookings->who && i < bookings->all.count; i++)
		mem_free(&bookings->who[i]);
	mem_free(&bookings->who);
	booking_list_finish(&bookings->all);
}

int room_bookings_read(struct app *app, int64_t venue, const struct period *period,
	struct room_bookings *ret, struct err *err)
{
	struct booking_list *all = &ret->all;

	TRY(bookings_between(kiosk_of(app)->db, venue, period->start_at, period->end_at, all, err));
	ret->who = mem_alloc((size_t)(all->count + 1) * sizeof(*ret->who));
	for (int i = 0; i < all->count; i++)
		TRY(room_read_who(app, &all->rows[i], &ret->who[i], err));
	return 0;
}

int room_bookings_find(
	const struct room_bookings *bookings, int64_t venue, const struct period *period)
{
	for (int i = 0; i < bookings->all.count; i++) {
		const struct booking *b = &bookings->all.rows[i];
		if (b->venue == venue && booking_is_live(b) && b->start_at < period->end_at &&
			b->end_at > period->start_at)
			return i;
	}
	return -1;
}

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/venues/booking.h"
#include "core/words.h"
#include "core/words_venues.h"
#include "tui/pages/clerk.h"
#include "tui/screens/rooms/rooms.h"

int room_read_who(struct app *app, const struct booking *b, char **ret, struct err *err)
{
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);

	if (visit && b->resident == visit->resident)
		*ret = mem_text(_("mine"));
	else if (!clerk_is_on(app, NULL) || !b->resident)
		*ret = words_booking_public(b);
	else
		return clerk_name(kiosk_of(app), b->resident, ret, err);
	return 0;
}

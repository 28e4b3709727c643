#include "core/words_venues.h"

#include "core/base/mem.h"
#include "core/venues/booking.h"
#include "core/words.h"
#include "core/words_fill.h"

static const char *const statuses[BOOKING_STATUS_COUNT] = {
	[BOOKING_REQUESTED] = N_("to be confirmed"),
	[BOOKING_BOOKED] = N_("booked"),
	[BOOKING_USED] = N_("used"),
	[BOOKING_WAITING] = N_("on the waiting list"),
	[BOOKING_DECLINED] = N_("declined"),
	[BOOKING_CANCELLED] = N_("cancelled"),
	[BOOKING_NO_SHOW] = N_("did not come"),
	[BOOKING_LAPSED] = N_("lapsed"),
};

const char *words_booking_status(enum booking_status status)
{
	return _(statuses[status]);
}

static const char *const holidays[VENUE_HOLIDAYS_COUNT] = {
	[VENUE_HOLIDAYS_SAME] = N_("as on other days"),
	[VENUE_HOLIDAYS_CLOSED] = N_("closed"),
	[VENUE_HOLIDAYS_SUNDAY] = N_("as on Sundays"),
};

const char *words_venue_holidays(enum venue_holidays which)
{
	return _(holidays[which]);
}

char *words_booking_public(const struct booking *b)
{
	if (*b->purpose)
		return mem_text(b->purpose);
	return mem_text(*b->body ? b->body : _("booked"));
}

static const char *const entry_ends[] = {
	[ENTRY_CLOSING] = N_("The room closes at %1$s"),
	[ENTRY_BOOKED] = N_("The room is free until %1$s; others have booked it after that"),
	[ENTRY_BLACKOUT] = N_("The room is free until %1$s; after that it is out of use"),
	[ENTRY_OWN] = N_("Your booking lasts until %1$s"),
};

char *words_entry(const struct entry *entry)
{
	if (!entry->until_at)
		return mem_text("");
	CLEANUP(mem_free) char *until = words_time(entry->until_at);
	return FILL(_(entry_ends[entry->end]), until);
}

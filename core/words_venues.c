#include "core/words_venues.h"

#include <inttypes.h>

#include "core/base/mem.h"
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

/* "共享厨房 11月28日 星期六 14:00–16:00" */
static char *which_booking(const struct message *m, int64_t now)
{
	CLEANUP(mem_free) char *day = words_day(when_day(m->start_at), when_day(now));
	CLEANUP(mem_free) char *span = words_span(m->start_at, m->end_at);

	return mem_printf("%s %s %s", m->about, day, span);
}

static char *settled_text(const struct message *m, const char *which)
{
	if (m->points && m->points_back)
		return mem_printf(_("%s: %" PRId64 " points were paid, %" PRId64
				    " points of deposit are back"),
			which, m->points, m->points_back);
	if (m->points)
		return mem_printf(_("%s: %" PRId64 " points were paid"), which, m->points);
	return mem_printf(_("%s: %" PRId64 " points of deposit are back"), which, m->points_back);
}

char *words_message(const struct message *m, int64_t now)
{
	CLEANUP(mem_free) char *which = m->kind ? which_booking(m, now) : NULL;

	switch (m->kind) {
	case MESSAGE_BOOKING_SERVED:
		return mem_printf(
			_("%s has become free: you waited for it, and it is booked for you"),
			which);
	case MESSAGE_BOOKING_APPROVED:
		return mem_printf(_("%s: the volunteers said yes to your booking"), which);
	case MESSAGE_BOOKING_DECLINED:
		return mem_printf(
			_("%s: your booking could not be agreed to; please choose another "
			  "time, or ask a volunteer"),
			which);
	case MESSAGE_BOOKING_CALLED_OFF:
		return mem_printf(_("%s: the room cannot be used then, so your booking had to be "
				    "cancelled; we are sorry"),
			which);
	case MESSAGE_BOOKING_SETTLED:
		return settled_text(m, which);
	case MESSAGE_OWN_WORDS:
	case MESSAGE_KIND_COUNT:
		break;
	}
	return mem_text(m->words);
}

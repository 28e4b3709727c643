#include "core/words_message.h"

#include <inttypes.h>

#include "core/base/mem.h"
#include "core/words.h"
#include "core/words_fill.h"

/* "共享厨房 11月28日 星期六 14:00–16:00" */
static char *which_time(const struct message *m, int64_t now)
{
	CLEANUP(mem_free) char *day = words_day(when_day(m->start_at), when_day(now));
	CLEANUP(mem_free) char *span = words_span(m->start_at, m->end_at);

	return mem_printf("%s%s%s %s", m->about, *m->about ? " " : "", day, span);
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

static char *expiry_text(const struct message *m, int64_t now)
{
	int64_t at = m->end_at ? m->end_at : m->start_at;
	CLEANUP(mem_free) char *day = words_day(when_day(at), when_day(now));

	if (m->end_at)
		return mem_printf(
			_("%s: %" PRId64 " points that you had not used went into the pool"), day,
			m->points);
	return mem_printf(
		_("%" PRId64 " points of yours expire on %s unless they are used"), m->points, day);
}

char *words_message(const struct message *m, int64_t now)
{
	CLEANUP(mem_free) char *which = m->kind ? which_time(m, now) : NULL;

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
	case MESSAGE_SHIFT_CALLED_OFF:
		return mem_printf(_("%s: this shift of yours does not take place"), which);
	case MESSAGE_SHIFT_SWAPPED:
		return mem_printf(
			_("%s: you have changed shifts, and this one is yours now"), which);
	case MESSAGE_SHIFT_TAKEN_OFF:
		return mem_printf(
			_("%s: you are no longer down for this shift; others stand it"), which);
	case MESSAGE_POINTS_EXPIRE:
		return expiry_text(m, now);
	case MESSAGE_OWN_WORDS:
	case MESSAGE_KIND_COUNT:
		break;
	}
	return mem_text(m->words);
}

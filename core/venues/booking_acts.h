/* Booking a venue, changing and ending it; serving those who wait for a time that becomes free. */
#pragma once

#include "core/venues/booking_check.h"

struct acting;

/* Books, or requests where the venue requires approval (a volunteer's own entry is approved
 * already). ERR_NOT_FOUND VENUE_UNKNOWN, RESIDENT_UNKNOWN; ERR_INVALID DATE_BAD "start", "end",
 * NUMBER_BAD "people", TEXT_… "body", "purpose"; ERR_REFUSED with all reasons: RESIDENT_LEFT,
 * ROLE_NEEDED (a body's), VENUE_NOT_BOOKABLE, VENUE_CLOSED (that day's hours), VENUE_BLACKOUT,
 * BOOKING_PAST, _SOON, _FAR, _SHORT, _LONG, _OFF_SLOT, _PEOPLE, _TAKEN, _CROWDED, _OWN, QUOTA_WEEK,
 * QUOTA_MONTH, POINTS_SHORT (fee and deposit). */
int booking_place(struct db *, const struct act *, const struct booking_draft *, int64_t *ret_id,
	struct err *err);
/* A place on the waiting list of that very time, served in order as it becomes free. As above
 * without _TAKEN and _CROWDED; BOOKING_FREE when it can be booked. */
int booking_wait(struct db *, const struct act *, const struct booking_draft *, int64_t *ret_id,
	struct err *err);
/* Another time, venue or number of people; the draft's person and body are ignored, a NULL purpose
 * stays. ERR_NOT_FOUND BOOKING_UNKNOWN; ERR_REFUSED BOOKING_ENDED, BOOKING_BEGUN, and as
 * booking_place. */
int booking_change(struct db *, const struct act *, int64_t id, const struct booking_draft *draft,
	struct err *err);
/* The next on the waiting list gets the time. ERR_NOT_FOUND BOOKING_UNKNOWN; ERR_REFUSED
 * BOOKING_ENDED, BOOKING_BEGUN (a volunteer still may, until it is released). */
int booking_cancel(struct db *, const struct act *, int64_t id, struct err *err);
/* A volunteer approves or declines. ERR_NOT_FOUND BOOKING_UNKNOWN; ERR_REFUSED
 * BOOKING_NOT_ASKED. */
int booking_approve(struct db *, const struct act *, int64_t id, struct err *err);
int booking_decline(struct db *, const struct act *, int64_t id, struct err *err);

/* A new code for the slip that is being printed (CODE_BOOKING, J1B…; core/store/secret.h): earlier
 * slips stop working. "" for a repeat of the act. ERR_NOT_FOUND BOOKING_UNKNOWN; ERR_REFUSED
 * BOOKING_ENDED for one that is not in force. */
int booking_code(
	struct db *, const struct act *, int64_t id, char ret_text[CODE_TEXT_MAX], struct err *err);

/* ---- inside of other acts ---- */

/* booking_place for one of a series (series.h). */
int booking_place_of_series(struct db *, const struct act *, const struct booking_draft *,
	int64_t series, int64_t *ret_id, struct err *err);

/* Time of the venue has become free: those who wait for it get it, in order. */
int booking_serve(struct acting *, int64_t venue, struct err *err);

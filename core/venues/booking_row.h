/* Rows of bookings, read and written: shared by the files of core/venues. */
#pragma once

#include "core/people/message.h"
#include "core/venues/booking.h"

struct acting;

/* How a stored status stands at `now`. */
enum booking_status booking_status_at(
	enum booking_status stored, int64_t start_at, int64_t release_at, int64_t now);

/* What became of a booking, at `at`. */
int booking_end(
	struct acting *, int64_t id, enum booking_status status, int64_t at, struct err *err);

/* Writes down what time has made of a venue's bookings: no-shows, and requests and places on the
 * waiting list that have lapsed. Before anything is booked there. */
int booking_settle(struct acting *, int64_t venue, struct err *err);

/* booking_place for one of a series (series.h). */
int booking_place_of_series(struct db *, const struct act *, const struct booking_draft *,
	int64_t series, int64_t *ret_id, struct err *err);

/* Tells the person what became of it, at their next visit; a body has none. */
int booking_tell(struct acting *, const struct booking *, enum message_kind, struct err *err);

/* Time of the venue has become free: who waits for it gets it, in order. */
int booking_serve(struct acting *, int64_t venue, struct err *err);

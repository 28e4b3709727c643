/* Shared by the screens of rooms. */
#pragma once

#include "core/venues/booking.h"
#include "core/venues/booking_check.h"
#include "tui/draw.h"
#include "tui/kiosk.h"
#include "tui/screens/rooms/screens.h"

/* rooms_menu.c: what a volunteer does with them; `venue` is the one that was marked. */
void rooms_menu_open(struct app *, int64_t venue);
/* room_week.c: a week of one room, hour by hour; picking a free cell books. */
void room_week_open(struct app *, int64_t venue);
/* The same to move a booking: its own time counts as free. */
void room_week_move(struct app *, const struct booking *);
/* rooms_day.c: a day of all rooms. */
void rooms_day_open(struct app *);
/* booking_new.c: from a start that was picked; for the visitor, or in volunteer mode for anybody.
 */
void booking_new_open(struct app *, int64_t venue, int64_t start_at);
/* booking_time.c: until when, by a digit; for a new booking, or for one that is moved there. */
void booking_time_open(struct app *, int64_t venue, int64_t start_at, int64_t resident);
void booking_time_change(struct app *, int64_t booking, int64_t venue, int64_t start_at);
/* booking_time.c: a booking (or a place on the waiting list) and its slip, both or none; what is
 * told of it; and whether a volunteer may let all of a refusal's reasons pass. */
int booking_with_slip(struct kiosk *, const struct act *, const struct booking_draft *,
	bool is_waiting, int64_t *ret_id, struct err *err);
void booking_tell_placed(struct app *, int64_t booking);
bool booking_refusal_is_overridable(const struct err *);
/* bookings.c: the visitor's own, or (0) those that wait for approval. */
void bookings_open(struct app *, int64_t resident);
/* booking_page.c: one of them, and what can be done with it. */
void booking_page_open(struct app *, int64_t booking);
/* presence.c: who is in which room. */
void presence_open(struct app *);
/* room_form.c: a room's policy. 0: a new room. */
void room_form_open(struct app *, int64_t venue);
/* room_things.c: what comes with a room, and where its keys are. */
void room_things_open(struct app *, int64_t venue);
/* room_things.c: "here", "handed over 14:05". The caller's. */
struct thing;
char *room_thing_where(struct app *, const struct thing *, enum style *ret_style);
/* blackouts.c: times out of use. */
void blackouts_open(struct app *, int64_t venue);
/* room_use.c: a month's use. */
void room_use_open(struct app *);

/* room_words.c: who has booked, as the person at the screen may see it: the name in volunteer mode,
 * else the purpose or "booked". The caller's. */
int room_read_who(struct app *, const struct booking *, char **ret, struct err *err);

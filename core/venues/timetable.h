/* A venue's time over a range of days, read once: when it is open, out of use, taken. Free-slot
 * search, booking and the grids on screen all use it. */
#pragma once

#include "core/venues/blackout.h"
#include "core/venues/venue_hours.h"

struct timetable_entry { /* a live booking */
	int64_t booking;
	int64_t start_at, until_at; /* the buffer included */
	int64_t people;
	bool is_whole;
	bool is_used; /* they have signed in, perhaps before its start */
};

struct timetable {
	int64_t venue, capacity;
	struct venue_policy policy;
	struct day from, until; /* inclusive */
	int64_t now;
	struct venue_hours hours;
	struct blackout_list blackouts;
	struct timetable_entry *entries; /* by start */
	int entry_count;
};

/* `from` … `until` inclusive. Bookings that are no-shows now are left out, and `except` (0: none).
 */
int timetable_read(struct db *, const struct venue *, struct day from, struct day until,
	int64_t except, struct timetable *ret, struct err *err);
void timetable_finish(struct timetable *);

/* Those of all rooms, in their order; the house's hours are read once for all of them. */
struct timetables {
	struct timetable *rows;
	int count;
	struct house_hours *house;
};
int timetables_read(struct db *, const struct venue_list *, struct day from, struct day until,
	struct timetables *ret, struct err *err);
void timetables_finish(struct timetables *);

/* How many people can still be let in throughout [start_at, end_at + buffer): 0 when it is taken.
 * `is_whole`: the whole venue is wanted, so the capacity or 0. */
int64_t timetable_places(const struct timetable *, int64_t start_at, int64_t end_at, bool is_whole);
/* The first booking that prevents it; NULL: none. */
const struct timetable_entry *timetable_conflict(
	const struct timetable *, int64_t start_at, int64_t end_at);
/* The first blackout in it; NULL: none. */
const struct blackout *timetable_blackout(
	const struct timetable *, int64_t start_at, int64_t end_at);

/* What a cell of a grid shows. */
enum timetable_state { TIME_CLOSED, TIME_OUT, TIME_TAKEN, TIME_FREE, TIME_STATE_COUNT };
/* For [start_at, end_at) and that many people. Does not check whether it is in the past. */
enum timetable_state timetable_state(
	const struct timetable *, int64_t start_at, int64_t end_at, int64_t people);

/* ---- what can be booked ---- */

struct slot {
	int64_t venue;
	int64_t start_at, end_at;
	int64_t places; /* places that are free throughout */
};
struct slot_list {
	struct slot *rows;
	int count;
};
void slot_list_finish(struct slot_list *);

/* The times that begin on `day` and can be booked for `people`, from now plus the notice up to as
 * far ahead as the policy says: each fixed slot; else each free period in full, if not shorter than
 * the shortest booking. Appended to the rows in `into`. */
void timetable_slots(
	const struct timetable *, struct day day, int64_t people, struct slot_list *into);

/* The same for a range of days, of a venue or (0) of all by number. ERR_NOT_FOUND VENUE_UNKNOWN. */
int slots_find(struct db *, int64_t venue, struct day from, struct day until, int64_t people,
	struct slot_list *ret, struct err *err);

#include "core/venues/entry.h"

#include "core/base/mem.h"
#include "core/venues/booking.h"
#include "core/venues/closing.h"
#include "core/venues/reasons.h"
#include "core/venues/timetable.h"

/* ---- whose booking ---- */

/* In the order in which a booking is chosen. */
enum whose { WHOSE_OWN, WHOSE_HOUSEHOLD, WHOSE_TEAM, WHOSE_NOBODY };

static int whose_of(
	struct db *db, const struct booking *b, int64_t resident, enum whose *ret, struct err *err)
{
	int64_t is_theirs;

	*ret = WHOSE_OWN;
	if (b->resident == resident)
		return 0;
	*ret = b->resident ? WHOSE_HOUSEHOLD : WHOSE_TEAM;
	if (b->resident)
		TRY(db_integer(db,
			"SELECT 1 FROM resident AS one JOIN resident AS other"
			" ON other.household = one.household WHERE one.id = :one AND other.id = "
			":other",
			FIELDS(F_INT("one", resident), F_INT("other", b->resident)), 0, &is_theirs,
			err));
	else
		/* A body is a name, and so is a team. */
		TRY(db_integer(db,
			"SELECT 1 FROM duty_team AS team JOIN duty_team_member AS member"
			" ON member.team = team.id"
			" WHERE team.name = :body AND member.resident = :resident",
			FIELDS(F_TEXT("body", b->body), F_INT("resident", resident)), 0, &is_theirs,
			err));
	if (!is_theirs)
		*ret = WHOSE_NOBODY;
	return 0;
}

int64_t entry_window_at(const struct venue *venue, const struct booking *b)
{
	return b->start_at - venue->policy.window_minutes * 60;
}

bool entry_is_due(const struct venue *venue, const struct booking *b, int64_t at)
{
	return booking_is_live(b) && at >= entry_window_at(venue, b) && at < b->end_at;
}

int entry_booking(struct db *db, const struct venue *venue, int64_t resident, int64_t at,
	struct booking *ret, struct err *err)
{
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	enum whose whose, best_whose = WHOSE_NOBODY;
	struct booking *best = NULL;

	TRY(bookings_between(
		db, venue->id, at, when_day_start(day_add(when_day(at), 1)), &list, err));
	for (int i = 0; i < list.count; i++) {
		struct booking *b = &list.rows[i];
		bool is_due = entry_is_due(venue, b, at);
		if (!booking_is_live(b))
			continue;
		TRY(whose_of(db, b, resident, &whose, err));
		bool is_first = !best || (is_due && !entry_is_due(venue, best, at));
		if (whose == WHOSE_NOBODY || !(is_first || (is_due && whose < best_whose)))
			continue;
		best = b;
		best_whose = whose;
	}
	if (!best)
		return 0;
	*ret = *best;
	*best = (struct booking){ 0 };
	return 1;
}

/* ---- how full it is ---- */

struct crowd {
	int64_t present;  /* besides those who go in, or whose number is asked */
	int64_t walked;   /* those of them who have no booking */
	int64_t expected; /* places booked by people who have not come yet */
};

static int read_crowd(struct db *db, const struct entry_request *q, int64_t closed_at,
	struct crowd *ret, struct err *err)
{
	int64_t booking = q->booking ? q->booking->id : 0;

#define CROWD_IN                                                                    \
	" FROM session WHERE venue = :venue AND out_at IS NULL AND in_at >= :since" \
	" AND id <> :session"
	TRY(db_integer(db,
		"SELECT sum(people)" CROWD_IN " AND (booking IS NULL OR booking <> :booking)",
		FIELDS(F_INT("venue", q->venue->id), F_INT("since", closed_at),
			F_INT("session", q->session), F_INT("booking", booking)),
		0, &ret->present, err));
	TRY(db_integer(db, "SELECT sum(people)" CROWD_IN " AND booking IS NULL",
		FIELDS(F_INT("venue", q->venue->id), F_INT("since", closed_at),
			F_INT("session", q->session)),
		0, &ret->walked, err));
#undef CROWD_IN
	return db_integer(db,
		"SELECT sum(people) FROM booking WHERE venue = :venue AND status = 'booked'"
		" AND start_at > :at - 259200 AND start_at <= :at + :buffer AND until_at > :at"
		" AND release_at > :at AND is_whole = 0 AND id <> :booking",
		FIELDS(F_INT("venue", q->venue->id), F_INT("at", q->at),
			F_INT("buffer", q->venue->policy.buffer_minutes * 60),
			F_INT("booking", booking)),
		0, &ret->expected, err);
}

static int64_t places_left(const struct entry_request *q, const struct crowd *crowd)
{
	int64_t left = q->venue->capacity - crowd->present - crowd->expected;

	if (!q->booking)
		return left > 0 ? left : 0;
	/* Whoever was there before has not always signed out: a booked room belongs to those who
	 * booked it. */
	if (q->booking->is_whole)
		return q->venue->capacity;
	return left > q->booking->people ? left : q->booking->people;
}

/* ---- until when ---- */

/* A room without any hours entered is open. */
static bool has_hours(const struct venue_hours *h)
{
	return (h->has_own_hours ? h->week_count : h->house->week_count) > 0;
}

static void end_by(struct entry *entry, int64_t at, enum entry_end end)
{
	if (at >= entry->until_at)
		return;
	entry->until_at = at;
	entry->end = end;
}

static int64_t booked_people_at(const struct timetable *t, int64_t at)
{
	int64_t people = 0;

	for (int i = 0; i < t->entry_count; i++)
		if (t->entries[i].start_at <= at && t->entries[i].until_at > at)
			people += t->entries[i].people;
	return people;
}

/* The first booking that has no room for `people` beside it: the room is its own from its start,
 * minus the time to tidy up. NULL: none. */
static const struct timetable_entry *next_in_way(
	const struct timetable *t, int64_t at, int64_t people)
{
	for (int i = 0; i < t->entry_count; i++) {
		const struct timetable_entry *e = &t->entries[i];
		/* People with places that are taken now are counted when they come (struct
		 * crowd). */
		bool is_now = e->start_at <= at;
		if (e->until_at <= at || (is_now && !e->is_whole))
			continue;
		if (e->is_whole || booked_people_at(t, e->start_at) + people > t->capacity)
			return e;
	}
	return NULL;
}

/* The state of a room at a moment. */
struct moment {
	struct timetable table;
	struct venue_hours hours;
	struct period open; /* end 0: it is closed */
	struct crowd crowd;
	const struct timetable_entry *in_way;
};

static void moment_finish(struct moment *m)
{
	timetable_finish(&m->table);
	venue_hours_finish(&m->hours);
}

static int read_moment(
	struct db *db, const struct entry_request *q, struct moment *m, struct err *err)
{
	struct day today = when_day(q->at);

	TRY(timetable_read(db, q->venue, today, today, 0, &m->table, err));
	TRY(closing_read(db, q->venue, q->at, &m->hours, err));
	TRY(read_crowd(db, q, closing_before(&m->hours, q->at), &m->crowd, err));
	if (!has_hours(&m->hours))
		m->open =
			(struct period){ when_day_start(today), when_day_start(day_add(today, 1)) };
	else if (!venue_hours_hold(&m->hours, q->at, q->at + 1, &m->open))
		m->open = (struct period){ 0 };
	m->in_way = next_in_way(&m->table, q->at, m->crowd.walked + q->people);
	return 0;
}

/* When a booking takes the room: at its start minus the time to tidy up; if somebody has signed in
 * to it before that, they are there already. */
static int64_t taken_at(const struct entry_request *q, const struct timetable_entry *e)
{
	int64_t start_at = e->is_used && e->start_at > q->at ? q->at : e->start_at;

	return start_at - q->venue->policy.buffer_minutes * 60;
}

static void read_walk_in(const struct entry_request *q, const struct moment *m, struct entry *ret)
{
	*ret = (struct entry){ .until_at = m->open.end_at, .end = ENTRY_CLOSING };
	if (m->in_way)
		end_by(ret, taken_at(q, m->in_way), ENTRY_BOOKED);
	const struct blackout *out = timetable_blackout(&m->table, q->at, ret->until_at);
	if (out)
		end_by(ret, out->start_at, ENTRY_BLACKOUT);
}

int entry_read(struct db *db, const struct entry_request *q, struct entry *ret, struct err *err)
{
	CLEANUP(moment_finish) struct moment m = { 0 };

	TRY(read_moment(db, q, &m, err));
	if (q->booking)
		*ret = (struct entry){ .until_at = q->booking->end_at, .end = ENTRY_OWN };
	else
		read_walk_in(q, &m, ret);
	ret->places = places_left(q, &m.crowd);
	return 0;
}

/* ---- with a booking ---- */

/* They had left, and the rest of their time was free for others. */
static int check_rest(
	struct db *db, const struct entry_request *q, struct err *refusal, struct err *err)
{
	CLEANUP(timetable_finish) struct timetable t = { 0 };
	const struct booking *b = q->booking;
	int64_t from_at = q->at > b->start_at ? q->at : b->start_at;

	if (b->until_at >= b->end_at)
		return 0;
	TRY(timetable_read(
		db, q->venue, when_day(b->start_at), when_day(b->end_at), b->id, &t, err));
	if (timetable_places(&t, from_at, b->end_at, b->is_whole) >= b->people)
		return 0;
	const struct timetable_entry *e = timetable_conflict(&t, from_at, b->end_at);
	if (e)
		err_refuse(refusal, REASON(BOOKING_TAKEN, .n1 = e->start_at, .n2 = e->until_at));
	return 0;
}

static int check_booking(
	struct db *db, const struct entry_request *q, struct err *refusal, struct err *err)
{
	const struct booking *b = q->booking;
	int64_t window_at = entry_window_at(q->venue, b);

	switch (b->status) {
	case BOOKING_BOOKED:
		if (q->at < window_at)
			err_refuse(refusal, REASON(BOOKING_EARLY, .n1 = window_at));
		return 0;
	case BOOKING_USED:
		if (q->at < b->end_at)
			return check_rest(db, q, refusal, err);
		break;
	case BOOKING_REQUESTED:
		err_refuse(refusal, REASON(BOOKING_UNAPPROVED));
		return 0;
	case BOOKING_NO_SHOW:
		err_refuse(refusal, REASON(BOOKING_RELEASED, .n1 = b->release_at));
		return 0;
	case BOOKING_WAITING:
	case BOOKING_DECLINED:
	case BOOKING_CANCELLED:
	case BOOKING_LAPSED:
	case BOOKING_STATUS_COUNT:
		break;
	}
	err_refuse(refusal, REASON(BOOKING_ENDED));
	return 0;
}

static void check_places(
	const struct entry_request *q, const struct crowd *crowd, struct err *refusal)
{
	int64_t places = places_left(q, crowd);

	if (q->people > places)
		err_refuse(refusal, REASON(VENUE_PLACES, .n1 = places, .n2 = q->people));
}

/* ---- walking in ---- */

/* When the room opens next; 0: not within the days that are searched. */
static int64_t next_opening(const struct venue_hours *h, int64_t at)
{
	struct period periods[HOURS_PERIODS_MAX];

	for (int ahead = 0; ahead < CLOSING_SEARCH_DAYS; ahead++) {
		int count = venue_hours_on(h, day_add(when_day(at), ahead), periods);
		for (int i = 0; i < count; i++)
			if (periods[i].start_at > at)
				return periods[i].start_at;
	}
	return 0;
}

static void check_walk_in(
	const struct entry_request *q, const struct moment *m, struct err *refusal)
{
	int64_t opens_at = m->open.end_at ? 0 : next_opening(&m->hours, q->at);
	const struct timetable_entry *e = m->in_way;
	const struct crowd *crowd = &m->crowd;

	if (!m->open.end_at)
		err_refuse(refusal,
			opens_at ? REASON(VENUE_OPENS, .n1 = opens_at) : REASON(VENUE_SHUT));
	const struct blackout *out = timetable_blackout(&m->table, q->at, q->at + 1);
	if (out)
		err_refuse(
			refusal, reason_with_text(REASON_VENUE_BLACKOUT, out->name, out->end_at));
	if (e && taken_at(q, e) > q->at)
		e = NULL;
	if (e && e->is_whole)
		err_refuse(refusal, REASON(VENUE_BOOKED, .n1 = e->start_at, .n2 = e->until_at));
	if ((e && !e->is_whole) || q->people > places_left(q, crowd))
		err_refuse(refusal, REASON(VENUE_FULL, .n1 = crowd->present + crowd->expected,
					    .n2 = q->venue->capacity));
}

int entry_check(struct db *db, const struct entry_request *q, struct err *refusal, struct err *err)
{
	CLEANUP(moment_finish) struct moment m = { 0 };

	TRY(read_moment(db, q, &m, err));
	if (!q->booking) {
		check_walk_in(q, &m, refusal);
		return 0;
	}
	TRY(check_booking(db, q, refusal, err));
	check_places(q, &m.crowd, refusal);
	return 0;
}

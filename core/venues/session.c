#include "core/venues/session.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/reasons.h"
#include "core/venues/booking.h"
#include "core/venues/charge.h"
#include "core/venues/closing.h"
#include "core/venues/reasons.h"
#include "core/venues/timetable.h"

#define PEOPLE_MAX     10000
#define CLOSED_AT_ONCE 100 /* a longer act would hold up the counter */

/* ---- reading ---- */

#define SESSION_SELECT                                                                          \
	"SELECT id, venue, resident, booking, people, in_at, out_at, is_estimated FROM session" \
	" WHERE"

static int read_one(struct db *db, const char *sql, const struct field *params, struct session *ret,
	struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, sql, params, err));
	int r = query_next(&q, err);
	if (r > 0)
		*ret = (struct session){ .id = query_int(&q, "id"),
			.venue = query_int(&q, "venue"),
			.resident = query_int(&q, "resident"),
			.booking = query_int(&q, "booking"),
			.people = query_int(&q, "people"),
			.in_at = query_int(&q, "in_at"),
			.out_at = query_int(&q, "out_at"),
			.is_estimated = query_int(&q, "is_estimated") != 0 };
	return r;
}

static int session_get(struct db *db, int64_t id, struct session *ret, struct err *err)
{
	int r = read_one(db, SESSION_SELECT " id = :id", FIELDS(F_INT("id", id)), ret, err);

	if (r < 0)
		return r;
	return r > 0 ? 0 : err_set(err, ERR_NOT_FOUND, REASON(SESSION_UNKNOWN));
}

/* 1 and the row that is not signed out, whether or not closing time has ended it; or 0. */
static int open_row(struct db *db, int64_t resident, struct session *ret, struct err *err)
{
	return read_one(db, SESSION_SELECT " resident = :resident AND out_at IS NULL",
		FIELDS(F_INT("resident", resident)), ret, err);
}

/* The latest closing time of a venue up to `at`. */
static int last_closing(
	struct db *db, int64_t venue_id, int64_t at, int64_t *ret_at, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(venue_hours_finish) struct venue_hours hours = { 0 };

	TRY(venue_get(db, venue_id, &venue, err));
	TRY(closing_read(db, &venue, at, &hours, err));
	*ret_at = closing_before(&hours, at);
	return 0;
}

/* When closing time ended a session that nobody signed out of. */
static int estimate_out(struct db *db, const struct session *session, int64_t last_at,
	int64_t *ret_at, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(venue_hours_finish) struct venue_hours hours = { 0 };

	TRY(venue_get(db, session->venue, &venue, err));
	TRY(closing_read(db, &venue, session->in_at, &hours, err));
	*ret_at = closing_after(&hours, session->in_at, last_at);
	return 0;
}

/* 1 when an open row is still going on at `at`; *ret_closed_at (may be NULL) is when not. */
static int is_going_on(struct db *db, const struct session *session, int64_t at,
	int64_t *ret_closed_at, struct err *err)
{
	int64_t closed_at;

	TRY(last_closing(db, session->venue, at, &closed_at, err));
	if (ret_closed_at)
		*ret_closed_at = closed_at;
	return session->in_at >= closed_at;
}

static int live_session(
	struct db *db, int64_t resident, int64_t at, struct session *ret, struct err *err)
{
	struct session session;

	int r = open_row(db, resident, &session, err);
	if (r > 0)
		r = is_going_on(db, &session, at, NULL, err);
	if (r > 0)
		*ret = session;
	return r;
}

int session_of_resident(struct db *db, int64_t resident, struct session *ret, struct err *err)
{
	return live_session(db, resident, db_now(db), ret, err);
}

int session_of_booking(struct db *db, int64_t booking, struct session *ret, struct err *err)
{
	struct session session;

	int r = read_one(db, SESSION_SELECT " booking = :booking AND out_at IS NULL",
		FIELDS(F_INT("booking", booking)), &session, err);
	if (r > 0)
		r = is_going_on(db, &session, db_now(db), NULL, err);
	if (r > 0)
		*ret = session;
	return r;
}

int session_count_since(
	struct db *db, int64_t venue, int64_t since_at, int64_t *ret, struct err *err)
{
	return db_integer(db,
		"SELECT sum(people) FROM session"
		" WHERE venue = :venue AND out_at IS NULL AND in_at >= :since",
		FIELDS(F_INT("venue", venue), F_INT("since", since_at)), 0, ret, err);
}

static int count_at(struct db *db, int64_t venue, int64_t at, int64_t *ret, struct err *err)
{
	int64_t closed_at;

	TRY(last_closing(db, venue, at, &closed_at, err));
	return session_count_since(db, venue, closed_at, ret, err);
}

int session_count(struct db *db, int64_t venue, int64_t *ret, struct err *err)
{
	return count_at(db, venue, db_now(db), ret, err);
}

/* ---- signing out ---- */

/* They have left: what is left of their booking is free, but for the time to tidy up. */
static int free_rest(
	struct acting *a, const struct session *session, int64_t out_at, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };
	CLEANUP(venue_finish) struct venue venue = { 0 };

	if (!session->booking)
		return 0;
	TRY(booking_get(a->db, session->booking, &booking, err));
	TRY(venue_get(a->db, booking.venue, &venue, err));
	TRY(charge_booking(a, CHARGE_OVER, &booking, err));
	int64_t until_at = out_at + venue.policy.buffer_minutes * 60;
	if (until_at >= booking.until_at)
		return 0;
	until_at = until_at > booking.start_at ? until_at : booking.start_at;
	return act_update(a, "booking", booking.id, FIELDS(F_INT("until_at", until_at)), err);
}

static int sign_out(struct acting *a, const struct session *session, int64_t out_at,
	bool is_estimated, struct err *err)
{
	/* A clock that was put back must not keep anybody in. */
	TRY(act_update(a, "session", session->id,
		FIELDS(F_INT("out_at", out_at > session->in_at ? out_at : session->in_at),
			F_INT("is_estimated", is_estimated)),
		err));
	return free_rest(a, session, out_at, err);
}

/* Ends an open row: at closing time when that has passed, else now. */
static int end_row(struct acting *a, const struct session *session, struct err *err)
{
	int64_t closed_at = 0, out_at;

	int r = is_going_on(a->db, session, a->at, &closed_at, err);
	if (r < 0)
		return r;
	if (r > 0)
		return sign_out(a, session, a->at, false, err);
	TRY(estimate_out(a->db, session, closed_at, &out_at, err));
	return sign_out(a, session, out_at, true, err);
}

/* Ends what the resident, and what the booking, has open. */
static int end_earlier(struct acting *a, const struct session_request *wanted, struct err *err)
{
	struct session session;
	int r;

	if (wanted->resident) {
		r = open_row(a->db, wanted->resident, &session, err);
		if (r > 0)
			r = end_row(a, &session, err);
		if (r < 0)
			return r;
	}
	if (!wanted->booking)
		return 0;
	r = read_one(a->db, SESSION_SELECT " booking = :booking AND out_at IS NULL",
		FIELDS(F_INT("booking", wanted->booking)), &session, err);
	return r > 0 ? end_row(a, &session, err) : r;
}

/* ---- signing in ---- */

static int64_t window_of(const struct venue *venue)
{
	return venue->policy.window_minutes * 60;
}

/* The booking that a resident may sign in with now: 1, *ret and *ret_people; or 0. */
static int own_booking(struct acting *a, const struct venue *venue, int64_t resident, int64_t *ret,
	int64_t *ret_people, struct err *err)
{
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	int64_t at = a->at;

	TRY(bookings_of_resident(a->db, resident, at, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct booking *b = &list.rows[i];
		bool is_now =
			(b->status == BOOKING_BOOKED && at >= b->start_at - window_of(venue)) ||
			(b->status == BOOKING_USED && at < b->end_at);
		if (b->venue != venue->id || !is_now)
			continue;
		*ret = b->id;
		*ret_people = b->people;
		return 1;
	}
	return 0;
}

/* What stands against signing in with a booking that was named. */
static void check_booking(
	struct acting *a, const struct venue *venue, const struct booking *b, struct err *refusal)
{
	switch (b->status) {
	case BOOKING_BOOKED:
		if (a->at < b->start_at - window_of(venue) && !a->act->is_override)
			err_refuse(refusal,
				REASON(BOOKING_EARLY, .n1 = b->start_at - window_of(venue)));
		return;
	case BOOKING_USED:
		if (a->at >= b->end_at)
			err_refuse(refusal, REASON(BOOKING_ENDED));
		return;
	case BOOKING_REQUESTED:
		err_refuse(refusal, REASON(BOOKING_UNAPPROVED));
		return;
	case BOOKING_NO_SHOW:
		err_refuse(refusal, REASON(BOOKING_RELEASED, .n1 = b->release_at));
		return;
	case BOOKING_WAITING:
	case BOOKING_DECLINED:
	case BOOKING_CANCELLED:
	case BOOKING_LAPSED:
	case BOOKING_STATUS_COUNT:
		break;
	}
	err_refuse(refusal, REASON(BOOKING_ENDED));
}

/* People whom bookings that go on now have places for, but who have not come in yet. */
static int expected_at(struct db *db, int64_t venue, int64_t at, int64_t *ret, struct err *err)
{
	return db_integer(db,
		"SELECT sum(people) FROM booking WHERE venue = :venue AND status = 'booked'"
		" AND start_at > :at - 259200 AND start_at <= :at AND until_at > :at"
		" AND release_at > :at AND is_whole = 0",
		FIELDS(F_INT("venue", venue), F_INT("at", at)), 0, ret, err);
}

static void check_whole(const struct timetable *table, int64_t at, struct err *refusal)
{
	for (int i = 0; i < table->entry_count; i++) {
		const struct timetable_entry *e = &table->entries[i];
		if (e->is_whole && e->start_at <= at && e->until_at > at)
			err_refuse(refusal,
				REASON(VENUE_BOOKED, .n1 = e->start_at, .n2 = e->until_at));
	}
}

/* Who walks in: is there room for them, and is it nobody else's? */
static int check_walk_in(struct acting *a, const struct venue *venue, int64_t people,
	struct err *refusal, struct err *err)
{
	CLEANUP(timetable_finish) struct timetable table = { 0 };
	int64_t present, expected;
	struct day today = when_day(a->at);

	if (a->act->is_override)
		return 0;
	TRY(timetable_read(a->db, venue, today, today, 0, &table, err));
	const struct blackout *out = timetable_blackout(&table, a->at, a->at + 1);
	if (out)
		err_refuse(
			refusal, reason_with_text(REASON_VENUE_BLACKOUT, out->name, out->end_at));
	check_whole(&table, a->at, refusal);
	TRY(count_at(a->db, venue->id, a->at, &present, err));
	TRY(expected_at(a->db, venue->id, a->at, &expected, err));
	if (present + expected + people > venue->capacity)
		err_refuse(refusal,
			REASON(VENUE_FULL, .n1 = present + expected, .n2 = venue->capacity));
	return 0;
}

/* Who is in here already may go on with another booking. */
static int check_person(struct acting *a, const struct venue *venue, const struct booking *named,
	int64_t resident_id, struct err *refusal, struct err *err)
{
	struct resident resident;
	struct session session;

	if (!resident_id)
		return 0;
	TRY(resident_get(a->db, resident_id, &resident, err));
	if (resident.has_left)
		err_refuse(refusal, REASON(RESIDENT_LEFT));
	int r = live_session(a->db, resident_id, a->at, &session, err);
	bool goes_on = r > 0 && named && session.booking != named->id;
	if (r > 0 && session.venue == venue->id && !goes_on)
		err_refuse(refusal, REASON(VENUE_SIGNED_IN, .n1 = session.in_at));
	return r < 0 ? r : 0;
}

/* All that stands against it; fills in what the request left open. */
static int check_entry(struct acting *a, const struct venue *venue, const struct booking *named,
	struct session_request *wanted, struct err *err)
{
	struct err refusal = { 0 };
	int64_t booked_people = named ? named->people : 0;

	TRY(check_person(a, venue, named, wanted->resident, &refusal, err));
	if (!wanted->resident && !named && a->act->role < ROLE_VOLUNTEER)
		err_refuse(&refusal, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
	if (named)
		check_booking(a, venue, named, &refusal);
	else if (wanted->resident)
		TRY(own_booking(a, venue, wanted->resident, &wanted->booking, &booked_people, err));
	if (!wanted->people)
		wanted->people = booked_people ? booked_people : 1;
	if (!wanted->booking)
		TRY(check_walk_in(a, venue, wanted->people, &refusal, err));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

static int use_booking(struct acting *a, int64_t id, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };

	if (!id)
		return 0;
	TRY(booking_get(a->db, id, &booking, err));
	if (booking.status == BOOKING_USED)
		return 0;
	TRY(act_update(a, "booking", id,
		FIELDS(F_TEXT("status", booking_status_name(BOOKING_USED))), err));
	return charge_booking(a, CHARGE_USED, &booking, err);
}

static int insert_session(
	struct acting *a, const struct session_request *wanted, int64_t *ret_id, struct err *err)
{
	*ret_id = act_new_id(a);
	return act_insert(a, "session",
		FIELDS(F_INT("id", *ret_id), F_INT("venue", wanted->venue),
			F_ID("resident", wanted->resident), F_ID("booking", wanted->booking),
			F_INT("people", wanted->people), F_INT("in_at", a->at)),
		err);
}

static int check_people(int64_t people, int64_t least, struct err *err)
{
	if (people < least || people > PEOPLE_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "people"));
	return 0;
}

int session_open(struct db *db, const struct act *act, const struct session_request *request,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(booking_finish) struct booking named = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct session_request wanted = *request;
	int64_t id;

	TRY(check_people(wanted.people, 0, err));
	TRY(act_begin(&a, db, act, ACT_SESSION_OPEN,
		FIELDS(F_INT("venue", wanted.venue), F_INT("resident", wanted.resident),
			F_INT("booking", wanted.booking), F_INT("people", wanted.people)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	if (wanted.booking) {
		TRY(booking_get(db, wanted.booking, &named, err));
		wanted.venue = named.venue;
		wanted.resident = named.resident;
	}
	TRY(venue_get(db, wanted.venue, &venue, err));
	TRY(check_entry(&a, &venue, wanted.booking ? &named : NULL, &wanted, err));
	TRY(act_check_order(&a, wanted.venue, err));
	TRY(end_earlier(&a, &wanted, err));
	TRY(insert_session(&a, &wanted, &id, err));
	TRY(use_booking(&a, wanted.booking, err));
	act_set_subject(&a, wanted.venue, wanted.resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* ---- the other acts ---- */

int session_close(struct db *db, const struct act *act, int64_t resident, struct session *ret,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct session session;

	TRY(act_begin(&a, db, act, ACT_SESSION_CLOSE, FIELDS(F_INT("resident", resident)), err));
	if (a.is_repeat)
		return session_get(db, a.result, ret, err);
	int r = live_session(db, resident, a.at, &session, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_REFUSED, REASON(VENUE_NOT_SIGNED_IN));
	TRY(act_check_order(&a, session.venue, err));
	TRY(sign_out(&a, &session, a.at, false, err));
	TRY(session_get(db, session.id, &session, err));
	act_set_subject(&a, session.venue, resident);
	TRY(act_commit(&a, session.id, err));
	*ret = session;
	return 0;
}

/* The session, still going on. */
static int read_present(struct acting *a, int64_t id, struct session *ret, struct err *err)
{
	TRY(session_get(a->db, id, ret, err));
	int r = ret->out_at ? 0 : is_going_on(a->db, ret, a->at, NULL, err);
	if (r < 0)
		return r;
	return r > 0 ? 0 : err_set(err, ERR_NOT_FOUND, REASON(SESSION_UNKNOWN));
}

int session_end(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct session session;

	TRY(act_begin(&a, db, act, ACT_SESSION_END, FIELDS(F_INT("session", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_present(&a, id, &session, err));
	TRY(act_check_order(&a, session.venue, err));
	TRY(sign_out(&a, &session, a.at, false, err));
	act_set_subject(&a, session.venue, session.resident);
	return act_commit(&a, id, err);
}

/* The first row after `after` that closing time has ended: 1 and *ret, or 0. */
static int next_ended(
	struct db *db, int64_t after, int64_t at, struct session *ret, struct err *err)
{
	for (;;) {
		/* By the index of open ones: by id all that ever were would be gone through. */
		TRY(db_integer(db,
			"SELECT min(id) FROM session INDEXED BY session_open_venue"
			" WHERE out_at IS NULL AND id > :after",
			FIELDS(F_INT("after", after)), 0, &after, err));
		if (!after)
			return 0;
		TRY(session_get(db, after, ret, err));
		int is_live = is_going_on(db, ret, at, NULL, err);
		if (is_live <= 0)
			return is_live < 0 ? is_live : 1;
	}
}

int sessions_close(struct db *db, const struct act *act, int *ret_count, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct session session;
	int count = 0;

	*ret_count = 0;
	int r = next_ended(db, 0, db_now(db), &session, err);
	if (r <= 0)
		return r;
	TRY(act_begin(&a, db, act, ACT_SESSIONS_CLOSE, NO_FIELDS, err));
	if (a.is_repeat)
		return 0;
	for (; r > 0 && count < CLOSED_AT_ONCE; count++) {
		TRY(end_row(&a, &session, err));
		TRY(r = next_ended(db, session.id, a.now, &session, err));
	}
	TRY(act_commit(&a, count, err));
	*ret_count = count;
	return 0;
}

int session_set_people(
	struct db *db, const struct act *act, int64_t id, int64_t people, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct session session;

	TRY(check_people(people, 1, err));
	TRY(act_begin(&a, db, act, ACT_SESSION_PEOPLE,
		FIELDS(F_INT("session", id), F_INT("people", people)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_present(&a, id, &session, err));
	TRY(act_update(&a, "session", id, FIELDS(F_INT("people", people)), err));
	act_set_subject(&a, session.venue, session.resident);
	return act_commit(&a, id, err);
}

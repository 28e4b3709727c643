#include "core/venues/session.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/pause.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "core/store/rows.h"
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

static const struct column session_columns[] = {
	COLUMN(struct session, id),
	COLUMN(struct session, venue),
	COLUMN(struct session, resident),
	COLUMN(struct session, booking),
	COLUMN(struct session, people),
	COLUMN(struct session, in_at),
	COLUMN(struct session, out_at),
	COLUMN(struct session, is_estimated),
};
static const struct row_type session_rows = ROW_TYPE(struct session, session_columns);

int session_get(struct db *db, int64_t id, struct session *ret, struct err *err)
{
	int r = row_find(
		db, &session_rows, SESSION_SELECT " id = :id", FIELDS(F_INT("id", id)), ret, err);

	if (r < 0)
		return r;
	return r > 0 ? 0 : err_set(err, ERR_NOT_FOUND, REASON(SESSION_UNKNOWN));
}

/* 1 and the row that is not signed out, whether or not closing time has ended it; or 0. */
static int open_row(struct db *db, int64_t resident, struct session *ret, struct err *err)
{
	return row_find(db, &session_rows,
		SESSION_SELECT " resident = :resident AND out_at IS NULL",
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

/* 1 when an open row is still running at `at`; if not, *ret_closed_at (may be NULL) is when it
 * ended. */
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

	int r = row_find(db, &session_rows, SESSION_SELECT " booking = :booking AND out_at IS NULL",
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

/* ---- signing out ---- */

/* They have left: the rest of their booking is free, except the time to tidy up. */
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
	/* A clock that was set back must not keep anybody in. */
	TRY(act_update(a, "session", session->id,
		FIELDS(F_INT("out_at", out_at > session->in_at ? out_at : session->in_at),
			F_INT("is_estimated", is_estimated)),
		err));
	return free_rest(a, session, out_at, err);
}

/* Ends an open row: at closing time if that has passed, else now. */
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

/* Ends the open sessions of the resident and of the booking. */
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
	r = row_find(a->db, &session_rows, SESSION_SELECT " booking = :booking AND out_at IS NULL",
		FIELDS(F_INT("booking", wanted->booking)), &session, err);
	return r > 0 ? end_row(a, &session, err) : r;
}

/* ---- at the door ---- */

/* Their session here, unless they come to go on with another booking; or that of somebody who came
 * with the same booking. */
static int session_to_leave(struct db *db, int64_t resident, int64_t venue_id,
	const struct booking *due, struct session *ret, struct err *err)
{
	struct session own = { 0 }, others = { 0 };

	int r = live_session(db, resident, db_now(db), &own, err);
	if (r < 0)
		return r;
	bool is_here = r > 0 && own.venue == venue_id;
	bool goes_on = due && due->id != own.booking;
	r = goes_on ? session_of_booking(db, due->id, &others, err) : 0;
	if (r < 0)
		return r;
	if (r > 0 && !is_here) {
		*ret = others;
		return 1;
	}
	if (!is_here || (goes_on && r == 0))
		return 0;
	*ret = own;
	return 1;
}

int session_at_door(
	struct db *db, int64_t resident, int64_t venue_id, struct session *ret, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(booking_finish) struct booking booking = { 0 };
	int64_t now = db_now(db);

	TRY(venue_get(db, venue_id, &venue, err));
	int r = entry_booking(db, &venue, resident, now, &booking, err);
	if (r < 0)
		return r;
	bool is_due = r > 0 && entry_is_due(&venue, &booking, now);
	return session_to_leave(db, resident, venue_id, is_due ? &booking : NULL, ret, err);
}

static const int questions[] = {
	REASON_VENUE_GROUP,
	REASON_VENUE_ELSEWHERE,
	REASON_BOOKING_AHEAD,
};

static const int overridable[] = {
	REASON_VENUE_FULL,
	REASON_VENUE_PLACES,
	REASON_VENUE_OPENS,
	REASON_VENUE_SHUT,
	REASON_VENUE_BLACKOUT,
	REASON_VENUE_BOOKED,
	REASON_VENUE_ELSEWHERE,
	REASON_BOOKING_AHEAD,
	REASON_BOOKING_EARLY,
};

static bool is_among(int code, const int *codes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (codes[i] == code)
			return true;
	return false;
}

bool session_reason_is_question(int code)
{
	return is_among(code, questions, ARRAY_LEN(questions));
}

bool session_reason_is_overridable(int code)
{
	return is_among(code, overridable, ARRAY_LEN(overridable));
}

/* ---- signing in ---- */

/* The data of a sign-in while it is checked. */
struct coming {
	struct session_request wanted;
	struct venue venue;
	struct booking booking; /* id 0: they come without one */
	struct booking ahead;   /* today's, but not yet; id 0: none */
	struct session own;     /* the session that they are in; id 0: none */
};

static void coming_finish(struct coming *c)
{
	venue_finish(&c->venue);
	booking_finish(&c->booking);
	booking_finish(&c->ahead);
}

/* The booking that was named, else theirs of today. */
static int read_booking(struct acting *a, struct coming *c, struct err *err)
{
	struct session_request *wanted = &c->wanted;

	if (wanted->booking) {
		TRY(booking_get(a->db, wanted->booking, &c->booking, err));
		wanted->venue = c->booking.venue;
		wanted->resident = c->booking.resident;
		return venue_get(a->db, wanted->venue, &c->venue, err);
	}
	TRY(venue_get(a->db, wanted->venue, &c->venue, err));
	if (!wanted->resident)
		return 0;
	TRY(entry_booking(a->db, &c->venue, wanted->resident, a->at, &c->booking, err));
	if (c->booking.id && !entry_is_due(&c->venue, &c->booking, a->at)) {
		c->ahead = c->booking;
		c->booking = (struct booking){ 0 };
	}
	return 0;
}

/* People who are in here already may go on with another booking. */
static int check_person(struct acting *a, struct coming *c, struct err *refusal, struct err *err)
{
	CLEANUP(venue_finish) struct venue elsewhere = { 0 };
	struct resident resident;
	struct session used;

	if (c->wanted.resident) {
		TRY(resident_get(a->db, c->wanted.resident, &resident, err));
		presence_check(a->db, &resident, refusal);
		TRY(live_session(a->db, c->wanted.resident, a->at, &c->own, err));
	}
	bool goes_on = c->booking.id && c->own.booking != c->booking.id;
	if (c->own.id && c->own.venue == c->venue.id && !goes_on)
		err_refuse(refusal, REASON(VENUE_SIGNED_IN, .n1 = c->own.in_at));
	if (c->own.id && c->own.venue != c->venue.id) {
		TRY(venue_get(a->db, c->own.venue, &elsewhere, err));
		err_refuse(refusal,
			reason_with_text(REASON_VENUE_ELSEWHERE, elsewhere.name, c->own.in_at));
	}
	if (!c->booking.id || !goes_on)
		return 0;
	int r = session_of_booking(a->db, c->booking.id, &used, err);
	if (r > 0)
		err_refuse(refusal, REASON(VENUE_SIGNED_IN, .n1 = used.in_at));
	return r < 0 ? r : 0;
}

/* What was answered yes, or overridden, is left out. */
static void settle(
	const struct acting *a, const struct coming *c, const struct err *all, struct err *refusal)
{
	for (int i = 0; i < all->reason_count; i++) {
		int code = all->reasons[i].code;
		bool passes = (c->wanted.is_sure && session_reason_is_question(code)) ||
			      (a->act->is_override && session_reason_is_overridable(code));
		if (!passes)
			err_refuse(refusal, all->reasons[i]);
	}
}

/* All objections; fills in what the request left open. */
static int check_coming(struct acting *a, struct coming *c, struct err *err)
{
	struct session_request *wanted = &c->wanted;
	struct err all = { 0 }, refusal = { 0 };

	TRY(check_person(a, c, &all, err));
	if (!wanted->resident && !c->booking.id && a->act->role < ROLE_VOLUNTEER)
		err_refuse(&all, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
	wanted->booking = c->booking.id;
	if (!wanted->people)
		wanted->people = c->booking.id ? c->booking.people : 1;
	const struct entry_request entry = { .venue = &c->venue,
		.booking = c->booking.id ? &c->booking : NULL,
		.session = c->own.id,
		.people = wanted->people,
		.at = a->at };
	TRY(entry_check(a->db, &entry, &all, err));
	if (c->ahead.id)
		err_refuse(
			&all, REASON(BOOKING_AHEAD, .n1 = entry_window_at(&c->venue, &c->ahead)));
	settle(a, c, &all, &refusal);
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

/* It counts as used; its time is theirs again if they had left early. */
static int use_booking(struct acting *a, const struct coming *c, struct err *err)
{
	const struct booking *b = &c->booking;
	int64_t until_at = b->end_at + c->venue.policy.buffer_minutes * 60;

	if (!b->id)
		return 0;
	if (b->status == BOOKING_USED)
		return b->until_at < b->end_at ? act_update(a, "booking", b->id,
							 FIELDS(F_INT("until_at", until_at)), err)
					       : 0;
	TRY(act_update(a, "booking", b->id,
		FIELDS(F_TEXT("status", booking_status_name(BOOKING_USED))), err));
	return charge_booking(a, CHARGE_USED, b, err);
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
	CLEANUP(coming_finish) struct coming c = { .wanted = *request };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(check_people(request->people, 0, err));
	TRY(act_begin(&a, db, act, ACT_SESSION_OPEN,
		FIELDS(F_INT("venue", request->venue), F_INT("resident", request->resident),
			F_INT("booking", request->booking), F_INT("people", request->people)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(read_booking(&a, &c, err));
	TRY(check_coming(&a, &c, err));
	TRY(act_check_order(&a, c.venue.id, err));
	TRY(end_earlier(&a, &c.wanted, err));
	TRY(insert_session(&a, &c.wanted, &id, err));
	TRY(use_booking(&a, &c, err));
	act_set_subject(&a, c.venue.id, c.wanted.resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* ---- the other acts ---- */

/* Several people, or somebody else's, are not signed out without a question. */
static int check_leaving(
	const struct acting *a, const struct session *session, bool is_sure, struct err *err)
{
	bool is_anothers =
		a->act->resident && session->resident && a->act->resident != session->resident;

	if (is_sure || (session->people == 1 && !is_anothers))
		return 0;
	return err_set(
		err, ERR_REFUSED, REASON(VENUE_GROUP, .n1 = session->people, .n2 = session->in_at));
}

int session_close(struct db *db, const struct act *act, int64_t resident, bool is_sure,
	struct session *ret, struct err *err)
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
	TRY(check_leaving(&a, &session, is_sure, err));
	TRY(act_check_order(&a, session.venue, err));
	TRY(sign_out(&a, &session, a.at, false, err));
	TRY(session_get(db, session.id, &session, err));
	act_set_subject(&a, session.venue, resident);
	TRY(act_commit(&a, session.id, err));
	*ret = session;
	return 0;
}

/* The session, still running. */
static int read_present(struct acting *a, int64_t id, struct session *ret, struct err *err)
{
	TRY(session_get(a->db, id, ret, err));
	int r = ret->out_at ? 0 : is_going_on(a->db, ret, a->at, NULL, err);
	if (r < 0)
		return r;
	return r > 0 ? 0 : err_set(err, ERR_NOT_FOUND, REASON(SESSION_UNKNOWN));
}

int session_end(struct db *db, const struct act *act, int64_t id, bool is_sure, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct session session;

	TRY(act_begin(&a, db, act, ACT_SESSION_END, FIELDS(F_INT("session", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_present(&a, id, &session, err));
	TRY(check_leaving(&a, &session, is_sure, err));
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
		/* Uses the index of open rows: by id, all rows that ever were would be read. */
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

static int read_entry(struct db *db, const struct session *session, int64_t people,
	struct entry *ret, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(booking_finish) struct booking booking = { 0 };

	TRY(venue_get(db, session->venue, &venue, err));
	if (session->booking)
		TRY(booking_get(db, session->booking, &booking, err));
	const struct entry_request entry = { .venue = &venue,
		.booking = session->booking ? &booking : NULL,
		.session = session->id,
		.people = people,
		.at = db_now(db) };
	return entry_read(db, &entry, ret, err);
}

int session_entry(
	struct db *db, int64_t id, struct session *ret, struct entry *ret_entry, struct err *err)
{
	TRY(session_get(db, id, ret, err));
	return read_entry(db, ret, ret->people, ret_entry, err);
}

/* A smaller number is always allowed, however full it is. */
static int check_room_for(
	struct acting *a, const struct session *session, int64_t people, struct err *err)
{
	struct entry entry;

	if (people <= session->people || a->act->is_override)
		return 0;
	TRY(read_entry(a->db, session, people, &entry, err));
	if (people <= entry.places)
		return 0;
	return err_set(err, ERR_REFUSED, REASON(VENUE_PLACES, .n1 = entry.places, .n2 = people));
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
	TRY(check_room_for(&a, &session, people, err));
	TRY(act_update(&a, "session", id, FIELDS(F_INT("people", people)), err));
	act_set_subject(&a, session.venue, session.resident);
	return act_commit(&a, id, err);
}

#include "core/venues/session.h"

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/site/hours.h"
#include "core/venues/venue.h"

/* A venue that has not closed for so many days (no hours entered) is taken to close at midnight. */
#define CLOSING_SEARCH_DAYS 14

/* 1 and when the last period of `day` ends, 0 on a closed day. */
static int closing_on(struct db *db, struct day day, int64_t *ret_at, struct err *err)
{
	struct period periods[HOURS_PERIODS_MAX];
	int count = hours_on(db, day, periods, err);

	if (count <= 0)
		return count;
	*ret_at = periods[count - 1].end_at;
	return 1;
}

/* The latest closing time up to `at`: whoever came in before it has gone home. */
static int last_closing(struct db *db, int64_t at, int64_t *ret_at, struct err *err)
{
	struct day today = when_day(at);

	for (int back = 0; back < CLOSING_SEARCH_DAYS; back++) {
		int r = closing_on(db, day_add(today, -back), ret_at, err);
		if (r < 0)
			return r;
		if (r > 0 && *ret_at <= at)
			return 0;
	}
	*ret_at = when_day_start(today);
	return 0;
}

/* When closing time ended a session that nobody signed out of: the first one after the sign-in. */
static int estimate_out(
	struct db *db, int64_t in_at, int64_t last_at, int64_t *ret_at, struct err *err)
{
	struct day first = when_day(in_at);

	/* From the day before: its hours may run past midnight. */
	for (int ahead = -1; ahead < CLOSING_SEARCH_DAYS; ahead++) {
		int r = closing_on(db, day_add(first, ahead), ret_at, err);
		if (r < 0)
			return r;
		if (r > 0 && *ret_at > in_at && *ret_at < last_at)
			return 0;
	}
	*ret_at = last_at;
	return 0;
}

/* 1 and the row that is not signed out, whether or not closing time has ended it; or 0. */
static int open_row(struct db *db, int64_t resident, struct session *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"SELECT id, venue, resident, in_at FROM session"
		" WHERE resident = :resident AND out_at IS NULL",
		FIELDS(F_INT("resident", resident)), err));
	int r = query_next(&q, err);
	if (r > 0)
		*ret = (struct session){ .id = query_int(&q, "id"),
			.venue = query_int(&q, "venue"),
			.resident = query_int(&q, "resident"),
			.in_at = query_int(&q, "in_at") };
	return r;
}

/* 1 and the session the resident is in at `at`, or 0. */
static int live_session(
	struct db *db, int64_t resident, int64_t at, struct session *ret, struct err *err)
{
	struct session session;
	int64_t closed_at;

	int r = open_row(db, resident, &session, err);
	if (r <= 0)
		return r;
	TRY(last_closing(db, at, &closed_at, err));
	if (session.in_at < closed_at)
		return 0;
	*ret = session;
	return 1;
}

int session_of_resident(struct db *db, int64_t resident, struct session *ret, struct err *err)
{
	return live_session(db, resident, db_now(db), ret, err);
}

static int count_at(struct db *db, int64_t venue, int64_t at, int64_t *ret, struct err *err)
{
	int64_t closed_at;

	TRY(last_closing(db, at, &closed_at, err));
	return db_integer(db,
		"SELECT count(*) FROM session"
		" WHERE venue = :venue AND out_at IS NULL AND in_at >= :since",
		FIELDS(F_INT("venue", venue), F_INT("since", closed_at)), 0, ret, err);
}

int session_count(struct db *db, int64_t venue, int64_t *ret, struct err *err)
{
	return count_at(db, venue, db_now(db), ret, err);
}

/* ---- acts ---- */

static int sign_out(struct acting *a, const struct session *session, int64_t out_at,
	bool is_estimated, struct err *err)
{
	/* A clock that was put back must not keep anybody in. */
	return act_update(a, "session", session->id,
		FIELDS(F_INT("out_at", out_at > session->in_at ? out_at : session->in_at),
			F_INT("is_estimated", is_estimated)),
		err);
}

/* Ends what the resident has open: at closing time when that has passed, else now. */
static int end_earlier(struct acting *a, int64_t resident, struct err *err)
{
	struct session session;
	int64_t closed_at, out_at;

	int r = open_row(a->db, resident, &session, err);
	if (r <= 0)
		return r;
	TRY(last_closing(a->db, a->at, &closed_at, err));
	if (session.in_at >= closed_at)
		return sign_out(a, &session, a->at, false, err);
	TRY(estimate_out(a->db, session.in_at, closed_at, &out_at, err));
	return sign_out(a, &session, out_at, true, err);
}

static int check_entry(struct acting *a, const struct venue *venue, const struct resident *resident,
	struct err *err)
{
	struct err refusal = { 0 };
	struct session session;
	int64_t present;

	if (resident->has_left)
		err_refuse(&refusal, REASON(RESIDENT_LEFT));
	int r = live_session(a->db, resident->id, a->at, &session, err);
	if (r < 0)
		return r;
	if (r > 0 && session.venue == venue->id)
		err_refuse(&refusal, REASON(VENUE_SIGNED_IN, .n1 = session.in_at));
	TRY(count_at(a->db, venue->id, a->at, &present, err));
	if (present >= venue->capacity && !a->act->is_override)
		err_refuse(&refusal, REASON(VENUE_FULL, .n1 = present, .n2 = venue->capacity));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

int session_open(struct db *db, const struct act *act, int64_t venue_id, int64_t resident_id,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct resident resident;

	TRY(act_begin(&a, db, act, ACT_SESSION_OPEN,
		FIELDS(F_INT("venue", venue_id), F_INT("resident", resident_id)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(venue_get(db, venue_id, &venue, err));
	TRY(resident_get(db, resident_id, &resident, err));
	TRY(act_check_order(&a, venue_id, err));
	TRY(check_entry(&a, &venue, &resident, err));
	TRY(end_earlier(&a, resident_id, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "session",
		FIELDS(F_INT("id", id), F_INT("venue", venue_id), F_INT("resident", resident_id),
			F_INT("in_at", a.at)),
		err));
	act_set_subject(&a, venue_id, resident_id);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

static int session_get(struct db *db, int64_t id, struct session *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"SELECT id, venue, resident, in_at, out_at, is_estimated FROM session"
		" WHERE id = :id",
		FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_REFUSED, REASON(VENUE_NOT_SIGNED_IN));
	*ret = (struct session){ .id = query_int(&q, "id"),
		.venue = query_int(&q, "venue"),
		.resident = query_int(&q, "resident"),
		.in_at = query_int(&q, "in_at"),
		.out_at = query_int(&q, "out_at"),
		.is_estimated = query_int(&q, "is_estimated") != 0 };
	return 0;
}

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

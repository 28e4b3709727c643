#include "core/venues/booking_acts.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "core/store/secret.h"
#include "core/venues/booking.h"
#include "core/venues/booking_within.h"
#include "core/venues/charge.h"
#include "core/venues/reasons.h"

#define BODY_MAX_CHARS    40
#define PURPOSE_MAX_CHARS 40

/* ---- what comes in ---- */

struct words {
	char *body, *purpose;
};

static void words_finish(struct words *w)
{
	mem_free(&w->body);
	mem_free(&w->purpose);
}

static int accept(const char *given, const char *what, int max_chars, char **ret, struct err *err)
{
	const struct text_limits limits = { what, max_chars, true };

	given = given ? given : "";
	return text_accept(given, strlen(given), &limits, ret, err);
}

static int read_words(const struct booking_draft *draft, struct words *ret, struct err *err)
{
	CLEANUP(words_finish) struct words words = { 0 };

	TRY(accept(draft->body, "body", BODY_MAX_CHARS, &words.body, err));
	TRY(accept(draft->purpose, "purpose", PURPOSE_MAX_CHARS, &words.purpose, err));
	if (!draft->resident && !*words.body)
		return err_set(err, ERR_INVALID, REASON_TEXT(TEXT_EMPTY, "body"));
	*ret = words;
	words = (struct words){ 0 };
	return 0;
}

/* ---- placing ---- */

/* A volunteer's entry needs nobody else's approval. */
static enum booking_status status_for(const struct acting *a, const struct venue *venue)
{
	return venue->policy.needs_approval && a->act->role < ROLE_VOLUNTEER ? BOOKING_REQUESTED
									     : BOOKING_BOOKED;
}

static int64_t release_of(const struct venue *venue, int64_t start_at, int64_t end_at)
{
	int64_t release_at = start_at + venue->policy.window_minutes * 60;

	return release_at < end_at ? release_at : end_at;
}

static int insert_words(struct acting *a, int64_t id, const struct words *words, struct err *err)
{
	if (!*words->body && !*words->purpose)
		return 0;
	return act_private(a, "booking_private", id,
		FIELDS(F_TEXT("body", words->body), F_TEXT("purpose", words->purpose)), err);
}

static int insert_booking(struct acting *a, const struct venue *venue,
	const struct booking_draft *d, enum booking_status status, int64_t series, int64_t *ret_id,
	struct err *err)
{
	const struct venue_policy *p = &venue->policy;
	int64_t number, id = act_new_id(a);

	TRY(db_integer(a->db, NEXT_NUMBER("booking"), NO_FIELDS, 1, &number, err));
	TRY(act_insert(a, "booking",
		FIELDS(F_INT("id", id), F_INT("number", number), F_INT("venue", venue->id),
			F_ID("resident", d->resident), F_ID("series", series),
			F_TEXT("status", booking_status_name(status)),
			F_INT("start_at", d->start_at), F_INT("end_at", d->end_at),
			F_INT("until_at", d->end_at + p->buffer_minutes * 60),
			F_INT("release_at", release_of(venue, d->start_at, d->end_at)),
			F_INT("people", d->people > 0 ? d->people : 1),
			F_INT("is_whole", d->is_whole || !p->is_shared),
			F_INT("is_override", a->act->is_override), F_INT("fee", p->fee),
			F_INT("deposit", p->deposit), F_INT("placed_at", a->at)),
		err));
	*ret_id = id;
	return 0;
}

static int charge(struct acting *a, enum charge_moment moment, int64_t id, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };

	TRY(booking_get(a->db, id, &booking, err));
	return charge_booking(a, moment, &booking, err);
}

static int check(struct acting *a, const struct venue *venue, const struct booking_draft *draft,
	int64_t except, enum booking_question question, struct err *err)
{
	struct err refusal = { 0 };

	if (!draft->resident && a->act->role < ROLE_VOLUNTEER)
		err_refuse(&refusal, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
	TRY(booking_reasons(a->db, a->act, venue, draft, except, question, &refusal, err));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

/* The act's inputs; free text stays out of the journal, and so out of its hash. */
#define INPUTS(d)                                                               \
	FIELDS(F_INT("venue", (d)->venue), F_INT("resident", (d)->resident),    \
		F_INT("start_at", (d)->start_at), F_INT("end_at", (d)->end_at), \
		F_INT("people", (d)->people), F_INT("is_whole", (d)->is_whole))

static int place(struct db *db, const struct act *act, const struct booking_draft *draft,
	enum act_kind kind, int64_t series, int64_t *ret_id, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(words_finish) struct words words = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	bool is_waiting = kind == ACT_BOOKING_WAIT;
	int64_t id;

	TRY(read_words(draft, &words, err));
	TRY(act_begin(&a, db, act, kind, INPUTS(draft), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(venue_get(db, draft->venue, &venue, err));
	TRY(booking_settle(&a, venue.id, err));
	TRY(check(
		&a, &venue, draft, 0, is_waiting ? BOOKING_CHECK_WAITING : BOOKING_CHECK_ALL, err));
	TRY(insert_booking(&a, &venue, draft, is_waiting ? BOOKING_WAITING : status_for(&a, &venue),
		series, &id, err));
	TRY(insert_words(&a, id, &words, err));
	if (!is_waiting)
		TRY(charge(&a, CHARGE_BOOKED, id, err));
	act_set_subject(&a, id, draft->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int booking_place(struct db *db, const struct act *act, const struct booking_draft *draft,
	int64_t *ret_id, struct err *err)
{
	return place(db, act, draft, ACT_BOOKING_PLACE, 0, ret_id, err);
}

int booking_place_of_series(struct db *db, const struct act *act, const struct booking_draft *draft,
	int64_t series, int64_t *ret_id, struct err *err)
{
	return place(db, act, draft, ACT_BOOKING_PLACE, series, ret_id, err);
}

int booking_wait(struct db *db, const struct act *act, const struct booking_draft *draft,
	int64_t *ret_id, struct err *err)
{
	return place(db, act, draft, ACT_BOOKING_WAIT, 0, ret_id, err);
}

/* ---- the waiting list ---- */

/* 1 and the first one after `after` that waits, or 0. */
static int next_waiting(struct db *db, int64_t venue, int64_t after, int64_t *ret, struct err *err)
{
	TRY(db_integer(db,
		"SELECT id FROM booking WHERE venue = :venue AND status = 'waiting' AND id > :after"
		" ORDER BY id LIMIT 1",
		FIELDS(F_INT("venue", venue), F_INT("after", after)), 0, ret, err));
	return *ret != 0;
}

/* Gives a waiting booking its time if every rule allows it now. */
static int serve(struct acting *a, const struct venue *venue, int64_t id, struct err *err)
{
	CLEANUP(booking_finish) struct booking b = { 0 };
	/* No rule is overridden for somebody who only waits. */
	const struct act plain = { .role = a->act->role };
	struct err refusal = { 0 };

	TRY(booking_get(a->db, id, &b, err));
	const struct booking_draft draft = { .venue = b.venue,
		.resident = b.resident,
		.start_at = b.start_at,
		.end_at = b.end_at,
		.people = b.people,
		.is_whole = b.is_whole };
	if (b.status != BOOKING_WAITING)
		return 0;
	TRY(booking_reasons(a->db, &plain, venue, &draft, id, BOOKING_CHECK_ALL, &refusal, err));
	if (refusal.code)
		return 0;
	enum booking_status status =
		venue->policy.needs_approval ? BOOKING_REQUESTED : BOOKING_BOOKED;
	TRY(act_update(
		a, "booking", id, FIELDS(F_TEXT("status", booking_status_name(status))), err));
	if (status == BOOKING_BOOKED)
		TRY(booking_tell(a, &b, MESSAGE_BOOKING_SERVED, err));
	return charge(a, CHARGE_BOOKED, id, err);
}

int booking_serve(struct acting *a, int64_t venue_id, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	int64_t id = 0;
	int r;

	TRY(venue_get(a->db, venue_id, &venue, err));
	while ((r = next_waiting(a->db, venue_id, id, &id, err)) > 0)
		TRY(serve(a, &venue, id, err));
	return r;
}

/* ---- changing ---- */

/* The booking, if it can still be changed; a volunteer can change it until it is released. */
static int read_ahead(struct acting *a, int64_t id, struct booking *ret, struct err *err)
{
	TRY(booking_get(a->db, id, ret, err));
	bool is_booked = ret->status == BOOKING_BOOKED;
	if (!is_booked && !booking_is_ahead(ret, a->now))
		return err_set(err, ERR_REFUSED,
			ret->status == BOOKING_USED ? REASON(BOOKING_BEGUN)
						    : REASON(BOOKING_ENDED));
	if (ret->start_at <= a->now && a->act->role < ROLE_VOLUNTEER)
		return err_set(err, ERR_REFUSED, REASON(BOOKING_BEGUN));
	return 0;
}

static int write_change(struct acting *a, const struct venue *venue, const struct booking *before,
	const struct booking_draft *d, struct err *err)
{
	const struct venue_policy *p = &venue->policy;
	enum booking_status status =
		before->status == BOOKING_WAITING ? BOOKING_WAITING : status_for(a, venue);

	return act_update(a, "booking", before->id,
		FIELDS(F_INT("venue", venue->id), F_TEXT("status", booking_status_name(status)),
			F_INT("start_at", d->start_at), F_INT("end_at", d->end_at),
			F_INT("until_at", d->end_at + p->buffer_minutes * 60),
			F_INT("release_at", release_of(venue, d->start_at, d->end_at)),
			F_INT("people", d->people > 0 ? d->people : 1),
			F_INT("is_whole", d->is_whole || !p->is_shared)),
		err);
}

static int change_purpose(
	struct acting *a, int64_t id, const struct booking_draft *draft, struct err *err)
{
	CLEANUP(mem_free) char *purpose = NULL;

	if (!draft->purpose)
		return 0;
	TRY(accept(draft->purpose, "purpose", PURPOSE_MAX_CHARS, &purpose, err));
	return act_private(a, "booking_private", id, FIELDS(F_TEXT("purpose", purpose)), err);
}

int booking_change(struct db *db, const struct act *act, int64_t id,
	const struct booking_draft *draft, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(booking_finish) struct booking before = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_BOOKING_CHANGE,
		FIELDS(F_INT("booking", id), F_INT("venue", draft->venue),
			F_INT("start_at", draft->start_at), F_INT("end_at", draft->end_at),
			F_INT("people", draft->people), F_INT("is_whole", draft->is_whole)),
		err));
	if (a.is_repeat)
		return 0;
	TRY(read_ahead(&a, id, &before, err));
	TRY(venue_get(db, draft->venue, &venue, err));
	TRY(booking_settle(&a, venue.id, err));
	TRY(booking_settle(&a, before.venue, err));
	struct booking_draft whose = *draft;
	whose.resident = before.resident;
	/* A body's was entered by a volunteer; whoever may change it need not be one. */
	struct err refusal = { 0 };
	TRY(booking_reasons(db, act, &venue, &whose, id,
		before.status == BOOKING_WAITING ? BOOKING_CHECK_WAITING : BOOKING_CHECK_ALL,
		&refusal, err));
	if (refusal.code) {
		*err = refusal;
		return refusal.code;
	}
	TRY(write_change(&a, &venue, &before, &whose, err));
	TRY(change_purpose(&a, id, draft, err));
	TRY(booking_serve(&a, before.venue, err));
	act_set_subject(&a, id, before.resident);
	return act_commit(&a, id, err);
}

/* ---- its slip ---- */

int booking_code(struct db *db, const struct act *act, int64_t id, char ret_text[CODE_TEXT_MAX],
	struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };

	TRY(booking_get(db, id, &booking, err));
	if (!booking_is_live(&booking) && booking.status != BOOKING_WAITING)
		return err_set(err, ERR_REFUSED, REASON(BOOKING_ENDED));
	return secret_issue(db, act, CODE_BOOKING, id, ret_text, err);
}

/* ---- ending ---- */

int booking_cancel(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_BOOKING_CANCEL, FIELDS(F_INT("booking", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_ahead(&a, id, &booking, err));
	TRY(booking_end(&a, id, BOOKING_CANCELLED, a.at, err));
	if (booking.status != BOOKING_WAITING) {
		TRY(charge_booking(&a, CHARGE_GIVEN_UP, &booking, err));
		TRY(booking_settle(&a, booking.venue, err));
		TRY(booking_serve(&a, booking.venue, err));
	}
	act_set_subject(&a, id, booking.resident);
	return act_commit(&a, id, err);
}

static int read_requested(struct acting *a, int64_t id, struct booking *ret, struct err *err)
{
	TRY(booking_get(a->db, id, ret, err));
	return ret->status == BOOKING_REQUESTED
		       ? 0
		       : err_set(err, ERR_REFUSED, REASON(BOOKING_NOT_ASKED));
}

int booking_approve(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_BOOKING_APPROVE, FIELDS(F_INT("booking", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_requested(&a, id, &booking, err));
	TRY(act_update(&a, "booking", id,
		FIELDS(F_TEXT("status", booking_status_name(BOOKING_BOOKED))), err));
	TRY(booking_tell(&a, &booking, MESSAGE_BOOKING_APPROVED, err));
	act_set_subject(&a, id, booking.resident);
	return act_commit(&a, id, err);
}

int booking_decline(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_BOOKING_DECLINE, FIELDS(F_INT("booking", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_requested(&a, id, &booking, err));
	TRY(booking_end(&a, id, BOOKING_DECLINED, a.at, err));
	TRY(booking_tell(&a, &booking, MESSAGE_BOOKING_DECLINED, err));
	TRY(charge_booking(&a, CHARGE_GIVEN_UP, &booking, err));
	TRY(booking_settle(&a, booking.venue, err));
	TRY(booking_serve(&a, booking.venue, err));
	act_set_subject(&a, id, booking.resident);
	return act_commit(&a, id, err);
}

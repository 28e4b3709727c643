#include "core/venues/booking_check.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/pause.h"
#include "core/points/freeze.h"
#include "core/points/reasons.h"
#include "core/venues/booking.h"
#include "core/venues/reasons.h"
#include "core/venues/timetable.h"

#define LONGEST_MINUTES 2880

/* The question and the data for it. */
struct question {
	struct db *db;
	const struct act *act;
	const struct venue *venue;
	const struct booking_draft *draft;
	int64_t except;
	int64_t now;
	struct timetable table;
	struct err *refusal;
};

static const int overridable[] = {
	REASON_BOOKING_SOON,
	REASON_BOOKING_FAR,
	REASON_BOOKING_SHORT,
	REASON_BOOKING_LONG,
	REASON_BOOKING_OFF_SLOT,
	REASON_BOOKING_OWN,
	REASON_VENUE_CLOSED,
	REASON_VENUE_SHUT,
	REASON_VENUE_NOT_BOOKABLE,
	REASON_QUOTA_WEEK,
	REASON_QUOTA_MONTH,
};

bool booking_reason_is_overridable(int code)
{
	for (size_t i = 0; i < ARRAY_LEN(overridable); i++)
		if (overridable[i] == code)
			return true;
	return false;
}

/* ---- the rules ---- */

static int64_t minutes_of(const struct booking_draft *d)
{
	return (d->end_at - d->start_at) / 60;
}

static int64_t people_of(const struct booking_draft *d)
{
	return d->people > 0 ? d->people : 1;
}

static void check_when(const struct question *q)
{
	const struct venue_policy *p = &q->venue->policy;
	int64_t earliest = q->now + p->notice_minutes * 60;
	struct day last = day_add(when_day(q->now), (int)p->ahead_days);

	if (q->draft->start_at < q->now)
		err_refuse(q->refusal, REASON(BOOKING_PAST));
	else if (q->draft->start_at < earliest)
		err_refuse(q->refusal, REASON(BOOKING_SOON, .n1 = earliest));
	if (day_compare(when_day(q->draft->start_at), last) > 0)
		err_refuse(q->refusal,
			REASON(BOOKING_FAR, .n1 = when_day_start(day_add(last, 1)) - 60));
}

static void check_length(const struct question *q)
{
	const struct venue_policy *p = &q->venue->policy;
	int64_t minutes = minutes_of(q->draft);

	if (minutes < p->min_minutes)
		err_refuse(q->refusal, REASON(BOOKING_SHORT, .n1 = p->min_minutes));
	if (minutes > p->max_minutes)
		err_refuse(q->refusal, REASON(BOOKING_LONG, .n1 = p->max_minutes));
}

/* Fixed slots count from the start of the opening period that they are in. */
static void check_slot(const struct question *q, const struct period *open)
{
	int64_t slot = q->venue->policy.slot_minutes * 60;
	int64_t offset = slot ? (q->draft->start_at - open->start_at) % slot : 0;
	int64_t length = q->draft->end_at - q->draft->start_at;

	if (!slot || (offset == 0 && length % slot == 0))
		return;
	int64_t start_at = q->draft->start_at - offset;
	int64_t slots = length > slot ? length / slot : 1;
	err_refuse(q->refusal,
		REASON(BOOKING_OFF_SLOT, .n1 = start_at, .n2 = start_at + slots * slot));
}

static void check_open(const struct question *q)
{
	const struct blackout *out;
	struct period open;

	if (!q->venue->policy.is_bookable)
		err_refuse(q->refusal, REASON(VENUE_NOT_BOOKABLE));
	if (!venue_hours_hold(&q->table.hours, q->draft->start_at, q->draft->end_at, &open))
		err_refuse(q->refusal,
			open.end_at ? REASON(VENUE_CLOSED, .n1 = open.start_at, .n2 = open.end_at)
				    : REASON(VENUE_SHUT));
	else
		check_slot(q, &open);
	out = timetable_blackout(&q->table, q->draft->start_at, q->draft->end_at);
	if (out)
		err_refuse(q->refusal,
			reason_with_text(REASON_VENUE_BLACKOUT, out->name, out->end_at));
}

static void check_places(const struct question *q, enum booking_question question)
{
	const struct booking_draft *d = q->draft;
	bool is_whole = d->is_whole || !q->venue->policy.is_shared;
	int64_t people = people_of(d);

	if (people > q->venue->capacity)
		err_refuse(
			q->refusal, REASON(BOOKING_PEOPLE, .n1 = people, .n2 = q->venue->capacity));
	int64_t places = timetable_places(&q->table, d->start_at, d->end_at, is_whole);
	bool is_free = places >= people && places > 0;
	if (question == BOOKING_CHECK_WAITING) {
		if (is_free)
			err_refuse(q->refusal, REASON(BOOKING_FREE));
		return;
	}
	if (is_free || people > q->venue->capacity)
		return;
	const struct timetable_entry *entry = timetable_conflict(&q->table, d->start_at, d->end_at);
	if (places > 0 || !entry)
		err_refuse(q->refusal, REASON(BOOKING_CROWDED, .n1 = places, .n2 = people));
	else
		err_refuse(q->refusal,
			REASON(BOOKING_TAKEN, .n1 = entry->start_at, .n2 = entry->until_at));
}

/* ---- the person ---- */

/* One person is not in two rooms at once. */
static int check_own(const struct question *q, struct err *err)
{
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	const struct booking_draft *d = q->draft;

	TRY(bookings_of_resident(q->db, d->resident, d->start_at, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct booking *b = &list.rows[i];
		bool stands = booking_is_live(b) || b->status == BOOKING_WAITING;
		if (b->id == q->except || !stands || b->start_at >= d->end_at)
			continue;
		err_refuse(q->refusal, REASON(BOOKING_OWN, .n1 = b->start_at, .n2 = b->end_at));
		break;
	}
	return 0;
}

/* Minutes that the person has booked in the venue among bookings that start in [from, until);
 * no-shows count too. */
static int booked_minutes(
	const struct question *q, struct day from, struct day until, int64_t *ret, struct err *err)
{
	return db_integer(q->db,
		"SELECT sum(end_at - start_at) / 60 FROM booking"
		" WHERE resident = :resident AND start_at >= :from AND start_at < :until"
		" AND venue = :venue AND id <> :except"
		" AND status IN ('requested', 'booked', 'used', 'no_show')",
		FIELDS(F_INT("resident", q->draft->resident), F_INT("venue", q->venue->id),
			F_INT("from", when_day_start(from)), F_INT("until", when_day_start(until)),
			F_INT("except", q->except)),
		0, ret, err);
}

static int check_quota(const struct question *q, struct err *err)
{
	const struct venue_policy *p = &q->venue->policy;
	struct day day = when_day(q->draft->start_at);
	struct day monday = day_add(day, 1 - day_weekday(day));
	struct day first = { day.year, day.month, 1 };
	struct day next = day.month == 12 ? (struct day){ day.year + 1, 1, 1 }
					  : (struct day){ day.year, day.month + 1, 1 };
	int64_t minutes = minutes_of(q->draft), week = 0, month = 0;

	if (p->week_hours)
		TRY(booked_minutes(q, monday, day_add(monday, 7), &week, err));
	if (p->week_hours && week + minutes > p->week_hours * 60)
		err_refuse(q->refusal, REASON(QUOTA_WEEK, .n1 = week, .n2 = p->week_hours));
	if (p->month_hours)
		TRY(booked_minutes(q, first, next, &month, err));
	if (p->month_hours && month + minutes > p->month_hours * 60)
		err_refuse(q->refusal, REASON(QUOTA_MONTH, .n1 = month, .n2 = p->month_hours));
	return 0;
}

/* Fee and deposit, unless they are held for this booking already (charge.h). */
static int check_points(const struct question *q, enum booking_question question, struct err *err)
{
	int64_t needed = q->venue->policy.fee + q->venue->policy.deposit;
	struct points has;
	struct freeze held;

	if (!needed || question == BOOKING_CHECK_WAITING)
		return 0;
	int r = q->except ? freeze_of(q->db, FREEZE_BOOKING, q->except, &held, err) : 0;
	if (r != 0)
		return r < 0 ? r : 0;
	TRY(points_balance(q->db, q->draft->resident, &has, err));
	if (has.n < needed)
		err_refuse(q->refusal, REASON(POINTS_SHORT, .n1 = needed, .n2 = has.n));
	return 0;
}

static int check_person(const struct question *q, enum booking_question question, struct err *err)
{
	struct resident resident;

	if (!q->draft->resident)
		return 0;
	TRY(resident_get(q->db, q->draft->resident, &resident, err));
	TRY(admit_check(q->db, q->act, &resident, q->refusal, err));
	TRY(check_own(q, err));
	TRY(check_points(q, question, err));
	return check_quota(q, err);
}

/* ---- all of them ---- */

static int check_sense(const struct booking_draft *d, struct err *err)
{
	if (d->start_at % 60 != 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "start"));
	if (d->end_at <= d->start_at || d->end_at % 60 != 0 || minutes_of(d) > LONGEST_MINUTES)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "end"));
	if (d->people < 0 || d->people > 10000)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "people"));
	return 0;
}

static void drop_overridden(const struct act *act, const struct err *all, struct err *refusal)
{
	for (int i = 0; i < all->reason_count; i++)
		if (!act->is_override || !booking_reason_is_overridable(all->reasons[i].code))
			err_refuse(refusal, all->reasons[i]);
}

int booking_reasons(struct db *db, const struct act *act, const struct venue *venue,
	const struct booking_draft *draft, int64_t except, enum booking_question question,
	struct err *refusal, struct err *err)
{
	struct err all = { 0 };
	struct question q = { .db = db,
		.act = act,
		.venue = venue,
		.draft = draft,
		.except = except,
		.now = db_now(db),
		.refusal = &all };

	TRY(check_sense(draft, err));
	TRY(timetable_read(db, venue, when_day(draft->start_at), when_day(draft->end_at), except,
		&q.table, err));
	check_when(&q);
	check_length(&q);
	check_open(&q);
	check_places(&q, question);
	timetable_finish(&q.table);
	TRY(check_person(&q, question, err));
	drop_overridden(act, &all, refusal);
	return 0;
}

int booking_check(struct db *db, const struct act *act, const struct booking_draft *draft,
	int64_t except, struct err *ret_refusal, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };

	*ret_refusal = (struct err){ 0 };
	TRY(venue_get(db, draft->venue, &venue, err));
	return booking_reasons(db, act, &venue, draft, except, BOOKING_CHECK_ALL, ret_refusal, err);
}

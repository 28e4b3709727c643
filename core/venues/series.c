#include "core/venues/series.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/store/acting.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/booking_within.h"
#include "core/venues/reasons.h"

/* In local time: a clock change moves no rehearsal. */
static int64_t shifted(int64_t at, int days)
{
	struct local local = when_local(at);

	return when_instant(day_add(local.day, days), local.hour, local.minute, local.second);
}

static struct booking_draft occurrence_of(const struct series_draft *draft, int index)
{
	struct booking_draft d = draft->first;

	d.start_at = shifted(d.start_at, index * draft->every_days);
	d.end_at = shifted(d.end_at, index * draft->every_days);
	return d;
}

static int check_numbers(const struct series_draft *draft, struct err *err)
{
	if (draft->every_days < 1 || draft->every_days > 366)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "every"));
	if (draft->occurrences < 1 || draft->occurrences > SERIES_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "occurrences"));
	return 0;
}

static int begin(struct acting *a, struct db *db, const struct act *act,
	const struct series_draft *draft, bool only_good, struct err *err)
{
	return act_begin(a, db, act, ACT_SERIES_PLACE,
		FIELDS(F_INT("venue", draft->first.venue), F_INT("resident", draft->first.resident),
			F_INT("start_at", draft->first.start_at),
			F_INT("end_at", draft->first.end_at), F_INT("every", draft->every_days),
			F_INT("occurrences", draft->occurrences), F_INT("only_good", only_good)),
		err);
}

static int insert_series(
	struct acting *a, const struct series_draft *draft, int64_t *ret_id, struct err *err)
{
	int64_t id = act_new_id(a);

	TRY(act_insert(a, "booking_series",
		FIELDS(F_INT("id", id), F_INT("venue", draft->first.venue),
			F_ID("resident", draft->first.resident),
			F_INT("every_days", draft->every_days),
			F_INT("occurrences", draft->occurrences), F_INT("made_at", a->at)),
		err));
	*ret_id = id;
	return 0;
}

/* Books whatever is available, one after the other: earlier ones count for the quota of later
 * ones. */
static int place_all(struct acting *a, const struct series_draft *draft, int64_t series,
	struct series_plan *plan, struct err *err)
{
	for (int i = 0; i < draft->occurrences; i++) {
		struct series_occurrence *row = &plan->rows[i];
		struct booking_draft d = occurrence_of(draft, i);
		int64_t ignored;
		*row = (struct series_occurrence){ .start_at = d.start_at, .end_at = d.end_at };
		TRY(booking_check(a->db, a->act, &d, 0, &row->refusal, err));
		if (row->refusal.code)
			plan->refused++;
		else
			TRY(booking_place_of_series(a->db, a->act, &d, series, &ignored, err));
		plan->count++;
	}
	return 0;
}

int series_check(struct db *db, const struct act *act, const struct series_draft *draft,
	struct series_plan *ret, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT; /* ends without a commit */
	CLEANUP(mem_free) struct series_plan *plan = mem_alloc(sizeof(*plan));
	struct act trial = *act;
	int64_t series;

	TRY(check_numbers(draft, err));
	act_new_key(trial.key);
	TRY(begin(&a, db, &trial, draft, true, err));
	TRY(booking_settle(&a, draft->first.venue, err));
	TRY(insert_series(&a, draft, &series, err));
	TRY(place_all(&a, draft, series, plan, err));
	*ret = *plan;
	return 0;
}

int series_place(struct db *db, const struct act *act, const struct series_draft *draft,
	bool only_good, int64_t *ret_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) struct series_plan *plan = mem_alloc(sizeof(*plan));
	int64_t id;

	TRY(check_numbers(draft, err));
	TRY(begin(&a, db, act, draft, only_good, err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(booking_settle(&a, draft->first.venue, err));
	TRY(insert_series(&a, draft, &id, err));
	TRY(place_all(&a, draft, id, plan, err));
	if (plan->refused && (!only_good || plan->refused == plan->count))
		return err_set(err, ERR_REFUSED, REASON(SERIES_CONFLICTS, .n1 = plan->refused));
	act_set_subject(&a, id, draft->first.resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int series_cancel(
	struct db *db, const struct act *act, int64_t series, int64_t from_at, struct err *err)
{
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int cancelled = 0;

	TRY(act_begin(&a, db, act, ACT_SERIES_CANCEL,
		FIELDS(F_INT("series", series), F_INT("from", from_at)), err));
	if (a.is_repeat)
		return 0;
	TRY(bookings_of_series(db, series, &list, err));
	if (list.count == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(SERIES_UNKNOWN));
	for (int i = 0; i < list.count; i++) {
		const struct booking *b = &list.rows[i];
		if (b->start_at < from_at || !booking_is_ahead(b, a.now))
			continue;
		TRY(booking_cancel(db, act, b->id, err));
		cancelled++;
	}
	if (!cancelled)
		return err_set(err, ERR_REFUSED, REASON(BOOKING_ENDED));
	act_set_subject(&a, series, list.rows[0].resident);
	return act_commit(&a, series, err);
}

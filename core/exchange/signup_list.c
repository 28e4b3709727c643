#include "core/exchange/signup_list.h"

#include <sodium.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/assignment.h"
#include "core/duty/reasons.h"
#include "core/duty/volunteer.h"
#include "core/exchange/signup_reading.h"
#include "core/people/resident.h"
#include "core/store/act_reasons.h"
#include "core/store/role_reasons.h"

/* ---- what the doubts leave of a row ---- */

/* Names the open doubt, or settles resident and shift; false when an answer has dropped it. */
static bool settle_who(struct signup_list *list, struct signup_row *row)
{
	if (row->who_doubt < 0)
		return true;
	const struct signup_doubt *doubt = &list->doubts[row->who_doubt];
	row->resident = 0;
	if (doubt->answer == SIGNUP_OPEN)
		row->doubt = row->who_doubt;
	if (doubt->answer >= 0)
		row->resident = doubt->choices[doubt->answer];
	return doubt->answer != SIGNUP_NONE_OF_THEM;
}

/* While the question is open its first choice stands for all. */
static bool settle_shift(struct signup_list *list, struct signup_row *row)
{
	if (row->shift_doubt < 0)
		return true;
	const struct signup_doubt *doubt = &list->doubts[row->shift_doubt];
	switch (doubt->answer) {
	case SIGNUP_OPEN:
		if (row->doubt < 0)
			row->doubt = row->shift_doubt;
		return row->choice == 0;
	case SIGNUP_ALL_OF_THEM:
		return true;
	default:
		return row->choice == doubt->answer;
	}
}

static void settle(struct signup_list *list, struct signup_row *row)
{
	if (row->state == SIGNUP_UNREAD || row->state == SIGNUP_QUIET)
		return;
	row->against = (struct err){ 0 };
	row->doubt = -1;
	bool has_who = settle_who(list, row), has_shift = settle_shift(list, row);
	row->state = !has_who || !has_shift ? SIGNUP_DROPPED
		     : row->doubt >= 0      ? SIGNUP_DOUBT
					    : SIGNUP_SURE;
}

int signup_list_open_doubt(const struct signup_list *list)
{
	for (int i = 0; i < list->count; i++)
		if (list->rows[i].state == SIGNUP_DOUBT)
			return list->rows[i].doubt;
	return -1;
}

/* ---- trying ---- */

/* A separate key for each row, derived from the list's: a repeat repeats row by row. */
static struct act act_of(const struct act *of, int index, const struct signup_row *row)
{
	static const unsigned char zero[ACT_KEY_SIZE];
	struct act act = *of;

	act.resident = row->resident;
	if (memcmp(of->key, zero, sizeof(zero)) != 0)
		crypto_generichash(act.key, ACT_KEY_SIZE, (const unsigned char *)&index,
			sizeof(index), of->key, ACT_KEY_SIZE);
	return act;
}

static bool is_same(const struct volunteer_time *a, const struct volunteer_time *b)
{
	return a->stance == b->stance && a->weekday == b->weekday && a->starts == b->starts &&
	       a->ends == b->ends && day_compare(a->from, b->from) == 0 &&
	       day_compare(a->until, b->until) == 0;
}

/* Adds one more of the volunteer's times. */
static int try_away(struct db *db, const struct act *act, struct signup_row *row, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer volunteer = { 0 };
	CLEANUP(mem_free) struct volunteer_time *times = NULL;

	int r = volunteer_of(db, row->resident, &volunteer, err);
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(VOLUNTEER_UNKNOWN));
	if (r > 0)
		r = volunteer_times(db, volunteer.id, &times, err);
	if (r < 0)
		return r;
	for (int i = 0; i < r; i++)
		if (is_same(&times[i], &row->away)) {
			row->state = SIGNUP_ALREADY;
			return 0;
		}
	times = mem_resize(times, (size_t)(r + 1) * sizeof(*times));
	times[r] = row->away;
	return volunteer_times_set(db, act, volunteer.id, times, r + 1, err);
}

static int try_row(
	struct db *db, const struct act *of, int index, struct signup_row *row, struct err *err)
{
	const struct act act = act_of(of, index, row);
	struct err against = { 0 };
	int64_t id;

	if (row->is_away)
		return try_away(db, &act, row, err);
	int r = shift_sign_up(db, &act,
		&(struct sign_up){ .shift = row->shift, .resident = row->resident }, &id, &against);
	if (r == 0)
		return 0;
	if (r != ERR_REFUSED || err_has(&against, REASON_ROLE_NEEDED) ||
		err_has(&against, REASON_KEY_REUSED)) {
		*err = against;
		return r;
	}
	row->state = err_has(&against, REASON_SHIFT_ASSIGNED) ? SIGNUP_ALREADY : SIGNUP_REFUSED;
	row->against = against;
	return 0;
}

int signup_list_try(struct db *db, const struct act *act, struct signup_list *list, bool is_kept,
	struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	memset(list->counts, 0, sizeof(list->counts));
	TRY(txn_begin(&t, db, err));
	for (int i = 0; i < list->count; i++) {
		struct signup_row *row = &list->rows[i];
		settle(list, row);
		if (row->state == SIGNUP_SURE)
			TRY(try_row(db, act, i, row, err));
		list->counts[row->state]++;
	}
	if (is_kept)
		TRY(txn_commit(&t, err));
	list->is_kept = is_kept;
	return 0;
}

/* ---- reading ---- */

int signup_list_read(
	struct db *db, const char *text, struct week week, struct signup_list *ret, struct err *err)
{
	CLEANUP(signup_list_finish) struct signup_list list = { .week = week };

	if (strlen(text) > SIGNUP_BYTES_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_TOO_LARGE, ""));
	TRY(signup_reading(db, text, &list, err));
	for (int i = 0; i < list.count; i++)
		settle(&list, &list.rows[i]);
	*ret = list;
	list = (struct signup_list){ 0 };
	return 0;
}

#include "core/duty/candidate.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/duty/reasons.h"
#include "core/people/child.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/store/rows.h"

#define DAYS_AROUND 31

void candidate_finish(struct candidate *c)
{
	volunteer_finish(&c->volunteer);
	free(c->times);
	free(c->taken);
	*c = (struct candidate){ 0 };
}

/* ---- reading ---- */

static const struct column taken_columns[] = {
	COLUMN(struct candidate_shift, shift),
	COLUMN(struct candidate_shift, start_at),
	COLUMN(struct candidate_shift, end_at),
};
static const struct row_type taken_rows = ROW_TYPE(struct candidate_shift, taken_columns);

static int read_taken(
	struct db *db, struct candidate *c, struct day from, struct day until, struct err *err)
{
	return rows_read(db, &taken_rows,
		"SELECT shift.id AS shift, start_at, end_at FROM assignment"
		" JOIN shift ON shift.id = assignment.shift"
		" WHERE resident = :resident AND gone IS NULL AND cancelled_at IS NULL"
		" AND start_at >= :from AND start_at < :until ORDER BY start_at, shift.id",
		FIELDS(F_INT("resident", c->resident),
			F_INT("from", when_day_start(day_add(from, -DAYS_AROUND))),
			F_INT("until", when_day_start(day_add(until, DAYS_AROUND)))),
		&c->taken, &c->taken_count, sizeof(*c->taken), err);
}

static int read_all(
	struct db *db, struct candidate *c, struct day from, struct day until, struct err *err)
{
	struct resident resident;

	TRY(resident_get(db, c->resident, &resident, err));
	c->has_left = resident.has_left;
	c->has_pause = resident.has_pause;
	c->paused_until = resident.paused_until;
	int is_child = resident_is_child(db, c->resident, err);
	TRY(is_child);
	c->is_child = is_child;
	TRY(read_taken(db, c, from, until, err));
	int r = volunteer_of(db, c->resident, &c->volunteer, err);
	if (r <= 0)
		return r;
	c->is_volunteer = true;
	TRY(volunteer_limits(db, &c->volunteer, &c->limits, err));
	r = volunteer_times(db, c->volunteer.id, &c->times, err);
	if (r < 0)
		return r;
	c->time_count = r;
	return 0;
}

int candidate_get(struct db *db, int64_t resident, struct day from, struct day until,
	struct candidate *ret, struct err *err)
{
	CLEANUP(candidate_finish) struct candidate c = { .resident = resident };

	TRY(read_all(db, &c, from, until, err));
	*ret = c;
	c = (struct candidate){ 0 };
	return 0;
}

/* ---- the rules ---- */

/* Walks over the person's shifts that count besides `shift`. NULL at the end. */
static const struct candidate_shift *next_other(
	const struct candidate *c, const struct shift *shift, int64_t without, int *at)
{
	while (*at < c->taken_count) {
		const struct candidate_shift *other = &c->taken[(*at)++];
		if (other->shift != shift->id && other->shift != without)
			return other;
	}
	return NULL;
}

static const struct candidate_shift *overlapping(
	const struct candidate *c, const struct shift *shift, int64_t without)
{
	const struct candidate_shift *other;

	for (int at = 0; (other = next_other(c, shift, without, &at));)
		if (other->start_at < shift->end_at && other->end_at > shift->start_at)
			return other;
	return NULL;
}

static const struct candidate_shift *on_day(
	const struct candidate *c, const struct shift *shift, int64_t without, struct day day)
{
	const struct candidate_shift *other;

	for (int at = 0; (other = next_other(c, shift, without, &at));)
		if (day_compare(when_day(other->start_at), day) == 0)
			return other;
	return NULL;
}

static bool is_rested(const struct candidate *c, const struct shift *shift, int64_t without)
{
	int64_t rest = c->limits.rest_minutes * 60;
	const struct candidate_shift *other;

	for (int at = 0; (other = next_other(c, shift, without, &at));) {
		int days = day_distance(when_day(other->start_at), when_day(shift->start_at));
		if (days == 1 && shift->start_at - other->end_at < rest)
			return false;
		if (days == -1 && other->start_at - shift->end_at < rest)
			return false;
	}
	return true;
}

static int64_t in_week(const struct candidate *c, const struct shift *shift, int64_t without)
{
	struct week week = day_iso_week(when_day(shift->start_at));
	const struct candidate_shift *other;
	int64_t count = 0;

	for (int at = 0; (other = next_other(c, shift, without, &at));) {
		struct week its = day_iso_week(when_day(other->start_at));
		count += its.year == week.year && its.week == week.week;
	}
	return count;
}

static int64_t in_month(const struct candidate *c, const struct shift *shift, int64_t without)
{
	struct day day = when_day(shift->start_at);
	const struct candidate_shift *other;
	int64_t count = 0;

	for (int at = 0; (other = next_other(c, shift, without, &at));) {
		struct day its = when_day(other->start_at);
		count += its.year == day.year && its.month == day.month;
	}
	return count;
}

/* How many days in a row have a shift, if this one is taken. */
static int64_t days_in_row(const struct candidate *c, const struct shift *shift, int64_t without)
{
	struct day day = when_day(shift->start_at);
	int before = 0, after = 0;

	while (on_day(c, shift, without, day_add(day, -before - 1)))
		before++;
	while (on_day(c, shift, without, day_add(day, after + 1)))
		after++;
	return before + 1 + after;
}

bool candidate_is_paused(const struct candidate *c, struct day day)
{
	return c->has_pause && day_compare(day, c->paused_until) <= 0;
}

bool candidate_is_free(const struct candidate *c, const struct shift *shift, int *ret_wish)
{
	*ret_wish = 0;
	if (!c->is_volunteer)
		return true;
	return volunteer_times_allow(
		c->times, c->time_count, shift->start_at, shift->end_at, ret_wish);
}

static void volunteer_reasons(
	const struct candidate *c, const struct shift *shift, int64_t without, struct err *ret)
{
	struct day day = when_day(shift->start_at);
	const struct candidate_shift *other = on_day(c, shift, without, day);
	char until[11];
	int wish;

	if (c->volunteer.has_ended)
		err_refuse(ret, REASON(VOLUNTEER_ENDED));
	if (volunteer_is_exempt(&c->volunteer, day)) {
		day_format(c->volunteer.exempt_until, until);
		err_refuse(ret, REASON_TEXT(VOLUNTEER_EXEMPT, until));
	}
	if (!candidate_is_free(c, shift, &wish))
		err_refuse(ret, REASON(DUTY_AWAY));
	if (other && !overlapping(c, shift, without))
		err_refuse(ret, REASON(DUTY_DAY_TAKEN, .n1 = other->start_at));
	if (!is_rested(c, shift, without))
		err_refuse(ret, REASON(DUTY_REST, .n1 = c->limits.rest_minutes));
	if (in_week(c, shift, without) >= c->limits.week)
		err_refuse(ret, REASON(DUTY_WEEK_FULL, .n1 = c->limits.week));
	if (in_month(c, shift, without) >= c->limits.month)
		err_refuse(ret, REASON(DUTY_MONTH_FULL, .n1 = c->limits.month));
	if (days_in_row(c, shift, without) > c->limits.days_in_row)
		err_refuse(ret, REASON(DUTY_DAYS_FULL, .n1 = c->limits.days_in_row));
}

/* Somebody who missed a shift stays on its list: no second row for them. */
static bool has_missed(const struct candidate *c, const struct shift *shift)
{
	for (int i = 0; i < shift->gone_count; i++)
		if (shift->gone[i].resident == c->resident &&
			shift->gone[i].state == ASSIGNMENT_MISSED)
			return true;
	return false;
}

void candidate_reasons(
	const struct candidate *c, const struct shift *shift, int64_t without, struct err *ret)
{
	const struct candidate_shift *other = overlapping(c, shift, without);
	const struct assignment *kept = shift_kept_off(shift, c->resident);

	*ret = (struct err){ 0 };
	if (c->has_left)
		err_refuse(ret, REASON(RESIDENT_LEFT));
	if (shift_assignment_of(shift, c->resident) || has_missed(c, shift))
		err_refuse(ret, REASON(SHIFT_ASSIGNED));
	if (other)
		err_refuse(ret, REASON(DUTY_OVERLAP, .n1 = other->start_at, .n2 = other->end_at));
	if (candidate_is_paused(c, when_day(shift->start_at)))
		err_refuse(ret, REASON(RESIDENT_PAUSED, .n1 = when_day_start(c->paused_until)));
	if (kept && kept->state == ASSIGNMENT_EXCUSED)
		err_refuse(ret, REASON(DUTY_LEAVE));
	if (c->is_volunteer)
		volunteer_reasons(c, shift, without, ret);
}

/* The first missing role, if every place left is for a missing role and they have none of those;
 * NULL: a place is for them. */
static const struct shift_gap *role_lacking(
	const struct candidate *c, const struct shift *shift, const struct shift_gaps *gaps)
{
	struct day day = when_day(shift->start_at);
	int64_t wanted = 0;

	for (int i = 0; i < gaps->count; i++) {
		wanted += gaps->rows[i].missing;
		if (volunteer_has_role(&c->volunteer, gaps->rows[i].role, day))
			return NULL;
	}
	return wanted > 0 && wanted >= gaps->places ? &gaps->rows[0] : NULL;
}

void candidate_reasons_with_gaps(const struct candidate *c, const struct shift *shift,
	const struct shift_gaps *gaps, struct err *ret)
{
	candidate_reasons(c, shift, 0, ret);
	if (gaps->places <= 0)
		err_refuse(ret, REASON(SHIFT_FULL, .n1 = shift->needed));
	const struct shift_gap *lacking = gaps->places > 0 ? role_lacking(c, shift, gaps) : NULL;
	if (lacking)
		err_refuse(ret, REASON_TEXT(DUTY_ROLE_LACKING, lacking->name));
}

int roster_reasons_against(
	struct db *db, int64_t resident, int64_t shift_id, struct err *ret_against, struct err *err)
{
	CLEANUP(candidate_finish) struct candidate c = { 0 };
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };
	CLEANUP(shift_finish) struct shift shift = { 0 };

	TRY(shift_get(db, shift_id, &shift, err));
	struct day day = when_day(shift.start_at);
	TRY(candidate_get(db, resident, day, day, &c, err));
	TRY(shift_gaps(db, &shift, &gaps, err));
	candidate_reasons_with_gaps(&c, &shift, &gaps, ret_against);
	return 0;
}

/* Whether somebody can take a shift: the only module with these rules, for screens, verbs and the
 * planner's problem (doc/rules.md, Duty). */
#pragma once

#include "core/duty/shift_gap.h"
#include "core/duty/volunteer.h"
#include "core/duty/volunteer_time.h"

/* One person, with everything that counts for or against a shift of theirs. */
struct candidate {
	int64_t resident;
	bool has_left, is_child;
	bool has_pause;
	struct day paused_until;
	bool is_volunteer; /* false: no volunteer's row, so no limits, no times */
	struct volunteer volunteer;
	struct volunteer_limits limits;
	struct volunteer_time *times;
	int time_count;
	struct candidate_shift {
		int64_t shift, start_at, end_at;
	} * taken; /* on the roster, in the months around, by start */
	int taken_count;
};
void candidate_finish(struct candidate *);

/* Reads everything that counts for shifts from `from` to `until`. ERR_NOT_FOUND
 * RESIDENT_UNKNOWN. */
int candidate_get(struct db *, int64_t resident, struct day from, struct day until,
	struct candidate *ret, struct err *err);

/* All objections, in their order; ret->code 0: none. RESIDENT_LEFT, SHIFT_ASSIGNED and DUTY_OVERLAP
 * cannot be overridden; the others can: RESIDENT_PAUSED (until; on the shift's day), DUTY_LEAVE,
 * VOLUNTEER_ENDED, VOLUNTEER_EXEMPT, DUTY_AWAY, DUTY_DAY_TAKEN, DUTY_REST, DUTY_WEEK_FULL,
 * DUTY_MONTH_FULL, DUTY_DAYS_FULL. `without`: as if they did not have that shift (0: none). */
void candidate_reasons(
	const struct candidate *, const struct shift *, int64_t without, struct err *ret);
/* Whether times and excuses allow asking them, and the wish: −1 likes it, 1 would rather not. */
bool candidate_is_paused(const struct candidate *, struct day day);
bool candidate_is_free(const struct candidate *, const struct shift *, int *ret_wish);

/* The same from the tables, with SHIFT_FULL and, when the places left are all for a role that they
 * do not have, DUTY_ROLE_LACKING. ERR_NOT_FOUND SHIFT_UNKNOWN, RESIDENT_UNKNOWN. */
int roster_reasons_against(
	struct db *, int64_t resident, int64_t shift, struct err *ret_against, struct err *err);
/* The same with data that has been read already. */
void candidate_reasons_with_gaps(
	const struct candidate *, const struct shift *, const struct shift_gaps *, struct err *ret);

/* Who came: signed in and out by scan, entered afterwards, or missed. Signing out records the time
 * (service_hours.h). The journal's subject is the assignment. */
#pragma once

#include "core/duty/shift.h"

/* The scan of a shift's code or of an assigned volunteer's card: signs in from SHIFT_EARLY_SECONDS
 * before the start until the end. ERR_NOT_FOUND SHIFT_UNKNOWN; ERR_REFUSED SHIFT_NOT_ASSIGNED,
 * SHIFT_SIGNED_IN (since when), SHIFT_NOT_NOW (from, until). */
int attendance_in(
	struct db *, const struct act *, int64_t shift, int64_t resident, struct err *err);
/* Signs out. ERR_REFUSED SHIFT_NOT_ASSIGNED, SHIFT_NOT_SIGNED_IN (or out already). */
int attendance_out(
	struct db *, const struct act *, int64_t shift, int64_t resident, struct err *err);

/* Forgotten sign-outs end with their shift, and are flagged; the time is recorded. For a timer, and
 * for whoever reads hours: repeating it changes nothing. *ret_count: how many. */
int attendance_close(struct db *, const struct act *, int *ret_count, struct err *err);

/* Entered by a volunteer with a reason (act->why); it counts once a second person has approved it:
 * at once with act->approver, else by hours_approve. Earlier times are replaced once their hours
 * have been taken back. ERR_NOT_FOUND ASSIGNMENT_UNKNOWN; ERR_INVALID DATE_BAD "in_at", "out_at"
 * (not in that order, or outside the shift by more than SHIFT_EARLY_SECONDS); ERR_REFUSED
 * WHY_NEEDED, SHIFT_NOT_STARTED, HOURS_ALREADY, APPROVER_SAME, ASSIGNMENT_GONE. */
int attendance_enter(struct db *, const struct act *, int64_t assignment, int64_t in_at,
	int64_t out_at, struct err *err);

/* They did not come, recorded under the name of the person who says so, with a reason.
 * ERR_NOT_FOUND ASSIGNMENT_UNKNOWN; ERR_REFUSED WHY_NEEDED, SHIFT_NOT_STARTED, ASSIGNMENT_GONE,
 * ASSIGNMENT_ATTENDED. */
int attendance_missed(struct db *, const struct act *, int64_t assignment, struct err *err);

/* How many minutes after the start they signed in; 0: in time. How many before the end they
 * left. */
int64_t attendance_late(const struct shift *, const struct assignment *);
int64_t attendance_early(const struct shift *, const struct assignment *);

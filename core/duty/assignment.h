/* Places on the roster and what becomes of them: put on a shift, confirmed, handed over, stood in
 * for, excused. Nothing is ever deleted: whoever leaves a place keeps their row, and whoever takes
 * it has one of their own. The journal's subject is the assignment. */
#pragma once

#include "core/duty/shift.h"

struct assignment_draft {
	int64_t shift, resident;
	bool is_leader;
};
/* The coordinator puts somebody on a shift. ERR_NOT_FOUND SHIFT_UNKNOWN, RESIDENT_UNKNOWN;
 * ERR_REFUSED RESIDENT_LEFT, SHIFT_ASSIGNED, DUTY_OVERLAP, SHIFT_CANCELLED, SHIFT_HAS_LEADER (a
 * shift has one); and, unless it is overridden, SHIFT_FULL and what candidate.h lists. */
int shift_assign(struct db *, const struct act *, const struct assignment_draft *, int64_t *ret_id,
	struct err *err);
/* Somebody takes an open place themselves; in a full shift, the place of one who looks for a
 * stand-in. Also SHIFT_OVER, VOLUNTEER_UNKNOWN. */
int shift_sign_up(struct db *, const struct act *, int64_t shift, int64_t resident, int64_t *ret_id,
	struct err *err);

/* Below: ERR_NOT_FOUND ASSIGNMENT_UNKNOWN; ERR_REFUSED ASSIGNMENT_GONE, ASSIGNMENT_ATTENDED; and
 * ROLE_NEEDED when a resident acts for somebody else. */

/* 本人确认: by the person, or ticked for them. Done again it changes nothing. */
int assignment_confirm(struct db *, const struct act *, int64_t assignment, struct err *err);
int assignment_lock(
	struct db *, const struct act *, int64_t assignment, bool is_locked, struct err *err);
/* The coordinator takes somebody off. */
int assignment_cancel(struct db *, const struct act *, int64_t assignment, struct err *err);

/* "I can't come": what is still possible, by the hours left (settings duty_handover_hours,
 * duty_standin_hours). */
enum absence_way {
	ABSENCE_HAND_OVER, /* to somebody they name */
	ABSENCE_ASK,       /* a stand-in is looked for; until one is found they are on it */
	ABSENCE_EXCUSED,   /* the place is open, and the coordinator's */
};
int absence_ways(struct db *, const struct shift *, int64_t now, bool ret[ABSENCE_EXCUSED + 1],
	struct err *err);
/* Also ERR_REFUSED DUTY_LEAD_TIME (hours), and shift_assign's of who takes it. *ret_id is the new
 * assignment. A volunteer or coordinator may do both at any time before the shift ends. */
int assignment_hand_over(struct db *, const struct act *, int64_t assignment, int64_t to,
	int64_t *ret_id, struct err *err);
int assignment_ask(struct db *, const struct act *, int64_t assignment, struct err *err);
/* SHIFT_OVER once it has ended: then it is missed, see attendance.h. */
int assignment_excuse(struct db *, const struct act *, int64_t assignment, struct err *err);
/* Two people change places, and are told. Also what candidate.h lists, of either. */
int assignment_swap(struct db *, const struct act *, int64_t one, int64_t other, struct err *err);

/* ERR_NOT_FOUND ASSIGNMENT_UNKNOWN. */
int assignment_get(struct db *, int64_t id, struct assignment *ret, struct err *err);

/* One person's shifts that end at `from_at` or later, by start; what they left is left out. */
struct duty {
	struct assignment assignment;
	int64_t start_at, end_at;
	char *name, *place;
};
struct duty_list {
	struct duty *rows;
	int count;
};
void duty_list_finish(struct duty_list *);
int duties_of(
	struct db *, int64_t resident, int64_t from_at, struct duty_list *ret, struct err *err);

/* Places on the roster and what happens to them: assigned, confirmed, handed over, stood in for,
 * excused. Nothing is ever deleted: whoever leaves a place keeps their row, and whoever takes it
 * gets a new one. The journal's subject is the assignment. */
#pragma once

#include "core/duty/shift.h"

struct assignment_draft {
	int64_t shift, resident;
	bool is_leader;
	bool is_planned; /* by the planner: its next plan may move it. By hand it is locked */
};
/* The coordinator puts somebody on a shift. ERR_NOT_FOUND SHIFT_UNKNOWN, RESIDENT_UNKNOWN;
 * ERR_REFUSED RESIDENT_LEFT, SHIFT_ASSIGNED, DUTY_OVERLAP, SHIFT_CANCELLED, SHIFT_HAS_LEADER (a
 * shift has one); and, unless it is overridden, SHIFT_FULL and what candidate.h lists. */
int shift_assign(struct db *, const struct act *, const struct assignment_draft *, int64_t *ret_id,
	struct err *err);
struct sign_up {
	int64_t shift, resident;
};
/* Somebody takes an open place themselves; in a full shift, the place of one who looks for a
 * stand-in, or of one whom only the planner put there and who has not confirmed, unless a needed
 * role would go with them; if that person had been told of the place, they are told that it is
 * gone. For somebody who is on it already this is their confirmation. It takes back a leave. Also
 * SHIFT_OVER, VOLUNTEER_UNKNOWN, and what admit_check says about a person alone (pause.h). */
int shift_sign_up(
	struct db *, const struct act *, const struct sign_up *, int64_t *ret_id, struct err *err);
/* Is there a place that this person could sign up for? 1 or 0. */
int shift_has_place_for(struct db *, const struct shift *, int64_t resident, struct err *err);

/* For the acts below: ERR_NOT_FOUND ASSIGNMENT_UNKNOWN; ERR_REFUSED ASSIGNMENT_GONE,
 * ASSIGNMENT_ATTENDED; and ROLE_NEEDED when a resident acts for somebody else. */

/* 本人确认: by the person, or ticked for them. Repeating it changes nothing. */
int assignment_confirm(struct db *, const struct act *, int64_t assignment, struct err *err);
int assignment_lock(
	struct db *, const struct act *, int64_t assignment, bool is_locked, struct err *err);
/* The coordinator takes somebody off: no plan puts them back until this is released. */
int assignment_cancel(struct db *, const struct act *, int64_t assignment, struct err *err);
/* A plan takes somebody off; another one may put them back. */
int assignment_unplan(struct db *, const struct act *, int64_t assignment, struct err *err);
/* Releases what keeps somebody off a shift (shift_kept_off). ERR_REFUSED ASSIGNMENT_NOT_LEFT. */
int assignment_let_go(struct db *, const struct act *, int64_t assignment, struct err *err);

/* "I can't come": what is still possible depends on the hours left (settings duty_handover_hours,
 * duty_standin_hours). */
enum absence_way {
	ABSENCE_HAND_OVER, /* to somebody they name */
	ABSENCE_ASK,       /* a stand-in is sought; until one is found they are on it */
	ABSENCE_EXCUSED,   /* the place is open, and the coordinator's to fill */
};
int absence_ways(struct db *, const struct shift *, int64_t now, bool ret[ABSENCE_EXCUSED + 1],
	struct err *err);
struct handing_over {
	int64_t assignment, to; /* to: a resident */
};
/* Also ERR_REFUSED DUTY_LEAD_TIME (hours), and shift_assign's of who takes it. *ret_id is the new
 * assignment. A volunteer or coordinator may do both at any time before the shift ends. */
int assignment_hand_over(struct db *, const struct act *, const struct handing_over *,
	int64_t *ret_id, struct err *err);
int assignment_ask(struct db *, const struct act *, int64_t assignment, struct err *err);
/* A stand-in is no longer sought. */
int assignment_ask_end(struct db *, const struct act *, int64_t assignment, struct err *err);
/* SHIFT_OVER once it has ended: then it is missed, see attendance.h. */
int assignment_excuse(struct db *, const struct act *, int64_t assignment, struct err *err);
/* They can come after all, until the shift begins: back on it, confirmed, or *ret_id is 0 when
 * somebody has taken the place. ERR_REFUSED ASSIGNMENT_NOT_LEFT, SHIFT_OVER, and the reasons that
 * nobody can override. */
int assignment_return(
	struct db *, const struct act *, int64_t assignment, int64_t *ret_id, struct err *err);
/* Two people swap places, and are told. Also what candidate.h lists, for either. */
int assignment_swap(struct db *, const struct act *, int64_t one, int64_t other, struct err *err);

/* ERR_NOT_FOUND ASSIGNMENT_UNKNOWN. */
int assignment_get(struct db *, int64_t id, struct assignment *ret, struct err *err);

/* One person's shifts that end at `from_at` or later: their own by start, then requests to them,
 * then those that they are on leave from and can take back because the shift has not begun at
 * `from_at`. */
enum duty_kind {
	DUTY_OWN,   /* published, or they have confirmed */
	DUTY_ASKED, /* only in a draft: not a fact, they may be asked */
	DUTY_LEFT,  /* excused, see assignment_return */
};
struct duty {
	struct assignment assignment;
	enum duty_kind kind;
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

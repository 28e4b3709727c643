/* Shifts, who is assigned to them, and who came (doc/rules.md, Duty). */
#pragma once

#include "core/store/act.h"

#define SHIFT_LENGTH_MAX (36 * 3600) /* seconds */

/* Service time. A type of its own, so that it is never mixed up with points. */
struct minutes {
	int64_t n;
};

/* The state of a place on the roster. A person who stands in has an assignment of their own. */
enum assignment_state {
	ASSIGNMENT_PENDING,
	ASSIGNMENT_PRESENT,
	ASSIGNMENT_EXCUSED,
	ASSIGNMENT_MISSED,
	ASSIGNMENT_CANCELLED,
	ASSIGNMENT_REPLACED,
	ASSIGNMENT_STATE_COUNT,
};

struct assignment {
	int64_t id, shift, resident;
	bool is_leader;
	int64_t in_at, out_at; /* 0: none */
	enum assignment_state state;
	int64_t added_at, gone_at; /* gone_at 0: still on the roster */
	int64_t confirmed_at;      /* by the person, or for them; 0: not yet */
	int64_t stands_for;        /* 顶班: the assignment whose place it was, or 0 */
	int64_t asked_at;          /* a stand-in is sought; 0: no */
	bool is_locked;            /* put there by hand: a new plan keeps it until it is released */
	bool is_forgotten;         /* out_at is the shift's end: nobody signed out */
	bool is_manual;            /* the times were entered by a volunteer */
	int64_t let_go_at;         /* gone, but a plan may put them back; 0: it may not */
};

struct shift {
	int64_t id;
	char *name;
	int64_t start_at, end_at; /* half open; end may be the next day */
	int64_t needed;           /* people */
	int64_t type;             /* shift_type, or 0 */
	bool is_cancelled;
	struct assignment *people; /* who is on it: leader first, then as they were assigned */
	int people_count;
	struct assignment *gone; /* excused, missed, cancelled, replaced: as it happened */
	int gone_count;
};
void shift_finish(struct shift *);
/* Places nobody has taken: needed − assigned, never below 0. */
int64_t shift_open_slots(const struct shift *);

struct shift_list {
	struct shift *rows;
	int count;
};
void shift_list_finish(struct shift_list *);

/* Only shift_get finds cancelled shifts; the lists below leave them out. ERR_NOT_FOUND
 * SHIFT_UNKNOWN. */
int shift_get(struct db *, int64_t id, struct shift *ret, struct err *err);
/* Shifts that begin on a local day, or run into it from the day before, by start. */
int shifts_on(struct db *, struct day day, struct shift_list *ret, struct err *err);
/* From one day to another, both inclusive: shifts that begin on them. */
int shifts_between(
	struct db *, struct day from, struct day until, struct shift_list *ret, struct err *err);
/* Signing in is open from so long before the start. */
#define SHIFT_EARLY_SECONDS 3600
/* What a volunteer's card means at the duty screen: the shift running at `at`, or else the next to
 * begin within SHIFT_EARLY_SECONDS, that the resident is assigned to. 1 and *ret, or 0. */
int shift_of_resident(
	struct db *, int64_t resident, int64_t at, struct shift *ret, struct err *err);

/* The one who is on it, or NULL. Borrowed. */
const struct assignment *shift_assignment_of(const struct shift *, int64_t resident);
/* The place that they have left by their own word, or that they were taken off by hand: no plan
 * puts them on this shift again until it is released. NULL: none, or they are on it. Borrowed. */
const struct assignment *shift_kept_off(const struct shift *, int64_t resident);
/* A row of `assignment`, with these columns: only for the files of core/duty. */
#define ASSIGNMENT_COLUMNS                                                                    \
	"assignment.id AS id, assignment.shift AS shift, assignment.resident AS resident,"    \
	" is_leader, in_at, out_at, added_at, confirmed_at, is_locked, stands_for, asked_at," \
	" gone, gone_at, is_forgotten, is_manual, let_go_at"
extern const struct row_type assignment_rows;

/* Actual service of one person in a shift at `now`: scan in to scan out, clipped to the shift; a
 * forgotten sign-out counts as the shift's end once that has passed, and *ret_is_forgotten (may be
 * NULL) says so. */
struct minutes assignment_worked(
	const struct shift *, const struct assignment *, int64_t now, bool *ret_is_forgotten);

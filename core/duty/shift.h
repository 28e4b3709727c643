/* Shifts, who is assigned to them, and who came (rules.md, Duty). */
#pragma once

#include "core/store/act.h"

/* Service time. A type of its own, so that it never mixes with points. */
struct minutes {
	int64_t n;
};

struct assignment {
	int64_t id, shift, resident;
	bool is_leader;
	int64_t in_at, out_at; /* actual scans; 0: none */
};

struct shift {
	int64_t id;
	char *name;
	int64_t start_at, end_at;  /* half open; end may be the next day */
	int64_t needed;            /* people */
	struct assignment *people; /* leader first, then in the order they were assigned */
	int people_count;
};
void shift_finish(struct shift *);
/* Places nobody has taken: needed − assigned, never below 0. */
int64_t shift_open_slots(const struct shift *);

struct shift_list {
	struct shift *rows;
	int count;
};
void shift_list_finish(struct shift_list *);

struct shift_draft {
	const char *name;
	int64_t start_at, end_at;
	int64_t needed;
};

/* ERR_INVALID TEXT_…, NUMBER_BAD ("needed"), DATE_BAD ("end_at": not later than the start). */
int shift_add(struct db *, const struct act *, const struct shift_draft *, int64_t *ret_id,
	struct err *err);

/* ERR_NOT_FOUND SHIFT_UNKNOWN, RESIDENT_UNKNOWN; ERR_REFUSED RESIDENT_LEFT, SHIFT_ASSIGNED
 * (already), SHIFT_FULL (may be overridden). A shift has one leader: a second one is
 * SHIFT_HAS_LEADER. */
struct assignment_draft {
	int64_t shift, resident;
	bool is_leader;
};
int shift_assign(struct db *, const struct act *, const struct assignment_draft *, int64_t *ret_id,
	struct err *err);

/* The scan of a shift's code or of an assigned volunteer's card: signs in from an hour before the
 * start until the end. ERR_NOT_FOUND SHIFT_UNKNOWN; ERR_REFUSED SHIFT_NOT_ASSIGNED, SHIFT_SIGNED_IN
 * (since when), SHIFT_NOT_NOW (from, until). */
#define SHIFT_EARLY_SECONDS 3600
int attendance_in(
	struct db *, const struct act *, int64_t shift, int64_t resident, struct err *err);
/* Signs out. ERR_REFUSED SHIFT_NOT_ASSIGNED, SHIFT_NOT_SIGNED_IN (or out already). A sign-out that
 * was forgotten is the shift's end, see assignment_worked. */
int attendance_out(
	struct db *, const struct act *, int64_t shift, int64_t resident, struct err *err);

/* ERR_NOT_FOUND SHIFT_UNKNOWN. */
int shift_get(struct db *, int64_t id, struct shift *ret, struct err *err);
/* Shifts that begin on a local day, or run into it from the day before, by start. */
int shifts_on(struct db *, struct day day, struct shift_list *ret, struct err *err);
/* Shifts running at `at`. */
int shifts_at(struct db *, int64_t at, struct shift_list *ret, struct err *err);
/* What a volunteer's card means at the duty screen: the shift running at `at`, or else the next to
 * begin within SHIFT_EARLY_SECONDS, that the resident is assigned to. 1 and *ret, or 0. */
int shift_of_resident(
	struct db *, int64_t resident, int64_t at, struct shift *ret, struct err *err);

/* Actual service of one person in a shift at `now`: scan in to scan out, clipped to the shift; a
 * forgotten sign-out counts as the shift's end once that has passed, and *ret_is_forgotten (may be
 * NULL) says so. */
struct minutes assignment_worked(
	const struct shift *, const struct assignment *, int64_t now, bool *ret_is_forgotten);

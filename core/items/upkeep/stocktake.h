/* Stocktake by scanning (盘点): start, scan shelf after shelf, review what was not seen and what
 * was in the wrong place, close. One at a time.
 *
 * It looks for items in its scope that are in use or in repair, not out, and were here when it
 * started; those returned since then count as seen at the counter. The journal's subject is the
 * stocktake. */
#pragma once

#include "core/items/catalogue/item.h"

struct stocktake {
	int64_t id, number;
	int64_t category;              /* or below it; 0: any */
	char *zone, *shelf;            /* NULL: any */
	int64_t started_at, closed_at; /* closed_at 0: open */
};
void stocktake_finish(struct stocktake *);

struct stocktake_scope {
	int64_t category;         /* or below it; 0: any */
	const char *zone, *shelf; /* exactly; NULL: any */
};
/* ERR_NOT_FOUND CATEGORY_UNKNOWN; ERR_REFUSED STOCKTAKE_OPEN (the number of the one that is). */
int stocktake_start(struct db *, const struct act *, const struct stocktake_scope *,
	int64_t *ret_id, struct err *err);

/* What seeing an item means, most important first. */
enum stocktake_state {
	STOCKTAKE_RETIRED,   /* it was retired */
	STOCKTAKE_MISSING,   /* it was missing: set it active (loan_trouble.h, item_found) */
	STOCKTAKE_OUT,       /* it is lent: take it back */
	STOCKTAKE_OTHER,     /* not of the category that is counted */
	STOCKTAKE_MISPLACED, /* it belongs to another place */
	STOCKTAKE_RIGHT,
	STOCKTAKE_STATE_COUNT,
};
/* "retired", "missing", "out", "other", "misplaced", "right". */
const char *stocktake_state_name(enum stocktake_state);
/* The schema allows only the names of states. */
enum stocktake_state stocktake_state_named(const char *name);

struct stocktake_sighting {
	int64_t stocktake, item;
	/* Where it is seen; NULL or "" both: nobody says, and nothing is misplaced. */
	const char *zone, *shelf;
};
/* Any item, in any order. Seen again in the same place it is no act at all; in another place, that
 * one counts. ERR_NOT_FOUND STOCKTAKE_UNKNOWN, ITEM_UNKNOWN; ERR_INVALID TEXT_… "zone", "shelf";
 * ERR_REFUSED STOCKTAKE_CLOSED. */
int stocktake_seen(struct db *, const struct act *, const struct stocktake_sighting *,
	enum stocktake_state *ret, struct err *err);

/* Records what was not seen. ERR_NOT_FOUND STOCKTAKE_UNKNOWN, ERR_REFUSED STOCKTAKE_CLOSED. */
int stocktake_close(struct db *, const struct act *, int64_t stocktake, struct err *err);

/* Sets items that were not seen to missing, all in one act; coordinators only. Those lent, moved or
 * changed in condition since the stocktake are left alone. *ret_count: how many were set.
 * ERR_NOT_FOUND STOCKTAKE_UNKNOWN, ERR_REFUSED STOCKTAKE_OPEN (its number). */
int stocktake_set_missing(
	struct db *, const struct act *, int64_t stocktake, int64_t *ret_count, struct err *err);

/* ERR_NOT_FOUND STOCKTAKE_UNKNOWN. */
int stocktake_get(struct db *, int64_t id, struct stocktake *ret, struct err *err);
/* The one that is open: 1 and *ret, or 0. */
int stocktake_current(struct db *, struct stocktake *ret, struct err *err);
/* The latest one, open or not: 1 and *ret, or 0. */
int stocktake_latest(struct db *, struct stocktake *ret, struct err *err);

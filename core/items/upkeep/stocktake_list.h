/* What a stocktake has found: counts, lists and places, while it is open and after it is closed.
 * All return ERR_NOT_FOUND STOCKTAKE_UNKNOWN. */
#pragma once

#include "core/items/upkeep/stocktake.h"

struct stocktake_progress {
	int64_t seen, unseen;                  /* of those looked for */
	int64_t states[STOCKTAKE_STATE_COUNT]; /* of all that were seen */
};
int stocktake_progress(struct db *, int64_t id, struct stocktake_progress *ret, struct err *err);

struct stocktake_line {
	int64_t id; /* for the next page */
	int64_t item, number;
	char *name;
	char *zone, *shelf;           /* where it belongs */
	char *seen_zone, *seen_shelf; /* where it was seen; "" */
	int64_t seen_at;              /* 0: not */
	bool is_missing;              /* not seen, and therefore set to missing */
};
struct stocktake_lines {
	struct stocktake_line *rows;
	int count;
};
void stocktake_line_finish(struct stocktake_line *);
void stocktake_lines_finish(struct stocktake_lines *);

/* What was not seen, by place; at most `limit`, after the line `after` of an earlier page. */
int stocktake_unseen(struct db *, int64_t id, const struct stocktake_line *after, int limit,
	struct stocktake_lines *ret, struct err *err);
/* What was seen in that state, in the order of seeing. */
int stocktake_sights(struct db *, int64_t id, enum stocktake_state,
	const struct stocktake_line *after, int limit, struct stocktake_lines *ret,
	struct err *err);

/* The places in its scope, in order, with what is looked for in each: to go from shelf to shelf. */
struct stocktake_shelf {
	char *zone, *shelf;
	int64_t unseen;
};
struct stocktake_shelves {
	struct stocktake_shelf *rows;
	int count;
};
void stocktake_shelf_finish(struct stocktake_shelf *);
void stocktake_shelves_finish(struct stocktake_shelves *);
int stocktake_shelves(struct db *, int64_t id, struct stocktake_shelves *ret, struct err *err);
/* Where the last item to be seen was, or as long as there is none the place that is counted; both
 * "": unknown. Its `unseen` is 0. */
int stocktake_place(struct db *, int64_t id, struct stocktake_shelf *ret, struct err *err);

/* The state of a title's queue at an instant: shared by hold_list.c, hold_acts.c, hold_within.c and
 * loan_check.c.
 *
 * Computed in this order. A ready hold whose time has passed has expired; its copy passes to the
 * first that waits, from that moment on, whose own time may have passed too. A copy that is gone or
 * no longer fit does not count: its hold waits again, in its old place. The remaining copies on the
 * shelf are claimed by those who wait, in order: the next act that stores the state puts them
 * aside. */
#pragma once

#include "core/items/lending/hold.h"

struct hold_row {
	struct hold now;   /* WAITING, READY or EXPIRED */
	bool is_passed_on; /* expired, and its copy has gone to another one since */
	/* as it is written down */
	enum hold_status status;
	int64_t item;
};

struct hold_queue {
	int64_t title;
	struct hold_row *rows; /* that are not ended, in order */
	int count;
	int waiting_count;
	int64_t *free; /* copies on the shelf that are not put aside, by number: claimed or not */
	int free_count;
};
void hold_queue_finish(struct hold_queue *);

int hold_queue_at(struct db *, int64_t title, int64_t at, struct hold_queue *ret, struct err *err);

/* Those of all titles that somebody has reserved, by title. */
struct hold_queues {
	struct hold_queue *rows;
	int count;
};
void hold_queues_finish(struct hold_queues *);
int hold_queues_at(struct db *, int64_t at, struct hold_queues *ret, struct err *err);

/* A fast check: nobody has reserved it. */
int hold_queue_is_empty(struct db *, int64_t title, bool *ret, struct err *err);

/* May `resident` have this copy? *ret_hold: which of their holds that fulfils, or 0, also when they
 * may not. */
bool hold_queue_admits(
	const struct hold_queue *, int64_t item, int64_t resident, int64_t *ret_hold);

/* True when somebody waits whom no copy on the shelf can serve. */
bool hold_queue_is_short(const struct hold_queue *);

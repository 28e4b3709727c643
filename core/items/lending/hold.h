/* Holds (预借): a queue for each title (doc/rules.md, Lending).
 *
 * A hold waits until a copy is put aside for it on the pick-up shelf; then its time runs: a number
 * of open days (setting hold_days), closed days do not count. When the time has passed the next in
 * the queue has the copy, from that moment. Nothing waits for a timer: a hold's state is computed
 * whenever it is read, and the next act that touches the title stores the result. A hold is
 * fulfilled by the person's own scan (loan_open): of the copy that is put aside, or of any copy on
 * the shelf that nobody before them in the queue needs. */
#pragma once

#include "core/store/act.h"

enum hold_status {
	HOLD_WAITING,
	HOLD_READY,
	HOLD_FULFILLED,
	HOLD_EXPIRED,
	HOLD_CANCELLED,
	HOLD_STATUS_COUNT,
};
/* "waiting", "ready", "fulfilled", "expired", "cancelled": as the column and --json have it. */
const char *hold_status_name(enum hold_status);

struct hold {
	int64_t id, title, resident;
	int64_t visit; /* the desk's, in which it was placed, or 0 */
	int64_t placed_at;
	enum hold_status status;
	int64_t position; /* waiting: 1 is the next; else 0 */
	int64_t item;     /* the copy on the pick-up shelf, or 0 */
	int64_t slot;     /* its place there, or 0 */
	int64_t ready_at; /* from when it can be fetched, or 0 */
	int64_t until_at; /* ready: when its time ends; else 0 */
	int64_t claims;   /* waiting: the copy on the shelf that has to be put aside for it, or 0 */
	int64_t loan;     /* that fulfilled it, or 0 */
	int64_t ended_at; /* 0: it stands */

	/* of the title and the copy (item or claims) as they are now, for display */
	char *name, *shelf; /* never NULL */
	int64_t category, item_number;
};
void hold_finish(struct hold *);
/* Waiting or ready. */
bool hold_stands(const struct hold *);

struct hold_list {
	struct hold *rows;
	int count;
};
void hold_list_finish(struct hold_list *);

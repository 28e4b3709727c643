/* Holds (预借): a queue for each title (doc/rules.md, Lending).
 *
 * A hold waits until a copy is put aside for it on the pick-up shelf; then its clock runs: so many
 * open days (setting hold_days), closed days do not eat it. When the time is over the next in the
 * queue has the copy, from that moment. Nothing waits for a timer: how a hold stands is worked out
 * whenever it is read, and what was worked out is written down by the next act that touches the
 * title. A hold is fulfilled by the person's own scan (loan_open): of the copy that is put aside,
 * or of any copy on the shelf that nobody before them in the queue needs.
 *
 * The journal's subject of these acts is the title. */
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
	int64_t until_at; /* ready: the end of its clock; else 0 */
	int64_t claims;   /* waiting: the copy on the shelf that has to be put aside for it, or 0 */
	int64_t loan;     /* that fulfilled it, or 0 */
	int64_t ended_at; /* 0: it stands */

	/* of the title and the copy (item or claims) as they are now, for whoever shows it */
	char *name, *shelf; /* never NULL */
	int64_t category, item_number;
};
void hold_finish(struct hold *);

struct hold_list {
	struct hold *rows;
	int count;
};
void hold_list_finish(struct hold_list *);

/* ---- reading: as things stand at `at` ---- */

/* ERR_NOT_FOUND HOLD_UNKNOWN. */
int hold_get(struct db *, int64_t id, int64_t at, struct hold *ret, struct err *err);
/* Waiting and ready ones, the oldest first. */
int holds_of_resident(
	struct db *, int64_t resident, int64_t at, struct hold_list *ret, struct err *err);
/* The queue of a title: ready and waiting ones, in order. */
int holds_of_title(struct db *, int64_t title, int64_t at, struct hold_list *ret, struct err *err);
/* The queues of all titles, one behind the other, the title that was reserved first at the top. */
int holds_standing(struct db *, int64_t at, struct hold_list *ret, struct err *err);
/* What a volunteer has to do at the pick-up shelf, and what stands there: copies to be put aside
 * (waiting, with `claims`), then what lies on it by its place: for somebody (ready), or to be put
 * back (expired or cancelled). */
int holds_on_shelf(struct db *, int64_t at, struct hold_list *ret, struct err *err);
/* 1 and the hold for which this item lies on the pick-up shelf, 0 when it does not. */
int hold_of_item(struct db *, int64_t item, int64_t at, struct hold *ret, struct err *err);
/* Everything that was ever held of a title, the latest first, as it is written down; `after`: the
 * last one of the page before, or NULL. */
int holds_history_of_title(struct db *, int64_t title, const struct hold *after, int limit,
	struct hold_list *ret, struct err *err);

/* ---- acts ---- */

struct hold_request {
	int64_t title, resident, visit;
};
/* `*ret_hold` may be ready at once, when a volunteer places it and a copy is on the shelf. A
 * refusal has all reasons; act->is_override breaks those that loan_reason_is_overridable names.
 * ERR_NOT_FOUND TITLE_UNKNOWN, RESIDENT_UNKNOWN. ERR_REFUSED RESIDENT_LEFT, HOLD_EXISTS,
 * HOLD_HAS_COPY (due), HOLD_NO_COPY (none that is ever lent), HOLD_ON_SHELF (to a resident alone:
 * they can take it), ITEM_NOT_FOR_LOAN, and what stands against the person (eligible.h). */
int hold_place(struct db *, const struct act *, const struct hold_request *, int64_t *ret_hold,
	struct err *err);

/* A resident alone cancels their own (act->resident), a volunteer anybody's; the copy goes to the
 * next. ERR_NOT_FOUND HOLD_UNKNOWN, ERR_REFUSED HOLD_ENDED. */
int hold_cancel(struct db *, const struct act *, int64_t hold, struct err *err);

/* Writes down how the queue of a title stands: what has expired, and which copies are put aside now
 * for whom. Without anything to write no act happens. 1: something was written, 0: nothing. */
int hold_settle(struct db *, const struct act *, int64_t title, struct err *err);

/* The copy of a hold that has ended is back where it belongs; what it was waiting for is settled
 * too. ERR_NOT_FOUND HOLD_UNKNOWN; ERR_REFUSED HOLD_ENDED when nothing of it lies on the pick-up
 * shelf. */
int hold_put_back(struct db *, const struct act *, int64_t hold, struct err *err);

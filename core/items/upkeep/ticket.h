/* Repair tickets (维修单): what is wrong with an item, and what was done about it. The journal's
 * subject is the item; the words are kept out of the journal. */
#pragma once

#include "core/items/upkeep/retire.h"

struct ticket_draft {
	int64_t item;
	const char *words; /* what is wrong; needed */
	int64_t loan;      /* it came back damaged from this: if open, this act returns it */
	int64_t visit;     /* the desk's, of that return, or 0 */
};
/* The item goes to repair. ERR_NOT_FOUND ITEM_UNKNOWN, LOAN_UNKNOWN (also another item's);
 * ERR_INVALID TEXT_… "trouble"; ERR_REFUSED ITEM_OUT_OTHER (due), ITEM_MISSING, ITEM_RETIRED,
 * TICKET_EXISTS (number). */
int ticket_open(struct db *, const struct act *, const struct ticket_draft *, int64_t *ret_id,
	struct err *err);

/* Repaired: back in use, unless its condition was changed meanwhile. `done` says what was done;
 * required. ERR_NOT_FOUND TICKET_UNKNOWN; ERR_INVALID TEXT_… "done"; ERR_REFUSED TICKET_CLOSED. */
int ticket_close(
	struct db *, const struct act *, int64_t ticket, const char *done, struct err *err);
/* Not worth repairing: retired (item_retire). The same errors, and item_retire's. */
int ticket_retire(struct db *, const struct act *, int64_t ticket, const char *done,
	enum retire_cause, struct err *err);

struct ticket {
	int64_t id, number;
	int64_t item, loan;
	int64_t opened_at, closed_at; /* closed_at 0: open */
	bool is_retired;              /* how it ended */
	char *words, *done;           /* "" once erased; `done` "" while open */

	int64_t item_number; /* of the item now */
	char *name, *zone, *shelf;
};
void ticket_finish(struct ticket *);

struct ticket_list {
	struct ticket *rows;
	int count;
};
void ticket_list_finish(struct ticket_list *);

/* ERR_NOT_FOUND TICKET_UNKNOWN. */
int ticket_get(struct db *, int64_t id, struct ticket *ret, struct err *err);
/* The item's open ticket: 1 and *ret, or 0. */
int ticket_of_item(struct db *, int64_t item, struct ticket *ret, struct err *err);
/* Open ones, oldest first, at most `limit`, after the id `after` of an earlier page (0: from the
 * first). */
int tickets_open(struct db *, int64_t after, int limit, struct ticket_list *ret, struct err *err);
/* All of an item's, latest first, at most `limit`, after the id `after` (0: from the latest). */
int tickets_of_item(struct db *, int64_t item, int64_t after, int limit, struct ticket_list *ret,
	struct err *err);

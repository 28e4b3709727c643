/* Postings, and a transfer within another act, which joins that act's journal row: for core/points
 * and for what sells, redeems and charges on the floors above. The role was checked by the act
 * itself. */
#pragma once

#include "core/points/account.h"

struct acting;

/* One side of a transfer: a resident's account, a body's, or, with both 0, one of the system's. */
struct posting {
	int64_t resident, body;
	enum system_account system;
	struct points amount; /* negative: taken from it */
};

struct transfer_draft {
	const char *kind;
	const struct posting *postings;
	int posting_count;
};
/* ERR_INVALID NUMBER_BAD as transfer_post (ledger.h). */
int posting_check(const struct transfer_draft *, struct err *err);

struct posting_more {
	int64_t reverses; /* the transfer that this one reverses, or 0 */
	/* The transfer whose points come back: this one restores the lots that it used and those
	 * that it brought. 0: none */
	int64_t restores;
	int64_t lot;     /* used first: the one that expires. 0: the oldest */
	bool is_undated; /* the receiver is owed them: they never expire there */
	bool is_covered; /* only from the balance: it is never owed, whatever the floor */
};
int posting_do(struct acting *, const struct transfer_draft *, const struct posting_more *,
	int64_t *ret_id, struct err *err);

/* The usual two postings: `amount` from one holder to another. */
int posting_move(struct acting *, const char *kind, struct holder from, struct holder to,
	struct points amount, const struct posting_more *, int64_t *ret_id, struct err *err);

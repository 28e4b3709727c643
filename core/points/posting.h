/* Postings, and a transfer inside of another act, which joins it to its own journal row: for
 * core/points and for what sells, redeems and charges on the floors above. The act's own role was
 * asked for. */
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
	int64_t reverses; /* the transfer that this one takes back, or 0 */
	/* The transfer whose points come back: the lots it used, and the lots it brought, are put
	 * right by this one. 0: none */
	int64_t restores;
	int64_t lot;     /* that is taken from first: the one that expires. 0: the oldest */
	bool is_undated; /* who gets them is owed them: they never expire there */
	bool is_covered; /* only from what is there: nobody owes for it, whatever their floor */
};
int posting_do(struct acting *, const struct transfer_draft *, const struct posting_more *,
	int64_t *ret_id, struct err *err);

/* The usual two postings: `amount` from one holder to another. */
int posting_move(struct acting *, const char *kind, struct holder from, struct holder to,
	struct points amount, const struct posting_more *, int64_t *ret_id, struct err *err);

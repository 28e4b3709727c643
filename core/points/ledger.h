/* The points ledger: double entry in integers (doc/rules.md, Points and hours).
 *
 * Every transfer's entries sum to zero. This module and the schema enforce an account's floor in
 * the posting; its balance is a column that the schema itself updates with each entry, and nothing
 * else does (sql/001/points.sql). */
#pragma once

#include "core/points/posting.h"

/* `kind` is one of the program's own words ("opening", "earn", "gift" …), not free text: act->why
 * says why a person posted by hand. The act's subject is the transfer; its resident the first one
 * among the postings unless act->resident names one. ERR_INVALID NUMBER_BAD ("amount": zero, beyond
 * POINTS_MAX, or from and to the same; "sum": not zero; fewer than two postings), ERR_NOT_FOUND
 * RESIDENT_UNKNOWN, BODY_UNKNOWN, ERR_REFUSED POINTS_SHORT (asked, there above the floor) for the
 * first account that would fall below its floor. */
int transfer_post(struct db *, const struct act *, const struct transfer_draft *, int64_t *ret_id,
	struct err *err);

/* One line of a statement. */
struct statement_line {
	int64_t entry, transfer, at;
	char *kind;
	struct points amount, balance; /* balance after this line */
	bool is_reversed;              /* has been reversed since */
};
struct points_statement {
	struct statement_line *rows;
	int count;
};
void points_statement_finish(struct points_statement *);

/* The resident's latest lines first, at most `limit`, after the line `after` of an earlier call
 * (NULL: from the latest). */
int points_statement(struct db *, int64_t resident, const struct statement_line *after, int limit,
	struct points_statement *ret, struct err *err);
int points_statement_of(struct db *, struct holder, const struct statement_line *after, int limit,
	struct points_statement *ret, struct err *err);

/* Checks the books: every transfer sums to zero, every balance is the sum of its entries, the
 * frozen points equal the open freezes, and lots never exceed the balance of their account.
 * ERR_STORAGE STORE_DAMAGED naming the first that is wrong. */
int ledger_prove(struct db *, struct err *err);

/* The points ledger: double entry in integers (doc/rules.md, Points and hours).
 *
 * Every transfer's entries sum to zero. An account's floor is enforced in the posting, by this
 * module and by the schema; its balance is a column that the schema itself moves with each entry,
 * and by nothing else (sql/001/points.sql). */
#pragma once

#include "core/points/posting.h"

/* `kind` is a word of the program's own ("opening", "earn", "gift" …), not free text: why a person
 * posted by hand stands in act->why. The act's subject is the transfer; its resident the first one
 * among the postings unless act->resident names one.
 * ERR_INVALID NUMBER_BAD ("amount": zero, beyond POINTS_MAX, or from and to
 * the same; "sum": not zero; fewer than two
 * postings), ERR_NOT_FOUND RESIDENT_UNKNOWN, BODY_UNKNOWN, ERR_REFUSED POINTS_SHORT (asked, there
 * above the floor) for the first account that would fall below its floor. */
int transfer_post(struct db *, const struct act *, const struct transfer_draft *, int64_t *ret_id,
	struct err *err);

/* One line of a statement. */
struct statement_line {
	int64_t entry, transfer, at;
	char *kind;
	struct points amount, balance; /* balance after this line */
	bool is_reversed;              /* taken back since */
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

/* Proves the books: every transfer sums to zero, every balance is the sum of its entries, what is
 * frozen is what the open freezes say, and no lots are more than the balance they lie in.
 * ERR_STORAGE STORE_DAMAGED naming the first that is not. */
int ledger_prove(struct db *, struct err *err);

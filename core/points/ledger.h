/* The points ledger: double entry in integers (rules.md, Points and hours).
 *
 * Every transfer's entries sum to zero. An account's floor is enforced in the posting, by this
 * module and by the schema; its balance is a column kept in the same transaction. Accounts come
 * into being when they are first posted to. */
#pragma once

#include "core/store/act.h"

/* Points, spendable, whole. A type of its own, so that they never mix with minutes. */
struct points {
	int64_t n;
};
#define POINTS(v) ((struct points){ .n = (v) })
/* The most that one entry may move: far beyond any use, far below an overflow. */
#define POINTS_MAX INT64_C(1000000000)

enum system_account {
	ACCOUNT_ISSUE,    /* 发行 */
	ACCOUNT_REDEEMED, /* 兑换回收 */
	ACCOUNT_POOL,     /* 公益池 */
	ACCOUNT_FROZEN,   /* 押分冻结 */
	ACCOUNT_EXPIRED,  /* 过期 */
	ACCOUNT_ADJUST,   /* 调整 */
	ACCOUNT_MERCHANT, /* 商户 */
	SYSTEM_ACCOUNT_COUNT,
};
const char *system_account_name(enum system_account); /* as the column has it: "issue" */

/* One side of a transfer: a resident's account, or, with resident 0, one of the system's. */
struct posting {
	int64_t resident;
	enum system_account system;
	struct points amount; /* negative: taken from it */
};

/* `kind` is a word of the program's own ("opening", "earn", "gift" …), not free text: why a person
 * posted by hand stands in act->why. The act's subject is the transfer; its resident the first one
 * among the postings unless act->resident names one.
 * ERR_INVALID NUMBER_BAD ("amount": zero or beyond POINTS_MAX; "sum": not zero; fewer than two
 * postings), ERR_NOT_FOUND RESIDENT_UNKNOWN, ERR_REFUSED POINTS_SHORT (asked, there above the
 * floor) for the first account that would fall below its floor. */
struct transfer_draft {
	const char *kind;
	const struct posting *postings;
	int posting_count;
};
int transfer_post(struct db *, const struct act *, const struct transfer_draft *, int64_t *ret_id,
	struct err *err);

/* Opens a resident's account with a floor of its own (0 or below); one that is open gets that
 * floor. ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_INVALID NUMBER_BAD ("floor"); ERR_REFUSED POINTS_SHORT
 * when the balance is below it already. */
int account_open(struct db *, const struct act *, int64_t resident, struct points floor,
	int64_t *ret_id, struct err *err);

/* 0 where no account has been opened yet. */
int points_balance(struct db *, int64_t resident, struct points *ret, struct err *err);
int points_balance_of_system(struct db *, enum system_account, struct points *ret, struct err *err);

/* One line of a statement. */
struct statement_line {
	int64_t entry, transfer, at;
	char *kind;
	struct points amount, balance; /* balance after this line */
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

/* Proves the books: every transfer sums to zero and every balance is the sum of its entries.
 * ERR_STORAGE STORE_DAMAGED naming the first that is not. */
int ledger_prove(struct db *, struct err *err);

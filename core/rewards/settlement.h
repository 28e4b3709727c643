/* 商户结算: what was redeemed at a merchant for points or yuan, and settling it with them.
 *
 * Points paid for a merchant's reward go into the merchant's own account and stay there until they
 * are settled: those of rewards that were handed over, and of used vouchers, are due; those of a
 * voucher that can still be used wait; those of a voucher that was not used in time go into the
 * pool. What the merchant is paid for it in money is between them and the house. A merchant is any
 * body that gives rewards. */
#pragma once

#include "core/points/account.h"

enum merchant_state { MERCHANT_DUE, MERCHANT_OPEN, MERCHANT_LAPSED, MERCHANT_STATE_COUNT };
const char *merchant_state_name(enum merchant_state); /* "due", "open", "lapsed": for --json */

/* What was redeemed there, one row per redemption. */
struct merchant_line {
	int64_t redemption, number;
	char *name; /* of the reward */
	int64_t count, points, fen;
	int64_t redeemed_at, used_at; /* used 0: no voucher, or not yet */
	enum merchant_state state;
	bool is_pooled; /* 0.1.0 put its points into one account for all merchants */
};
struct merchant_book {
	struct merchant_line *rows;
	int count;
	/* by state */
	struct points points[MERCHANT_STATE_COUNT];
	int64_t fen[MERCHANT_STATE_COUNT]; /* that went to the fund */
	int counts[MERCHANT_STATE_COUNT];
};
void merchant_book_finish(struct merchant_book *);

struct merchant_scope {
	int64_t body;
	int64_t settlement; /* 0: what has not been settled yet */
};
/* What stands in it, by number. */
int merchant_book(
	struct db *, const struct merchant_scope *, struct merchant_book *ret, struct err *err);

struct merchant {
	int64_t body, number;
	char *name;
};
struct merchant_list {
	struct merchant *rows;
	int count;
};
void merchant_list_finish(struct merchant_list *);
/* Bodies that give or gave a reward, including ended ones, by number. */
int merchants(struct db *, struct merchant_list *ret, struct err *err);

/* Settles everything that is due or has lapsed. ERR_NOT_FOUND BODY_UNKNOWN; ERR_REFUSED
 * SETTLEMENT_EMPTY, POINTS_SHORT when the merchant has spent some of it. */
int merchant_settle(
	struct db *, const struct act *, int64_t body, int64_t *ret_id, struct err *err);
/* It was wrong: all of it has to be settled again. Needs act->why. ERR_NOT_FOUND SETTLEMENT_UNKNOWN
 * (also an undone one); ERR_REFUSED WHY_NEEDED. */
int settlement_undo(struct db *, const struct act *, int64_t id, struct err *err);

struct settlement {
	int64_t id, number, body;
	int64_t points, fen, lapsed;
	int64_t transfer, settled_at, undone_at; /* transfer 0: all was for yuan */
};
/* ERR_NOT_FOUND SETTLEMENT_UNKNOWN. */
int settlement_get(struct db *, int64_t id, struct settlement *ret, struct err *err);
int settlement_by_number(struct db *, int64_t number, struct settlement *ret, struct err *err);
/* The merchant's latest one in force: 1 and *ret, or 0. */
int settlement_latest(struct db *, int64_t body, struct settlement *ret, struct err *err);

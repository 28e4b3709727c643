/* 兑换: what somebody got for their points, or for yuan that go into the fund (doc/rules.md, Points
 * and hours). Points, stock and voucher move in one act. */
#pragma once

#include "core/rewards/reward.h"

#define REDEEM_COUNT_MAX 1000 /* pieces at once */

enum currency { FOR_POINTS, FOR_YUAN };

struct redeem_draft {
	int64_t reward;
	struct holder whose; /* a resident or a body */
	int64_t count;
	enum currency currency; /* only a volunteer accepts yuan */
};

/* ERR_NOT_FOUND REWARD_UNKNOWN, RESIDENT_UNKNOWN, BODY_UNKNOWN; ERR_INVALID NUMBER_BAD "count" (a
 * voucher is one), "price" (not available for that); ERR_REFUSED REWARD_ENDED, STOCK_OUT,
 * STOCK_SHORT, REWARD_LIMIT (had, of), SERVICE_FIRST (needed, done), POINTS_SHORT (of the balance:
 * goods are never owed for), ROLE_NEEDED, and as presence_check (pause.h). Limit and service may be
 * overridden. */
int redeem(struct db *, const struct act *, const struct redeem_draft *, int64_t *ret_id,
	struct err *err);
/* Why it would be refused, all reasons at once; 0 when it would not. Does nothing. */
int redeem_check(struct db *, const struct act *, const struct redeem_draft *, struct err *err);

/* Takes it back: points, money and stock. A volunteer may within the same day; later a coordinator,
 * with a reason. Money needs a reason on any day. ERR_NOT_FOUND REDEMPTION_UNKNOWN; ERR_REFUSED
 * REDEMPTION_UNDONE, REDEMPTION_LATE, REDEMPTION_SETTLED, VOUCHER_USED, WHY_NEEDED. */
int redemption_undo(struct db *, const struct act *, int64_t id, struct err *err);

struct redemption {
	int64_t id, number, reward;
	struct holder whose;
	char *name; /* of the reward */
	int64_t count, points, fen;
	int64_t redeemed_at, undone_at; /* undone 0: it is in force */
	int64_t settlement;             /* with its merchant, or 0 */
};
void redemption_finish(struct redemption *);
/* ERR_NOT_FOUND REDEMPTION_UNKNOWN. */
int redemption_get(struct db *, int64_t id, struct redemption *ret, struct err *err);
int redemption_by_number(struct db *, int64_t number, struct redemption *ret, struct err *err);

struct redemption_list {
	struct redemption *rows;
	int count;
};
void redemption_list_finish(struct redemption_list *);
/* Latest first, of one resident or (0) of all, at most `limit`, before the number `before` of an
 * earlier page (0: from the latest). */
int redemptions(struct db *, int64_t resident, int64_t before, int limit,
	struct redemption_list *ret, struct err *err);

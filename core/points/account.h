/* Who holds points: residents, bodies (teams, party branches …), and the system's own accounts. An
 * account is created when it is first posted to. */
#pragma once

#include "core/store/act.h"

/* Points, spendable, whole. A type of its own, so that they are never mixed up with minutes. */
struct points {
	int64_t n;
};
#define POINTS(v) ((struct points){ .n = (v) })
/* The most that one entry may move: far beyond any use, far below an overflow. */
#define POINTS_MAX INT64_C(1000000000)

enum system_account {
	ACCOUNT_ISSUE,    /* 发行 */
	ACCOUNT_REDEEMED, /* 兑换回收 */
	ACCOUNT_POOL,     /* 公益池; never below 0 */
	ACCOUNT_FROZEN,   /* 押分冻结; never below 0 */
	ACCOUNT_EXPIRED,  /* 过期 */
	ACCOUNT_ADJUST,   /* 调整 */
	ACCOUNT_MERCHANT, /* 商户 */
	SYSTEM_ACCOUNT_COUNT,
};
/* By the name in the column: "issue". 1 and *ret, or 0 when there is none of that name. */
int system_account_named(const char *name, enum system_account *ret);

/* Columns of a row (core/store/rows.h). */
#define COLUMN_POINTS(T, m)  COLUMN_AS(T, m.n, #m)
#define COLUMNS_HOLDER(T, m) COLUMN_AS(T, m.resident, "resident"), COLUMN_AS(T, m.body, "body")

/* Whose account: a resident's, a body's, or, with both 0, one of the system's. */
struct holder {
	int64_t resident, body;
	enum system_account system;
};
#define HOLDER_RESIDENT(id) ((struct holder){ .resident = (id) })
#define HOLDER_BODY(id)     ((struct holder){ .body = (id) })
#define HOLDER_SYSTEM(s)    ((struct holder){ .system = (s) })

/* Opens a resident's account with its own floor (0 or below); an open one gets that floor.
 * ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_INVALID NUMBER_BAD ("floor"); ERR_REFUSED POINTS_SHORT when
 * the balance is below it already. */
int account_open(struct db *, const struct act *, int64_t resident, struct points floor,
	int64_t *ret_id, struct err *err);

/* 0 if no account has been opened yet. */
int points_balance(struct db *, int64_t resident, struct points *ret, struct err *err);
int points_balance_of_system(struct db *, enum system_account, struct points *ret, struct err *err);
int points_balance_of(struct db *, struct holder, struct points *ret, struct err *err);

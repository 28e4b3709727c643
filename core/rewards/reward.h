/* What points buy: goods, services, rooms, activities, merchants' vouchers; rows that a coordinator
 * edits, the 积分兑换制度 prints and redemption.h enforces. */
#pragma once

#include "core/points/account.h"

#define REWARD_STOCK_MAX 100000

enum reward_kind {
	REWARD_GOODS,
	REWARD_SERVICE,
	REWARD_ROOM,
	REWARD_ACTIVITY,
	REWARD_VOUCHER,
	REWARD_KIND_COUNT
};
/* "goods", "service", "room", "activity", "voucher": as the column and --json have it. */
const char *reward_kind_name(enum reward_kind);
/* −1 when it is none of them. */
int reward_kind_named(const char *name);

struct reward {
	int64_t id;
	char *code; /* lower-case letters, digits and "-" */
	char *name;
	enum reward_kind kind;
	int64_t points, fen;     /* per piece, for one or the other; 0: not available for that */
	int64_t title;           /* the consumable whose stock it is, or 0 */
	bool is_counted;         /* stock is counted, here or with the title */
	int64_t stock;           /* when counted */
	int64_t body;            /* the merchant, or 0 */
	int64_t service_minutes; /* required first; 0: none */
	int64_t month_limit;     /* per person and month; 0: any number */
	int64_t valid_days;      /* for a voucher; else 0 */
	bool is_ended;           /* not given now */
};
void reward_finish(struct reward *);

/* Adds one, or changes the one with that code. A new one takes `stock` when is_counted and without
 * a title; an existing one keeps its own. ERR_INVALID TEXT_… "name", "code", NUMBER_BAD "price",
 * "stock", "count", "days"; ERR_NOT_FOUND TITLE_UNKNOWN, BODY_UNKNOWN; ERR_REFUSED STOCK_NONE (the
 * title is not a consumable). */
int reward_set(
	struct db *, const struct act *, const struct reward *, int64_t *ret_id, struct err *err);
/* ERR_NOT_FOUND REWARD_UNKNOWN. */
int reward_end(struct db *, const struct act *, int64_t id, struct err *err);
/* Resumes an ended one, with the terms and the stock that it had. ERR_NOT_FOUND REWARD_UNKNOWN;
 * ERR_REFUSED NAME_EXISTS when another one has taken its code. */
int reward_resume(struct db *, const struct act *, int64_t id, struct err *err);
/* Sets the stock that is counted here. ERR_NOT_FOUND REWARD_UNKNOWN; ERR_INVALID NUMBER_BAD
 * "stock"; ERR_REFUSED STOCK_NONE (not counted here). */
int reward_stock(struct db *, const struct act *, int64_t id, int64_t stock, struct err *err);

/* Also an ended one. ERR_NOT_FOUND REWARD_UNKNOWN. */
int reward_get(struct db *, int64_t id, struct reward *ret, struct err *err);
int reward_by_code(struct db *, const char *code, struct reward *ret, struct err *err);

struct reward_list {
	struct reward *rows;
	int count;
};
void reward_list_finish(struct reward_list *);
/* Those in force, the cheapest first, those only for money last. */
int rewards(struct db *, struct reward_list *ret, struct err *err);
/* Ended ones, the latest of each code, by code; a code that is in force again is left out. */
int rewards_ended(struct db *, struct reward_list *ret, struct err *err);

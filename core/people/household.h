/* A household: the people behind one door. */
#pragma once

#include "core/store/act.h"

/* How a place is compared: full-width and Chinese numerals become digits, letters small; 栋 座 幢
 * 楼 单元 室 房 号 层 and signs only part what they stand between; other words stay. 3栋 + 502房,
 * 三栋 + ５０２, "3座502" → "3-502". "" when nothing is left. Either may be NULL. The caller's. */
char *household_place(const char *building, const char *room);

struct household {
	int64_t id, number;
	char *building, *room; /* as written, "" when unknown or erased */
};
void household_finish(struct household *household);

/* ERR_NOT_FOUND HOUSEHOLD_UNKNOWN. */
int household_get(struct db *db, int64_t id, struct household *ret, struct err *err);

/* The household at that place, added when there is none. Both empty: 0, and nothing is added.
 * ERR_INVALID as text_accept. */
int household_at(struct db *db, const struct act *act, const char *building, const char *room,
	int64_t *ret_id, struct err *err);

/* Ids of the residents who live there and have not left, by number. The caller's (mem_free).
 * Returns how many. */
int household_members(struct db *db, int64_t id, int64_t **ret, struct err *err);

/* A household: the people who share a home. */
#pragma once

#include "core/store/act.h"

/* How addresses are compared: full-width and Chinese numerals become digits, letters lower case; 栋
 * 座 幢 楼 单元 室 房 号 层 and punctuation only separate; other words stay. 3栋 + 502房, 三栋 +
 * ５０２, "3座502" → "3-502". "" when nothing is left. Either may be NULL. The caller's. */
char *household_place(const char *building, const char *room);

/* Splits an address as people write it, in one line, into building and room: 3栋502 → 3栋 and 502,
 * 3-502 → 3栋 and 502, 三栋二单元502室 → 三栋二单元 and 502, 5号楼2单元301. The name of a 小区 or
 * 社区 before it is dropped. Without a room all of it is the building. *ret_… are the caller's, ""
 * for none. */
void household_split(const char *address, char **ret_building, char **ret_room);

/* The household at that place, added when there is none. Both empty: 0, and nothing is added.
 * ERR_INVALID as text_accept. */
int household_at(struct db *db, const struct act *act, const char *building, const char *room,
	int64_t *ret_id, struct err *err);

/* Ids of the residents who live there and have not left, by number. The caller's (mem_free).
 * Returns how many. */
int household_members(struct db *db, int64_t id, int64_t **ret, struct err *err);

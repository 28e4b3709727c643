/* Whose an item is. Without owners it is the venue's; a single owner lends it through the venue;
 * several bought it together (共同购置), each with a share. */
#pragma once

#include "core/store/act.h"

#define OWNERS_MAX 64

struct owner {
	int64_t resident;
	int64_t share; /* of the sum of all: 1 and 1 are halves */
};
struct owner_list {
	struct owner *rows;
	int count;
};
void owner_list_finish(struct owner_list *);

/* The largest share first. */
int owners_of(struct db *, int64_t item, struct owner_list *ret, struct err *err);

/* Replaces the owners; none: the venue's. ERR_NOT_FOUND ITEM_UNKNOWN, RESIDENT_UNKNOWN; ERR_REFUSED
 * RESIDENT_LEFT, OWNER_TWICE; ERR_INVALID NUMBER_BAD "share" or "owners" (too many). */
int owners_set(struct db *, const struct act *, int64_t item, const struct owner *owners, int count,
	struct err *err);

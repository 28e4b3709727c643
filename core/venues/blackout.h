/* Blackouts (停用时段): a venue out of use for a time, with a reason that the public sees. */
#pragma once

#include "core/store/act.h"

struct blackout {
	int64_t id, venue;
	int64_t start_at, end_at;
	char *name; /* why */
};
struct blackout_list {
	struct blackout *rows;
	int count;
};
void blackout_list_finish(struct blackout_list *);

/* Those of a venue (0: of all) that touch [from_at, until_at), by start. */
int blackouts_between(struct db *, int64_t venue, int64_t from_at, int64_t until_at,
	struct blackout_list *ret, struct err *err);

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

struct blackout_draft {
	int64_t venue;
	int64_t start_at, end_at;
	const char *name;
};
/* ERR_NOT_FOUND VENUE_UNKNOWN; ERR_INVALID DATE_BAD "end", TEXT_… "blackout"; ERR_REFUSED
 * BLACKOUT_BOOKED (how many bookings stand then; a coordinator may override: they are cancelled in
 * the same act). */
int blackout_add(struct db *, const struct act *, const struct blackout_draft *, int64_t *ret_id,
	struct err *err);
/* ERR_NOT_FOUND BLACKOUT_UNKNOWN. */
int blackout_remove(struct db *, const struct act *, int64_t id, struct err *err);

/* A house that is shut without notice: what is booked on these days (inclusive) while its venue is
 * no longer open is cancelled, and the people are told. *ret_count: how many. */
int bookings_call_off(struct db *, const struct act *, struct day from, struct day until,
	int *ret_count, struct err *err);

/* Those of a venue (0: of all) that touch [from_at, until_at), by start. */
int blackouts_between(struct db *, int64_t venue, int64_t from_at, int64_t until_at,
	struct blackout_list *ret, struct err *err);

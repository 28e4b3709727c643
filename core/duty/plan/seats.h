/* A roster in the making: who is seated where, what it costs, and what is still possible. Each
 * change costs some tens of nanoseconds, so that millions can be tried. */
#pragma once

#include "core/duty/plan/model.h"

struct seats {
	const struct model *m;
	struct model_use *use; /* [person × span + margin + day]: taken, locked, seated */
	int *on_day;           /* the same: the free offer that is seated, or −1 */
	int *total, *week;     /* shifts of a person; [person × weeks + week], with taken ones */
	int *count;            /* people in a shift */
	int *sitting;          /* [shift's first candidate …]: offers seated there, locks first */
	int *locked;           /* how many of those are locks */
	int *place;            /* of an offer in sitting, or −1 */
	int *have;             /* [shift × PLAN_ROLES_MAX + role] */
	int64_t value;         /* model_sum of the costs */
};

/* The base: only the locks. */
void seats_init(struct seats *, const struct model *);
void seats_finish(struct seats *); /* also for CLEANUP; zeroed is allowed */
void seats_copy(struct seats *to, const struct seats *from); /* of the same model */

/* The first reason why an offer cannot be seated now, other than its shift being full. */
enum plan_block seats_block(const struct seats *, int offer);
/* All that apply, as bits; also for a person who has made no offer. */
uint32_t seats_blocks(const struct seats *, int person, int shift);

/* Seats an offer, whatever blocks it; drops it (never a lock). */
void seats_put(struct seats *, int offer);
void seats_drop(struct seats *, int offer);
static inline bool seats_has(const struct seats *s, int offer)
{
	return s->place[offer] >= 0;
}
/* How seating or dropping it would change the value. */
int64_t seats_gain(const struct seats *, int offer);
int64_t seats_loss(const struct seats *, int offer);

/* The cost, stage by stage, counted from scratch. */
void seats_cost(const struct seats *, int64_t ret[PLAN_STAGE_COUNT]);

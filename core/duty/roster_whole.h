/* A week or month from nothing to a planned, perhaps published roster, in one act.
 *
 * The planner takes its time, in which nobody else may be kept from writing: the shifts are made
 * once as a rehearsal, planned, and made again in the act that applies the answer. */
#pragma once

#include "core/duty/roster_plan.h"

/* The problem as it will be once the shifts of every week that the span touches have been made.
 * Nothing is kept. `act` as for roster_whole_take. */
int roster_rehearse(struct db *, const struct act *, struct day from, struct day until,
	struct roster_problem *ret, struct err *err);

struct roster_whole {
	struct roster_taken taken;
	struct roster_published {
		struct week week;
		int version;
	} * published;
	int published_count;
};
void roster_whole_finish(struct roster_whole *);

/* Makes the shifts, applies the answer (roster_plan_take) and, if asked to, publishes each week of
 * the span that has something new to publish: all of it or nothing. The shifts in `answer` become
 * those that were made. ERR_BUSY STORE_BUSY when somebody has changed shifts since the
 * rehearsal. */
int roster_whole_take(struct db *, const struct act *, const struct roster_problem *rehearsed,
	struct plan_answer *answer, bool is_published, struct roster_whole *ret, struct err *err);

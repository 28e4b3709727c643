/* What is kept about a resident's points: their wish not to be ranked, and whether they may have a
 * reward without service first (the old, the disabled, the poor). */
#pragma once

#include "core/store/act.h"

struct points_person {
	bool is_unranked, is_exempt;
};
int points_person(struct db *, int64_t resident, struct points_person *ret, struct err *err);

/* By the person, or for them. ERR_NOT_FOUND RESIDENT_UNKNOWN. */
int ranking_choose(
	struct db *, const struct act *, int64_t resident, bool is_unranked, struct err *err);
/* By a volunteer, with a reason when it is granted. ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_REFUSED
 * WHY_NEEDED. */
int exempt_set(struct db *, const struct act *, int64_t resident, bool is_exempt, struct err *err);

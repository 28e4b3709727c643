/* 技能互助: one neighbour helps another, both confirm, then the rule pays (doc/rules.md, Points and
 * hours). */
#pragma once

#include "core/points/earning.h"

/* ERR_NOT_FOUND EARN_RULE_UNKNOWN, RESIDENT_UNKNOWN; ERR_INVALID NUMBER_BAD "minutes", "resident"
 * (one person twice), "source" (not a rule for skills). */
struct skill_draft {
	int64_t rule, helper, asker;
	int64_t minutes; /* as agreed, 1 … 1440 */
};
int skill_agree(struct db *, const struct act *, const struct skill_draft *, int64_t *ret_id,
	struct err *err);

/* One side, act->resident's, confirms that it was done; when both have, it earns. *ret_earned (may
 * be NULL) has id 0 until then. ERR_NOT_FOUND SKILL_SERVICE_UNKNOWN; ERR_REFUSED
 * SKILL_SERVICE_ENDED, NOT_A_SIDE, POINTS_SHORT of the one who was helped. Confirming twice is the
 * same as once. */
int skill_confirm(
	struct db *, const struct act *, int64_t id, struct earned *ret_earned, struct err *err);
/* What it will earn once both have confirmed, without doing anything. ERR_NOT_FOUND, ERR_REFUSED
 * SKILL_SERVICE_ENDED, and as earn_preview. */
int skill_preview(struct db *, const struct act *, int64_t id, struct earned *ret, struct err *err);
/* Before both have confirmed. ERR_NOT_FOUND, ERR_REFUSED as above. */
int skill_cancel(struct db *, const struct act *, int64_t id, struct err *err);

struct skill_service {
	int64_t id, number, rule, helper, asker, minutes;
	int64_t agreed_at, helper_at, asker_at; /* confirmed; 0: not yet */
	bool is_over;                           /* earned, or cancelled */
};
struct skill_service_list {
	struct skill_service *rows;
	int count;
};
void skill_service_list_finish(struct skill_service_list *);
/* Those of a resident that are not over, oldest first. */
int skill_services_of(
	struct db *, int64_t resident, struct skill_service_list *ret, struct err *err);

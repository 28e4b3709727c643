/* What stands against lending an item that lies in the thing itself, apart from whether it is out
 * and who asks; and what it changes in the terms of a loan. Reads, writes nothing. Part of
 * loan_check (loan_check.h).
 *
 * Fitness (doc/rules.md, Safety): contents that expire, and things that must be inspected, are fit
 * through the day that is written; from so many days before it on (settings expiry_warning_days,
 * inspection_warning_days) everybody is told, after it they stay here. A kit is as fit as the least
 * fit thing in it. */
#pragma once

#include "core/store/act.h"

struct item;
struct rule;
struct title_terms;

/* What a person is told and nothing more: reasons that refuse nothing, in the order of reason.h.
 * ITEM_ONSITE, ITEM_EXPIRES_SOON (its last day), ITEM_INSPECT_SOON (its last day), KIT_INCOMPLETE
 * (how many things are not in it: in repair or not found). */
#define ITEM_NOTICES_MAX 4
struct item_notices {
	int count;
	struct reason reasons[ITEM_NOTICES_MAX];
};

/* Adds to `refusal` (err_refuse): ITEM_EXPIRED, ITEM_UNINSPECTED (the last day it was fit),
 * ITEM_APPROVAL (unless a volunteer acts), ITEM_IN_KIT (the kit's number), ITEM_CONSUMABLE, for one
 * that is handed out, not lent, or STOCK_OUT when there is none left of it. A day is told as its
 * first instant. An override breaks none of them: an unfit item is a danger, the others have their
 * own way. `notices` may be NULL. Fails by ERR_STORAGE alone. */
int item_conditions(struct db *, const struct act *, const struct item *item, int64_t at,
	struct err *refusal, struct item_notices *notices, struct err *err);

/* The same for who reads many copies at once: true when nothing of it stands against a volunteer's
 * lending the item whose row, with these columns, the query is on. */
#define ITEM_FIT_COLUMNS                                                                        \
	"item.kit AS kit, title.is_consumable AS is_consumable, item.expires_on AS expires_on," \
	" item.inspected_until_on AS inspected_until_on,"                                       \
	" (SELECT min(expires_on) FROM item AS part WHERE part.kit = item.id"                   \
	" AND part.status = 'active') AS part_expires_on,"                                      \
	" (SELECT min(inspected_until_on) FROM item AS part WHERE part.kit = item.id"           \
	" AND part.status = 'active') AS part_inspected_until_on"
bool item_row_is_fit(const struct query *, int64_t at);

/* What the title's terms change in its category's rule: used within the house it is due when the
 * venue closes and not renewed; one in demand is lent for its short_days where the rule gives
 * longer. Call it between rule_lookup and due_compute, for a loan, for a renewal and for whoever
 * tells people what holds. */
void item_terms(const struct title_terms *, struct rule *);

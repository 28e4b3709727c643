/* Objections to lending an item that concern the item itself, apart from whether it is out and who
 * asks; and how it changes the terms of a loan. Reads, writes nothing. Part of loan_check
 * (loan_check.h).
 *
 * Fitness (doc/rules.md, Safety): contents that expire, and things that must be inspected, are fit
 * up to and including the stored day; a number of days before it (settings expiry_warning_days,
 * inspection_warning_days) everybody is told, after it they are not lent. A kit is as fit as the
 * least fit item in it. */
#pragma once

#include "core/store/act.h"

struct item;
struct rule;
struct title_terms;

/* What a person is only told: reasons that refuse nothing, in the order of reason.h. ITEM_ONSITE,
 * ITEM_EXPIRES_SOON (its last day), ITEM_INSPECT_SOON (its last day), KIT_INCOMPLETE (how many
 * items are not in it: in repair or not found). */
#define ITEM_NOTICES_MAX 4
struct item_notices {
	int count;
	struct reason reasons[ITEM_NOTICES_MAX];
};

/* Adds to `refusal` (err_refuse): ITEM_EXPIRED, ITEM_UNINSPECTED (the last day on which it was
 * fit), ITEM_APPROVAL (unless a volunteer acts), ITEM_IN_KIT (the kit's number), ITEM_CONSUMABLE
 * for one that is handed out, not lent, or STOCK_OUT when none of it is left. A day is given as its
 * first instant. None of them can be overridden: an unfit item is a danger, the others are handled
 * in other ways. `notices` may be NULL. Fails only with ERR_STORAGE. */
int item_conditions(struct db *, const struct act *, const struct item *item, int64_t at,
	struct err *refusal, struct item_notices *notices, struct err *err);

/* The same for queries that read many copies: true when none of these objections stops a volunteer
 * from lending the item of the query's current row, which has these columns. */
#define ITEM_FIT_COLUMNS                                                                        \
	"item.kit AS kit, title.is_consumable AS is_consumable, item.expires_on AS expires_on," \
	" item.inspected_until_on AS inspected_until_on,"                                       \
	" (SELECT min(expires_on) FROM item AS part WHERE part.kit = item.id"                   \
	" AND part.status = 'active') AS part_expires_on,"                                      \
	" (SELECT min(inspected_until_on) FROM item AS part WHERE part.kit = item.id"           \
	" AND part.status = 'active') AS part_inspected_until_on"
bool item_row_is_fit(const struct query *, int64_t at);

/* How the title's terms change its category's rule: if used within the house it is due when the
 * venue closes and not renewed; if in demand it is lent for its short_days where the rule gives
 * longer. Call it between rule_lookup and due_compute, for a loan, for a renewal and for telling
 * people the terms. */
void item_terms(const struct title_terms *, struct rule *);

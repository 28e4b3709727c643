#include "core/words_items.h"

#include <assert.h>

#include "core/base/mem.h"
#include "core/items/lending/rule.h"
#include "core/words.h"
#include "core/words_fill.h"

static const char *const statuses[] = {
	[ITEM_ACTIVE] = N_("in use"),
	[ITEM_MAINTENANCE] = N_("in repair"),
	[ITEM_MISSING] = N_("not found for now"),
	[ITEM_RETIRED] = N_("retired"),
};
static_assert(ARRAY_LEN(statuses) == ITEM_STATUS_COUNT, "a word for each status");

const char *words_item_status(enum item_status status)
{
	assert((unsigned)status < ITEM_STATUS_COUNT);
	return _(statuses[status]);
}

static const char *const causes[] = {
	[RETIRE_WORN_OUT] = N_("has worn out"),
	[RETIRE_LOST] = N_("was lost"),
	[RETIRE_SOLD] = N_("was sold for charity"),
	[RETIRE_GIVEN_AWAY] = N_("was given away"),
	[RETIRE_SWAPPED] = N_("was swapped"),
	[RETIRE_DONATED_ON] = N_("was donated on"),
};
static_assert(ARRAY_LEN(causes) == RETIRE_CAUSE_COUNT, "a word for each cause");

const char *words_item_condition(const struct item *item)
{
	if (item->status == ITEM_RETIRED && item->cause != RETIRE_CAUSE_COUNT)
		return _(causes[item->cause]);
	return words_item_status(item->status);
}

static const char *const sources[] = {
	[ITEM_SOURCE_UNKNOWN] = N_("not noted"),
	[ITEM_SOURCE_BOUGHT] = N_("bought"),
	[ITEM_SOURCE_DONATED] = N_("donated"),
	[ITEM_SOURCE_SWAPPED] = N_("swapped"),
	[ITEM_SOURCE_PROJECT] = N_("paid for by a project"),
};
static_assert(ARRAY_LEN(sources) == ITEM_SOURCE_COUNT, "a word for each source");

const char *words_item_source(enum item_source source)
{
	assert((unsigned)source < ITEM_SOURCE_COUNT);
	return _(sources[source]);
}

char *words_rule_period(const struct rule *rule)
{
	if (rule->unit == PERIOD_HOURS)
		return words_duration(rule->period * 60);
	return rule->period == 0 ? mem_text(_("until closing time")) : words_days(rule->period);
}

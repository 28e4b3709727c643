#include "core/items/lending/condition.h"

#include <assert.h>

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/rule.h"
#include "core/items/reasons.h"
#include "core/site/setting.h"

/* ---- fitness ---- */

/* The two ways in which an item becomes unfit, each with its own date. */
static const struct {
	const char *column;
	enum setting warning_days;
	int over, soon;
} fitness[] = {
	{ "expires_on", SETTING_EXPIRY_WARNING_DAYS, REASON_ITEM_EXPIRED,
		REASON_ITEM_EXPIRES_SOON },
	{ "inspected_until_on", SETTING_INSPECTION_WARNING_DAYS, REASON_ITEM_UNINSPECTED,
		REASON_ITEM_INSPECT_SOON },
};

/* The item and what it holds: the earliest dates of everything that is there, and how much is not.
 * Parts in repair or not found do not make the rest of a kit unfit. */
struct contents {
	bool has_last[ARRAY_LEN(fitness)];
	struct day last[ARRAY_LEN(fitness)]; /* the last day on which it is fit */
	int64_t absent;
};

static int read_contents(struct db *db, int64_t item, struct contents *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct err ignored = { 0 };

	*ret = (struct contents){ 0 };
	TRY(query_open(&q, db,
		"SELECT min(expires_on) FILTER (WHERE id = :item OR status = 'active')"
		" AS expires_on,"
		" min(inspected_until_on) FILTER (WHERE id = :item OR status = 'active')"
		" AS inspected_until_on,"
		" count(*) FILTER (WHERE id <> :item AND status <> 'active') AS absent"
		" FROM item WHERE id = :item OR kit = :item",
		FIELDS(F_INT("item", item)), err));
	TRY(query_next(&q, err));
	ret->absent = query_int(&q, "absent");
	for (size_t i = 0; i < ARRAY_LEN(fitness); i++) {
		const char *on = query_text(&q, fitness[i].column);
		ret->has_last[i] = on && day_parse(on, &ret->last[i], &ignored) == 0;
	}
	return 0;
}

static void tell(struct item_notices *notices, struct reason reason)
{
	assert(notices->count < ITEM_NOTICES_MAX);
	notices->reasons[notices->count++] = reason;
}

/* Below 0: the last day on which it was fit has passed. */
static int days_left(struct day last, int64_t at)
{
	return day_distance(when_day(at), last);
}

static int check_fitness(struct db *db, const struct contents *contents, int64_t at,
	struct err *refusal, struct item_notices *notices, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(fitness); i++) {
		int64_t warning_days;
		if (!contents->has_last[i])
			continue;
		int64_t last_at = when_day_start(contents->last[i]);
		int left = days_left(contents->last[i], at);
		TRY(setting_int(db, fitness[i].warning_days, &warning_days, err));
		if (left < 0)
			err_refuse(
				refusal, (struct reason){ .code = fitness[i].over, .n1 = last_at });
		else if (left < warning_days)
			tell(notices, (struct reason){ .code = fitness[i].soon, .n1 = last_at });
	}
	return 0;
}

/* ---- all of it ---- */

static void check_handing_out(const struct act *act, const struct item *item, struct err *refusal)
{
	if (item->terms.needs_approval && act->role < ROLE_VOLUNTEER)
		err_refuse(refusal, REASON(ITEM_APPROVAL));
	if (item->kit)
		err_refuse(refusal, REASON(ITEM_IN_KIT, .n1 = item->kit_number));
	if (item->terms.is_consumable && item->stock == 0)
		err_refuse(refusal, REASON(STOCK_OUT));
	else if (item->terms.is_consumable)
		err_refuse(refusal, REASON(ITEM_CONSUMABLE));
}

int item_conditions(struct db *db, const struct act *act, const struct item *item, int64_t at,
	struct err *refusal, struct item_notices *notices, struct err *err)
{
	struct contents contents;
	struct item_notices told = { 0 };

	check_handing_out(act, item, refusal);
	if (item->terms.is_onsite)
		tell(&told, REASON(ITEM_ONSITE));
	TRY(read_contents(db, item->id, &contents, err));
	TRY(check_fitness(db, &contents, at, refusal, &told, err));
	if (contents.absent)
		tell(&told, REASON(KIT_INCOMPLETE, .n1 = contents.absent));
	if (notices)
		*notices = told;
	return 0;
}

bool item_row_is_fit(const struct query *q, int64_t at)
{
	static const char *const dates[] = { "expires_on", "inspected_until_on", "part_expires_on",
		"part_inspected_until_on" };
	static const struct act volunteer = { .role = ROLE_VOLUNTEER };
	const struct item item = { .kit = query_int(q, "kit"),
		.terms.is_consumable = query_int(q, "is_consumable") != 0 };
	struct err refusal = { 0 }, ignored = { 0 };
	struct day last;

	check_handing_out(&volunteer, &item, &refusal);
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		const char *on = query_text(q, dates[i]);
		if (on && day_parse(on, &last, &ignored) == 0 && days_left(last, at) < 0)
			return false;
	}
	return refusal.code == 0;
}

void item_terms(const struct title_terms *terms, struct rule *rule)
{
	int64_t short_days = terms->short_days;
	bool is_longer = rule->unit == PERIOD_DAYS ? rule->period > short_days
						   : rule->period > short_days * 24;

	if (terms->is_onsite) {
		rule->unit = PERIOD_DAYS;
		rule->period = 0;
		rule->max_renewals = 0;
		return;
	}
	if (short_days == 0 || !is_longer)
		return;
	rule->unit = PERIOD_DAYS;
	rule->period = short_days;
}

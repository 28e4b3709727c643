/* What about the item itself prevents lending it, and what it changes in a loan's terms. */
#include <string.h>

#include "core/items/catalogue/kit.h"
#include "core/items/catalogue/stock.h"
#include "core/items/lending/condition.h"
#include "core/items/lending/due.h"
#include "core/items/lending/loan.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/site/setting.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

/* What item_conditions says of an item, now. */
struct said {
	struct err refusal;
	struct item_notices notices;
};

static struct said ask(struct shop *s, const struct act *act, int64_t id)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct said said = { 0 };

	assert_ok(item_get(s->db, id, &item, &s->err), &s->err);
	assert_ok(item_conditions(s->db, act, &item, s->clock.set_wall, &said.refusal,
			  &said.notices, &s->err),
		&s->err);
	return said;
}

static bool is_told(const struct said *said, int code)
{
	for (int i = 0; i < said->notices.count; i++)
		if (said->notices.reasons[i].code == code)
			return true;
	return false;
}

static bool is_silent(const struct said *said)
{
	return said->refusal.code == 0 && said->notices.count == 0;
}

static int64_t title_with(struct shop *s, struct title_terms terms)
{
	struct title_draft draft = { .name = "折叠梯", .category = s->tool, .terms = terms };
	int64_t id;

	assert_ok(title_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static int64_t add(struct shop *s, struct item_draft draft)
{
	int64_t id;

	assert_ok(item_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static int64_t item_with(struct shop *s, struct title_terms terms)
{
	return add(s, (struct item_draft){ .title = title_with(s, terms) });
}

static int64_t expiring(struct shop *s, const char *expires_on)
{
	return add(s, (struct item_draft){ .title = title_with(s, (struct title_terms){ 0 }),
			      .expires_on = expires_on });
}

TEST(nothing_stands_against_an_ordinary_item, shop)
{
	struct shop *s = *state;
	struct said said = ask(s, &by_resident, shop_item(s, s->tool));

	assert_true(is_silent(&said));
}

TEST(contents_are_good_through_their_last_day, shop)
{
	struct shop *s = *state;
	int64_t id = expiring(s, "2026-12-31");

	shop_set_clock(s, "2026-12-31T23:59");
	struct said last_day = ask(s, &by_resident, id);
	assert_int_equal(last_day.refusal.code, 0);
	assert_true(is_told(&last_day, REASON_ITEM_EXPIRES_SOON));

	shop_set_clock(s, "2027-01-01T00:00");
	struct said after = ask(s, &by_volunteer, id);
	assert_true(err_has(&after.refusal, REASON_ITEM_EXPIRED));
	assert_instant(after.refusal.reasons[0].n1, "2026-12-31T00:00");
	assert_int_equal(after.notices.count, 0);
}

TEST(everybody_is_told_as_many_days_ahead_as_the_setting_says, shop)
{
	struct shop *s = *state;
	int64_t id = expiring(s, "2026-12-31");

	shop_set_clock(s, "2026-12-01T23:59"); /* 30 days: the default */
	struct said early = ask(s, &by_resident, id);
	assert_true(is_silent(&early));
	shop_set_clock(s, "2026-12-02T00:00");
	struct said said = ask(s, &by_resident, id);
	assert_true(is_told(&said, REASON_ITEM_EXPIRES_SOON));
	assert_instant(said.notices.reasons[0].n1, "2026-12-31T00:00");

	assert_ok(setting_set(s->db, &by_coordinator, SETTING_EXPIRY_WARNING_DAYS, "0", &s->err),
		&s->err);
	shop_set_clock(s, "2026-12-31T12:00");
	struct said off = ask(s, &by_resident, id);
	assert_true(is_silent(&off));
}

TEST(a_ladder_whose_inspection_is_over_stays_here, shop)
{
	struct shop *s = *state;
	int64_t id = add(s, (struct item_draft){ .title = title_with(s, (struct title_terms){ 0 }),
				    .inspected_until_on = "2026-11-30" });

	struct said soon = ask(s, &by_resident, id);
	assert_int_equal(soon.refusal.code, 0);
	assert_true(is_told(&soon, REASON_ITEM_INSPECT_SOON));
	shop_set_clock(s, "2026-12-01T09:00");
	struct said over = ask(s, &by_volunteer, id);
	assert_true(err_has(&over.refusal, REASON_ITEM_UNINSPECTED));

	/* Inspected again. */
	CLEANUP(item_finish) struct item item = { 0 };
	assert_ok(item_get(s->db, id, &item, &s->err), &s->err);
	struct item_draft draft = item_draft_of(&item);
	draft.inspected_until_on = "2027-11-30";
	assert_ok(item_edit(s->db, &by_volunteer, id, &draft, &s->err), &s->err);
	struct said fit = ask(s, &by_resident, id);
	assert_true(is_silent(&fit));
}

TEST(what_needs_approval_passes_through_a_volunteer_alone, shop)
{
	struct shop *s = *state;
	int64_t id = item_with(s, (struct title_terms){ .needs_approval = true });
	struct said alone = ask(s, &by_resident, id);
	struct said helped = ask(s, &by_volunteer, id);

	assert_true(err_has(&alone.refusal, REASON_ITEM_APPROVAL));
	assert_true(is_silent(&helped));
}

TEST(a_consumable_is_never_lent, shop)
{
	struct shop *s = *state;
	int64_t title = title_with(s, (struct title_terms){ .is_consumable = true });
	int64_t id = add(s, (struct item_draft){ .title = title });
	struct said empty = ask(s, &by_volunteer, id);

	assert_int_equal(empty.refusal.reason_count, 1);
	assert_true(err_has(&empty.refusal, REASON_STOCK_OUT));
	assert_ok(stock_add(s->db, &by_volunteer, title, 3, NULL, &s->err), &s->err);
	struct said filled = ask(s, &by_volunteer, id);
	assert_int_equal(filled.refusal.reason_count, 1);
	assert_true(err_has(&filled.refusal, REASON_ITEM_CONSUMABLE));
}

TEST(what_is_in_a_kit_is_not_lent_alone, shop)
{
	struct shop *s = *state;
	int64_t kit = shop_item(s, s->tool), drill = shop_item(s, s->tool);

	assert_ok(kit_add(s->db, &by_volunteer, kit, drill, &s->err), &s->err);
	struct said said = ask(s, &by_volunteer, drill);
	assert_true(err_has(&said.refusal, REASON_ITEM_IN_KIT));
	assert_int_equal(said.refusal.reasons[0].n1, 1);
	struct said whole = ask(s, &by_resident, kit);
	assert_true(is_silent(&whole));
}

TEST(a_kit_is_as_fit_as_the_least_fit_thing_in_it, shop)
{
	struct shop *s = *state;
	int64_t kit = expiring(s, "2028-01-01"), plaster = expiring(s, "2026-11-20");
	int64_t scissors = expiring(s, NULL);
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "换新" };

	assert_ok(kit_add(s->db, &by_volunteer, kit, plaster, &s->err), &s->err);
	assert_ok(kit_add(s->db, &by_volunteer, kit, scissors, &s->err), &s->err);
	struct said spoilt = ask(s, &by_volunteer, kit);
	assert_true(err_has(&spoilt.refusal, REASON_ITEM_EXPIRED));
	assert_instant(spoilt.refusal.reasons[0].n1, "2026-11-20T00:00");

	/* Once the bad item is removed the rest can be lent, and everybody is told that one is
	 * missing. */
	assert_ok(item_set_status(s->db, &because, plaster, ITEM_MAINTENANCE, &s->err), &s->err);
	struct said rest = ask(s, &by_resident, kit);
	assert_int_equal(rest.refusal.code, 0);
	assert_int_equal(rest.notices.count, 1);
	assert_true(is_told(&rest, REASON_KIT_INCOMPLETE));
	assert_int_equal(rest.notices.reasons[0].n1, 1);
}

TEST(all_reasons_and_notices_come_at_once, shop)
{
	struct shop *s = *state;
	int64_t title =
		title_with(s, (struct title_terms){ .needs_approval = true, .is_onsite = true });
	int64_t id = add(s, (struct item_draft){ .title = title,
				    .expires_on = "2026-11-01",
				    .inspected_until_on = "2026-11-22" });
	struct said said = ask(s, &by_resident, id);

	assert_int_equal(said.refusal.reason_count, 2);
	assert_true(err_has(&said.refusal, REASON_ITEM_EXPIRED));
	assert_true(err_has(&said.refusal, REASON_ITEM_APPROVAL));
	assert_int_equal(said.notices.count, 2);
	assert_int_equal(said.notices.reasons[0].code, REASON_ITEM_ONSITE);
	assert_int_equal(said.notices.reasons[1].code, REASON_ITEM_INSPECT_SOON);
}

/* ---- terms ---- */

/* When a loan of that item that is made now is due. */
static int64_t due(struct shop *s, int64_t id, struct rule *rule)
{
	CLEANUP(item_finish) struct item item = { 0 };
	int64_t due_at = 0, now = s->clock.set_wall;

	assert_ok(item_get(s->db, id, &item, &s->err), &s->err);
	assert_ok(rule_lookup(s->db, s->resident_category, item.category, rule, &s->err), &s->err);
	item_terms(&item.terms, rule);
	assert_ok(due_compute(s->db, rule, now, now, &due_at, &s->err), &s->err);
	return due_at;
}

TEST(what_is_used_here_is_due_when_the_house_closes, shop)
{
	struct shop *s = *state;
	int64_t id = item_with(s, (struct title_terms){ .is_onsite = true });
	struct said said = ask(s, &by_resident, id);
	struct rule rule;

	assert_true(is_told(&said, REASON_ITEM_ONSITE));
	assert_instant(due(s, id, &rule), "2026-11-21T21:00");
	assert_int_equal(rule.max_renewals, 0);
	SHOP_RULE(s, row.category = s->tool, row.loan_hours = 2);
	assert_instant(due(s, id, &rule), "2026-11-21T21:00");
}

TEST(what_is_in_demand_is_lent_for_less, shop)
{
	struct shop *s = *state;
	int64_t id = item_with(s, (struct title_terms){ .short_days = 3 });
	struct rule rule;

	assert_instant(due(s, id, &rule), "2026-11-24T21:00");
	SHOP_RULE(s, row.category = s->tool, row.loan_days = 1);
	assert_instant(due(s, id, &rule), "2026-11-22T21:00"); /* never for more */
	SHOP_RULE(s, row.category = s->tool, row.loan_hours = 5);
	assert_instant(due(s, id, &rule), "2026-11-21T19:00");
	SHOP_RULE(s, row.category = s->tool, row.loan_hours = 100);
	assert_instant(due(s, id, &rule), "2026-11-24T21:00");
	assert_instant(due(s, shop_item(s, s->book), &rule), "2026-11-28T21:00");
}

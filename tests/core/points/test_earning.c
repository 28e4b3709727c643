/* Earning by rules: rates, weights, caps, approval, savings, skill services confirmed by both. */
#include <string.h>

#include "core/items/giving/donation.h"
#include "core/points/body.h"
#include "core/points/earning.h"
#include "core/points/ledger.h"
#include "core/points/person.h"
#include "core/points/reasons.h"
#include "core/points/reversal.h"
#include "core/points/skill_service.h"
#include "core/points/summary.h"
#include "core/site/setting.h"
#include "core/store/role_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

#define OK(s, call) assert_ok((call), &(s)->err)

static const struct act because = { .role = ROLE_VOLUNTEER, .actor = 1, .why = "输错了" };
static const struct day saturday = { 2026, 11, 21 };

/* RULE(s, .code = "duty", …): per hour of a shift, 10 points, unless stated otherwise. */
#define RULE(s, ...) put_rule((s), (struct earn_rule){ .id = 0, __VA_ARGS__ })
static int64_t put_rule(struct shop *s, struct earn_rule rule)
{
	int64_t id = 0;

	rule.code = rule.code ? rule.code : (char *)"duty";
	rule.name = (char *)"值班";
	rule.points = rule.points ? rule.points : 10;
	rule.night_percent = rule.night_percent ? rule.night_percent : 100;
	rule.holiday_percent = rule.holiday_percent ? rule.holiday_percent : 100;
	OK(s, earn_rule_set(s->db, &by_coordinator, &rule, &id, &s->err));
	return id;
}

static void set(struct shop *s, enum setting setting, const char *value)
{
	OK(s, setting_set(s->db, &by_coordinator, setting, value, &s->err));
}

static int64_t balance(struct shop *s, int64_t resident)
{
	struct points points;

	OK(s, points_balance(s->db, resident, &points, &s->err));
	return points.n;
}

/* A rule that pays once. */
static int64_t donation(struct shop *s)
{
	const struct donation_draft draft = { .thanks = THANKS_ANONYMOUS, .fen = 100 };
	int64_t id = 0;

	OK(s, donation_take(s->db, &by_volunteer, &draft, &id, &s->err));
	return id;
}

static struct earn_draft minutes(int64_t rule, int64_t resident, int64_t day, int64_t of)
{
	return (struct earn_draft){ .rule = rule,
		.whose = HOLDER_RESIDENT(resident),
		.minutes = { .day = day },
		.what_for = EARN_FOR_DONATION,
		.of = of,
		.on = saturday };
}

TEST(an_hour_of_a_shift_is_worth_what_the_rule_says, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), rule = RULE(s);
	struct earn_draft draft = minutes(rule, a, 209, donation(s));
	struct earned earned;

	OK(s, earn_preview(s->db, &by_resident, &draft, &earned, &s->err));
	assert_int_equal(earned.points.n, 34);
	assert_int_equal(balance(s, a), 0);
	OK(s, earn(s->db, &by_resident, &draft, &earned, &s->err));
	assert_int_equal(earned.points.n, 34); /* 34.83 */
	assert_int_equal(balance(s, a), 34);
	assert_refused(
		earn(s->db, &by_resident, &draft, &earned, &s->err), &s->err, EARNED_ALREADY);
	set(s, SETTING_POINTS_ROUNDING, "nearest");
	draft.of = donation(s);
	OK(s, earn(s->db, &by_resident, &draft, &earned, &s->err));
	assert_int_equal(earned.points.n, 35);
	set(s, SETTING_POINTS_ROUNDING, "up");
	draft = minutes(rule, a, 1, donation(s));
	OK(s, earn(s->db, &by_resident, &draft, &earned, &s->err));
	assert_int_equal(earned.points.n, 1);
	OK(s, ledger_prove(s->db, &s->err));
}

TEST(night_and_holiday_weigh_by_the_minute, shop)
{
	struct shop *s = *state;
	struct earn_draft draft =
		minutes(RULE(s, .points = 60, .night_percent = 150, .holiday_percent = 200),
			shop_resident(s), 0, donation(s));
	struct earned earned;

	OK(s, earn_minutes_add(s->db, &draft.minutes, at("2026-11-21T21:30"),
		      at("2026-11-22T00:00"), false, &s->err));
	assert_int_equal(draft.minutes.day, 30);
	assert_int_equal(draft.minutes.night, 120);
	OK(s, earn_minutes_add(s->db, &draft.minutes, at("2026-11-22T00:00"),
		      at("2026-11-22T06:10"), true, &s->err));
	assert_int_equal(draft.minutes.holiday_night, 360);
	assert_int_equal(draft.minutes.holiday, 10);
	OK(s, earn(s->db, &by_resident, &draft, &earned, &s->err));
	assert_int_equal(earned.points.n, 30 + 180 + 720 + 20);
}

TEST(caps_hold_for_the_day_and_for_one_activity, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), b = shop_resident(s);
	int64_t rule = RULE(s, .cap_once = 30, .cap_day = 50);
	struct earn_draft draft = minutes(rule, a, 300, donation(s));
	struct earned earned;

	OK(s, earn(s->db, &by_resident, &draft, &earned, &s->err));
	assert_int_equal(earned.points.n, 30);
	assert_true(earned.is_capped);
	draft.of = donation(s);
	OK(s, earn(s->db, &by_resident, &draft, &earned, &s->err));
	assert_int_equal(earned.points.n, 20);
	/* A new version of the rule is the same rule. */
	draft.rule = RULE(s, .cap_day = 55);
	draft.of = donation(s);
	OK(s, earn(s->db, &by_resident, &draft, &earned, &s->err));
	assert_int_equal(earned.points.n, 5);
	draft.of = donation(s);
	OK(s, earn(s->db, &by_resident, &draft, &earned, &s->err));
	assert_int_equal(earned.points.n, 0);
	assert_int_equal(earned.transfer, 0);
	assert_int_equal(balance(s, a), 55);
	draft = minutes(draft.rule, b, 60, donation(s));
	OK(s, earn(s->db, &by_resident, &draft, &earned, &s->err));
	draft = minutes(draft.rule, a, 60, donation(s));
	draft.on.day = 22;
	OK(s, earn(s->db, &by_resident, &draft, &earned, &s->err));
	assert_int_equal(earned.points.n, 10);
	draft.rule = rule;
	draft.of = donation(s);
	assert_refused(
		earn(s->db, &by_resident, &draft, &earned, &s->err), &s->err, EARN_RULE_ENDED);
}

TEST(savings_beyond_the_cap_go_into_the_pool, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s);
	struct earn_draft draft = minutes(RULE(s), a, 300, donation(s));
	struct earned earned;
	struct points pool;

	set(s, SETTING_POINTS_CAP, "40");
	OK(s, earn(s->db, &by_resident, &draft, &earned, &s->err));
	assert_int_equal(earned.points.n, 50);
	assert_int_equal(earned.pooled.n, 10);
	assert_int_equal(balance(s, a), 40);
	OK(s, points_balance_of_system(s->db, ACCOUNT_POOL, &pool, &s->err));
	assert_int_equal(pool.n, 10);
	OK(s, ledger_prove(s->db, &s->err));
}

TEST(what_needs_approval_waits_for_who_may, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s);
	int64_t rule = RULE(s, .code = (char *)"teach", .approver = EARN_BY_COORDINATOR);
	struct earn_draft draft = minutes(rule, a, 60, donation(s));
	CLEANUP(earning_list_finish) struct earning_list list = { 0 };
	struct earned earned;

	OK(s, earn(s->db, &by_volunteer, &draft, &earned, &s->err));
	assert_true(earned.is_waiting);
	assert_int_equal(balance(s, a), 0);
	OK(s, earnings_waiting(s->db, &list, &s->err));
	assert_int_equal(list.count, 1);
	assert_refused(earning_settle(s->db, &by_volunteer, earned.id, true, &s->err), &s->err,
		ROLE_NEEDED);
	OK(s, earning_settle(s->db, &by_coordinator, earned.id, true, &s->err));
	assert_int_equal(balance(s, a), 10);
	assert_refused(earning_settle(s->db, &by_coordinator, earned.id, false, &s->err), &s->err,
		EARNING_SETTLED);
	draft.of = donation(s);
	OK(s, earn(s->db, &by_volunteer, &draft, &earned, &s->err));
	OK(s, earning_settle(s->db, &by_coordinator, earned.id, false, &s->err));
	assert_int_equal(balance(s, a), 10);
	draft.of = donation(s);
	OK(s, earn(s->db, &by_coordinator, &draft, &earned, &s->err));
	assert_false(earned.is_waiting);
	assert_int_equal(balance(s, a), 20);
}

TEST(an_act_by_hand_takes_a_volunteer_and_bodies_earn_too, shop)
{
	struct shop *s = *state;
	int64_t body, rule = RULE(s, .code = (char *)"clean", .source = EARN_ACT,
			      .per = EARN_PER_TIME, .points = 5);
	struct earn_draft draft = { .rule = rule, .times = 3, .on = saturday };
	struct earned earned;
	struct points points;

	OK(s, body_add(s->db, &by_coordinator, BODY_TEAM, "护河队", &body, &s->err));
	draft.whose = HOLDER_BODY(body);
	assert_refused(earn(s->db, &by_resident, &draft, &earned, &s->err), &s->err, ROLE_NEEDED);
	OK(s, earn(s->db, &by_volunteer, &draft, &earned, &s->err));
	OK(s, points_balance_of(s->db, HOLDER_BODY(body), &points, &s->err));
	assert_int_equal(points.n, 15);
	/* An entry by hand has no source: it may be repeated. */
	OK(s, earn(s->db, &by_volunteer, &draft, &earned, &s->err));
	draft.times = 0;
	assert_int_equal(earn(s->db, &by_volunteer, &draft, &earned, &s->err), ERR_INVALID);
}

TEST(neighbours_help_is_paid_when_both_have_confirmed, shop)
{
	struct shop *s = *state;
	int64_t helper = shop_resident(s), asker = shop_resident(s), id;
	int64_t rule =
		RULE(s, .code = (char *)"skill", .source = EARN_SKILL, .payer = EARN_FROM_ASKER);
	const struct skill_draft draft = { rule, helper, asker, 90 };
	const struct act as_helper = { .role = ROLE_RESIDENT, .resident = helper };
	const struct act as_asker = { .role = ROLE_RESIDENT, .resident = asker };
	const struct act as_other = { .role = ROLE_RESIDENT, .resident = shop_resident(s) };
	CLEANUP(skill_service_list_finish) struct skill_service_list list = { 0 };
	struct earned earned;

	OK(s, skill_agree(s->db, &as_asker, &draft, &id, &s->err));
	assert_refused(skill_confirm(s->db, &as_other, id, &earned, &s->err), &s->err, NOT_A_SIDE);
	OK(s, skill_confirm(s->db, &as_helper, id, &earned, &s->err));
	assert_int_equal(earned.id, 0);
	OK(s, skill_confirm(s->db, &as_helper, id, &earned, &s->err));
	assert_int_equal(earned.id, 0);
	/* With no points, and no debt allowed, none of it happens. */
	assert_refused(
		skill_confirm(s->db, &as_asker, id, &earned, &s->err), &s->err, POINTS_SHORT);
	set(s, SETTING_NEIGHBOUR_OWES, "20");
	OK(s, skill_services_of(s->db, asker, &list, &s->err));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.rows[0].asker_at, 0);
	OK(s, skill_preview(s->db, &as_asker, id, &earned, &s->err));
	assert_int_equal(earned.points.n, 15);
	assert_int_equal(balance(s, helper), 0);
	OK(s, skill_confirm(s->db, &as_asker, id, &earned, &s->err));
	assert_int_equal(earned.points.n, 15);
	assert_int_equal(balance(s, helper), 15);
	assert_int_equal(balance(s, asker), -15);
	assert_refused(skill_cancel(s->db, &as_asker, id, &s->err), &s->err, SKILL_SERVICE_ENDED);
	OK(s, ledger_prove(s->db, &s->err));
}

TEST(the_ranking_counts_what_stands_and_who_wishes, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), b = shop_resident(s), c = shop_resident(s);
	int64_t rule = RULE(s);
	CLEANUP(ranking_finish) struct ranking list = { 0 };
	CLEANUP(period_sums_finish) struct period_sums sums = { 0 };
	struct earn_draft drafts[] = { minutes(rule, a, 60, donation(s)),
		minutes(rule, b, 120, donation(s)), minutes(rule, c, 180, donation(s)),
		minutes(rule, a, 240, donation(s)) };
	struct earned earned = { 0 };
	struct reversed out;

	for (size_t i = 0; i < ARRAY_LEN(drafts); i++)
		OK(s, earn(s->db, &by_resident, &drafts[i], &earned, &s->err));
	OK(s, transfer_reverse(s->db, &because, earned.transfer, &out, &s->err));
	OK(s, ranking_choose(s->db, &by_resident, c, true, &s->err));
	OK(s, points_ranking(s->db, (struct day){ 2026, 11, 1 }, (struct day){ 2026, 12, 1 }, 10,
		      &list, &s->err));
	assert_int_equal(list.count, 2);
	assert_true(list.rows[0].resident == b);
	assert_int_equal(list.rows[0].earned.n, 20);
	assert_int_equal(list.rows[1].place, 2);
	OK(s, points_sums(s->db, at("2026-11-01T00:00"), at("2026-12-01T00:00"), &sums, &s->err));
	assert_int_equal(sums.count, 2);
	assert_string_equal(sums.rows[0].kind, "earn");
	assert_int_equal(sums.rows[0].transfers, 4);
	assert_int_equal(sums.rows[0].points.n, 100);
	assert_int_equal(sums.held.n, 60);
	assert_int_equal(sums.balances[ACCOUNT_ISSUE].n, -60);
}

TEST(a_rule_that_makes_no_sense_is_refused, shop)
{
	struct shop *s = *state;
	struct earn_rule rule = { .code = (char *)"x",
		.name = (char *)"值班",
		.points = 1,
		.night_percent = 100,
		.holiday_percent = 100 };
	CLEANUP(earn_rule_list_finish) struct earn_rule_list list = { 0 };
	int64_t id;

	rule.code = (char *)"X!";
	assert_int_equal(earn_rule_set(s->db, &by_coordinator, &rule, &id, &s->err), ERR_INVALID);
	rule.code = (char *)"x";
	rule.points = 0;
	assert_int_equal(earn_rule_set(s->db, &by_coordinator, &rule, &id, &s->err), ERR_INVALID);
	rule.points = 1;
	rule.payer = EARN_FROM_ASKER;
	assert_int_equal(earn_rule_set(s->db, &by_coordinator, &rule, &id, &s->err), ERR_INVALID);
	rule.payer = EARN_FROM_ISSUE;
	OK(s, earn_rule_set(s->db, &by_coordinator, &rule, &id, &s->err));
	OK(s, earn_rule_end(s->db, &by_coordinator, id, &s->err));
	OK(s, earn_rules(s->db, &list, &s->err));
	assert_int_equal(list.count, 0);
}

/* From the evening of 22 November: bodies, rules for earning, gifts, help between neighbours,
 * rewards. */
#include "core/points/account.h"
#include "core/points/body.h"
#include "core/points/earn_rule.h"
#include "core/points/earning.h"
#include "core/points/freeze.h"
#include "core/points/gift.h"
#include "core/points/ledger.h"
#include "core/points/reversal.h"
#include "core/points/skill_service.h"
#include "core/rewards/redemption.h"
#include "core/rewards/reward.h"
#include "core/rewards/use_right.h"
#include "core/rewards/voucher.h"
#include "tests/data/make.h"

static int64_t post(struct maker *m, int person, int64_t n)
{
	const struct act coordinator = by_coordinator(m);
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-n) },
		{ .resident = m->people[person], .amount = POINTS(n) } };
	int64_t id = 0;

	MUST(m, transfer_post(m->db, &coordinator,
			&(struct transfer_draft){ "adjust", postings, 2 }, &id, &m->err));
	return id;
}

static void make_accounts(struct maker *m)
{
	const struct act volunteer = by_volunteer(m), coordinator = by_coordinator(m);
	struct act second = by_coordinator(m);
	struct reversed reversed;
	int64_t id;

	second.actor = 0; /* whoever asked may not grant it */
	MUST(m, account_open(m->db, &volunteer, m->people[13], POINTS(-10), &id, &m->err));
	MUST(m, transfer_reverse(m->db, &volunteer, post(m, 13, 20), &reversed, &m->err));
	MUST(m, transfer_reverse(m->db, &volunteer, post(m, 13, 80), &reversed, &m->err));
	MUST(m, reversal_settle(m->db, &coordinator, reversed.waiting, true, &id, &m->err));
	MUST(m, transfer_reverse(m->db, &volunteer, post(m, 13, 90), &reversed, &m->err));
	MUST(m, reversal_settle(m->db, &second, reversed.waiting, false, &id, &m->err));
	MUST(m, points_freeze(m->db, &volunteer,
			&(struct freeze_draft){
				HOLDER_RESIDENT(m->people[13]), POINTS(15), FREEZE_LOAN, 4242 },
			&id, &m->err));
	MUST(m, freeze_settle(m->db, &volunteer, id, POINTS(5), &m->err));
	MUST(m, kin_add(m->db, &volunteer, m->people[13], m->people[14], &id, &m->err));
	const struct act self = by_self(m->people[13]);
	MUST(m, points_give(m->db, &self, m->people[13], m->people[14], POINTS(12), &id, &m->err));
	MUST(m, points_donate(
			m->db, &self, HOLDER_RESIDENT(m->people[13]), POINTS(3), &id, &m->err));
	MUST(m, kin_end(m->db, &volunteer, m->people[13], m->people[14], &m->err));
	MUST(m, kin_add(m->db, &volunteer, m->people[0], m->people[1], &id, &m->err));
}

static void make_rules(struct maker *m)
{
	const struct act coordinator = by_coordinator(m);
	const struct earn_rule rules[] = {
		{ .code = (char *)"duty",
			.name = (char *)"值班",
			.source = EARN_SHIFT,
			.points = 10,
			.cap_day = 60,
			.night_percent = 150,
			.holiday_percent = 200 },
		{ .code = (char *)"cleaning",
			.name = (char *)"扫楼道",
			.source = EARN_ACTIVITY,
			.per = EARN_PER_TIME,
			.points = 5,
			.night_percent = 100,
			.holiday_percent = 100,
			.approver = EARN_BY_COORDINATOR },
		{ .code = (char *)"help",
			.name = (char *)"邻里互助",
			.source = EARN_SKILL,
			.points = 8,
			.night_percent = 100,
			.holiday_percent = 100,
			.payer = EARN_FROM_ASKER },
		{ .code = (char *)"old",
			.name = (char *)"旧规则",
			.source = EARN_ACT,
			.per = EARN_PER_TIME,
			.points = 1,
			.night_percent = 100,
			.holiday_percent = 100 },
	};
	int64_t ids[ARRAY_LEN(rules)], id;
	struct earned earned;

	for (size_t i = 0; i < ARRAY_LEN(rules); i++)
		MUST(m, earn_rule_set(m->db, &coordinator, &rules[i], &ids[i], &m->err));
	MUST(m, earn_rule_end(m->db, &coordinator, ids[3], &m->err));
	const struct act volunteer = by_volunteer(m);
	for (int i = 0; i < 2; i++) {
		MUST(m, earn(m->db, &volunteer,
				&(struct earn_draft){ .rule = ids[1],
					.whose = HOLDER_RESIDENT(m->people[14 + i]),
					.times = 1,
					.on = make_day(m, "2020-11-22") },
				&earned, &m->err));
		MUST(m, earning_settle(m->db, &coordinator, earned.id, i == 0, &m->err));
	}
	const struct skill_draft draft = { ids[2], m->people[15], m->people[13], 90 };
	const struct act helper = by_self(m->people[15]), asker = by_self(m->people[13]);
	MUST(m, skill_agree(m->db, &volunteer, &draft, &id, &m->err));
	MUST(m, skill_confirm(m->db, &helper, id, NULL, &m->err));
	MUST(m, skill_confirm(m->db, &asker, id, &earned, &m->err));
	MUST(m, skill_agree(m->db, &volunteer, &draft, &id, &m->err));
	MUST(m, skill_cancel(m->db, &asker, id, &m->err));
}

static int64_t add_reward(struct maker *m, const struct reward *reward)
{
	const struct act coordinator = by_coordinator(m);
	int64_t id = 0;

	MUST(m, reward_set(m->db, &coordinator, reward, &id, &m->err));
	return id;
}

static int64_t redeem_one(
	struct maker *m, int64_t reward, struct holder whose, enum currency currency)
{
	const struct act volunteer = by_volunteer(m);
	int64_t id = 0;

	MUST(m, redeem(m->db, &volunteer, &(struct redeem_draft){ reward, whose, 1, currency }, &id,
			&m->err));
	return id;
}

/* Among them a toolkit for yuan, whose line in the fund refers to a redemption. */
static void make_rewards(struct maker *m)
{
	const struct act coordinator = by_coordinator(m), volunteer = by_volunteer(m);
	struct voucher voucher;
	int64_t merchant, team, branch;

	MUST(m, body_add(m->db, &coordinator, BODY_MERCHANT, "试验粥店", &merchant, &m->err));
	MUST(m, body_add(m->db, &coordinator, BODY_TEAM, "巡逻队", &team, &m->err));
	MUST(m, body_add(m->db, &coordinator, BODY_PARTY_BRANCH, "试验支部", &branch, &m->err));
	MUST(m, body_end(m->db, &coordinator, branch, &m->err));
	const struct posting to_team[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-70) },
		{ .body = team, .amount = POINTS(70) } };
	int64_t id;
	MUST(m, transfer_post(m->db, &coordinator, &(struct transfer_draft){ "earn", to_team, 2 },
			&id, &m->err));
	int64_t toolkit = add_reward(m, &(struct reward){ .code = (char *)"toolkit",
						.name = (char *)"工具包",
						.points = 40,
						.fen = 2500,
						.is_counted = true,
						.stock = 10 });
	int64_t screws = add_reward(m, &(struct reward){ .code = (char *)"screws",
					       .name = (char *)"螺丝",
					       .points = 2,
					       .title = m->titles[4],
					       .is_counted = true });
	int64_t porridge = add_reward(m, &(struct reward){ .code = (char *)"porridge",
						 .name = (char *)"一碗粥",
						 .kind = REWARD_VOUCHER,
						 .points = 6,
						 .body = merchant,
						 .month_limit = 4,
						 .valid_days = 30 });
	post(m, 16, 200);
	redeem_one(m, toolkit, HOLDER_RESIDENT(m->people[16]), FOR_YUAN);
	redeem_one(m, toolkit, HOLDER_RESIDENT(m->people[16]), FOR_POINTS);
	redeem_one(m, toolkit, HOLDER_BODY(team), FOR_POINTS);
	MUST(m, redemption_undo(m->db, &volunteer,
			redeem_one(m, screws, HOLDER_RESIDENT(m->people[16]), FOR_POINTS),
			&m->err));
	MUST(m, redemption_undo(m->db, &volunteer,
			redeem_one(m, toolkit, HOLDER_RESIDENT(m->people[16]), FOR_YUAN), &m->err));
	int64_t bought = redeem_one(m, porridge, HOLDER_RESIDENT(m->people[16]), FOR_POINTS);
	MUST(m, voucher_of(m->db, bought, &voucher, &m->err));
	MUST(m, voucher_use(m->db, &volunteer, voucher.code, &voucher, &m->err));
	MUST(m, reward_stock(m->db, &volunteer, toolkit, 20, &m->err));
	MUST(m, reward_end(m->db, &coordinator, screws, &m->err));
	MUST(m, reward_resume(m->db, &coordinator, screws, &m->err));
}

static void make_use_rights(struct maker *m)
{
	const struct act coordinator = by_coordinator(m), volunteer = by_volunteer(m);
	struct use_right_draft draft = { .whose = HOLDER_RESIDENT(m->people[17]),
		.what = "3 号菜地",
		.duty = "每周打理花园一次",
		.consequence = "两次未做到就转给下一户",
		.from = make_day(m, "2020-11-22"),
		.until = make_day(m, "2021-11-21"),
		.check_days = 7 };
	int64_t id;

	MUST(m, use_right_agree(m->db, &coordinator, &draft, &id, &m->err));
	MUST(m, use_right_check(m->db, &volunteer, id, true, "很好", &m->err));
	MUST(m, use_right_check(m->db, &volunteer, id, false, NULL, &m->err));
	MUST(m, use_right_end(m->db, &coordinator, id, &m->err));
	draft.what = "4 号菜地";
	MUST(m, use_right_agree(m->db, &coordinator, &draft, &id, &m->err));
}

void make_points(struct maker *m)
{
	make_clock(m, "2020-11-22T17:00");
	make_accounts(m);
	make_rules(m);
	make_rewards(m);
	make_use_rights(m);
}

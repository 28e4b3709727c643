/* From the evening of 22 November: bodies, rules for earning, gifts, help between neighbours,
 * rewards. */
#include <string.h>

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
#include "core/rewards/settlement.h"
#include "core/rewards/use_right.h"
#include "core/rewards/voucher.h"
#include "tests/walk/walk.h"

static int64_t post(struct walk *w, int person, int64_t n)
{
	const struct act coordinator = by_coordinator(w);
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-n) },
		{ .resident = w->people[person], .amount = POINTS(n) } };
	int64_t id = 0;

	MUST(w, transfer_post(w->db, &coordinator,
			&(struct transfer_draft){ "opening", postings, 2 }, &id, &w->err));
	return id;
}

static void make_accounts(struct walk *w)
{
	const struct act volunteer = by_volunteer(w), coordinator = by_coordinator(w);
	struct act second = by_coordinator(w);
	struct reversed reversed;
	int64_t id, loan = 0;

	second.actor = 0; /* whoever asked may not grant it */
	MUST(w, account_open(w->db, &volunteer, w->people[13], POINTS(-10), &id, &w->err));
	MUST(w, transfer_reverse(w->db, &volunteer, post(w, 13, 20), &reversed, &w->err));
	MUST(w, transfer_reverse(w->db, &volunteer, post(w, 13, 80), &reversed, &w->err));
	MUST(w, reversal_settle(w->db, &coordinator, reversed.waiting, true, &id, &w->err));
	MUST(w, transfer_reverse(w->db, &volunteer, post(w, 13, 90), &reversed, &w->err));
	MUST(w, reversal_settle(w->db, &second, reversed.waiting, false, &id, &w->err));
	MUST(w, db_integer(w->db, "SELECT min(id) FROM loan", NO_FIELDS, 0, &loan, &w->err));
	MUST(w, points_freeze(w->db, &volunteer,
			&(struct freeze_draft){
				HOLDER_RESIDENT(w->people[13]), POINTS(15), FREEZE_LOAN, loan },
			&id, &w->err));
	MUST(w, freeze_settle(w->db, &volunteer, id, POINTS(5), &w->err));
	MUST(w, kin_add(w->db, &volunteer, w->people[13], w->people[14], &id, &w->err));
	const struct act self = by_self(w->people[13]);
	MUST(w, points_give(w->db, &self,
			&(struct points_gift){
				.from = w->people[13], .to = w->people[14], .points = POINTS(12) },
			&id, &w->err));
	MUST(w, points_donate(
			w->db, &self, HOLDER_RESIDENT(w->people[13]), POINTS(3), &id, &w->err));
	MUST(w, kin_end(w->db, &volunteer, w->people[13], w->people[14], &w->err));
	MUST(w, kin_add(w->db, &volunteer, w->people[0], w->people[1], &id, &w->err));
}

static void make_rules(struct walk *w)
{
	const struct act coordinator = by_coordinator(w);
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
		MUST(w, earn_rule_set(w->db, &coordinator, &rules[i], &ids[i], &w->err));
	MUST(w, earn_rule_end(w->db, &coordinator, ids[3], &w->err));
	const struct act volunteer = by_volunteer(w);
	for (int i = 0; i < 2; i++) {
		MUST(w, earn(w->db, &volunteer,
				&(struct earn_draft){ .rule = ids[1],
					.whose = HOLDER_RESIDENT(w->people[14 + i]),
					.times = 1,
					.on = walk_day(w, "2020-11-22") },
				&earned, &w->err));
		MUST(w, earning_settle(w->db, &coordinator, earned.id, i == 0, &w->err));
	}
	const struct skill_draft draft = { ids[2], w->people[15], w->people[13], 90 };
	const struct act helper = by_self(w->people[15]), asker = by_self(w->people[13]);
	MUST(w, skill_agree(w->db, &volunteer, &draft, &id, &w->err));
	MUST(w, skill_confirm(w->db, &helper, id, NULL, &w->err));
	MUST(w, skill_confirm(w->db, &asker, id, &earned, &w->err));
	MUST(w, skill_agree(w->db, &volunteer, &draft, &id, &w->err));
	MUST(w, skill_cancel(w->db, &asker, id, &w->err));
}

static int64_t add_reward(struct walk *w, const struct reward *reward)
{
	const struct act coordinator = by_coordinator(w);
	int64_t id = 0;

	MUST(w, reward_set(w->db, &coordinator, reward, &id, &w->err));
	return id;
}

static int64_t redeem_one(
	struct walk *w, int64_t reward, struct holder whose, enum currency currency)
{
	const struct act volunteer = by_volunteer(w);
	int64_t id = 0;

	MUST(w, redeem(w->db, &volunteer, &(struct redeem_draft){ reward, whose, 1, currency }, &id,
			&w->err));
	return id;
}

/* Among them a toolkit for yuan, whose line in the fund refers to a redemption. */
static void make_rewards(struct walk *w)
{
	const struct act coordinator = by_coordinator(w), volunteer = by_volunteer(w);
	struct voucher voucher;
	char text[CODE_TEXT_MAX];
	int64_t merchant, team, branch;

	MUST(w, body_add(w->db, &coordinator, BODY_MERCHANT, "试验粥店", &merchant, &w->err));
	MUST(w, body_add(w->db, &coordinator, BODY_TEAM, "巡逻队", &team, &w->err));
	MUST(w, body_add(w->db, &coordinator, BODY_PARTY_BRANCH, "试验支部", &branch, &w->err));
	MUST(w, body_end(w->db, &coordinator, branch, &w->err));
	const struct posting to_team[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-70) },
		{ .body = team, .amount = POINTS(70) } };
	int64_t id;
	MUST(w, transfer_post(w->db, &coordinator, &(struct transfer_draft){ "earn", to_team, 2 },
			&id, &w->err));
	int64_t toolkit = add_reward(w, &(struct reward){ .code = (char *)"toolkit",
						.name = (char *)"工具包",
						.points = 40,
						.fen = 2500,
						.is_counted = true,
						.stock = 10 });
	int64_t screws = add_reward(w, &(struct reward){ .code = (char *)"screws",
					       .name = (char *)"螺丝",
					       .points = 2,
					       .title = w->titles[4],
					       .is_counted = true });
	int64_t porridge = add_reward(w, &(struct reward){ .code = (char *)"porridge",
						 .name = (char *)"一碗粥",
						 .kind = REWARD_VOUCHER,
						 .points = 6,
						 .body = merchant,
						 .month_limit = 4,
						 .valid_days = 30 });
	post(w, 16, 200);
	redeem_one(w, toolkit, HOLDER_RESIDENT(w->people[16]), FOR_YUAN);
	redeem_one(w, toolkit, HOLDER_RESIDENT(w->people[16]), FOR_POINTS);
	redeem_one(w, toolkit, HOLDER_BODY(team), FOR_POINTS);
	MUST(w, redemption_undo(w->db, &volunteer,
			redeem_one(w, screws, HOLDER_RESIDENT(w->people[16]), FOR_POINTS),
			&w->err));
	MUST(w, redemption_undo(w->db, &volunteer,
			redeem_one(w, toolkit, HOLDER_RESIDENT(w->people[16]), FOR_YUAN), &w->err));
	int64_t bought = redeem_one(w, porridge, HOLDER_RESIDENT(w->people[16]), FOR_POINTS);
	MUST(w, voucher_code(w->db, &volunteer, bought, text, &w->err));
	const struct code code = code_read(text, strlen(text), NULL);
	MUST(w, voucher_use(w->db, &volunteer, &code, &voucher, &w->err));
	redeem_one(w, porridge, HOLDER_RESIDENT(w->people[16]), FOR_POINTS);
	MUST(w, merchant_settle(w->db, &coordinator, merchant, &id, &w->err));
	MUST(w, settlement_undo(w->db, &coordinator, id, &w->err));
	MUST(w, merchant_settle(w->db, &coordinator, merchant, &id, &w->err));
	MUST(w, reward_stock(w->db, &volunteer, toolkit, 20, &w->err));
	MUST(w, reward_end(w->db, &coordinator, screws, &w->err));
	MUST(w, reward_resume(w->db, &coordinator, screws, &w->err));
}

static void make_use_rights(struct walk *w)
{
	const struct act coordinator = by_coordinator(w), volunteer = by_volunteer(w);
	struct use_right_draft draft = { .whose = HOLDER_RESIDENT(w->people[17]),
		.what = "3 号菜地",
		.duty = "每周打理花园一次",
		.consequence = "两次未做到就转给下一户",
		.from = walk_day(w, "2020-11-22"),
		.until = walk_day(w, "2021-11-21"),
		.check_days = 7 };
	int64_t id;

	MUST(w, use_right_agree(w->db, &coordinator, &draft, &id, &w->err));
	MUST(w, use_right_check(w->db, &volunteer, id, true, "很好", &w->err));
	MUST(w, use_right_check(w->db, &volunteer, id, false, NULL, &w->err));
	MUST(w, use_right_end(w->db, &coordinator, id, &w->err));
	draft.what = "4 号菜地";
	MUST(w, use_right_agree(w->db, &coordinator, &draft, &id, &w->err));
}

void walk_points(struct walk *w)
{
	walk_clock(w, "2020-11-22T17:00");
	make_accounts(w);
	make_rules(w);
	make_rewards(w);
	make_use_rights(w);
}

/* Papers of points: what is on them. English words are the message ids. */
#include <string.h>

#include "core/audit/day_slip_paper.h"
#include "core/points/body.h"
#include "core/points/earning.h"
#include "core/points/ledger.h"
#include "core/points/person.h"
#include "core/rewards/redemption.h"
#include "core/rewards/voucher.h"
#include "core/sheets/honour_roll.h"
#include "core/sheets/points_rules.h"
#include "core/sheets/points_statement.h"
#include "core/sheets/redemption_slip.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

#define OK(s, call) assert_ok((call), &(s)->err)

static const struct letterhead english = { .language = "en" };

static void expect_on(const char *text, const char *words, bool is_there)
{
	if ((strstr(text, words) != NULL) != is_there)
		fail_msg("\"%s\" %s on\n%s", words, is_there ? "is not" : "is", text);
}

/* 60 points by a rule, at 12 per hour. */
static int64_t helper(struct shop *s)
{
	const struct earn_rule rule = { .code = (char *)"duty",
		.name = (char *)"值班服务",
		.points = 12,
		.cap_day = 60,
		.night_percent = 150,
		.holiday_percent = 100 };
	int64_t resident = shop_resident(s), id;
	struct earned earned;

	OK(s, earn_rule_set(s->db, &by_coordinator, &rule, &id, &s->err));
	OK(s, earn(s->db, &by_resident,
		      &(struct earn_draft){ .rule = id,
			      .whose = HOLDER_RESIDENT(resident),
			      .minutes = { .day = 300 },
			      .on = { 2026, 11, 21 } },
		      &earned, &s->err));
	return resident;
}

static int64_t voucher(struct shop *s)
{
	struct reward reward = { .code = (char *)"noodles",
		.name = (char *)"面馆代金券",
		.kind = REWARD_VOUCHER,
		.points = 25,
		.valid_days = 30,
		.service_minutes = 60 };
	int64_t id;

	OK(s, body_add(s->db, &by_coordinator, BODY_MERCHANT, "祥记面馆", &reward.body, &s->err));
	OK(s, reward_set(s->db, &by_coordinator, &reward, &id, &s->err));
	return id;
}

TEST(a_voucher_has_its_code_its_place_and_its_day, shop)
{
	struct shop *s = *state;
	struct redeem_draft draft = { .whose = HOLDER_RESIDENT(helper(s)), .count = 1 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	CLEANUP(sheet_destroyp) struct sheet *undone = NULL;
	char code[CODE_TEXT_MAX];
	int64_t id;

	draft.reward = voucher(s);
	OK(s, redeem(s->db, &by_resident, &draft, &id, &s->err));
	OK(s, voucher_code(s->db, &by_resident, id, code, &s->err));
	OK(s, redemption_slip_build(s->db, &english, id, code, 58, &sheet, &s->err));
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	expect_on(text, code, true);
	expect_on(text, "祥记面馆", true);
	expect_on(text, "25 points", true);
	expect_on(text, "35 points", true);
	expect_on(text, "works once", true);
	expect_on(text, "何A", false);
	OK(s, redemption_undo(s->db, &by_volunteer, id, &s->err));
	OK(s, voucher_code(s->db, &by_resident, id, code, &s->err));
	OK(s, redemption_slip_build(s->db, &english, id, code, 58, &undone, &s->err));
	CLEANUP(mem_free) char *after = sheet_take_text(undone);
	expect_on(after, "Taken back", true);
	expect_on(after, "J1G", false);
}

TEST(the_wall_says_what_the_rows_say, shop)
{
	struct shop *s = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	helper(s);
	voucher(s);
	OK(s, points_rules_build(s->db, &english, &sheet, &s->err));
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	expect_on(text, "值班服务", true);
	expect_on(text, "12 points an hour", true);
	expect_on(text, "at most 60 points a day", true);
	expect_on(text, "at night 1.5 times", true);
	expect_on(text, "面馆代金券", true);
	expect_on(text, "after 1 h of service", true);
}

TEST(a_statement_names_nobody_in_full, shop)
{
	struct shop *s = *state;
	int64_t who = helper(s);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	OK(s, points_statement_build(s->db, &english, who, 10, 58, &sheet, &s->err));
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	expect_on(text, "60 points", true);
	expect_on(text, "+60", true);
	expect_on(text, "earned by service", true);
	expect_on(text, "何A", false);
	assert_int_equal(points_statement_build(s->db, &english, 4711, 10, 58, &sheet, &s->err),
		ERR_NOT_FOUND);
}

TEST(the_roll_leaves_out_who_does_not_wish_to_stand_on_it, shop)
{
	struct shop *s = *state;
	int64_t who = helper(s);
	const struct day from = { 2026, 11, 1 }, until = { 2026, 12, 1 };
	CLEANUP(sheet_destroyp) struct sheet *with = NULL;
	CLEANUP(sheet_destroyp) struct sheet *without = NULL;

	OK(s, honour_roll_build(s->db, &english, from, until, 10, &with, &s->err));
	CLEANUP(mem_free) char *before = sheet_take_text(with);
	expect_on(before, "何A", true);
	expect_on(before, "60 points", true);
	OK(s, ranking_choose(s->db, &by_resident, who, true, &s->err));
	OK(s, honour_roll_build(s->db, &english, from, until, 10, &without, &s->err));
	CLEANUP(mem_free) char *after = sheet_take_text(without);
	expect_on(after, "何A", false);
}

TEST(the_day_slip_has_sums_and_a_code_in_groups, shop)
{
	struct shop *s = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	helper(s);
	OK(s, day_slip_build(s->db, &english, (struct day){ 2026, 11, 21 }, 58, &sheet, &s->err));
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	expect_on(text, "J1D0 0000", true);
	expect_on(text, "Registered", true);
	expect_on(text, "earned by service", true);
}

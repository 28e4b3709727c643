/* Receipts and return slips: what is on them. The English words are the message ids, so these tests
 * need no catalogue. */
#include <string.h>

#include "core/base/code.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/people/resident_acts.h"
#include "core/points/ledger.h"
#include "core/sheets/receipt.h"
#include "core/site/site.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static const struct letterhead english = { .language = "en" };

struct till {
	struct shop *shop;
	int64_t resident, visit;
};

static void name_site(struct shop *s)
{
	static const struct act by_admin = { .role = ROLE_ADMIN };
	struct site site = {
		.name = (char *)"顺德共享家+",
		.community = (char *)"榕树里社区",
		.phone = (char *)"0757-22000000",
		.motto = (char *)"好物共享，邻里同行。谢谢！",
	};

	assert_ok(site_set(s->db, &by_admin, &site, &s->err), &s->err);
}

static int receipt_setup(void **state)
{
	struct till *t = mem_alloc(sizeof(*t));
	struct resident_new draft = {
		.name = "张小三", .category = "resident", .consent_version = "2026-1"
	};

	shop_setup((void **)&t->shop);
	struct shop *s = t->shop;
	name_site(s);
	SHOP_RULE(s, row.loan_days = 7, row.due_mode = DUE_PUSH, row.max_items = 20,
		row.max_total = 20, row.max_renewals = 3, row.renew_hours = 1000);
	assert_ok(resident_add(s->db, &by_volunteer, &draft, &t->resident, &s->err), &s->err);
	assert_ok(db_write(s->db,
			  "INSERT INTO visit (resident, station, started_at) VALUES (:resident, 1,"
			  " :now)",
			  FIELDS(F_INT("resident", t->resident), F_INT("now", db_now(s->db))),
			  &t->visit, &s->err),
		&s->err);
	*state = t;
	return 0;
}

static int receipt_teardown(void **state)
{
	struct till *t = *state;

	shop_teardown((void **)&t->shop);
	free(t);
	return 0;
}

static int64_t new_item(struct till *t, const char *name, const char *safety)
{
	struct shop *s = t->shop;
	struct title_draft title = { .name = name, .category = s->tool, .safety = safety };
	struct item_draft item = { 0 };
	int64_t id;

	assert_ok(title_add(s->db, &by_volunteer, &title, &item.title, &s->err), &s->err);
	assert_ok(item_add(s->db, &by_volunteer, &item, &id, &s->err), &s->err);
	return id;
}

static int64_t lend_in(struct till *t, int64_t item, int64_t visit)
{
	struct loan_request request = { .item = item, .resident = t->resident, .visit = visit };
	struct act act = { .role = ROLE_VOLUNTEER, .resident = t->resident };
	int64_t loan;

	assert_ok(loan_open(t->shop->db, &act, &request, &loan, &t->shop->err), &t->shop->err);
	return loan;
}

static int64_t lend(struct till *t, const char *name)
{
	return lend_in(t, new_item(t, name, NULL), t->visit);
}

static void give_back(struct till *t, int64_t loan, int64_t visit)
{
	assert_ok(
		loan_return(t->shop->db, &by_resident, loan, visit, &t->shop->err), &t->shop->err);
}

static void finish_visit(struct till *t)
{
	assert_ok(db_write(t->shop->db, "UPDATE visit SET ended_at = :now WHERE id = :id",
			  FIELDS(F_INT("now", db_now(t->shop->db)), F_INT("id", t->visit)), NULL,
			  &t->shop->err),
		&t->shop->err);
}

/* The receipt's text, the caller's. */
static char *receipt_at(struct till *t, double width_mm)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	assert_ok(receipt_build(t->shop->db, &english, t->visit, width_mm, &sheet, &t->shop->err),
		&t->shop->err);
	return sheet_take_text(sheet);
}

static char *receipt(struct till *t)
{
	return receipt_at(t, 58);
}

#define assert_has(text, part)                                        \
	do {                                                          \
		if (!strstr((text), (part)))                          \
			fail_msg("no \"%s\" in\n%s", (part), (text)); \
	} while (0)
#define assert_lacks(text, part)                                   \
	do {                                                       \
		if (strstr((text), (part)))                        \
			fail_msg("\"%s\" in\n%s", (part), (text)); \
	} while (0)

TEST(receipt_names_each_thing_its_number_and_when_it_is_due, receipt)
{
	struct till *t = *state;

	lend(t, "冲击钻");
	lend(t, "折叠梯");
	finish_visit(t);
	CLEANUP(mem_free) char *text = receipt(t);
	assert_has(text, "leading=1.15\tLent\n");
	assert_has(text, "\t冲击钻\t9\t000001\n");
	assert_has(text, "\t折叠梯\t9\t000002\n");
	assert_has(text, "bold right fit=9\tdue Sat 28 Nov 21:00\n");
}

TEST(receipt_masks_the_name_and_says_when, receipt)
{
	struct till *t = *state;

	lend(t, "冲击钻");
	finish_visit(t);
	CLEANUP(mem_free) char *text = receipt(t);
	assert_has(text, "\t张*三\t9\tSat 21 Nov 2026 14:00\n");
	assert_lacks(text, "张小三");
	assert_has(text, "\nmade\t2026-11-21T14:00:00+08:00\n");
}

TEST(receipt_has_the_venue_its_phone_and_hours, receipt)
{
	struct till *t = *state;

	lend(t, "冲击钻");
	CLEANUP(mem_free) char *text = receipt(t);
	assert_has(text, "\t顺德共享家+\n");
	assert_has(text, "\t榕树里社区\n");
	assert_has(text, "\t好物共享，邻里同行。\\n谢谢！\n");
	assert_has(text, "\tPhone 0757-22000000\n");
	assert_has(text, "9:00–21:00");
}

TEST(symbol_is_the_first_loan_with_the_numbers_of_all, receipt)
{
	struct till *t = *state;
	int64_t first = lend(t, "冲击钻");
	char code[CODE_TEXT_MAX];

	lend(t, "折叠梯");
	CLEANUP(mem_free) char *text = receipt(t);
	code_write_id(CODE_LOAN, first, code);
	CLEANUP(mem_free)
	char *line = mem_printf("\nqr\t18\tcenter\t%s\t8 center\tLoans 1 · 2\n", code);
	assert_has(text, line);
	char symbol[CODE_TEXT_MAX];
	assert_ok(receipt_symbol(t->shop->db, t->visit, symbol, &t->shop->err), &t->shop->err);
	assert_string_equal(symbol, code);
}

TEST(safety_line_stands_below_what_it_is_about, receipt)
{
	struct till *t = *state;

	lend_in(t, new_item(t, "角磨机", "必须戴护目镜"), t->visit);
	CLEANUP(mem_free) char *text = receipt(t);
	assert_has(text, "Safety: 必须戴护目镜");
}

static int count_of(const char *text, const char *part)
{
	int n = 0;

	for (; (text = strstr(text, part)); n++)
		text += strlen(part);
	return n;
}

TEST(safety_of_several_alike_is_said_once, receipt)
{
	struct till *t = *state;

	lend_in(t, new_item(t, "角磨机", "必须戴护目镜"), t->visit);
	lend_in(t, new_item(t, "梯子", "下面要有人扶"), t->visit);
	lend_in(t, new_item(t, "电锯", "必须戴护目镜"), t->visit);
	CLEANUP(mem_free) char *text = receipt(t);
	assert_int_equal(count_of(text, "必须戴护目镜"), 1);
	assert_int_equal(count_of(text, "下面要有人扶"), 1);
}

TEST(many_things_are_counted_and_all_their_numbers_written, receipt)
{
	struct till *t = *state;

	for (int i = 0; i < 5; i++)
		lend(t, "竹竿");
	lend_in(t, new_item(t, "别的", NULL), 0); /* number 6 is not of this visit */
	lend(t, "竹竿");
	lend(t, "竹竿");
	CLEANUP(mem_free) char *text = receipt(t);
	assert_has(text, "\tLoans 1–5 · 7 · 8\n");
	assert_has(text, "\t7 things in all\n");
	assert_has(text, " 2026 ");
}

TEST(one_thing_is_not_counted, receipt)
{
	struct till *t = *state;

	lend(t, "冲击钻");
	CLEANUP(mem_free) char *text = receipt(t);
	assert_lacks(text, "in all");
}

TEST(returns_and_renewals_have_sections_of_their_own, receipt)
{
	struct till *t = *state;
	struct err *err = &t->shop->err;
	int64_t due_at;
	int64_t old = lend_in(t, new_item(t, "血压计", NULL), 0);
	int64_t kept = lend_in(t, new_item(t, "轮椅", NULL), 0);

	shop_set_clock(t->shop, "2026-11-22T10:00");
	lend(t, "冲击钻");
	give_back(t, old, t->visit);
	assert_ok(loan_renew(t->shop->db, &by_resident,
			  &(struct loan_renewing){ .loan = kept, .visit = t->visit }, &due_at, err),
		err);
	finish_visit(t);
	CLEANUP(mem_free) char *text = receipt(t);
	const char *lent = strstr(text, "\tLent\n");
	const char *renewed = strstr(text, "\tRenewed\n");
	const char *returned = strstr(text, "\tReturned\n");
	assert_true(lent && renewed && returned && lent < renewed && renewed < returned);
	assert_true(strstr(text, "轮椅") > renewed && strstr(text, "轮椅") < returned);
	assert_true(strstr(text, "血压计") > returned);
}

TEST(what_came_back_in_the_same_visit_is_a_return_alone, receipt)
{
	struct till *t = *state;
	int64_t loan = lend(t, "冲击钻");

	give_back(t, loan, t->visit);
	CLEANUP(mem_free) char *text = receipt(t);
	assert_lacks(text, "\tLent\n");
	assert_lacks(text, "due ");
	assert_has(text, "24 bold center");
	assert_has(text, "\tReturned\n");
}

TEST(undone_loan_is_not_on_it, receipt)
{
	struct till *t = *state;
	struct err err = { 0 };
	struct sheet *sheet = NULL;
	int64_t loan = lend(t, "冲击钻");

	assert_ok(loan_void(t->shop->db, &by_resident, loan, t->visit, &err), &err);
	assert_int_equal(
		receipt_build(t->shop->db, &english, t->visit, 58, &sheet, &err), ERR_NOT_FOUND);
	assert_null(sheet);
}

TEST(visit_that_did_nothing_has_no_receipt, receipt)
{
	struct till *t = *state;
	struct err err = { 0 };
	struct sheet *sheet = NULL;

	assert_int_equal(
		receipt_build(t->shop->db, &english, t->visit, 58, &sheet, &err), ERR_NOT_FOUND);
	assert_int_equal(err.reason_count, 0);
	assert_int_equal(
		receipt_build(t->shop->db, &english, 999, 58, &sheet, &err), ERR_NOT_FOUND);
}

TEST(symbol_of_a_visit_without_a_receipt_is_not_found, receipt)
{
	struct till *t = *state;
	struct err err = { 0 };
	char symbol[CODE_TEXT_MAX] = "untouched";

	assert_int_equal(receipt_symbol(t->shop->db, t->visit, symbol, &err), ERR_NOT_FOUND);
	assert_int_equal(receipt_symbol(t->shop->db, 999, symbol, &err), ERR_NOT_FOUND);
	assert_string_equal(symbol, "untouched");
}

TEST(points_stand_on_it_once_there_are_any, receipt)
{
	struct till *t = *state;
	const struct posting postings[] = {
		{ .resident = t->resident, .amount = POINTS(116) },
		{ .system = ACCOUNT_ISSUE, .amount = POINTS(-116) },
	};
	struct transfer_draft draft = {
		.kind = "opening", .postings = postings, .posting_count = 2
	};
	int64_t id;

	lend(t, "冲击钻");
	CLEANUP(mem_free) char *before = receipt(t);
	assert_lacks(before, "Points");
	assert_ok(transfer_post(t->shop->db, &by_coordinator, &draft, &id, &t->shop->err),
		&t->shop->err);
	CLEANUP(mem_free) char *after = receipt(t);
	assert_has(after, "\tPoints to spend\t10 bold\t116\n");
}

TEST(same_content_serves_58_and_80_mm, receipt)
{
	struct till *t = *state;

	lend(t, "冲击钻");
	finish_visit(t);
	CLEANUP(mem_free) char *narrow = receipt_at(t, 58);
	CLEANUP(mem_free) char *wide = receipt_at(t, 80);
	assert_has(narrow, "\nmedia\t58\tauto\t");
	assert_has(wide, "\nmedia\t80\tauto\t");
	assert_string_equal(strstr(narrow, "\npage\n"), strstr(wide, "\npage\n"));
}

TEST(same_content_gives_the_same_text, receipt)
{
	struct till *t = *state;

	lend(t, "冲击钻");
	finish_visit(t);
	CLEANUP(mem_free) char *now = receipt(t);
	shop_set_clock(t->shop, "2026-11-25T10:00");
	CLEANUP(mem_free) char *later = receipt(t);
	assert_string_equal(now, later);
}

TEST(loan_without_a_visit_has_a_receipt_too, receipt)
{
	struct till *t = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct err err = { 0 };
	int64_t alone = lend_in(t, new_item(t, "轮椅", NULL), 0);

	assert_ok(receipt_build_loan(t->shop->db, &english, alone, 58, &sheet, &err), &err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	assert_has(text, "轮椅");
	assert_has(text, "center\tLoan 1\n");
}

TEST(receipt_of_a_loan_is_its_visits, receipt)
{
	struct till *t = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct err err = { 0 };

	lend(t, "冲击钻");
	int64_t second = lend(t, "折叠梯");
	finish_visit(t);
	assert_ok(receipt_build_loan(t->shop->db, &english, second, 58, &sheet, &err), &err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	CLEANUP(mem_free) char *whole = receipt(t);
	assert_string_equal(text, whole);
	sheet_destroyp(&sheet);
	sheet = NULL;
	assert_int_equal(
		receipt_build_loan(t->shop->db, &english, 99, 58, &sheet, &err), ERR_NOT_FOUND);
	assert_true(err_has(&err, REASON_LOAN_UNKNOWN));
}

TEST(return_slip_says_from_when_to_when, receipt)
{
	struct till *t = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct err err = { 0 };
	int64_t loan = lend_in(t, new_item(t, "轮椅", NULL), 0);
	struct return_slip slip = { .loans = &loan, .count = 1 };

	assert_int_equal(
		return_slip_build(t->shop->db, &english, &slip, 58, &sheet, &err), ERR_NOT_FOUND);
	shop_set_clock(t->shop, "2026-11-24T09:30");
	give_back(t, loan, 0);
	assert_ok(return_slip_build(t->shop->db, &english, &slip, 58, &sheet, &err), &err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	assert_has(text, "center\tReturn slip\n");
	assert_has(text, "\tlent\t8.5\tSat 21 Nov 14:00\n");
	assert_has(text, "\tgiven back\t8.5\tTue 24 Nov 9:30\n");
	assert_has(text, "张*三");
}

TEST(return_slip_of_several_people_names_nobody, receipt)
{
	struct till *t = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct err err = { 0 };
	int64_t loans[2];
	struct return_slip slip = { .loans = loans, .count = 2 };

	loans[0] = lend_in(t, new_item(t, "轮椅", NULL), 0);
	t->resident = shop_resident(t->shop);
	loans[1] = lend_in(t, new_item(t, "拐杖", NULL), 0);
	give_back(t, loans[0], 0);
	give_back(t, loans[1], 0);
	assert_ok(return_slip_build(t->shop->db, &english, &slip, 58, &sheet, &err), &err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	assert_has(text, "\npair\t9\t\t9\tSat 21 Nov 2026 14:00\n");
}

TEST(papers_language_leaves_the_screens_as_it_was, receipt)
{
	struct till *t = *state;

	setenv("LANGUAGE", "zh_CN", 1);
	lend(t, "冲击钻");
	free(receipt(t));
	assert_string_equal(getenv("LANGUAGE"), "zh_CN");
	unsetenv("LANGUAGE");
	free(receipt(t));
	assert_null(getenv("LANGUAGE"));
}

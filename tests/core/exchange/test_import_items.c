/* Titles and items from a table. */
#include "core/base/code.h"
#include "core/base/reason_name.h"
#include "core/exchange/reasons.h"
#include "core/items/catalogue/kit.h"
#include "core/items/catalogue/owner.h"
#include "core/items/catalogue/title_parts.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "tests/core/traffic.h"
#include "tests/lib/test.h"

static struct item item_number(struct shop *s, int64_t number)
{
	struct item item = { 0 };

	assert_ok(item_by_number(s->db, number, &item, &s->err), &s->err);
	return item;
}

TEST(a_table_becomes_titles, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_TITLES,
		"名称,ISBN,类别,价值（元）,押分,需审批,消耗品,库存,配件\n"
		"冲击钻,,电动工具,\"¥1,280.50\",100,是,,,\"钻头\n充电器\"\n"
		"三体,978-7-5366-9293-0,图书,23,,,,,\n"
		"口罩,,tool,,,否,是,250,\n");
	CLEANUP(title_finish) struct title book = { 0 };
	CLEANUP(title_list_finish) struct title_list drills = { 0 };
	CLEANUP(title_part_list_finish) struct title_part_list parts = { 0 };

	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_ADDED], 3);
	assert_ok(title_by_isbn(s->db, INT64_C(9787536692930), &book, &s->err), &s->err);
	assert_string_equal(book.name, "三体");
	assert_int_equal(book.terms.value_fen, 2300);
	assert_ok(title_find(s->db, &(struct title_filter){ .words = "cjz", .limit = 5 }, &drills,
			  &s->err),
		&s->err);
	assert_int_equal(drills.count, 1);
	assert_int_equal(drills.rows[0].category, s->power_tool);
	assert_int_equal(drills.rows[0].terms.value_fen, 128050);
	assert_true(drills.rows[0].terms.needs_approval);
	assert_ok(title_parts(s->db, drills.rows[0].id, &parts, &s->err), &s->err);
	assert_int_equal(parts.count, 2);
	assert_string_equal(parts.rows[1].name, "充电器");
	assert_int_equal(shop_count(s, "SELECT stock FROM title WHERE name = '口罩'"), 250);
}

TEST(a_title_that_is_here_is_changed_where_it_differs, shop)
{
	static const char first[] = "name,category,safety,stock,is_consumable\n"
				    "口罩,tool,,100,yes\n梯子,tool,先看脚下,,\n";
	struct shop *s = *state;
	CLEANUP(attempt_finish) struct attempt a = bring(s, EXCHANGE_TITLES, first);
	assert_ok(a.result, &a.err);
	CLEANUP(attempt_finish) struct attempt b = bring(s, EXCHANGE_TITLES, first);
	assert_ok(b.result, &b.err);
	assert_int_equal(b.report.count[IMPORT_SAME], 2);
	CLEANUP(attempt_finish)
	struct attempt c = bring(s, EXCHANGE_TITLES,
		"name,category,safety,stock\n口罩,tool,,80\n梯子,tool,两人扶稳,\n");
	assert_ok(c.result, &c.err);
	assert_int_equal(c.report.count[IMPORT_CHANGED], 2);
	assert_string_equal(c.report.lines[0].columns, "stock");
	assert_string_equal(c.report.lines[1].columns, "safety");
	assert_int_equal(shop_count(s, "SELECT stock FROM title WHERE name = '口罩'"), 80);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM title WHERE safety = '两人扶稳'"), 1);
}

TEST(bad_titles_are_named_with_line_and_column, shop)
{
	static const struct {
		const char *row;
		int column;
		const char *reason;
	} bad[] = {
		{ ",,tool,", 1, "TEXT_EMPTY" },
		{ "甲,,皇帝,", 3, "CATEGORY_UNKNOWN" },
		{ "甲,,,", 3, "TEXT_EMPTY" },
		{ "甲,9787536692931,tool,", 2, "NUMBER_BAD" },
		{ "甲,9.78754E+12,tool,", 2, "NUMBER_CUT" },
		{ "甲,,tool,12.345", 4, "NUMBER_BAD" },
		{ "甲,,tool,\"1,28\"", 4, "NUMBER_BAD" },
		{ "甲,,tool,-3", 4, "NUMBER_BAD" },
		{ "\"甲\x1b[2J\",,tool,", 1, "TEXT_CONTROL" },
	};
	struct shop *s = *state;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		CLEANUP(mem_free)
		char *text = mem_printf("\n名称,ISBN,类别,价值\n乙,,tool,1\n%s\n", bad[i].row);
		CLEANUP(attempt_finish) struct attempt a = bring(s, EXCHANGE_TITLES, text);
		assert_int_equal(a.result, ERR_REFUSED);
		assert_int_equal(a.report.fault_count, 1);
		assert_int_equal(a.report.faults[0].line, 4);
		assert_int_equal(a.report.faults[0].column, bad[i].column);
		assert_string_equal(reason_name(a.report.faults[0].reason.code), bad[i].reason);
	}
	assert_int_equal(shop_count(s, "SELECT count(*) FROM title"), 0);
}

TEST(items_bring_their_titles_and_keep_free_numbers, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_ITEMS,
		"编号\t名称\t类别\t架位\t区域\t来源\t购入价\t有效期至\t入库时间\n"
		"000120\t冲击钻\tpower-tool\tA-3\t工具墙\t购买\t300\t\t2025/3/1\n"
		"7\t冲击钻\tpower-tool\tA-4\t工具墙\t\t\t\t\n"
		"\t药箱\ttool\t\t\t捐赠\t\t2027.3.31\t\n");
	CLEANUP(item_finish) struct item drill = { 0 };

	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_ADDED], 3);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM title"), 2);
	drill = item_number(s, 120);
	assert_string_equal(drill.shelf, "A-3");
	assert_string_equal(drill.zone, "工具墙");
	assert_int_equal(drill.source, ITEM_SOURCE_BOUGHT);
	assert_int_equal(drill.cost_fen, 30000);
	assert_instant(drill.added_at, "2025-03-01T00:00");
	assert_int_equal(
		shop_count(s, "SELECT number FROM item WHERE expires_on = '2027-03-31'"), 121);
}

TEST(an_item_number_of_another_title_is_refused, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_ITEMS, "编号,名称,类别\n5,梯子,tool\n");
	assert_ok(a.result, &a.err);
	CLEANUP(attempt_finish)
	struct attempt b = bring(s, EXCHANGE_ITEMS, "编号,名称,类别\n5,雨伞,tool\n");
	assert_one_fault(&b, 2, 1, NUMBER_TAKEN);
	CLEANUP(attempt_finish)
	struct attempt c = bring(s, EXCHANGE_ITEMS, "编号,名称,类别\n6,梯子,tool\n6,梯子,tool\n");
	assert_one_fault(&c, 3, 1, LINE_REPEATED);
	assert_int_equal(c.report.faults[0].reason.n1, 2);
}

TEST(owners_kits_and_status_come_with_an_item, shop)
{
	struct shop *s = *state;
	int64_t owner = shop_resident(s), other = shop_resident(s);
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_ITEMS,
		"编号,名称,类别,物主编号,套装,状态,状态原因\n"
		"1,扳手,tool,,3,,\n"
		"2,帐篷,tool,1:2、2,,维修,杆断了\n"
		"3,工具箱,tool,,,,\n");
	CLEANUP(owner_list_finish) struct owner_list owners = { 0 };
	CLEANUP(item_finish) struct item wrench = { 0 }, tent = { 0 };

	assert_ok(a.result, &a.err);
	wrench = item_number(s, 1);
	assert_int_equal(wrench.kit_number, 3);
	tent = item_number(s, 2);
	assert_int_equal(tent.status, ITEM_MAINTENANCE);
	assert_ok(owners_of(s->db, tent.id, &owners, &s->err), &s->err);
	assert_int_equal(owners.count, 2);
	assert_int_equal(owners.rows[0].resident, owner);
	assert_int_equal(owners.rows[0].share, 2);
	assert_int_equal(owners.rows[1].resident, other);
	item_finish(&tent);
	CLEANUP(attempt_finish)
	struct attempt b = bring(
		s, EXCHANGE_ITEMS, "编号,名称,类别,物主编号,套装\n4,桶,tool,99,\n5,桶,tool,,98\n");
	assert_int_equal(b.report.fault_count, 2);
	assert_int_equal(b.report.faults[0].column, 4);
	assert_int_equal(b.report.faults[0].reason.code, REASON_RESIDENT_UNKNOWN);
	assert_int_equal(b.report.faults[1].column, 5);
	assert_int_equal(b.report.faults[1].reason.code, REASON_ITEM_UNKNOWN);
}

TEST(titles_of_one_name_are_told_apart_or_refused, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_TITLES,
		"名称,类别,ISBN\n雨伞,tool,\n雨伞,book,\n雨伞,book,9787536692930\n");
	assert_ok(a.result, &a.err);
	CLEANUP(attempt_finish)
	struct attempt b = bring(s, EXCHANGE_ITEMS,
		"编号,名称,类别,ISBN\n1,雨伞,tool,\n2,雨伞,book,\n3,,,9787536692930\n");
	assert_ok(b.result, &b.err);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM title"), 3);
	assert_int_equal(shop_count(s, "SELECT count(DISTINCT title) FROM item"), 3);
	CLEANUP(attempt_finish) struct attempt c = bring(s, EXCHANGE_ITEMS, "名称\n雨伞\n");
	assert_one_fault(&c, 2, 1, TITLE_SEVERAL);
}

TEST(a_quantity_makes_that_many_items, shop)
{
	struct shop *s = *state;
	static const char table[] = "编号,名称,类别,数量\n1,折叠椅,tool,3\n2,雨伞,tool,\n";
	CLEANUP(attempt_finish) struct attempt a = bring(s, EXCHANGE_ITEMS, table);
	CLEANUP(attempt_finish)
	struct attempt b = bring(s, EXCHANGE_ITEMS, "名称,类别,数量\n棋盘,tool,2 副\n");

	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_ADDED], 2);
	assert_ok(b.result, &b.err);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM item"), 6);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM item JOIN title ON title.id ="
				       " item.title WHERE title.name = '折叠椅'"),
		3);
	CLEANUP(attempt_finish) struct attempt again = bring(s, EXCHANGE_ITEMS, table);
	assert_ok(again.result, &again.err);
	assert_int_equal(again.report.count[IMPORT_SAME], 2);
	CLEANUP(attempt_finish)
	struct attempt more = bring(s, EXCHANGE_ITEMS, "编号,名称,类别,数量\n1,折叠椅,tool,5\n");
	assert_ok(more.result, &more.err);
	assert_int_equal(more.report.count[IMPORT_CHANGED], 1);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM item"), 8);
	CLEANUP(attempt_finish)
	struct attempt bad = bring(s, EXCHANGE_ITEMS, "名称,类别,数量\n球,tool,很多\n");
	assert_one_fault(&bad, 2, 3, NUMBER_RANGE);
}

TEST(the_same_list_of_items_does_not_double_the_shelf, shop)
{
	struct shop *s = *state;
	static const char table[] = "名称,类别\n梯子,tool\n雨伞,tool\n雨伞,tool\n";
	static const char longer[] = "名称,类别\n梯子,tool\n球,tool\n";
	CLEANUP(attempt_finish) struct attempt a = bring(s, EXCHANGE_ITEMS, table);
	CLEANUP(attempt_finish) struct attempt b = bring(s, EXCHANGE_ITEMS, table);
	CLEANUP(attempt_finish) struct attempt c = bring(s, EXCHANGE_ITEMS, longer);

	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_ADDED], 3);
	assert_int_equal(b.result, ERR_REFUSED);
	assert_int_equal(b.report.fault_count, 3);
	assert_int_equal(b.report.faults[0].reason.code, REASON_ITEMS_ALIKE);
	assert_int_equal(b.report.faults[2].reason.n1, 2);
	assert_int_equal(c.report.fault_count, 1);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM item"), 3);
	CLEANUP(attempt_finish)
	struct attempt one =
		bring(s, EXCHANGE_ITEMS, "编号,名称,类别\n新,梯子,tool\n1,梯子,tool\n");
	assert_ok(one.result, &one.err);
	assert_int_equal(one.report.count[IMPORT_ADDED], 1);
	assert_int_equal(one.report.count[IMPORT_SAME], 1);
}

TEST(an_item_is_known_by_the_code_of_its_label, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_ITEMS, "名称,类别\n梯子,tool\n");
	char code[CODE_TEXT_MAX];

	assert_ok(a.result, &a.err);
	code_write_id(CODE_ITEM, shop_count(s, "SELECT id FROM item"), code);
	CLEANUP(mem_free)
	char *text = mem_printf("编号,名称,类别,架位\n%s,梯子,tool,A-3\n", code);
	CLEANUP(attempt_finish) struct attempt b = bring(s, EXCHANGE_ITEMS, text);
	assert_ok(b.result, &b.err);
	assert_int_equal(b.report.count[IMPORT_CHANGED], 1);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM item"), 1);
}

TEST(one_key_brings_unnumbered_items_and_their_title_once, shop)
{
	struct shop *s = *state;
	struct act act = by_importer;
	char path[32];

	act_new_key(act.key);
	temporary_path(path);
	FILE *file = fopen(path, "w");
	fputs("名称,类别,数量\n梯子,tool,2\n", file);
	fclose(file);
	for (int i = 0; i < 2; i++) {
		CLEANUP(import_report_finish) struct import_report report = { 0 };
		const struct import what = { .kind = EXCHANGE_ITEMS, .path = path };
		assert_ok(import_table(s->db, &act, &what, &report, &s->err), &s->err);
	}
	unlink(path);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM item"), 2);
}

TEST(place_donor_and_price_come_with_an_item, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_ITEMS,
		"编号,名称,类别,存放位置,捐赠人,参考价,入库时间\n"
		"1,梯子,tool,工具墙 A-3,何老师,\"￥1,200\",26/1/5\n"
		"2,雨伞,tool,B-2,,35元,2026/1/5 8:05\n3,棋盘,tool,阅览室,,,\n");
	CLEANUP(item_finish) struct item ladder = { 0 }, umbrella = { 0 }, board = { 0 };

	assert_ok(a.result, &a.err);
	assert_string_equal(a.report.unknown_columns, "");
	ladder = item_number(s, 1);
	assert_string_equal(ladder.zone, "工具墙");
	assert_string_equal(ladder.shelf, "A-3");
	assert_int_equal(ladder.source, ITEM_SOURCE_DONATED);
	assert_int_equal(ladder.terms.value_fen, 120000);
	assert_instant(ladder.added_at, "2026-01-05T00:00");
	assert_int_equal(shop_count(s, "SELECT count(*) FROM donation_private p JOIN donation d"
				       " ON d.id = p.id WHERE p.name = '何老师'"
				       " AND d.thanks = 'anonymous' AND d.points = 0"),
		1);
	umbrella = item_number(s, 2);
	assert_string_equal(umbrella.shelf, "B-2");
	assert_string_equal(umbrella.zone, "");
	board = item_number(s, 3);
	assert_string_equal(board.zone, "阅览室");
}

TEST(an_older_isbn_and_a_category_with_its_suffix_are_understood, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_ITEMS,
		"书名,ISBN,分类\n三体,7-5366-9293-X,book\n活着,ISBN 7506365437,book\n");
	CLEANUP(attempt_finish)
	struct attempt b = bring(s, EXCHANGE_ITEMS,
		"书名,ISBN,分类\n书甲,7-5366-9293-5,book\n书乙,0-306-40615-2,book\n书丙,080442957X,"
		"book\n");

	assert_int_equal(a.result, ERR_REFUSED);
	assert_ok(b.result, &b.err);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM title WHERE isbn = 9780306406157"), 1);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM title WHERE isbn = 9780804429573"), 1);
}

TEST(days_of_an_item_with_two_digit_years_are_right_or_refused, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_ITEMS,
		"编号,名称,类别,有效期至,入库时间\n901,药箱,tool,27/6/30,26/1/5\n"
		"903,药箱,tool,2027-6-30 0:00:00,2026/1/5 8:05:09\n904,药箱,tool,46568,44927.5\n"
		"905,药箱,tool,27-06-30,\n");
	CLEANUP(attempt_finish)
	struct attempt b = bring(s, EXCHANGE_ITEMS,
		"编号,名称,类别,有效期至\n906,药箱,tool,2027/6\n907,药箱,tool,91/6/30\n");

	assert_ok(a.result, &a.err);
	assert_int_equal(
		shop_count(s, "SELECT count(*) FROM item WHERE expires_on = '2027-06-30'"), 4);
	assert_int_equal(b.report.fault_count, 2);
	assert_int_equal(b.report.faults[1].column, 4);
}

TEST(numbers_of_another_system_are_told_and_left_out, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(
		s, EXCHANGE_ITEMS, "编号,名称,类别\nGJ-001,梯子,tool\nGJ-002,雨伞,tool\n合计,2,\n");
	CLEANUP(attempt_finish)
	struct attempt b = bring(s, EXCHANGE_ITEMS, "编号,名称,类别\n7,球,tool\nx,绳,tool\n");

	assert_ok(a.result, &a.err);
	assert_string_equal(a.report.unknown_columns, "编号");
	assert_int_equal(shop_count(s, "SELECT max(number) FROM item"), 2);
	assert_one_fault(&b, 3, 1, NUMBER_RANGE);
}

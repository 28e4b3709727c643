/* Titles and items from a table. */
#include "core/exchange/reasons.h"
#include "core/items/kit.h"
#include "core/items/owner.h"
#include "core/items/reasons.h"
#include "core/items/title_parts.h"
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
		{ "甲,9.78754E+12,tool,", 2, "NUMBER_BAD" },
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

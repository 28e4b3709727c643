/* Tables as people have them: separators, rows above the headings, symbols in headings, totals at
 * the foot. */
#include "core/exchange/reasons.h"
#include "tests/core/traffic.h"
#include "tests/lib/test.h"

static void person_is(
	struct shop *s, const char *name, const char *phone, const char *building, const char *room)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	int64_t id;

	assert_ok(db_integer(s->db, "SELECT id FROM resident_private WHERE name = :name",
			  FIELDS(F_TEXT("name", name)), 0, &id, &s->err),
		&s->err);
	assert_true(id > 0);
	assert_ok(resident_person(s->db, id, &person, &s->err), &s->err);
	assert_string_equal(person.phone, phone);
	assert_string_equal(person.building, building);
	assert_string_equal(person.room, room);
}

/* Each table brings 张三 of 9栋 110 into its own venue. */
#define BRINGS_ZHANG(...) brings_zhang((const char *const[]){ __VA_ARGS__, NULL })
static void brings_zhang(const char *const tables[])
{
	for (; *tables; tables++) {
		void *state;
		shop_setup(&state);
		CLEANUP(attempt_finish)
		struct attempt a = bring(state, EXCHANGE_RESIDENTS, *tables);
		if (a.result < 0 || a.report.count[IMPORT_ADDED] != 1)
			print_message("%s\n", *tables);
		assert_ok(a.result, &a.err);
		assert_int_equal(a.report.count[IMPORT_ADDED], 1);
		person_is(state, "张三", "13900000010", "9栋", "110");
		shop_teardown(&state);
	}
}

TEST(the_separator_is_the_one_that_makes_the_most_headings_known, none)
{
	BRINGS_ZHANG("姓名\t,手机\t,楼栋\t,房号\t\n张三\t,13900000010\t,9栋\t,110\t\n",
		"姓名\t,手机\t,楼栋\t,房号\n张三\t,13900000010\t,9栋\t,110\n",
		"\"姓名\t\",\"手机\t\",\"楼栋\t\",\"房号\t\"\n"
		"\"张三\t\",\"13900000010\t\",\"9栋\t\",\"110\t\"\n",
		"姓名,备注,手机;楼栋;房号\n"
		"姓名;手机;楼栋;房号\n张三;13900000010;9栋;110\n",
		"姓名|手机|楼栋|房号\n张三|13900000010|9栋|110\n",
		"姓名，手机，楼栋，房号\n张三，13900000010，9栋，110\n",
		"姓名，手机,楼栋，房号\n张三,13900000010，9栋,110\n",
		"姓名；手机；楼栋；房号\n张三；13900000010；9栋；110\n",
		"姓名;手机;楼栋;房号;备注,说明,其他,别的,再有\n张三;13900000010;9栋;110;无\n");
}

TEST(a_line_that_names_the_separator_is_obeyed, shop)
{
	struct shop *s = *state;

	BRINGS_ZHANG("\xEF\xBB\xBFsep=,\n姓名,手机,楼栋,房号\n张三,13900000010,9栋,110\n",
		"sep=;\r\n姓名;手机;楼栋;房号\r\n张三;13900000010;9栋;110\r\n",
		"SEP=\t\n姓名\t手机\t楼栋\t房号\n张三\t13900000010\t9栋\t110\n",
		"\"sep=;\"\n姓名;手机;楼栋;房号\n张三;13900000010;9栋;110\n",
		"sep=^\n姓名^手机^楼栋^房号\n张三^13900000010^9栋^110\n");
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_RESIDENTS, "sep=;\n姓名;手机\n张三;12x\n");
	assert_one_fault(&a, 3, 2, PHONE_BAD);
	assert_int_equal(a.report.told_count, 1);
	assert_int_equal(a.report.told[0].kind, IMPORT_TOLD_SEPARATOR);
}

TEST(rows_above_the_headings_are_told_and_left_out, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_RESIDENTS,
		"榕树里社区居民登记表,,,\n填表日期：2026年11月,,,\n\n姓名,手机,楼栋,房号\n"
		"张三,13900000010,9栋,110\n李四,12x,,\n");

	assert_one_fault(&a, 6, 2, PHONE_BAD);
	assert_int_equal(a.report.rows, 2);
	assert_int_equal(a.report.told_count, 2);
	assert_int_equal(a.report.told[0].line, 1);
	assert_int_equal(a.report.told[0].kind, IMPORT_TOLD_ABOVE);
	assert_string_equal(a.report.told[0].text, "榕树里社区居民登记表");
	assert_int_equal(a.report.told[1].line, 2);
	BRINGS_ZHANG("联系电话：0757-88888888,,\n姓名,手机,楼栋,房号\n张三,13900000010,9栋,110\n",
		"附件1\n居民名册,,,,\n,基本信息,,住址,\n序号,姓名,手机,楼栋,房号\n"
		"1,张三,13900000010,9栋,110\n");
}

TEST(names_below_a_merged_heading_are_read_as_the_heading, none)
{
	BRINGS_ZHANG("序号,姓名,手机,住址,\n,,,楼栋,房号\n1,张三,13900000010,9栋,110\n",
		"居民表,,,,\n序号,姓名,联系方式,,住址,\n,,手机,座机,楼栋,房号\n"
		"1,张三,13900000010,,9栋,110\n");
}

TEST(signs_and_remarks_in_headings_are_understood_and_told, shop)
{
	struct shop *s = *state;

	BRINGS_ZHANG("*姓名,*手机号码,楼栋,房号\n张三,13900000010,9栋,110\n",
		"姓名*,手机号码＊,楼栋,房号\n张三,13900000010,9栋,110\n",
		"姓名（必填）,手机号码(必填),楼栋【选填】,房号[选填]\n张三,13900000010,9栋,110\n",
		"序号,姓名,\"手机\n号码\",楼栋,房号\n1,张三,13900000010,9栋,110\n",
		"序号,姓 名,手 机,楼 栋,房　号\n1,张三,13900000010,9栋,110\n",
		"姓名：,手机号码（11位）：,楼栋：,房号\n张三,13900000010,9栋,110\n",
		"Name *,Phone,Building (optional),ROOM\n张三,13900000010,9栋,110\n");
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_RESIDENTS, "*姓名,手 机,楼栋\n张三,12x,9栋\n");
	assert_int_equal(a.report.told_count, 2);
	assert_int_equal(a.report.told[0].kind, IMPORT_TOLD_HEADING);
	assert_string_equal(a.report.told[0].text, "*姓名");
	assert_string_equal(a.report.told[1].text, "手 机");
}

TEST(a_heading_of_a_guardian_is_not_the_persons_own, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_RESIDENTS, "姓名,电话（监护人）\n小张,13900000010\n");

	assert_ok(a.result, &a.err);
	person_is(s, "小张", "", "", "");
	assert_string_equal(a.report.unknown_columns, "电话(监护人)");
}

TEST(without_headings_the_message_says_which_line_was_taken_for_them, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_RESIDENTS, "名册,\n\n手机,楼栋\n13900000010,9栋\n");

	assert_int_equal(a.result, ERR_INVALID);
	assert_true(err_has(&a.err, REASON_COLUMN_MISSING));
	assert_string_equal(a.err.reasons[0].text, "name");
	assert_int_equal(a.err.reasons[0].n1, 3);
}

TEST(sums_and_remarks_are_told_and_nobody_is_registered_by_them, shop)
{
	static const char *const lines[] = { "合计,,,", "合 计,2,,", "总计：2人,,,", ",小计,,",
		"9栋小计,1,,", "共 2 人,,,", "本页合计（人）,,,", ",合计人数,2,", "Total,2,,",
		"制表人：李,,审核：王,", ",备注：以上为2026年登记,,", "第 1 页 共 2 页,,,",
		"序号,姓名,手机,楼栋" };
	struct shop *s = *state;

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		CLEANUP(mem_free)
		char *text =
			mem_printf("序号,姓名,手机,楼栋\n1,张三,13900000010,9栋\n%s\n", lines[i]);
		CLEANUP(attempt_finish) struct attempt a = bring(s, EXCHANGE_RESIDENTS, text);
		if (a.result < 0 || a.report.told_count != 1)
			print_message("%s\n", lines[i]);
		assert_ok(a.result, &a.err);
		assert_int_equal(a.report.told_count, 1);
		assert_int_equal(a.report.told[0].line, 3);
		assert_int_equal(a.report.count[IMPORT_LEFT_OUT], 1);
	}
	assert_int_equal(shop_count(s, "SELECT count(*) FROM resident"), 1);
}

TEST(a_name_in_which_such_a_word_happens_to_stand_is_a_name, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_ITEMS,
		"名称,类别\n小计划，大改变,book\n会计基础,book\n室内设计,book\n共读手册,book\n"
		"例外,book\n备注里的秘密,book\n总动员,book\n");

	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.told_count, 0);
	assert_int_equal(a.report.count[IMPORT_ADDED], 7);
}

TEST(digits_that_a_spreadsheet_took_for_an_amount_are_read_or_refused, shop)
{
	struct shop *s = *state;

	BRINGS_ZHANG("姓名,手机,楼栋,房号\n张三,13900000010.0,9栋,110.0\n",
		"姓名,手机,楼栋,房号\n张三,1.3900000010E+10,9栋,110\n",
		"姓名,手机,楼栋,房号\n张三,'13900000010,9栋,'110\n",
		"姓名,手机,楼栋,房号\n张三,\"=\"\"13900000010\"\"\",9栋,110\n",
		"姓名,手机,楼栋,房号\n张三,139 0000 0010,9栋,110\n",
		"姓名,手机,楼栋,房号\n张三,139-0000-0010,9栋,110\n",
		"姓名,手机,楼栋,房号\n张三,+86 139 0000 0010,9栋,110\n",
		"姓名,手机,楼栋,房号\n张三,（+86）13900000010,9栋,110\n",
		"姓名,手机,楼栋,房号\n张三,8613900000010,9栋,110\n",
		"姓名,手机,楼栋,房号\n张三,008613900000010,9栋,110\n");
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_RESIDENTS, "姓名,手机\n张三,1.39E+10\n");
	assert_one_fault(&a, 2, 2, NUMBER_CUT);
}

TEST(an_address_in_one_line_becomes_building_and_room, none)
{
	BRINGS_ZHANG("姓名,手机,住址\n张三,13900000010,9栋110\n",
		"姓名,手机,家庭住址\n张三,13900000010,9栋110室\n",
		"姓名,手机,地址\n张三,13900000010,9-110\n",
		"姓名,手机,地址\n张三,13900000010,９－１１０\n",
		"姓名,手机,地址\n张三,13900000010,9#110\n",
		"姓名,手机,地址\n张三,13900000010,榕树里小区9栋110房\n",
		"姓名,手机,楼栋,地址\n张三,13900000010,9栋,\"9栋\n110\"\n",
		"姓名,手机,楼栋/房号\n张三,13900000010,9-110\n");
}

TEST(a_building_merged_over_several_lines_is_that_of_each, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_RESIDENTS,
		"楼栋,房号,姓名,手机\n3栋,501,张三,13900000001\n,502,李四,13900000002\n"
		",,王五,13900000003\n4栋,101,赵六,13900000004\n");

	assert_ok(a.result, &a.err);
	person_is(s, "李四", "13900000002", "3栋", "502");
	person_is(s, "王五", "13900000003", "", "");
	person_is(s, "赵六", "13900000004", "4栋", "101");
	assert_int_equal(a.report.told_count, 1);
	assert_int_equal(a.report.told[0].line, 3);
	assert_int_equal(a.report.told[0].kind, IMPORT_TOLD_MERGED);
	assert_string_equal(a.report.told[0].text, "3栋");
}

#include <string.h>

#include "core/base/mem.h"
#include "core/exchange/signup_text.h"
#include "tests/lib/test.h"

/* Week 49 of 2026: Monday is November 30, Wednesday December 2. */
static const struct day monday = { 2026, 11, 30 };
static const char *const people[] = { "陈丽芳", "张三", "周一鸣", "李四" };
static const char *const shifts[] = { "服务台", "花园养护" };
static const struct signup_vocabulary words = { .monday = { 2026, 11, 30 },
	.people = people,
	.people_count = ARRAY_LEN(people),
	.shifts = shifts,
	.shift_count = ARRAY_LEN(shifts) };

enum { MON = 1, TUE = 2, WED = 4, THU = 8, FRI = 16, SAT = 32, SUN = 64 };

TEST(days_are_named_in_many_ways, none)
{
	static const struct {
		const char *text;
		unsigned days;
		const char *rest;
	} cases[] = {
		{ "周三上午", WED, "上午" },
		{ "星期天", SUN, "" },
		{ "礼拜六晚", SAT, "晚" },
		{ "周一至周三", MON | TUE | WED, "" },
		{ "周一到三下午", MON | TUE | WED, "下午" },
		{ "周1-5", MON | TUE | WED | THU | FRI, "" },
		{ "周一、三、五上午", MON | WED | FRI, "上午" },
		{ "周二四六", TUE | THU | SAT, "" },
		{ "周六日", SAT | SUN, "" },
		{ "周末", SAT | SUN, "" },
		{ "每天晚上", SIGNUP_WEEK, "晚上" },
		{ "工作日", MON | TUE | WED | THU | FRI, "" },
		{ "12月2日上午", WED, "上午" },
		{ "12月2号(周三)", WED, "" },
		{ "12.2下午", WED, "下午" },
		{ "12/2", WED, "" },
		{ "2026-12-02", WED, "" },
		{ "2号", WED, "" },
		{ "1-3号", TUE | WED | THU, "" },
		{ "1号到3号", TUE | WED | THU, "" },
		{ "12月1日至3日", TUE | WED | THU, "" },
		{ "11月30日-12月2日", MON | TUE | WED, "" },
		{ "周三、三人", WED, "、三人" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *s = cases[i].text;
		struct signup_days found = { 0 };
		if (!signup_take_days(&s, monday, &found))
			fail_msg("%s: no day", cases[i].text);
		if (found.days != cases[i].days || found.is_outside ||
			strcmp(s, cases[i].rest) != 0)
			fail_msg("%s: days %x, outside %d, rest \"%s\"", cases[i].text, found.days,
				found.is_outside, s);
	}
}

TEST(another_weeks_day_and_a_wrong_weekday_are_outside, none)
{
	static const char *const texts[] = { "12月9日", "9号", "12月2日(周四)", "12月5日至8日" };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const char *s = texts[i];
		struct signup_days found = { 0 };
		assert_true(signup_take_days(&s, monday, &found));
		assert_true(found.is_outside);
	}
}

TEST(what_is_no_day_is_left_alone, none)
{
	static const char *const texts[] = { "3号楼", "9点", "14:00", "13800001207", "周全", "三栋",
		"服务台", "3人", "", "2月30日" };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const char *s = texts[i];
		struct signup_days found = { 0 };
		if (signup_take_days(&s, monday, &found))
			fail_msg("%s is a day", texts[i]);
		assert_ptr_equal(s, texts[i]);
	}
}

TEST(hours_are_named_in_many_ways, none)
{
	static const struct {
		const char *text;
		bool is_behind, is_late;
		int starts, ends;
	} cases[] = {
		{ "9:00-12:00", false, false, 540, 720 },
		{ "9点", false, false, 540, -1 },
		{ "9点半到12点", false, false, 570, 720 },
		{ "2点-5点半", false, true, 840, 1050 },
		{ "14-17点", false, false, 840, 1020 },
		{ "14-17", true, false, 840, 1020 },
		{ "17:30", false, false, 1050, -1 },
		{ "19时30分", false, false, 1170, -1 },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		const char *s = cases[i].text;
		int starts = 0, ends = 0;
		assert_true(signup_take_hours(
			&s, cases[i].is_behind, cases[i].is_late, &starts, &ends));
		if (starts != cases[i].starts || ends != cases[i].ends || *s)
			fail_msg("%s: %d to %d, rest \"%s\"", cases[i].text, starts, ends, s);
	}
	const char *plain = "14-17";
	int starts, ends;
	assert_false(signup_take_hours(&plain, false, false, &starts, &ends));
}

/* "张三|周三上午|~words|=可以" */
static char *cut(const char *text)
{
	static const char *const marks[] = { [SIGNUP_PERSON] = "@",
		[SIGNUP_TIME] = "",
		[SIGNUP_WORDS] = "~",
		[SIGNUP_KNOWN] = "=" };
	CLEANUP(mem_free) char *clean = signup_clean(text);
	CLEANUP(signup_line_finish) struct signup_line line = { 0 };
	char *all;

	signup_line_read(clean, &words, 1, &line);
	all = mem_printf("%d%s", line.number, line.is_other ? "!" : line.is_either ? "?" : "");
	for (int i = 0; i < line.count; i++) {
		CLEANUP(mem_free) char *before = all;
		all = mem_printf(
			"%s|%s%s", before, marks[line.pieces[i].kind], line.pieces[i].text);
	}
	return all;
}

TEST(a_line_is_cut_into_people_times_and_other_words, none)
{
	static const struct {
		const char *line, *pieces;
	} cases[] = {
		{ "1. 张三 周三上午", "1|@张三|周三上午" },
		{ "２、陈丽芳：周三上午😊", "2|@陈丽芳|周三上午" },
		{ "③李四周五晚", "3|@李四|周五晚" },
		{ "1️⃣ 张三 周三上午，周五下午", "1|@张三|周三上午|周五下午" },
		{ "12.周一鸣 周一上午", "12|@周一鸣|周一上午" },
		{ "张 三 周一、三上午都可以", "0|@张 三|周一、三上午|=都可以" },
		{ "1.12月2日上午 张三", "1|12月2日上午|@张三" },
		{ "12月2日上午 张三", "0|12月2日上午|@张三" },
		{ "9:00-12:00 张三", "0|9:00-12:00|@张三" },
		{ "3栋王小二 周六花园养护", "0|~3栋王小二|周六花园养护" },
		{ "4 张三 13800001207 周六", "4|@张三|~13800001207|周六" },
		{ "5. 张三 周三上午 周五下午2点-5点", "5|@张三|周三上午|周五下午2点-5点" },
		{ "6. 张三丰 周三", "6|~张三丰|周三" },
		{ "7. 张三来不了", "7|@张三|=来不了" },
		{ "8. 张三 周三或周五上午", "8?|@张三|周三|周五上午" },
		{ "9. 张三 礼拜三 晚", "9|@张三|礼拜三 晚" },
		{ "9. 张三 周三（晚）", "9|@张三|周三(晚" },
		{ "9. 张三 周三9点-12点，14点-17点", "9|@张三|周三9点-12点|14点-17点" },
		{ "9. 张三 周三上午9点-12点下午2点-5点", "9|@张三|周三上午9点-12点|下午2点-5点" },
		{ "9. 张三 周六服务台、花园养护", "9|@张三|周六服务台|花园养护" },
		{ "9. 张三 服务台周三、花园养护周六", "9|@张三|服务台周三|花园养护周六" },
		{ "9. 张三 9点-12点周三，14点-17点周五", "9|@张三|9点-12点周三|14点-17点周五" },
		{ "9. 张三 本周三上午", "9|@张三|本周三上午" },
		{ "9. 张三不要排周三上午", "9|@张三|=不要排|周三上午" },
		{ "9. 张三 周三上午❌", "9|@张三|周三上午|=×" },
		{ "9. 张三 周三上午？", "9|@张三|周三上午|~?" },
		{ "9. 张三 周三上午可能来", "9|@张三|周三上午|~可能来" },
		{ "9. 张三 周三加班", "9|@张三|周三|=加班" },
		{ "9. 张三 周三上午👍", "9|@张三|周三上午|=👍" },
		{ "9. 张三 周三上午🤒", "9|@张三|周三上午|~🤒" },
		{ "9. 张三 除周三下午外都行", "9|@张三|=除|周三下午|=外|=都行" },
		{ "9. 李四（代张三）周三上午", "9!|@李四|~代张三|周三上午" },
		{ "9.“张三”【周三上午】", "9|@张三|周三上午" },
		{ "10、", "10" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(mem_free) char *pieces = cut(cases[i].line);
		if (strcmp(pieces, cases[i].pieces) != 0)
			fail_msg("%s: %s, not %s", cases[i].line, pieces, cases[i].pieces);
	}
}

TEST(no_text_leads_the_reader_astray, none)
{
	static const char *const hard[] = { "周", "周一至", "周一、", "12月", "12月2日至", "1-",
		"9:", "9点", "\xE5\x91", "周一\xE5", "2026-", "2026-13-45", "（（（", "、、、",
		"1.1.1.1", "①②③", "9点半到", "12月31日、1日", "32号", "0号", "周日至周一",
		"上午上午上午", "张", "#接龙", "99999999999999999999", "周周周一一一", "14-17-20",
		"···" };

	for (size_t i = 0; i < ARRAY_LEN(hard); i++) {
		CLEANUP(mem_free) char *once = cut(hard[i]);
		CLEANUP(mem_free) char *twice = mem_printf("%s%s", hard[i], hard[i]);
		CLEANUP(mem_free) char *doubled = cut(twice);
		assert_non_null(once);
		assert_non_null(doubled);
	}
}

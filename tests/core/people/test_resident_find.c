/* One line of typing finds people by anything one knows of them. */
#include "core/people/resident_acts.h"
#include "tests/core/folk.h"
#include "tests/lib/test.h"

/* The numbers found, in order: "3 1". */
static char *found(struct folk *f, const char *text)
{
	CLEANUP(resident_page_finish) struct resident_page page = { 0 };
	char *numbers = mem_text("");

	OK(f, resident_find(f->db, &(struct resident_query){ .text = text, .limit = 50 }, &page,
		      &f->err));
	for (int i = 0; i < page.count; i++) {
		char *longer =
			mem_printf("%s%s%d", numbers, i ? " " : "", (int)page.hits[i].number);
		free(numbers);
		numbers = longer;
	}
	return numbers;
}

static void expect(struct folk *f, const char *text, const char *numbers)
{
	CLEANUP(mem_free) char *is = found(f, text);

	if (strcmp(is, numbers) != 0)
		fail_msg("\"%s\" finds \"%s\", not \"%s\"", text, is, numbers);
}

static void add_street(struct folk *f)
{
	FOLK_ADD(f, .name = "张三", .phone = "13812340502", .building = "3栋", .room = "502");
	FOLK_ADD(f, .name = "张三丰", .phone = "13900001111", .building = "3栋", .room = "503");
	FOLK_ADD(f, .name = "赵思", .phone = "075722221111", .building = "13栋", .room = "502");
	FOLK_ADD(f, .name = "陈国祯", .alias = "祯叔", .phone = "13700002222");
	FOLK_ADD(f, .name = "吕敏", .building = "31栋", .room = "101");
	FOLK_ADD(f, .name = "欧阳小三", .building = "A座", .room = "1203");
}

TEST(by_the_beginning_of_the_name, folk)
{
	add_street(*state);
	expect(*state, "张三", "1 2");
	expect(*state, "张", "1 2");
	expect(*state, "三", "");
	expect(*state, "  欧阳 ", "6");
}

TEST(by_pinyin_initials, folk)
{
	add_street(*state);
	expect(*state, "zs", "1 3 2"); /* 张三 and 赵思 match whole, then 张三丰 */
	expect(*state, "ZSF", "2");
	expect(*state, "oyxs", "6");
}

TEST(by_the_beginning_of_the_pinyin, folk)
{
	add_street(*state);
	expect(*state, "zhangs", "1 2");
	expect(*state, "Zhang San", "1 2");
	expect(*state, "lvmin", "5");
	expect(*state, "lumin", "5");
	expect(*state, "zh", "1 2 3");
}

TEST(by_the_name_they_are_called, folk)
{
	add_street(*state);
	expect(*state, "祯叔", "4");
}

TEST(by_the_last_digits_of_the_phone, folk)
{
	add_street(*state);
	expect(*state, "1111", "2 3");
	expect(*state, "22221111", "3");
	expect(*state, "13900001111", "2");
	expect(*state, "139 0000 1111", "2");
	expect(*state, "01111", "2");
	expect(*state, "111", "");
}

TEST(by_building_and_room, folk)
{
	add_street(*state);
	expect(*state, "3-502", "1");
	expect(*state, "3栋502", "1");
	expect(*state, "三座５０２房", "1");
	expect(*state, "3-50", "1 2");
	expect(*state, "A座1203", "6");
	expect(*state, "3栋", "1 2");
	expect(*state, "502", "1 3");
	expect(*state, "三栋", "1 2");
}

TEST(a_number_is_tried_first, folk)
{
	add_street(*state);
	expect(*state, "3", "3 1 2"); /* number 3, then building 3 */
	expect(*state, "0004", "4");
	expect(*state, "999999999999", "");
}

TEST(nobody_is_listed_twice, folk)
{
	struct folk *f = *state;

	FOLK_ADD(f, .name = "李四", .number = 502, .phone = "0502", .building = "502栋",
		.room = "502");
	FOLK_ADD(f, .name = "lili", .alias = "lili");
	expect(f, "502", "502");
	expect(f, "0502", "502");
	expect(f, "li", "503 502");
}

TEST(who_has_left_is_found_only_when_asked_for, folk)
{
	struct folk *f = *state;
	CLEANUP(resident_page_finish) struct resident_page page = { 0 };
	int64_t id = FOLK_ADD(f, .name = "张三");

	OK(f, resident_leave(f->db, &by_coordinator, id, &f->err));
	expect(f, "张三", "");
	expect(f, "", "");
	OK(f, resident_find(f->db,
		      &(struct resident_query){ .text = "zs", .limit = 5, .include_left = true },
		      &page, &f->err));
	assert_int_equal(page.count, 1);
	assert_true(page.hits[0].has_left);
}

TEST(an_empty_query_lists_everybody_by_number, folk)
{
	add_street(*state);
	expect(*state, "", "1 2 3 4 5 6");
	expect(*state, "　", "1 2 3 4 5 6");
}

TEST(a_hit_says_what_it_was_found_by, folk)
{
	struct folk *f = *state;
	CLEANUP(resident_page_finish) struct resident_page page = { 0 };

	add_street(f);
	OK(f, resident_find(
		      f->db, &(struct resident_query){ .text = "3", .limit = 9 }, &page, &f->err));
	assert_int_equal(page.count, 3);
	assert_int_equal(page.hits[0].match, RESIDENT_BY_NUMBER);
	assert_int_equal(page.hits[1].match, RESIDENT_BY_PLACE);
	assert_string_equal(page.hits[1].name, "张三");
	assert_string_equal(page.hits[1].room, "502");
	assert_string_equal(page.hits[1].phone, "13812340502");
}

/* 40 people who match "z" in several ways, page by page of three. */
TEST(pages_follow_one_another_without_gap_or_repeat, folk)
{
	static const char *const given[] = { "三", "伟", "芳", "敏", "静" };
	static const char *const surnames[] = { "张", "赵", "周", "曾", "祝", "邹", "庄", "翟" };
	struct folk *f = *state;
	CLEANUP(resident_page_finish) struct resident_page page = { 0 };
	CLEANUP(resident_page_finish) struct resident_page whole = { 0 };
	int seen = 0;

	for (size_t i = 0; i < ARRAY_LEN(surnames); i++)
		for (size_t k = 0; k < ARRAY_LEN(given); k++) {
			CLEANUP(mem_free) char *name = mem_printf("%s%s", surnames[i], given[k]);
			FOLK_ADD(f, .name = name, .building = "2栋", .room = k % 2 ? "101" : "102");
		}
	for (int q = 0; q < 3; q++) {
		const char *text = (const char *[]){ "z", "2栋", "" }[q];
		resident_page_finish(&whole);
		OK(f, resident_find(f->db, &(struct resident_query){ .text = text, .limit = 99 },
			      &whole, &f->err));
		assert_int_equal(whole.count, 40);
		assert_false(whole.has_more);
		seen = 0;
		do {
			struct resident_page next = { 0 };
			struct resident_query query = { .text = text, .limit = 3 };
			query.after = seen ? &page.hits[page.count - 1] : NULL;
			OK(f, resident_find(f->db, &query, &next, &f->err));
			resident_page_finish(&page);
			page = next;
			for (int i = 0; i < page.count; i++, seen++)
				assert_int_equal(page.hits[i].id, whole.hits[seen].id);
		} while (page.has_more);
		assert_int_equal(seen, 40);
	}
}

TEST(odd_queries_find_nobody_and_do_no_harm, folk)
{
	struct folk *f = *state;
	struct resident_page page;

	add_street(f);
	expect(f, "%", "");
	expect(f, "' OR 1=1 --", "");
	expect(f, "-", "");
	expect(f, "zzzzzz", "");
	assert_int_equal(
		resident_find(f->db, &(struct resident_query){ .text = "\x1b[31m", .limit = 5 },
			&page, &f->err),
		ERR_INVALID);
}

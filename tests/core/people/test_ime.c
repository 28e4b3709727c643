/* Typing names with Latin letters alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/ime.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

#define LIST_MAX 4000

struct list {
	struct ime_candidate candidates[LIST_MAX];
	int count;
};

static void list_finish(struct list *list)
{
	for (int i = 0; i < list->count; i++)
		free(list->candidates[i].text);
}

static struct list all_of(struct ime *ime, const char *typed)
{
	struct list list = { 0 };

	list.count = ime_candidates(ime, typed, 0, LIST_MAX, list.candidates);
	assert_in_range(list.count, 0, LIST_MAX - 1);
	return list;
}

static int place_of(struct ime *ime, const char *typed, const char *text)
{
	CLEANUP(list_finish) struct list list = all_of(ime, typed);

	for (int i = 0; i < list.count; i++)
		if (strcmp(list.candidates[i].text, text) == 0)
			return i;
	return -1;
}

static void expect_on_first_page(struct ime *ime, const char *typed, const char *text)
{
	int place = place_of(ime, typed, text);

	if (place < 0 || place >= 9)
		fail_msg("%s for %s is at %d", text, typed, place);
}

static int ime_setup(void **state)
{
	*state = ime_create();
	return 0;
}

static int ime_teardown(void **state)
{
	ime_destroy(*state);
	return 0;
}

TEST(surnames_come_first, none)
{
	static const char *const surnames[][2] = { { "zhang", "张" }, { "wang", "王" },
		{ "li", "李" }, { "ou", "欧" }, { "chen", "陈" }, { "he", "何" }, { "lv", "吕" },
		{ "shan", "单" }, { "qiu", "仇" }, { "she", "佘" }, { "tong", "仝" },
		{ "pang", "逄" }, { "zhen", "甄" }, { "xian", "冼" }, { "kuang", "邝" } };

	for (size_t i = 0; i < ARRAY_LEN(surnames); i++)
		expect_on_first_page(*state, surnames[i][0], surnames[i][1]);
}

TEST(characters_of_given_names_are_on_the_first_page, none)
{
	static const char *const given[][2] = { { "ting", "婷" }, { "rui", "睿" }, { "hao", "昊" },
		{ "zi", "梓" }, { "zhen", "祯" }, { "fang", "芳" }, { "xuan", "轩" } };

	for (size_t i = 0; i < ARRAY_LEN(given); i++)
		expect_on_first_page(*state, given[i][0], given[i][1]);
}

TEST(a_rare_character_of_names_is_within_two_pages, none)
{
	static const char *const rare[][2] = { { "yan", "䶮" }, { "jie", "㛃" }, { "kun", "堃" },
		{ "zhe", "喆" }, { "peng", "芃" }, { "shen", "燊" }, { "jue", "玨" } };

	for (size_t i = 0; i < ARRAY_LEN(rare); i++)
		assert_in_range(place_of(*state, rare[i][0], rare[i][1]), 0, 2 * 9 - 1);
}

TEST(the_rarest_character_can_be_reached, none)
{
	static const char *const rare[][2] = { { "yan", "㢂" }, { "biao", "骉" }, { "ben", "犇" } };

	for (size_t i = 0; i < ARRAY_LEN(rare); i++)
		assert_true(place_of(*state, rare[i][0], rare[i][1]) >= 0);
}

TEST(a_candidate_says_how_many_letters_it_stands_for, none)
{
	static const struct {
		const char *typed, *first;
		int letters;
	} cases[] = { { "zhangsan", "张", 5 }, { "fangan", "方", 4 }, { "lifang", "李", 2 },
		{ "xi'an", "席", 2 }, { "zh", "张", 2 }, { "zhs", "张", 2 }, { "nve", "虐", 3 },
		{ "lue", "略", 3 } };

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(list_finish) struct list list = all_of(*state, cases[i].typed);
		int found = -1;
		for (int k = 0; k < list.count && found < 0; k++)
			if (strcmp(list.candidates[k].text, cases[i].first) == 0)
				found = list.candidates[k].letters;
		assert_int_equal(found, cases[i].letters);
	}
}

TEST(pages_follow_one_another_without_gap_or_repeat, none)
{
	CLEANUP(list_finish) struct list whole = all_of(*state, "zhang");
	struct ime_candidate page[9];
	int seen = 0, n;

	while ((n = ime_candidates(*state, "zhang", seen, 9, page)) > 0)
		for (int i = 0; i < n; i++, seen++) {
			assert_string_equal(page[i].text, whole.candidates[seen].text);
			free(page[i].text);
		}
	assert_int_equal(seen, whole.count);
}

TEST(no_candidate_is_offered_twice, none)
{
	static const char *const typed[] = { "zhang", "li", "zh", "fangan", "shan" };

	for (size_t t = 0; t < ARRAY_LEN(typed); t++) {
		CLEANUP(list_finish) struct list list = all_of(*state, typed[t]);
		for (int i = 0; i < list.count; i++)
			for (int k = i + 1; k < list.count; k++)
				assert_string_not_equal(
					list.candidates[i].text, list.candidates[k].text);
	}
}

TEST(what_is_no_syllable_yields_nothing, none)
{
	static const char *const typed[] = { "", "i", "u", "v", "'", "''", "张", "3", "ZHANG" };

	for (size_t i = 0; i < ARRAY_LEN(typed); i++)
		assert_int_equal(all_of(*state, typed[i]).count, 0);
}

/* Picks candidate after candidate, as a person does who wants 陈丽芳. */
TEST(a_name_is_composed_character_by_character, none)
{
	static const char *const wanted[] = { "陈", "丽", "芳" };
	const char *rest = "chenlifang";

	for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
		CLEANUP(list_finish) struct list list = all_of(*state, rest);
		int k = 0;
		while (k < list.count && strcmp(list.candidates[k].text, wanted[i]) != 0)
			k++;
		assert_true(k < list.count);
		rest += list.candidates[k].letters;
	}
	assert_string_equal(rest, "");
}

TEST(words_are_offered_where_the_library_is_installed, none)
{
	if (place_of(*state, "xiaoming", "小明") < 0)
		test_skip("libgooglepinyin0 is not installed");
	assert_int_equal(place_of(*state, "zhangsan", "张三"), 0);
	assert_int_equal(place_of(*state, "jianguo", "建国"), 0);
	assert_int_equal(place_of(*state, "guihua", "桂花"), 0);
}

TEST(it_writes_no_file_and_can_be_made_again, none)
{
	char here[4096], empty[] = "/tmp/jiaplus-ime-XXXXXX";

	assert_non_null(getcwd(here, sizeof(here)));
	assert_non_null(mkdtemp(empty));
	assert_int_equal(chdir(empty), 0);
	assert_int_equal(setenv("HOME", empty, 1), 0);
	for (int i = 0; i < 3; i++) {
		struct ime *other = ime_create();
		assert_true(place_of(other, "zhang", "张") >= 0);
		ime_destroy(other);
	}
	assert_int_equal(chdir(here), 0);
	/* Only an empty folder can be removed. */
	assert_int_equal(rmdir(empty), 0);
}

TEST(whatever_is_typed_every_candidate_uses_letters_up, none)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz'aeiounghz";
	srand((unsigned)chance_seed());
	for (int round = 0; round < 500; round++) {
		char typed[48] = "";
		size_t len = (size_t)(rand() % 44);
		for (size_t i = 0; i < len; i++)
			typed[i] = letters[(size_t)rand() % (sizeof(letters) - 1)];
		CLEANUP(list_finish) struct list list = all_of(*state, typed);
		for (int i = 0; i < list.count; i++) {
			assert_in_range(list.candidates[i].letters, 1, (int)len);
			for (const char *s = list.candidates[i].text; *s;)
				assert_int_not_equal(text_next(&s), 0xFFFD);
		}
	}
}

TEST_FILE(.setup = ime_setup, .teardown = ime_teardown)

/* Readings of names and words. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/people/pinyin.h"
#include "tests/lib/test.h"

struct reading {
	const char *text, *full, *initials;
};

static void check(void (*read)(const char *, struct pinyin_text *), const struct reading *r)
{
	CLEANUP(pinyin_text_finish) struct pinyin_text text = { 0 };

	read(r->text, &text);
	assert_string_equal(text.full, r->full);
	assert_string_equal(text.initials, r->initials);
}

TEST(a_name_reads_syllable_by_syllable, none)
{
	static const struct reading names[] = {
		{ "张三", "zhangsan", "zs" },
		{ "欧阳小三", "ouyangxiaosan", "oyxs" },
		{ "陈丽芳", "chenlifang", "clf" },
		{ "阿依古丽·买买提江", "ayigulimaimaitijiang", "ayglmmtj" },
		{ " 张　三 ", "zhangsan", "zs" },
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		check(pinyin_of_name, &names[i]);
}

TEST(surnames_read_as_surnames, none)
{
	static const struct reading names[] = {
		{ "单立人", "shanliren", "slr" },
		{ "曾国", "zengguo", "zg" },
		{ "仇英", "qiuying", "qy" },
		{ "解放", "xiefang", "xf" },
		{ "区小明", "ouxiaoming", "oxm" },
		{ "查良", "zhaliang", "zl" },
		{ "尉迟恭", "yuchigong", "ycg" },
		{ "缪斯", "miaosi", "ms" },
		{ "覃海", "qinhai", "qh" },
		{ "冼星海", "xianxinghai", "xxh" },
		{ "仝青", "tongqing", "tq" },
		{ "佘诗", "sheshi", "ss" },
		{ "逄飞", "pangfei", "pf" },
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		check(pinyin_of_name, &names[i]);
}

TEST(only_the_first_character_is_a_surname, none)
{
	check(pinyin_of_name, &(struct reading){ "李单", "lidan", "ld" });
}

TEST(u_with_dots_is_found_as_u, none)
{
	check(pinyin_of_name, &(struct reading){ "吕绿", "lulu", "ll" });
}

TEST(rare_characters_read, none)
{
	static const struct reading names[] = {
		{ "刘䶮", "liuyan", "ly" },
		{ "王㛃", "wangjie", "wj" },
		{ "李堃", "likun", "lk" },
		{ "陈〇", "chenling", "cl" },
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		check(pinyin_of_name, &names[i]);
}

TEST(latin_names_keep_their_letters, none)
{
	check(pinyin_of_name, &(struct reading){ "John O'Neil Smith", "johnoneilsmith", "jos" });
	check(pinyin_of_name, &(struct reading){ "张John三", "zhangjohnsan", "zjs" });
}

TEST(what_has_no_reading_is_left_out, none)
{
	check(pinyin_of_name, &(struct reading){ "", "", "" });
	check(pinyin_of_name, &(struct reading){ "···", "", "" });
	check(pinyin_of_name, &(struct reading){ "\U00020BB7野", "ye", "y" });
}

TEST(a_title_reads_both_ways_where_there_are_two, none)
{
	check(pinyin_of_title, &(struct reading){ "音乐", "yinle yinyue", "yl yy" });
	check(pinyin_of_title, &(struct reading){ "血压计", "xueyaji xieyaji", "xyj" });
	check(pinyin_of_title, &(struct reading){ "电钻", "dianzuan", "dz" });
	check(pinyin_of_title, &(struct reading){ "3D打印机", "3ddayinji", "3dyj" });
}

TEST(a_title_never_reads_in_more_than_four_ways, none)
{
	CLEANUP(pinyin_text_finish) struct pinyin_text text = { 0 };
	int spaces = 0;

	pinyin_of_title("乐行长重调弹血便角藏盛壳车", &text);
	for (const char *s = text.full; *s; s++)
		spaces += *s == ' ';
	assert_int_equal(spaces, 3);
}

TEST(a_query_is_brought_into_the_same_form, none)
{
	static const struct {
		const char *typed, *query;
	} queries[] = {
		{ "ZS", "zs" },
		{ "Zhang San", "zhangsan" },
		{ "xi'an", "xian" },
		{ "lvmin", "lumin" },
		{ "ＺＳ", "zs" },
		{ "3d", "3d" },
		{ "张", NULL },
		{ "502", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
		CLEANUP(mem_free) char *query = pinyin_query(queries[i].typed);
		if (queries[i].query)
			assert_string_equal(query, queries[i].query);
		else
			assert_null(query);
	}
}

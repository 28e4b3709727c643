#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/duty/shift_acts.h"
#include "core/exchange/reasons.h"
#include "core/exchange/signup_list.h"
#include "core/exchange/signup_text.h"
#include "core/exchange/signup_who.h"
#include "core/people/resident_acts.h"
#include "tests/core/crew.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

/* Week 48, Monday 2026-11-23: mornings, afternoons and evenings at the service desk for two each on
 * Monday, Wednesday and Friday; on Saturday morning the garden, too. */
struct signups {
	struct crew *crew;
	int64_t morning[7], afternoon[7], evening[7], garden;
	int64_t fang, zhen, ming, other_ming;
	struct signup_list list;
};

static int64_t serve(struct crew *c, const char *name, const char *alias)
{
	struct shop *s = c->shop;
	struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;
	const struct resident_new person = { .name = name,
		.alias = alias,
		.category = "volunteer",
		.phone = alias ? NULL : "13800001207",
		.wall_name = alias ? WALL_ALIAS : WALL_FULL,
		.consent_version = "2026-1" };
	struct act by = by_override;

	assert_ok(resident_add(s->db, &by, &person, &draft.resident, &s->err), &s->err);
	draft.cap_week = 7;
	draft.rest_minutes = 0;
	crew_set(c, &draft);
	return draft.resident;
}

static int signup_list_setup(void **state)
{
	struct signups *t = mem_alloc(sizeof(*t));
	void *crew = NULL;

	crew_setup(&crew);
	t->crew = crew;
	for (int day = 0; day < 5; day += 2) {
		static const char *const hours[][2] = { { "09:00", "12:00" }, { "14:00", "17:00" },
			{ "18:00", "20:00" } };
		int64_t *const into[] = { &t->morning[day], &t->afternoon[day], &t->evening[day] };
		for (int i = 0; i < 3; i++) {
			CLEANUP(mem_free)
			char *start = mem_printf("2026-11-%dT%s", 23 + day, hours[i][0]);
			CLEANUP(mem_free)
			char *end = mem_printf("2026-11-%dT%s", 23 + day, hours[i][1]);
			*into[i] = crew_shift(t->crew, start, end);
		}
	}
	t->morning[5] = crew_shift(t->crew, "2026-11-28T09:00", "2026-11-28T12:00");
	const struct shift_draft garden = { "花园养护", at("2026-11-28T08:00"),
		at("2026-11-28T10:00"), 4, 0 };
	assert_ok(shift_add(t->crew->shop->db, &by_coordinator, &garden, &t->garden,
			  &t->crew->shop->err),
		&t->crew->shop->err);
	t->fang = serve(t->crew, "陈丽芳", NULL);
	t->zhen = serve(t->crew, "何耀祯", "祯叔");
	t->ming = serve(t->crew, "黄敏", "敏姐");
	*state = t;
	return 0;
}

static int signup_list_teardown(void **state)
{
	struct signups *t = *state;
	void *crew = t->crew;

	signup_list_finish(&t->list);
	free(t);
	return crew_teardown(&crew);
}

static void try_list(struct signups *t, bool is_kept)
{
	struct shop *s = t->crew->shop;

	assert_ok(signup_list_try(s->db, &by_coordinator, &t->list, is_kept, &s->err), &s->err);
}

static void read_list(struct signups *t, const char *text)
{
	struct shop *s = t->crew->shop;

	signup_list_finish(&t->list);
	assert_ok(signup_list_read(s->db, text, next_week, &t->list, &s->err), &s->err);
	try_list(t, false);
}

static const struct signup_row *row_for(const struct signups *t, int64_t resident, int64_t shift)
{
	for (int i = 0; i < t->list.count; i++)
		if (t->list.rows[i].resident == resident && t->list.rows[i].shift == shift &&
			t->list.rows[i].state != SIGNUP_DROPPED)
			return &t->list.rows[i];
	return NULL;
}

static void assert_sure(const struct signups *t, int64_t resident, int64_t shift)
{
	const struct signup_row *row = row_for(t, resident, shift);

	assert_non_null(row);
	assert_int_equal(row->state, SIGNUP_SURE);
}

#define assert_unread(t, line_, code_)                                              \
	do {                                                                        \
		const struct signup_row *unread_ = NULL;                            \
		for (int i_ = 0; i_ < (t)->list.count; i_++)                        \
			if ((t)->list.rows[i_].line == (line_))                     \
				unread_ = &(t)->list.rows[i_];                      \
		assert_non_null(unread_);                                           \
		assert_int_equal(unread_->state, SIGNUP_UNREAD);                    \
		assert_int_equal(unread_->against.reasons[0].code, REASON_##code_); \
	} while (0)

TEST(a_list_from_a_chat_is_read, signup_list)
{
	struct signups *t = *state;

	read_list(t, "#接龙\n第48周值班报名，联系人陈丽芳\n例 张三 周三上午\n\n"
		     "1. 陈丽芳 周三上午😊\n"
		     "２、祯叔：周一下午、周五晚上\n"
		     "3. 黄敏 11月25日晚上\n"
		     "4.\n"
		     "5. 何耀祯 周六花园养护\n");
	assert_int_equal(t->list.count, 5);
	assert_sure(t, t->fang, t->morning[2]);
	assert_sure(t, t->zhen, t->afternoon[0]);
	assert_sure(t, t->zhen, t->evening[4]);
	assert_sure(t, t->ming, t->evening[2]);
	assert_sure(t, t->zhen, t->garden);
	assert_int_equal(t->list.counts[SIGNUP_SURE], 5);
	assert_int_equal(signup_list_open_doubt(&t->list), -1);
}

static int64_t count_assignments(struct signups *t)
{
	int64_t n = -1;

	assert_ok(
		db_integer(t->crew->shop->db, "SELECT count(*) FROM assignment WHERE gone IS NULL",
			NO_FIELDS, 0, &n, &t->crew->shop->err),
		&t->crew->shop->err);
	return n;
}

TEST(a_dry_run_keeps_nothing_and_taking_keeps_what_it_promised, signup_list)
{
	struct signups *t = *state;

	read_list(t, "1. 陈丽芳 周一、三、五上午\n2. 陈丽芳 周三上午\n3. 祯叔 周五上午");
	assert_int_equal(t->list.counts[SIGNUP_SURE], 4);
	assert_int_equal(t->list.counts[SIGNUP_ALREADY], 1);
	assert_int_equal(count_assignments(t), 0);
	try_list(t, true);
	assert_int_equal(count_assignments(t), 4);
	assert_true(t->list.is_kept);
	/* The same list once more: everybody is there already. */
	read_list(t, "1. 陈丽芳 周一、三、五上午\n2. 陈丽芳 周三上午\n3. 祯叔 周五上午");
	assert_int_equal(t->list.counts[SIGNUP_ALREADY], 5);
}

TEST(the_rules_of_duty_speak_against_a_line, signup_list)
{
	struct signups *t = *state;
	const struct volunteer_time away = { .stance = TIME_AWAY, .weekday = 1, .ends = 1440 };

	crew_times(t->crew, t->zhen, &away, 1);
	crew_assign(t->crew, t->morning[4], t->crew->chen);
	crew_assign(t->crew, t->morning[4], t->crew->huang);
	read_list(t, "1. 祯叔 周一上午\n2. 陈丽芳 周五上午");
	const struct signup_row *monday = row_for(t, t->zhen, t->morning[0]);
	const struct signup_row *friday = row_for(t, t->fang, t->morning[4]);
	assert_int_equal(monday->state, SIGNUP_REFUSED);
	assert_true(err_has(&monday->against, REASON_DUTY_AWAY));
	assert_int_equal(friday->state, SIGNUP_REFUSED);
	assert_true(err_has(&friday->against, REASON_SHIFT_FULL));
}

TEST(a_name_that_is_nearly_right_is_asked_for, signup_list)
{
	static const char *const texts[] = { "1. 陈丽方 周三上午", "1. chenlifang 周三上午",
		"1. 陈姐 周三上午", "1. 丽芳 周三上午", "1. 3栋陈丽芳 周三上午", "1. 阿芳 周三上午",
		"1. 陈芳 周三上午" };
	struct signups *t = *state;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		read_list(t, texts[i]);
		assert_int_equal(t->list.counts[SIGNUP_DOUBT], 1);
		int doubt = signup_list_open_doubt(&t->list);
		assert_true(doubt >= 0 && t->list.doubts[doubt].is_who);
		assert_int_equal(t->list.doubts[doubt].count, 1);
		assert_true(t->list.doubts[doubt].choices[0] == t->fang);
	}
	t->list.doubts[0].answer = 0;
	try_list(t, true);
	assert_sure(t, t->fang, t->morning[2]);
	assert_int_equal(count_assignments(t), 1);
}

TEST(one_answer_about_a_person_settles_the_whole_line, signup_list)
{
	struct signups *t = *state;

	serve(t->crew, "黄敏", "小黄");
	read_list(t, "1. 黄敏 周一至周三上午、周五晚上");
	int doubt = signup_list_open_doubt(&t->list);
	assert_true(doubt >= 0);
	assert_int_equal(t->list.doubts[doubt].count, 2);
	t->list.doubts[doubt].answer = 0;
	try_list(t, false);
	assert_int_equal(signup_list_open_doubt(&t->list), -1);
	assert_sure(t, t->ming, t->morning[0]);
	assert_sure(t, t->ming, t->morning[2]);
	assert_sure(t, t->ming, t->evening[4]);
	/* Tuesday has no shift. */
	assert_int_equal(t->list.counts[SIGNUP_UNREAD], 1);
	t->list.doubts[doubt].answer = SIGNUP_NONE_OF_THEM;
	try_list(t, false);
	assert_int_equal(t->list.counts[SIGNUP_SURE], 0);
}

TEST(a_day_with_several_shifts_is_asked_for, signup_list)
{
	struct signups *t = *state;

	read_list(t, "1. 陈丽芳 周三");
	assert_int_equal(t->list.counts[SIGNUP_DOUBT], 1);
	int doubt = signup_list_open_doubt(&t->list);
	assert_false(t->list.doubts[doubt].is_who);
	assert_int_equal(t->list.doubts[doubt].count, 3);
	t->list.doubts[doubt].answer = 1;
	try_list(t, false);
	assert_int_equal(t->list.counts[SIGNUP_SURE], 1);
	assert_sure(t, t->fang, t->afternoon[2]);
	t->list.doubts[doubt].answer = SIGNUP_ALL_OF_THEM;
	try_list(t, false);
	assert_int_equal(t->list.counts[SIGNUP_SURE] + t->list.counts[SIGNUP_REFUSED], 3);
}

TEST(either_of_two_days_is_one_question, signup_list)
{
	struct signups *t = *state;

	read_list(t, "1. 陈丽芳 周三或周五上午");
	/* Wednesday names no period: all three of it, and Friday's morning. */
	assert_int_equal(t->list.counts[SIGNUP_DOUBT], 1);
	assert_int_equal(t->list.doubts[signup_list_open_doubt(&t->list)].count, 4);
}

TEST(what_is_not_understood_says_why, signup_list)
{
	struct signups *t = *state;

	shop_resident(t->crew->shop); /* 何D, a neighbour */
	read_list(t, "1. 王小二 周三上午\n"
		     "2. 何D 周三上午\n"
		     "3. 陈丽芳\n"
		     "4. 陈丽芳 周二上午\n"
		     "5. 陈丽芳 12月9日上午\n"
		     "6. 陈丽芳 周三取消\n"
		     "7. 周三上午\n");
	assert_unread(t, 1, SIGNUP_NAME_UNKNOWN);
	assert_unread(t, 2, VOLUNTEER_UNKNOWN);
	assert_unread(t, 3, SIGNUP_TIME_NONE);
	assert_unread(t, 4, SIGNUP_SHIFT_NONE);
	assert_unread(t, 5, SIGNUP_OTHER_WEEK);
	assert_unread(t, 6, SIGNUP_NO);
	assert_unread(t, 7, SIGNUP_NAME_UNKNOWN);
	assert_int_equal(t->list.counts[SIGNUP_SURE], 0);
}

TEST(a_list_below_a_heading_takes_its_time, signup_list)
{
	struct signups *t = *state;

	read_list(t, "#接龙 值班\n周三上午：\n1. 陈丽芳\n2. 祯叔\n周五晚上：\n1. 黄敏");
	assert_sure(t, t->fang, t->morning[2]);
	assert_sure(t, t->zhen, t->morning[2]);
	assert_sure(t, t->ming, t->evening[4]);
	assert_int_equal(t->list.count, 3);
}

TEST(several_people_stand_in_one_line, signup_list)
{
	struct signups *t = *state;

	read_list(t, "1. 陈丽芳、祯叔 周三上午；黄敏 周五晚上\n");
	assert_int_equal(t->list.count, 3);
	assert_sure(t, t->fang, t->morning[2]);
	assert_sure(t, t->zhen, t->morning[2]);
	assert_sure(t, t->ming, t->evening[4]);
	read_list(t, "周三上午：陈丽芳、祯叔；周五晚上：黄敏\n");
	assert_int_equal(t->list.count, 3);
	assert_sure(t, t->zhen, t->morning[2]);
	assert_sure(t, t->ming, t->evening[4]);
	read_list(t, "1. 陈丽芳、王小二 周三上午\n");
	assert_int_equal(t->list.count, 2);
	assert_sure(t, t->fang, t->morning[2]);
	assert_unread(t, 1, SIGNUP_NAME_UNKNOWN);
}

TEST(hours_and_a_whole_day_are_understood, signup_list)
{
	struct signups *t = *state;

	read_list(t, "1. 陈丽芳 周三下午2点-5点\n2. 祯叔 周五全天\n3. 黄敏 周一 18:00-20:00");
	assert_sure(t, t->fang, t->afternoon[2]);
	assert_sure(t, t->ming, t->evening[0]);
	/* The rules allow one shift a day: the morning is taken, the others give the reason. */
	assert_int_equal(row_for(t, t->zhen, t->morning[4])->state, SIGNUP_SURE);
	assert_non_null(row_for(t, t->zhen, t->afternoon[4]));
	assert_non_null(row_for(t, t->zhen, t->evening[4]));
}

TEST(a_repeat_with_the_same_key_happens_once, signup_list)
{
	struct signups *t = *state;
	struct shop *s = t->crew->shop;
	struct act act = by_coordinator;
	int64_t journal[2];

	act_new_key(act.key);
	read_list(t, "1. 陈丽芳 周三上午");
	for (int i = 0; i < 2; i++) {
		assert_ok(signup_list_try(s->db, &act, &t->list, true, &s->err), &s->err);
		assert_ok(db_integer(s->db, "SELECT count(*) FROM journal", NO_FIELDS, 0,
				  &journal[i], &s->err),
			&s->err);
	}
	assert_true(journal[0] == journal[1]);
	assert_int_equal(count_assignments(t), 1);
}

/* ---- a no is never a yes ---- */

static const struct signup_doubt *doubt_on(const struct signups *t, int line, bool is_away)
{
	for (int i = 0; i < t->list.doubt_count; i++)
		if (t->list.doubts[i].line == line && t->list.doubts[i].is_away == is_away &&
			!t->list.doubts[i].is_who)
			return &t->list.doubts[i];
	return NULL;
}

TEST(no_way_to_say_no_is_a_yes, signup_list)
{
	static const char *const lines[] = { "不要排周三上午", "周三上午以外都可以",
		"除周三上午外都行", "周三上午×", "周三上午✗", "周三上午❌", "周三上午 X",
		"周三上午（待定）", "周三上午就算了", "别排周三上午", "周三上午别", "周三上午有事",
		"周三上午不行", "周三上午没空", "周三上午来不了", "周三上午请假", "周三上午出差",
		"周三上午改天", "周三上午换人", "周三上午取消", "取消周三上午", "周三上午？",
		"周三上午吗", "周三上午可能", "周三上午看情况", "周三上午或者不来",
		"周三上午不一定", "周三上午唔得", "周三上午冇空", "周三上午加班", "周三上午🙅",
		"周三上午 🚫", "周三上午👎", "周三上午再说", "周三上午能来就来", "周三上午候补",
		"如果周三上午", "周三上午+1", "周三上午2人", "只要不是周三上午", "周三上午不可以",
		"周三上午除外", "周三上午之外", "周三上午可以，算了", "周三上午可以，不行",
		"可以，周三上午除外", "周三上午随便", "周三上午 不", "周三上午no", "周三上午 N",
		"周三上午没定", "周三上午可以吗", "周三上午行不行", "周三上午→周五上午" };
	struct signups *t = *state;

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		for (int way = 0; way < 4; way++) {
			CLEANUP(mem_free)
			char *text = mem_printf(way == 0   ? "1. 陈丽芳 %s"
						: way == 1 ? "1.陈丽芳%s"
						: way == 2 ? "陈丽芳：%s"
							   : "1. %s 陈丽芳",
				lines[i]);
			read_list(t, text);
			if (t->list.counts[SIGNUP_SURE] > 0)
				fail_msg("%s is sure", text);
			if (t->list.counts[SIGNUP_DOUBT] + t->list.counts[SIGNUP_UNREAD] == 0)
				fail_msg("%s is lost", text);
			for (int k = 0; k < t->list.count; k++)
				assert_string_equal(t->list.rows[k].text, text);
		}
}

/* A recognised time with anything around it: letters that are no word, and random combinations of
 * words. */
TEST(a_time_beside_unknown_words_is_never_sure, signup_list)
{
	static const char *const times[] = { "周三上午", "周一下午", "11月25日晚上", "周六花园养护",
		"周五9:00-12:00", "周一、三上午", "礼拜三 晚" };
	static const char *const known[] = { "可以", "都", "的", "我", "有空", "谢谢", "来" };
	struct signups *t = *state;

	for (int round = 0; round < 300; round++) {
		char word[64] = "";
		int letters = 1 + (int)draw(3);
		for (int i = 0; i < letters; i++) {
			char one[5];
			/* Letters that occur in no word of ours. */
			text_put(0x9F00 + draw(0x60), one);
			strcat(word, one);
		}
		const char *time = times[draw(ARRAY_LEN(times))];
		const char *other = known[draw(ARRAY_LEN(known))];
		CLEANUP(mem_free)
		char *text = mem_printf(draw(2) ? "1. 陈丽芳 %s%s%s" : "1. 陈丽芳 %3$s%1$s %2$s",
			time, draw(2) ? word : other, draw(2) ? other : word);
		if (!strstr(text, word))
			continue;
		read_list(t, text);
		if (t->list.counts[SIGNUP_SURE] > 0)
			fail_msg("%s is sure", text);
	}
}

TEST(words_that_say_nothing_leave_a_line_sure, signup_list)
{
	static const char *const lines[] = { "周三上午", "周三上午可以", "周三上午👌",
		"我周三上午有空", "周三上午没问题，谢谢", "周三上午 收到", "报名周三上午",
		"周三上午我来吧", "周三上午值班", "周三上午 ✅", "（周三上午）", "【周三】上午",
		"周三上午～", "周三上午！", "周三上午。", "每周三上午", "下周三上午",
		"3栋502 周三上午", "13800001207 周三上午", "可以，周三上午", "周三上午得闲",
		"周三上午 🌹🌹", "周三上午[玫瑰]", "週三上午", "周三上午😊💪🏻",
		"周三上午…" };
	struct signups *t = *state;

	for (size_t i = 0; i + 1 < ARRAY_LEN(lines); i++) {
		CLEANUP(mem_free) char *text = mem_printf("1. 陈丽芳 %s", lines[i]);
		read_list(t, text);
		if (t->list.counts[SIGNUP_SURE] != 1 || t->list.count != 1)
			fail_msg("%s is not sure", text);
		assert_sure(t, t->fang, t->morning[2]);
	}
}

TEST(all_but_one_time_is_the_complement_and_asked, signup_list)
{
	static const char *const lines[] = { "除周三外都行", "除了周三，都可以", "周三以外都可以",
		"周三不行其他都可以", "周三不行，其他时间都行", "周三没空，其余都得",
		"都可以，除了周三", "每天都行，周三除外", "除周三之外", "其他时间都行，周三来不了",
		"除咗礼拜三都得", "除週三外均可", "周三来不到，其他可以", "除周三外基本都行" };
	struct signups *t = *state;

	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		CLEANUP(mem_free) char *text = mem_printf("1. 陈丽芳 %s", lines[i]);
		read_list(t, text);
		const struct signup_doubt *doubt = doubt_on(t, 1, false);
		const struct signup_doubt *away = doubt_on(t, 1, true);
		if (!doubt || !away)
			fail_msg("%s is not asked", text);
		/* Monday and Friday three, Saturday two. */
		if (doubt->count != 8)
			fail_msg("%s leaves %d", text, doubt->count);
		assert_int_equal(t->list.counts[SIGNUP_SURE], 0);
		assert_string_equal(doubt->text, text);
		for (int k = 0; k < doubt->count; k++)
			assert_true(doubt->choices[k] != t->morning[2] &&
				    doubt->choices[k] != t->evening[2]);
	}
	read_list(t, "1. 陈丽芳 周三下午以外都可以\n2. 祯叔 周一到周三上午都行，除了周一");
	assert_int_equal(doubt_on(t, 1, false)->count, 10);
	assert_int_equal(doubt_on(t, 2, false)->count, 1);
	assert_true(doubt_on(t, 2, false)->choices[0] == t->morning[2]);
	/* Only then: that is no complement. */
	read_list(t, "1. 陈丽芳 除了周三上午都不行\n2. 祯叔 周三上午可以其他不行");
	assert_int_equal(t->list.counts[SIGNUP_SURE], 0);
	assert_int_equal(doubt_on(t, 1, false)->count, 1);
	assert_int_equal(doubt_on(t, 2, false)->count, 1);
}

static int volunteer_times_of(struct signups *t, int64_t resident, struct volunteer_time **ret)
{
	struct shop *s = t->crew->shop;
	int count = volunteer_times(s->db, crew_volunteer_of(t->crew, resident), ret, &s->err);

	assert_true(count >= 0);
	return count;
}

static bool may_stand(struct signups *t, int64_t resident, int64_t shift)
{
	CLEANUP(mem_free) struct volunteer_time *times = NULL;
	struct shift found = crew_shift_get(t->crew, shift);
	int count = volunteer_times_of(t, resident, &times), wish;
	bool may = volunteer_times_allow(times, count, found.start_at, found.end_at, &wish);

	shift_finish(&found);
	return may;
}

TEST(who_says_that_they_cannot_come_is_asked_once_and_not_planned_then, signup_list)
{
	static const struct {
		const char *line;
		int spans;
	} cases[] = {
		{ "周三上午请假", 1 },
		{ "周三上午没空", 1 },
		{ "周三来不了", 1 },
		{ "不要排周三上午", 1 },
		{ "周一到周三上午出差", 3 },
		{ "周三9:00-12:00有事", 1 },
		{ "周三上午家里有事", 1 },
		{ "11月25日上午不行", 1 },
	};
	struct signups *t = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		CLEANUP(mem_free) struct volunteer_time *times = NULL;
		CLEANUP(mem_free) char *text = mem_printf("1. 陈丽芳 %s", cases[i].line);
		crew_times(t->crew, t->fang, NULL, 0);
		read_list(t, text);
		assert_int_equal(t->list.counts[SIGNUP_DOUBT], 1);
		assert_int_equal(t->list.doubt_count, 1);
		int doubt = signup_list_open_doubt(&t->list);
		assert_true(t->list.doubts[doubt].is_away);
		t->list.doubts[doubt].answer = SIGNUP_ALL_OF_THEM;
		try_list(t, true);
		if (t->list.counts[SIGNUP_SURE] != cases[i].spans)
			fail_msg("%s: %d spans", text, t->list.counts[SIGNUP_SURE]);
		assert_int_equal(volunteer_times_of(t, t->fang, &times), cases[i].spans);
		if (may_stand(t, t->fang, t->morning[2]))
			fail_msg("%s: may be planned", text);
		assert_true(may_stand(t, t->fang, t->morning[4]));
		/* The same list once more: it is already entered. */
		try_list(t, true);
		assert_int_equal(t->list.counts[SIGNUP_ALREADY], cases[i].spans);
	}
	read_list(t, "1. 祯叔 周三下午请假");
	t->list.doubts[0].answer = SIGNUP_NONE_OF_THEM;
	try_list(t, true);
	assert_int_equal(t->list.counts[SIGNUP_DROPPED], 1);
	assert_true(may_stand(t, t->zhen, t->afternoon[2]));
}

TEST(who_is_away_all_week_is_asked_once, signup_list)
{
	struct signups *t = *state;

	read_list(t, "1. 陈丽芳 下周请假\n2. 祯叔 出差");
	assert_int_equal(t->list.counts[SIGNUP_DOUBT], 2);
	assert_int_equal(t->list.count, 2);
	t->list.doubts[0].answer = SIGNUP_ALL_OF_THEM;
	try_list(t, true);
	assert_false(may_stand(t, t->fang, t->morning[0]));
	assert_false(may_stand(t, t->fang, t->morning[5]));
	assert_true(may_stand(t, t->zhen, t->morning[0]));
}

TEST(a_yes_beside_a_no_is_a_yes_when_it_says_so, signup_list)
{
	struct signups *t = *state;

	read_list(t, "1. 陈丽芳 周三上午可以，周五上午不行\n2. 祯叔 周三上午，周五上午不行\n"
		     "3. 黄敏 周三上午、周五上午不行");
	assert_int_equal(t->list.counts[SIGNUP_SURE], 1);
	assert_sure(t, t->fang, t->morning[2]);
	assert_true(doubt_on(t, 1, true) && doubt_on(t, 2, true) && doubt_on(t, 2, false));
	assert_true(doubt_on(t, 3, true) && !doubt_on(t, 3, false));
	read_list(t, "1. 陈丽芳 周三来不到，周五晚得\n2. 祯叔 周三上午可以，周五不行，算了");
	assert_int_equal(t->list.counts[SIGNUP_SURE], 1);
	assert_sure(t, t->fang, t->evening[4]);
	assert_non_null(doubt_on(t, 2, false));
}

TEST(several_shifts_in_one_line_are_a_sign_up_each, signup_list)
{
	struct signups *t = *state;

	read_list(t, "1. 陈丽芳 周三上午9点-12点，下午2点-5点\n2. 祯叔 周六花园养护、周五 晚\n"
		     "3. 黄敏 礼拜三 晚 礼拜一朝早");
	assert_non_null(row_for(t, t->fang, t->morning[2]));
	assert_non_null(row_for(t, t->fang, t->afternoon[2]));
	assert_sure(t, t->zhen, t->garden);
	assert_sure(t, t->zhen, t->evening[4]);
	assert_sure(t, t->ming, t->evening[2]);
	assert_sure(t, t->ming, t->morning[0]);
	assert_int_equal(t->list.count, 6);
}

TEST(thanks_and_the_like_are_one_quiet_line, signup_list)
{
	static const char *const lines[] = { "收到", "随便", "好的", "谢谢", "👍", "收到谢谢",
		"好的👌", "哪天都行", "听安排", "大家辛苦了", "嗯嗯", "随便，都可以", "收到🙏",
		"[强]", "收到[玫瑰]" };
	struct signups *t = *state;

	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		for (int way = 0; way < 4; way++) {
			CLEANUP(mem_free)
			char *text = mem_printf(way == 0 ? "周一至周日值班\n1. 陈丽芳 %s"
						: way == 1 ? "周一至周日值班\n1. %s"
						: way == 2 ? "1. 祯叔 周一上午\n%s"
							   : "周一上午\n1. 何小姐 %s",
				lines[i]);
			read_list(t, text);
			if (t->list.counts[SIGNUP_QUIET] != 1 || t->list.count != 1 + (way == 2) ||
				signup_list_open_doubt(&t->list) >= 0)
				fail_msg("%s: %d lines", text, t->list.count);
		}
	read_list(t, "周一至周日值班：\n1. 陈丽芳");
	assert_unread(t, 2, SIGNUP_TIME_NONE);
}

TEST(a_day_of_next_week_is_one_of_the_week_at_hand, signup_list)
{
	struct signups *t = *state;

	/* It is Saturday of week 47. */
	read_list(t, "1. 陈丽芳 下周三上午\n2. 祯叔 本周三上午\n3. 黄敏 下下周三上午");
	assert_sure(t, t->fang, t->morning[2]);
	assert_unread(t, 2, SIGNUP_OTHER_WEEK);
	assert_unread(t, 3, SIGNUP_OTHER_WEEK);
	read_list(t, "1. 陈丽芳 11月25日（周四）上午");
	assert_unread(t, 1, SIGNUP_OTHER_WEEK);
	assert_int_equal(t->list.count, 1);
}

/* It used to be read beyond its end. */
TEST(a_line_that_is_a_number_alone_ends_there, none)
{
	CLEANUP(mem_free) char *line = mem_text("2");
	const struct signup_vocabulary words = { .monday = { 2026, 11, 23 } };
	struct signup_line read;

	signup_line_read(line, &words, 2, &read);
	assert_int_equal(read.number, 2);
	assert_int_equal(read.count, 0);
	signup_line_finish(&read);
}

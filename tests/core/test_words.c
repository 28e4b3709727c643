#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/msgid.h"
#include "core/base/reason_name.h"
#include "core/base/reasons.h"
#include "core/items/catalogue/item.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/print/reasons.h"
#include "core/site/hours.h"
#include "core/words.h"
#include "core/words_items.h"
#include "core/words_points.h"
#include "tests/lib/test.h"

/* glibc's own counter: when it is raised, gettext forgets what it has looked up. */
extern int _nl_msg_cat_cntr;

static void speak(const char *language)
{
	setenv("LANGUAGE", language, 1);
	++_nl_msg_cat_cntr;
}

static int64_t at(const char *local)
{
	struct err err;
	int64_t instant;

	assert_int_equal(when_parse(local, &instant, &err), 0);
	return instant;
}

/* Saturday */
#define NOW "2026-11-21T14:05"

static void assert_words(char *taken, const char *expected)
{
	CLEANUP(mem_free) char *words = taken;

	assert_string_equal(words, expected);
}

/* ---- reasons ---- */

static struct reason any_reason(int code)
{
	struct reason reason = reason_with_text(code, "", 0);

	/* A weekday, a role and an instant at once. */
	reason.n1 = reason.n2 = 2;
	return reason;
}

static char *sentence_of(int code, const char *text)
{
	const struct reason reason = reason_with_text(code, text, 0);

	return words_reason(&reason, at(NOW));
}

static void assert_whole(char *taken, int code)
{
	CLEANUP(mem_free) char *words = taken;

	if (*words == '\0')
		fail_msg("%s: no words", reason_name(code));
	if (strchr(words, '%') || strchr(words, '\n'))
		fail_msg("%s: %s", reason_name(code), words);
}

TEST(every_reason_has_a_sentence_and_a_cure, none)
{
	static const char *const languages[] = { "en", "zh_CN" };

	for (size_t l = 0; l < ARRAY_LEN(languages); l++) {
		speak(languages[l]);
		for (int i = reason_next(REASON_NONE); i; i = reason_next(i)) {
			struct reason reason = any_reason(i);
			if (strchr(reason_args(reason.code), 's'))
				strcpy(reason.text, "name");
			assert_whole(words_reason(&reason, at(NOW)), reason.code);
			assert_whole(words_cure(&reason, at(NOW)), reason.code);
		}
	}
}

/* What Chinese readers see is Chinese: no reason was forgotten. */
TEST(every_reason_is_translated, none)
{
	for (int i = reason_next(REASON_NONE); i; i = reason_next(i)) {
		struct reason reason = any_reason(i);
		speak("en");
		CLEANUP(mem_free) char *english = words_reason_line(&reason, at(NOW));
		speak("zh_CN");
		CLEANUP(mem_free) char *chinese = words_reason_line(&reason, at(NOW));
		if (strcmp(english, chinese) == 0)
			fail_msg("%s: %s", reason_name(reason.code), chinese);
	}
}

TEST(refusal_names_what_is_so_and_what_cures_it, none)
{
	speak("zh_CN");
	assert_words(words_reason_line(&REASON(DEPOSIT_SHORT, .n1 = 150, .n2 = 116), at(NOW)),
		"要押 150 分，现有 116 分。可请志愿者办免押");
	assert_words(
		words_reason_line(&REASON(ITEM_OUT_OTHER, .n1 = at("2026-11-28T21:00")), at(NOW)),
		"这件已借出，应在11月28日 星期六 21:00 归还。可以换一件，或之后再来");
	speak("en");
	assert_words(words_reason(&REASON(PIN_WRONG, .n1 = 1), at(NOW)),
		"That is not the right PIN, 1 try left");
	assert_words(words_reason(&REASON(PIN_WRONG, .n1 = 3), at(NOW)),
		"That is not the right PIN, 3 tries left");
	assert_words(words_reason(&REASON(OVERDUE_BLOCK, .n1 = 1, .n2 = 12), at(NOW)),
		"1 item past the due date, by 12 days");
}

TEST(text_of_a_reason_is_a_value_and_never_a_format, none)
{
	speak("en");
	assert_words(sentence_of(REASON_STAFF_UNKNOWN, "%s%n%1$s%2$s"),
		"There is no staff member %s%n%1$s%2$s");
}

TEST(text_of_a_reason_cannot_act_on_a_terminal, none)
{
	speak("en");
	assert_words(sentence_of(REASON_FILE_MISSING, "\033[2J\u202egnp.x\n"),
		"There is no file [2Jgnp.x");
}

TEST(long_text_of_a_reason_is_kept_whole, none)
{
	char longest[sizeof(((struct reason *)0)->text)];

	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	speak("en");
	CLEANUP(mem_free) char *words = sentence_of(REASON_FILE_EMPTY, longest);
	assert_non_null(strstr(words, longest));
}

TEST(all_reasons_of_an_err_are_lines_in_their_order, none)
{
	struct err err = { 0 };

	speak("zh_CN");
	err_refuse(&err, REASON(LIMIT_TOTAL, .n1 = 5, .n2 = 5));
	err_refuse(&err, REASON(ITEM_MAINTENANCE));
	assert_words(words_err(&err, at(NOW)),
		"这件正在维修。可以换一件，或问志愿者何时修好\n"
		"同时最多借 5 件，现已借和预借 5 件。请先还一件，或请志愿者办理");
}

TEST(err_without_reasons_says_what_its_code_means, none)
{
	const struct err err = { .code = ERR_STORAGE };

	speak("en");
	assert_words(words_err(&err, at(NOW)), "The database or the disk has a problem");
}

/* ---- times ---- */

TEST(near_days_have_names_and_others_their_date, none)
{
	speak("zh_CN");
	assert_words(words_instant(at("2026-11-20T09:00"), at(NOW)), "昨天 9:00");
	assert_words(words_instant(at("2026-11-21T21:00"), at(NOW)), "今天 21:00");
	assert_words(words_instant(at("2026-11-22T21:00"), at(NOW)), "明天 21:00");
	assert_words(words_instant(at("2026-11-28T21:00"), at(NOW)), "11月28日 星期六 21:00");
	assert_words(words_instant(at("2027-01-03T21:00"), at(NOW)), "2027年1月3日 星期日 21:00");
	speak("en");
	assert_words(words_instant(at("2026-11-22T21:00"), at(NOW)), "tomorrow 21:00");
	assert_words(words_instant(at("2026-11-28T21:00"), at(NOW)), "Saturday 28 Nov 21:00");
	assert_words(words_instant(at("2027-01-03T21:00"), at(NOW)), "Sunday 3 Jan 2027 21:00");
}

TEST(tomorrow_begins_at_local_midnight, none)
{
	speak("zh_CN");
	assert_words(words_instant(at("2026-11-21T23:59"), at("2026-11-21T23:58")), "今天 23:59");
	assert_words(words_instant(at("2026-11-22T00:00"), at("2026-11-21T23:59")), "明天 0:00");
}

TEST(paper_never_says_tomorrow, none)
{
	speak("zh_CN");
	assert_words(words_instant_paper(at("2026-11-22T21:00"), at(NOW)), "11月22日 周日 21:00");
}

TEST(due_time_is_a_sentence, none)
{
	speak("zh_CN");
	assert_words(words_due(at("2026-11-22T21:00"), 0, at(NOW)), "明天 21:00 前归还");
	assert_words(words_due(at("2026-11-19T21:00"), 2, at(NOW)), "已过归还日 2 天");
	assert_words(words_due(at("2026-11-21T12:00"), 0, at(NOW)), "应在今天 12:00 归还");
	assert_words(
		words_lent(at("2026-11-28T21:00"), at(NOW)), "借出，11月28日 星期六 21:00 前归还");
	speak("en");
	assert_words(words_due(at("2026-11-20T21:00"), 1, at(NOW)), "1 day past its due date");
}

TEST(durations_are_hours_and_minutes, none)
{
	speak("zh_CN");
	assert_words(words_duration(390), "6 小时 30 分");
	assert_words(words_duration(45), "45 分");
	assert_words(words_duration(0), "0 分");
	assert_words(words_duration(120), "2 小时");
	assert_words(words_duration(26 * 60), "26 小时");
}

TEST(span_over_midnight_says_so, none)
{
	speak("zh_CN");
	assert_words(words_span(at("2026-11-21T14:00"), at("2026-11-21T17:00")), "14:00–17:00");
	assert_words(words_span(at("2026-11-21T22:00"), at("2026-11-22T02:00")), "22:00–次日 2:00");
	assert_words(words_span(at("2026-11-21T20:00"), at("2026-11-22T00:00")), "20:00–24:00");
	assert_words(
		words_span(at("2026-11-21T20:00"), at("2026-11-23T00:00")), "20:00–次日 24:00");
	assert_words(words_span(at("2026-12-05T00:30"), at("2026-12-08T23:30")),
		"0:30 到 12月8日 周二 23:30");
	assert_words(words_span(at("2026-12-31T18:00"), at("2027-01-04T00:00")),
		"18:00 到 2027年1月3日 周日 24:00");
}

/* ---- opening hours ---- */

TEST(days_with_the_same_hours_stand_together, none)
{
	static const struct opening week[] = {
		{ 1, 540, 720 },
		{ 1, 840, 1260 },
		{ 2, 540, 720 },
		{ 2, 840, 1260 },
		{ 3, 540, 720 },
		{ 3, 840, 1260 },
		{ 6, 540, 1260 },
		{ 7, 540, 1260 },
	};

	speak("zh_CN");
	assert_words(words_hours_week(week, (int)ARRAY_LEN(week)),
		"周一至周三 9:00–12:00 14:00–21:00；周四、周五 休息；周六、周日 9:00–21:00");
	speak("en");
	assert_words(words_hours_week(week, (int)ARRAY_LEN(week)),
		"Mon–Wed 9:00–12:00 14:00–21:00; Thu, Fri closed; Sat, Sun 9:00–21:00");
}

TEST(today_says_how_long_it_is_open, none)
{
	struct hours_today today = { .state = HOURS_OPEN, .closes_at = at("2026-11-21T21:00") };

	speak("zh_CN");
	assert_words(words_hours_today(&today, at(NOW)), "今天开到 21:00");
	today.closes_at = at("2026-11-22T02:00");
	assert_words(words_hours_today(&today, at(NOW)), "开到明天 2:00");
	today = (struct hours_today){ .state = HOURS_CLOSED, .opens_at = at("2026-11-22T09:00") };
	assert_words(words_hours_today(&today, at(NOW)), "现在休息，明天 9:00 开门");
	char holiday[] = "国庆节";
	today = (struct hours_today){ .state = HOURS_CLOSED, .closure = holiday };
	assert_words(words_hours_today(&today, at(NOW)), "国庆节：现在休息");
}

/* ---- refusals as a whole ---- */

static struct err refusal(enum err_code code, struct reason reason)
{
	struct err err = { 0 };

	err_set(&err, code, reason);
	return err;
}

TEST(not_now_is_said_only_of_what_passes, none)
{
	struct err held = refusal(ERR_REFUSED, (struct reason)REASON(ITEM_HELD));
	struct err retired = refusal(ERR_REFUSED, (struct reason)REASON(ITEM_RETIRED));
	struct err foreign = refusal(ERR_REFUSED, (struct reason)REASON(CODE_FOREIGN));
	struct err unknown = refusal(ERR_NOT_FOUND, (struct reason)REASON(CARD_UNKNOWN));
	struct err busy = { .code = ERR_BUSY };

	speak("zh_CN");
	assert_string_equal(words_refusal(&held), "暂时不行");
	assert_string_equal(words_refusal(&busy), "暂时不行");
	assert_string_equal(words_refusal(&retired), "没办成");
	assert_string_equal(words_refusal(&foreign), "没认出来");
	assert_string_equal(words_refusal(&unknown), "没认出来");
}

TEST(what_only_a_technician_reads_is_in_no_sentence, none)
{
	static const int codes[] = { REASON_SHEET_BAD, REASON_SHEET_OVERFLOW, REASON_CONFIG_BAD,
		REASON_PRINTER_LOOK, REASON_PLAN_BAD };
	static const char english[] = "line 53: the QR symbol does not fit the width";

	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		struct reason reason = reason_with_text(codes[i], english, 0);
		speak("zh_CN");
		CLEANUP(mem_free) char *line = words_reason_line(&reason, at(NOW));
		assert_null(strstr(line, "QR"));
		assert_null(strstr(line, "line"));
		assert_string_equal(words_technical(&reason), english);
	}
	struct reason file = reason_with_text(REASON_FILE_MISSING, "a.csv", 0);
	assert_string_equal(words_technical(&file), "");
}

/* ---- names ---- */

TEST(fields_have_names_and_unknown_ones_stay, none)
{
	speak("zh_CN");
	assert_string_equal(words_field("phone"), "电话");
	assert_string_equal(words_field("something_new"), "something_new");
	assert_string_equal(words_role(ROLE_COORDINATOR), "负责人");
	assert_string_equal(words_item_status(ITEM_MISSING), "暂未找到");
	assert_string_equal(words_weekday(6), "星期六");
}

static int set_up(void **state)
{
	const char *build = getenv("JIAPLUS_BUILD");
	CLEANUP(mem_free) char *catalogues = mem_printf("%s/assets/po", build ? build : ".");
	struct err err;

	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	bindtextdomain(WORDS_DOMAIN, catalogues);
	bind_textdomain_codeset(WORDS_DOMAIN, "UTF-8");
	return when_set_zone("Asia/Shanghai", &err);
}

TEST_FILE(.setup = set_up)

TEST(each_side_of_a_transfer_reads_its_own_word, none)
{
	const struct holder neighbour = HOLDER_RESIDENT(1), merchant = HOLDER_BODY(1);
	struct statement_line line = { .kind = (char *)"earn", .amount = POINTS(10) };

	speak("zh_CN");
	assert_string_equal(words_transfer_side(&line, neighbour), "服务所得");
	line.amount.n = -10;
	assert_string_equal(words_transfer_side(&line, neighbour), "请邻居帮忙");
	assert_string_equal(words_transfer_side(&line, HOLDER_SYSTEM(ACCOUNT_ISSUE)), "服务所得");
	line.kind = (char *)"gift";
	assert_string_equal(words_transfer_side(&line, neighbour), "转赠他人");
	line.amount.n = 10;
	assert_string_equal(words_transfer_side(&line, neighbour), "收到转赠");
	line.kind = (char *)"redeem";
	assert_string_equal(words_transfer_side(&line, merchant), "居民兑换");
}

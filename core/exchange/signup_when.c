#include "core/exchange/signup_when.h"

#include <ctype.h>
#include <string.h>

#include "core/base/mem.h"

bool signup_take_word(const char **s, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*s, word, len) != 0)
		return false;
	*s += len;
	return true;
}

static bool take_any(const char **s, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (signup_take_word(s, words[i]))
			return true;
	return false;
}
#define TAKE_ANY(s, ...)                                    \
	take_any((s), (const char *const[]){ __VA_ARGS__ }, \
		sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void skip_spaces(const char **s)
{
	*s += strspn(*s, " ");
}

static bool take_until(const char **s)
{
	const char *at = *s;

	skip_spaces(&at);
	if (!TAKE_ANY(&at, "至", "到", "-", "~", "—", "–"))
		return false;
	while (TAKE_ANY(&at, "-", "—", "–"))
		;
	skip_spaces(&at);
	*s = at;
	return true;
}

static bool take_and(const char **s)
{
	return TAKE_ANY(s, "、", ",", "/", "和", "及");
}

/* One or two digits, no more than `max`. */
static bool take_number(const char **s, int max, int *ret)
{
	const char *at = *s;
	int n = 0;

	while (isdigit((unsigned char)*at) && at - *s < 3)
		n = n * 10 + *at++ - '0';
	if (at == *s || at - *s > 2 || n > max)
		return false;
	*s = at;
	*ret = n;
	return true;
}

/* ---- weekdays ---- */

/* 1–7, or 0. */
static int take_chinese_weekday(const char **s)
{
	static const char *const words[] = { "一", "二", "三", "四", "五", "六", "日", "天" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (signup_take_word(s, words[i]))
			return i == 7 ? 7 : (int)i + 1;
	return 0;
}

static int take_weekday(const char **s)
{
	int day = take_chinese_weekday(s);

	if (day || **s < '1' || **s > '7' || isdigit((unsigned char)(*s)[1]))
		return day;
	day = **s - '0';
	(*s)++;
	return day;
}

static bool take_week(const char **s)
{
	return TAKE_ANY(s, "周", "週", "星期", "礼拜", "禮拜");
}

/* What makes a number mean something else: 三人, 三点, 三号. */
static bool is_counted(const char *s)
{
	return TAKE_ANY(&s, "人", "个", "位", "点", "号", "月", "时", ":");
}

static unsigned days_between(int from, int until)
{
	unsigned days = 0;

	for (int day = from; day <= until; day++)
		days |= 1u << (day - 1);
	return days;
}

/* After 周一: 至周三, 到三, 、三, or directly 三五. False: nothing more. */
static bool take_more_weekdays(const char **s, int last, unsigned *days)
{
	const char *at = *s;
	bool is_range = take_until(&at), is_list = !is_range && take_and(&at);
	bool has_week = (is_range || is_list) && take_week(&at);
	int day = is_range || is_list ? take_weekday(&at) : take_chinese_weekday(&at);

	if (!day || (!has_week && is_counted(at)) || (is_range && day < last))
		return false;
	*days |= is_range ? days_between(last, day) : 1u << (day - 1);
	*s = at;
	return true;
}

static bool take_weekdays(const char **s, struct signup_days *ret)
{
	const char *at = *s;
	struct signup_days found = { 0 };
	int day;

	if (!take_week(&at))
		return false;
	if (signup_take_word(&at, "末")) {
		found.days = days_between(6, 7);
	} else {
		skip_spaces(&at);
		if (!(day = take_weekday(&at)))
			return false;
		found.days = 1u << (day - 1);
		do
			for (day = 7; !(found.days & 1u << (day - 1)); day--)
				;
		while (take_more_weekdays(&at, day, &found.days));
	}
	*s = at;
	*ret = found;
	return true;
}

/* ---- dates ---- */

static void add_day(struct signup_days *days, struct day monday, struct day day)
{
	int distance = day_distance(monday, day);

	if (distance < 0 || distance > 6)
		days->is_outside = true;
	else
		days->days |= 1u << distance;
}

/* The year in which the date is closest to the week. */
static struct day date_near(struct day monday, int month, int day)
{
	struct day best = { monday.year, month, day };

	for (int year = monday.year - 1; year <= monday.year + 1; year++) {
		struct day one = { year, month, day };
		int distance = day_distance(monday, one), so_far = day_distance(monday, best);
		if (distance * distance < so_far * so_far)
			best = one;
	}
	return best;
}

/* Not of a house: 3号楼. */
static bool take_day_sign(const char **s)
{
	const char *at = *s, *behind;

	if (!TAKE_ANY(&at, "日", "号"))
		return false;
	behind = at;
	if (TAKE_ANY(&behind, "楼", "院", "门", "房", "铺", "店"))
		return false;
	*s = at;
	return true;
}

/* 12月2日, 12月2, 12/2, 12.2, with or without a year before it. */
static bool take_date(const char **s, struct day monday, struct day *ret)
{
	const char *at = *s;
	int month, day, year = 0;

	if (strspn(at, "0123456789") == 4) {
		for (; isdigit((unsigned char)*at); at++)
			year = year * 10 + *at - '0';
		if (!TAKE_ANY(&at, "年", "-", "/", "."))
			return false;
	}
	if (!take_number(&at, 12, &month))
		return false;
	bool is_word = signup_take_word(&at, "月");
	if (!is_word && !TAKE_ANY(&at, "/", ".") && !(year && signup_take_word(&at, "-")))
		return false;
	if (!take_number(&at, 31, &day))
		return false;
	take_day_sign(&at);
	struct day date = year ? (struct day){ year, month, day } : date_near(monday, month, day);
	if (!day_is_valid(date))
		return false;
	*s = at;
	*ret = date;
	return true;
}

/* 3号, 3日: in the month that the week has it in. */
static struct day day_near(struct day monday, int number)
{
	for (int i = 0; i < 7; i++)
		if (day_add(monday, i).day == number)
			return day_add(monday, i);
	return day_add(monday, -1);
}

static void add_range(
	struct signup_days *days, struct day monday, struct day from, struct day until)
{
	int length = day_distance(from, until);

	if (length < 0 || length > 31)
		days->is_outside = true;
	for (int i = 0; i <= length && length <= 31; i++)
		add_day(days, monday, day_add(from, i));
}

/* After a date: 至3日, 至12月3日, 、3日. */
static void take_more_dates(
	const char **s, struct day monday, struct day last, struct signup_days *days)
{
	for (;;) {
		const char *at = *s;
		struct day day;
		int number;
		bool is_range = take_until(&at);
		if (!is_range && !take_and(&at))
			return;
		if (!take_date(&at, monday, &day)) {
			if (!take_number(&at, 31, &number) || !take_day_sign(&at))
				return;
			day = (struct day){ last.year, last.month, number };
			if (!day_is_valid(day))
				return;
		}
		if (is_range)
			add_range(days, monday, last, day);
		else
			add_day(days, monday, day);
		last = day;
		*s = at;
	}
}

/* 3号, 1-3号. */
static bool take_numbered_days(const char **s, struct day monday, struct signup_days *ret)
{
	const char *at = *s;
	int first, last;

	if (!take_number(&at, 31, &first))
		return false;
	last = first;
	if (!take_day_sign(&at)) {
		if (!take_until(&at) || !take_number(&at, 31, &last) || !take_day_sign(&at))
			return false;
	} else {
		const char *behind = at;
		if (take_until(&behind) && take_number(&behind, 31, &last) &&
			take_day_sign(&behind))
			at = behind;
		else
			last = first;
	}
	if (first == 0 || last == 0)
		return false;
	add_range(ret, monday, day_near(monday, first), day_near(monday, last));
	*s = at;
	return true;
}

/* After a date: (周三). */
static void check_weekday(const char **s, struct signup_days *days)
{
	const char *at = *s;
	struct signup_days weekday;

	at += strspn(at, " (");
	if (!take_weekdays(&at, &weekday))
		return;
	at += strspn(at, ")");
	/* The two contradict each other: trust neither. */
	if (weekday.days != days->days)
		*days = (struct signup_days){ .is_outside = true };
	*s = at;
}

static bool take_dates(const char **s, struct day monday, struct signup_days *ret)
{
	struct signup_days found = { 0 };
	struct day day;

	if (take_date(s, monday, &day)) {
		add_day(&found, monday, day);
		take_more_dates(s, monday, day, &found);
	} else if (!take_numbered_days(s, monday, &found)) {
		return false;
	}
	check_weekday(s, &found);
	*ret = found;
	return true;
}

bool signup_take_days(const char **s, struct day monday, struct signup_days *ret)
{
	if (TAKE_ANY(s, "每天", "天天", "每日", "整周", "全周")) {
		*ret = (struct signup_days){ .days = SIGNUP_WEEK };
		return true;
	}
	if (TAKE_ANY(s, "工作日", "平日")) {
		*ret = (struct signup_days){ .days = days_between(1, 5) };
		return true;
	}
	if (signup_take_word(s, "双休日")) {
		*ret = (struct signup_days){ .days = days_between(6, 7) };
		return true;
	}
	return take_weekdays(s, ret) || take_dates(s, monday, ret);
}

/* ---- times of the day ---- */

bool signup_take_periods(const char **s, bool is_behind_day, unsigned *ret)
{
	enum {
		M = 1 << SIGNUP_MORNING,
		N = 1 << SIGNUP_NOON,
		A = 1 << SIGNUP_AFTERNOON,
		E = 1 << SIGNUP_EVENING
	};
	static const struct {
		const char *word;
		unsigned periods;
		bool is_short; /* a period only after a day */
	} words[] = {
		{ "早中晚", M | N | E, false },
		{ "上下午", M | A, false },
		{ "早晚", M | E, false },
		{ "上午", M, false },
		{ "早上", M, false },
		{ "早班", M, false },
		{ "清早", M, false },
		{ "早晨", M, false },
		{ "中午", N, false },
		{ "中班", N, false },
		{ "下午", A, false },
		{ "午后", A, false },
		{ "晚上", E, false },
		{ "晚班", E, false },
		{ "傍晚", E, false },
		{ "晚间", E, false },
		{ "夜班", E, false },
		{ "夜间", E, false },
		{ "夜晚", E, false },
		{ "晚黑", E, false },
		{ "朝早", M, false },
		{ "上昼", M, false },
		{ "下昼", A, false },
		{ "晏昼", A, false },
		{ "全天", SIGNUP_ALL_DAY, false },
		{ "整天", SIGNUP_ALL_DAY, false },
		{ "全日", SIGNUP_ALL_DAY, false },
		{ "一天", SIGNUP_ALL_DAY, true },
		{ "早", M, true },
		{ "晚", E, true },
		{ "夜", E, true },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if ((is_behind_day || !words[i].is_short) && signup_take_word(s, words[i].word)) {
			*ret = words[i].periods;
			return true;
		}
	return false;
}

/* 14:30, 14点, 14点半, 14时30分; `is_plain`: 14 alone. */
static bool take_time(const char **s, bool is_plain, bool is_late, int *ret, bool *ret_is_plain)
{
	const char *at = *s;
	int hour, minute = 0;

	if (!take_number(&at, 24, &hour))
		return false;
	*ret_is_plain = false;
	if (signup_take_word(&at, ":")) {
		if (!take_number(&at, 59, &minute))
			return false;
	} else if (TAKE_ANY(&at, "点钟", "点", "时")) {
		if (signup_take_word(&at, "半"))
			minute = 30;
		else if (take_number(&at, 59, &minute))
			signup_take_word(&at, "分");
	} else if (is_plain) {
		*ret_is_plain = true;
	} else {
		return false;
	}
	if (is_late && hour < 12)
		hour += 12;
	*s = at;
	*ret = hour * 60 + minute;
	return true;
}

bool signup_take_hours(
	const char **s, bool is_behind_time, bool is_late, int *ret_starts, int *ret_ends)
{
	const char *at = *s, *behind;
	bool is_plain, is_plain_end;
	int starts, ends = -1;

	if (!take_time(&at, true, is_late, &starts, &is_plain))
		return false;
	behind = at;
	if (!take_until(&behind) || !take_time(&behind, true, is_late, &ends, &is_plain_end) ||
		ends <= starts)
		ends = -1;
	/* 14-17点 is clear, 14-17 means hours only after a day. */
	if (ends < 0 ? is_plain : is_plain && is_plain_end && !is_behind_time)
		return false;
	*s = ends < 0 ? at : behind;
	*ret_starts = starts;
	*ret_ends = ends;
	return true;
}

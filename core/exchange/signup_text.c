#include "core/exchange/signup_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"

void signup_line_finish(struct signup_line *line)
{
	for (int i = 0; i < line->count; i++)
		free(line->pieces[i].text);
	free(line->pieces);
	*line = (struct signup_line){ 0 };
}

/* ---- cleaning ---- */

/* Emoji, dingbats and arrows. */
static bool is_picture(unsigned c)
{
	return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2190 && c <= 0x21FF) ||
	       (c >= 0x2300 && c <= 0x23FF) || (c >= 0x2600 && c <= 0x27BF) ||
	       (c >= 0x2B00 && c <= 0x2BFF) || (c >= 0xE000 && c <= 0xF8FF) || c == 0xFFFD;
}

/* What joins or colours the sign before it, and is nothing by itself. */
static bool is_hidden(unsigned c)
{
	return c == 0x20E3 || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
	       (c >= 0xE0000 && c <= 0xE007F);
}

/* ① ⑴ ⒈ → 1; 0 for anything else. */
static int circled(unsigned c)
{
	if (c >= 0x2460 && c <= 0x249B)
		return (int)(c - 0x2460) % 20 + 1;
	return 0;
}

static bool is_dot(unsigned c)
{
	return c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0xFF65 || c == 0x2219;
}

static char *put(char *to, unsigned c)
{
	char one[5];
	int len = text_put(c, one);

	memcpy(to, one, (size_t)len);
	return to + len;
}

char *signup_clean(const char *text)
{
	CLEANUP(mem_free) char *narrow = text_narrow(text);
	/* Two bytes of a picture's four, or three for "20." out of ⑳'s three. */
	char *clean = mem_alloc(strlen(narrow) + 1), *to = clean;
	unsigned c;

	for (const char *s = narrow; (c = text_next(&s));) {
		int number = circled(c);
		if (is_hidden(c))
			continue;
		if (number >= 10)
			*to++ = (char)('0' + number / 10);
		if (number > 0) {
			*to++ = (char)('0' + number % 10);
			*to++ = '.';
		} else if (is_dot(c)) {
			to = put(to, 0xB7);
		} else if (c == 0x3002 || c == 0xFF61) {
			*to++ = ';'; /* 。 ends what belongs together */
		} else if (c < ' ' || c == 0x7F || (c >= 0x80 && c <= 0xA0) || is_picture(c)) {
			*to++ = ' ';
		} else {
			to = put(to, c);
		}
	}
	*to = '\0';
	return clean;
}

/* ---- one line being cut ---- */

struct cutting {
	const struct signup_vocabulary *words;
	struct signup_line *line;
	bool is_joined; /* since the last piece */
	/* The time at hand. */
	struct signup_time time;
	const char *time_from, *time_until; /* NULL: none */
	bool is_shift_behind, is_period_first;
	/* Other words at hand. */
	const char *words_from, *words_until;
};

static void add_piece(struct cutting *c, enum signup_piece_kind kind, const char *from,
	const char *until, struct signup_time time)
{
	struct signup_line *line = c->line;
	size_t size = (size_t)(line->count + 1) * sizeof(*line->pieces);

	line->pieces = mem_resize(line->pieces, size);
	line->pieces[line->count++] = (struct signup_piece){
		.kind = kind,
		.text = mem_text_n(from, (size_t)(until - from)),
		.is_joined = c->is_joined,
		.time = time,
	};
	c->is_joined = false;
}

static void end_time(struct cutting *c)
{
	if (c->time_from)
		add_piece(c, SIGNUP_TIME, c->time_from, c->time_until, c->time);
	c->time_from = NULL;
	c->time = (struct signup_time){ .starts = -1, .ends = -1, .shift = -1 };
	c->is_shift_behind = c->is_period_first = false;
}

static void end_words(struct cutting *c)
{
	const struct signup_time none = { .starts = -1, .ends = -1, .shift = -1 };

	if (c->words_from)
		add_piece(c, SIGNUP_WORDS, c->words_from, c->words_until, none);
	c->words_from = NULL;
}

static void extend_time(struct cutting *c, const char *from, const char *until)
{
	end_words(c);
	if (!c->time_from)
		c->time_from = from;
	c->time_until = until;
}

/* ---- what stands at *s ---- */

static bool is_letter(const char *s)
{
	unsigned c = text_next(&s);

	return c >= 0x80 ? (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000 || c == 0xB7
			 : isalpha((int)c) != 0;
}

/* Words that people put around name and time, and that say nothing. */
static bool take_filler(const char **s)
{
	static const char *const fillers[] = { "没问题", "都可以", "也可以", "可以", "值班", "报名",
		"参加", "接龙", "有空", "有时间", "时间", "谢谢", "收到", "我是", "的班", "都行",
		"都得", "没事", "能来", "我来", "到岗", "我", "的", "都", "行", "来", "能", "班",
		"加", "吧", "了", "哦", "OK", "ok", "Ok" };

	for (size_t i = 0; i < ARRAY_LEN(fillers); i++)
		if (signup_take_word(s, fillers[i]))
			return true;
	return false;
}

/* A name stands alone: behind it comes no more of the same word. */
static bool ends_here(const char *s, struct day monday)
{
	struct signup_days days;
	unsigned periods;

	return !is_letter(s) || signup_take_days(&s, monday, &days) ||
	       signup_take_periods(&s, false, &periods) || take_filler(&s) ||
	       signup_take_word(&s, "和") || signup_take_word(&s, "及") ||
	       signup_take_word(&s, "与") || signup_take_word(&s, "跟") ||
	       signup_take_word(&s, "或");
}

/* `name` at `s`, where spaces may stand between its letters: 张 三. NULL, or what follows. */
static const char *match_name(const char *s, const char *name)
{
	const char *start = s;

	while (*name) {
		if (s > start && *s == ' ' && *name != ' ' && (unsigned char)*name >= 0x80 &&
			((unsigned char)*name & 0xC0) != 0x80)
			s += strspn(s, " ");
		if (*s++ != *name++)
			return NULL;
	}
	return s;
}

static bool take_person(const char **s, const struct signup_vocabulary *words)
{
	const char *best = NULL;

	for (int i = 0; i < words->people_count; i++) {
		const char *behind = *words->people[i] ? match_name(*s, words->people[i]) : NULL;
		if (behind && (!best || behind > best) && ends_here(behind, words->monday))
			best = behind;
	}
	if (best)
		*s = best;
	return best != NULL;
}

static bool take_shift(const char **s, const struct signup_vocabulary *words, int *ret)
{
	size_t longest = 0;

	for (int i = 0; i < words->shift_count; i++) {
		size_t len = strlen(words->shifts[i]);
		if (len > longest && strncmp(*s, words->shifts[i], len) == 0) {
			longest = len;
			*ret = i;
		}
	}
	*s += longest;
	return longest > 0;
}

/* ---- times ---- */

static bool cut_days(struct cutting *c, const char **s)
{
	const char *from = *s;
	struct signup_days days;

	if (!signup_take_days(s, c->words->monday, &days))
		return false;
	struct signup_time *t = &c->time;
	bool has_days = t->days || t->is_outside;
	if (has_days && (t->periods || t->starts >= 0 || c->is_shift_behind) && !c->is_period_first)
		end_time(c);
	extend_time(c, from, *s);
	c->time.days |= days.days;
	c->time.is_outside |= days.is_outside;
	return true;
}

static bool cut_periods(struct cutting *c, const char **s)
{
	const char *from = *s;
	bool is_behind_day = c->time_from && c->time_until == *s;
	unsigned periods;

	if (!signup_take_periods(s, is_behind_day, &periods))
		return false;
	bool has_days = c->time.days || c->time.is_outside;
	if (c->is_period_first && has_days)
		end_time(c);
	extend_time(c, from, *s);
	c->is_period_first |= !c->time.days && !c->time.is_outside;
	c->time.periods |= periods;
	return true;
}

static bool cut_hours(struct cutting *c, const char **s)
{
	const unsigned late = 1u << SIGNUP_AFTERNOON | 1u << SIGNUP_EVENING;
	const char *from = *s;
	int starts, ends;

	if (!signup_take_hours(
		    s, c->time_from != NULL, (c->time.periods & late) != 0, &starts, &ends))
		return false;
	extend_time(c, from, *s);
	c->time.starts = starts;
	c->time.ends = ends;
	return true;
}

static bool cut_shift(struct cutting *c, const char **s)
{
	const char *from = *s;
	int shift;

	if (!take_shift(s, c->words, &shift))
		return false;
	extend_time(c, from, *s);
	c->is_shift_behind = c->time.days || c->time.is_outside;
	c->time.shift = shift;
	return true;
}

static bool cut_time(struct cutting *c, const char **s)
{
	return cut_shift(c, s) || cut_days(c, s) || cut_periods(c, s) || cut_hours(c, s);
}

/* ---- between them ---- */

static bool cut_person(struct cutting *c, const char **s)
{
	const struct signup_time none = { .starts = -1, .ends = -1, .shift = -1 };
	const char *from = *s;

	if (c->words_from || !take_person(s, c->words))
		return false;
	end_time(c);
	add_piece(c, SIGNUP_PERSON, from, *s, none);
	return true;
}

/* Signs between pieces. */
static bool cut_sign(struct cutting *c, const char **s)
{
	static const char *const joins[] = { "、", "和", "及", "与", "跟", "+", "&", "/", "," };
	static const char *const ends[] = { ";", "|" };
	const char *from = *s;

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (signup_take_word(s, ends[i])) {
			end_words(c);
			end_time(c);
			return true;
		}
	for (size_t i = 0; i < ARRAY_LEN(joins); i++)
		if (signup_take_word(s, joins[i])) {
			/* 和 within a word is part of it: 和平. */
			if (c->words_from && c->words_until == from && i >= 1 && i <= 4) {
				*s = from;
				return false;
			}
			end_words(c);
			c->is_joined = true;
			return true;
		}
	if ((unsigned char)**s >= 0x80 || isalnum((unsigned char)**s) || **s == '*')
		return false;
	end_words(c);
	(*s)++;
	return true;
}

static void cut_word(struct cutting *c, const char **s)
{
	end_time(c);
	if (!c->words_from)
		c->words_from = *s;
	/* Numbers stay whole: 13800001207 is no date. */
	if (isdigit((unsigned char)**s))
		*s += strspn(*s, "0123456789");
	else
		text_next(s);
	c->words_until = *s;
}

static void cut(struct cutting *c, const char *s)
{
	while (*s) {
		bool is_within = c->words_from && c->words_until == s;
		if (cut_person(c, &s) || cut_time(c, &s))
			continue;
		if (!is_within && take_filler(&s))
			continue;
		if (!cut_sign(c, &s))
			cut_word(c, &s);
	}
	end_words(c);
	end_time(c);
}

/* ---- the line as a whole ---- */

static bool has_any(const char *line, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strstr(line, words[i]))
			return true;
	return false;
}

/* 代李四, 帮阿姨报: for somebody else. */
static bool is_for_other(const struct signup_line *line)
{
	static const char *const words[] = { "代", "替", "帮", "换" };

	for (int i = 0; i < line->count; i++)
		if (line->pieces[i].kind == SIGNUP_WORDS &&
			has_any(line->pieces[i].text, words, ARRAY_LEN(words)))
			return true;
	return false;
}

/* What follows the number of a line tells it from 12月2日, 9点, 3栋 and 9:00. */
static bool is_line_number(const char *behind, int number, int expected)
{
	static const char *const others[] = { "月", "日", "号", "点", "时", "年", "栋", "座", "楼",
		"人", "个", "-", "~", "至", "到", "/" };

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (strncmp(behind, others[i], strlen(others[i])) == 0)
			return false;
	if (strchr(".:", *behind) && isdigit((unsigned char)behind[1]))
		return *behind == '.' && number == expected;
	return true;
}

static const char *take_number(const char *s, int expected, int *ret)
{
	size_t digits = strspn(s, "0123456789");
	int number = 0;

	*ret = 0;
	if (digits == 0 || digits > 3)
		return s;
	for (size_t i = 0; i < digits; i++)
		number = number * 10 + s[i] - '0';
	const char *behind = s + digits + strspn(s + digits, " ");
	if (number == 0 || !is_line_number(behind, number, expected))
		return s;
	*ret = number;
	behind += strspn(behind, ".):,] ");
	signup_take_word(&behind, "、");
	return behind;
}

void signup_line_read(const char *text, const struct signup_vocabulary *words, int number,
	struct signup_line *ret)
{
	static const char *const noes[] = { "不行", "不能", "来不了", "不来", "不去", "去不了",
		"没空", "没有空", "没时间", "没有时间", "请假", "取消", "除外", "除了", "不参加",
		"退出", "改期", "无法", "不可以", "不得", "唔得", "冇", "不在" };
	static const char *const eithers[] = { "或", "二选一", "任选", "之一", "任一", "其中一" };
	static const char *const examples[] = { "例", "格式", "示例", "样式", "如:" };
	struct cutting c = { .words = words, .line = ret };

	*ret = (struct signup_line){ 0 };
	text += strspn(text, " [(");
	text = take_number(text, number, &ret->number);
	text += strspn(text, " ");
	ret->is_no = has_any(text, noes, ARRAY_LEN(noes));
	ret->is_either = has_any(text, eithers, ARRAY_LEN(eithers));
	for (size_t i = 0; i < ARRAY_LEN(examples); i++)
		ret->is_example |= strncmp(text, examples[i], strlen(examples[i])) == 0;
	end_time(&c);
	cut(&c, text);
	ret->is_no |= is_for_other(ret);
}

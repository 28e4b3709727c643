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

struct range {
	unsigned from, until;
};

static bool is_in(unsigned c, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (c >= ranges[i].from && c <= ranges[i].until)
			return true;
	return false;
}

/* Decoration, or means yes. Any other picture may mean something, and is a word like any other. */
static bool is_friendly(unsigned c)
{
	static const struct range ranges[] = { { 0x221A, 0x221A }, { 0x25A0, 0x25AB },
		{ 0x25C6, 0x25C7 }, { 0x25CB, 0x25CB }, { 0x25CF, 0x25CF }, { 0x2600, 0x2600 },
		{ 0x2605, 0x2606 }, { 0x2611, 0x2611 }, { 0x263A, 0x263A }, { 0x2665, 0x2665 },
		{ 0x2700, 0x2700 }, { 0x2705, 0x2705 }, { 0x270A, 0x270C }, { 0x2713, 0x2714 },
		{ 0x2728, 0x2728 }, { 0x2764, 0x2764 }, { 0x2B50, 0x2B50 }, { 0x1F308, 0x1F308 },
		{ 0x1F31E, 0x1F31F }, { 0x1F331, 0x1F340 }, { 0x1F381, 0x1F381 },
		{ 0x1F388, 0x1F38A }, { 0x1F3B5, 0x1F3B6 }, { 0x1F448, 0x1F449 },
		{ 0x1F44B, 0x1F44C }, { 0x1F44F, 0x1F44F }, { 0x1F490, 0x1F490 },
		{ 0x1F493, 0x1F49E }, { 0x1F4AA, 0x1F4AA }, { 0x1F4CC, 0x1F4CD },
		{ 0x1F4DD, 0x1F4DD }, { 0x1F600, 0x1F60D }, { 0x1F618, 0x1F61A },
		{ 0x1F638, 0x1F63B }, { 0x1F642, 0x1F642 }, { 0x1F64B, 0x1F64C },
		{ 0x1F64F, 0x1F64F }, { 0x1F917, 0x1F917 }, { 0x1F91D, 0x1F91D },
		{ 0x1F929, 0x1F929 }, { 0x1F970, 0x1F970 } };

	return is_in(c, ranges, ARRAY_LEN(ranges));
}

static bool is_cross(unsigned c)
{
	static const struct range ranges[] = { { 0xD7, 0xD7 }, { 0x2573, 0x2573 },
		{ 0x26D4, 0x26D4 }, { 0x2715, 0x2718 }, { 0x274C, 0x274E }, { 0x2A2F, 0x2A2F },
		{ 0x1F44E, 0x1F44E }, { 0x1F645, 0x1F645 }, { 0x1F6AB, 0x1F6AB } };

	return is_in(c, ranges, ARRAY_LEN(ranges));
}

/* Joins or colours the character before it, and means nothing by itself. */
static bool is_hidden(unsigned c)
{
	return c == 0x20E3 || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
	       (c >= 0x1F3FB && c <= 0x1F3FF) || (c >= 0xE0000 && c <= 0xE007F);
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

static bool is_control(unsigned c)
{
	return c < ' ' || c == 0x7F || (c >= 0x80 && c <= 0xA0) || c == 0xFFFD ||
	       (c >= 0xE000 && c <= 0xF8FF);
}

/* “”‘’「」【】《》, which people put around anything. */
static bool is_quote(unsigned c)
{
	return (c >= 0x2018 && c <= 0x201F) || (c >= 0x3008 && c <= 0x3011);
}

char *signup_shown(const char *line)
{
	char *shown = mem_alloc(strlen(line) + 1), *to = shown;
	unsigned c;

	while ((c = text_next(&line)))
		if (is_control(c))
			*to++ = ' ';
		else if (!is_hidden(c))
			to = put(to, c);
	while (to > shown && to[-1] == ' ')
		to--;
	*to = '\0';
	memmove(shown, shown + strspn(shown, " "), strlen(shown + strspn(shown, " ")) + 1);
	return shown;
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
		} else if (is_control(c) || is_friendly(c) || is_quote(c)) {
			*to++ = ' ';
		} else if (is_cross(c)) {
			to = put(to, 0xD7);
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
	int clause;
	/* The current time. */
	struct signup_time time;
	const char *time_from, *time_until; /* NULL: none */
	int time_clause;
	bool is_shift_behind, is_period_first;
	bool is_day_behind; /* its hours or its shift came before its day */
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
		.clause = c->clause,
		.is_joined = c->is_joined,
		.time = time,
	};
	c->is_joined = false;
}

static void end_time(struct cutting *c)
{
	if (c->time_from) {
		add_piece(c, SIGNUP_TIME, c->time_from, c->time_until, c->time);
		c->line->pieces[c->line->count - 1].clause = c->time_clause;
	}
	c->time_from = NULL;
	c->time = (struct signup_time){ .starts = -1, .ends = -1, .shift = -1 };
	c->is_shift_behind = c->is_period_first = c->is_day_behind = false;
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
	if (!c->time_from) {
		c->time_from = from;
		c->time_clause = c->clause;
	}
	c->time_until = until;
}

/* ---- what stands at *s ---- */

static bool is_letter(const char *s)
{
	unsigned c = text_next(&s);

	return c >= 0x80 ? (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000 || c == 0xB7
			 : isalpha((int)c) != 0;
}

/* A name stands alone: no more of the same word follows it. */
static bool ends_here(const char *s, struct day monday)
{
	struct signup_days days;
	enum signup_word word;
	unsigned periods;

	return !is_letter(s) || signup_take_days(&s, monday, &days) ||
	       signup_take_periods(&s, false, &periods) || signup_take_known(&s, false, &word) ||
	       signup_take_word(&s, "和") || signup_take_word(&s, "及") ||
	       signup_take_word(&s, "与") || signup_take_word(&s, "跟");
}

/* `name` at `s`, with spaces allowed between its characters: 张 三. NULL, or what follows. */
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

/* 周三上午9点-12点,下午2点-5点: another time on the same days, and in the same period.
 * 9点-12点周三, 2点-5点周五: on a day that comes later. */
static void begin_again(struct cutting *c, bool has_period)
{
	const struct signup_time before = c->time;
	bool is_day_behind = c->is_day_behind;

	end_time(c);
	if (is_day_behind)
		return;
	c->time.days = before.days;
	c->time.is_outside = before.is_outside;
	c->time.periods = has_period ? before.periods : 0;
	c->is_shift_behind = has_period;
}

/* 下周三: *ret says how many weeks ahead. */
static bool take_which_week(const char **s, int *ret)
{
	static const struct {
		const char *word;
		int ahead;
	} words[] = { { "下下个", 2 }, { "下下", 2 }, { "下个", 1 }, { "下", 1 }, { "本", 0 },
		{ "这个", 0 }, { "这", 0 }, { "上个", -1 }, { "上", -1 } };
	static const char *const weeks[] = { "周", "週", "星期", "礼拜", "禮拜" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		for (size_t k = 0; k < ARRAY_LEN(weeks); k++) {
			const char *at = *s;
			if (!signup_take_word(&at, words[i].word) ||
				strncmp(at, weeks[k], strlen(weeks[k])) != 0)
				continue;
			*s = at;
			*ret = words[i].ahead;
			return true;
		}
	return false;
}

static bool take_days(
	const struct signup_vocabulary *words, const char **s, struct signup_days *ret)
{
	const char *at = *s;
	int ahead = words->weeks_ahead;

	take_which_week(&at, &ahead);
	if (!signup_take_days(&at, words->monday, ret))
		return false;
	if (ahead != words->weeks_ahead)
		*ret = (struct signup_days){ .is_outside = true };
	*s = at;
	return true;
}

static bool cut_days(struct cutting *c, const char **s)
{
	const char *from = *s;
	struct signup_days days;

	if (!take_days(c->words, s, &days))
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
	/* 周三 晚, 周三(晚) */
	bool is_behind_day = c->time_from && c->time_until + strspn(c->time_until, " (") == *s;
	unsigned periods;

	if (!signup_take_periods(s, is_behind_day, &periods))
		return false;
	bool has_days = c->time.days || c->time.is_outside;
	if (c->is_period_first && has_days)
		end_time(c);
	if (c->time.starts >= 0)
		begin_again(c, false);
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
	if (c->time.starts >= 0)
		begin_again(c, false);
	c->is_day_behind |= !c->time.days && !c->time.is_outside;
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
	if (c->time.shift >= 0)
		begin_again(c, true);
	c->is_day_behind |= !c->time.days && !c->time.is_outside;
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

/* Separators between pieces. */
static bool cut_sign(struct cutting *c, const char **s)
{
	static const char *const joins[] = { "、", "和", "及", "与", "跟", "+", "&", "/", "," };
	static const char *const ends[] = { ";", "|" };
	const char *from = *s;

	if (**s && strchr(";|,", **s))
		c->clause++;
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
	bool is_plain = strchr(" .:!-_~()[]{}'\"#@", **s) != NULL;
	if (!is_plain && !(c->words_until != from && signup_take_word(s, "·")) &&
		!signup_take_word(s, "—") && !signup_take_word(s, "–"))
		return false;
	end_words(c);
	*s += is_plain;
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

/* Words that say nothing are skipped, the others are pieces. */
static bool cut_known(struct cutting *c, const char **s)
{
	const struct signup_time none = { .starts = -1, .ends = -1, .shift = -1 };
	bool is_within = c->words_from && c->words_until == *s;
	const char *from = *s;
	enum signup_word word;

	if (!signup_take_known(s, is_within, &word))
		return false;
	if (word == SIGNUP_WORD_UNSURE) {
		const char *until = *s;
		for (*s = from; *s < until;)
			cut_word(c, s);
		return true;
	}
	if (word == SIGNUP_WORD_NONE)
		return true;
	end_words(c);
	end_time(c);
	if (word == SIGNUP_WORD_EITHER)
		c->line->is_either = true;
	else
		add_piece(c, SIGNUP_KNOWN, from, *s, none);
	if (word != SIGNUP_WORD_EITHER)
		c->line->pieces[c->line->count - 1].word = word;
	return true;
}

static void cut(struct cutting *c, const char *s)
{
	while (*s) {
		if (!cut_person(c, &s) && !cut_time(c, &s) && !cut_known(c, &s) && !cut_sign(c, &s))
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
	static const char *const words[] = { "代", "替", "帮" };

	for (int i = 0; i < line->count; i++)
		if (line->pieces[i].kind == SIGNUP_WORDS &&
			has_any(line->pieces[i].text, words, ARRAY_LEN(words)))
			return true;
	return false;
}

/* What follows the number of a line distinguishes it from 12月2日, 9点, 3栋 and 9:00. */
static bool is_line_number(const char *behind, int number, int expected)
{
	static const char *const others[] = { "月", "日", "号", "点", "时", "年", "栋", "座", "楼",
		"人", "个", "-", "~", "至", "到", "/" };

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (strncmp(behind, others[i], strlen(others[i])) == 0)
			return false;
	if (*behind && strchr(".:", *behind) && isdigit((unsigned char)behind[1]))
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
	static const char *const examples[] = { "例", "格式", "示例", "样式", "如:" };
	struct cutting c = { .words = words, .line = ret };

	*ret = (struct signup_line){ 0 };
	/* [强] is one word. */
	size_t opening = strspn(text, " [(");
	text += isdigit((unsigned char)text[opening]) ? opening : strspn(text, " ");
	text = take_number(text, number, &ret->number);
	text += strspn(text, " ");
	for (size_t i = 0; i < ARRAY_LEN(examples); i++)
		ret->is_example |=
			strncmp(text + strspn(text, "[("), examples[i], strlen(examples[i])) == 0;
	end_time(&c);
	cut(&c, text);
	ret->is_other = is_for_other(ret);
}

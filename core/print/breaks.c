#include "core/print/breaks.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "core/base/mem.h"

#define SHORT_NAME   4 /* Chinese characters between two separators that stay together */
#define UNIT_LETTERS 8
#define NAME_DOT     0xb7

/* A text as characters, with what is found out about it. */
struct scan {
	gunichar *chars;
	int *at; /* where each begins */
	unsigned char *glue;
	int count;
};

static gunichar char_at(const struct scan *s, int i)
{
	return i >= 0 && i < s->count ? s->chars[i] : 0;
}

static void hold(struct scan *s, int i, enum glue glue)
{
	if (i > 0 && i < s->count && s->chars[i - 1] != '\n' && s->glue[s->at[i]] < glue)
		s->glue[s->at[i]] = (unsigned char)glue;
}

/* No line ends between the characters [from, to). */
static void hold_all(struct scan *s, int from, int to, enum glue glue)
{
	for (int i = from + 1; i < to; i++)
		hold(s, i, glue);
}

static bool is_one_of(gunichar c, const char *list)
{
	return c && g_utf8_strchr(list, -1, c);
}

static bool is_han(gunichar c)
{
	return c && g_unichar_get_script(c) == G_UNICODE_SCRIPT_HAN;
}

static bool is_latin(gunichar c)
{
	return c < 0x250 && g_unichar_isalpha(c);
}

static bool is_digit(gunichar c)
{
	return c >= '0' && c <= '9';
}

/* ---- punctuation and marks ---- */

static void hold_punctuation(struct scan *s)
{
	for (int i = 1; i < s->count; i++) {
		gunichar before = s->chars[i - 1], c = s->chars[i];
		bool is_closing = is_one_of(c, "、，。；：！？）》〉」』】〕”’…—～％℃·※,.;:!?)]}%");
		bool is_opening = is_one_of(before, "（《〈「『【〔“‘([{★▲");
		/* "○ 2 more needed": a mark and what it marks */
		bool is_marked = is_one_of(before, "○✓✗") ||
				 (before == ' ' && is_one_of(char_at(s, i - 2), "○✓✗"));
		if ((is_closing && before != ' ') || c == NAME_DOT || is_opening || is_marked)
			hold(s, i, GLUE_FIRM);
	}
}

/* ---- numbers, units, dates ---- */

static const char *const long_units[] = { "小时", "分钟", "积分", "公里", "厘米", "毫米", "星期",
	"个月" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
	"Oct", "Nov", "Dec" };
static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

static bool begins_with(const struct scan *s, int i, const char *word)
{
	for (; *word; word = g_utf8_next_char(word), i++)
		if (char_at(s, i) != g_utf8_get_char(word))
			return false;
	return true;
}

static bool is_word(
	const struct scan *s, int from, int to, const char *const *list, size_t list_size)
{
	for (size_t i = 0; i < list_size; i++)
		if (to - from == (int)strlen(list[i]) && begins_with(s, from, list[i]))
			return true;
	return false;
}

static int word_end(const struct scan *s, int from)
{
	while (is_latin(char_at(s, from)))
		from++;
	return from;
}

static int word_start(const struct scan *s, int to)
{
	while (is_latin(char_at(s, to - 1)))
		to--;
	return to;
}

/* "12", "1,000.5", "9:00–12:00", "2026-12-01", "11/29": returns where it ends. */
static int number_end(const struct scan *s, int i)
{
	while (is_digit(char_at(s, i)) ||
		(is_one_of(char_at(s, i), ".,:/-–~") && is_digit(char_at(s, i + 1))))
		i++;
	return i;
}

/* Chinese units have one character, with a few exceptions. */
static int han_unit_end(const struct scan *s, int i)
{
	for (size_t u = 0; u < ARRAY_LEN(long_units); u++)
		if (begins_with(s, i, long_units[u]))
			return i + (int)g_utf8_strlen(long_units[u], -1);
	return i + 1;
}

/* What follows the number that ends at `i`, perhaps after a space: returns where its unit ends. */
static int unit_end(const struct scan *s, int i)
{
	int from = i + (char_at(s, i) == ' ');
	int end = word_end(s, from);

	if (is_han(char_at(s, from)))
		return han_unit_end(s, from);
	return end > from && end - from <= UNIT_LETTERS ? end : i;
}

/* "周六" after a date and a space. */
static int weekday_end(const struct scan *s, int i)
{
	return char_at(s, i) == ' ' && char_at(s, i + 1) == 0x5468 && is_han(char_at(s, i + 2))
		       ? i + 3
		       : i;
}

/* What precedes the number that begins at `i` and belongs to it: "第", "¥", "Sat ". */
static int prefix_start(const struct scan *s, int i)
{
	gunichar before = char_at(s, i - 1);
	int start = before == ' ' ? word_start(s, i - 1) : i;

	if (is_one_of(before, "第¥￥+−#"))
		return i - 1;
	if (start < i && is_word(s, start, i - 1, weekdays, ARRAY_LEN(weekdays)))
		return start;
	return i;
}

/* Keeps the number that begins at `i` together with everything that belongs to it. Returns its
 * end. */
static int hold_number(struct scan *s, int i)
{
	int start = prefix_start(s, i), end = number_end(s, i);
	int unit = unit_end(s, end), from = end + (char_at(s, end) == ' ');
	bool is_month = is_word(s, from, unit, months, ARRAY_LEN(months));

	hold_all(s, start, end, GLUE_FIRM);
	hold_all(s, end - 1, unit, GLUE_FIRM);
	if (is_one_of(char_at(s, unit - 1), "年月") && is_digit(char_at(s, unit)))
		hold(s, unit, GLUE_FIRM);
	if (is_month && char_at(s, unit) == ' ' && is_digit(char_at(s, unit + 1)))
		hold_all(s, unit - 1, unit + 2, GLUE_FIRM); /* and its year */
	hold_all(s, unit - 1, weekday_end(s, unit), GLUE_SOFT);
	return end > i ? end : i + 1;
}

static void hold_numbers(struct scan *s)
{
	for (int i = 0; i < s->count;)
		i = is_digit(s->chars[i]) ? hold_number(s, i) : i + 1;
}

/* ---- names ---- */

/* Asterisks mask a part of a name. */
static bool is_name_char(gunichar c)
{
	return c == '*' || is_han(c);
}

/* 张三、阿依古丽: few characters between two separators. */
static void hold_short_names(struct scan *s)
{
	for (int from = 0, to; from < s->count; from = to + 1) {
		for (to = from; is_name_char(char_at(s, to)); to++)
			;
		if (to - from <= SHORT_NAME)
			hold_all(s, from, to, GLUE_SOFT);
	}
}

static bool is_part_char(gunichar c)
{
	return c == '*' || (c && g_unichar_isalpha(c));
}

/* 阿依古丽·买买提江 breaks after its dot and nowhere else. */
static void hold_dotted_names(struct scan *s)
{
	for (int i = 1; i < s->count; i++) {
		int from = i, to = i + 1;
		if (s->chars[i] != NAME_DOT)
			continue;
		while (is_part_char(char_at(s, from - 1)))
			from--;
		while (is_part_char(char_at(s, to)))
			to++;
		if (from == i || to == i + 1)
			continue;
		hold_all(s, from, i + 1, GLUE_SOFT);
		hold_all(s, i + 1, to, GLUE_SOFT);
	}
}

unsigned char *breaks_find(const char *text)
{
	size_t size = strlen(text) + 1;
	CLEANUP(mem_free) gunichar *chars = mem_alloc(size * sizeof(*chars));
	CLEANUP(mem_free) int *at = mem_alloc(size * sizeof(*at));
	struct scan scan = { .chars = chars, .at = at, .glue = mem_alloc(size) };

	for (const char *c = text; *c; c = g_utf8_next_char(c), scan.count++) {
		chars[scan.count] = g_utf8_get_char(c);
		at[scan.count] = (int)(c - text);
	}
	hold_punctuation(&scan);
	hold_numbers(&scan);
	hold_short_names(&scan);
	hold_dotted_names(&scan);
	return scan.glue;
}

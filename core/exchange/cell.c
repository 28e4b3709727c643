#include "core/exchange/cell.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/reasons.h"
#include "core/base/text.h"

/* ---- words ---- */

static bool is_space(unsigned c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == 0xA0 || c == 0x3000 || c == 0xFEFF;
}

char *cell_plain(const char *cell)
{
	if (!*cell) /* most of a wide table */
		return mem_text("");
	CLEANUP(mem_free) char *narrow = text_narrow(cell);
	const char *start = NULL, *end = narrow;
	unsigned c;

	for (const char *at = narrow, *next = narrow; (c = text_next(&next)); at = next) {
		if (is_space(c))
			continue;
		if (!start)
			start = at;
		if (c != ':')
			end = next;
	}
	return start && end > start ? mem_text_n(start, (size_t)(end - start)) : mem_text("");
}

/* ---- days and times ---- */

/* Up to `most` digits; −1 when there is none. */
static int take_number(const char **s, int most)
{
	int n = 0, digits = 0;

	for (; digits < most && isdigit((unsigned char)**s); digits++)
		n = n * 10 + *(*s)++ - '0';
	return digits ? n : -1;
}

static bool take_word(const char **s, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*s, word, len) != 0)
		return false;
	*s += len;
	return true;
}

/* What may stand between year, month and day, and behind the day; the same between both. */
static const struct {
	const char *behind_year, *behind_month, *behind_day;
} day_signs[] = {
	{ "-", "-", "" },
	{ "/", "/", "" },
	{ ".", ".", "" },
	{ "年", "月", "日" },
	{ "年", "月", "号" },
};

static bool take_day(const char **s, struct day *ret)
{
	size_t digits = strspn(*s, "0123456789");
	struct day day = { .year = take_number(s, 4) };
	const char *behind = *s;

	if (digits == 8) {
		day.month = take_number(s, 2);
		day.day = take_number(s, 2);
		*ret = day;
		return day_is_valid(day);
	}
	for (size_t i = 0; i < ARRAY_LEN(day_signs); i++, *s = behind) {
		if (!take_word(s, day_signs[i].behind_year))
			continue;
		day.month = take_number(s, 2);
		if (!take_word(s, day_signs[i].behind_month))
			continue;
		day.day = take_number(s, 2);
		if (!take_word(s, day_signs[i].behind_day))
			continue;
		*ret = day;
		return day_is_valid(day);
	}
	return false;
}

static int date_bad(const char *what, struct err *err)
{
	return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, what));
}

int cell_day(const char *plain, const char *what, struct day *ret, struct err *err)
{
	struct day day;

	if (!take_day(&plain, &day))
		return date_bad(what, err);
	/* A spreadsheet gives a date a time of its own: 2026/1/5 0:00. */
	plain += strspn(plain, " ");
	if (take_word(&plain, "0:00") || take_word(&plain, "00:00"))
		take_word(&plain, ":00");
	if (*plain)
		return date_bad(what, err);
	*ret = day;
	return 0;
}

int cell_instant(
	const char *plain, const char *what, int seconds_alone, int64_t *ret, struct err *err)
{
	struct day day;
	int hour = 0, minute = 0, second = 0;

	if (!take_day(&plain, &day))
		return date_bad(what, err);
	if (*plain == '\0') {
		*ret = when_instant(
			day, seconds_alone / 3600, seconds_alone / 60 % 60, seconds_alone % 60);
		return 0;
	}
	if (*plain != ' ' && *plain != 'T')
		return date_bad(what, err);
	plain += *plain == 'T' ? 1 : strspn(plain, " ");
	hour = take_number(&plain, 2);
	minute = take_word(&plain, ":") ? take_number(&plain, 2) : -1;
	if (take_word(&plain, ":"))
		second = take_number(&plain, 2);
	if (*plain || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
		second > 59)
		return date_bad(what, err);
	*ret = when_instant(day, hour, minute, second);
	return 0;
}

void cell_write_instant(int64_t at, char out[CELL_INSTANT_SIZE])
{
	char full[32];

	out[0] = '\0';
	if (!at)
		return;
	when_format(at, full);
	snprintf(out, CELL_INSTANT_SIZE, "%.10s %.8s", full, full + 11);
}

/* ---- money ---- */

/* 1,200 → 1200: commas only where they part thousands. The caller's; NULL for other commas. */
static char *without_commas(const char *plain)
{
	char *text = mem_text(plain), *to = text;

	for (const char *from = plain; *from; from++) {
		if (*from != ',') {
			*to++ = *from;
			continue;
		}
		bool is_behind_digit = from > plain && isdigit((unsigned char)from[-1]);
		if (!is_behind_digit || strspn(from + 1, "0123456789") != 3) {
			free(text);
			return NULL;
		}
	}
	*to = '\0';
	return text;
}

int cell_fen(const char *plain, const char *what, int64_t *ret, struct err *err)
{
	CLEANUP(mem_free) char *text = without_commas(plain);
	int64_t fen;

	if (!text)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, what));
	if (money_parse(text, what, false, &fen, err) < 0)
		return (int)err->code;
	if (fen < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, what));
	*ret = fen;
	return 0;
}

/* ---- yes and no ---- */

int cell_yes(const char *plain, const char *what, bool *ret, struct err *err)
{
	static const char *const words[2][8] = {
		{ "", "否", "0", "no", "false", "n", "×", "无" },
		{ "是", "1", "yes", "true", "y", "√", "✓", "有" },
	};

	for (int yes = 0; yes < 2; yes++)
		for (size_t i = 0; i < ARRAY_LEN(words[yes]); i++)
			if (text_equal_fold(words[yes][i], plain)) {
				*ret = yes == 1;
				return 0;
			}
	return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, what));
}

/* ---- formulas ---- */

static bool is_formula(const char *text)
{
	text += strspn(text, "'");
	return *text && strchr("=+-@", *text);
}

char *cell_guard(const char *text)
{
	return is_formula(text) ? mem_printf("'%s", text) : mem_text(text);
}

const char *cell_unguard(const char *cell)
{
	return *cell == '\'' && is_formula(cell) ? cell + 1 : cell;
}

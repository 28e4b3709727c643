#include "core/exchange/cell.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/reasons.h"
#include "core/base/text.h"

#define CENTURY       2000
#define SHORT_YEARS   20    /* how far from today a two-digit year may be */
#define SERIAL_MIN    20000 /* 1954-10-03, as Excel counts */
#define SERIAL_MAX    80000 /* 2119-01-11 */
#define SERIAL_PARTS  1000000000
#define SECONDS_A_DAY 86400
#define EXPONENT_MAX  18

/* ---- words ---- */

static bool is_space(unsigned c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == 0xA0 || c == 0x3000 || c == 0xFEFF;
}

/* Without the marks that keep a spreadsheet from taking digits for an amount: '139…, ="139…". */
static void drop_disguise(char *text)
{
	size_t len = strlen(text);
	bool is_formula = len > 3 && strncmp(text, "=\"", 2) == 0 && text[len - 1] == '"';
	size_t before = is_formula ? 2 : *text == '\'';
	const char *from = text + before;
	char *to = text;

	while ((*to++ = *from++) != '\0')
		;
	if (is_formula)
		text[len - 3] = '\0';
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
	char *plain =
		start && end > start ? mem_text_n(start, (size_t)(end - start)) : mem_text("");
	drop_disguise(plain);
	return plain;
}

char *cell_line(const char *cell)
{
	const char *start = NULL, *end = cell;
	unsigned c;

	for (const char *at = cell, *next = cell; (c = text_next(&next)); at = next) {
		if (is_space(c))
			continue;
		if (!start)
			start = at;
		end = next;
	}
	char *line = start ? mem_text_n(start, (size_t)(end - start)) : mem_text("");
	for (char *at = line; (at = strpbrk(at, "\t\n"));)
		*at = ' ';
	return line;
}

/* "12.0" → "12"; the caller's, NULL for anything else. */
static char *without_zeros(const char *plain)
{
	size_t digits = strspn(plain, "0123456789");

	if (digits == 0 || plain[digits] != '.' || !plain[digits + 1])
		return NULL;
	if (strspn(plain + digits + 1, "0") != strlen(plain + digits + 1))
		return NULL;
	return mem_text_n(plain, digits);
}

/* "1.3900000010E+10": one digit, so many after the point, the power of ten. */
static bool read_power(const char *plain, char *ret_first, const char **ret_rest, size_t *ret_len,
	unsigned long *ret_power)
{
	const char *at = plain;

	if (!isdigit((unsigned char)*at))
		return false;
	*ret_first = *at++;
	at += *at == '.';
	*ret_rest = at;
	*ret_len = strspn(at, "0123456789");
	at += *ret_len;
	if (*at != 'E' && *at != 'e')
		return false;
	at += 1 + (at[1] == '+');
	if (strspn(at, "0123456789") == 0 || strspn(at, "0123456789") != strlen(at))
		return false;
	*ret_power = strtoul(at, NULL, 10);
	return *ret_power <= EXPONENT_MAX;
}

int cell_digits(const char *plain, const char *what, char **ret, struct err *err)
{
	unsigned long power;
	const char *rest;
	size_t len;
	char first;

	char *whole = without_zeros(plain);
	if (!whole && read_power(plain, &first, &rest, &len, &power)) {
		if (len != power)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_CUT, what));
		whole = mem_printf("%c%.*s", first, (int)len, rest);
	}
	*ret = whole ? whole : mem_text(plain);
	return 0;
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

/* The separators allowed between year, month and day, and after the day; both must be the same. */
static const struct {
	const char *behind_year, *behind_month, *behind_day;
} day_signs[] = {
	{ "-", "-", "" },
	{ "/", "/", "" },
	{ ".", ".", "" },
	{ "年", "月", "日" },
	{ "年", "月", "号" },
};

/* A year of four digits, or of two if plausible; anything else is refused. */
static bool take_year(const char **s, struct day today, int *ret)
{
	size_t digits = strspn(*s, "0123456789");

	if (digits != 2 && digits != 4)
		return false;
	*ret = take_number(s, 4);
	if (digits == 4)
		return true;
	*ret += CENTURY;
	return abs(*ret - today.year) <= SHORT_YEARS;
}

static bool take_day(const char **s, struct day today, struct day *ret)
{
	size_t digits = strspn(*s, "0123456789");
	struct day day = { 0 };

	if (digits == 8) {
		day.year = take_number(s, 4);
		day.month = take_number(s, 2);
		day.day = take_number(s, 2);
		*ret = day;
		return day_is_valid(day);
	}
	if (!take_year(s, today, &day.year))
		return false;
	const char *behind = *s;
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

/* 46027, 44927.5: days since 1899-12-30, as shown by a date cell that has lost its format. */
static bool read_serial(const char *plain, struct day *ret, int *ret_seconds)
{
	int64_t part = 0, whole = 1;

	if (strspn(plain, "0123456789") != 5)
		return false;
	int days = take_number(&plain, 5);
	bool has_part = take_word(&plain, ".");
	for (; has_part && isdigit((unsigned char)*plain); plain++)
		if (whole < SERIAL_PARTS) {
			part = part * 10 + (*plain - '0');
			whole *= 10;
		}
	if (*plain || days < SERIAL_MIN || days > SERIAL_MAX)
		return false;
	int64_t seconds = (part * SECONDS_A_DAY + whole / 2) / whole;
	*ret = day_add((struct day){ 1899, 12, 30 }, days);
	*ret_seconds = (int)(seconds < SECONDS_A_DAY ? seconds : SECONDS_A_DAY - 1);
	return true;
}

static int date_bad(const char *what, struct err *err)
{
	return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, what));
}

int cell_day(
	const char *plain, const char *what, struct day today, struct day *ret, struct err *err)
{
	struct day day;
	int seconds;

	if (read_serial(plain, ret, &seconds))
		return 0;
	if (!take_day(&plain, today, &day))
		return date_bad(what, err);
	/* A spreadsheet adds a time to a date: 2026/1/5 0:00. */
	plain += strspn(plain, " ");
	if (take_word(&plain, "0:00") || take_word(&plain, "00:00"))
		take_word(&plain, ":00");
	if (*plain)
		return date_bad(what, err);
	*ret = day;
	return 0;
}

static bool read_time(const char *plain, int *ret_seconds)
{
	int hour, minute, second = 0;

	hour = take_number(&plain, 2);
	minute = take_word(&plain, ":") ? take_number(&plain, 2) : -1;
	if (take_word(&plain, ":"))
		second = take_number(&plain, 2);
	if (*plain || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
		second > 59)
		return false;
	*ret_seconds = (hour * 60 + minute) * 60 + second;
	return true;
}

int cell_instant(const char *plain, const char *what, struct day today, int seconds_alone,
	int64_t *ret, struct err *err)
{
	struct day day;
	int seconds = seconds_alone;

	if (read_serial(plain, &day, &seconds)) {
		seconds = strchr(plain, '.') ? seconds : seconds_alone;
	} else {
		if (!take_day(&plain, today, &day))
			return date_bad(what, err);
		if (*plain && *plain != ' ' && *plain != 'T')
			return date_bad(what, err);
		plain += *plain == 'T' ? 1 : strspn(plain, " ");
		if (*plain && !read_time(plain, &seconds))
			return date_bad(what, err);
	}
	*ret = when_instant(day, seconds / 3600, seconds / 60 % 60, seconds % 60);
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

/* 1,200 → 1200: commas only where they separate thousands. The caller's; NULL for other commas. */
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

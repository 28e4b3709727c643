#include "core/base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"

#define REPLACEMENT 0xFFFDu
#define ELLIPSIS    0x2026u
#define WIDE_SPACE  0x3000u

struct span {
	unsigned first, last;
};

/* Characters that move, hide or break text when it is shown. Noncharacters at the end of each plane
 * are found by arithmetic. */
static const struct span refused[] = {
	{ 0x0000, 0x001F },   /* C0 */
	{ 0x007F, 0x009F },   /* DEL, C1 */
	{ 0x00AD, 0x00AD },   /* soft hyphen */
	{ 0x034F, 0x034F },   /* grapheme joiner */
	{ 0x061C, 0x061C },   /* Arabic letter mark */
	{ 0x115F, 0x1160 },   /* Hangul fillers */
	{ 0x200B, 0x200F },   /* zero width, LRM, RLM */
	{ 0x2028, 0x202E },   /* line and paragraph separators, bidi embeddings and overrides */
	{ 0x2060, 0x206F },   /* word joiner, invisible operators, bidi isolates */
	{ 0x3164, 0x3164 },   /* Hangul filler */
	{ 0xD800, 0xDFFF },   /* surrogates */
	{ 0xFDD0, 0xFDEF },   /* noncharacters */
	{ 0xFEFF, 0xFEFF },   /* byte order mark */
	{ 0xFFA0, 0xFFA0 },   /* half-width Hangul filler */
	{ 0xFFF9, 0xFFFB },   /* interlinear annotation */
	{ 0xE0000, 0xE007F }, /* tags */
};

static bool is_refused(unsigned c)
{
	if ((c & 0xFFFE) == 0xFFFE)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(refused) && c >= refused[i].first; i++)
		if (c <= refused[i].last)
			return true;
	return false;
}

/* Bytes of the well-formed sequence at `p` (Unicode, table 3-7), or 0. */
static size_t decode(const unsigned char *p, size_t len, unsigned *ret)
{
	static const unsigned smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };

	if (len == 0)
		return 0;
	if (p[0] < 0x80) {
		*ret = p[0];
		return 1;
	}
	size_t n = p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
	if (n == 0 || n > len)
		return 0;
	unsigned c = p[0] & (0x7Fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3F);
	}
	if (c < smallest[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	*ret = c;
	return n;
}

unsigned text_next(const char **s)
{
	const unsigned char *p = (const unsigned char *)*s;
	unsigned c = REPLACEMENT;

	if (*p == '\0')
		return 0;
	/* A string ends in a NUL, which no sequence continues with: 4 bytes are never overrun. */
	size_t n = decode(p, strnlen(*s, 4), &c);
	*s += n ? n : 1;
	return c;
}

int text_put(unsigned c, char out[5])
{
	char *p = out;

	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = REPLACEMENT;
	if (c < 0x80) {
		*p++ = (char)c;
	} else if (c < 0x800) {
		*p++ = (char)(0xC0 | c >> 6);
		*p++ = (char)(0x80 | (c & 0x3F));
	} else if (c < 0x10000) {
		*p++ = (char)(0xE0 | c >> 12);
		*p++ = (char)(0x80 | (c >> 6 & 0x3F));
		*p++ = (char)(0x80 | (c & 0x3F));
	} else {
		*p++ = (char)(0xF0 | c >> 18);
		*p++ = (char)(0x80 | (c >> 12 & 0x3F));
		*p++ = (char)(0x80 | (c >> 6 & 0x3F));
		*p++ = (char)(0x80 | (c & 0x3F));
	}
	*p = '\0';
	return (int)(p - out);
}

int text_length(const char *s)
{
	int n = 0;

	while (text_next(&s))
		n++;
	return n;
}

/* A mark belongs to the letter before it and is kept or hidden with that. */
static bool is_mark(unsigned c)
{
	return wcwidth((wchar_t)c) == 0;
}

/* ---- the door ---- */

static int refuse(struct err *err, int code, const struct text_limits *limits)
{
	return err_set(err, ERR_INVALID, reason_with_text(code, limits->what, limits->max_chars));
}

int text_accept(const char *bytes, size_t len, const struct text_limits *limits, char **ret_text,
	struct err *err)
{
	size_t start = 0, end = 0; /* of what is left after trimming */
	int chars = 0, chars_to_end = 0;
	bool has_control = false, has_no_base = true;

	for (size_t at = 0; at < len;) {
		unsigned c;
		size_t n = decode((const unsigned char *)bytes + at, len - at, &c);
		if (n == 0)
			return refuse(err, REASON_TEXT_NOT_UTF8, limits);
		has_control |= is_refused(c);
		bool is_space = c == ' ' || c == WIDE_SPACE;
		/* It would combine with whatever precedes the text. */
		has_control |= has_no_base && is_mark(c);
		has_no_base = is_space;
		if (is_space && end == 0) {
			start = at + n;
		} else {
			chars++;
			if (!is_space) {
				end = at + n;
				chars_to_end = chars;
			}
		}
		at += n;
	}
	if (has_control)
		return refuse(err, REASON_TEXT_CONTROL, limits);
	if (chars_to_end > limits->max_chars)
		return refuse(err, REASON_TEXT_TOO_LONG, limits);
	if (chars_to_end == 0 && !limits->may_be_empty)
		return refuse(err, REASON_TEXT_EMPTY, limits);
	*ret_text = chars_to_end ? mem_text_n(bytes + start, end - start) : mem_text("");
	return 0;
}

/* ---- a text that grows ---- */

struct line {
	char *text;
	size_t len, room;
};

static void line_add(struct line *line, unsigned c)
{
	if (line->room - line->len < 5) {
		line->room = line->room ? line->room * 2 : 32;
		line->text = mem_resize(line->text, line->room);
	}
	line->len += (size_t)text_put(c, line->text + line->len);
}

static char *line_take(struct line *line)
{
	return line->text ? line->text : mem_text("");
}

/* ---- width ---- */

int text_width_of(unsigned codepoint)
{
	int w = wcwidth((wchar_t)codepoint);

	return w < 0 ? 0 : w;
}

int text_width(const char *s)
{
	int width = 0;
	unsigned c;

	while ((c = text_next(&s)))
		width += text_width_of(c);
	return width;
}

/* Fits `s` into a line and returns the cells used. */
static int fit(const char *s, int cells, struct line *line)
{
	struct line cut = { 0 };
	int width = 0, cut_width = 0;
	bool is_cut = false;
	unsigned c;

	while ((c = text_next(&s))) {
		if (is_refused(c))
			continue;
		int w = text_width_of(c);
		if (width + w > cells) {
			is_cut = true;
			break;
		}
		/* `cut` stops one cell earlier, where the ellipsis would go. */
		if (width + w <= cells - 1) {
			line_add(&cut, c);
			cut_width = width + w;
		}
		line_add(line, c);
		width += w;
	}
	if (!is_cut || cells <= 0) {
		free(cut.text);
		return width;
	}
	free(line->text);
	*line = cut;
	line_add(line, ELLIPSIS);
	return cut_width + 1;
}

char *text_fit(const char *s, int cells)
{
	struct line line = { 0 };

	fit(s, cells, &line);
	return line_take(&line);
}

char *text_pad(const char *s, int cells, bool align_right)
{
	struct line text = { 0 };
	int width = fit(s, cells, &text);
	CLEANUP(mem_free) char *fitted = line_take(&text);
	int spaces = cells > width ? cells - width : 0;

	return mem_printf(
		"%*s%s%*s", align_right ? spaces : 0, "", fitted, align_right ? 0 : spaces, "");
}

/* ---- forms of writing ---- */

static unsigned narrow(unsigned c)
{
	if (c >= 0xFF01 && c <= 0xFF5E)
		return c - 0xFEE0;
	return c == WIDE_SPACE ? ' ' : c;
}

char *text_narrow(const char *s)
{
	struct line line = { 0 };
	unsigned c;

	while ((c = text_next(&s)))
		line_add(&line, narrow(c));
	return line_take(&line);
}

static bool is_name_separator(unsigned c)
{
	static const unsigned separators[] = { ' ', 0x00B7, 0x2022, 0x2027, WIDE_SPACE, 0x30FB,
		0xFF65 };

	for (size_t i = 0; i < ARRAY_LEN(separators); i++)
		if (c == separators[i])
			return true;
	return false;
}

char *text_mask_name(const char *name)
{
	struct line line = { 0 };
	int letters = 0, seen = 0;
	bool is_shown = false;
	unsigned c;

	for (const char *s = name; (c = text_next(&s));)
		letters += !is_name_separator(c) && (letters == 0 || !is_mark(c));
	for (const char *s = name; (c = text_next(&s));) {
		if (is_name_separator(c))
			continue;
		if (seen > 0 && is_mark(c)) {
			if (is_shown)
				line_add(&line, c);
			continue;
		}
		seen++;
		is_shown = letters > 1 && (seen == 1 || (seen == letters && letters > 2));
		line_add(&line, is_shown ? c : '*');
	}
	return line_take(&line);
}

static char *digits_of(const char *s)
{
	struct line line = { 0 };
	unsigned c;

	while ((c = narrow(text_next(&s))))
		if (c >= '0' && c <= '9')
			line_add(&line, c);
	return line_take(&line);
}

char *text_mask_phone(const char *phone)
{
	CLEANUP(mem_free) char *digits = digits_of(phone);
	int n = (int)strlen(digits);
	bool is_mobile = n == 11 && digits[0] == '1';
	int head = is_mobile ? 3 : 0, tail = n > 4 ? 4 : 0;
	struct line line = { 0 };

	for (int i = 0; i < n; i++)
		line_add(&line, i < head || i >= n - tail ? (unsigned char)digits[i] : '*');
	return line_take(&line);
}

static int lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

bool text_equal_fold(const char *a, const char *b)
{
	while (*a && lower(*a) == lower(*b))
		a++, b++;
	return *a == *b;
}

bool text_ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), end_len = strlen(end);

	return len >= end_len && strcmp(s + len - end_len, end) == 0;
}

/* ---- numbers ---- */

/* Reads the digits of `s` up to its end or a space. It counts away from zero in the sign's
 * direction, so that the whole range of long long can be read. */
static bool read_digits(const char **s, bool is_negative, long long *ret)
{
	long long value = 0;
	bool any = false;

	for (;;) {
		const char *ahead = *s;
		unsigned c = narrow(text_next(&ahead));
		if (c < '0' || c > '9')
			break;
		int digit = (int)(c - '0');
		if (__builtin_mul_overflow(value, 10, &value) ||
			__builtin_add_overflow(value, is_negative ? -digit : digit, &value))
			return false;
		any = true;
		*s = ahead;
	}
	*ret = value;
	return any;
}

static const char *skip_spaces(const char *s)
{
	for (;;) {
		const char *ahead = s;
		if (narrow(text_next(&ahead)) != ' ')
			return s;
		s = ahead;
	}
}

static struct reason reason_of_range(const char *what, long long min, long long max)
{
	struct reason reason = REASON_TEXT(NUMBER_RANGE, what);

	reason.n1 = min;
	reason.n2 = max;
	return reason;
}

int text_integer(const char *s, const char *what, long long min, long long max, long long *ret,
	struct err *err)
{
	const char *p = skip_spaces(s), *ahead = p;
	bool is_negative = narrow(text_next(&ahead)) == '-';
	long long value = 0;

	if (is_negative)
		p = ahead;
	if (!read_digits(&p, is_negative, &value) || *skip_spaces(p) || value < min || value > max)
		return err_set(err, ERR_INVALID, reason_of_range(what, min, max));
	*ret = value;
	return 0;
}

#define WHOLE_DIGITS_MAX 9 /* far below an overflow */

static int64_t digits(const char *s, size_t count)
{
	int64_t value = 0;

	for (size_t i = 0; i < count; i++)
		value = value * 10 + (s[i] - '0');
	return value;
}

int64_t text_hundredths(const char *s)
{
	size_t whole = strspn(s, "0123456789");
	const char *rest = s + whole;
	size_t decimals = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;

	if (whole == 0 || whole > WHOLE_DIGITS_MAX || decimals > 2)
		return -1;
	if (*rest && (*rest != '.' || rest[1 + decimals]))
		return -1;
	return digits(s, whole) * 100 + digits(rest + 1, decimals) * (decimals == 1 ? 10 : 1);
}

char *text_of_hundredths(int64_t hundredths)
{
	long long whole = hundredths / 100, rest = hundredths % 100;

	if (rest % 10)
		return mem_printf("%lld.%02lld", whole, rest);
	return rest ? mem_printf("%lld.%lld", whole, rest / 10) : mem_printf("%lld", whole);
}

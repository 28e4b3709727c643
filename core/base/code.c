#include "core/base/code.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"

#define PREFIX_LEN  3 /* J, 1, type letter */
#define ID_DIGITS   11
#define CARD_DIGITS 26
#define BITS        5
#define ISBN_LEN    13
#define NUMBER_MAX  9
#define LEN_FORGIVEN \
	2 /* so many characters too few or too many still look like a misread of ours */

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char letters[] = {
	[CODE_CARD] = 'R',
	[CODE_ITEM] = 'I',
	[CODE_VENUE] = 'V',
	[CODE_SHIFT] = 'S',
	[CODE_LOAN] = 'L',
	[CODE_BOOKING] = 'B',
	[CODE_VOUCHER] = 'G',
};
static_assert(ARRAY_LEN(letters) == CODE_VOUCHER + 1, "a letter for each type that we print");

/* ---- check character ---- */

static int value36(char c)
{
	return c <= '9' ? c - '0' : c - 'A' + 10;
}

char code_check(const char *s, size_t len)
{
	int p = 36;

	for (size_t i = 0; i < len; i++) {
		p = (p + value36(s[i])) % 36;
		p = (p ? p : 36) * 2 % 37;
	}
	int check = (37 - p) % 36;
	return (char)(check < 10 ? '0' + check : 'A' + check - 10);
}

bool code_is_isbn(const char *digits13)
{
	int sum = 0;

	for (int i = 0; i < ISBN_LEN; i++) {
		if (digits13[i] < '0' || digits13[i] > '9')
			return false;
		sum += (digits13[i] - '0') * (i % 2 ? 3 : 1);
	}
	return sum % 10 == 0 && (!memcmp(digits13, "978", 3) || !memcmp(digits13, "979", 3));
}

/* ---- writing ---- */

static void finish(enum code_type type, int digits, char out[CODE_TEXT_MAX])
{
	out[0] = 'J';
	out[1] = '1';
	out[2] = letters[type];
	out[PREFIX_LEN + digits] = code_check(out, (size_t)(PREFIX_LEN + digits));
	out[PREFIX_LEN + digits + 1] = '\0';
}

void code_write_id(enum code_type type, int64_t id, char out[CODE_TEXT_MAX])
{
	assert(type > CODE_CARD && type <= CODE_VOUCHER);
	assert(id >= 1 && id <= CODE_ID_MAX);
	for (int i = ID_DIGITS - 1; i >= 0; i--, id >>= BITS)
		out[PREFIX_LEN + i] = crockford[id & 31];
	finish(type, ID_DIGITS, out);
}

/* The token is one number of 128 bits, most significant byte first; its lowest five bits are the
 * last digit. */
void code_write_card(const unsigned char token[CODE_TOKEN_SIZE], char out[CODE_TEXT_MAX])
{
	unsigned pending = 0;
	int bits = 0, at = CARD_DIGITS;

	for (int i = CODE_TOKEN_SIZE - 1; i >= 0; i--) {
		pending |= (unsigned)token[i] << bits;
		for (bits += 8; bits >= BITS; bits -= BITS, pending >>= BITS)
			out[PREFIX_LEN + --at] = crockford[pending & 31];
	}
	out[PREFIX_LEN + --at] = crockford[pending & 31];
	finish(CODE_CARD, CARD_DIGITS, out);
}

/* ---- reading ---- */

static char fold(char c)
{
	return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

/* Upper case without spaces and hyphens; -1 when there is anything else or too much. */
static int normalise(const char *bytes, size_t len, char out[CODE_TEXT_MAX])
{
	int n = 0;

	for (size_t i = 0; i < len; i++) {
		char c = bytes[i];
		if (c == ' ' || c == '-')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) || n == CODE_TEXT_MAX - 1)
			return -1;
		out[n++] = c;
	}
	out[n] = '\0';
	return n;
}

static bool is_digits(const char *s, int n)
{
	return (int)strspn(s, "0123456789") == n;
}

static int64_t decimal(const char *s)
{
	int64_t value = 0;

	for (; *s; s++)
		value = value * 10 + (*s - '0');
	return value;
}

static int base32_value(char c)
{
	const char *at = strchr(crockford, c);

	return at ? (int)(at - crockford) : -1;
}

static bool read_id(const char *digits, int64_t *ret)
{
	int64_t id = 0;

	for (int i = 0; i < ID_DIGITS; i++) {
		int v = base32_value(digits[i]);
		if (v < 0)
			return false;
		id = id << BITS | v;
	}
	*ret = id;
	return id >= 1 && id <= CODE_ID_MAX;
}

static bool read_token(const char *digits, unsigned char token[CODE_TOKEN_SIZE])
{
	unsigned pending = 0;
	int bits = 0, at = CODE_TOKEN_SIZE;

	/* 26 digits hold 130 bits: the first digit has but three. */
	if (base32_value(digits[0]) > 7)
		return false;
	for (int i = CARD_DIGITS - 1; i >= 0; i--) {
		int v = base32_value(digits[i]);
		if (v < 0)
			return false;
		pending |= (unsigned)v << bits;
		bits += BITS;
		if (bits >= 8 && at > 0) {
			token[--at] = pending & 0xFF;
			pending >>= 8;
			bits -= 8;
		}
	}
	return true;
}

static enum code_type type_of(char letter)
{
	for (enum code_type t = CODE_CARD; t <= CODE_VOUCHER; t++)
		if (letters[t] == letter)
			return t;
	return CODE_FOREIGN;
}

/* Reads `text` of `n` characters, which begins like a code of `type`; false when it is damaged. */
static bool read_ours(char *text, int n, enum code_type type, struct code *ret)
{
	int digits = type == CODE_CARD ? CARD_DIGITS : ID_DIGITS;
	struct code code = { .type = type };

	if (n != PREFIX_LEN + digits + 1)
		return false;
	text[1] = '1';
	for (int i = PREFIX_LEN; i < n - 1; i++)
		text[i] = fold(text[i]);
	/* The check character may itself be an O, I or L: forgiving it would let errors through. */
	if (text[n - 1] != code_check(text, (size_t)(n - 1)))
		return false;
	if (type == CODE_CARD ? !read_token(text + PREFIX_LEN, code.token)
			      : !read_id(text + PREFIX_LEN, &code.id))
		return false;
	*ret = code;
	return true;
}

static bool looks_like(int n, enum code_type type)
{
	int whole = PREFIX_LEN + (type == CODE_CARD ? CARD_DIGITS : ID_DIGITS) + 1;

	return n >= whole - LEN_FORGIVEN && n <= whole + LEN_FORGIVEN;
}

struct code code_read(const char *bytes, size_t len, bool *ret_damaged)
{
	struct code code = { .type = CODE_FOREIGN };
	char text[CODE_TEXT_MAX];
	bool is_damaged = false;
	int n = normalise(bytes, len, text);

	if (n == ISBN_LEN && code_is_isbn(text))
		code = (struct code){ .type = CODE_ISBN, .id = decimal(text) };
	else if (n >= 1 && n <= NUMBER_MAX && is_digits(text, n))
		code = (struct code){ .type = CODE_NUMBER, .id = decimal(text) };
	else if (n > PREFIX_LEN && text[0] == 'J' && fold(text[1]) == '1') {
		enum code_type type = type_of(text[2]);
		if (type != CODE_FOREIGN && looks_like(n, type))
			is_damaged = !read_ours(text, n, type, &code);
	}
	if (ret_damaged)
		*ret_damaged = is_damaged;
	return code;
}

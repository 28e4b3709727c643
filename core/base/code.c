#include "core/base/code.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"

#define PREFIX_LEN  3 /* J, 1, type letter */
#define ID_DIGITS   11
#define CARD_DIGITS 26
#define SEQ_DIGITS  7
#define SLIP_DIGITS (SEQ_DIGITS + 16)
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
	[CODE_SLIP] = 'D',
	[CODE_VOUCHER] = 'G',
	[CODE_RECORD] = 'C',
	[CODE_HONOUR] = 'H',
};
static_assert(ARRAY_LEN(letters) == CODE_HONOUR + 1, "a letter for each type that we print");

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

static void write_digits(int64_t value, int count, char *out)
{
	for (int i = count - 1; i >= 0; i--, value >>= BITS)
		out[i] = crockford[value & 31];
}

void code_write_id(enum code_type type, int64_t id, char out[CODE_TEXT_MAX])
{
	assert(type > CODE_CARD && type <= CODE_HONOUR && type != CODE_SLIP);
	assert(id >= 1 && id <= CODE_ID_MAX);
	write_digits(id, ID_DIGITS, out + PREFIX_LEN);
	finish(type, ID_DIGITS, out);
}

/* 80 bits are two numbers of 40, eight digits each. */
static int64_t forty_bits(const unsigned char *bytes)
{
	int64_t value = 0;

	for (int i = 0; i < 5; i++)
		value = value << 8 | bytes[i];
	return value;
}

void code_write_slip(int64_t seq, const unsigned char bits[CODE_SLIP_SIZE], char out[CODE_TEXT_MAX])
{
	assert(seq >= 1 && seq <= CODE_SEQ_MAX);
	write_digits(seq, SEQ_DIGITS, out + PREFIX_LEN);
	write_digits(forty_bits(bits), 8, out + PREFIX_LEN + SEQ_DIGITS);
	write_digits(forty_bits(bits + 5), 8, out + PREFIX_LEN + SEQ_DIGITS + 8);
	finish(CODE_SLIP, SLIP_DIGITS, out);
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

/* Nothing was skipped inside of it: "1-10" and "3 5" are not the numbers 110 and 35. */
static bool is_in_one_piece(const char *bytes, size_t len, int n)
{
	while (len > 0 && bytes[len - 1] == ' ')
		len--;
	while (len > 0 && *bytes == ' ') {
		bytes++;
		len--;
	}
	return len == (size_t)n;
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

static bool read_digits(const char *digits, int count, int64_t *ret)
{
	int64_t value = 0;

	for (int i = 0; i < count; i++) {
		int v = base32_value(digits[i]);
		if (v < 0)
			return false;
		value = value << BITS | v;
	}
	*ret = value;
	return true;
}

static bool read_id(const char *digits, int64_t *ret)
{
	return read_digits(digits, ID_DIGITS, ret) && *ret >= 1 && *ret <= CODE_ID_MAX;
}

static bool read_slip(const char *digits, struct code *code)
{
	int64_t halves[2];

	if (!read_digits(digits, SEQ_DIGITS, &code->id) || code->id < 1 ||
		!read_digits(digits + SEQ_DIGITS, 8, &halves[0]) ||
		!read_digits(digits + SEQ_DIGITS + 8, 8, &halves[1]))
		return false;
	for (int i = 0; i < CODE_SLIP_SIZE; i++)
		code->token[i] = (unsigned char)(halves[i / 5] >> (32 - 8 * (i % 5)) & 0xFF);
	return true;
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
	for (enum code_type t = CODE_CARD; t <= CODE_HONOUR; t++)
		if (letters[t] == letter)
			return t;
	return CODE_FOREIGN;
}

static int digits_of(enum code_type type)
{
	return type == CODE_CARD ? CARD_DIGITS : type == CODE_SLIP ? SLIP_DIGITS : ID_DIGITS;
}

static bool read_value(const char *digits, struct code *code)
{
	if (code->type == CODE_CARD)
		return read_token(digits, code->token);
	return code->type == CODE_SLIP ? read_slip(digits, code) : read_id(digits, &code->id);
}

/* Reads `text` of `n` characters, which begins like a code of `type`; false when it is damaged. */
static bool read_ours(char *text, int n, enum code_type type, struct code *ret)
{
	int digits = digits_of(type);
	struct code code = { .type = type };

	if (n != PREFIX_LEN + digits + 1)
		return false;
	text[1] = '1';
	for (int i = PREFIX_LEN; i < n - 1; i++)
		text[i] = fold(text[i]);
	/* The check character may itself be an O, I or L: forgiving it would let errors through. */
	if (text[n - 1] != code_check(text, (size_t)(n - 1)))
		return false;
	if (!read_value(text + PREFIX_LEN, &code))
		return false;
	*ret = code;
	return true;
}

static bool looks_like(int n, enum code_type type)
{
	int whole = PREFIX_LEN + digits_of(type) + 1;

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
	else if (n >= 1 && n <= NUMBER_MAX && is_digits(text, n) && is_in_one_piece(bytes, len, n))
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

#include "core/base/code.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"

#define PREFIX_LEN    3 /* J, 1, type letter */
#define ID_DIGITS     11
#define CARD_DIGITS   26
#define SECRET_DIGITS 13
#define SEQ_DIGITS    7
#define SLIP_DIGITS   (SEQ_DIGITS + 16)
#define BITS          5
#define EAN_LEN       13
#define ISBN10_LEN    10
#define NUMBER_MAX    9
#define LEN_FORGIVEN  2 /* characters that may be missing or too many in a misread code */

/* Room for the longest of our codes with an AIM prefix and a GM60's, or for as much of an address
 * as tells whose it is. */
#define PLAIN_MAX 64

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static const struct {
	char letter;
	int digits;
	int token_size; /* bytes; 0: it carries an id */
} shapes[] = {
	[CODE_CARD] = { 'R', CARD_DIGITS, CODE_TOKEN_SIZE },
	[CODE_ITEM] = { 'I', ID_DIGITS, 0 },
	[CODE_VENUE] = { 'V', ID_DIGITS, 0 },
	[CODE_SHIFT] = { 'S', ID_DIGITS, 0 },
	[CODE_LOAN] = { 'L', ID_DIGITS, 0 },
	[CODE_BOOKING] = { 'B', SECRET_DIGITS, CODE_SECRET_SIZE },
	[CODE_SLIP] = { 'D', SLIP_DIGITS, 0 },
	[CODE_VOUCHER] = { 'G', SECRET_DIGITS, CODE_SECRET_SIZE },
	[CODE_RECORD] = { 'C', ID_DIGITS, 0 },
	[CODE_HONOUR] = { 'H', ID_DIGITS, 0 },
	[CODE_BLANK] = { 'P', SECRET_DIGITS, CODE_SECRET_SIZE },
};
static_assert(ARRAY_LEN(shapes) == CODE_BLANK + 1, "a shape for each type that we print");

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

/* Of twelve digits. */
static char ean_check(const char *digits)
{
	int sum = 0;

	for (int i = 0; i < EAN_LEN - 1; i++)
		sum += (digits[i] - '0') * (i % 2 ? 3 : 1);
	return (char)('0' + (10 - sum % 10) % 10);
}

bool code_is_isbn(int64_t ean)
{
	return ean / INT64_C(10000000000) == 978 || ean / INT64_C(10000000000) == 979;
}

bool code_is_article(int64_t ean)
{
	int64_t prefix = ean / INT64_C(10000000000);

	return code_is_isbn(ean) || prefix == 977 || (prefix >= 690 && prefix <= 699);
}

/* ---- writing ---- */

static void finish(enum code_type type, char out[CODE_TEXT_MAX])
{
	int digits = shapes[type].digits;

	out[0] = 'J';
	out[1] = '1';
	out[2] = shapes[type].letter;
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
	assert(type <= CODE_BLANK && shapes[type].digits == ID_DIGITS);
	assert(id >= 1 && id <= CODE_ID_MAX);
	write_digits(id, ID_DIGITS, out + PREFIX_LEN);
	finish(type, out);
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
	finish(CODE_SLIP, out);
}

/* The token is one number, most significant byte first; its lowest five bits are the last digit. */
static void write_token(enum code_type type, const unsigned char *token, char out[CODE_TEXT_MAX])
{
	unsigned pending = 0;
	int bits = 0, at = shapes[type].digits;

	for (int i = shapes[type].token_size - 1; i >= 0; i--) {
		pending |= (unsigned)token[i] << bits;
		for (bits += 8; bits >= BITS; bits -= BITS, pending >>= BITS)
			out[PREFIX_LEN + --at] = crockford[pending & 31];
	}
	out[PREFIX_LEN + --at] = crockford[pending & 31];
	finish(type, out);
}

void code_write_card(const unsigned char token[CODE_TOKEN_SIZE], char out[CODE_TEXT_MAX])
{
	write_token(CODE_CARD, token, out);
}

void code_write_secret(
	enum code_type type, const unsigned char secret[CODE_SECRET_SIZE], char out[CODE_TEXT_MAX])
{
	assert(type <= CODE_BLANK && shapes[type].token_size == CODE_SECRET_SIZE);
	write_token(type, secret, out);
}

/* ---- reading ---- */

static char fold(char c)
{
	return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

/* A code without what a scanner may have put around it: upper case, narrow, without spaces, hyphens
 * and the controls at both ends. Characters outside ASCII become question marks. */
struct plain {
	char text[PLAIN_MAX + 1];
	int n;        /* characters, or PLAIN_MAX when there are more */
	bool has_gap; /* a hyphen was skipped, or a space between two of them */
};

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

/* One character at `at`, full-width ones as their ASCII. Returns its bytes. */
static size_t take_char(const char *at, size_t left, char *ret)
{
	const unsigned char *s = (const unsigned char *)at;

	if (s[0] < 0x80) {
		*ret = at[0];
		return 1;
	}
	*ret = '?';
	if (left < 3)
		return 1;
	if (memcmp(at, "\u3000", 3) == 0 || memcmp(at, "\uFEFF", 3) == 0)
		*ret = ' ';
	else if (memcmp(at, "】", 3) == 0)
		*ret = ']';
	else if (memcmp(at, "、", 3) == 0)
		*ret = '\\';
	else if (s[0] == 0xEF && s[1] == 0xBC && s[2] >= 0x81)
		*ret = (char)(s[2] - 0x81 + '!');
	else if (s[0] == 0xEF && s[1] == 0xBD && s[2] <= 0x9E)
		*ret = (char)(s[2] - 0x80 + '`');
	else
		return 1;
	return 3;
}

/* A NUL is a character like any other and hides nothing after it. */
static bool is_control(char c)
{
	return (c > 0 && c < ' ') || c == 0x7F;
}

static void make_plain(const char *bytes, size_t len, struct plain *ret)
{
	bool is_skipping = false;
	size_t taken = 0;
	char c;

	ret->n = 0;
	ret->has_gap = false;
	while (len > 0 && (is_control(*bytes) || *bytes == ' ')) {
		bytes++;
		len--;
	}
	while (len > 0 && is_control(bytes[len - 1]))
		len--;
	while (taken < len && ret->n < PLAIN_MAX) {
		taken += take_char(bytes + taken, len - taken, &c);
		if (c == ' ' || c == '-') {
			is_skipping |= c == ' ' && ret->n > 0;
			ret->has_gap |= c == '-';
			continue;
		}
		ret->has_gap |= is_skipping;
		ret->text[ret->n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	ret->text[ret->n] = '\0';
}

static void drop_first(struct plain *plain, int count)
{
	plain->n -= count;
	memmove(plain->text, plain->text + count, (size_t)plain->n + 1);
}

/* What scanners may be configured to send first: which symbology it was (AIM: ]Q1), which character
 * set (ECI: \\000026, so a GM60). */
static void drop_prefixes(struct plain *plain)
{
	const char *s = plain->text;

	if (plain->n > 3 && s[0] == ']' && s[1] >= 'A' && s[1] <= 'Z' && is_alnum(s[2]))
		drop_first(plain, 3);
	if (plain->n > 7 && s[0] == '\\' && strspn(s + 1, "0123456789") >= 6)
		drop_first(plain, 7);
}

static bool is_digits(const char *s, int n)
{
	return n > 0 && (int)strspn(s, "0123456789") == n;
}

static int64_t decimal(const char *s, int n)
{
	int64_t value = 0;

	for (int i = 0; i < n; i++)
		value = value * 10 + (s[i] - '0');
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

static bool read_token(const char *digits, enum code_type type, unsigned char *token)
{
	int count = shapes[type].digits, at = shapes[type].token_size;
	int first_bits = at * 8 - (count - 1) * BITS; /* of the first digit that are used */
	unsigned pending = 0;
	int bits = 0;

	if (base32_value(digits[0]) >= 1 << first_bits)
		return false;
	for (int i = count - 1; i >= 0; i--) {
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
	for (enum code_type t = CODE_CARD; t <= CODE_BLANK; t++)
		if (shapes[t].letter == letter)
			return t;
	return CODE_FOREIGN;
}

static bool read_value(const char *digits, struct code *code)
{
	if (shapes[code->type].token_size)
		return read_token(digits, code->type, code->token);
	return code->type == CODE_SLIP ? read_slip(digits, code) : read_id(digits, &code->id);
}

/* The characters after the prefix with look-alikes folded; is the check right? The check character
 * may itself be an O, I or L: forgiving it would let errors through. */
static bool is_whole(char *text, int n)
{
	text[1] = '1';
	for (int i = PREFIX_LEN; i < n - 1; i++)
		text[i] = fold(text[i]);
	return text[n - 1] == code_check(text, (size_t)(n - 1));
}

/* Bookings and vouchers used to carry an id. */
static bool is_outdated(const char *text, int n, enum code_type type)
{
	int64_t ignored;

	return shapes[type].digits == SECRET_DIGITS && n == PREFIX_LEN + ID_DIGITS + 1 &&
	       read_id(text + PREFIX_LEN, &ignored);
}

/* Reads `text` of `n` characters, which begins as a code of `type` does; false when it is damaged.
 */
static bool read_ours(char *text, int n, enum code_type type, struct code *ret)
{
	struct code code = { .type = type };

	if (!is_whole(text, n))
		return false;
	if (is_outdated(text, n, type)) {
		*ret = (struct code){ .type = CODE_OUTDATED };
		return true;
	}
	if (n != PREFIX_LEN + shapes[type].digits + 1 || !read_value(text + PREFIX_LEN, &code))
		return false;
	*ret = code;
	return true;
}

static bool looks_like(const char *text, int n, enum code_type type)
{
	int whole = PREFIX_LEN + shapes[type].digits + 1;

	for (int i = 0; i < n; i++)
		if (!is_alnum(text[i]))
			return false;
	return n >= whole - LEN_FORGIVEN && n <= whole + LEN_FORGIVEN;
}

/* ---- codes that others print ---- */

/* The EAN-13 of something on our shelves: as a GTIN-14 it has a zero before it, and the two or five
 * digits of a magazine's issue or a book's price may follow it. */
static bool read_article(const char *s, int n, struct code *ret, bool *ret_is_damaged)
{
	if (s[0] == '0' && (n == EAN_LEN + 1 || n == EAN_LEN + 3 || n == EAN_LEN + 6)) {
		s++;
		n--;
	}
	if (n != EAN_LEN && n != EAN_LEN + 2 && n != EAN_LEN + 5)
		return false;
	int64_t ean = decimal(s, EAN_LEN);
	if (!code_is_article(ean))
		return false;
	*ret_is_damaged = ean_check(s) != s[EAN_LEN - 1];
	if (!*ret_is_damaged)
		*ret = (struct code){ .type = CODE_ISBN, .id = ean };
	return true;
}

/* Its ISBN-13 when the check digit, which may be an X, is right. */
static bool read_isbn10(const char *s, int n, struct code *ret)
{
	char ean[EAN_LEN] = "978";
	int sum = 0;

	if (n != ISBN10_LEN || (int)strspn(s, "0123456789") < n - 1)
		return false;
	for (int i = 0; i < n - 1; i++)
		sum += (s[i] - '0') * (n - i);
	if (s[n - 1] != 'X' && !is_digits(s + n - 1, 1))
		return false;
	sum += s[n - 1] == 'X' ? 10 : s[n - 1] - '0';
	if (sum % 11 != 0)
		return false;
	memcpy(ean + 3, s, ISBN10_LEN - 1);
	ean[EAN_LEN - 1] = ean_check(ean);
	*ret = (struct code){ .type = CODE_ISBN, .id = decimal(ean, EAN_LEN) };
	return true;
}

/* What a phone shows to pay with: digits whose first two tell whose they are, or an address. */
static bool is_payment(const char *s, int n)
{
	static const struct {
		int min, max, first, last; /* digits; what the first two say */
	} digits[] = {
		{ 16, 24, 25, 30 }, /* Alipay */
		{ 18, 18, 10, 15 }, /* WeChat */
		{ 19, 19, 62, 62 }, /* UnionPay */
	};
	static const char *const addresses[] = { "WXP://", "WEIXIN://WXPAY", "ALIPAY",
		"HTTPS://QR.ALIPAY.COM", "HTTP://QR.ALIPAY.COM", "HTTPS://MOBILECODEC.ALIPAY.COM",
		"HTTPS://RENDER.ALIPAY.COM", "HTTPS://WX.TENPAY.COM",
		"HTTPS://PAYAPP.WEIXIN.QQ.COM", "HTTPS://QR.95516.COM", "HTTP://QR.95516.COM" };

	for (size_t i = 0; is_digits(s, n) && i < ARRAY_LEN(digits); i++) {
		int64_t two = decimal(s, 2);
		if (n >= digits[i].min && n <= digits[i].max && two >= digits[i].first &&
			two <= digits[i].last)
			return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(addresses); i++)
		if (strncmp(s, addresses[i], strlen(addresses[i])) == 0)
			return true;
	return false;
}

struct code code_read(const char *bytes, size_t len, bool *ret_damaged)
{
	struct code code = { .type = CODE_FOREIGN };
	struct plain plain;
	bool is_damaged = false;

	make_plain(bytes, len, &plain);
	drop_prefixes(&plain);
	int n = plain.n;
	char *text = plain.text;
	if (n > PREFIX_LEN && n < CODE_TEXT_MAX && text[0] == 'J' && fold(text[1]) == '1') {
		enum code_type type = type_of(text[2]);
		if (type != CODE_FOREIGN && looks_like(text, n, type))
			is_damaged = !read_ours(text, n, type, &code);
	} else if (is_payment(text, n)) {
		code.type = CODE_PAYMENT;
	} else if (is_digits(text, n) && n <= NUMBER_MAX && !plain.has_gap) {
		code = (struct code){ .type = CODE_NUMBER, .id = decimal(text, n) };
	} else if (!read_isbn10(text, n, &code) && is_digits(text, n)) {
		read_article(text, n, &code, &is_damaged);
	}
	if (ret_damaged)
		*ret_damaged = is_damaged;
	return code;
}

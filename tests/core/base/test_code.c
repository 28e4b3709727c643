#include <stdio.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/reasons.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

static struct code read_text(const char *text)
{
	return code_read(text, strlen(text), NULL);
}

static bool is_damaged(const char *text)
{
	bool damaged = false;
	struct code code = code_read(text, strlen(text), &damaged);

	if (damaged)
		assert_int_equal(code.type, CODE_FOREIGN);
	return damaged;
}

static int64_t draw_id(void)
{
	uint64_t wide = (uint64_t)draw(1u << 31) << 31 | draw(1u << 31);

	return (int64_t)(wide % CODE_ID_MAX) + 1;
}

TEST(check_character_agrees_with_published_examples, none)
{
	/* The GRid standard's example; its check makes the whole valid, as any other does not. */
	assert_int_equal(code_check("A12425GABC1234002", 17), 'M');
	/* One digit: (36 + 0) mod 36 is 0, hence 36, doubled mod 37 is 35, and 37 - 35 is 2. */
	assert_int_equal(code_check("0", 1), '2');
	assert_int_equal(code_check("", 0), '1');
}

TEST(every_id_comes_back_as_it_was_written, none)
{
	static const int64_t ids[] = { 1, 2, 31, 32, 33, 1023, INT64_C(1) << 32, CODE_ID_MAX - 1,
		CODE_ID_MAX };
	char text[CODE_TEXT_MAX];

	static const enum code_type types[] = { CODE_ITEM, CODE_VENUE, CODE_SHIFT, CODE_LOAN,
		CODE_RECORD, CODE_HONOUR };

	for (size_t t = 0; t < sizeof(types) / sizeof(types[0]); t++)
		for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
			code_write_id(types[t], ids[i], text);
			assert_int_equal(strlen(text), 15);
			struct code code = read_text(text);
			assert_int_equal(code.type, types[t]);
			assert_int_equal(code.id, ids[i]);
		}
}

/* Those that act without a card. */
static const enum code_type secret_types[] = { CODE_BOOKING, CODE_VOUCHER, CODE_BLANK };

static void draw_secret(unsigned char secret[CODE_SECRET_SIZE])
{
	for (int i = 0; i < CODE_SECRET_SIZE; i++)
		secret[i] = draw(256);
}

TEST(every_secret_comes_back_as_it_was_written, none)
{
	unsigned char secret[CODE_SECRET_SIZE];
	char text[CODE_TEXT_MAX];

	for (int round = 0; round < 2000; round++) {
		enum code_type type = secret_types[round % 3];
		draw_secret(secret);
		if (round < 4)
			memset(secret, round < 2 ? 0 : 0xFF, sizeof(secret));
		code_write_secret(type, secret, text);
		assert_int_equal(strlen(text), 17);
		assert_int_equal(strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 17);
		struct code code = read_text(text);
		assert_int_equal(code.type, type);
		assert_int_equal(code.id, 0);
		assert_memory_equal(code.token, secret, CODE_SECRET_SIZE);
	}
}

TEST(one_wrong_character_of_a_secret_is_damage, none)
{
	static const char all[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char secret[CODE_SECRET_SIZE];
	char text[CODE_TEXT_MAX];

	for (int round = 0; round < 300; round++) {
		draw_secret(secret);
		code_write_secret(secret_types[round % 3], secret, text);
		for (size_t at = 3; at < 16; at++) {
			char right = text[at];
			for (const char *c = all; *c; c++) {
				text[at] = *c;
				assert_true(*c == right || is_damaged(text));
			}
			text[at] = right;
		}
	}
}

TEST(a_secret_of_more_than_64_bits_is_damage, none)
{
	char text[] = "J1BG000000000000?";

	text[16] = code_check(text, 16);
	assert_true(is_damaged(text));
}

/* As they were printed when a code that acts without a card carried an id: whoever knows how codes
 * are made could have forged one. */
TEST(a_booking_or_voucher_that_carries_an_id_is_outdated, none)
{
	char booking[] = "J1B00000000016?", voucher[] = "J1G7ZZZZZZZZZZ?";

	booking[14] = code_check(booking, 14);
	voucher[14] = code_check(voucher, 14);
	assert_int_equal(read_text(booking).type, CODE_OUTDATED);
	assert_int_equal(read_text(booking).id, 0);
	assert_int_equal(read_text(voucher).type, CODE_OUTDATED);
	booking[8] = '7';
	assert_true(is_damaged(booking));
}

TEST(a_slips_row_and_bits_come_back_as_they_were_written, none)
{
	static const unsigned char bits[CODE_SLIP_SIZE] = { 0xFF, 0, 1, 2, 0x80, 0x7F, 9, 8, 7, 6 };
	char text[CODE_TEXT_MAX];

	code_write_slip(CODE_SEQ_MAX, bits, text);
	assert_int_equal(strlen(text), 27);
	struct code code = read_text(text);
	assert_int_equal(code.type, CODE_SLIP);
	assert_int_equal(code.id, CODE_SEQ_MAX);
	assert_memory_equal(code.token, bits, CODE_SLIP_SIZE);
}

TEST(every_token_comes_back_as_it_was_written, none)
{
	unsigned char token[CODE_TOKEN_SIZE];
	char text[CODE_TEXT_MAX];

	for (int round = 0; round < 2000; round++) {
		for (int i = 0; i < CODE_TOKEN_SIZE; i++)
			token[i] = round == 0 ? 0xFF : round == 1 ? 0 : draw(256);
		code_write_card(token, text);
		assert_int_equal(strlen(text), 30);
		assert_int_equal(strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 30);
		struct code code = read_text(text);
		assert_int_equal(code.type, CODE_CARD);
		assert_memory_equal(code.token, token, CODE_TOKEN_SIZE);
	}
}

TEST(a_token_is_written_most_significant_bit_first, none)
{
	unsigned char token[CODE_TOKEN_SIZE] = { 0xFF };
	char text[CODE_TEXT_MAX];

	code_write_card(token, text);
	assert_memory_equal(text, "J1R7Z", 5);
	assert_memory_equal(text + 5, "000000000000000000000000", 24);
}

TEST(case_spaces_and_hyphens_are_forgiven, none)
{
	char text[CODE_TEXT_MAX], spread[64];

	code_write_id(CODE_ITEM, 123456789, text);
	snprintf(spread, sizeof(spread), " j1i-%.4s-%.4s %s ", text + 3, text + 7, text + 11);
	for (char *c = spread; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	struct code code = read_text(spread);
	assert_int_equal(code.type, CODE_ITEM);
	assert_int_equal(code.id, 123456789);
}

TEST(look_alikes_are_forgiven_among_the_digits, none)
{
	char text[CODE_TEXT_MAX];
	static const char alike[][3] = { "0O", "1I", "1L" };

	for (int64_t id = 1; id < 3000; id++) {
		code_write_id(CODE_ITEM, id, text);
		for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++) {
			char typed[CODE_TEXT_MAX];
			strcpy(typed, text);
			for (char *c = typed + 3; c < typed + 14; c++)
				if (*c == alike[i][0])
					*c = alike[i][1];
			struct code code = read_text(typed);
			assert_int_equal(code.type, CODE_ITEM);
			assert_int_equal(code.id, id);
		}
	}
	code_write_id(CODE_LOAN, 77, text);
	text[1] = 'l';
	assert_int_equal(read_text(text).type, CODE_LOAN);
}

TEST(one_wrong_character_is_always_damage, none)
{
	static const char all[] = "0123456789ABCDEFGHJKMNPQRSTUVWXYZ";
	char text[CODE_TEXT_MAX];

	for (int round = 0; round < 300; round++) {
		code_write_id(CODE_ITEM, draw_id(), text);
		for (size_t at = 3; at < 14; at++) {
			char right = text[at];
			for (const char *c = all; *c; c++) {
				if (*c == right)
					continue;
				text[at] = *c;
				assert_true(is_damaged(text));
			}
			text[at] = right;
		}
	}
}

TEST(two_swapped_characters_are_damage, none)
{
	char text[CODE_TEXT_MAX];
	int swaps = 0, found = 0;

	for (int round = 0; round < 2000; round++) {
		code_write_id(CODE_LOAN, draw_id(), text);
		size_t at = 3 + draw(10);
		if (text[at] == text[at + 1])
			continue;
		char c = text[at];
		text[at] = text[at + 1];
		text[at + 1] = c;
		swaps++;
		found += is_damaged(text);
	}
	/* MOD 37,36 catches nearly all transpositions, not every one. */
	assert_true(found > swaps * 99 / 100);
}

TEST(a_character_too_few_or_too_many_is_damage, none)
{
	char text[CODE_TEXT_MAX], longer[CODE_TEXT_MAX + 1];

	code_write_id(CODE_VENUE, 4711, text);
	snprintf(longer, sizeof(longer), "%s7", text);
	assert_true(is_damaged(longer));
	text[strlen(text) - 1] = '\0';
	assert_true(is_damaged(text));
}

TEST(ids_out_of_range_are_damage_though_the_check_is_right, none)
{
	char zero[] = "J1I00000000000?", beyond[] = "J1I80000000000?";

	zero[14] = code_check(zero, 14);
	beyond[14] = code_check(beyond, 14);
	assert_true(is_damaged(zero));
	assert_true(is_damaged(beyond));
}

TEST(a_token_of_more_than_128_bits_is_damage, none)
{
	char text[] = "J1R80000000000000000000000000?";

	text[29] = code_check(text, 29);
	assert_true(is_damaged(text));
}

TEST(a_book_is_known_by_prefix_and_check_digit, none)
{
	struct code code = read_text("978-7-02-000220-7");

	assert_int_equal(code.type, CODE_ISBN);
	assert_int_equal(code.id, INT64_C(9787020002207));
	assert_int_equal(read_text("9787020002208").type, CODE_FOREIGN); /* check digit */
	assert_true(is_damaged("9787020002208"));
	assert_int_equal(read_text("4006381333931").type, CODE_FOREIGN); /* a shop's article */
	assert_int_equal(read_text("9791091146135").id, INT64_C(9791091146135));
	assert_int_equal(read_text("97910911461X5").type, CODE_FOREIGN);
}

TEST(magazines_and_toys_are_known_by_their_ean, none)
{
	assert_int_equal(read_text("9771002905006").type, CODE_ISBN);
	assert_int_equal(read_text("6901234567892").type, CODE_ISBN);
	assert_int_equal(read_text("6999999999997").id, INT64_C(6999999999997));
	assert_true(is_damaged("6901234567893"));
	assert_true(code_is_article(INT64_C(6901234567892)));
	assert_false(code_is_article(INT64_C(7001234567892)));
	assert_false(code_is_article(INT64_C(97871000)));
	assert_true(code_is_isbn(INT64_C(9787100000017)));
	assert_false(code_is_isbn(INT64_C(9771002905006)));
}

/* 9787999000013 in all the ways in which scanners and people enter it. */
TEST(an_add_on_a_leading_zero_and_an_old_isbn_are_the_book, none)
{
	static const char *const texts[] = { "9787999000013", "978799900001351999",
		"9787999000013 51999", "978799900001305", "9787999000013 05", "9787999000013-05",
		"09787999000013", "0978799900001351999", "0978799900001305", "7999000019",
		"7-999-00001-9", "7 999 00001 9", "]E09787999000013", "]E3978799900001351999",
		"]E0 9787999000013\r\n", "９７８７９９９００００１３" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct code code = read_text(texts[i]);
		if (code.type != CODE_ISBN || code.id != INT64_C(9787999000013))
			fail_msg("%s: type %d, %lld", texts[i], code.type, (long long)code.id);
	}
	assert_int_equal(read_text("080442957X").id, INT64_C(9780804429573));
	assert_int_equal(read_text("0-8044-2957-x").id, INT64_C(9780804429573));
	assert_int_equal(read_text("7999000018").type, CODE_FOREIGN); /* check digit */
	assert_int_equal(read_text("79990000X9").type, CODE_FOREIGN);
	assert_int_equal(read_text("97879990000135").type, CODE_FOREIGN);
	assert_int_equal(read_text("9787999000013519").type, CODE_FOREIGN);
	assert_true(is_damaged("9787999000014 51999"));
	assert_int_equal(read_text("977100290500603").id, INT64_C(9771002905006));
}

/* Every code of ours, in every form that a scanner or an input method may give it. */
TEST(what_a_scanner_says_before_and_behind_a_code_is_dropped, none)
{
	static const char *const before[] = { "", "]Q1", "]Q3", "]C1", "]d2", "]e0", "\\000026",
		"]Q2\\000026", "］Ｑ１", "＼００００２６", "】Q1", "\x02", "\x1d", "\xEF\xBB\xBF",
		"  " };
	static const char *const behind[] = { "", "\r", "\n", "\r\n", "\r\r", "\t\r", "\n\r",
		"\x03", "\x04\r", " \r\n" };
	char text[CODE_TEXT_MAX], dressed[128];

	for (enum code_type type = CODE_CARD; type <= CODE_BLANK; type++) {
		if (type == CODE_CARD)
			code_write_card((const unsigned char[CODE_TOKEN_SIZE]){ 7, 8, 9 }, text);
		else if (type == CODE_SLIP)
			code_write_slip(9, (const unsigned char[CODE_SLIP_SIZE]){ 1 }, text);
		else if (type == CODE_BOOKING || type == CODE_VOUCHER || type == CODE_BLANK)
			code_write_secret(
				type, (const unsigned char[CODE_SECRET_SIZE]){ 7, 8, 9 }, text);
		else
			code_write_id(type, draw_id(), text);
		for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++)
			for (size_t k = 0; k < sizeof(behind) / sizeof(behind[0]); k++) {
				snprintf(dressed, sizeof(dressed), "%s%s%s", before[i], text,
					behind[k]);
				if (read_text(dressed).type != type)
					fail_msg("\"%s\" is not read", dressed);
			}
	}
	assert_int_equal(read_text("]Q").type, CODE_FOREIGN);
	assert_int_equal(read_text("]Q1").type, CODE_FOREIGN);
	assert_int_equal(read_text("\\00002").type, CODE_FOREIGN);
}

TEST(full_width_letters_are_the_same_code, none)
{
	char text[CODE_TEXT_MAX], wide[CODE_TEXT_MAX * 3 + 1], *to = wide;

	code_write_card((const unsigned char[CODE_TOKEN_SIZE]){ 1, 2, 0xFF }, text);
	for (const char *c = text; *c; c++) {
		unsigned wide_form = 0xFF01 + (unsigned)(*c - '!');
		*to++ = (char)0xEF;
		*to++ = (char)(0x80 | (wide_form >> 6 & 0x3F));
		*to++ = (char)(0x80 | (wide_form & 0x3F));
	}
	*to = '\0';
	assert_int_equal(read_text(wide).type, CODE_CARD);
	assert_true(is_damaged("ｊ１ｉ０００Ｇ０００００ＥＣ０"));
}

TEST(payment_codes_are_told_from_other_foreign_ones, none)
{
	static const char *const payments[] = { "281234567890123456", "2512345678901234",
		"301234567890123456789012", "134567890123456789", "101234567890123456",
		"1345 6789 0123 4567 89", "wxp://f2f0abcdefgh", "WXP://F2F1",
		"https://qr.alipay.com/fkx123", "HTTPS://QR.ALIPAY.COM/FKX123",
		"alipays://platformapi/startapp?appId=1", "https://wx.tenpay.com/f2f?t=1",
		"https://qr.95516.com/00010000/123", "6212345678901234567", "]Q1wxp://f2f0a",
		"２８１２３４５６７８９０１２３４５６", "281234567890123456\r\n" };
	static const char *const others[] = { "https://u.wechat.com/abc", "241234567890123456",
		"161234567890123456", "312345678901234567", "251234567890123",
		"2512345678901234567890123", "13456789012345678", "1345678901234567890",
		"http://weixin.qq.com/r/abc", "张三", "hello", "https://example.org/wxp://" };

	for (size_t i = 0; i < sizeof(payments) / sizeof(payments[0]); i++)
		if (read_text(payments[i]).type != CODE_PAYMENT)
			fail_msg("%s is no payment code", payments[i]);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (read_text(others[i]).type != CODE_FOREIGN)
			fail_msg("%s is not foreign", others[i]);
}

TEST(short_digits_are_a_number, none)
{
	assert_int_equal(read_text("7").type, CODE_NUMBER);
	assert_int_equal(read_text("007").id, 7);
	assert_int_equal(read_text("999999999").id, 999999999);
	assert_int_equal(read_text(" 12 ").id, 12);
	assert_int_equal(read_text("1234567890").type, CODE_FOREIGN);
	assert_int_equal(read_text("12O").type, CODE_FOREIGN);
}

TEST(two_numbers_are_never_one, none)
{
	assert_int_equal(read_text("1-10").type, CODE_FOREIGN);
	assert_int_equal(read_text("12 34").type, CODE_FOREIGN);
	assert_int_equal(read_text("12-").type, CODE_FOREIGN);
	assert_int_equal(read_text("978-7-02-000220-7").type, CODE_ISBN);
}

TEST(what_is_not_ours_is_foreign_and_not_damaged, none)
{
	static const char *const foreign[] = {
		"",
		" ",
		"-",
		"https://u.wechat.com/abc",
		"J",
		"J1",
		"J1I",
		"J1INGLEBELLS",
		"J1X00000000001A",
		"K1I00000000001A",
		"J1I0000000000\n1",
		"张三",
		"Ｊ１Ｉ",
		"J1I00000000000000000000000000000000000000000000",
	};

	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
		assert_int_equal(read_text(foreign[i]).type, CODE_FOREIGN);
		assert_false(is_damaged(foreign[i]));
	}
}

TEST(a_nul_inside_does_not_hide_what_follows, none)
{
	char text[CODE_TEXT_MAX + 4];

	code_write_id(CODE_ITEM, 5, text);
	size_t len = strlen(text);
	assert_int_equal(code_read(text, len + 1, NULL).type, CODE_FOREIGN);
	assert_int_equal(code_read(text, len, NULL).type, CODE_ITEM);
}

TEST(a_qr_of_2900_bytes_is_foreign, none)
{
	char text[2900];

	memset(text, 'J', sizeof(text));
	memcpy(text, "J1R", 3);
	assert_int_equal(code_read(text, sizeof(text), NULL).type, CODE_FOREIGN);
	memset(text, ' ', sizeof(text));
	text[2899] = '7';
	assert_int_equal(code_read(text, sizeof(text), NULL).id, 7);
}

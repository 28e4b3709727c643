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

	for (enum code_type type = CODE_ITEM; type <= CODE_HONOUR; type++)
		for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]) && type != CODE_SLIP; i++) {
			code_write_id(type, ids[i], text);
			assert_int_equal(strlen(text), 15);
			struct code code = read_text(text);
			assert_int_equal(code.type, type);
			assert_int_equal(code.id, ids[i]);
		}
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
	assert_int_equal(read_text("6901234567892").type, CODE_FOREIGN); /* a shop's article */
	assert_true(code_is_isbn("9791091146135"));
	assert_false(code_is_isbn("97910911461X5"));
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
		"wxp://f2f0abc",
		"284712345678901234",
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

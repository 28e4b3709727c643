#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

static const struct text_limits NAME = { "name", 20, false };

static int refusal(const char *bytes, size_t len, const struct text_limits *limits)
{
	struct err err = { 0 };
	char *untouched = (char *)"untouched";
	char *text = untouched;

	if (text_accept(bytes, len, limits, &text, &err) == 0) {
		free(text);
		return REASON_NONE;
	}
	assert_int_equal(err.code, ERR_INVALID);
	assert_int_equal(err.reason_count, 1);
	assert_string_equal(err.reasons[0].text, limits->what);
	assert_ptr_equal(text, untouched);
	return err.reasons[0].code;
}

static int refusal_of(const char *s)
{
	return refusal(s, strlen(s), &NAME);
}

static void assert_accepted_as(const char *bytes, const char *expected)
{
	struct err err = { 0 };
	CLEANUP(mem_free) char *text = NULL;

	assert_int_equal(text_accept(bytes, strlen(bytes), &NAME, &text, &err), 0);
	assert_string_equal(text, expected);
}

#define ASSERT_TEXT(call, expected)                     \
	do {                                            \
		CLEANUP(mem_free) char *text_ = (call); \
		assert_string_equal(text_, (expected)); \
	} while (0)

/* ---- the door ---- */

TEST(names_of_any_script_are_accepted, none)
{
	static const char *const names[] = { "张三", "欧阳小三", "阿依古丽·买买提", "𠮷野家", "Zoë",
		"Nguyễn", "བཀྲ་ཤིས", "이영희" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		assert_accepted_as(names[i], names[i]);
}

TEST(spaces_at_both_ends_are_trimmed_and_those_inside_kept, none)
{
	assert_accepted_as("  张 三\u3000 ", "张 三");
	assert_accepted_as("\u3000\u3000张三", "张三");
}

TEST(controls_that_move_or_hide_text_are_refused, none)
{
	static const unsigned controls[] = { 0x01, 0x07, 0x09, 0x0A, 0x0D, 0x1B, 0x1F, 0x7F, 0x80,
		0x85, 0x9B, 0x9F, 0xAD, 0x61C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028,
		0x2029, 0x202A, 0x202E, 0x2060, 0x2064, 0x2066, 0x2069, 0x206F, 0x3164, 0xFDD0,
		0xFDEF, 0xFEFF, 0xFFF9, 0xFFFB, 0xFFFE, 0xFFFF, 0x1FFFE, 0xE0001, 0xE0041, 0xE007F,
		0x10FFFF };

	for (size_t i = 0; i < ARRAY_LEN(controls); i++) {
		char text[16] = "a", utf8[5];
		text_put(controls[i], utf8);
		strcat(text, utf8);
		if (refusal_of(text) != REASON_TEXT_CONTROL)
			fail_msg("U+%04X was accepted", controls[i]);
	}
}

TEST(neighbours_of_the_controls_are_accepted, none)
{
	static const unsigned letters[] = { 0x20, 0x7E, 0xA0, 0xAE, 0x61B, 0x61D, 0x2010, 0x2027,
		0x202F, 0x205F, 0x2070, 0x3163, 0xFDCF, 0xFDF0, 0xFEFE, 0xFF00, 0xFFF8, 0xFFFC,
		0xFFFD, 0xE0080, 0xE0100 };

	for (size_t i = 0; i < ARRAY_LEN(letters); i++) {
		char text[16] = "a", utf8[5];
		text_put(letters[i], utf8);
		strcat(text, utf8);
		if (refusal_of(text) != REASON_NONE)
			fail_msg("U+%04X was refused", letters[i]);
	}
}

TEST(marks_without_a_letter_are_refused, none)
{
	static const char *const bare[] = { "\u0301", "\u0301\u0302\u0303", "\u0301张三", " \u0301",
		"张三 \u0301", "\u3000\u20DD", "\u0E31", "\uFE0F" };
	static const char *const borne[] = { "e\u0301", "Nguye\u0302\u0303n", "\u0E01\u0E31", "བཀྲ",
		"1\uFE0F\u20E3", "·\u0301" };

	for (size_t i = 0; i < ARRAY_LEN(bare); i++)
		if (refusal_of(bare[i]) != REASON_TEXT_CONTROL)
			fail_msg("row %zu was accepted", i);
	for (size_t i = 0; i < ARRAY_LEN(borne); i++)
		assert_accepted_as(borne[i], borne[i]);
}

TEST(a_nul_byte_is_a_control, none)
{
	assert_int_equal(refusal("a\0b", 3, &NAME), REASON_TEXT_CONTROL);
}

TEST(malformed_utf8_is_refused, none)
{
	static const char *const malformed[] = {
		"\x80", "\xBF",                     /* a continuation byte alone */
		"\xC3", "\xE4\xBD", "\xF0\x9F\x98", /* breaks off */
		"\xC3(", "\xE4\xBD(",               /* not continued */
		"\xC0\xAF", "\xC1\xBF",             /* overlong */
		"\xE0\x80\xAF", "\xE0\x9F\xBF",     /* overlong */
		"\xF0\x80\x80\xAF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80",
		"\xED\xBF\xBF",                                                 /* surrogates */
		"\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", /* beyond */
		"\xFE", "\xFF", "\xD5\xC5\xC8\xFD", /* 张三 in GB18030 */
	};

	for (size_t i = 0; i < ARRAY_LEN(malformed); i++)
		if (refusal_of(malformed[i]) != REASON_TEXT_NOT_UTF8)
			fail_msg("row %zu was accepted", i);
}

TEST(the_length_given_is_the_end_even_inside_a_character, none)
{
	assert_int_equal(refusal("张", 2, &NAME), REASON_TEXT_NOT_UTF8);
	assert_int_equal(refusal("张\xFF", 3, &NAME), REASON_NONE);
}

TEST(length_is_counted_in_characters_after_trimming, none)
{
	const struct text_limits three = { "name", 3, false };

	assert_int_equal(refusal("张小三", 9, &three), REASON_NONE);
	assert_int_equal(refusal("  张小三  ", 13, &three), REASON_NONE);
	assert_int_equal(refusal("欧阳小三", 12, &three), REASON_TEXT_TOO_LONG);
	assert_int_equal(refusal("a  b", 4, &three), REASON_TEXT_TOO_LONG);
}

TEST(emptiness_is_refused_unless_it_is_allowed, none)
{
	const struct text_limits note = { "note", 100, true };
	struct err err = { 0 };
	CLEANUP(mem_free) char *text = NULL;

	assert_int_equal(refusal("", 0, &NAME), REASON_TEXT_EMPTY);
	assert_int_equal(refusal(" \u3000", 4, &NAME), REASON_TEXT_EMPTY);
	assert_int_equal(text_accept("  ", 2, &note, &text, &err), 0);
	assert_string_equal(text, "");
}

TEST(the_limit_stands_in_the_reason, none)
{
	const struct text_limits two = { "title", 2, false };
	struct err err = { 0 };
	char *text;

	assert_int_equal(text_accept("abc", 3, &two, &text, &err), ERR_INVALID);
	assert_int_equal(err.reasons[0].n1, 2);
}

/* ---- characters ---- */

TEST(every_character_is_put_and_read_back, none)
{
	for (unsigned c = 1; c <= 0x10FFFF; c++) {
		char utf8[5];
		const char *s = utf8;
		int n = text_put(c, utf8);
		assert_int_equal(strlen(utf8), n);
		unsigned expected = c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c;
		if (text_next(&s) != expected || s != utf8 + n)
			fail_msg("U+%04X", c);
	}
}

TEST(a_bad_byte_is_one_replacement_and_reading_goes_on, none)
{
	const char *s = "\xE4\xBD"
			"a\xFF";

	assert_int_equal(text_next(&s), 0xFFFD);
	assert_int_equal(text_next(&s), 0xFFFD);
	assert_int_equal(text_next(&s), 'a');
	assert_int_equal(text_next(&s), 0xFFFD);
	assert_int_equal(text_next(&s), 0);
	assert_int_equal(text_next(&s), 0);
}

TEST(random_bytes_never_read_past_the_end, none)
{
	srand((unsigned)chance_seed());
	for (int round = 0; round < 20000; round++) {
		size_t len = (size_t)(rand() % 12);
		CLEANUP(mem_free) char *bytes = mem_alloc(len + 1); /* so that ASan sees the end */
		for (size_t i = 0; i < len; i++)
			bytes[i] = (char)(rand() % 3 ? 0x80 + rand() % 128 : 1 + rand() % 127);
		assert_true(text_length(bytes) <= (int)len);
		free(text_fit(bytes, rand() % 8));
		free(text_mask_name(bytes));
		free(text_mask_phone(bytes));
		CLEANUP(mem_free) char *padded = text_pad(bytes, 10, rand() % 2);
		assert_int_equal(text_width(padded), 10);
		refusal(bytes, len, &NAME);
	}
}

/* ---- width ---- */

TEST(width_is_counted_in_cells, none)
{
	assert_int_equal(text_width("abc"), 3);
	assert_int_equal(text_width("张三"), 4);
	assert_int_equal(text_width("e\u0301"), 1);
	assert_int_equal(text_width("a\tb\x1b"), 2);
	assert_int_equal(text_width(""), 0);
}

TEST(what_fits_is_left_alone, none)
{
	ASSERT_TEXT(text_fit("张三", 4), "张三");
	ASSERT_TEXT(text_fit("张三", 100), "张三");
	ASSERT_TEXT(text_fit("", 3), "");
}

TEST(what_does_not_fit_ends_in_an_ellipsis, none)
{
	ASSERT_TEXT(text_fit("abcdef", 4), "abc…");
	ASSERT_TEXT(text_fit("欧阳小三", 5), "欧阳…");
	ASSERT_TEXT(text_fit("欧阳小三", 6), "欧阳…"); /* half a character is not shown */
	ASSERT_TEXT(text_fit("abcdef", 1), "…");
	ASSERT_TEXT(text_fit("abcdef", 0), "");
	ASSERT_TEXT(text_fit("abcdef", -3), "");
}

TEST(a_mark_stays_with_its_letter, none)
{
	ASSERT_TEXT(text_fit("e\u0301e\u0301e\u0301", 3), "e\u0301e\u0301e\u0301");
	ASSERT_TEXT(text_fit("e\u0301e\u0301e\u0301", 2), "e\u0301…");
}

TEST(controls_do_not_reach_the_terminal, none)
{
	ASSERT_TEXT(text_fit("a\x1b[31m\u202Eb\n", 20), "a[31mb");
}

TEST(padding_fills_exactly, none)
{
	ASSERT_TEXT(text_pad("张", 5, false), "张   ");
	ASSERT_TEXT(text_pad("张", 5, true), "   张");
	ASSERT_TEXT(text_pad("欧阳小三", 6, false), "欧阳… ");
	ASSERT_TEXT(text_pad("", 2, false), "  ");
	ASSERT_TEXT(text_pad("abc", 0, true), "");
}

/* ---- forms ---- */

TEST(full_width_becomes_ascii, none)
{
	ASSERT_TEXT(text_narrow("Ｊ１Ｒ－７\u3000张！～"), "J1R-7 张!~");
}

TEST(names_are_masked_in_the_middle, none)
{
	ASSERT_TEXT(text_mask_name("张三"), "张*");
	ASSERT_TEXT(text_mask_name("张小三"), "张*三");
	ASSERT_TEXT(text_mask_name("欧阳小三"), "欧**三");
	ASSERT_TEXT(text_mask_name("张"), "*");
	ASSERT_TEXT(text_mask_name(""), "");
	ASSERT_TEXT(text_mask_name("阿依古丽·买买提"), "阿*****提");
	ASSERT_TEXT(text_mask_name("John Smith"), "J*******h");
	ASSERT_TEXT(text_mask_name("𠮷小三"), "𠮷*三");
}

TEST(marks_are_masked_with_their_letters, none)
{
	ASSERT_TEXT(text_mask_name("Zoe\u0308"), "Z*e\u0308");
	ASSERT_TEXT(text_mask_name("Ze\u0301a"), "Z*a");
}

TEST(phones_keep_their_ends, none)
{
	ASSERT_TEXT(text_mask_phone("13812345678"), "138****5678");
	ASSERT_TEXT(text_mask_phone("138 1234-5678"), "138****5678");
	ASSERT_TEXT(text_mask_phone("１３８１２３４５６７８"), "138****5678");
	ASSERT_TEXT(text_mask_phone("0769-22101234"), "********1234");
	ASSERT_TEXT(text_mask_phone("22101234"), "****1234");
	ASSERT_TEXT(text_mask_phone("6688"), "****");
	ASSERT_TEXT(text_mask_phone(""), "");
}

TEST(ascii_case_is_no_difference, none)
{
	assert_true(text_equal_fold("Jia", "jIA"));
	assert_true(text_equal_fold("", ""));
	assert_false(text_equal_fold("a", "ab"));
	assert_false(text_equal_fold("ab", "a"));
	assert_false(text_equal_fold("[", "{"));
}

TEST(a_text_ends_with_its_end_and_with_no_longer_one, none)
{
	assert_true(text_ends_with("jiaplus.db-wal", "-wal"));
	assert_true(text_ends_with("小计", "小计"));
	assert_true(text_ends_with("", ""));
	assert_false(text_ends_with("jiaplus-wall/jiaplus.db", "-wal"));
	assert_false(text_ends_with("wal", "-wal"));
}

/* ---- numbers ---- */

static int integer(const char *s, long long min, long long max, long long *ret)
{
	struct err err = { 0 };
	int r = text_integer(s, "count", min, max, ret, &err);

	if (r < 0) {
		assert_int_equal(err.reasons[0].code, REASON_NUMBER_RANGE);
		assert_string_equal(err.reasons[0].text, "count");
	}
	return r;
}

TEST(numbers_are_read_as_people_type_them, none)
{
	long long n;

	assert_int_equal(integer(" 42 ", 0, 100, &n), 0);
	assert_int_equal(n, 42);
	assert_int_equal(integer("\u3000４２", 0, 100, &n), 0);
	assert_int_equal(n, 42);
	assert_int_equal(integer("-5", -10, 0, &n), 0);
	assert_int_equal(n, -5);
	assert_int_equal(integer("007", 0, 100, &n), 0);
	assert_int_equal(n, 7);
	assert_int_equal(integer("-9223372036854775808", INT64_MIN, INT64_MAX, &n), 0);
	assert_true(n == INT64_MIN);
}

TEST(what_is_no_number_in_range_is_refused, none)
{
	static const char *const bad[] = { "", " ", "-", "x", "4x", "4 2", "1.5", "0x10", "+4",
		"--4", "101", "-1", "9223372036854775808", "99999999999999999999999999", "四" };
	long long n = -77;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (integer(bad[i], 0, 100, &n) != ERR_INVALID)
			fail_msg("\"%s\" was accepted", bad[i]);
	assert_int_equal(n, -77);
	assert_int_equal(integer("9223372036854775808", INT64_MIN, INT64_MAX, &n), ERR_INVALID);
}

#include <string.h>

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

static void assert_text(int64_t fen, const char *wanted)
{
	CLEANUP(mem_free) char *text = money_text(fen);

	assert_string_equal(text, wanted);
}

TEST(fen_stand_only_where_there_are_any, none)
{
	assert_text(0, "0");
	assert_text(20000, "200");
	assert_text(1250, "12.50");
	assert_text(5, "0.05");
	assert_text(-5, "-0.05");
	assert_text(-300, "-3");
}

TEST(amounts_are_read_as_people_write_them, none)
{
	static const struct {
		const char *text;
		int64_t fen;
	} cases[] = {
		{ "12", 1200 },
		{ "12.", 1200 },
		{ "12.5", 1250 },
		{ "12.05", 1205 },
		{ "¥12.5", 1250 },
		{ "￥ 12", 1200 },
		{ "200元", 20000 },
		{ " 200 元 ", 20000 },
		{ "１２．５", 1250 },
		{ "0", 0 },
		{ "100000000", MONEY_MAX_FEN },
	};
	struct err err = { 0 };
	int64_t fen;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_ok(money_parse(cases[i].text, "price", false, &fen, &err), &err);
		assert_int_equal(fen, cases[i].fen);
	}
	assert_ok(money_parse("", "price", true, &fen, &err), &err);
	assert_int_equal(fen, 0);
}

TEST(anything_else_is_refused, none)
{
	static const char *const bad[] = { "", "-1", "1.234", "1,5", "1.2.3", "abc", "1x", ".5",
		"元", "100000000.01", "99999999999999999999" };
	struct err err = { 0 };
	int64_t fen;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(money_parse(bad[i], "price", false, &fen, &err), ERR_INVALID);
	assert_string_equal(err.reasons[0].text, "price");
}

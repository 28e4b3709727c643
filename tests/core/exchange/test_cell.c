/* What people enter in cells. */
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/exchange/cell.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

static const struct day today = { 2026, 11, 21 };

static void day_is(const char *text, int year, int month, int on)
{
	CLEANUP(mem_free) char *plain = cell_plain(text);
	struct err err = { 0 };
	struct day day = { 0 };

	if (cell_day(plain, "day", today, &day, &err) < 0)
		fail_msg("%s is no day", text);
	assert_int_equal(day.year, year);
	assert_int_equal(day.month, month);
	assert_int_equal(day.day, on);
}

static void is_no_day(const char *text)
{
	CLEANUP(mem_free) char *plain = cell_plain(text);
	struct err err = { 0 };
	struct day day = { 0 };

	if (cell_day(plain, "day", today, &day, &err) >= 0)
		fail_msg("%s is %04d-%02d-%02d", text, day.year, day.month, day.day);
	assert_int_equal(err.reasons[0].code, REASON_DATE_BAD);
	assert_string_equal(err.reasons[0].text, "day");
}

TEST(a_year_of_two_digits_is_of_this_century, none)
{
	static const char *const texts[] = { "26/1/5", "26.1.5", "26-1-5", "26年1月5日", "26-01-05",
		"２６／１／５", "26/1/5 0:00", "2026年1月5日", "2026/1/5", "20260105", "46027",
		"46027.0" };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		day_is(texts[i], 2026, 1, 5);
	day_is("27/6/30", 2027, 6, 30);
	day_is("46/1/5", 2046, 1, 5);
	day_is("06/1/5", 2006, 1, 5);
}

TEST(a_year_without_reason_is_refused, none)
{
	static const char *const texts[] = { "91/5/3", "05-01-05", "47/1/5", "126/1/5",
		"0026-01-05", "1899-12-31", "6/1/5", "1/5/2026", "260105", "2027/6", "12345",
		"99999", "460270", "46027.x", "46027.5.5" };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		is_no_day(texts[i]);
}

TEST(a_spreadsheets_number_is_day_and_time, none)
{
	struct err err = { 0 };
	int64_t at = 0;

	assert_ok(when_set_zone("Asia/Shanghai", &err), &err);
	assert_ok(cell_instant("44927.5", "at", today, 0, &at, &err), &err);
	assert_int_equal(at, when_instant((struct day){ 2023, 1, 1 }, 12, 0, 0));
	assert_ok(cell_instant("46027", "at", today, 12 * 3600, &at, &err), &err);
	assert_int_equal(at, when_instant((struct day){ 2026, 1, 5 }, 12, 0, 0));
	assert_ok(cell_instant("26/1/5 8:05:09", "at", today, 0, &at, &err), &err);
	assert_int_equal(at, when_instant((struct day){ 2026, 1, 5 }, 8, 5, 9));
	assert_int_equal(cell_instant("26/1/5 8", "at", today, 0, &at, &err), ERR_INVALID);
}

TEST(digits_come_back_whole_or_not_at_all, none)
{
	static const char *const texts[][2] = {
		{ "13900000010.0", "13900000010" },
		{ "12.00", "12" },
		{ "1.3900000010E+10", "13900000010" },
		{ "1.3900000010e10", "13900000010" },
		{ "12.5", "12.5" },
		{ "3-502", "3-502" },
		{ "", "" },
	};
	struct err err = { 0 };
	char *cut = NULL;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		CLEANUP(mem_free) char *digits = NULL;
		assert_ok(cell_digits(texts[i][0], "phone", &digits, &err), &err);
		assert_string_equal(digits, texts[i][1]);
	}
	assert_int_equal(cell_digits("1.39E+10", "phone", &cut, &err), ERR_INVALID);
	assert_int_equal(err.reasons[0].code, REASON_NUMBER_CUT);
}

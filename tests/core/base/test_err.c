#include <string.h>

#include "core/base/err.h"
#include "core/base/reason_name.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/scan/reasons.h"
#include "core/store/reasons.h"
#include "tests/lib/test.h"

TEST(the_code_given_is_returned_and_kept, none)
{
	struct err err = { 0 };

	assert_int_equal(
		err_set(&err, ERR_DEVICE, REASON_TEXT(CAMERA_GONE, "/dev/video0")), ERR_DEVICE);
	assert_int_equal(err.code, ERR_DEVICE);
	assert_int_equal(err.reason_count, 1);
	assert_int_equal(err.reasons[0].code, REASON_CAMERA_GONE);
	assert_string_equal(err.reasons[0].text, "/dev/video0");
	assert_string_equal(err.detail, "");
}

TEST(a_detail_is_formatted_and_cut_to_its_room, none)
{
	struct err err = { 0 };
	char long_text[1000];

	memset(long_text, 'x', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	err_setf(&err, ERR_STORAGE, REASON_TEXT(STORE_FAILED, "x"), "step %d", 7);
	assert_string_equal(err.detail, "step 7");
	err_setf(&err, ERR_STORAGE, REASON_TEXT(STORE_FAILED, "x"), "%s", long_text);
	assert_int_equal(strlen(err.detail), sizeof(err.detail) - 1);
}

TEST(setting_again_starts_anew, none)
{
	struct err err = { 0 };

	err_refuse(&err, REASON(ITEM_MISSING));
	err_refuse(&err, REASON(CARD_REVOKED));
	err_set(&err, ERR_BUSY, REASON(STORE_BUSY));
	assert_int_equal(err.reason_count, 1);
	assert_false(err_has(&err, REASON_ITEM_MISSING));
	assert_true(err_has(&err, REASON_STORE_BUSY));
}

TEST(refusals_are_sorted_whatever_order_they_came_in, none)
{
	struct err err = { 0 };

	err_refuse(&err, REASON(LIMIT_TOTAL, .n1 = 5, .n2 = 5));
	err_refuse(&err, REASON(CARD_REVOKED));
	err_refuse(&err, REASON(ITEM_MISSING));
	assert_int_equal(err.code, ERR_REFUSED);
	assert_int_equal(err.reason_count, 3);
	for (int i = 1; i < err.reason_count; i++)
		assert_true(err.reasons[i - 1].code < err.reasons[i].code);
	assert_int_equal(err.reasons[2].n1, 5);
}

TEST(a_reason_is_listed_once, none)
{
	struct err err = { 0 };

	err_refuse(&err, REASON(SUSPENDED, .n1 = 1));
	err_refuse(&err, REASON(SUSPENDED, .n1 = 2));
	assert_int_equal(err.reason_count, 1);
	assert_int_equal(err.reasons[0].n1, 1);
}

TEST(more_reasons_than_there_is_room_for_are_left_out, none)
{
	struct err err = { 0 };

	for (int code = 1; code <= ERR_REASONS_MAX + 3; code++)
		err_refuse(&err, (struct reason){ .code = code });
	assert_int_equal(err.reason_count, ERR_REASONS_MAX);
}

TEST(a_reasons_text_is_cut_before_a_character, none)
{
	char name[200] = "";

	for (int i = 0; i < 50; i++)
		strcat(name, "阿");
	struct reason r = REASON_TEXT(STAFF_UNKNOWN, name);
	size_t len = strlen(r.text);
	assert_true(len < sizeof(r.text));
	assert_int_equal(len % strlen("阿"), 0);
	assert_memory_equal(r.text, name, len);
}

TEST(every_reason_has_a_name_and_arguments_that_fit, none)
{
	for (int code = reason_next(REASON_NONE); code; code = reason_next(code)) {
		const char *name = reason_name(code), *args = reason_args(code);
		assert_true(strlen(name) > 0);
		assert_int_equal(reason_by_name(name), code);
		assert_int_equal(
			strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"), strlen(name));
		assert_true(strcmp(args, "-") == 0 || strspn(args, "its") == strlen(args));
		/* There is room for two numbers and one text as arguments. */
		int numbers = 0, texts = 0;
		for (const char *a = args; *a && *a != '-'; a++)
			*a == 's' ? texts++ : numbers++;
		assert_in_range(numbers, 0, 2);
		assert_in_range(texts, 0, 1);
	}
}

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <linux/input-event-codes.h>

#include "tests/lib/test.h"
#include "tui/wedge.h"

static bool press(struct wedge_decoder *decoder, int code, int64_t at)
{
	bool is_over = wedge_put(decoder, code, 1, at);
	assert_false(wedge_put(decoder, code, 0, at + 1));
	return is_over;
}

TEST(letters_with_and_without_shift, none)
{
	struct wedge_decoder decoder;
	wedge_reset(&decoder);
	wedge_put(&decoder, KEY_LEFTSHIFT, 1, 0);
	press(&decoder, KEY_J, 1);
	wedge_put(&decoder, KEY_LEFTSHIFT, 0, 2);
	press(&decoder, KEY_1, 3);
	wedge_put(&decoder, KEY_RIGHTSHIFT, 1, 4);
	press(&decoder, KEY_I, 5);
	press(&decoder, KEY_SEMICOLON, 6);
	wedge_put(&decoder, KEY_RIGHTSHIFT, 0, 7);
	press(&decoder, KEY_SLASH, 8);
	press(&decoder, KEY_KP7, 9);
	assert_true(press(&decoder, KEY_ENTER, 10));
	assert_string_equal(decoder.text, "J1I:/7");
	assert_int_equal(decoder.len, 6);
}

TEST(next_code_starts_anew, none)
{
	struct wedge_decoder decoder;
	wedge_reset(&decoder);
	press(&decoder, KEY_A, 1);
	assert_true(press(&decoder, KEY_ENTER, 2));
	assert_false(press(&decoder, KEY_ENTER, 3));
	press(&decoder, KEY_B, 4);
	assert_true(press(&decoder, KEY_TAB, 5));
	assert_string_equal(decoder.text, "b");
}

TEST(key_repeats_are_ignored, none)
{
	struct wedge_decoder decoder;
	wedge_reset(&decoder);
	wedge_put(&decoder, KEY_A, 1, 1);
	wedge_put(&decoder, KEY_A, 2, 2);
	assert_true(press(&decoder, KEY_KPENTER, 3));
	assert_string_equal(decoder.text, "a");
}

TEST(silence_ends_a_code_without_enter, none)
{
	struct wedge_decoder decoder;
	wedge_reset(&decoder);
	press(&decoder, KEY_9, 1000);
	press(&decoder, KEY_7, 1005);
	assert_false(wedge_is_over(&decoder, 1005 + WEDGE_END_MS - 1, WEDGE_END_MS));
	assert_true(wedge_is_over(&decoder, 1005 + WEDGE_END_MS, WEDGE_END_MS));
	assert_string_equal(decoder.text, "97");
	assert_false(wedge_is_over(&decoder, 9999, WEDGE_END_MS));
	assert_false(press(&decoder, KEY_ENTER, 9999));
}

TEST(unknown_keys_are_nothing, none)
{
	struct wedge_decoder decoder;
	wedge_reset(&decoder);
	press(&decoder, KEY_F5, 1);
	press(&decoder, 0x2ff, 2);
	press(&decoder, -1, 3);
	assert_false(press(&decoder, KEY_ENTER, 4));
}

TEST(overlong_text_is_dropped_whole, none)
{
	static struct wedge_decoder decoder;
	wedge_reset(&decoder);
	for (int i = 0; i < WEDGE_TEXT_MAX + 10; i++)
		press(&decoder, KEY_A, i);
	assert_false(press(&decoder, KEY_ENTER, 5000));
	press(&decoder, KEY_B, 5001);
	assert_true(press(&decoder, KEY_ENTER, 5002));
	assert_string_equal(decoder.text, "b");
}

static void type(struct wedge_decoder *decoder)
{
	static const int code[] = { KEY_J, KEY_1, KEY_I, KEY_0 };

	for (size_t i = 0; i < sizeof(code) / sizeof(code[0]); i++)
		assert_false(press(decoder, code[i], (int64_t)(10 * i)));
}

static bool press_under(struct wedge_decoder *decoder, int modifier, int code, int64_t at)
{
	assert_false(wedge_put(decoder, modifier, 1, at));
	bool is_over = press(decoder, code, at + 1);
	assert_false(wedge_put(decoder, modifier, 0, at + 2));
	return is_over;
}

TEST(a_control_character_ends_a_code_or_is_nothing, none)
{
	static const int ends[] = { KEY_J, KEY_M, KEY_I };
	static const int controls[] = { KEY_LEFTCTRL, KEY_RIGHTCTRL };
	struct wedge_decoder decoder;

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		for (size_t k = 0; k < 2; k++) {
			wedge_reset(&decoder);
			assert_false(press_under(&decoder, controls[k], KEY_B, 0));
			assert_false(press_under(&decoder, controls[k], KEY_RIGHTBRACE, 0));
			type(&decoder);
			assert_true(press_under(&decoder, controls[k], ends[i], 50));
			assert_string_equal(decoder.text, "j1i0");
			/* CR after it, and LF after that. */
			assert_false(press(&decoder, KEY_ENTER, 60));
			assert_false(press_under(&decoder, controls[k], KEY_J, 70));
			assert_false(wedge_is_over(&decoder, 9999, WEDGE_END_MS));
			type(&decoder);
			assert_true(press(&decoder, KEY_ENTER, 120));
			assert_string_equal(decoder.text, "j1i0");
		}
}

TEST(half_a_code_is_waited_for_longer, none)
{
	struct wedge_decoder decoder;
	wedge_reset(&decoder);
	press(&decoder, KEY_9, 1000);
	assert_false(wedge_is_over(&decoder, 1000 + WEDGE_END_MS, WEDGE_PART_END_MS));
	press(&decoder, KEY_7, 1000 + 2 * WEDGE_END_MS);
	assert_true(press(&decoder, KEY_ENTER, 1000 + 3 * WEDGE_END_MS));
	assert_string_equal(decoder.text, "97");
}

TEST(keys_under_alt_are_no_text, none)
{
	static const int alts[] = { KEY_LEFTALT, KEY_RIGHTALT, KEY_LEFTMETA };
	struct wedge_decoder decoder;

	for (size_t i = 0; i < sizeof(alts) / sizeof(alts[0]); i++) {
		wedge_reset(&decoder);
		press_under(&decoder, alts[i], KEY_KP0, 0);
		press_under(&decoder, alts[i], KEY_J, 10);
		assert_false(press(&decoder, KEY_ENTER, 20));
		assert_false(wedge_is_over(&decoder, 9999, WEDGE_END_MS));
	}
}

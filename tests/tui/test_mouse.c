#include "tests/lib/test.h"
#include "tui/mouse.h"

/* The key that a mouse report yields; K_NONE when it ends without one. */
static struct key read_report(bool is_sgr, const char *bytes)
{
	struct mouse mouse;
	struct key key = KEY_OF(K_NONE);
	mouse_begin(&mouse, is_sgr);
	for (; *bytes; bytes++) {
		assert_true(mouse.is_open);
		if (mouse_put(&mouse, (unsigned char)*bytes, &key))
			break;
	}
	assert_false(mouse.is_open);
	return key;
}

TEST(press_in_sgr, none)
{
	struct key key = read_report(true, "0;301;12M");
	assert_int_equal(key.code, K_PRESS);
	assert_int_equal(key.row, 11);
	assert_int_equal(key.col, 300);
}

TEST(press_in_the_old_way, none)
{
	struct key key = read_report(false, "\x20\x21\xff");
	assert_int_equal(key.code, K_PRESS);
	assert_int_equal(key.col, 0);
	assert_int_equal(key.row, 222);
}

TEST(releases_are_nothing, none)
{
	assert_int_equal(read_report(true, "0;3;4m").code, K_NONE);
	assert_int_equal(read_report(false, "\x23\x24\x25").code, K_NONE);
}

TEST(wheel_turns, none)
{
	assert_int_equal(read_report(true, "64;3;4M").code, K_SCROLL_UP);
	assert_int_equal(read_report(true, "65;3;4M").code, K_SCROLL_DOWN);
}

TEST(modifiers_are_forgiven, none)
{
	assert_int_equal(read_report(true, "20;3;4M").code, K_PRESS);
}

TEST(unknown_buttons_and_motion_are_nothing, none)
{
	assert_int_equal(read_report(true, "2;3;4M").code, K_NONE);
	assert_int_equal(read_report(true, "66;3;4M").code, K_NONE);
	assert_int_equal(read_report(true, "32;3;4M").code, K_NONE);
}

TEST(nonsense_ends_it, none)
{
	assert_int_equal(read_report(true, "M").code, K_NONE);
	assert_int_equal(read_report(true, "1;2M").code, K_NONE);
	assert_int_equal(read_report(true, "0;0;0M").code, K_NONE);
	assert_int_equal(read_report(true, "0;1;2;").code, K_NONE);
	assert_int_equal(read_report(true, "x").code, K_NONE);
	assert_int_equal(read_report(true, "9999999").code, K_NONE);
}

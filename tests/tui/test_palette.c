#include "tests/lib/test.h"
#include "tui/palette.h"

TEST(contrast_is_measured_as_wcag_does, none)
{
	assert_int_equal(palette_contrast(16, 231), 2100);
	assert_int_equal(palette_contrast(231, 231), 100);
	/* The borderline that was measured: 240 passes, 130 and 28 don't. */
	assert_true(palette_contrast(240, 231) >= 700);
	assert_true(palette_contrast(130, 231) < 700);
	assert_true(palette_contrast(28, 231) < 700);
}

TEST(text_of_every_theme_stands_out_7_to_1, none)
{
	for (int theme = 0; theme < THEME_COUNT; theme++) {
		for (int style = 0; style < STYLE_COUNT; style++) {
			const struct palette_entry *e =
				palette_entry((enum theme)theme, (enum style)style);
			int contrast = palette_contrast(e->ink, e->ground);
			if (style != STYLE_LINE && contrast < 700)
				fail_msg("theme %d style %d: %d", theme, style, contrast);
		}
	}
}

TEST(only_colours_that_are_equal_on_all_terminals, none)
{
	for (int theme = 0; theme < THEME_COUNT; theme++) {
		for (int style = 0; style < STYLE_COUNT; style++) {
			const struct palette_entry *e =
				palette_entry((enum theme)theme, (enum style)style);
			assert_in_range(e->ink, 16, 255);
			assert_in_range(e->ground, 16, 255);
		}
	}
}

/* What is told apart by colour is told apart by an attribute on a terminal without colours. */
TEST(without_colours_marked_things_still_differ, none)
{
	static const enum style pairs[][2] = {
		{ STYLE_BUTTON, STYLE_BUTTON_MARKED },
		{ STYLE_PAPER, STYLE_SELECTED },
		{ STYLE_FIELD, STYLE_FIELD_ACTIVE },
		{ STYLE_PAPER, STYLE_NEEDED },
		{ STYLE_DONE, STYLE_REFUSED },
		{ STYLE_QR, STYLE_QR_INVERSE },
		{ STYLE_BIG, STYLE_BIG_INVERSE },
	};
	for (int theme = 0; theme < THEME_COUNT; theme++)
		for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
			assert_int_not_equal(
				palette_entry((enum theme)theme, pairs[i][0])->look_mono,
				palette_entry((enum theme)theme, pairs[i][1])->look_mono);
}

TEST(unknown_theme_is_light, none)
{
	assert_int_equal(palette_theme_named("dark"), THEME_DARK);
	assert_int_equal(palette_theme_named("Large"), THEME_LARGE);
	assert_int_equal(palette_theme_named("pink"), THEME_LIGHT);
	assert_int_equal(palette_theme_named(NULL), THEME_LIGHT);
}

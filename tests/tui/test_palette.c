#include <math.h>

#include "tests/lib/test.h"
#include "tui/palette.h"

/* A channel of the 6×6×6 cube (16–231) or the grey ramp (232–255), 0–255. */
static int channel(int color, int which)
{
	static const int steps[] = { 0, 95, 135, 175, 215, 255 };
	if (color >= 232)
		return 8 + 10 * (color - 232);
	static const int divisors[] = { 36, 6, 1 };
	return steps[(color - 16) / divisors[which] % 6];
}

/* Relative luminance as WCAG 2.1 defines it. */
static double luminance(int color)
{
	static const double weights[] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		double c = channel(color, i) / 255.0;
		sum += weights[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

/* WCAG contrast ×100 of two of the colours 16–255: 700 is 7:1. */
static int contrast_of(int ink, int ground)
{
	double a = luminance(ink), b = luminance(ground);
	double ratio = a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
	return (int)(ratio * 100);
}

TEST(contrast_is_measured_as_wcag_does, none)
{
	assert_int_equal(contrast_of(16, 231), 2100);
	assert_int_equal(contrast_of(231, 231), 100);
	/* The borderline that was measured: 240 passes, 130 and 28 don't. */
	assert_true(contrast_of(240, 231) >= 700);
	assert_true(contrast_of(130, 231) < 700);
	assert_true(contrast_of(28, 231) < 700);
}

TEST(text_of_every_theme_stands_out_7_to_1, none)
{
	for (int theme = 0; theme < THEME_COUNT; theme++) {
		for (int style = 0; style < STYLE_COUNT; style++) {
			const struct palette_entry *e =
				palette_entry((enum theme)theme, (enum style)style);
			int contrast = contrast_of(e->ink, e->ground);
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

/* Whatever colour distinguishes is distinguished by an attribute on a terminal without colours. */
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

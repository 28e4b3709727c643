#include "tui/palette.h"

#include <assert.h>
#include <string.h>

#include "core/base/text.h"

#define B LOOK_BOLD
#define R LOOK_REVERSE
#define U LOOK_UNDERLINE

/* Foreground and background have a contrast of 7:1 or better, checked by the tests; STYLE_LINE
 * carries no text. */
/* clang-format off */
static const struct palette_entry light[STYLE_COUNT] = {
	[STYLE_PAPER]         = {  16, 231, 0,     0 },
	[STYLE_STRONG]        = {  16, 231, B,     B },
	[STYLE_QUIET]         = { 240, 231, 0,     0 },
	[STYLE_LINE]          = { 250, 231, 0,     0 },
	[STYLE_BEHIND]        = { 238, 255, 0,     0 },
	[STYLE_MARK]          = {  19, 231, B,     B },
	[STYLE_DONE]          = {  22, 231, B,     B },
	[STYLE_NEEDED]        = {  16, 214, B,     B | R },
	[STYLE_REFUSED]       = { 124, 231, B,     B | U },
	[STYLE_UNDONE]        = { 240, 231, B,     B },
	[STYLE_TOP]           = { 231,  17, B,     B | R },
	[STYLE_TOP_QUIET]     = { 254,  17, 0,     R },
	[STYLE_KEY]           = {  19, 255, B,     B },
	[STYLE_BUTTON]        = {  16, 254, 0,     U },
	[STYLE_BUTTON_KEY]    = {  19, 254, B,     B | U },
	[STYLE_BUTTON_MARKED] = { 231,  19, B,     B | R },
	[STYLE_SELECTED]      = { 231,  19, B,     R },
	[STYLE_FIELD]         = {  16, 254, 0,     U },
	[STYLE_FIELD_ACTIVE]  = {  16, 189, 0,     B | U },
	[STYLE_FIELD_QUIET]   = { 238, 254, 0,     U },
	[STYLE_FIELD_ACTIVE_QUIET] = { 237, 189, 0,     U },
	[STYLE_QR]            = {  16, 231, 0,     R },
	[STYLE_QR_INVERSE]    = { 231,  16, 0,     0 },
	[STYLE_BIG]           = {  16, 231, 0,     0 },
	[STYLE_BIG_INVERSE]   = { 231,  16, 0,     R },
};

static const struct palette_entry dark[STYLE_COUNT] = {
	[STYLE_PAPER]         = { 254, 234, 0,     0 },
	[STYLE_STRONG]        = { 231, 234, B,     B },
	[STYLE_QUIET]         = { 250, 234, 0,     0 },
	[STYLE_LINE]          = { 240, 234, 0,     0 },
	[STYLE_BEHIND]        = { 247, 232, 0,     0 },
	[STYLE_MARK]          = { 117, 234, B,     B },
	[STYLE_DONE]          = { 120, 234, B,     B },
	[STYLE_NEEDED]        = {  16, 214, B,     B | R },
	[STYLE_REFUSED]       = { 217, 234, B,     B | U },
	[STYLE_UNDONE]        = { 250, 234, B,     B },
	[STYLE_TOP]           = { 231,  17, B,     B | R },
	[STYLE_TOP_QUIET]     = { 254,  17, 0,     R },
	[STYLE_KEY]           = { 117, 236, B,     B },
	[STYLE_BUTTON]        = { 254, 236, 0,     U },
	[STYLE_BUTTON_KEY]    = { 117, 236, B,     B | U },
	[STYLE_BUTTON_MARKED] = {  16, 117, B,     B | R },
	[STYLE_SELECTED]      = {  16, 117, B,     R },
	[STYLE_FIELD]         = { 254, 236, 0,     U },
	[STYLE_FIELD_ACTIVE]  = { 231,  18, 0,     B | U },
	[STYLE_FIELD_QUIET]   = { 252, 236, 0,     U },
	[STYLE_FIELD_ACTIVE_QUIET] = { 253,  18, 0,     U },
	[STYLE_QR]            = {  16, 231, 0,     R },
	[STYLE_QR_INVERSE]    = { 231,  16, 0,     0 },
	[STYLE_BIG]           = { 231, 234, 0,     0 },
	[STYLE_BIG_INVERSE]   = { 234, 231, 0,     R },
};

/* For weak eyes: black on white, every word bold, no shades in between. */
static const struct palette_entry large[STYLE_COUNT] = {
	[STYLE_PAPER]         = {  16, 231, B,     B },
	[STYLE_STRONG]        = {  16, 231, B,     B | U },
	[STYLE_QUIET]         = { 236, 231, 0,     0 },
	[STYLE_LINE]          = { 240, 231, 0,     0 },
	[STYLE_BEHIND]        = { 238, 255, 0,     0 },
	[STYLE_MARK]          = {  18, 231, B,     B },
	[STYLE_DONE]          = {  22, 231, B,     B },
	[STYLE_NEEDED]        = {  16, 214, B,     B | R },
	[STYLE_REFUSED]       = {  88, 231, B,     B | U },
	[STYLE_UNDONE]        = { 236, 231, B,     B },
	[STYLE_TOP]           = { 231,  17, B,     B | R },
	[STYLE_TOP_QUIET]     = { 231,  17, B,     R },
	[STYLE_KEY]           = {  18, 254, B,     B },
	[STYLE_BUTTON]        = {  16, 252, B,     B | U },
	[STYLE_BUTTON_KEY]    = {  17, 252, B,     B | U },
	[STYLE_BUTTON_MARKED] = { 231,  18, B,     B | R },
	[STYLE_SELECTED]      = { 231,  18, B,     R },
	[STYLE_FIELD]         = {  16, 252, B,     U },
	[STYLE_FIELD_ACTIVE]  = {  16, 229, B,     B | U },
	[STYLE_FIELD_QUIET]   = { 235, 252, 0,     U },
	[STYLE_FIELD_ACTIVE_QUIET] = { 236, 229, 0,     U },
	[STYLE_QR]            = {  16, 231, 0,     R },
	[STYLE_QR_INVERSE]    = { 231,  16, 0,     0 },
	[STYLE_BIG]           = {  16, 231, 0,     0 },
	[STYLE_BIG_INVERSE]   = { 231,  16, 0,     R },
};
/* clang-format on */

#undef B
#undef R
#undef U

static const struct palette_entry *const themes[THEME_COUNT] = {
	[THEME_LIGHT] = light,
	[THEME_DARK] = dark,
	[THEME_LARGE] = large,
};

static const char *const theme_names[THEME_COUNT] = {
	[THEME_LIGHT] = "light",
	[THEME_DARK] = "dark",
	[THEME_LARGE] = "large",
};

const struct palette_entry *palette_entry(enum theme theme, enum style style)
{
	assert(theme < THEME_COUNT && style < STYLE_COUNT);
	return &themes[theme][style];
}

enum theme palette_theme_named(const char *name)
{
	for (int i = 0; name && i < THEME_COUNT; i++)
		if (text_equal_fold(name, theme_names[i]))
			return (enum theme)i;
	return THEME_LIGHT;
}

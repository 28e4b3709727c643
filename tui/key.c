#include "tui/key.h"

#include <stdio.h>

#include "core/base/text.h"
#include "tui/i18n.h"

bool key_is_char(const struct key *key)
{
	return key->code >= 0x20 && key->code < K_ENTER && key->code != 0x7f;
}

int key_digit(const struct key *key)
{
	if (key->code >= '0' && key->code <= '9')
		return (int)key->code - '0';
	if (key->code >= 0xff10 && key->code <= 0xff19)
		return (int)key->code - 0xff10;
	return -1;
}

/* Arrows are named by their signs, letters of keyboards stay as they are printed on them. */
static const char *const key_names[K_CODE_END - K_ENTER] = {
	[K_ENTER - K_ENTER] = N_("Enter"),
	[K_ESC - K_ENTER] = "Esc",
	[K_BACKSPACE - K_ENTER] = N_("Backspace"),
	[K_DELETE - K_ENTER] = "Del",
	[K_TAB - K_ENTER] = "Tab",
	[K_BACKTAB - K_ENTER] = "Shift+Tab",
	[K_UP - K_ENTER] = "↑",
	[K_DOWN - K_ENTER] = "↓",
	[K_LEFT - K_ENTER] = "←",
	[K_RIGHT - K_ENTER] = "→",
	[K_HOME - K_ENTER] = "Home",
	[K_END - K_ENTER] = "End",
	[K_PAGE_UP - K_ENTER] = "PgUp",
	[K_PAGE_DOWN - K_ENTER] = "PgDn",
	[K_F1 - K_ENTER] = "F1",
	[K_F2 - K_ENTER] = "F2",
	[K_F3 - K_ENTER] = "F3",
	[K_F4 - K_ENTER] = "F4",
	[K_F5 - K_ENTER] = "F5",
	[K_F6 - K_ENTER] = "F6",
	[K_F7 - K_ENTER] = "F7",
	[K_F8 - K_ENTER] = "F8",
	[K_F9 - K_ENTER] = "F9",
	[K_F10 - K_ENTER] = "F10",
	[K_F11 - K_ENTER] = "F11",
	[K_F12 - K_ENTER] = "F12",
};

struct key_label key_label(uint32_t code)
{
	struct key_label label = { .text = "" };
	if (code == ' ') {
		snprintf(label.text, sizeof(label.text), "%s", _("Space"));
	} else if (code < K_ENTER) {
		text_put(code, label.text);
	} else if (code < K_CODE_END && key_names[code - K_ENTER]) {
		snprintf(label.text, sizeof(label.text), "%s", _(key_names[code - K_ENTER]));
	}
	return label;
}

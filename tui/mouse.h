/* Mouse reports of a terminal: the part after "ESC [ <" (SGR, mode 1006) or "ESC [ M" (the old
 * encoding), byte by byte. Pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "tui/key.h"

struct mouse {
	bool is_open; /* bytes are wanted */
	bool is_sgr;
	int count; /* numbers (SGR) or bytes so far */
	int numbers[3];
};

void mouse_begin(struct mouse *mouse, bool is_sgr);
/* One more byte. True when that was the last and `ret` is a K_PRESS, K_SCROLL_UP or K_SCROLL_DOWN;
 * releases, other buttons and malformed reports end it without one (is_open false). */
bool mouse_put(struct mouse *mouse, int byte, struct key *ret);

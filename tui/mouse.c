#include "tui/mouse.h"

#define NUMBER_MAX 100000
#define OLD_BASE   32 /* the old encoding adds this to everything */

/* The button's number without Shift, Meta, Control; motion (32) makes it none of these. */
#define MODIFIERS 28

void mouse_begin(struct mouse *mouse, bool is_sgr)
{
	*mouse = (struct mouse){ .is_open = true, .is_sgr = is_sgr };
}

static bool finish(struct mouse *mouse, struct key *ret)
{
	mouse->is_open = false;
	static const struct {
		int button;
		uint32_t code;
	} buttons[] = { { 0, K_PRESS }, { 64, K_SCROLL_UP }, { 65, K_SCROLL_DOWN } };
	int button = mouse->numbers[0] & ~MODIFIERS;
	for (int i = 0; i < 3; i++) {
		if (buttons[i].button == button && mouse->numbers[1] > 0 && mouse->numbers[2] > 0) {
			*ret = (struct key){ .code = buttons[i].code,
				.row = mouse->numbers[2] - 1,
				.col = mouse->numbers[1] - 1 };
			return true;
		}
	}
	return false;
}

static bool put_old(struct mouse *mouse, int byte, struct key *ret)
{
	mouse->numbers[mouse->count++] = byte - OLD_BASE;
	if (mouse->count < 3)
		return false;
	return finish(mouse, ret);
}

static bool put_sgr(struct mouse *mouse, int byte, struct key *ret)
{
	int *number = &mouse->numbers[mouse->count];
	if (byte >= '0' && byte <= '9' && *number < NUMBER_MAX) {
		*number = *number * 10 + byte - '0';
		return false;
	}
	if (byte == ';' && mouse->count < 2) {
		mouse->count++;
		return false;
	}
	mouse->is_open = false;
	return byte == 'M' && mouse->count == 2 && finish(mouse, ret);
}

bool mouse_put(struct mouse *mouse, int byte, struct key *ret)
{
	return mouse->is_sgr ? put_sgr(mouse, byte, ret) : put_old(mouse, byte, ret);
}

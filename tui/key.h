/* A key, a press or the wheel: what screens and widgets are handed. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A key's code is a Unicode character, or one of these. */
enum {
	K_NONE = 0,
	K_ENTER = 0x110000,
	K_ESC,
	K_BACKSPACE,
	K_DELETE,
	K_TAB,
	K_BACKTAB,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PAGE_UP,
	K_PAGE_DOWN,
	K_F1,
	K_F2,
	K_F3,
	K_F4,
	K_F5,
	K_F6,
	K_F7,
	K_F8,
	K_F9,
	K_F10,
	K_F11,
	K_F12,
	K_REPAINT,   /* Ctrl-L: the app draws everything anew */
	K_PRESS,     /* mouse or touch that hit no button */
	K_SCROLL_UP, /* wheel */
	K_SCROLL_DOWN,
	K_PICK, /* a press on line `index` of the widget `of` */
	K_CODE_END,
};

struct key {
	uint32_t code;
	int row, col; /* K_PRESS, wheel: screen coordinates */
	int index;    /* K_PICK */
	const void *of;
};

#define KEY_OF(c) ((struct key){ .code = (c) })

bool key_is_char(const struct key *key); /* printable, space included */
/* 0–9, full-width digits included, or -1. */
int key_digit(const struct key *key);
/* "F1", "Enter", "↑", "1" …: translated, by value. */
struct key_label {
	char text[32];
};
struct key_label key_label(uint32_t code);

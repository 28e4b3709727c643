/* The real kiosk in a virtual machine (QEMU), whose keyboards a test presses and unplugs: what
 * cannot be done to the machine that the test runs on. Needs what `./dev test` installs and unpacks
 * into BUILD/guest. */
#pragma once

#include <stdbool.h>

#include "tests/lib/vt.h"

enum guest_keyboard {
	GUEST_CONSOLE, /* types on the first virtual terminal, where no kiosk is */
	GUEST_SCANNER, /* USB */
};

/* Exists once "name" was typed on the console. */
#define GUEST_SCANNER_PATH "/dev/input/by-id/usb-scanner-event-kbd"

struct guest;

/* What this machine lacks for it, or NULL. */
const char *guest_missing(void);

/* Starts `argv` there. The socket is in `dir`. guest_stop ends the machine. */
struct guest *guest_start(const char *dir, const char *const *argv);
void guest_stop(struct guest *); /* NULL is allowed */
struct vt *guest_vt(const struct guest *);

/* Presses the keys of a text of capital letters, digits and small letters, and Enter. The emulated
 * machine may miss one when the host is busy, as some scanners do. */
void guest_type(struct guest *, enum guest_keyboard, const char *text);
/* From here on presses keys at half the pace. */
void guest_slow_down(struct guest *);
void guest_hold_shift(struct guest *, enum guest_keyboard, bool is_down);
void guest_unplug(struct guest *); /* the scanner */
void guest_plug_in(struct guest *);

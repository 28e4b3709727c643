/* A kiosk that cannot start, or must not go on: says in large words what is wrong and what to do,
 * from one table, instead of ending and being started again for ever. */
#pragma once

#include "tui/kiosk.h"

enum broken_end {
	BROKEN_AGAIN, /* `works` has said so, or somebody wants it tried */
	BROKEN_QUIT,  /* a member of staff, or a signal */
};

/* Takes the terminal and stays until one of the two, or until somebody who may goes back to a
 * backup: then BROKEN_AGAIN, and kiosk->going_back says which. `kiosk` has a context and nothing
 * else that is open. `works` is asked every few seconds whether the kiosk would start now.
 * ERR_DEVICE TERMINAL_UNFIT: there is nothing to say it on. */
int broken_run(struct kiosk *kiosk, const struct err *why, bool (*works)(struct context *context),
	enum broken_end *ret, struct err *err);

/* The same over the board of a kiosk that runs: its records are broken. What is only looked up goes
 * on below it. */
void broken_open(struct app *, const struct err *why);
/* It is what the screen shows: nobody is served who could have gone away. */
bool broken_is_up(struct app *);

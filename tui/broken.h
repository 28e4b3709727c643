/* A kiosk that cannot start, or must not continue: says in large words what is wrong and what to
 * do, from one table, instead of ending and being restarted for ever. */
#pragma once

#include "tui/kiosk.h"

enum broken_end {
	BROKEN_AGAIN, /* `works` has said so, or somebody asked for a try */
	BROKEN_QUIT,  /* a member of staff, or a signal */
};

/* Takes the terminal and stays until one of the two, or until somebody who may starts restoring a
 * backup: then BROKEN_AGAIN, and kiosk->going_back says which. `kiosk` has a context and nothing
 * else is open. `works` is asked every few seconds whether the kiosk would start now. ERR_DEVICE
 * TERMINAL_UNFIT: there is no terminal to show it on. */
int broken_run(struct kiosk *kiosk, const struct err *why, bool (*works)(struct context *context),
	enum broken_end *ret, struct err *err);

/* The same above the board of a running kiosk whose records are broken. Looking things up still
 * works below it. */
void broken_open(struct app *, const struct err *why);
/* It is the screen that is shown: nobody is being served who could walk away. */
bool broken_is_up(struct app *);

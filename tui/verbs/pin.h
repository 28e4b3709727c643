/* Where a PIN comes from on a command line. *ret is the caller's, for CLEANUP(pin_wipe). */
#pragma once

#include "core/base/err.h"

/* The first line of `path`. A regular file must be its owner's alone (mode 0600): ERR_INVALID
 * FILE_OPEN; ERR_NOT_FOUND FILE_MISSING; ERR_STORAGE FILE_UNREADABLE. */
int pin_from_file(const char *path, char **ret, struct err *err);

/* Asked for on the terminal, without showing it. ERR_INVALID PIN_UNASKED when there is no
 * terminal, or nothing was typed. */
int pin_from_terminal(const char *code, char **ret, struct err *err);

/* Overwrites, then frees. */
void pin_wipe(char **pin);

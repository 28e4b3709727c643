/* A QR symbol to draw: modules as a plain bitmap, error correction M. */
#pragma once

#include <stdbool.h>

#include "core/base/err.h"

#define QR_QUIET 4 /* modules that stay white on each side (ISO/IEC 18004) */

struct qr;

/* Keeps the case of `payload`; an upper-case one gets the smaller alphanumeric form. `line` is the
 * sheet's, for the message. ERR_INVALID SHEET_BAD when it is empty or longer than a symbol holds.
 */
int qr_create(const char *payload, int line, struct qr **ret, struct err *err);
void qr_destroy(struct qr *); /* NULL is allowed */

int qr_width(const struct qr *); /* modules, without the quiet zone */
bool qr_is_dark(const struct qr *, int x, int y);

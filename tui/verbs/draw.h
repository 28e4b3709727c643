/* Sheets into files for verbs, by the helper jiaplus-paper. */
#pragma once

#include "core/print/paper.h"
#include "core/print/sheet.h"

struct drawer;

/* Starts the helper. ERR_DEVICE HELPER_FAILED. */
int drawer_open(struct drawer **ret, struct err *err);
void drawer_closep(struct drawer **drawer); /* for CLEANUP */

/* Sends a sheet; it is drawn while the next ones are built. */
void drawer_send(
	struct drawer *, const struct sheet *sheet, enum paper_format format, const char *to);
/* Waits until all that was sent is drawn; the first failure. */
int drawer_finish(struct drawer *, struct err *err);

/* The format for a file name's suffix (.pdf, .png …). ERR_INVALID FORMAT_UNKNOWN. */
int drawer_format(const char *path, enum paper_format *ret, struct err *err);

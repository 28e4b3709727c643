/* Draws a sheet into a file while the loop goes on: a picture for the chat group on a USB stick. */
#pragma once

#include "core/print/paper.h"
#include "core/print/sheet.h"
#include "tui/app.h"

struct drawing;

struct drawing_request {
	enum paper_format format;
	const char *to; /* copied */
	int dots;       /* as paper_render's */
	/* Called once: what was written, or why not. */
	void (*done)(struct app *app, const char *path, const struct err *failure);
};

/* Starts the helper, which ends before `done` is called. *ret has to be stopped even then.
 * ERR_DEVICE HELPER_FAILED. */
int drawing_start(struct app *, const struct sheet *, const struct drawing_request *,
	struct drawing **ret, struct err *err);
/* Ends it without calling `done`, and frees it; never within `done`. NULL is allowed. */
void drawing_stop(struct drawing *);

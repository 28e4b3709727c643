/* A verb of this program, run beside the screen for what it says: nothing that it waits for holds
 * the screen up, and nothing that goes wrong in it ends it. */
#pragma once

#include "tui/app.h"
#include "tui/context.h"

struct errand;

struct errand_request {
	const struct context *context; /* --dir and --config */
	const char *verb;              /* one word */
	/* Once, with all that it wrote, the caller's; the errand is over. */
	void (*done)(struct app *app, void *self, char *said);
	void *self;
};

/* ERR_DEVICE HELPER_FAILED. */
int errand_start(struct app *, const struct errand_request *, struct errand **ret, struct err *err);
/* Ends it unless it is over, without a word. NULL is allowed. */
void errand_stop(struct errand *);

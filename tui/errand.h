/* Runs a verb of this program beside the screen for its output: nothing that it waits for blocks
 * the screen, and no failure in it ends the kiosk. */
#pragma once

#include "tui/app.h"
#include "tui/context.h"

struct errand;

struct errand_request {
	const struct context *context; /* --dir and --config */
	const char *verb;              /* one word */
	/* Called once, with all its output, the caller's; the errand is over. */
	void (*done)(struct app *app, void *self, char *said);
	void *self;
};

/* ERR_DEVICE HELPER_FAILED. */
int errand_start(struct app *, const struct errand_request *, struct errand **ret, struct err *err);
/* Ends it unless it is over, without calling `done`. NULL is allowed. */
void errand_stop(struct errand *);

/* What main() has made out of the command line and kiosk.conf, for the kiosk and the verbs. */
#pragma once

#include "core/base/when.h"
#include "core/config.h"

struct context {
	struct config config;
	const struct clock *clock;
	char *dir; /* database, keys, printed files; absolute or as it was given */
};

/* DIR/jiaplus.db, and other files of DIR. The caller's. */
char *context_database(const struct context *context);
char *context_path(const struct context *context, const char *name);

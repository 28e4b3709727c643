/* What main() has made of the command line and kiosk.conf, for the kiosk and the verbs. */
#pragma once

#include "core/base/when.h"
#include "core/config.h"

struct context {
	struct config config;
	const struct clock *clock;
	char *dir;         /* database, keys, printed files */
	char *config_path; /* named by --config; NULL: not given */
};

struct context_options {
	const char *dir;    /* --dir; NULL: kiosk.conf's, else the user's data folder */
	const char *config; /* --config; NULL: as config_load finds one */
};

/* Reads kiosk.conf; errors as config_load. *ret is to be closed after success. */
int context_open(const struct context_options *options, struct context *ret, struct err *err);
void context_close(struct context *context);

/* A file of DIR, and its database DIR/jiaplus.db. The caller's. */
char *context_path(const struct context *context, const char *name);
char *context_database(const struct context *context);

/* A private CUPS scheduler for a test, in its own folder and on its own port; the system's is left
 * alone. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

struct cupsd {
	pid_t pid;
	int port;
	char *folder;
	char *server; /* "127.0.0.1:PORT" */
};

/* Why this machine cannot run one, or NULL. */
const char *cupsd_missing(void);
struct cupsd *cupsd_start(void); /* NULL: it did not start */
void cupsd_kill(struct cupsd *); /* at once, as a crash would */
bool cupsd_restart(struct cupsd *);
void cupsd_stop(struct cupsd *); /* ends it and removes its folder; NULL is allowed */

/* `model` "everywhere" for an IPP printer, a PPD in tests/lib/printer, NULL for a raw queue. */
bool cupsd_add_queue(struct cupsd *, const char *name, const char *device, const char *model);

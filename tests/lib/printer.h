/* Printers to test with: a real IPP printer (ippeveprinter) with faults on demand, and a raw one
 * that keeps the bytes it gets. Each has a free loopback port and its own folder. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct printer {
	pid_t pid;
	int port;
	char *folder; /* what it printed: 1.pdf and 1.media, or raw.0 … */
	char *uri;    /* where to print to, also as a CUPS device */
};

/* Why this machine cannot run an IPP printer, or NULL. */
const char *printer_missing(void);
/* `kind`: receipt or office. Waits until it listens. NULL: it did not start. */
struct printer *printer_start(const char *kind);
/* The same on the port and in the folder of one that was killed. */
bool printer_restart(struct printer *, const char *kind);
struct printer *printer_start_raw(void); /* a network printer on a port like 9100 */
void printer_kill(struct printer *);     /* at once; the folder is kept */
void printer_stop(struct printer *);     /* ends it and removes the folder; NULL is allowed */

/* "paper", "cover", "jam", "slow", "abort"; NULL: no fault. */
void printer_fault(struct printer *, const char *fault);
/* Waits up to `timeout_ms` for the nth document (from 1); returns its path, the caller's. NULL: too
 * late. */
char *printer_document(struct printer *, int n, int timeout_ms);
int printer_count(const struct printer *); /* documents that came out */
/* The nth document's media-col as it was requested; the caller's. */
char *printer_media(const struct printer *, int n);

/* For other test servers. A child writes to `log` and does not outlive this process. */
pid_t child_start(const char *const argv[], char *const env[], const char *log);
int free_port(void);
bool port_opens(int port, int timeout_ms);
char *folder_make(const char *name); /* in the system's temporary folder, world-readable */
void folder_remove(const char *path);
char *file_text(const char *path, size_t *ret_size); /* NULL: not there */

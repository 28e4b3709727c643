/* The kiosk's own backups (core/audit/keep.h): at night in a separate process, so that the screen
 * goes on, and when the kiosk ends. Also the power-cut pack, if the house wants it
 * (core/desk/power_cut.h). */
#pragma once

#include <stdint.h>
#include <sys/types.h>

struct kiosk;

struct keeper {
	pid_t child;      /* that makes one now; 0: none */
	int64_t retry_at; /* after one that failed */
	int64_t pack_at;  /* when the power-cut pack is looked for again */
};

/* While nobody is at the counter: starts one when it is time, and watches the running one. Problems
 * are shown in the corner. */
void keeper_turn(struct kiosk *);
/* At the end, after the screen has gone: one more if anything has happened since the last one. */
void keeper_finish(struct kiosk *);

/* The kiosk's own backups (core/audit/keep.h): by night in a process of their own, so that the
 * screen goes on, and when the kiosk ends. Beside it the power-cut pack, where the house wants it
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

/* While nobody is at the counter: starts one when it is time, and looks after the one that runs.
 * What ails it stands in the corner. */
void keeper_turn(struct kiosk *);
/* At the end, with the screen gone: one more if anything has happened since the last one. */
void keeper_finish(struct kiosk *);

/* The kiosk's own backups (core/audit/keep.h): at night in a separate process, so that the screen
 * goes on, and when the kiosk ends. Also the power-cut pack, if the house wants it
 * (core/desk/power_cut.h). */
#pragma once

struct keeper;
struct kiosk;

struct keeper *keeper_create(struct kiosk *);
void keeper_destroy(struct keeper *); /* NULL is allowed */

/* While nobody is at the counter: starts one when it is time, and looks after the one that runs.
 * What ails it stands in the corner. */
void keeper_turn(struct keeper *);
/* At the end, with the screen gone: one more if anything has happened since the last one. */
void keeper_finish(struct keeper *); /* NULL is allowed: there is nothing to keep */

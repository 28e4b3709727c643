/* How the kiosk starts, runs and ends.
 *
 * Start: paint the idle board, then start the devices and check the journal's chain piece by piece
 * between turns of the loop; what is scanned before the check has finished waits for it. */
#pragma once

struct context;

/* Runs the kiosk until it is told to end. Returns an exit code (tui/verbs/verb.h); if it could not
 * start, stderr says why. */
int kiosk_run(struct context *context);

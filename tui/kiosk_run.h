/* How the kiosk starts, runs and ends.
 *
 * Start: paint the idle board, then start the devices and check the journal's chain piece by piece
 * between turns of the loop; what is scanned before the check is through waits for it. */
#pragma once

struct context;

/* Runs the kiosk until it is told to end. Returns an exit code (tui/verbs/verb.h); what kept it
 * from starting has been said on stderr. */
int kiosk_run(struct context *context);

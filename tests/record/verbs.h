/* What every verb says: its help, wrong use, and the calls of a script (verbs.txt). */
#pragma once

#include "tests/record/stage.h"

/* Writes DIR/NAME.txt for each verb: its calls with what they wrote and their exit codes. `script`:
 * paragraphs of calls, one a line, each paragraph on a fresh copy of the venue; AS stands for the
 * administrator's --as and --pin-file, $(sql "SELECT …") for what the venue's database says, and
 * after "CALL => NAME" $(kept NAME) for the first word of what it wrote; "sh: …" is a line of
 * shell. A call that takes --json and does not act is made both ways. `jobs` paragraphs run at a
 * time. Returns how many paragraphs. */
int verbs_record(const struct stage *, const char *dir, const char *script, int jobs);

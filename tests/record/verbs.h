/* What every verb prints: its help, on wrong use, and for the calls of a script (verbs.txt). */
#pragma once

#include "tests/record/stage.h"

/* Writes DIR/NAME.txt for each verb: its calls with their output and exit codes. `script`:
 * paragraphs of calls, one per line, each paragraph on a fresh copy of the venue; AS stands for the
 * administrator's --as and --pin-file, $(sql "SELECT …") for the result of a query of the venue's
 * database, and after "CALL => NAME" $(kept NAME) for the first word of that call's output; "sh: …"
 * is a shell command. A call that takes --json and does not act is made both ways. `jobs`
 * paragraphs run at a time. Returns how many paragraphs. */
int verbs_record(const struct stage *, const char *dir, const char *script, int jobs);

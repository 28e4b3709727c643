/* Options of a call, by getopt_long over the rows that its verb knows. */
#pragma once

#include "tui/verbs/call.h"

/* Parses `argv` (argv[0] is skipped) into call->values and leaves the operands in call->argc and
 * call->argv. `stop_at_operand`: what follows the first operand is for the verb. 0, or EXIT_USAGE
 * after saying what is wrong. */
int options_parse(struct call *call, int argc, char **argv, bool stop_at_operand);

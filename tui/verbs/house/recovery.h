/* The words of the recovery sheet on a command line. */
#pragma once

#include "core/store/recovery.h"
#include "tui/verbs/call.h"

#define RECOVERY_OPTION                                                                         \
	{                                                                                       \
		"recovery", { OPERAND_FILE },                                                   \
			N_("A file with the words of the recovery sheet; -: they are typed or " \
			   "scanned")                                                           \
	}

/* What --recovery names: 1 and *ret, 0 without it. Errors as recovery_read. */
int recovery_option(struct call *call, struct recovery *ret, struct err *err);

/* Prints the words for copying by hand, numbered. */
void recovery_tell(const struct recovery *);

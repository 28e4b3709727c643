/* What a restore did, or would do, in sentences for people. */
#pragma once

#include "core/audit/restore.h"

/* One line each: what is brought back, what is lost and where that can be looked up, what else
 * changes, where the old files are. The caller's. */
char *restore_words(const struct restore_report *, bool is_try);

/* One kiosk per folder: a second one would end the first one's visit. Verbs and boards that only
 * read run beside it. */
#pragma once

#include "core/base/err.h"

/* Takes the lock file "<path>", made when needed, for as long as *ret_fd stays open; a process that
 * ends in any way releases it. ERR_BUSY KIOSK_RUNNING when another process has it; ERR_STORAGE. */
int instance_claim(const char *path, int *ret_fd, struct err *err);

/* A person says that a doubted clock is right (clock_doubt.h). */
#pragma once

#include "core/store/act.h"

/* A volunteer and up says that the clock is right: an act, after which it is sure. Nothing when it
 * is already. ERR_REFUSED ROLE_NEEDED. */
int clock_accept(struct db *, const struct act *, struct err *err);

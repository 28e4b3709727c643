/* Names of residents in listings: masked, in full for staff (--as). */
#pragma once

#include "core/store/db.h"
#include "tui/verbs/verb.h"

/* The caller's; "" once erased. */
int who_name(struct db *db, int64_t resident, bool is_full, char **ret, struct err *err);

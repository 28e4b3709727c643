/* Names of residents in listings: masked, in full for staff (--as). */
#pragma once

#include "core/points/account.h"
#include "core/store/db.h"
#include "tui/verbs/call.h"

/* The caller's; "" once erased. */
int who_name(struct db *db, int64_t resident, bool is_full, char **ret, struct err *err);
/* The same for any holder of points: bodies and the system's accounts by their names. */
int holder_name(struct db *, struct holder, bool is_full, char **ret, struct err *err);

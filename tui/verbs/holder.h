/* Who holds points, as a command line names them, and as listings do. */
#pragma once

#include "core/points/account.h"
#include "tui/verbs/verb.h"

/* CARD as named_resident; "issue", "pool" … the system's accounts; "body:3" the body with that
 * number. Errors as named_resident, ERR_NOT_FOUND BODY_UNKNOWN. */
int named_holder(struct db *, const char *text, struct holder *ret, struct err *err);
/* Their name: of residents masked unless `is_full`. The caller's. */
int holder_name(struct db *, struct holder, bool is_full, char **ret, struct err *err);

/* Calling somebody who is overdue (doc/rules.md, Lending): the number is masked everywhere; showing
 * it is journalled. */
#pragma once

#include "core/store/act.h"

/* *ret is the full number, the caller's; "" when none is kept. The journal has the resident and who
 * looked, not the number. Each look is a separate act. ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_REFUSED
 * ROLE_NEEDED. */
int phone_reveal(struct db *, const struct act *, int64_t resident, char **ret, struct err *err);

/* Before a list shows the full numbers of `count` people: journals who looked and how many there
 * were, as the act's result. 0: nothing to record. ERR_REFUSED ROLE_NEEDED. */
int phone_note_list(struct db *, const struct act *, int count, struct err *err);

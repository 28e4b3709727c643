/* Calling somebody who is overdue (doc/rules.md, Lending): the number stands masked everywhere; who
 * shows it is on the record. */
#pragma once

#include "core/store/act.h"

/* *ret is the whole number, the caller's; "" when none is kept. The journal has the resident and
 * who looked, not the number. Each look is an act of its own. ERR_NOT_FOUND RESIDENT_UNKNOWN;
 * ERR_REFUSED ROLE_NEEDED. */
int phone_reveal(struct db *, const struct act *, int64_t resident, char **ret, struct err *err);

/* Before a list shows the whole numbers of `count` people: the journal has who looked and how many
 * they were, as the act's result. 0: nothing to note. ERR_REFUSED ROLE_NEEDED. */
int phone_note_list(struct db *, const struct act *, int count, struct err *err);

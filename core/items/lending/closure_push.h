/* An unannounced closure: the closure, and every due time within it, in one act. Nobody is late
 * because the door was shut (doc/rules.md, Lending). */
#pragma once

#include "core/site/hours.h"

struct acting;

/* Adds the closure as an emergency, whatever closure->is_emergency says. Each open loan that is due
 * while the venue is closed because of it is due at the closing time of the next open day instead
 * (with no opening in sight it stays); with hours of its own only what was due after them moves.
 * *ret_pushed is how many. Errors as closure_add. */
int closure_push_within(struct acting *, const struct closure *closure, int64_t *ret_id,
	int *ret_pushed, struct err *err);

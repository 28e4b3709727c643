/* Planning a shift and cancelling it. */
#pragma once

#include "core/duty/shift.h"

struct shift_draft {
	const char *name;
	int64_t start_at, end_at;
	int64_t needed;
	int64_t type; /* shift_type, or 0: a one-off */
};

/* ERR_INVALID TEXT_…, NUMBER_BAD ("needed"), DATE_BAD ("end_at": not later than the start);
 * ERR_REFUSED SHIFT_EXISTS: one of that type begins then already, or did until it was cancelled. */
int shift_add(struct db *, const struct act *, const struct shift_draft *, int64_t *ret_id,
	struct err *err);
/* It does not take place: the places on it are cancelled too, and the people are told.
 * ERR_NOT_FOUND SHIFT_UNKNOWN; ERR_REFUSED SHIFT_CANCELLED, ASSIGNMENT_ATTENDED when somebody has
 * come. */
int shift_cancel(struct db *, const struct act *, int64_t shift, struct err *err);

/* The weekly template, and the shifts that are made from it for a week. */
#pragma once

#include "core/base/when.h"
#include "core/store/act.h"

struct template_row {
	int64_t type;        /* shift_type */
	int weekday;         /* ISO, 1 Monday … 7 Sunday */
	int starts, ends;    /* minutes from local midnight; ends may lie beyond 1440 */
	bool on_closed_days; /* also when the venue is closed (core/site/hours.h) */
};

/* By weekday, start and type; *ret is the caller's (mem_free). Returns how many. */
int template_get(struct db *, struct template_row **ret, struct err *err);
/* Replaces the whole template. ERR_INVALID NUMBER_BAD "weekday", DATE_BAD "starts" (also a row
 * twice); ERR_NOT_FOUND SHIFT_TYPE_UNKNOWN. */
int template_set(struct db *, const struct act *, const struct template_row *rows, int count,
	struct err *err);

/* Makes the week's missing shifts; repeating it adds nothing. A day on which the venue is closed
 * has none, unless the row says so. *ret_added: how many. */
int shifts_make(struct db *, const struct act *, struct week week, int *ret_added, struct err *err);

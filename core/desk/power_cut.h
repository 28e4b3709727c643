/* The power-cut pack: who has what, today's bookings and duty, and blank slips with their own
 * codes, on paper before the power goes. */
#pragma once

#include "core/sheets/letterhead.h"
#include "core/store/act.h"

/* Issues the slips and draws the pack. If the caller has a transaction open, it happens in that,
 * together with the printing. ERR_REFUSED CODE_OUTDATED for a repeat of the act. */
int power_cut_build(struct db *, const struct act *, const struct letterhead *, struct sheet **ret,
	struct err *err);
/* The same, queued in the outbox: both or neither. *ret_paper may be NULL. */
int power_cut_queue(struct db *, const struct act *, const struct letterhead *, int64_t *ret_paper,
	struct err *err);

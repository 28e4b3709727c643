/* The power-cut pack: who has what, today's bookings and duty, and blank slips with codes of their
 * own, on paper before the power goes. */
#pragma once

#include "core/sheets/letterhead.h"
#include "core/store/act.h"

/* Issues the slips and draws the pack. In one transaction with whatever brings it to paper, when
 * the caller has one open. ERR_REFUSED CODE_OUTDATED for a repeat of the act. */
int power_cut_build(struct db *, const struct act *, const struct letterhead *, struct sheet **ret,
	struct err *err);
/* The same into the outbox: both or neither. *ret_paper may be NULL. */
int power_cut_queue(struct db *, const struct act *, const struct letterhead *, int64_t *ret_paper,
	struct err *err);

/* 押分: points set aside as a deposit, and what becomes of them (doc/rules.md, Lending). They leave
 * the balance and stay in the system's frozen account until they are settled: released, or partly
 * or wholly moved into the pool by a volunteer's decision. */
#pragma once

#include "core/points/account.h"

enum freeze_purpose { FREEZE_LOAN, FREEZE_BOOKING, FREEZE_PURPOSE_COUNT };

/* Only from the balance: a deposit is never owed. One open freeze per loan or booking, which may be
 * written after it, in the same act. ERR_INVALID NUMBER_BAD "amount"; ERR_REFUSED POINTS_SHORT,
 * FREEZE_EXISTS. */
struct freeze_draft {
	struct holder whose;
	struct points points;
	enum freeze_purpose purpose;
	int64_t of; /* the loan or booking */
};
int points_freeze(struct db *, const struct act *, const struct freeze_draft *, int64_t *ret_id,
	struct err *err);

/* `taken` go into the pool (0: none), the rest back where it came from. ERR_NOT_FOUND
 * FREEZE_UNKNOWN; ERR_REFUSED FREEZE_SETTLED, and WHY_NEEDED when any are taken; ERR_INVALID
 * NUMBER_BAD "amount" for more than there are. */
int freeze_settle(
	struct db *, const struct act *, int64_t id, struct points taken, struct err *err);

/* The same for a fee that was agreed on: taking it needs no reason. */
int freeze_charge(struct db *, const struct act *, int64_t id, struct points fee, struct err *err);

struct freeze {
	int64_t id;
	struct holder whose;
	struct points points, taken;
	int64_t frozen_at, settled_at; /* 0: open */
	int64_t transfer;              /* that set them aside */
};
/* The open one of a loan or booking: 1 and *ret, or 0. */
int freeze_of(struct db *, enum freeze_purpose, int64_t of, struct freeze *ret, struct err *err);
/* Its latest one, open or settled: 1 and *ret, or 0. */
int freeze_latest_of(
	struct db *, enum freeze_purpose, int64_t of, struct freeze *ret, struct err *err);

/* What a resident has frozen now. */
int points_frozen(struct db *, int64_t resident, struct points *ret, struct err *err);

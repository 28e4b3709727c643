/* Deposits in points (doc/rules.md, Lending): frozen at lending, released when a volunteer takes
 * the item back or inspects it, or after a number of open hours without an inspection (the setting
 * deposit_look_hours); on damage partly kept, as a volunteer decides. Waived (免押) by an override
 * with a reason: a resident with no points can still borrow a ladder. */
#pragma once

#include "core/points/freeze.h"

struct acting;

/* What lending with a deposit of `points` needs: adds DEPOSIT_SHORT (asked, there) to `refusal`
 * when the resident has less. *ret_is_short says so. */
int deposit_check(struct db *, int64_t resident, int64_t points, bool *ret_is_short,
	struct err *refusal, struct err *err);

/* Within the act that lends, takes back or undoes: freezes `points` (0: nothing), and releases what
 * is frozen for the loan, if anything is. */
int deposit_take_within(
	struct acting *, int64_t loan, int64_t resident, int64_t points, struct err *err);
int deposit_back_within(struct acting *, int64_t loan, struct err *err);
/* The return was undone: the deposit is frozen again, as far as the points are still there. */
int deposit_again_within(struct acting *, int64_t loan, struct err *err);
/* A volunteer has inspected the item and found nothing: the deposit of its last loan is
 * released. */
int deposit_looked_within(struct acting *, int64_t item, struct err *err);

/* A volunteer's decision on a loan that has ended: `taken` into the pool, the rest back.
 * ERR_NOT_FOUND LOAN_UNKNOWN, FREEZE_UNKNOWN (none open); ERR_REFUSED ITEM_OUT_OTHER (due),
 * WHY_NEEDED; ERR_INVALID NUMBER_BAD "amount". */
int deposit_settle(
	struct db *, const struct act *, int64_t loan, struct points taken, struct err *err);

struct deposit {
	int64_t loan, number; /* the loan's */
	int64_t item, resident;
	struct points points;
	int64_t returned_at; /* or reported as lost */
	bool is_lost;
};
struct deposit_list {
	struct deposit *rows;
	int count;
};
void deposit_list_finish(struct deposit_list *);
/* Those of ended loans, oldest first: what a volunteer has to decide. */
int deposits_to_settle(struct db *, struct deposit_list *ret, struct err *err);

/* Releases deposits on items that nobody inspected in time, of one resident or (0) of all.
 * *ret_count (may be NULL): how many. If the item is lost or has parts missing, it waits for a
 * volunteer however long. */
int deposits_release_due(
	struct db *, const struct act *, int64_t resident, int *ret_count, struct err *err);

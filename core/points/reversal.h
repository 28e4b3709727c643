/* 冲正: a wrong transfer is reversed by another one that is linked to it, once (doc/rules.md,
 * Points and hours). */
#pragma once

#include "core/points/ledger.h"

struct acting;

/* Needs act->why. Up to the setting reversal_alone one volunteer may do it; above, it needs a
 * second person (act->approver, not act->actor). Without one it waits: nothing is posted until a
 * coordinator settles it. An admin's override replaces the second person. ERR_NOT_FOUND
 * TRANSFER_UNKNOWN; ERR_REFUSED TRANSFER_REVERSED (or a reversal itself), TRANSFER_BOUND (a
 * deposit's or a redemption's: it is settled or undone there), REVERSAL_WAITS (requested already),
 * WHY_NEEDED, POINTS_SHORT. */
struct reversed {
	int64_t posted;  /* the transfer that reverses it, or 0 */
	int64_t waiting; /* what a coordinator has to settle, or 0 */
};
int transfer_reverse(
	struct db *, const struct act *, int64_t transfer, struct reversed *ret, struct err *err);

/* By a coordinator who is not the one who asked. ERR_NOT_FOUND REVERSAL_UNKNOWN; ERR_REFUSED
 * REVERSAL_SETTLED, SECOND_PERSON, POINTS_SHORT. *ret_posted is 0 when declined. */
int reversal_settle(struct db *, const struct act *, int64_t id, bool is_granted,
	int64_t *ret_posted, struct err *err);

struct reversal {
	int64_t id, transfer, asked_by, asked_at;
	struct points points;   /* that the transfer moved */
	char *kind;             /* of the transfer */
	struct holder from, to; /* of the transfer: the first giver, and the first receiver */
};
struct reversal_list {
	struct reversal *rows;
	int count;
};
void reversal_list_finish(struct reversal_list *);
/* Those that wait, oldest first. */
int reversals_waiting(struct db *, struct reversal_list *ret, struct err *err);

/* Within an act of the module that the transfer belongs to: reverses it there. ERR_REFUSED
 * TRANSFER_REVERSED, POINTS_SHORT. */
int transfer_take_back(struct acting *, int64_t transfer, int64_t *ret_id, struct err *err);

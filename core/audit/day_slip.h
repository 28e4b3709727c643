/* 日结单: the day in counts and sums, and the journal's head to 80 bits in a code that people can
 * type or scan. Whoever rewrites the journal later and recomputes its chain cannot rewrite the slip
 * on paper: day_slip_check finds the row it names with another hash (doc/decisions.md, Journal
 * row). */
#pragma once

#include "core/base/code.h"
#include "core/points/summary.h"

struct act_count {
	char *kind; /* "loan.open" … */
	int64_t count;
};
struct day_slip {
	struct day on;
	/* rows of the journal; first 0: nothing happened. Not all between them are of the day when
	 * the clock was wrong meanwhile */
	int64_t first, last;
	int64_t acts;
	struct act_count *kinds; /* by kind */
	int kind_count;
	struct period_sums points; /* of the day; balances are those of now */
	int64_t fund_fen;          /* that came in, less what was taken back */
	int64_t head;              /* the row that the code vouches for, with all before it */
	char code[CODE_TEXT_MAX];  /* "" for an empty journal */
};
void day_slip_finish(struct day_slip *);
/* Days are parted where they were recorded; of today as far as it has come. */
int day_slip_make(struct db *, struct day on, struct day_slip *ret, struct err *err);

/* Does the journal hold the row that the slip vouches for as it was then? *ret_seq is that row.
 * ERR_INVALID CODE_DAMAGED, CODE_WRONG_TYPE "slip"; ERR_STORAGE STORE_DAMAGED or STORE_BEHIND
 * (n1 the row); ERR_REFUSED SLIP_LOST, of entries that a restore lost. What
 * stands before the row is right if the chain is: verify.h, first. */
int day_slip_check(struct db *, const char *code, int64_t *ret_seq, struct err *err);

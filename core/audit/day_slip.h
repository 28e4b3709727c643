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
	/* rows of the journal; first 0: nothing happened. If the clock was wrong meanwhile, not all
	 * rows in between belong to the day */
	int64_t first, last;
	int64_t acts;
	struct act_count *kinds; /* by kind */
	int kind_count;
	struct period_sums points; /* of the day; balances are those of now */
	int64_t fund_fen;          /* that came in, minus what was taken back */
	int64_t head;              /* the row that the code vouches for, with all rows before it */
	char code[CODE_TEXT_MAX];  /* "" for an empty journal */
};
void day_slip_finish(struct day_slip *);
/* Rows are counted for the day on which they were recorded; today up to now. */
int day_slip_make(struct db *, struct day on, struct day_slip *ret, struct err *err);

/* Does the journal still hold the row that the slip vouches for, unchanged? *ret_seq is that row.
 * ERR_INVALID CODE_DAMAGED, CODE_WRONG_TYPE "slip"; ERR_STORAGE STORE_DAMAGED or STORE_BEHIND (n1
 * the row); ERR_REFUSED SLIP_LOST, for entries that a restore lost. The rows before it are right if
 * the chain is: check with verify.h first. */
int day_slip_check(struct db *, const char *code, int64_t *ret_seq, struct err *err);

/* What a posting does to the lots of its accounts: for the files of core/points. */
#pragma once

#include "core/points/account.h"
#include "core/points/account_row.h"

struct acting;

/* What was taken out of lots in one transfer, on its way to somebody else. */
struct lot_piece {
	char expires_on[11];
	int64_t amount;
};
struct lots {
	int64_t restores; /* posting.h */
	int64_t first;    /* the lot that is used before all others, or 0 */
	bool is_issued;   /* nobody gave it: new lots get their date from the setting */
	struct lot_piece *pieces;
	int count;
};
void lots_finish(struct lots *);

/* One entry of an account; `before` is the account's state before it. */
int lots_move(struct acting *, struct lots *, const struct account *before, int64_t entry,
	struct points amount, struct err *err);

/* ---- their rows: shared with lot.c ---- */

struct lot {
	int64_t id, remaining;
	char expires_on[11];
};
/* All rows at once: they are changed while iterating over them. */
struct lot_list {
	struct lot *rows;
	int count;
};

struct row_type;
extern const struct row_type lot_rows; /* of id, remaining, expires_on */
void lot_list_finish(struct lot_list *);

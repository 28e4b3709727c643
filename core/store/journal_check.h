/* Checks the journal's chain: each row's hash is computed again from what is stored. */
#pragma once

#include "core/store/journal.h"

/* Piece by piece, so that a screen can go on meanwhile. Start with JOURNAL_CHECK_INIT. */
struct journal_check {
	int64_t seq; /* checked so far */
	unsigned char hash[JOURNAL_HASH_SIZE];
};
#define JOURNAL_CHECK_INIT \
	{                  \
		0          \
	}

/* Checks up to `rows` more rows: 1 there is more, 0 all is well, ERR_STORAGE STORE_DAMAGED whose n1
 * is the first wrong row. */
int journal_check_step(struct db *, struct journal_check *, int rows, struct err *err);

/* Checks the whole chain, on all processors; *ret_rows is the number of rows. */
int journal_verify(struct db *, int64_t *ret_rows, struct err *err);

/* The same in so many parts at once, 1 … JOURNAL_PARTS_MAX, each on a thread of its own. A database
 * in memory or in a transaction, which other connections cannot see, is checked in one part. */
#define JOURNAL_PARTS_MAX 8
int journal_verify_parts(struct db *, int parts, int64_t *ret_rows, struct err *err);

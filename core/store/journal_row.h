/* A row of the journal as it is hashed: shared by journal.c, which appends, and journal_check.c.
 *
 * Hash = BLAKE2b-256 over a format byte, the previous hash and the length-prefixed stored bytes of
 * each column; what is stored is never serialised again. */
#pragma once

#include "core/base/field.h"
#include "core/store/journal_head.h"

/* The columns that are hashed, in this order: integers of nine bytes each (is-null, value), then
 * bytes, each preceded by its length. */
#define JOURNAL_INT_COLUMNS                                                                    \
	"seq, site, epoch, recorded_at, occurred_at, version, role, actor, approver, station," \
	" resident, subject, undoes, counter, result"
#define JOURNAL_BYTE_COLUMNS "kind, body, key, inputs"
enum { JOURNAL_INTS = 15, JOURNAL_BYTES = 4 };

struct db;
struct err;

struct journal_row {
	struct field ints[JOURNAL_INTS];
	struct {
		const void *data;
		size_t size;
	} bytes[JOURNAL_BYTES];
};

void journal_row_hash(const struct journal_row *, const unsigned char previous[JOURNAL_HASH_SIZE],
	unsigned char ret[JOURNAL_HASH_SIZE]);

/* ERR_STORAGE STORE_DAMAGED whose n1 is the row. */
int journal_broken_at(struct db *, int64_t seq, struct err *err);

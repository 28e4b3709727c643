#include "core/store/journal_row.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#define HASH_FORMAT 1

static void put64(unsigned char *out, uint64_t v)
{
	for (int i = 0; i < 8; i++)
		out[i] = (unsigned char)(v >> (56 - 8 * i));
}

void journal_row_hash(const struct journal_row *row,
	const unsigned char previous[JOURNAL_HASH_SIZE], unsigned char ret[JOURNAL_HASH_SIZE])
{
	crypto_generichash_state state;
	unsigned char fixed[1 + JOURNAL_HASH_SIZE + 9 * JOURNAL_INTS] = { HASH_FORMAT };
	unsigned char *at = fixed + 1 + JOURNAL_HASH_SIZE;

	memcpy(fixed + 1, previous, JOURNAL_HASH_SIZE);
	for (int i = 0; i < JOURNAL_INTS; i++, at += 9) {
		at[0] = row->ints[i].type == FIELD_NULL;
		put64(at + 1, (uint64_t)row->ints[i].integer);
	}
	crypto_generichash_init(&state, NULL, 0, JOURNAL_HASH_SIZE);
	crypto_generichash_update(&state, fixed, sizeof(fixed));
	for (int i = 0; i < JOURNAL_BYTES; i++) {
		unsigned char length[8];
		put64(length, row->bytes[i].size);
		crypto_generichash_update(&state, length, sizeof(length));
		crypto_generichash_update(&state, row->bytes[i].data, row->bytes[i].size);
	}
	crypto_generichash_final(&state, ret, JOURNAL_HASH_SIZE);
}

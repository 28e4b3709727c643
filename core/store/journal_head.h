/* Where the journal ends: its last row, and the hash that the next one follows. */
#pragma once

#include <stdint.h>

#define JOURNAL_KEY_SIZE  16 /* ACT_KEY_SIZE (act.h) */
#define JOURNAL_HASH_SIZE 32

struct journal_head {
	int64_t epoch, seq; /* seq 0: empty */
	unsigned char hash[JOURNAL_HASH_SIZE];
};

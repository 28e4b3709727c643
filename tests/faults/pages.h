/* All pages of a database as a reader sees them, of the file and of its WAL, as one number: states
 * with the same number have the same content. */
#pragma once

#include <sodium.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

#define PAGES_DIGEST 32

static inline bool pages_digest(sqlite3 *db, unsigned char ret[PAGES_DIGEST])
{
	sqlite3_int64 size = 0;
	unsigned char *pages = sqlite3_serialize(db, "main", &size, 0);
	bool is_read = pages && size >= 100;

	if (is_read) {
		/* How it is journalled, and change counters: not content. */
		memset(pages + 18, 0, 2);
		memset(pages + 24, 0, 4);
		memset(pages + 92, 0, 8);
		crypto_generichash(ret, PAGES_DIGEST, pages, (unsigned long long)size, NULL, 0);
	}
	sqlite3_free(pages);
	return is_read;
}

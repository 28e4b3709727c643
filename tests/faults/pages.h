/* All pages of a database as a reader sees them, of the file and of its WAL, as one number: states
 * with the same number have the same content. */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>

#include "tests/faults/paged.h"

#define PAGES_DIGEST 32

struct pages;
struct pages *pages_create(void);
void pages_destroy(struct pages *);

/* False: it cannot be read. */
bool pages_digest(struct pages *, sqlite3 *db, unsigned char ret[PAGES_DIGEST]);
/* Of a file that has all of it: no WAL or journal holds anything more. */
bool pages_digest_file(struct pages *, const struct paged *file, unsigned char ret[PAGES_DIGEST]);

/* A venue as large as a town, for benches: residents with names and cards, items, and years of
 * loans, each with a row in the journal.
 *
 * For speed the tables are written with plain SQL, bypassing the acts. The journal is a valid chain
 * of lends and knows of nothing else (`jiaplus verify` would say so). The tables obey the schema
 * and its triggers. The same size gives the same venue. */
#pragma once

#include "core/base/code.h"
#include "core/store/db.h"

struct scale {
	int residents, titles, items, loans; /* loans: a multiple of items */
};
extern const struct scale scale_full; /* 67,000, 8,000, 20,000, 2,000,000 */
struct scale scale_part(int percent); /* of it, by each */

/* A new database at `path`; its clock is set to SCALE_NOW. Ends the program on failure. */
#define SCALE_NOW INT64_C(1795240800) /* 2026-11-21T14:00+08:00 */
void scale_make(const char *path, const struct scale *);

/* One of those that were made, counted from 1. */
int64_t scale_resident(int number);
int64_t scale_title(int number);
int64_t scale_item(int number);
void scale_token(int resident, unsigned char token[CODE_TOKEN_SIZE]);

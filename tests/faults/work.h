/* What a counter does all day, the same each time, for tests that attack what it relies on: acts
 * with known keys, at most two of any kind in a row, and what must be true afterwards. */
#pragma once

#include "core/store/act.h"
#include "core/store/journal_check.h"
#include "core/store/replay.h"
#include "tests/faults/pages.h"

#define WORK_ITEMS 4
#define WORK_ACTS  32

struct work {
	char dir[64], path[96]; /* a folder of its own, the database in it */
	struct clock clock;
	int64_t resident, items[WORK_ITEMS];
	int64_t rows; /* of the journal, before the first act */
	unsigned char hash[WORK_ACTS + 1]
			  [JOURNAL_HASH_SIZE]; /* of the journal after that many acts */
	/* In memory: what the journal is replayed into, and what the schema is compared with. */
	struct db *scratch, *fresh;
	/* What a database holds after so many acts, once that has been checked whole. */
	struct pages *pages;
	struct {
		unsigned char pages[PAGES_DIGEST];
		bool is_known;
	} proven[WORK_ACTS + 1];
};
void work_create(struct work *ret); /* asserts */
void work_remove(struct work *);

/* The seed of a random test, printed: $JIAPLUS_SEED, which repeats a run, or the time. */
unsigned work_seed(void);
/* How many cases to try: `everyday`, or $JIAPLUS_EFFORT times as many. */
int work_effort(int everyday);

/* In a child that a test traces: the leak check needs a tracer too, and there can be only one. */
void work_may_be_traced(void);

/* Act `number` (1 to WORK_ACTS): lends, renews, returns or undoes. Each needs those before it; the
 * same number again is the same intention. */
int work_act(const struct work *, struct db *, int number, struct err *err);
void work_key(int number, unsigned char key[ACT_KEY_SIZE]);
/* Does the journal contain it? -1 when it cannot be read. */
int work_has(struct db *, int number);

/* What verify_run does with a scratch file, done in memory, which is quicker. */
int work_verify(const struct work *, struct db *, struct replay_difference *ret, struct err *err);

/* How many acts are there, if they are the first ones and their journal rows are as always, the
 * chain holds, and the replay of the journal equals the tables. Otherwise -1 and what is wrong, the
 * caller's. */
int work_check(const struct work *, struct db *, char **ret_fault);
/* The same, of a state whose pages have been checked before only that it is no older than the
 * tripwire. */
int work_check_once(struct work *, struct db *, char **ret_fault);

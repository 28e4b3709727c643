/* What a caller tells an act (doc/architecture.md, rules 2 and 3). How an act is written is in
 * acting.h, which only the files that do acts include, so that a new kind recompiles no others. */
#pragma once

#include "core/store/db.h"
#include "core/store/role.h"

#define ACT_KEY_SIZE 16

/* What every act is told: who, for whom, when, why. Every field but `role` may be zero. */
struct act {
	enum role role;   /* authenticated; ROLE_RESIDENT for the person at the kiosk */
	int64_t actor;    /* staff id, or 0 */
	int64_t approver; /* staff id of a second person, or 0 */
	int64_t resident; /* whom it is about or for, or 0 */
	/* 0: now. Earlier: a backdated entry, volunteers and up, needs `why` */
	int64_t occurred_at;
	const char *why;  /* free text, kept apart from the journal; NULL: none */
	bool is_override; /* a rule is broken by a named person: volunteers and up, needs `why` */
	/* one key for one intention; all zero: a random one is drawn */
	unsigned char key[ACT_KEY_SIZE];
};

/* A fresh random key. */
void act_new_key(unsigned char key[ACT_KEY_SIZE]);

/* After ERR_UNSURE: did the act with this key happen? 1 yes (*ret_result), 0 no, and a power cut
 * does not change the answer; ERR_UNSURE while the disk does not answer. */
int act_recheck(
	struct db *, const unsigned char key[ACT_KEY_SIZE], int64_t *ret_result, struct err *err);

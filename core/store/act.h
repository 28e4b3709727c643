/* What acts are told (doc/architecture.md, rules 2 and 3), for whoever calls one. How one is done
 * is in acting.h, which only the files that do acts include: a new kind compiles no other again. */
#pragma once

#include "core/store/db.h"
#include "core/store/role.h"

#define ACT_KEY_SIZE 16

/* What every act is told: who, for whom, when, why. Zero serves for all but `role`. */
struct act {
	enum role role;   /* authenticated; ROLE_RESIDENT for the person at the kiosk */
	int64_t actor;    /* staff id, or 0 */
	int64_t approver; /* staff id of a second person, or 0 */
	int64_t resident; /* whom it is about or for, or 0 */
	/* 0: now. Earlier: a backdated entry, volunteers and up, needs `why` */
	int64_t occurred_at;
	const char *why;  /* free text, kept apart from the journal; NULL: none */
	bool is_override; /* a rule is broken by a named person: volunteers and up, needs `why` */
	/* one intention, one key; all zero: a fresh one is drawn */
	unsigned char key[ACT_KEY_SIZE];
};

/* A fresh random key. */
void act_new_key(unsigned char key[ACT_KEY_SIZE]);

/* After ERR_UNSURE: did the act with this key happen? 1 yes (*ret_result), 0 no, and so it stays
 * through a power cut; ERR_UNSURE while the disk does not answer. */
int act_recheck(
	struct db *, const unsigned char key[ACT_KEY_SIZE], int64_t *ret_result, struct err *err);

/* The journal's row that the last commit on this handle wrote. */
int64_t act_last_seq(const struct db *);

/* Staff: who may do what at the counter, and how they prove it.
 *
 * A person proves it with a PIN of 6 digits: argon2id over the PIN and their id, keyed with a
 * secret outside the database (the pepper). At the counter the PIN goes with a scanned card; after
 * 5 wrong ones the card is locked for 15 minutes, 30, 60 … up to a day. Those typed at the shell
 * count separately and lock only the shell: nobody is shut out both ways. The counts are kept in
 * the database, so that a restart does not clear them; an administrator can end a lock. A service
 * account (cron) has a 256-bit token in a file of mode 0600, no lockout, and only the rights of
 * ROLE_SERVICE. */
#pragma once

#include "core/store/act.h"

#define STAFF_CODE_MAX   24 /* lower-case letters, digits and -, beginning with a letter */
#define STAFF_PIN_DIGITS 6
#define STAFF_HASH_SIZE  128

struct staff {
	int64_t id;
	int64_t resident;          /* whose card opens volunteer mode, or 0 */
	enum role role;            /* volunteer, coordinator, admin, service */
	int64_t added_at, left_at; /* left_at 0: still here */
	char code[STAFF_CODE_MAX + 1];
};

/* Those who are still here. ERR_NOT_FOUND STAFF_UNKNOWN. */
int staff_by_code(struct db *db, const char *code, struct staff *ret, struct err *err);
int staff_by_resident(struct db *db, int64_t resident, struct staff *ret, struct err *err);
/* Also those who left. */
int staff_get(struct db *db, int64_t id, struct staff *ret, struct err *err);
/* "" when erased. The caller's. */
int staff_name(struct db *db, int64_t id, char **ret, struct err *err);

/* "volunteer", "coordinator", "admin", "service". ERR_INVALID WORD_BAD "role". */
const char *staff_role_name(enum role role);
int staff_role_parse(const char *text, enum role *ret, struct err *err);

struct staff_row {
	struct staff staff;
	char *name;
	bool has_pin;         /* or a token */
	int64_t locked_until; /* one way or both; 0: not locked */
};
struct staff_list {
	struct staff_row *rows;
	int count;
};
void staff_list_finish(struct staff_list *);
/* Those who are still here, highest role first, then by code. */
int staff_list(struct db *db, struct staff_list *ret, struct err *err);

struct staff_new {
	const char *code, *name;
	enum role role;
	int64_t resident; /* or 0 */
};
/* Without a PIN: nobody gets in before staff_pin_set. ERR_INVALID STAFF_CODE_BAD, TEXT_… "name";
 * ERR_REFUSED STAFF_EXISTS (code, or the resident's other account), ROLE_NEEDED,
 * RESIDENT_UNKNOWN. */
int staff_add(struct db *db, const struct act *act, const struct staff_new *staff, int64_t *ret_id,
	struct err *err);
/* ERR_NOT_FOUND STAFF_UNKNOWN. */
int staff_leave(struct db *db, const struct act *act, int64_t id, struct err *err);

/* ---- the pepper: DIR/pepper.key, 32 random bytes in hex, mode 0600 ---- */

struct pepper {
	unsigned char key[32];
};
/* Creates the file; an existing one is kept and opened. */
int pepper_create(const char *dir, struct pepper *ret, struct err *err);
/* ERR_NOT_FOUND FILE_MISSING: without it no PIN works and all must be set anew. ERR_STORAGE
 * FILE_UNREADABLE; FILE_BAD when damaged or readable by others. */
int pepper_open(const char *dir, struct pepper *ret, struct err *err);

/* ---- PIN ---- */

/* Hashes a new PIN for this member of staff, and for nobody else. 43 ms, for a worker. ERR_INVALID
 * PIN_SHAPE (n1 digits); ERR_REFUSED PIN_WEAK for what anybody tries first: one digit six times,
 * runs (123456, 987654), short patterns repeated (121212, 123123, 112233, 123321) and keypad
 * favourites. */
int staff_pin_hash(const struct pepper *pepper, int64_t staff, const char *pin,
	char ret[STAFF_HASH_SIZE], struct err *err);
/* Generates one that nobody would try first, and hashes it. */
int staff_pin_draw(const struct pepper *pepper, int64_t staff, char ret_pin[STAFF_PIN_DIGITS + 1],
	char ret[STAFF_HASH_SIZE], struct err *err);
/* Also ends a lockout. ERR_NOT_FOUND STAFF_UNKNOWN. */
int staff_pin_set(
	struct db *db, const struct act *act, int64_t staff, const char *hash, struct err *err);
/* Ends a lockout and clears the wrong PINs; the PIN stays. ERR_NOT_FOUND STAFF_UNKNOWN. */
int staff_unlock(struct db *db, const struct act *act, int64_t staff, struct err *err);

/* One try with a scanned card, in three steps; the middle one is pure and slow. */
struct pin_check {
	int64_t staff;
	int64_t bound_to; /* whose id is in the hash; 0: a PIN from before they were bound */
	struct pepper pepper;
	char pin[STAFF_PIN_DIGITS + 1];
	char hash[STAFF_HASH_SIZE];
	char rebound[STAFF_HASH_SIZE]; /* such a PIN hashed anew, once it is found right */
};
/* Counts the try before its outcome is known, so that pulling the plug gains nothing. ERR_NOT_FOUND
 * STAFF_UNKNOWN; ERR_REFUSED PIN_LOCKED (until when), PIN_NONE; ERR_INVALID PIN_SHAPE, which does
 * not count as a try. */
int staff_pin_begin(struct db *db, const char *code, const char *pin, const struct pepper *pepper,
	struct pin_check *ret, struct err *err);
/* True if the PIN is right. Wipes PIN and pepper from `check`. Touches nothing else: for a worker.
 */
bool pin_check_run(struct pin_check *check);
/* ERR_REFUSED PIN_WRONG (n1 tries left) or PIN_LOCKED (until when). A right PIN clears the tries;
 * one from before PINs were bound is bound to its owner now. */
int staff_pin_finish(struct db *db, const struct pin_check *check, bool is_right, struct staff *ret,
	struct err *err);

/* All three at once, for a shell; the try is counted after it failed, and a right PIN writes
 * nothing: anybody who could interrupt in between has the pepper anyway. */
int staff_pin_check(struct db *db, const char *code, const char *pin, const struct pepper *pepper,
	struct staff *ret, struct err *err);

/* ---- service accounts ---- */

/* Generates a token, writes it to `path` (must not exist; 0600) and stores its hash. ERR_STORAGE
 * FILE_UNWRITABLE; ERR_REFUSED FILE_EXISTS, STAFF_NOT_SERVICE. */
int staff_token_issue(
	struct db *db, const struct act *act, int64_t staff, const char *path, struct err *err);
/* The member of staff `code`, proved by the token in the file. ERR_REFUSED TOKEN_WRONG;
 * ERR_NOT_FOUND FILE_MISSING, STAFF_UNKNOWN; FILE_BAD when others can read the file. */
int staff_token_check(
	struct db *db, const char *code, const char *path, struct staff *ret, struct err *err);

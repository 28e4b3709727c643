/* Staff: who may do what at the counter, and how they prove it.
 *
 * A person proves it with a PIN of 6 digits: argon2id over the PIN keyed with a secret outside the
 * database (the pepper), 5 tries, then locked for 15 minutes, 30, 60 … up to a day; kept in the
 * database, so that a restart forgets nothing. A service account (cron) has a 256-bit token in a
 * file of mode 0600 and no lockout. */
#pragma once

#include "core/store/act.h"

#define STAFF_CODE_MAX   24 /* small letters, digits and -, beginning with a letter */
#define STAFF_PIN_DIGITS 6
#define STAFF_PIN_TRIES  5
#define STAFF_LOCK_FIRST (15 * 60)
#define STAFF_LOCK_LAST  (24 * 60 * 60)
#define STAFF_HASH_SIZE  128

struct staff {
	int64_t id;
	int64_t resident; /* whose card opens volunteer mode, or 0 */
	enum role role;   /* volunteer, coordinator, admin */
	bool is_service;
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

/* "volunteer", "coordinator", "admin". ERR_INVALID WORD_BAD "role". */
const char *staff_role_name(enum role role);
int staff_role_parse(const char *text, enum role *ret, struct err *err);

struct staff_row {
	struct staff staff;
	char *name;
	bool has_pin; /* or a token */
};
struct staff_list {
	struct staff_row *rows;
	int count;
};
void staff_list_finish(struct staff_list *);
/* Those who are still here, who may do most first, then by code. */
int staff_list(struct db *db, struct staff_list *ret, struct err *err);

struct staff_new {
	const char *code, *name;
	enum role role;
	int64_t resident; /* or 0 */
	bool is_service;
};
/* Without PIN: nobody gets in before staff_pin_set. ERR_INVALID STAFF_CODE_BAD, TEXT_… "name";
 * ERR_REFUSED STAFF_EXISTS (code, or the resident's other account), ROLE_NEEDED, RESIDENT_UNKNOWN.
 */
int staff_add(struct db *db, const struct act *act, const struct staff_new *staff, int64_t *ret_id,
	struct err *err);
/* ERR_NOT_FOUND STAFF_UNKNOWN. */
int staff_leave(struct db *db, const struct act *act, int64_t id, struct err *err);

/* ---- the pepper: DIR/pepper.key, 32 random bytes in hex, mode 0600 ---- */

struct pepper {
	unsigned char key[32];
};
/* Makes the file; one that is there is kept and opened. */
int pepper_create(const char *dir, struct pepper *ret, struct err *err);
/* ERR_NOT_FOUND FILE_MISSING: without it no PIN works and all must be set anew. ERR_STORAGE
 * FILE_UNREADABLE; FILE_BAD when damaged or readable by others. */
int pepper_open(const char *dir, struct pepper *ret, struct err *err);

/* ---- PIN ---- */

/* Hashes a new PIN: 43 ms, for a worker. ERR_INVALID PIN_SHAPE (n1 digits); ERR_REFUSED PIN_WEAK
 * for what anybody tries first: one digit six times, runs (123456, 987654), short patterns repeated
 * (121212, 123123, 112233, 123321) and keypad favourites. */
int staff_pin_hash(
	const struct pepper *pepper, const char *pin, char ret[STAFF_HASH_SIZE], struct err *err);
/* Draws one that nobody would try first, and hashes it. */
int staff_pin_draw(const struct pepper *pepper, char ret_pin[STAFF_PIN_DIGITS + 1],
	char ret[STAFF_HASH_SIZE], struct err *err);
/* Also ends a lockout. ERR_NOT_FOUND STAFF_UNKNOWN. */
int staff_pin_set(
	struct db *db, const struct act *act, int64_t staff, const char *hash, struct err *err);

/* One try, in three steps; the middle one is pure and slow. */
struct pin_check {
	int64_t staff;
	struct pepper pepper;
	char pin[STAFF_PIN_DIGITS + 1];
	char hash[STAFF_HASH_SIZE];
};
/* Counts the try before its outcome is known, so that pulling the plug wins nothing.
 * ERR_NOT_FOUND STAFF_UNKNOWN; ERR_REFUSED PIN_LOCKED (until when), PIN_NONE; ERR_INVALID
 * PIN_SHAPE, which is no try. */
int staff_pin_begin(struct db *db, const char *code, const char *pin, const struct pepper *pepper,
	struct pin_check *ret, struct err *err);
/* True if the PIN is right. Wipes PIN and pepper from `check`. Touches nothing else: for a worker.
 */
bool pin_check_run(struct pin_check *check);
/* ERR_REFUSED PIN_WRONG (n1 tries left) or PIN_LOCKED (until when). A right PIN forgets the tries.
 */
int staff_pin_finish(struct db *db, const struct pin_check *check, bool is_right, struct staff *ret,
	struct err *err);

/* All three at once, for verbs. */
int staff_pin_check(struct db *db, const char *code, const char *pin, const struct pepper *pepper,
	struct staff *ret, struct err *err);

/* ---- service accounts ---- */

/* Draws a token, writes it to `path` (must not exist; 0600) and keeps its hash. ERR_STORAGE
 * FILE_UNWRITABLE; ERR_REFUSED FILE_EXISTS, STAFF_NOT_SERVICE. */
int staff_token_issue(
	struct db *db, const struct act *act, int64_t staff, const char *path, struct err *err);
/* Who proves to be `code` by the token in the file. ERR_REFUSED TOKEN_WRONG; ERR_NOT_FOUND
 * FILE_MISSING, STAFF_UNKNOWN; FILE_BAD when others can read the file. */
int staff_token_check(
	struct db *db, const char *code, const char *path, struct staff *ret, struct err *err);

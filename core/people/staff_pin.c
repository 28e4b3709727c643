#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/lockout.h"
#include "core/people/reasons.h"
#include "core/people/secret.h"
#include "core/people/staff.h"
#include "core/store/acting.h"
#include "core/store/clock_doubt.h"

static_assert(STAFF_HASH_SIZE >= crypto_pwhash_STRBYTES, "the hash fits");
static_assert(sizeof(((struct pepper *)0)->key) == SECRET_SIZE, "the pepper is a secret file");

/* ---- the pepper ---- */

static char *pepper_path(const char *dir)
{
	return mem_printf("%s/pepper.key", dir);
}

int pepper_create(const char *dir, struct pepper *ret, struct err *err)
{
	CLEANUP(mem_free) char *path = pepper_path(dir);

	if (access(path, F_OK) == 0)
		return secret_open(path, ret->key, err);
	return secret_create(path, ret->key, err);
}

int pepper_open(const char *dir, struct pepper *ret, struct err *err)
{
	CLEANUP(mem_free) char *path = pepper_path(dir);

	return secret_open(path, ret->key, err);
}

/* ---- what makes a PIN ---- */

static int check_shape(const char *pin, struct err *err)
{
	if (strlen(pin) == STAFF_PIN_DIGITS && strspn(pin, "0123456789") == STAFF_PIN_DIGITS)
		return 0;
	return err_set(err, ERR_INVALID, REASON(PIN_SHAPE, .n1 = STAFF_PIN_DIGITS));
}

/* 123456, 890123, 987654. */
static bool is_run(const char *pin)
{
	for (int step = -1; step <= 1; step += 2) {
		int i = 1;
		while (i < STAFF_PIN_DIGITS && (pin[i] - pin[i - 1] - step) % 10 == 0)
			i++;
		if (i == STAFF_PIN_DIGITS)
			return true;
	}
	return false;
}

/* 000000, 121212, 123123. */
static bool is_repeated(const char *pin)
{
	for (int period = 1; period <= STAFF_PIN_DIGITS / 2; period++)
		if (strncmp(pin, pin + period, (size_t)(STAFF_PIN_DIGITS - period)) == 0)
			return true;
	return false;
}

static bool is_weak(const char *pin)
{
	static const char *const favourites[] = { "112233", "332211", "123321", "654456", "147258",
		"258369", "159357", "159753", "147369", "789456", "456789", "123654", "111222",
		"888666", "666888", "520131", "521521", "100200", "112358" };

	if (is_run(pin) || is_repeated(pin))
		return true;
	for (size_t i = 0; i < ARRAY_LEN(favourites); i++)
		if (strcmp(favourites[i], pin) == 0)
			return true;
	return false;
}

/* The id as bytes, the same on every machine. */
static void add_owner(crypto_generichash_state *state, int64_t staff)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)staff >> (56 - 8 * i));
	crypto_generichash_update(state, bytes, sizeof(bytes));
}

/* Whoever copies the database can try a million PINs in no time; without the pepper they can't. And
 * a hash copied to another member of staff opens nothing there, since it includes the owner's id.
 * `staff` 0: how PINs were hashed before they were bound. */
static void season(
	const struct pepper *pepper, int64_t staff, const char *pin, unsigned char out[32])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, pepper->key, sizeof(pepper->key), 32);
	crypto_generichash_update(&state, (const unsigned char *)pin, strlen(pin));
	if (staff)
		add_owner(&state, staff);
	crypto_generichash_final(&state, out, 32);
	sodium_memzero(&state, sizeof(state));
}

/* False: 64 MB were not available. */
static bool hash_pin(
	const struct pepper *pepper, int64_t staff, const char *pin, char ret[STAFF_HASH_SIZE])
{
	unsigned char seasoned[32];

	season(pepper, staff, pin, seasoned);
	memset(ret, 0, STAFF_HASH_SIZE);
	int r = crypto_pwhash_str(ret, (const char *)seasoned, sizeof(seasoned),
		crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
	sodium_memzero(seasoned, sizeof(seasoned));
	return r == 0;
}

int staff_pin_hash(const struct pepper *pepper, int64_t staff, const char *pin,
	char ret[STAFF_HASH_SIZE], struct err *err)
{
	assert(staff > 0);
	TRY(check_shape(pin, err));
	if (is_weak(pin))
		return err_set(err, ERR_REFUSED, REASON(PIN_WEAK));
	if (!hash_pin(pepper, staff, pin, ret))
		return err_set(err, ERR_DEVICE, REASON_TEXT(HELPER_FAILED, "argon2id"));
	return 0;
}

int staff_pin_draw(const struct pepper *pepper, int64_t staff, char ret_pin[STAFF_PIN_DIGITS + 1],
	char ret[STAFF_HASH_SIZE], struct err *err)
{
	do {
		for (int i = 0; i < STAFF_PIN_DIGITS; i++)
			ret_pin[i] = (char)('0' + randombytes_uniform(10));
		ret_pin[STAFF_PIN_DIGITS] = '\0';
	} while (is_weak(ret_pin));
	return staff_pin_hash(pepper, staff, ret_pin, ret, err);
}

/* Writes the hash that proves who they are, bound to their id, within the act. */
static int keep_hash(struct acting *a, int64_t staff, const char *hash, struct err *err)
{
	TRY(act_update(a, "staff", staff, FIELDS(F_INT("pin_bound_at", a->now)), err));
	return act_private(a, "staff_private", staff, FIELDS(F_TEXT("pin_hash", hash)), err);
}

int staff_pin_set(
	struct db *db, const struct act *act, int64_t id, const char *hash, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct staff staff;

	TRY(act_begin(&a, db, act, ACT_STAFF_PIN, FIELDS(F_INT("staff", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(staff_get(db, id, &staff, err));
	if (staff.left_at || staff.role == ROLE_SERVICE)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, staff.code));
	act_set_subject(&a, id, staff.resident);
	TRY(keep_hash(&a, id, hash, err));
	TRY(lockout_end(db, id, err));
	return act_commit(&a, id, err);
}

int staff_unlock(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct staff staff;

	TRY(act_begin(&a, db, act, ACT_STAFF_UNLOCK, FIELDS(F_INT("staff", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(staff_get(db, id, &staff, err));
	act_set_subject(&a, id, staff.resident);
	TRY(lockout_end(db, id, err));
	return act_commit(&a, id, err);
}

/* ---- tries ---- */

/* The hash, and whose id is in it: 0, not bound yet. */
static int read_hash(
	struct db *db, int64_t staff, char **ret, int64_t *ret_bound_to, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"SELECT p.pin_hash AS pin_hash, s.pin_bound_at IS NOT NULL AS is_bound"
		" FROM staff s LEFT JOIN staff_private p ON p.id = s.id WHERE s.id = :id",
		FIELDS(F_INT("id", staff)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	const char *hash = r ? query_text0(&q, "pin_hash") : "";
	if (!*hash || strlen(hash) >= STAFF_HASH_SIZE)
		return err_set(err, ERR_REFUSED, REASON(PIN_NONE));
	*ret = mem_text(hash);
	*ret_bound_to = query_int(&q, "is_bound") ? staff : 0;
	return 0;
}

/* Reads what pin_check_run needs; counts nothing yet. */
static int prepare(struct db *db, const char *code, const char *pin, const struct pepper *pepper,
	struct pin_check *ret, struct err *err)
{
	CLEANUP(mem_free) char *hash = NULL;
	struct staff staff;
	int64_t bound_to;

	TRY(check_shape(pin, err));
	TRY(staff_by_code(db, code, &staff, err));
	if (staff.role == ROLE_SERVICE)
		return err_set(err, ERR_REFUSED, REASON(PIN_NONE));
	TRY(read_hash(db, staff.id, &hash, &bound_to, err));
	*ret = (struct pin_check){ .staff = staff.id, .bound_to = bound_to, .pepper = *pepper };
	memcpy(ret->pin, pin, STAFF_PIN_DIGITS);
	memcpy(ret->hash, hash, strlen(hash));
	return 0;
}

int staff_pin_begin(struct db *db, const char *code, const char *pin, const struct pepper *pepper,
	struct pin_check *ret, struct err *err)
{
	struct pin_check check;

	TRY(prepare(db, code, pin, pepper, &check, err));
	int r = lockout_count(db, check.staff, LOCKOUT_CARD, err);
	if (r == 0)
		*ret = check;
	sodium_memzero(&check, sizeof(check));
	return r;
}

bool pin_check_run(struct pin_check *check)
{
	unsigned char seasoned[32];

	season(&check->pepper, check->bound_to, check->pin, seasoned);
	bool is_right = crypto_pwhash_str_verify(
				check->hash, (const char *)seasoned, sizeof(seasoned)) == 0;
	sodium_memzero(seasoned, sizeof(seasoned));
	/* If there is no memory for it, the next time. */
	if (is_right && !check->bound_to &&
		!hash_pin(&check->pepper, check->staff, check->pin, check->rebound))
		*check->rebound = '\0';
	sodium_memzero(check->pin, sizeof(check->pin));
	sodium_memzero(&check->pepper, sizeof(check->pepper));
	return is_right;
}

/* A PIN from before PINs were bound was right: from now on this hash opens only for its owner. The
 * program's own act, since staff may not change PINs themselves. */
static int rebind(struct db *db, int64_t staff, const char *hash, struct err *err)
{
	const struct act act = { .role = ROLE_SYSTEM, .actor = staff };

	return staff_pin_set(db, &act, staff, hash, err);
}

static int let_in(struct db *db, const struct pin_check *check, struct staff *ret, struct err *err)
{
	struct staff staff;

	TRY(staff_get(db, check->staff, &staff, err));
	if (staff.left_at)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, staff.code));
	if (*check->rebound)
		TRY(rebind(db, check->staff, check->rebound, err));
	*ret = staff;
	return 0;
}

int staff_pin_finish(struct db *db, const struct pin_check *check, bool is_right, struct staff *ret,
	struct err *err)
{
	if (!is_right)
		return lockout_refuse(db, check->staff, LOCKOUT_CARD, err);
	TRY(let_in(db, check, ret, err));
	return lockout_forget(db, check->staff, LOCKOUT_CARD, err);
}

int staff_pin_check(struct db *db, const char *code, const char *pin, const struct pepper *pepper,
	struct staff *ret, struct err *err)
{
	struct pin_check check;

	TRY(prepare(db, code, pin, pepper, &check, err));
	int r = lockout_check(db, check.staff, LOCKOUT_SHELL, err);
	bool is_right = r == 0 && pin_check_run(&check);
	if (is_right)
		r = let_in(db, &check, ret, err);
	sodium_memzero(check.pin, sizeof(check.pin));
	sodium_memzero(&check.pepper, sizeof(check.pepper));
	if (r < 0)
		return r;
	if (is_right)
		return lockout_forget(db, check.staff, LOCKOUT_SHELL, err);
	TRY(lockout_count(db, check.staff, LOCKOUT_SHELL, err));
	return lockout_refuse(db, check.staff, LOCKOUT_SHELL, err);
}

/* ---- service accounts ---- */

/* `staff` 0: how tokens were hashed before they were bound. */
static void hash_token(
	int64_t staff, const unsigned char token[SECRET_SIZE], char out[SECRET_SIZE * 2 + 1])
{
	crypto_generichash_state state;
	unsigned char hash[SECRET_SIZE];

	crypto_generichash_init(&state, NULL, 0, sizeof(hash));
	crypto_generichash_update(&state, token, SECRET_SIZE);
	if (staff)
		add_owner(&state, staff);
	crypto_generichash_final(&state, hash, sizeof(hash));
	sodium_bin2hex(out, SECRET_SIZE * 2 + 1, hash, sizeof(hash));
}

static int check_service(const struct staff *staff, struct err *err)
{
	if (staff->left_at)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, staff->code));
	if (staff->role != ROLE_SERVICE)
		return err_set(err, ERR_REFUSED, REASON_TEXT(STAFF_NOT_SERVICE, staff->code));
	return 0;
}

static int keep_token(
	struct acting *a, const struct staff *staff, const char *path, struct err *err)
{
	unsigned char token[SECRET_SIZE];
	char hash[SECRET_SIZE * 2 + 1];

	TRY(secret_create(path, token, err));
	hash_token(staff->id, token, hash);
	sodium_memzero(token, sizeof(token));
	act_set_subject(a, staff->id, staff->resident);
	int r = keep_hash(a, staff->id, hash, err);
	if (r == 0)
		r = act_commit(a, staff->id, err);
	/* After a commit of unknown outcome the file stays: it may be the one that counts. */
	if (r < 0 && r != ERR_UNSURE)
		unlink(path);
	return r;
}

int staff_token_issue(
	struct db *db, const struct act *act, int64_t id, const char *path, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct staff staff;

	TRY(act_begin(&a, db, act, ACT_STAFF_TOKEN, FIELDS(F_INT("staff", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(staff_get(db, id, &staff, err));
	TRY(check_service(&staff, err));
	return keep_token(&a, &staff, path, err);
}

/* A token from before tokens were bound was right: see rebind. */
static int rebind_token(struct db *db, int64_t staff, const char *hash, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	const struct act act = { .role = ROLE_SYSTEM, .actor = staff };

	TRY(act_begin(&a, db, &act, ACT_STAFF_TOKEN, FIELDS(F_INT("staff", staff)), err));
	act_set_subject(&a, staff, 0);
	TRY(keep_hash(&a, staff, hash, err));
	return act_commit(&a, staff, err);
}

static bool is_same(const char *a, const char *b)
{
	return strlen(a) == strlen(b) && sodium_memcmp(a, b, strlen(a)) == 0;
}

int staff_token_check(
	struct db *db, const char *code, const char *path, struct staff *ret, struct err *err)
{
	CLEANUP(mem_free) char *kept = NULL;
	unsigned char token[SECRET_SIZE];
	char bound[SECRET_SIZE * 2 + 1], unbound[SECRET_SIZE * 2 + 1];
	struct staff staff;
	int64_t bound_to = 0;

	TRY(staff_by_code(db, code, &staff, err));
	TRY(check_service(&staff, err));
	TRY(secret_open(path, token, err));
	hash_token(staff.id, token, bound);
	hash_token(0, token, unbound);
	sodium_memzero(token, sizeof(token));
	int r = read_hash(db, staff.id, &kept, &bound_to, err);
	if (r < 0 && r != ERR_REFUSED)
		return r;
	if (r < 0 || !is_same(kept, bound_to ? bound : unbound))
		return err_set(err, ERR_REFUSED, REASON(TOKEN_WRONG));
	if (!bound_to)
		TRY(rebind_token(db, staff.id, bound, err));
	*ret = staff;
	return 0;
}

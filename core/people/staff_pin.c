#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
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

/* A million PINs are tried in no time by whoever copies the database; without the pepper they
 * can't. */
static void season(const struct pepper *pepper, const char *pin, unsigned char out[32])
{
	crypto_generichash(
		out, 32, (const unsigned char *)pin, strlen(pin), pepper->key, sizeof(pepper->key));
}

int staff_pin_hash(
	const struct pepper *pepper, const char *pin, char ret[STAFF_HASH_SIZE], struct err *err)
{
	unsigned char seasoned[32];

	TRY(check_shape(pin, err));
	if (is_weak(pin))
		return err_set(err, ERR_REFUSED, REASON(PIN_WEAK));
	season(pepper, pin, seasoned);
	memset(ret, 0, STAFF_HASH_SIZE);
	int r = crypto_pwhash_str(ret, (const char *)seasoned, sizeof(seasoned),
		crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
	sodium_memzero(seasoned, sizeof(seasoned));
	if (r < 0) /* 64 MB were not to be had */
		return err_set(err, ERR_DEVICE, REASON_TEXT(HELPER_FAILED, "argon2id"));
	return 0;
}

int staff_pin_draw(const struct pepper *pepper, char ret_pin[STAFF_PIN_DIGITS + 1],
	char ret[STAFF_HASH_SIZE], struct err *err)
{
	do {
		for (int i = 0; i < STAFF_PIN_DIGITS; i++)
			ret_pin[i] = (char)('0' + randombytes_uniform(10));
		ret_pin[STAFF_PIN_DIGITS] = '\0';
	} while (is_weak(ret_pin));
	return staff_pin_hash(pepper, ret_pin, ret, err);
}

static int forget_tries(struct db *db, int64_t staff, struct err *err)
{
	return db_write(db, "DELETE FROM lockout WHERE staff = :staff",
		FIELDS(F_INT("staff", staff)), NULL, err);
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
	if (staff.left_at || staff.is_service)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, staff.code));
	act_set_subject(&a, id, staff.resident);
	TRY(act_private(&a, "staff_private", id, FIELDS(F_TEXT("pin_hash", hash)), err));
	TRY(forget_tries(db, id, err));
	return act_commit(&a, id, err);
}

/* ---- tries ---- */

struct tries {
	int64_t failures, rounds, until_at;
};

static int64_t lock_seconds(int64_t rounds)
{
	int64_t seconds = STAFF_LOCK_FIRST;

	while (--rounds > 0 && seconds < STAFF_LOCK_LAST)
		seconds *= 2;
	return seconds < STAFF_LOCK_LAST ? seconds : STAFF_LOCK_LAST;
}

static int read_tries(struct db *db, int64_t staff, struct tries *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	*ret = (struct tries){ 0 };
	TRY(query_open(&q, db,
		"SELECT failures, rounds, until_at FROM lockout WHERE staff = :staff",
		FIELDS(F_INT("staff", staff)), err));
	int r = query_next(&q, err);
	if (r > 0)
		*ret = (struct tries){ query_int(&q, "failures"), query_int(&q, "rounds"),
			query_int(&q, "until_at") };
	return r < 0 ? r : 0;
}

static int write_tries(struct db *db, int64_t staff, const struct tries *tries, struct err *err)
{
	return db_write(db,
		"INSERT INTO lockout (staff, failures, rounds, until_at)"
		" VALUES (:staff, :failures, :rounds, :until_at) ON CONFLICT (staff) DO UPDATE"
		" SET failures = excluded.failures, rounds = excluded.rounds,"
		" until_at = excluded.until_at",
		FIELDS(F_INT("staff", staff), F_INT("failures", tries->failures),
			F_INT("rounds", tries->rounds), F_INT("until_at", tries->until_at)),
		NULL, err);
}

static int locked(int64_t until_at, struct err *err)
{
	return err_set(err, ERR_REFUSED, REASON(PIN_LOCKED, .n1 = until_at));
}

/* Counts one try as failed; ERR_REFUSED PIN_LOCKED when there is none left to count. */
static int count_try(struct db *db, int64_t staff, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct tries tries;
	/* A lockout does not end because somebody sets the clock. */
	int64_t now = db_sure_now(db);

	TRY(txn_begin(&t, db, err));
	TRY(read_tries(db, staff, &tries, err));
	/* A clock that was ahead and has been put right locks nobody out for years. */
	if (tries.until_at > now + lock_seconds(tries.rounds)) {
		tries.until_at = now + lock_seconds(tries.rounds);
		TRY(write_tries(db, staff, &tries, err));
		TRY(txn_commit(&t, err));
		return locked(tries.until_at, err);
	}
	if (tries.until_at > now)
		return locked(tries.until_at, err);
	tries.failures++;
	if (tries.failures >= STAFF_PIN_TRIES) {
		tries.failures = 0;
		tries.rounds++;
		tries.until_at = now + lock_seconds(tries.rounds);
	}
	TRY(write_tries(db, staff, &tries, err));
	return txn_commit(&t, err);
}

static int read_hash(struct db *db, int64_t staff, char **ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, "SELECT pin_hash FROM staff_private WHERE id = :id",
		FIELDS(F_INT("id", staff)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	const char *hash = r ? query_text0(&q, "pin_hash") : "";
	if (!*hash || strlen(hash) >= STAFF_HASH_SIZE)
		return err_set(err, ERR_REFUSED, REASON(PIN_NONE));
	*ret = mem_text(hash);
	return 0;
}

int staff_pin_begin(struct db *db, const char *code, const char *pin, const struct pepper *pepper,
	struct pin_check *ret, struct err *err)
{
	CLEANUP(mem_free) char *hash = NULL;
	struct staff staff;

	TRY(check_shape(pin, err));
	TRY(staff_by_code(db, code, &staff, err));
	if (staff.is_service)
		return err_set(err, ERR_REFUSED, REASON(PIN_NONE));
	TRY(read_hash(db, staff.id, &hash, err));
	TRY(count_try(db, staff.id, err));
	*ret = (struct pin_check){ .staff = staff.id, .pepper = *pepper };
	memcpy(ret->pin, pin, STAFF_PIN_DIGITS);
	memcpy(ret->hash, hash, strlen(hash));
	return 0;
}

bool pin_check_run(struct pin_check *check)
{
	unsigned char seasoned[32];

	season(&check->pepper, check->pin, seasoned);
	bool is_right = crypto_pwhash_str_verify(
				check->hash, (const char *)seasoned, sizeof(seasoned)) == 0;
	sodium_memzero(seasoned, sizeof(seasoned));
	sodium_memzero(check->pin, sizeof(check->pin));
	sodium_memzero(&check->pepper, sizeof(check->pepper));
	return is_right;
}

static int refuse_try(struct db *db, int64_t staff, struct err *err)
{
	struct tries tries;

	TRY(read_tries(db, staff, &tries, err));
	if (tries.until_at > db_sure_now(db))
		return locked(tries.until_at, err);
	return err_set(err, ERR_REFUSED, REASON(PIN_WRONG, .n1 = STAFF_PIN_TRIES - tries.failures));
}

int staff_pin_finish(struct db *db, const struct pin_check *check, bool is_right, struct staff *ret,
	struct err *err)
{
	struct staff staff;

	if (!is_right)
		return refuse_try(db, check->staff, err);
	TRY(staff_get(db, check->staff, &staff, err));
	if (staff.left_at)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, staff.code));
	TRY(forget_tries(db, check->staff, err));
	*ret = staff;
	return 0;
}

int staff_pin_check(struct db *db, const char *code, const char *pin, const struct pepper *pepper,
	struct staff *ret, struct err *err)
{
	struct pin_check check;

	TRY(staff_pin_begin(db, code, pin, pepper, &check, err));
	bool is_right = pin_check_run(&check);
	return staff_pin_finish(db, &check, is_right, ret, err);
}

/* ---- service accounts ---- */

static void hash_token(const unsigned char token[SECRET_SIZE], char out[SECRET_SIZE * 2 + 1])
{
	unsigned char hash[SECRET_SIZE];

	crypto_generichash(hash, sizeof(hash), token, SECRET_SIZE, NULL, 0);
	sodium_bin2hex(out, SECRET_SIZE * 2 + 1, hash, sizeof(hash));
}

static int check_service(const struct staff *staff, struct err *err)
{
	if (staff->left_at)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, staff->code));
	if (!staff->is_service)
		return err_set(err, ERR_REFUSED, REASON_TEXT(STAFF_NOT_SERVICE, staff->code));
	return 0;
}

static int keep_token(
	struct acting *a, const struct staff *staff, const char *path, struct err *err)
{
	unsigned char token[SECRET_SIZE];
	char hash[SECRET_SIZE * 2 + 1];

	TRY(secret_create(path, token, err));
	hash_token(token, hash);
	sodium_memzero(token, sizeof(token));
	act_set_subject(a, staff->id, staff->resident);
	int r = act_private(a, "staff_private", staff->id, FIELDS(F_TEXT("pin_hash", hash)), err);
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

int staff_token_check(
	struct db *db, const char *code, const char *path, struct staff *ret, struct err *err)
{
	CLEANUP(mem_free) char *kept = NULL;
	unsigned char token[SECRET_SIZE];
	char hash[SECRET_SIZE * 2 + 1];
	struct staff staff;

	TRY(staff_by_code(db, code, &staff, err));
	TRY(check_service(&staff, err));
	TRY(secret_open(path, token, err));
	hash_token(token, hash);
	sodium_memzero(token, sizeof(token));
	int r = read_hash(db, staff.id, &kept, err);
	if (r < 0 && r != ERR_REFUSED)
		return r;
	if (r < 0 || strlen(kept) != sizeof(hash) - 1 ||
		sodium_memcmp(kept, hash, sizeof(hash) - 1) != 0)
		return err_set(err, ERR_REFUSED, REASON(TOKEN_WRONG));
	*ret = staff;
	return 0;
}

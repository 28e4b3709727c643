#include "core/people/lockout.h"

#include "core/base/mem.h"
#include "core/people/reasons.h"
#include "core/store/clock_doubt.h"
#include "core/store/rows.h"

static const char *const doors[] = {
	[LOCKOUT_CARD] = "card",
	[LOCKOUT_SHELL] = "shell",
};
_Static_assert(ARRAY_LEN(doors) == LOCKOUT_DOOR_COUNT, "a word for each door");

#define OF_DOOR(staff_, door_) F_INT("staff", staff_), F_TEXT("door", doors[door_])

struct tries {
	int64_t failures, rounds, until_at;
};

static int64_t lock_seconds(int64_t rounds)
{
	int64_t seconds = LOCKOUT_FIRST;

	while (--rounds > 0 && seconds < LOCKOUT_LAST)
		seconds *= 2;
	return seconds < LOCKOUT_LAST ? seconds : LOCKOUT_LAST;
}

static const struct column tries_columns[] = {
	COLUMN(struct tries, failures),
	COLUMN(struct tries, rounds),
	COLUMN(struct tries, until_at),
};
static const struct row_type tries_rows = ROW_TYPE(struct tries, tries_columns);

static int read_tries(
	struct db *db, int64_t staff, enum lockout_door door, struct tries *ret, struct err *err)
{
	return row_or_zero(db, &tries_rows,
		"SELECT failures, rounds, until_at FROM lockout"
		" WHERE staff = :staff AND door = :door",
		FIELDS(OF_DOOR(staff, door)), ret, err);
}

static int write_tries(struct db *db, int64_t staff, enum lockout_door door,
	const struct tries *tries, struct err *err)
{
	return db_write(db,
		"INSERT INTO lockout (staff, door, failures, rounds, until_at)"
		" VALUES (:staff, :door, :failures, :rounds, :until_at)"
		" ON CONFLICT (staff, door) DO UPDATE"
		" SET failures = excluded.failures, rounds = excluded.rounds,"
		" until_at = excluded.until_at",
		FIELDS(OF_DOOR(staff, door), F_INT("failures", tries->failures),
			F_INT("rounds", tries->rounds), F_INT("until_at", tries->until_at)),
		NULL, err);
}

static int locked(int64_t until_at, struct err *err)
{
	return err_set(err, ERR_REFUSED, REASON(PIN_LOCKED, .n1 = until_at));
}

/* A clock that was ahead and has been put right locks nobody out for years: the time counts from
 * now on. */
static int check_locked(
	struct db *db, int64_t staff, enum lockout_door door, struct tries *tries, struct err *err)
{
	/* Nor does one end because somebody sets the clock. */
	int64_t now = db_sure_now(db), last = now + lock_seconds(tries->rounds);

	if (tries->until_at <= now)
		return 0;
	if (tries->until_at > last) {
		tries->until_at = last;
		TRY(write_tries(db, staff, door, tries, err));
	}
	return locked(tries->until_at, err);
}

int lockout_check(struct db *db, int64_t staff, enum lockout_door door, struct err *err)
{
	struct tries tries;

	TRY(read_tries(db, staff, door, &tries, err));
	return check_locked(db, staff, door, &tries, err);
}

static int add_try(struct db *db, int64_t staff, enum lockout_door door, struct err *err)
{
	struct tries tries;

	TRY(read_tries(db, staff, door, &tries, err));
	TRY(check_locked(db, staff, door, &tries, err));
	tries.failures++;
	if (tries.failures >= LOCKOUT_TRIES) {
		tries.failures = 0;
		tries.rounds++;
		tries.until_at = db_sure_now(db) + lock_seconds(tries.rounds);
	}
	return write_tries(db, staff, door, &tries, err);
}

int lockout_count(struct db *db, int64_t staff, enum lockout_door door, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, db, err));
	int r = add_try(db, staff, door, err);
	/* A time that was cut short is kept, too. */
	if (r < 0 && r != ERR_REFUSED)
		return r;
	struct err failure = { 0 };
	return txn_commit(&t, &failure) < 0 ? (*err = failure).code : r;
}

int lockout_refuse(struct db *db, int64_t staff, enum lockout_door door, struct err *err)
{
	struct tries tries;

	TRY(read_tries(db, staff, door, &tries, err));
	if (tries.until_at > db_sure_now(db))
		return locked(tries.until_at, err);
	return err_set(err, ERR_REFUSED, REASON(PIN_WRONG, .n1 = LOCKOUT_TRIES - tries.failures));
}

int lockout_forget(struct db *db, int64_t staff, enum lockout_door door, struct err *err)
{
	struct tries tries;

	TRY(read_tries(db, staff, door, &tries, err));
	if (!tries.failures && !tries.rounds)
		return 0;
	return db_write(db, "DELETE FROM lockout WHERE staff = :staff AND door = :door",
		FIELDS(OF_DOOR(staff, door)), NULL, err);
}

int lockout_end(struct db *db, int64_t staff, struct err *err)
{
	return db_write(db, "DELETE FROM lockout WHERE staff = :staff",
		FIELDS(F_INT("staff", staff)), NULL, err);
}

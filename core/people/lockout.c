#include "core/people/lockout.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/process.h"
#include "core/people/reasons.h"
#include "core/store/rows.h"

static const char *const doors[] = {
	[LOCKOUT_CARD] = "card",
	[LOCKOUT_SHELL] = "shell",
};
_Static_assert(ARRAY_LEN(doors) == LOCKOUT_DOOR_COUNT, "a word for each door");

#define OF_DOOR(staff_, door_) F_INT("staff", staff_), F_TEXT("door", doors[door_])

struct tries {
	int64_t failures, rounds, left_ms; /* left_ms: as of now */
	int64_t seen_ms;                   /* of the monotonic clock, when the row was written */
	char boot[BOOT_SIZE];              /* and in which boot */
	bool is_elsewhere;                 /* last seen in another boot */
};

static const struct column tries_columns[] = {
	COLUMN(struct tries, failures),
	COLUMN(struct tries, rounds),
	COLUMN(struct tries, left_ms),
	COLUMN(struct tries, seen_ms),
	COLUMN_ARRAY(struct tries, boot),
};
static const struct row_type tries_rows = ROW_TYPE(struct tries, tries_columns);

static int64_t lock_seconds(int64_t rounds)
{
	int64_t seconds = LOCKOUT_FIRST;

	while (--rounds > 0 && seconds < LOCKOUT_LAST)
		seconds *= 2;
	return seconds < LOCKOUT_LAST ? seconds : LOCKOUT_LAST;
}

/* The wall clock is the only record of the time between two boots, and somebody may have set it: so
 * the wait pauses there. */
static void count_down(struct db *db, struct tries *t)
{
	int64_t passed_ms = clock_ms(db_clock(db)) - t->seen_ms;
	char boot[BOOT_SIZE];

	process_boot(boot);
	t->is_elsewhere = !*boot || strcmp(t->boot, boot) != 0 || passed_ms < 0;
	if (!t->is_elsewhere)
		t->left_ms -= passed_ms;
	if (t->left_ms < 0)
		t->left_ms = 0;
}

/* All 0: none. */
static int read_tries(
	struct db *db, int64_t staff, enum lockout_door door, struct tries *ret, struct err *err)
{
	*ret = (struct tries){ 0 };
	int r = row_find(db, &tries_rows,
		"SELECT failures, rounds, left_ms, seen_ms, boot FROM lockout"
		" WHERE staff = :staff AND door = :door",
		FIELDS(OF_DOOR(staff, door)), ret, err);
	if (r > 0)
		count_down(db, ret);
	return r < 0 ? r : 0;
}

static int write_tries(struct db *db, int64_t staff, enum lockout_door door,
	const struct tries *tries, struct err *err)
{
	char boot[BOOT_SIZE];

	process_boot(boot);
	return db_write(db,
		"INSERT INTO lockout (staff, door, failures, rounds, left_ms, seen_ms, boot)"
		" VALUES (:staff, :door, :failures, :rounds, :left_ms, :seen_ms, :boot)"
		" ON CONFLICT (staff, door) DO UPDATE"
		" SET failures = excluded.failures, rounds = excluded.rounds,"
		" left_ms = excluded.left_ms, seen_ms = excluded.seen_ms, boot = excluded.boot",
		FIELDS(OF_DOOR(staff, door), F_INT("failures", tries->failures),
			F_INT("rounds", tries->rounds), F_INT("left_ms", tries->left_ms),
			F_INT("seen_ms", clock_ms(db_clock(db))), F_TEXT("boot", boot)),
		NULL, err);
}

/* By the wall clock of the machine, right or wrong: that is the one people look at. */
static int64_t until_at(struct db *db, const struct tries *tries)
{
	return db_now(db) + (tries->left_ms + 999) / 1000;
}

static int locked(struct db *db, const struct tries *tries, struct err *err)
{
	return err_set(err, ERR_REFUSED, REASON(PIN_LOCKED, .n1 = until_at(db, tries)));
}

/* When first seen in this boot, it continues from here. */
static int check_locked(struct db *db, int64_t staff, enum lockout_door door,
	const struct tries *tries, struct err *err)
{
	if (tries->left_ms == 0)
		return 0;
	if (tries->is_elsewhere)
		TRY(write_tries(db, staff, door, tries, err));
	return locked(db, tries, err);
}

int lockout_check(struct db *db, int64_t staff, enum lockout_door door, struct err *err)
{
	struct tries tries;

	TRY(read_tries(db, staff, door, &tries, err));
	return check_locked(db, staff, door, &tries, err);
}

int lockout_until(struct db *db, int64_t staff, int64_t *ret, struct err *err)
{
	int64_t until = 0;
	struct tries tries;

	for (int door = 0; door < LOCKOUT_DOOR_COUNT; door++) {
		TRY(read_tries(db, staff, (enum lockout_door)door, &tries, err));
		if (tries.left_ms > 0 && until_at(db, &tries) > until)
			until = until_at(db, &tries);
	}
	*ret = until;
	return 0;
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
		tries.left_ms = lock_seconds(tries.rounds) * 1000;
	}
	return write_tries(db, staff, door, &tries, err);
}

int lockout_count(struct db *db, int64_t staff, enum lockout_door door, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, db, err));
	int r = add_try(db, staff, door, err);
	/* Also stores a wait that continues in this boot. */
	if (r < 0 && r != ERR_REFUSED)
		return r;
	struct err failure = { 0 };
	return txn_commit(&t, &failure) < 0 ? (*err = failure).code : r;
}

int lockout_refuse(struct db *db, int64_t staff, enum lockout_door door, struct err *err)
{
	struct tries tries;

	TRY(read_tries(db, staff, door, &tries, err));
	if (tries.left_ms > 0)
		return locked(db, &tries, err);
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

/* Stores how much of a wait has passed until now, for the next boot: nothing else tells. */
static int note_wait(struct db *db, int64_t staff, enum lockout_door door, struct err *err)
{
	struct tries tries;

	TRY(read_tries(db, staff, door, &tries, err));
	return tries.left_ms ? write_tries(db, staff, door, &tries, err) : 0;
}

static int waiting(
	struct db *db, enum lockout_door door, int64_t after, int64_t *ret, struct err *err)
{
	return db_integer(db,
		"SELECT min(staff) FROM lockout WHERE door = :door AND left_ms > 0 AND staff > "
		":after",
		FIELDS(F_TEXT("door", doors[door]), F_INT("after", after)), 0, ret, err);
}

int lockout_note(struct db *db, struct err *err)
{
	for (int door = 0; door < LOCKOUT_DOOR_COUNT; door++) {
		int64_t staff = INT64_MIN;
		do {
			TRY(waiting(db, (enum lockout_door)door, staff, &staff, err));
			if (staff)
				TRY(note_wait(db, staff, (enum lockout_door)door, err));
		} while (staff);
	}
	return 0;
}

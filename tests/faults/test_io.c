/* Each call to the disk fails in turn: nothing that was reported as done is missing, and what was
 * reported as not done never turns up afterwards. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/store/reasons.h"
#include "tests/faults/disk.h"
#include "tests/faults/work.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define FAULTS_MAX     3 /* that are shown */
#define POINTS         8 /* of each kind of fault; beyond that, so many at random */
#define CHECKPOINT_ACT 6 /* after this one and after the last */
#define ACTS           11

struct fixture {
	struct work work;
	struct disk *disk;
	struct disk_image *morning;
	unsigned seed;
};

static int io_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	work_create(&f->work);
	f->disk = disk_create(f->work.dir);
	disk_import(f->disk, f->work.path);
	f->morning = disk_save(f->disk);
	f->seed = work_seed();
	*state = f;
	return 0;
}

static int io_teardown(void **state)
{
	struct fixture *f = *state;

	disk_image_destroy(f->morning);
	disk_destroy(f->disk);
	work_remove(&f->work);
	free(f);
	return 0;
}

/* ---- one run ---- */

struct run {
	struct fixture *f;
	enum disk_fault fault;
	int at;
	bool for_ever;
	struct db *db;

	int done;       /* acts reported as done */
	bool is_unsure; /* whether the next one happened is unknown */
};

struct tally {
	int runs, refused, unsure, settled, wrong;
};

static void wrong(struct tally *t, const struct run *r, const char *what)
{
	if (++t->wrong <= FAULTS_MAX)
		print_message("# fault %d at %d%s, %d acts done: %s\n", r->fault, r->at,
			r->for_ever ? " and on" : "", r->done, what);
}

static bool is_clear(const struct err *err)
{
	return err_has(err, REASON_STORE_FULL) || err_has(err, REASON_STORE_FAILED) ||
	       err_has(err, REASON_STORE_READ_ONLY);
}

/* The journal says whether the act that got ERR_UNSURE happened. */
static void ask_again(struct run *r, struct tally *t)
{
	unsigned char key[ACT_KEY_SIZE];
	struct err err = { 0 };
	int64_t result;

	t->unsure++;
	work_key(r->done + 1, key);
	int happened = act_recheck(r->db, key, &result, &err);
	r->is_unsure = happened < 0;
	if (happened < 0 && happened != ERR_UNSURE)
		wrong(t, r, "asked again, it forgets that it is unsure");
	if (happened >= 0)
		t->settled++;
	r->done += happened == 1;
}

/* False: the person has been told that it did not happen, or that it is uncertain. */
static bool try_act(struct run *r, struct tally *t)
{
	struct err err = { 0 };

	int said = work_act(&r->f->work, r->db, r->done + 1, &err);
	if (said == 0) {
		r->done++;
		r->is_unsure = false;
		return true;
	}
	t->refused++;
	if (said != ERR_STORAGE && said != ERR_UNSURE)
		wrong(t, r, reason_name(err.reasons[0].code));
	else if (!is_clear(&err)) {
		CLEANUP(mem_free)
		char *what = mem_printf("the reason is not clear: %s (%s)",
			reason_name(err.reasons[0].code), err.detail);
		wrong(t, r, what);
	}
	int before = r->done;
	if (said == ERR_UNSURE)
		ask_again(r, t);
	else
		r->is_unsure = false;
	return r->done > before;
}

/* ---- what must hold after it ---- */

static void check_there(struct run *r, struct tally *t, struct db *db, const char *when)
{
	CLEANUP(mem_free) char *fault = NULL;

	int there = work_check_once(&r->f->work, db, &fault);
	if (there >= r->done && there <= r->done + r->is_unsure)
		return;
	if (there >= 0)
		fault = mem_printf("%d there", there);
	CLEANUP(mem_free) char *what = mem_printf("%s: %s", when, fault);
	wrong(t, r, what);
}

static struct db *reopen(struct run *r, struct tally *t, const char *when)
{
	struct err err = { 0 };
	struct db *db = NULL;

	if (db_open(r->f->work.path, DB_OPEN, &r->f->work.clock, &db, &err) == 0)
		return db;
	CLEANUP(mem_free) char *what = mem_printf("%s: does not open: %s", when, err.detail);
	wrong(t, r, what);
	return NULL;
}

static void check_after_cut(
	struct run *r, struct tally *t, struct disk_log *log, enum disk_fate fate)
{
	struct disk_image *image = disk_log_cut(log, disk_log_count(log), fate, &r->f->seed);

	disk_load(r->f->disk, image);
	disk_image_destroy(image);
	struct db *db = reopen(r, t, "after a power cut");
	if (db)
		check_there(r, t, db, "after a power cut");
	db_close(db);
}

/* The disk is sound again: the same handle goes on, or reports that it does not. */
static void go_on(struct run *r, struct tally *t)
{
	int before = r->done;

	if (r->is_unsure)
		ask_again(r, t);
	if (r->is_unsure)
		wrong(t, r, "unsure, although the disk answers again");
	if (r->done < ACTS && r->done == before && !try_act(r, t))
		wrong(t, r, "the handle is of no use any more");
	check_there(r, t, r->db, "at once");
}

static void look_at_it(struct run *r, struct tally *t)
{
	struct disk_image *found = disk_save(r->f->disk);
	struct disk_log *log = disk_take_log(r->f->disk);

	/* A new process, with what the system still has. */
	struct db *db = reopen(r, t, "opened again");
	if (db)
		check_there(r, t, db, "opened again");
	db_close(db);
	check_after_cut(r, t, log, DISK_KEPT);
	check_after_cut(r, t, log, DISK_LOST);
	check_after_cut(r, t, log, DISK_ANY);
	disk_log_destroy(log);
	disk_load(r->f->disk, found);
	disk_image_destroy(found);
}

/* ---- the runs ---- */

/* Stops at the first act that fails. */
static void work_until_hurt(struct run *r, struct tally *t)
{
	struct err err = { 0 };

	while (r->done < ACTS && try_act(r, t))
		if (r->done == CHECKPOINT_ACT || r->done == ACTS)
			db_checkpoint(r->db, r->done == CHECKPOINT_ACT, &err);
}

/* The lock file is a real one, and may still be marked by the last run. */
static void forget_last_run(const struct fixture *f)
{
	CLEANUP(mem_free) char *lock = mem_printf("%s.lock", f->work.path);

	unlink(lock);
	disk_load(f->disk, f->morning);
}

static void begin(struct run *r, struct tally *t)
{
	struct fixture *f = r->f;
	struct err err = { 0 };

	t->runs++;
	forget_last_run(f);
	assert_ok(db_open(f->work.path, DB_OPEN, &f->work.clock, &r->db, &err), &err);
	disk_fail(f->disk, r->fault, r->at, r->for_ever, f->seed);
	work_until_hurt(r, t);
}

static void run(struct run *r, struct tally *t)
{
	begin(r, t);
	assert_true(disk_failed(r->f->disk) > 0);
	disk_fail(r->f->disk, DISK_SOUND, 0, false, 0);
	if (r->at % 2)
		go_on(r, t);
	db_close(r->db);
	look_at_it(r, t);
}

/* How many calls of the kind a whole day makes. */
static int count_calls(struct fixture *f, enum disk_fault fault)
{
	struct run r = { .f = f, .fault = fault, .at = INT_MAX };
	struct tally t = { 0 };

	begin(&r, &t);
	assert_int_equal(r.done, ACTS);
	db_close(r.db);
	return disk_calls(f->disk);
}

/* Every call if they are few, otherwise POINTS of them at random, spread over all. */
static void fail_each_call(struct fixture *f, enum disk_fault fault, bool for_ever,
	void (*go)(struct run *, struct tally *), struct tally *t)
{
	int calls = count_calls(f, fault), points = work_effort(POINTS);

	assert_true(calls > 0);
	if (points > calls)
		points = calls;
	for (int i = 0; i < points; i++) {
		int from = calls * i / points, until = calls * (i + 1) / points;
		struct run r = { .f = f,
			.fault = fault,
			.at = 1 + from + rand_r(&f->seed) % (until - from),
			.for_ever = for_ever };
		go(&r, t);
	}
}

static void check_fault(struct fixture *f, enum disk_fault fault, const char *name)
{
	struct tally t = { 0 };

	fail_each_call(f, fault, false, run, &t);
	fail_each_call(f, fault, true, run, &t);
	print_message("# %s: %d runs, %d acts refused, %d unsure, %d of them settled\n", name,
		t.runs, t.refused, t.unsure, t.settled);
	assert_int_equal(t.wrong, 0);
}

TEST(a_write_that_fails_loses_nothing_and_revives_nothing, io)
{
	check_fault(*state, DISK_WRITE_FAILS, "EIO on write");
	check_fault(*state, DISK_WRITE_IS_SHORT, "short write");
}

TEST(a_full_disk_loses_nothing_and_revives_nothing, io)
{
	check_fault(*state, DISK_IS_FULL, "ENOSPC on write");
	check_fault(*state, DISK_SYNC_IS_FULL, "ENOSPC on sync");
}

TEST(a_sync_that_fails_loses_nothing_and_revives_nothing, io)
{
	check_fault(*state, DISK_SYNC_FAILS, "EIO on sync");
}

TEST(a_truncation_that_fails_loses_nothing, io)
{
	check_fault(*state, DISK_TRUNCATE_FAILS, "EIO on truncate");
}

TEST(a_read_that_fails_loses_nothing, io)
{
	check_fault(*state, DISK_READ_FAILS, "EIO on read");
}

/* ---- a new process that finds what another has left ---- */

/* Whether it happened, or the same again; the next one; and a power cut: what was reported in
 * between is there. */
static void ask_anew(struct run *r, struct tally *t)
{
	if (r->at % 2)
		ask_again(r, t);
	if (r->done < ACTS)
		try_act(r, t);
	if (r->is_unsure)
		wrong(t, r, "a new process is unsure, although the disk answers again");
}

static void run_left(struct run *r, struct tally *t)
{
	begin(r, t);
	disk_fail(r->f->disk, DISK_SOUND, 0, false, 0);
	db_close(r->db);
	r->db = reopen(r, t, "a new process");
	if (!r->db)
		return;
	ask_anew(r, t);
	db_close(r->db);
	struct disk_log *log = disk_take_log(r->f->disk);
	check_after_cut(r, t, log, DISK_LOST);
	check_after_cut(r, t, log, DISK_ANY);
	disk_log_destroy(log);
}

static void check_left(struct fixture *f, enum disk_fault fault, const char *name)
{
	struct tally t = { 0 };

	fail_each_call(f, fault, true, run_left, &t);
	print_message("# %s: %d processes left something, %d times it was unsure\n", name, t.runs,
		t.unsure);
	assert_int_equal(t.wrong, 0);
	assert_true(t.unsure > 0);
}

TEST(what_a_sync_that_failed_has_left_is_made_sure_of_by_the_next_process, io)
{
	check_left(*state, DISK_SYNC_FAILS, "EIO on sync");
}

TEST(what_a_process_killed_in_a_sync_has_left_is_made_sure_of_by_the_next_one, io)
{
	check_left(*state, DISK_SYNC_CUT_OFF, "killed in a sync");
}

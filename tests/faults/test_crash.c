/* Power cuts at every moment of a day's work, on a disk in memory: what was acknowledged is there,
 * and what was not is there whole or not at all. */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "tests/faults/disk.h"
#include "tests/faults/work.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define AT_SYNCS   2   /* cuts of each fate before each sync */
#define ELSEWHERE  350 /* cuts at random moments, in addition */
#define FAULTS_MAX 3   /* that are shown */

struct fixture {
	struct work work;
	struct disk *disk;
	struct disk_image *morning;
	unsigned seed;
};

static int crash_setup(void **state)
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

static int crash_teardown(void **state)
{
	struct fixture *f = *state;

	disk_image_destroy(f->morning);
	disk_destroy(f->disk);
	work_remove(&f->work);
	free(f);
	return 0;
}

/* ---- the day ---- */

/* What the kiosk does besides, after these acts. */
static const struct {
	int act;
	bool checkpoint, truncate, reopen;
} chores[] = {
	{ .act = 5, .checkpoint = true },
	{ .act = 9, .reopen = true },
	{ .act = 14, .checkpoint = true, .truncate = true },
	{ .act = 15, .checkpoint = true },
	{ .act = 21, .checkpoint = true, .reopen = true },
	{ .act = 27, .checkpoint = true, .truncate = true, .reopen = true },
	{ .act = WORK_ACTS, .checkpoint = true },
};

static void do_chores(const struct work *w, int act, struct db **db)
{
	struct err err = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(chores); i++) {
		if (chores[i].act != act)
			continue;
		if (chores[i].checkpoint)
			assert_ok(db_checkpoint(*db, chores[i].truncate, &err), &err);
		if (!chores[i].reopen)
			continue;
		db_close(*db);
		assert_ok(db_open(w->path, DB_OPEN, &w->clock, db, &err), &err);
	}
}

/* Does all acts, marking each when it has been acknowledged; a `pragma` is run first, and then
 * there are no chores. */
static struct disk_log *record_day_with(struct fixture *f, const char *pragma)
{
	struct err err = { 0 };
	struct db *db = NULL;

	disk_load(f->disk, f->morning);
	assert_ok(db_open(f->work.path, DB_OPEN, &f->work.clock, &db, &err), &err);
	if (pragma)
		assert_ok(store_exec(db, pragma, &err), &err);
	for (int number = 1; number <= WORK_ACTS; number++) {
		assert_ok(work_act(&f->work, db, number, &err), &err);
		disk_mark(f->disk, number);
		if (!pragma)
			do_chores(&f->work, number, &db);
	}
	db_close(db);
	return disk_take_log(f->disk);
}

static struct disk_log *record_day(struct fixture *f)
{
	return record_day_with(f, NULL);
}

/* ---- the cuts ---- */

struct sweep {
	struct fixture *f;
	struct disk_log *log;
	int cuts, faults, begun; /* cuts in which the act in progress turned out to be there */
};

static void fault_at(struct sweep *s, int op, enum disk_fate fate, const char *what)
{
	if (++s->faults <= FAULTS_MAX)
		print_message("# cut before op %d of %d, fate %d: %s\n", op, disk_log_count(s->log),
			fate, what);
}

static void judge(struct sweep *s, int op, enum disk_fate fate, struct db *db)
{
	CLEANUP(mem_free) char *fault = NULL;
	int acknowledged = disk_log_mark(s->log, op);

	int there = work_check_once(&s->f->work, db, &fault);
	if (there < 0) {
		fault_at(s, op, fate, fault);
	} else if (there < acknowledged || there > acknowledged + 1) {
		fault = mem_printf("%d acts acknowledged, %d there", acknowledged, there);
		fault_at(s, op, fate, fault);
	}
	s->begun += there > acknowledged;
}

static void cut(struct sweep *s, int op, enum disk_fate fate)
{
	struct fixture *f = s->f;
	struct err err = { 0 };
	struct db *db = NULL;
	struct disk_image *image = disk_log_cut(s->log, op, fate, &f->seed);

	disk_load(f->disk, image);
	disk_image_destroy(image);
	s->cuts++;
	if (db_open(f->work.path, DB_OPEN, &f->work.clock, &db, &err) < 0) {
		fault_at(s, op, fate, err.detail);
		return;
	}
	judge(s, op, fate, db);
	db_close(db);
}

/* In the order of the log, as disk_log_cut requires. */
static void sweep(struct sweep *s)
{
	int count = disk_log_count(s->log), elsewhere = work_effort(ELSEWHERE);

	for (int op = 0; op <= count; op++) {
		bool is_sync = op < count && disk_log_kind(s->log, op) == DISK_SYNC;
		if (is_sync || op == count) {
			cut(s, op, DISK_KEPT);
			cut(s, op, DISK_LOST);
			for (int i = 0; i < AT_SYNCS * 3; i++)
				cut(s, op, (enum disk_fate)(DISK_ANY + i % 3));
		}
		if (op > 0 && disk_log_kind(s->log, op - 1) == DISK_SYNC)
			cut(s, op, DISK_LOST);
		for (int left = elsewhere; rand_r(&s->f->seed) % count < left; left -= count)
			cut(s, op, (enum disk_fate)(rand_r(&s->f->seed) % DISK_FATE_COUNT));
	}
}

TEST(a_power_cut_at_any_moment_loses_nothing_acknowledged_and_halves_nothing, crash)
{
	struct fixture *f = *state;
	struct sweep s = { .f = f, .log = record_day(f) };

	sweep(&s);
	print_message("# %d cuts of %d ops, the act under way was there in %d\n", s.cuts,
		disk_log_count(s.log), s.begun);
	disk_log_destroy(s.log);
	assert_int_equal(s.faults, 0);
	assert_true(s.cuts > 500);
	assert_true(s.begun > 0 && s.begun < s.cuts);
}

/* ---- what this file claims can fail: the same eyes on what is not safe ---- */

static int faults_in(struct fixture *f, struct disk_log *log, enum disk_fate fate, int cuts)
{
	struct sweep s = { .f = f, .log = log };
	int count = disk_log_count(log);

	for (int i = 1; i <= cuts && !s.faults; i++)
		cut(&s, (int)((int64_t)count * i / cuts), fate);
	disk_log_destroy(log);
	return s.faults;
}

TEST(a_disk_that_only_says_it_syncs_loses_acts_and_the_sweep_sees_it, crash)
{
	struct disk_log *log = record_day(*state);

	disk_log_lie(log);
	assert_true(faults_in(*state, log, DISK_ANY, 30) > 0);
}

TEST(without_a_sync_for_each_commit_acts_are_lost_and_the_sweep_sees_it, crash)
{
	struct disk_log *log = record_day_with(*state, "PRAGMA synchronous = NORMAL");

	assert_true(faults_in(*state, log, DISK_LOST, 30) > 0);
}

TEST(trusting_in_the_neighbours_of_a_torn_write_loses_acts_and_the_sweep_sees_it, crash)
{
	struct fixture *f = *state;

	disk_trust(f->disk);
	assert_true(faults_in(f, record_day(f), DISK_GARBAGE, 400) > 0);
}

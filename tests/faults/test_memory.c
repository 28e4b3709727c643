/* SQLite's memory runs out at each allocation in turn: what failed is rolled back, nothing is lost
 * or leaked, and the same handle goes on. Our own memory running out ends the program. */
#include <limits.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/store/acting.h"
#include "core/store/reasons.h"
#include "tests/faults/disk.h"
#include "tests/faults/work.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define POINTS     250 /* of each kind */
#define ACTS       6
#define FAULTS_MAX 3

/* ---- SQLite's memory ---- */

/* Only one, like SQLite's own: its methods are not told whose they are. */
static struct {
	sqlite3_mem_methods real;
	int calls, at, failed; /* at 0: sound */
	bool for_ever;
} memory;

static bool is_exhausted(void)
{
	if (memory.at == 0)
		return false;
	memory.calls++;
	if (memory.calls != memory.at && !(memory.for_ever && memory.calls > memory.at))
		return false;
	memory.failed++;
	return true;
}

static void *memory_get(int size)
{
	return is_exhausted() ? NULL : memory.real.xMalloc(size);
}

static void *memory_resize(void *p, int size)
{
	return is_exhausted() ? NULL : memory.real.xRealloc(p, size);
}

static void memory_fail(int at, bool for_ever)
{
	memory.at = at;
	memory.for_ever = for_ever;
	memory.calls = memory.failed = 0;
}

/* Before anything opens a database. */
static int memory_install(void **state)
{
	sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory.real);
	sqlite3_mem_methods ours = memory.real;
	ours.xMalloc = memory_get;
	ours.xRealloc = memory_resize;
	int rc = sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
	return rc == SQLITE_OK ? 0 : -1;
}

/* ---- runs ---- */

struct fixture {
	struct work work;
	struct disk *disk;
	struct disk_image *morning;
	unsigned seed;
	int runs, refused, unopened, wrong;
};

static int memory_setup(void **state)
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

static int memory_teardown(void **state)
{
	struct fixture *f = *state;

	disk_image_destroy(f->morning);
	disk_destroy(f->disk);
	work_remove(&f->work);
	free(f);
	return 0;
}

static void wrong(struct fixture *f, int at, bool for_ever, int done, const char *what)
{
	if (++f->wrong <= FAULTS_MAX)
		print_message("# allocation %d%s, %d acts done: %s\n", at,
			for_ever ? " and on" : "", done, what);
}

static bool is_clear(const struct err *err)
{
	return (err->code == ERR_STORAGE || err->code == ERR_UNSURE) &&
	       err_has(err, REASON_STORE_FAILED);
}

/* How many acts were done before one failed; *ret_err has its error. */
static int work_until_hurt(struct fixture *f, struct db *db, int from, struct err *ret_err)
{
	int done = from;

	while (done < ACTS && work_act(&f->work, db, done + 1, ret_err) == 0)
		done++;
	return done;
}

static void check_there(struct fixture *f, struct db *db, int at, bool for_ever, int done)
{
	CLEANUP(mem_free) char *fault = NULL;

	int there = work_check_once(&f->work, db, &fault);
	if (there == done)
		return;
	if (there >= 0)
		fault = mem_printf("%d there", there);
	wrong(f, at, for_ever, done, fault);
}

/* There is memory again: the handle that met the fault does what it could not. */
static int go_on(struct fixture *f, struct db *db, int at, bool for_ever, int done)
{
	unsigned char key[ACT_KEY_SIZE];
	struct err err = { 0 };
	int64_t result;

	work_key(done + 1, key);
	int happened = act_recheck(db, key, &result, &err);
	if (happened < 0)
		wrong(f, at, for_ever, done, "the journal does not answer");
	if (happened == 1)
		wrong(f, at, for_ever, done, "what failed has happened");
	int all = work_until_hurt(f, db, done, &err);
	if (all < ACTS)
		wrong(f, at, for_ever, all, err.detail);
	return all;
}

static void work_with(struct fixture *f, struct db *db, int at, bool for_ever)
{
	struct err err = { 0 };

	int done = work_until_hurt(f, db, 0, &err);
	memory_fail(0, false);
	if (done < ACTS) {
		f->refused++;
		if (!is_clear(&err))
			wrong(f, at, for_ever, done, "the reason is not clear");
		check_there(f, db, at, for_ever, done);
		done = go_on(f, db, at, for_ever, done);
	}
	check_there(f, db, at, for_ever, done);
}

static void run(struct fixture *f, int at, bool for_ever)
{
	struct err err = { 0 };
	struct db *db = NULL;

	f->runs++;
	disk_load(f->disk, f->morning);
	memory_fail(at, for_ever);
	if (db_open(f->work.path, DB_OPEN, &f->work.clock, &db, &err) < 0) {
		memory_fail(0, false);
		f->unopened++;
		if (!is_clear(&err))
			wrong(f, at, for_ever, 0, "not opened, but for no clear reason");
	} else {
		work_with(f, db, at, for_ever);
	}
	db_close(db);
}

static int count_allocations(struct fixture *f)
{
	struct err err = { 0 };
	struct db *db = NULL;

	disk_load(f->disk, f->morning);
	memory_fail(INT_MAX, false);
	assert_ok(db_open(f->work.path, DB_OPEN, &f->work.clock, &db, &err), &err);
	assert_int_equal(work_until_hurt(f, db, 0, &err), ACTS);
	db_close(db);
	int calls = memory.calls;
	memory_fail(0, false);
	return calls;
}

static void fail_by_lot(struct fixture *f, bool for_ever)
{
	int calls = count_allocations(f), points = work_effort(POINTS);

	if (points > calls)
		points = calls;
	for (int i = 0; i < points; i++) {
		int from = calls * i / points, until = calls * (i + 1) / points;
		run(f, 1 + from + rand_r(&f->seed) % (until - from), for_ever);
	}
	print_message("# %d of %d allocations failed: %d times not opened, %d acts refused\n",
		f->runs, calls, f->unopened, f->refused);
	assert_int_equal(f->wrong, 0);
	assert_true(f->unopened > 0 && f->refused > 0);
}

TEST(an_allocation_that_fails_is_rolled_back_and_the_handle_goes_on, memory)
{
	fail_by_lot(*state, false);
}

TEST(memory_that_stays_exhausted_harms_nothing, memory)
{
	fail_by_lot(*state, true);
}

/* ---- our own memory ---- */

static void say_restored(void)
{
	(void)!write(STDERR_FILENO, "terminal restored\n", 18);
}

/* An act whose row is in, when there is no memory for what comes next. */
static void run_out_of_memory(struct db *db)
{
	struct act act = { .role = ROLE_COORDINATOR };
	struct acting a = ACTING_INIT;
	struct err err = { 0 };
	volatile size_t more_than_there_is = SIZE_MAX / 4;

	if (act_begin(&a, db, &act, ACT_CATEGORY_ADD, NO_FIELDS, &err) < 0)
		_exit(1);
	if (act_insert(&a, "category",
		    FIELDS(F_INT("id", act_new_id(&a)), F_TEXT("code", "lost"),
			    F_TEXT("name", "半途")),
		    &err) < 0)
		_exit(2);
	free(mem_alloc(more_than_there_is));
	_exit(3);
}

static void child(const struct work *w, int said)
{
	const struct rlimit no_core = { 0 };
	struct err err = { 0 };
	struct db *db = NULL;

	setrlimit(RLIMIT_CORE, &no_core);
	dup2(said, STDERR_FILENO);
	mem_on_exhausted(say_restored);
	if (db_open(w->path, DB_OPEN, &w->clock, &db, &err) < 0)
		_exit(4);
	run_out_of_memory(db);
}

/* What a child that runs out of memory writes to stderr, the caller's. */
static char *hear_child(const struct work *w, int *ret_status)
{
	char *said = mem_alloc(1 << 16);
	size_t len = 0;
	ssize_t n;
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		child(w, fds[1]);
	close(fds[1]);
	while ((n = read(fds[0], said + len, (1 << 16) - 1 - len)) > 0)
		len += (size_t)n;
	close(fds[0]);
	assert_int_equal(waitpid(pid, ret_status, 0), pid);
	return said;
}

TEST(want_of_memory_ends_the_program_with_the_terminal_restored_and_nothing_half_done, none)
{
	struct work w;
	struct err err = { 0 };
	struct db *db = NULL;
	int64_t n = -1;
	int status;

	work_create(&w);
	CLEANUP(mem_free) char *said = hear_child(&w, &status);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	const char *restored = strstr(said, "terminal restored");
	const char *words = strstr(said, "jiaplus: out of memory");
	assert_non_null(restored);
	assert_non_null(words);
	assert_true(restored < words); /* or the words would go with the screen */

	assert_ok(db_open(w.path, DB_OPEN, &w.clock, &db, &err), &err);
	assert_ok(db_integer(db, "SELECT count(*) FROM category WHERE code = 'lost'", NO_FIELDS, 0,
			  &n, &err),
		&err);
	assert_int_equal(n, 0);
	assert_ok(work_act(&w, db, 1, &err), &err); /* the lock went with the child */
	db_close(db);
	work_remove(&w);
}

TEST_FILE(.setup = memory_install)

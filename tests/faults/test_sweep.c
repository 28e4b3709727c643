/* Power cuts at every moment of everything that writes: each kind of act, migration, backup,
 * restore, init, and starting again after a cut, which may be cut as well. Recorded from the real
 * functions on real files (tape.h); each state is read through SQLite and compared, page by page,
 * with what the database contains at the commits around that moment: nothing older, nothing half
 * done, nothing else. */
#include <fcntl.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/reason_name.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/restore.h"
#include "tests/core/audit/rescue.h"
#include "tests/faults/disk.h"
#include "tests/faults/pages.h"
#include "tests/faults/tape.h"
#include "tests/faults/work.h"
#include "tests/lib/chance.h"
#include "tests/walk/walk.h"

#define FAULTS_MAX 3 /* that are shown */
#define SHOWN      6 /* operations before and after */
#define DIGEST     PAGES_DIGEST
#define PIN        "483920"

struct scene {
	char top[64];
	char *folder; /* that is recorded */
	char *found;  /* as a power cut leaves it */
	char *again;  /* and another one while it is being put right */
	char *memory; /* where SQLite finds a database of disk.h's */
	struct disk *disk;
	struct pages *pages;
	struct clock clock;
	unsigned seed;
};

static int sweep_setup(void **state)
{
	struct scene *s = mem_alloc(sizeof(*s));

	snprintf(s->top, sizeof(s->top), "%s/jiaplus-sweep-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(s->top));
	s->folder = mem_printf("%s/venue", s->top);
	s->found = mem_printf("%s/found", s->top);
	s->again = mem_printf("%s/again", s->top);
	s->memory = mem_printf("%s/memory/found.db", s->top);
	assert_int_equal(mkdir(s->folder, 0700), 0);
	assert_int_equal(mkdir(s->found, 0700), 0);
	assert_int_equal(mkdir(s->again, 0700), 0);
	CLEANUP(mem_free) char *memory = mem_printf("%s/memory", s->top);
	s->disk = disk_create(memory);
	s->pages = pages_create();
	s->clock = clock_set(1893456000); /* 2030: after all that happens here */
	s->seed = work_seed();
	*state = s;
	return 0;
}

static int sweep_teardown(void **state)
{
	struct scene *s = *state;

	rescue_shell("rm -rf '%s'%s", s->top, "");
	disk_destroy(s->disk);
	pages_destroy(s->pages);
	free(s->folder);
	free(s->found);
	free(s->again);
	free(s->memory);
	free(s);
	return 0;
}

/* ---- what a folder holds ---- */

struct digest {
	unsigned char bytes[DIGEST];
	bool is_there;
};

static bool is_same(const struct digest *a, const struct digest *b)
{
	return a->is_there == b->is_there &&
	       (!a->is_there || memcmp(a->bytes, b->bytes, DIGEST) == 0);
}

/* ---- a sweep ---- */

struct made {
	int op;
	enum disk_fate fate;
	struct digest digest;
	bool is_wrong; /* it has been told */
};

struct sweep {
	struct scene *scene;
	struct tape *tape;
	const char *db, *head; /* in the folder */
	const char *found;     /* where states are made */
	/* What else must be true of a state, in its folder; NULL: nothing. What is wrong with it is
	 * the caller's. */
	char *(*look)(const struct sweep *, int op);
	int look_every; /* so many-th state */
	/* What a state holds; false: it cannot be read. NULL: read_database. */
	bool (*read)(struct sweep *, struct digest *ret);
	bool is_put; /* the state in the folder */
	int at_syncs, elsewhere;
	int stretches; /* from one such moment to the next, at random; 0: all */
	int cuts, faults;
	int *points, point_count; /* the moments from which a commit counts */
	struct digest *known;     /* by point */
	bool *is_known;
	struct made *made; /* in the stretch that is being swept */
	int made_count;
};

/* For what opens files itself. */
static void put_found(struct sweep *s)
{
	if (!s->is_put)
		tape_put(s->tape, s->found);
	s->is_put = true;
}

static void cut_to(struct sweep *s, int op, enum disk_fate fate)
{
	tape_cut(s->tape, op, fate, &s->scene->seed);
	s->is_put = false;
}

/* ---- what a state holds ---- */

#define PARTS 3
static const char *const parts[PARTS] = { "", "-wal", "-journal" };

/* What SQLite has put right and brought into the file is what a reader sees. Asks for nothing that
 * would make it read the schema, which takes longer than all the rest. */
static bool gather_pages(const char *path)
{
	CLEANUP(mem_free) char *uri = mem_printf("file:%s?psow=0", path);
	sqlite3 *raw = NULL;

	bool is_read = sqlite3_open_v2(uri, &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, NULL) ==
			       SQLITE_OK &&
		       sqlite3_exec(raw, "BEGIN IMMEDIATE; COMMIT", NULL, NULL, NULL) ==
			       SQLITE_OK &&
		       sqlite3_wal_checkpoint_v2(
			       raw, "main", SQLITE_CHECKPOINT_FULL, NULL, NULL) == SQLITE_OK;
	sqlite3_close(raw);
	return is_read;
}

/* All pages of the database that has been put into memory. */
static bool read_memory(struct scene *scene, struct digest *ret)
{
	ret->is_there = disk_content(scene->disk, scene->memory) != NULL;
	return !ret->is_there ||
	       (gather_pages(scene->memory) &&
		       pages_digest_file(scene->pages, disk_content(scene->disk, scene->memory),
			       ret->bytes));
}

static bool read_database(struct sweep *s, struct digest *ret)
{
	for (int i = 0; i < PARTS; i++) {
		CLEANUP(mem_free) char *name = mem_printf("%s%s", s->db, parts[i]);
		CLEANUP(mem_free) char *path = mem_printf("%s%s", s->scene->memory, parts[i]);
		disk_put(s->scene->disk, path, tape_found(s->tape, name));
	}
	return read_memory(s->scene, ret);
}

/* The same of the folder, in which the product has put something right first. */
static bool read_folder(struct sweep *s, struct digest *ret)
{
	for (int i = 0; i < PARTS; i++) {
		CLEANUP(mem_free) char *real = mem_printf("%s/%s%s", s->found, s->db, parts[i]);
		CLEANUP(mem_free) char *path = mem_printf("%s%s", s->scene->memory, parts[i]);
		disk_import_as(s->scene->disk, path, real);
	}
	return read_memory(s->scene, ret);
}

static bool read_file(struct sweep *s, struct digest *ret)
{
	const struct paged *file = tape_found(s->tape, s->db);
	crypto_generichash_state h;
	unsigned char buffer[PAGED_SIZE];
	size_t n, at = 0;

	*ret = (struct digest){ .is_there = file != NULL };
	if (!file)
		return true;
	crypto_generichash_init(&h, NULL, 0, DIGEST);
	for (; (n = paged_read(file, buffer, sizeof(buffer), at)) > 0; at += n)
		crypto_generichash_update(&h, buffer, n);
	crypto_generichash_final(&h, ret->bytes, DIGEST);
	return true;
}

/* ---- sweeping ---- */

static void sweep_fault(struct sweep *s, int op, enum disk_fate fate, const char *what)
{
	if (++s->faults > FAULTS_MAX)
		return;
	print_message(
		"# cut before op %d of %d, fate %d: %s\n", op, tape_count(s->tape), fate, what);
	for (int i = op - SHOWN; i < op + SHOWN; i++) {
		CLEANUP(mem_free)
		char *words = i >= 0 && i < tape_count(s->tape) ? tape_describe(s->tape, i) : NULL;
		if (words)
			print_message("#%s %d %s\n", i == op ? " >" : "  ", i, words);
	}
}

/* A commit counts from the sync that made it durable, and in any case from when the tripwire
 * records it, which is when its act has been acknowledged. */
static void find_points(struct sweep *s)
{
	int count = tape_count(s->tape);

	s->points = mem_alloc((size_t)(count + 2) * sizeof(*s->points));
	s->known = mem_alloc((size_t)(count + 2) * sizeof(*s->known));
	s->is_known = mem_alloc((size_t)(count + 2) * sizeof(*s->is_known));
	s->points[s->point_count++] = 0;
	for (int op = 0; op < count; op++)
		if (tape_is_any_sync(s->tape, op) || tape_is_write(s->tape, op, s->head))
			s->points[s->point_count++] = op + 1;
	if (s->points[s->point_count - 1] != count)
		s->points[s->point_count++] = count;
}

static void sweep_finish(struct sweep *s)
{
	tape_destroy(s->tape);
	free(s->points);
	free(s->known);
	free(s->is_known);
	free(s->made);
}

/* What the database contains there when nothing is lost. In the order of the points, mostly. */
static const struct digest *known_at(struct sweep *s, int point)
{
	if (!s->is_known[point]) {
		cut_to(s, s->points[point], DISK_KEPT);
		if (!s->read(s, &s->known[point]))
			sweep_fault(s, s->points[point], DISK_KEPT,
				"not readable, though nothing is lost");
		s->is_known[point] = true;
	}
	return &s->known[point];
}

/* Checks a state; what it must be equal to is known when the stretch is over. */
static void cut_at(struct sweep *s, int op, enum disk_fate fate)
{
	CLEANUP(mem_free) char *wrong = NULL;
	struct made *m;

	cut_to(s, op, fate);
	s->made = mem_resize(s->made, (size_t)(s->made_count + 1) * sizeof(*s->made));
	m = &s->made[s->made_count++];
	*m = (struct made){ .op = op, .fate = fate };
	if (!s->read(s, &m->digest)) {
		wrong = mem_text("not readable");
	} else if (s->look && s->cuts % s->look_every == 0) {
		put_found(s);
		wrong = s->look(s, op);
	}
	m->is_wrong = wrong != NULL;
	if (wrong)
		sweep_fault(s, op, fate, wrong);
	s->cuts++;
}

static void judge(struct sweep *s, int point)
{
	const struct digest *before = known_at(s, point);
	const struct digest *after = known_at(s, point + 1 < s->point_count ? point + 1 : point);

	for (int i = 0; i < s->made_count; i++) {
		const struct made *m = &s->made[i];
		if (!m->is_wrong && !is_same(&m->digest, before) && !is_same(&m->digest, after))
			sweep_fault(s, m->op, m->fate,
				"neither what was committed before nor what was being committed");
	}
	s->made_count = 0;
}

static void cuts_at(struct sweep *s, int op, int point, int length, int elsewhere)
{
	int count = tape_count(s->tape);
	bool is_point =
		op == s->points[point] || op == count ||
		(op < count && (tape_is_any_sync(s->tape, op) || tape_is_name(s->tape, op)));

	for (int i = 0; is_point && i < s->at_syncs; i++)
		cut_at(s, op,
			i ? (enum disk_fate)(rand_r(&s->scene->seed) % DISK_FATE_COUNT)
			  : DISK_LOST);
	for (int left = elsewhere; rand_r(&s->scene->seed) % length < left; left -= length)
		cut_at(s, op, (enum disk_fate)(rand_r(&s->scene->seed) % DISK_FATE_COUNT));
}

/* From one moment of commit up to and including the next one. */
static void sweep_stretch(struct sweep *s, int point)
{
	bool is_last = point + 1 == s->point_count;
	int end = is_last ? tape_count(s->tape) : s->points[point + 1] - 1;
	int length = end - s->points[point] + 1, whole = tape_count(s->tape) + 1;

	known_at(s, point);
	int elsewhere = s->stretches ? s->elsewhere / s->stretches
				     : (int)((int64_t)s->elsewhere * length / whole) + 1;
	for (int op = s->points[point]; op <= end; op++)
		cuts_at(s, op, point, length, elsewhere);
	judge(s, point);
}

/* About `elsewhere` cuts at random moments, and `at_syncs` at each sync and name. */
static void sweep_run(struct sweep *s)
{
	if (!s->read)
		s->read = read_database;
	find_points(s);
	if (s->stretches > s->point_count)
		s->stretches = s->point_count;
	known_at(s, 0);
	for (int point = 0; point < s->point_count; point++) {
		int left = s->point_count - point;
		if (!s->stretches || rand_r(&s->scene->seed) % s->point_count < s->stretches ||
			left == 1)
			sweep_stretch(s, point);
	}
}

/* Reports what was done; nothing of it may be wrong. */
static void sweep_pass(struct sweep *s, const char *what)
{
	print_message("# %s: %d cuts of %d operations, %d moments of commit\n", what, s->cuts,
		tape_count(s->tape), s->point_count);
	int faults = s->faults;
	sweep_finish(s);
	assert_int_equal(faults, 0);
}

static struct tape *record(const char *folder, void (*play)(void *), void *arg)
{
	struct tape *t = tape_record(folder, play, arg);

	if (!t)
		test_skip("this machine allows no ptrace");
	return t;
}

static void must(int r, const struct err *err)
{
	if (r >= 0)
		return;
	fprintf(stderr, "# %s %s\n", reason_name(err->reasons[0].code), err->detail);
	_exit(1);
}

/* ---- every kind of act ---- */

static void play_walk(void *arg)
{
	walk_every_act(arg);
}

/* The product opens it, finds nothing wrong and goes on. */
static char *goes_on(const char *path, const struct clock *clock)
{
	struct err err = { 0 };
	struct db *db = NULL;

	int r = db_open(path, DB_OPEN, clock, &db, &err);
	if (r == 0)
		r = journal_tripwire_check(db, &err);
	if (r == 0)
		r = rescue_act(db, 9000, &err);
	if (r == 0)
		r = db_checkpoint(db, true, &err);
	db_close(db);
	return r < 0 ? mem_printf("%s: %s", reason_name(err.reasons[0].code), err.detail) : NULL;
}

static char *look_in(const struct sweep *s, int op)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/%s", s->found, s->db);

	(void)op;
	return access(path, F_OK) == 0 ? goes_on(path, &s->scene->clock) : NULL;
}

/* One of the acts is a restore: what it has begun is finished by whoever opens the database. */
static bool read_finished(struct sweep *s, struct digest *ret)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/%s", s->found, s->db);
	CLEANUP(mem_free) char *begun = mem_printf("%s.restored", s->db);
	struct err err = { 0 };

	if (!tape_has_found(s->tape, begun))
		return read_database(s, ret);
	put_found(s);
	return restore_finish(path, &err) == 0 && read_folder(s, ret);
}

TEST(a_power_cut_at_any_moment_of_every_kind_of_act_leaves_what_was_committed, sweep)
{
	struct scene *scene = *state;
	struct sweep s = { .scene = scene,
		.tape = record(scene->folder, play_walk, scene->folder),
		.db = "jiaplus.db",
		.head = "jiaplus.db.head",
		.found = scene->found,
		.read = read_finished,
		.look = look_in,
		.look_every = 20,
		.stretches = work_effort(150),
		.elsewhere = work_effort(1500) };

	sweep_run(&s);
	sweep_pass(&s, "every kind of act");
}

/* ---- migration ---- */

static void play_open(void *arg)
{
	struct scene *s = arg;
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", s->folder);
	struct err err = { 0 };
	struct db *db = NULL;

	must(db_open(path, DB_OPEN, &s->clock, &db, &err), &err);
	must(db_checkpoint(db, true, &err), &err);
	db_close(db);
}

TEST(a_power_cut_in_a_migration_leaves_the_older_version_or_the_newer_one, sweep)
{
	struct scene *scene = *state;

	rescue_shell("cp '%s/tests/data/venue-0.1.0.db' '%s/jiaplus.db'", getenv("JIAPLUS_SOURCE"),
		scene->folder);
	struct sweep s = { .scene = scene,
		.tape = record(scene->folder, play_open, scene),
		.db = "jiaplus.db",
		.head = "jiaplus.db.head",
		.found = scene->found,
		.look = look_in,
		.look_every = 40,
		.at_syncs = 4,
		.elsewhere = work_effort(400) };
	sweep_run(&s);
	assert_false(is_same(&s.known[0], &s.known[s.point_count - 1]));
	sweep_pass(&s, "migration");
}

/* ---- a backup over an older one ---- */

static void play_backup(void *arg)
{
	struct rescue *r = arg;

	rescue_back_up(r, false);
}

/* Besides the backup, which is compared byte for byte: the venue is as it was. */
static char *look_at_venue(const struct sweep *s, int op)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/venue/jiaplus.db", s->found);

	(void)op;
	return goes_on(path, &s->scene->clock);
}

TEST(a_power_cut_in_a_backup_leaves_the_older_one_or_the_newer_one, sweep)
{
	struct scene *scene = *state;
	struct rescue r = { 0 };

	rescue_create(&r, false);
	struct sweep s = { .scene = scene,
		.tape = record(r.top, play_backup, &r),
		.db = "a.backup",
		.head = "none",
		.found = scene->found,
		.read = read_file,
		.look = look_at_venue,
		.look_every = 10,
		.at_syncs = 12,
		.elsewhere = work_effort(300) };
	sweep_run(&s);
	assert_false(is_same(&s.known[0], &s.known[s.point_count - 1]));
	rescue_remove(&r);
	sweep_pass(&s, "backup");
}

/* ---- a restore ---- */

#define OLD 20 /* households of the venue */
#define NEW 10 /* of the backup */

static void play_restore(void *arg)
{
	struct rescue *r = arg;
	const struct restore_wish wish = { .from = r->backup, .dir = r->dir, .clock = &r->clock };
	struct restore_report report = { 0 };
	struct err err = { 0 };

	must(restore_run(&wish, &report, &err), &err);
	restore_report_finish(&report);
}

/* Opening it finishes what was begun: then it is the one or the other, whole. */
static bool read_opened(struct sweep *s, struct digest *ret)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/%s", s->found, s->db);
	struct err err = { 0 };
	struct db *db = NULL;
	int64_t n = 0;

	put_found(s);
	int r = db_open(path, DB_OPEN, &s->scene->clock, &db, &err);
	if (r == 0)
		r = journal_tripwire_check(db, &err);
	if (r == 0)
		r = db_integer(db, "SELECT count(*) FROM household", NO_FIELDS, 0, &n, &err);
	db_close(db);
	if (r < 0)
		print_message("# %s %s\n", reason_name(err.reasons[0].code), err.detail);
	return r == 0 && (n == OLD || n == NEW) && read_folder(s, ret);
}

static void play_opening(void *arg)
{
	struct scene *s = arg;
	CLEANUP(mem_free) char *path = mem_printf("%s/venue/jiaplus.db", s->found);
	struct err err = { 0 };
	struct db *db = NULL;

	must(db_open(path, DB_OPEN, &s->clock, &db, &err), &err);
	db_close(db);
}

/* Starting again after the cut is cut as well. */
static void sweep_opening(struct scene *scene, struct sweep *outer, int at_syncs, int elsewhere)
{
	struct sweep s = { .scene = scene,
		.tape = record(scene->found, play_opening, scene),
		.db = outer->db,
		.head = outer->head,
		.found = scene->again,
		.read = outer->read,
		.at_syncs = at_syncs,
		.elsewhere = elsewhere };

	sweep_run(&s);
	outer->cuts += s.cuts;
	outer->faults += s.faults;
	sweep_finish(&s);
}

TEST(a_power_cut_in_a_restore_and_one_in_finishing_it_leave_the_old_venue_or_the_backup, sweep)
{
	struct scene *scene = *state;
	struct rescue r = { 0 };

	rescue_create(&r, false);
	struct sweep s = { .scene = scene,
		.tape = record(r.top, play_restore, &r),
		.db = "venue/jiaplus.db",
		.head = "none",
		.found = scene->found,
		.read = read_opened,
		.look = look_in,
		.look_every = 10,
		.at_syncs = 4,
		.elsewhere = work_effort(200) };
	sweep_run(&s);
	assert_false(is_same(&s.known[0], &s.known[s.point_count - 1]));
	for (int i = 0, count = tape_count(s.tape); i < work_effort(12); i++) {
		cut_to(&s, count - rand_r(&scene->seed) % 60, DISK_ANY);
		put_found(&s);
		sweep_opening(scene, &s, 2, 4);
	}
	rescue_remove(&r);
	sweep_pass(&s, "restore, and finishing it");
}

/* ---- init ---- */

static void play_init(void *arg)
{
	struct scene *s = arg;
	CLEANUP(mem_free) char *program = mem_printf("%s/jiaplus", getenv("JIAPLUS_BUILD"));
	CLEANUP(mem_free) char *venue = mem_printf("%s/new", s->folder);
	CLEANUP(mem_free) char *pin = mem_printf("%s/pin", s->top);

	work_may_be_traced();
	if (freopen("/dev/null", "w", stdout))
		execl(program, program, "--dir", venue, "init", "--pin-file", pin, NULL);
	_exit(78);
}

static int run(const struct scene *s, const char *words)
{
	CLEANUP(mem_free)
	char *line =
		mem_printf("'%s/jiaplus' --dir '%s/new' %s --pin-file '%s/pin' >'%s/said' 2>&1",
			getenv("JIAPLUS_BUILD"), s->found, words, s->top, s->top);

	return WEXITSTATUS(system(line));
}

/* Somebody can log in, or the next init creates a venue. */
static char *look_for_way_in(const struct sweep *s, int op)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/%s", s->found, s->db);

	if (access(path, F_OK) != 0 && (op == tape_count(s->tape) || run(s->scene, "init") != 0))
		return mem_text("there is no venue, and init makes none");
	return run(s->scene, "staff list --as admin") != 0 ? mem_text("there is no way in") : NULL;
}

TEST(a_power_cut_in_init_leaves_a_venue_with_a_way_in_or_none, sweep)
{
	struct scene *scene = *state;

	rescue_shell("printf '" PIN "\n' >'%s/pin'; chmod 600 '%s/pin'", scene->top, scene->top);
	struct sweep s = { .scene = scene,
		.tape = record(scene->folder, play_init, scene),
		.db = "new/jiaplus.db",
		.head = "new/jiaplus.db.head",
		.found = scene->found,
		.look = look_for_way_in,
		.look_every = 25,
		.at_syncs = 8,
		.elsewhere = work_effort(150) };
	sweep_run(&s);
	sweep_pass(&s, "init");
}

/* ---- starting again ---- */

static void play_acts(void *arg)
{
	struct rescue *r = arg;
	struct err err = { 0 };
	struct db *db = NULL;

	must(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
	for (int64_t number = 21; number <= 30; number++) {
		must(rescue_act(db, number, &err), &err);
		if (number % 4 == 0)
			must(db_checkpoint(db, number == 28, &err), &err);
	}
	db_close(db);
}

/* The lock says in which boot of the machine the database was last checked. */
static void boot(const char *folder)
{
	rescue_shell("rm -f '%s/venue/jiaplus.db.lock'%s", folder, "");
}

/* The next start, its first act and what the kiosk does when nobody is there. */
static void play_start(void *arg)
{
	struct scene *s = arg;
	CLEANUP(mem_free) char *path = mem_printf("%s/venue/jiaplus.db", s->found);
	struct err err = { 0 };
	struct db *db = NULL;

	must(db_open(path, DB_OPEN, &s->clock, &db, &err), &err);
	must(rescue_act(db, 1000, &err), &err);
	must(db_checkpoint(db, false, &err), &err);
	must(rescue_act(db, 1001, &err), &err);
	must(db_checkpoint(db, true, &err), &err);
	db_close(db);
}

TEST(a_power_cut_in_starting_again_after_a_power_cut_leaves_what_was_committed, sweep)
{
	struct scene *scene = *state;
	struct sweep all = { .scene = scene };
	struct rescue r = { 0 };

	rescue_create(&r, false);
	struct tape *first = record(r.top, play_acts, &r);
	for (int i = 0, starts = work_effort(18); i < starts; i++) {
		tape_cut(first, tape_count(first) * i / starts,
			(enum disk_fate)(DISK_ANY + rand_r(&scene->seed) % 3), &scene->seed);
		tape_put(first, scene->found);
		boot(scene->found);
		struct sweep s = { .scene = scene,
			.tape = record(scene->found, play_start, scene),
			.db = "venue/jiaplus.db",
			.head = "venue/jiaplus.db.head",
			.found = scene->again,
			.look = look_in,
			.look_every = 20,
			.at_syncs = 1,
			.elsewhere = 30 };
		sweep_run(&s);
		all.cuts += s.cuts;
		all.faults += s.faults;
		sweep_finish(&s);
	}
	tape_destroy(first);
	rescue_remove(&r);
	print_message("# starting again: %d cuts\n", all.cuts);
	assert_int_equal(all.faults, 0);
}

/* ---- that all this can fail ---- */

static struct sweep of_acts(struct scene *scene, struct rescue *r, void (*play)(void *))
{
	return (struct sweep){ .scene = scene,
		.tape = record(r->top, play, r),
		.db = "venue/jiaplus.db",
		.head = "venue/jiaplus.db.head",
		.found = scene->found,
		.elsewhere = 60 };
}

TEST(a_disk_that_only_says_it_syncs_is_found_out, sweep)
{
	struct scene *scene = *state;
	struct rescue r = { 0 };

	rescue_create(&r, false);
	struct sweep s = of_acts(scene, &r, play_acts);
	tape_lie(s.tape);
	sweep_run(&s);
	rescue_remove(&r);
	int faults = s.faults;
	sweep_finish(&s);
	assert_true(faults > 0);
}

static void play_unsafe_acts(void *arg)
{
	struct rescue *r = arg;
	struct err err = { 0 };
	struct db *db = NULL;

	must(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
	must(store_exec(db, "PRAGMA synchronous = NORMAL", &err), &err);
	for (int64_t number = 21; number <= 30; number++)
		must(rescue_act(db, number, &err), &err);
	db_close(db);
}

TEST(commits_that_are_not_synced_are_found_out, sweep)
{
	struct scene *scene = *state;
	struct rescue r = { 0 };

	rescue_create(&r, false);
	struct sweep s = of_acts(scene, &r, play_unsafe_acts);
	sweep_run(&s);
	rescue_remove(&r);
	int faults = s.faults;
	sweep_finish(&s);
	assert_true(faults > 0);
}

#include "tests/lib/venue.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/frames.h"
#include "tests/lib/keys.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"
#include "tui/i18n.h"

#define SCREENS_DEEP  6
#define CAMERA_WIDTH  640
#define CAMERA_HEIGHT 480
#define CAMERA_FPS    15
#define AWAY_FRAMES   (CAMERA_FPS + CAMERA_FPS / 2) /* the debounce's second, and a little more */

struct venue_case {
	char dir[64];
	char *demo; /* DIR/demo.txt */
	struct vt *vt;
	struct y4m_feed *feed;
	char found[CODE_TEXT_MAX];
};

#define STILL_AT   "1795241100" /* 2026-11-21T14:05+08:00, a Saturday */
#define STILL_ZONE "Asia/Shanghai"

static char *template_dir; /* the venue that all cases are copies of */
static char zone[16];      /* theirs */
static bool is_still;
static int seeds; /* counts up: no two programs have the same random numbers */

static const char *build_dir(void)
{
	const char *dir = getenv("JIAPLUS_BUILD");

	assert_non_null(dir);
	return dir;
}

static void shell(const char *command)
{
	int status = system(command);

	if (status != 0)
		fail_msg("%s: status %d", command, status);
}

/* The zone where it is between twelve and one while the tests run. */
static void find_noon(int64_t now)
{
	int hours = 12 - (int)(now / 3600 % 24); /* ahead of UTC */

	/* POSIX counts in the other direction. */
	snprintf(zone, sizeof(zone), "Etc/GMT%+d", -hours);
}

/* Called under the lock. No program uses a folder that is two hours old any more. */
static void make_template(const char *path)
{
	CLEANUP(mem_free)
	char *command =
		mem_printf("cd '%s/demo-venues' &&"
			   " find . -mindepth 1 -maxdepth 1 -type d -mmin +120"
			   " -exec rm -rf {} + && rm -rf '%s.new' && TZ=" TEST_FAR_ZONE
			   " '%s/jiaplus' --dir '%s.new' init --demo --zone %s >/dev/null &&"
			   " mv '%s.new' '%s'",
			build_dir(), path, build_dir(), path, zone, path, path);

	shell(command);
}

/* Making a demo venue costs more than most tests, so the programs of a run share one; a rebuilt
 * kiosk makes a new one. The first program that needs it makes it, the others wait. */
static void share_template(const char *name)
{
	CLEANUP(mem_free) char *folder = mem_printf("%s/demo-venues", build_dir());
	CLEANUP(mem_free) char *lock = mem_printf("%s/lock", folder);
	CLEANUP(mem_free) char *program = mem_printf("%s/jiaplus", build_dir());
	struct stat st;

	i18n_start(I18N_CHINESE);
	assert_int_equal(stat(program, &st), 0);
	template_dir = mem_printf("%s/%s-%lld", folder, name, (long long)st.st_mtime);
	mkdir(folder, 0700);
	int fd = open(lock, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	if (access(template_dir, F_OK) != 0)
		make_template(template_dir);
	close(fd);
}

/* Kept for ten minutes, which divide the hour: the next hour has another zone. */
int venue_group_setup(void **state)
{
	int64_t now = clock_now(&clock_system);
	CLEANUP(mem_free) char *name = mem_printf("noon-%lld", (long long)(now / 600));

	(void)state;
	find_noon(now);
	share_template(name);
	return 0;
}

int venue_group_teardown(void **state)
{
	(void)state;
	free(template_dir);
	template_dir = NULL;
	return 0;
}

/* ---- a clock that stands ---- */

static void next_seed(void)
{
	CLEANUP(mem_free) char *seed = mem_printf("%d", ++seeds);

	if (is_still)
		setenv("STILL_SEED", seed, 1);
}

/* Prepended to an existing value. */
static void put_before(const char *name, const char *text)
{
	const char *before = getenv(name);
	CLEANUP(mem_free)
	char *whole = mem_printf("%s%s%s", text, before ? ":" : "", before ? before : "");

	setenv(name, whole, 1);
}

int venue_still_setup(void **state)
{
	CLEANUP(mem_free) char *library = mem_printf("%s/tests/lib/libstill.so", build_dir());

	(void)state;
	is_still = true;
	put_before("LD_PRELOAD", library);
	setenv("STILL_AT", STILL_AT, 1);
	snprintf(zone, sizeof(zone), STILL_ZONE);
	next_seed();
	share_template("still");
	return 0;
}

static void take_off(const char *name)
{
	const char *rest = strchr(getenv(name), ':');

	if (rest)
		setenv(name, rest + 1, 1);
	else
		unsetenv(name);
}

int venue_still_teardown(void **state)
{
	is_still = false;
	take_off("LD_PRELOAD");
	unsetenv("STILL_AT");
	unsetenv("STILL_SEED");
	return venue_group_teardown(state);
}

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "re");
	size_t size = 1 << 20;
	char *text = mem_alloc(size);

	assert_non_null(f);
	text[fread(text, 1, size - 1, f)] = '\0';
	fclose(f);
	return text;
}

struct venue_case *venue_case_create(void)
{
	struct venue_case *v = mem_alloc(sizeof(*v));
	struct err err;

	assert_ok(when_set_zone(zone, &err), &err);
	snprintf(v->dir, sizeof(v->dir), "/tmp/jiaplus-case-XXXXXX");
	assert_non_null(mkdtemp(v->dir));
	CLEANUP(mem_free)
	char *command = mem_printf("cp -r '%s/.' '%s'", template_dir, v->dir);
	shell(command);
	CLEANUP(mem_free) char *demo = venue_path(v, "demo.txt");
	v->demo = read_file(demo);
	seeds = 1; /* the template's; each case has its own, the same in any order */
	return v;
}

void venue_case_destroy(struct venue_case *v)
{
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", v->dir);

	venue_stop(v);
	shell(command);
	free(v->demo);
	free(v);
}

const char *venue_dir(const struct venue_case *v)
{
	return v->dir;
}

char *venue_path(const struct venue_case *v, const char *name)
{
	return mem_printf("%s/%s", v->dir, name);
}

/* Field `index` of the line that begins with `start`; each result replaces the previous one. */
static const char *field_of(const struct venue_case *v, const char *start, int index)
{
	char *found = ((struct venue_case *)v)->found;
	const char *line = strstr(v->demo, start);

	if (!line)
		fail_msg("demo.txt has no line that begins with %s", start);
	for (; index > 0; index--)
		line = strchr(line, '\t') + 1;
	size_t len = strcspn(line, "\t\n");
	assert_true(len < CODE_TEXT_MAX);
	memcpy(found, line, len);
	found[len] = '\0';
	return found;
}

const char *venue_card(const struct venue_case *v, int resident_number)
{
	CLEANUP(mem_free) char *start = mem_printf("\ncard\t%d\t", resident_number);

	return field_of(v, start, 3);
}

const char *venue_label(const struct venue_case *v, int item_number)
{
	CLEANUP(mem_free) char *start = mem_printf("\nitem\t%06d\t", item_number);

	return field_of(v, start, 3);
}

const char *venue_pin(const struct venue_case *v, const char *staff_code)
{
	CLEANUP(mem_free) char *start = mem_printf("\nstaff\t%s\t", staff_code);

	return field_of(v, start, 4);
}

const char *venue_staff_card(const struct venue_case *v, const char *staff_code)
{
	CLEANUP(mem_free) char *start = mem_printf("\nstaff\t%s\t", staff_code);

	return field_of(v, start, 6);
}

/* ---- the kiosk ---- */

static void write_conf(
	const struct venue_case *v, const struct venue_kiosk *kiosk, const char *path)
{
	FILE *f = fopen(path, "we");

	assert_non_null(f);
	/* Screens are the same whatever packages the machine has. */
	if (!kiosk->conf || !strstr(kiosk->conf, "big-words"))
		fputs("[kiosk]\nbig-words = none\n", f);
	if (kiosk->has_camera)
		fprintf(f, "[camera]\ndevice = %s/camera\n", v->dir);
	else if (!kiosk->has_own_camera)
		fputs("[camera]\ndevice = none\n", f);
	/* Each case ends a kiosk, and a backup each time would cost a second that only its own
	 * tests need. */
	if (!kiosk->conf || !strstr(kiosk->conf, "[backup]"))
		fputs("[backup]\nkeep = no\n", f);
	if (kiosk->conf)
		fputs(kiosk->conf, f);
	fclose(f);
}

struct vt *venue_start(struct venue_case *v, const struct venue_kiosk *kiosk)
{
	CLEANUP(mem_free) char *program = mem_printf("%s/jiaplus", build_dir());
	CLEANUP(mem_free) char *conf = venue_path(v, "kiosk.conf");
	CLEANUP(mem_free) char *camera = venue_path(v, "camera");
	const char *const argv[] = { program, "--dir", v->dir, "--config", conf, "--lang", "zh_CN",
		NULL };
	/* A paper is always waiting when the test looks. */
	const char *const still_env[] = { "STILL_PAPER=no", NULL };
	const struct vt_options options = {
		.env = is_still ? still_env : NULL,
		.rows = kiosk->rows ? kiosk->rows : 34,
		.cols = kiosk->cols ? kiosk->cols : 120,
		.argv = argv,
	};

	write_conf(v, kiosk, conf);
	next_seed();
	if (kiosk->has_camera && !v->feed)
		v->feed = y4m_feed_start(camera, CAMERA_WIDTH, CAMERA_HEIGHT, CAMERA_FPS);
	v->vt = vt_start(&options);
	/* The board invites nobody before the records have been checked. */
	vt_expect(v->vt, _("or the label of an item"));
	return v->vt;
}

void venue_play(const struct venue_case *v, struct vt *vt, const char *script)
{
	keys_play(vt, v->demo, script);
}

void venue_type(struct vt *vt, const char *text)
{
	vt_type(vt, text);
}

void venue_show_staff_card(const struct venue_case *v, struct vt *vt, const char *code)
{
	vt_keys(vt, VT_F9);
	vt_expect(vt, _("Scan your card"));
	vt_scan(vt, venue_staff_card(v, code));
	vt_expect(vt, "○  ○  ○  ○  ○  ○");
}

void venue_enter_pin(const struct venue_case *v, struct vt *vt, const char *code)
{
	venue_show_staff_card(v, vt, code);
	venue_type(vt, venue_pin(v, code));
	vt_expect(vt, "●  ●  ●  ●  ●  ●");
	vt_keys(vt, VT_ENTER);
}

void venue_log_in(const struct venue_case *v, struct vt *vt, const char *code)
{
	venue_enter_pin(v, vt, code);
	vt_expect(vt, _("Backdate"));
}

struct vt *venue_start_as(struct venue_case *v, const char *code, int rows, int cols)
{
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = rows, .cols = cols });

	venue_log_in(v, vt, code);
	return vt;
}

void venue_back(struct vt *vt)
{
	/* Once more would also leave the menu. */
	for (int i = 0; i < SCREENS_DEEP && !vt_has(vt, _("Backdate")); i++) {
		vt_keys(vt, VT_ESC);
		vt_settle(vt);
	}
	vt_expect(vt, _("Backdate"));
}

void venue_stop(struct venue_case *v)
{
	vt_stop(TAKE(v->vt));
	y4m_feed_stop(TAKE(v->feed));
}

void venue_kill(struct venue_case *v)
{
	int status;

	kill(vt_pid(v->vt), SIGKILL);
	assert_true(vt_wait_exit(v->vt, VT_PATIENCE_MS, &status));
	vt_stop(TAKE(v->vt));
}

void venue_show(struct venue_case *v, const char *code, double angle, const char *text)
{
	struct shown shown = {
		.symbology = SYMBOLOGY_QR, .bytes = code, .module = 8, .angle = angle
	};
	struct scene scene = { .width = CAMERA_WIDTH,
		.height = CAMERA_HEIGHT,
		.shown = &shown,
		.count = 1,
		.blur = 1.0,
		.noise = 4,
		.gradient = 0.4,
		.seed = 7 };
	struct image image = { 0 };

	frames_draw(&scene, &image);
	y4m_feed_show(v->feed, &image);
	vt_expect(v->vt, text);
	y4m_feed_blank(v->feed);
	assert_true(y4m_feed_await(v->feed, AWAY_FRAMES, VT_PATIENCE_MS));
	image_finish(&image);
}

void venue_unplug(struct venue_case *v)
{
	y4m_feed_unplug(v->feed);
}

/* ---- verbs and the database ---- */

char *venue_run(const struct venue_case *v, int status, const char *args)
{
	CLEANUP(mem_free)
	char *command = mem_printf(
		"TZ=" TEST_FAR_ZONE " '%s/jiaplus' --dir '%s' %s 2>&1", build_dir(), v->dir, args);
	next_seed();
	FILE *out = popen(command, "re");
	size_t size = 1 << 20;
	char *text = mem_alloc(size);

	assert_non_null(out);
	text[fread(text, 1, size - 1, out)] = '\0';
	int got = pclose(out);
	if (!WIFEXITED(got) || WEXITSTATUS(got) != status)
		fail_msg("%s: exit %d, not %d:\n%s", command, WEXITSTATUS(got), status, text);
	return text;
}

char *venue_text(const struct venue_case *v, const char *sql)
{
	CLEANUP(mem_free) char *path = venue_path(v, "jiaplus.db");
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	char *text = NULL;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	if (sqlite3_step(statement) == SQLITE_ROW)
		text = mem_text((const char *)sqlite3_column_text(statement, 0));
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return text;
}

int64_t venue_integer(const struct venue_case *v, const char *sql)
{
	CLEANUP(mem_free) char *text = venue_text(v, sql);

	return text ? strtoll(text, NULL, 10) : -1;
}

void venue_change(const struct venue_case *v, const char *sql)
{
	CLEANUP(mem_free) char *path = venue_path(v, "jiaplus.db");
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	sqlite3_busy_timeout(db, 5000);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

int venue_setup(void **state)
{
	*state = venue_case_create();
	return 0;
}

int venue_teardown(void **state)
{
	venue_case_destroy(*state);
	return 0;
}

/* A kiosk that cannot start, through the real start: it says what is wrong and what to do, and
 * continues by itself once that is done. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/people/lockout.h"
#include "core/people/reasons.h"
#include "core/store/recovery.h"
#include "core/words.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

#define BOARD _("or the label of an item")

static void shell(const char *command)
{
	if (system(command) != 0)
		fail_msg("%s", command);
}

/* The kiosk on a folder, whatever screen comes up. When the tests run as root, the kiosk runs as
 * nobody, so that permissions count; NULL where that user cannot run it. */
static struct vt *start_on(const char *dir, bool as_nobody, int rows, int cols)
{
	CLEANUP(mem_free) char *program = mem_printf("%s/jiaplus", getenv("JIAPLUS_BUILD"));
	CLEANUP(mem_free) char *conf = mem_printf("%s.conf", dir);
	const char *argv[16];
	int count = 0;

	FILE *f = fopen(conf, "we");
	assert_non_null(f);
	fputs("[camera]\ndevice = none\n", f);
	fclose(f);
	if (as_nobody && geteuid() == 0) {
		static const char *const words[] = { "setpriv", "--reuid", "65534", "--regid",
			"65534", "--clear-groups" };
		CLEANUP(mem_free)
		char *can = mem_printf("setpriv --reuid 65534 --regid 65534 --clear-groups test -x "
				       "'%s' 2>/dev/null",
			program);
		if (system(can) != 0)
			return NULL;
		for (size_t i = 0; i < ARRAY_LEN(words); i++)
			argv[count++] = words[i];
	}
	const char *const rest[] = { program, "--dir", dir, "--config", conf, "--lang", "zh_CN" };
	for (size_t i = 0; i < ARRAY_LEN(rest); i++)
		argv[count++] = rest[i];
	argv[count] = NULL;
	return vt_start(&(struct vt_options){ .rows = rows, .cols = cols, .argv = argv });
}

static void stop(struct vt *vt, const char *dir)
{
	CLEANUP(mem_free) char *conf = mem_printf("%s.conf", dir);

	vt_stop(vt);
	unlink(conf);
}

static void give_to_nobody(const char *dir)
{
	CLEANUP(mem_free) char *command = mem_printf("chown -R 65534:65534 '%s'", dir);

	if (geteuid() == 0)
		shell(command);
}

/* A sentence of the screen, with its letters spaced as large text is drawn. */
static void expect_large(struct vt *vt, const char *sentence)
{
	char *apart = mem_alloc(2 * strlen(sentence) + 1), *out = apart;

	for (const char *c = sentence; *c; c++) {
		if (c > sentence && ((unsigned char)*c & 0xC0) != 0x80)
			*out++ = ' ';
		*out++ = *c;
	}
	vt_expect(vt, apart);
	free(apart);
}

TEST(without_its_data_the_machine_says_so_and_goes_on_once_they_are_there, venue)
{
	struct venue_case *v = *state;
	const char *dir = venue_dir(v);
	CLEANUP(mem_free) char *aside = mem_printf("mv '%s/jiaplus.db' '%s/aside'", dir, dir);
	CLEANUP(mem_free) char *back = mem_printf("mv '%s/aside' '%s/jiaplus.db'", dir, dir);

	shell(aside);
	struct vt *vt = start_on(dir, false, 24, 80);
	expect_large(vt, _("The venue's data are not here"));
	vt_expect(vt, "请把东西交给志愿者");
	vt_expect(vt, _("Look what is wrong"));
	shell(back);
	/* Nobody presses anything. */
	vt_expect(vt, BOARD);
	stop(vt, dir);
}

TEST(a_cut_file_is_told_looked_at_and_left_as_it_is, venue)
{
	struct venue_case *v = *state;
	const char *dir = venue_dir(v);
	CLEANUP(mem_free) char *path = venue_path(v, "jiaplus.db");
	struct stat st;
	int status;

	assert_int_equal(truncate(path, 40960), 0);
	struct vt *vt = start_on(dir, false, 34, 120);
	expect_large(vt, _("The venue's data are damaged"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Space on the disk"));
	vt_expect(vt, "✗");
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("End the program"));
	vt_keys(vt, "0");
	vt_expect(vt, _("End the program?"));
	vt_keys(vt, "2");
	assert_true(vt_wait_exit(vt, VT_PATIENCE_MS, &status));
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 3);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 40960);
	stop(vt, dir);
}

TEST(a_lock_that_root_has_left_is_named_with_what_helps, venue)
{
	struct venue_case *v = *state;
	const char *dir = venue_dir(v);
	CLEANUP(mem_free) char *lock = venue_path(v, "jiaplus.db.lock");

	give_to_nobody(dir);
	if (geteuid() == 0)
		assert_int_equal(chown(lock, 0, 0), 0);
	else
		assert_int_equal(chmod(lock, 0), 0);
	struct vt *vt = start_on(dir, true, 24, 80);
	if (!vt)
		test_skip("nobody else can run this program here");
	expect_large(vt, _("The data cannot be written"));
	vt_keys(vt, "1");
	vt_expect(vt, "jiaplus.db.lock");
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Try again"));
	give_to_nobody(dir);
	if (geteuid() != 0)
		assert_int_equal(chmod(lock, 0600), 0);
	vt_keys(vt, "2");
	vt_expect(vt, BOARD);
	stop(vt, dir);
}

TEST(a_folder_that_can_only_be_read_is_told, venue)
{
	struct venue_case *v = *state;
	const char *dir = venue_dir(v);

	give_to_nobody(dir);
	assert_int_equal(chmod(dir, 0500), 0);
	struct vt *vt = start_on(dir, true, 24, 80);
	if (!vt)
		test_skip("nobody else can run this program here");
	expect_large(vt, _("The data cannot be written"));
	assert_int_equal(chmod(dir, 0700), 0);
	vt_keys(vt, "2");
	vt_expect(vt, BOARD);
	stop(vt, dir);
}

static void fill_disk(const char *path)
{
	static const char block[4096];
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	while (write(fd, block, sizeof(block)) > 0)
		continue;
	assert_int_equal(errno, ENOSPC);
	close(fd);
}

TEST(a_full_disk_is_told_and_with_space_it_goes_on, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *dir = mem_printf("%s-small", venue_dir(v));
	CLEANUP(mem_free)
	char *copy = mem_printf("cd '%s' && cp -r jiaplus.db pepper.key '%s'", venue_dir(v), dir);
	CLEANUP(mem_free) char *ballast = mem_printf("%s/ballast", dir);

	assert_int_equal(mkdir(dir, 0700), 0);
	if (mount("jiaplus-test", dir, "tmpfs", 0, "size=8m,mode=0700") < 0) {
		rmdir(dir);
		test_skip("no file system of its own can be mounted here");
	}
	shell(copy);
	fill_disk(ballast);
	struct vt *vt = start_on(dir, false, 24, 80);
	expect_large(vt, _("The disk is full"));
	assert_int_equal(unlink(ballast), 0);
	vt_keys(vt, "2");
	vt_expect(vt, BOARD);
	vt_expect(vt, _("Disk nearly full"));
	stop(vt, dir);
	umount(dir);
	rmdir(dir);
}

TEST(broken_records_cover_the_board, venue)
{
	struct venue_case *v = *state;
	const char *dir = venue_dir(v);
	CLEANUP(mem_free) char *path = venue_path(v, "jiaplus.db.head");
	FILE *f = fopen(path, "we");

	/* The tripwire of another journal. */
	assert_non_null(f);
	fprintf(f, "0 5 %064d\n", 7);
	fclose(f);
	struct vt *vt = start_on(dir, false, 34, 120);
	expect_large(vt, _("Older data than before lie here"));
	vt_keys(vt, VT_F9);
	vt_expect(vt, _("Scan your card"));
	stop(vt, dir);
}

/* ---- back to a backup, with nobody to log in ---- */

#define WRONG_PIN _("It was not done")

/* The end of a day, which ends with the backup; then the database is cut short. */
static void have_a_day_and_damage(struct venue_case *v)
{
	const struct venue_kiosk kiosk = { .conf = "[backup]\nkeep = yes\n" };
	CLEANUP(mem_free) char *path = venue_path(v, "jiaplus.db");

	venue_start(v, &kiosk);
	venue_stop(v);
	assert_int_equal(truncate(path, 40960), 0);
}

static void read_words(const struct venue_case *v, char ret[RECOVERY_TEXT])
{
	struct recovery sheet;
	struct err err = { 0 };

	assert_ok(recovery_open(venue_dir(v), &sheet, &err), &err);
	recovery_words(&sheet, ret);
}

static void try_the_backup(struct vt *vt)
{
	vt_keys(vt, "3");
	vt_expect(vt, _("on this computer"));
	vt_keys(vt, VT_ENTER);
}

static void go_on_from_it(struct vt *vt)
{
	vt_expect(vt, _("Go on from this backup?"));
	vt_keys(vt, "2");
	vt_expect_gone(vt, _("Go on from this backup?"));
	vt_expect_gone(vt, _("A backup, tried"));
	vt_expect(vt, _("OK"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, BOARD);
}

static void expect_a_venue_that_lends(struct venue_case *v)
{
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/chen.pin");
	CLEANUP(mem_free) char *args = mem_printf("lend 56 2 --as chen --pin-file '%s'", pin);
	CLEANUP(mem_free) char *verified = venue_run(v, 0, "verify --replay");
	CLEANUP(mem_free) char *lent = venue_run(v, 0, args);
}

static void type_pin(struct vt *vt, const char *pin)
{
	/* After a wrong one the machine pauses. */
	vt_expect(vt, _("Type the six digits of your PIN, then press Enter"));
	vt_type(vt, pin);
	vt_expect(vt, "●  ●  ●  ●  ●  ●");
	vt_keys(vt, VT_ENTER);
}

TEST(from_damaged_data_an_administrator_known_to_the_backup_goes_back, venue)
{
	struct venue_case *v = *state;
	const char *dir = venue_dir(v);

	have_a_day_and_damage(v);
	struct vt *vt = start_on(dir, false, 24, 80);
	expect_large(vt, _("The venue's data are damaged"));
	try_the_backup(vt);
	vt_expect(vt, _("A backup, tried"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Scan your card"));
	/* Neither a resident's card nor a volunteer's is enough, nor the administrator's card
	 * without its PIN. */
	vt_scan(vt, venue_card(v, 56));
	vt_expect(vt, _("This is not a volunteer's card"));
	vt_scan(vt, venue_staff_card(v, "chen"));
	vt_expect(vt, "这一步要由管理员来办");
	vt_expect(vt, _("Scan your card"));
	vt_scan(vt, venue_staff_card(v, "admin"));
	type_pin(vt, "908172");
	vt_expect(vt, WRONG_PIN);
	type_pin(vt, venue_pin(v, "admin"));
	go_on_from_it(vt);
	stop(vt, dir);
	expect_a_venue_that_lends(v);
}

TEST(from_damaged_data_the_venues_own_sheet_goes_back_and_no_other, venue)
{
	struct venue_case *v = *state;
	const char *dir = venue_dir(v);
	const struct recovery other = { .seed = { 7 } };
	char own_words[RECOVERY_TEXT], other_words[RECOVERY_TEXT];

	read_words(v, own_words);
	recovery_words(&other, other_words);
	have_a_day_and_damage(v);
	struct vt *vt = start_on(dir, false, 24, 80);
	expect_large(vt, _("The venue's data are damaged"));
	try_the_backup(vt);
	vt_expect(vt, _("A backup, tried"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Scan your card"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Words 1 to 3"));
	vt_scan(vt, other_words);
	vt_expect(vt, _("These words are from another recovery sheet"));
	vt_scan(vt, own_words);
	go_on_from_it(vt);
	stop(vt, dir);
	expect_a_venue_that_lends(v);
}

/* As on the sheet, three in a row. */
static void type_words(struct vt *vt, const char *words)
{
	for (int row = 0; row < 3; row++) {
		size_t len = 0;
		for (int i = 0; i < 3; i++)
			len += strcspn(words + len, " ") +
			       (words[len + strcspn(words + len, " ")] == ' ');
		CLEANUP(mem_free) char *three = mem_printf("%.*s", (int)len, words);
		vt_type(vt, three);
		vt_keys(vt, VT_ENTER);
		vt_settle(vt);
		words += len;
	}
}

TEST(on_a_new_machine_the_typed_sheet_opens_the_backup_and_goes_on_from_it, venue)
{
	struct venue_case *v = *state;
	const char *dir = venue_dir(v);
	char words[RECOVERY_TEXT];

	read_words(v, words);
	have_a_day_and_damage(v);
	CLEANUP(mem_free)
	char *lose = mem_printf("cd '%s' && rm -f jiaplus.db* *.key", dir);
	shell(lose);
	struct vt *vt = start_on(dir, false, 24, 80);
	expect_large(vt, _("The venue's data are not here"));
	try_the_backup(vt);
	vt_expect(vt, _("Words 1 to 3"));
	type_words(vt, "bangga fenlao dun gai hao jin kang lei mu");
	vt_expect(vt, _("These are not the words of a recovery sheet"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("on this computer"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Words 1 to 3"));
	type_words(vt, words);
	vt_expect(vt, _("A backup, tried"));
	vt_keys(vt, "9");
	go_on_from_it(vt);
	/* The PINs were restored too. */
	venue_log_in(v, vt, "admin");
	stop(vt, dir);
	expect_a_venue_that_lends(v);
}

TEST(after_five_wrong_pins_only_the_sheet_counts, venue)
{
	struct venue_case *v = *state;
	const char *dir = venue_dir(v);
	CLEANUP(mem_free) char *tries = venue_path(v, "restore.tries");
	char sheet[RECOVERY_TEXT];

	read_words(v, sheet);
	have_a_day_and_damage(v);
	struct vt *vt = start_on(dir, false, 24, 80);
	expect_large(vt, _("The venue's data are damaged"));
	try_the_backup(vt);
	vt_expect(vt, _("A backup, tried"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Scan your card"));
	vt_scan(vt, venue_staff_card(v, "admin"));
	for (int left = LOCKOUT_TRIES - 1; left >= 0; left--) {
		const struct reason answer =
			left ? REASON(PIN_WRONG, .n1 = left) : REASON(PIN_LOCKED, .n1 = 0);
		CLEANUP(mem_free) char *words = words_reason(&answer, 0);
		type_pin(vt, "908172");
		/* The time until which it lasts depends on the clock. */
		vt_expect(vt, left ? words : "多次输错");
	}
	/* Nor if the trial is begun again. */
	for (int i = 0; i < 3; i++)
		vt_keys(vt, VT_ESC);
	vt_expect(vt, _("on this computer"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("A backup, tried"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Scan your card"));
	vt_scan(vt, venue_staff_card(v, "admin"));
	type_pin(vt, venue_pin(v, "admin"));
	vt_expect(vt, _("Too many wrong PINs"));
	stop(vt, dir);
	/* Nor if the program is restarted; the sheet still counts. */
	vt = start_on(dir, false, 24, 80);
	try_the_backup(vt);
	vt_expect(vt, _("A backup, tried"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Scan your card"));
	vt_scan(vt, venue_staff_card(v, "admin"));
	type_pin(vt, venue_pin(v, "admin"));
	vt_expect(vt, _("Too many wrong PINs"));
	vt_scan(vt, sheet);
	go_on_from_it(vt);
	/* Whoever gets in has a fresh start. */
	assert_int_equal(access(tries, F_OK), -1);
	stop(vt, dir);
}

TEST(without_a_terminal_it_says_so_and_ends, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free)
	char *command = mem_printf("'%s/jiaplus' --dir '%s/nowhere' </dev/null >/dev/null 2>&1",
		getenv("JIAPLUS_BUILD"), venue_dir(v));

	assert_int_equal(WEXITSTATUS(system(command)), 3);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)

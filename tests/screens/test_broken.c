/* A kiosk that cannot start, through the real start: it says what is wrong and what to do, and goes
 * on by itself once that is done. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

#define BOARD _("or the label of an item")

static void shell(const char *command)
{
	if (system(command) != 0)
		fail_msg("%s", command);
}

/* The kiosk on a folder, whatever comes up. As root it is run by nobody, so that rights count; NULL
 * where nobody can run it. */
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

/* A sentence of the screen, letters apart as it draws large ones. */
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

	/* Of a journal that this is not. */
	assert_non_null(f);
	fprintf(f, "0 5 %064d\n", 7);
	fclose(f);
	struct vt *vt = start_on(dir, false, 34, 120);
	expect_large(vt, _("Older data than before lie here"));
	vt_keys(vt, VT_F9);
	vt_expect(vt, _("Scan your card"));
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

/* Databases and disks in a bad state: a clear message, nothing lost. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

static char *database_of(const char *dir)
{
	return mem_printf("%s/jiaplus.db", dir);
}

/* Raw SQL on a venue that nobody has open. */
static void with_sql(const char *dir, const char *sql)
{
	CLEANUP(mem_free) char *path = database_of(dir);
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

TEST(init_twice_is_refused_and_changes_nothing, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish) struct ran before = VENUE_RUN(v, "verify");
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "init");
	CLEANUP(ran_finish) struct ran after = VENUE_RUN(v, "verify");

	assert_int_equal(ran.code, 1);
	assert_has(ran.err, "is there already");
	assert_string_equal(before.out, after.out);
}

/* The venue is there and the shell can log in: what can't be drawn now is drawn later. */
TEST(init_that_cannot_draw_the_card_says_how_to_draw_it_later, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *cards = mem_printf("%s/cards", dir);
	CLEANUP(mem_free) char *pin = mem_printf("%s/pin", dir);
	CLEANUP(mem_free) char *card = mem_printf("%s/card.png", dir);

	write_file(cards, "not a folder", 0600);
	write_file(pin, ADMIN_PIN "\n", 0600);
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "init", "--pin-file", pin);
	assert_int_not_equal(ran.code, 0);
	assert_has(ran.err, "the venue is there, but not the administrator's card");
	assert_has(ran.err, "jiaplus staff card admin --to FILE.png --as admin");
	CLEANUP(ran_finish)
	struct ran drawn = RUN("--dir", dir, "staff", "card", "admin", "--to", card, "--as",
		"admin", "--pin-file", pin);
	assert_code(&drawn, 0);
	CLEANUP(ran_finish) struct ran scan = RUN("scan", card);
	assert_code(&scan, 0);
	assert_has(scan.out, "\tJ1R");
	scratch_remove(dir);
}

TEST(init_in_an_unknown_zone_leaves_nothing_behind, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *path = database_of(dir);
	CLEANUP(ran_finish)
	struct ran ran = RUN("--dir", dir, "init", "--zone", "Asia/Shangri-La");

	assert_int_equal(ran.code, 2);
	assert_has(ran.err, "Asia/Shangri-La");
	assert_int_equal(access(path, F_OK), -1);
	scratch_remove(dir);
}

/* They belong to a venue whose database is gone: their contents may still be saved. */
TEST(init_beside_the_remains_of_a_venue_is_refused, none)
{
	static const char *const remains[] = { "-wal", "-journal", ".head" };

	for (size_t i = 0; i < ARRAY_LEN(remains); i++) {
		CLEANUP(mem_free) char *dir = scratch_make();
		CLEANUP(mem_free) char *path = database_of(dir);
		CLEANUP(mem_free) char *left = mem_printf("%s%s", path, remains[i]);
		write_file(left, "what was done", 0600);
		CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "init");
		CLEANUP(mem_free) char *kept = read_file(left);
		assert_code(&ran, 1);
		assert_has(ran.err, remains[i]);
		assert_has(ran.err, "was left by a database that is not there any more");
		assert_string_equal(kept, "what was done");
		assert_int_equal(access(path, F_OK), -1);
		scratch_remove(dir);
	}
}

TEST(a_pepper_that_is_there_is_kept_by_init, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *path = database_of(dir);
	CLEANUP(mem_free) char *key = mem_printf("%s/pepper.key", dir);

	static const char *const ends[] = { "", "-wal", "-shm", ".head" };

	make_venue(dir);
	CLEANUP(mem_free) char *before = read_file(key);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		CLEANUP(mem_free) char *name = mem_printf("%s%s", path, ends[i]);
		unlink(name);
	}
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "init");
	CLEANUP(mem_free) char *after = read_file(key);
	scratch_remove(dir);
	assert_code(&ran, 0);
	assert_string_equal(before, after);
}

TEST(missing_database_says_how_to_make_one, none)
{
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", "/nonexistent", "loans");

	assert_int_equal(ran.code, 3);
	assert_has(ran.err, "jiaplus init");
}

TEST(empty_file_is_not_taken_for_a_database, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *path = database_of(dir);
	struct stat st;

	write_file(path, "", 0600);
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "loans");
	assert_int_equal(stat(path, &st), 0);
	scratch_remove(dir);
	assert_int_equal(ran.code, 3);
	assert_has(ran.err, "jiaplus.db");
	assert_int_equal(st.st_size, 0);
}

TEST(file_of_something_else_is_not_touched, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *path = database_of(dir);

	write_file(path, "This is a letter, not a database.\n", 0600);
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "loans");
	CLEANUP(mem_free) char *left = read_file(path);
	scratch_remove(dir);
	assert_int_equal(ran.code, 3);
	assert_string_equal(left, "This is a letter, not a database.\n");
}

TEST(database_from_the_future_is_left_alone, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();

	make_venue(dir);
	with_sql(dir, "PRAGMA user_version = 999");
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "loans");
	CLEANUP(ran_finish) struct ran again = RUN("--dir", dir, "verify");
	scratch_remove(dir);
	assert_int_equal(ran.code, 3);
	assert_has(ran.err, "newer program");
	assert_has(ran.err, "999");
	assert_int_equal(again.code, 3);
}

TEST(change_behind_the_journals_back_is_found, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();

	make_venue(dir);
	with_sql(dir, "UPDATE rule SET max_items = 99 WHERE category IS NOT NULL");
	CLEANUP(ran_finish) struct ran chain = RUN("--dir", dir, "verify");
	CLEANUP(ran_finish) struct ran replay = RUN("--dir", dir, "verify", "--replay");
	scratch_remove(dir);
	assert_code(&chain, 0);
	assert_int_equal(replay.code, 3);
	assert_has(replay.err, "rule");
}

TEST(personal_data_changed_behind_the_journals_back_are_named, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *pin = mem_printf("%s/pin", dir);

	make_venue(dir);
	CLEANUP(ran_finish)
	struct ran add = RUN("--dir", dir, "resident", "add", "张三", "--phone", "13800000001",
		"--as", "admin", "--pin-file", pin);
	assert_code(&add, 0);
	CLEANUP(ran_finish) struct ran whole = RUN("--dir", dir, "verify");
	assert_code(&whole, 0);
	with_sql(dir, "UPDATE resident_private SET phone = '13800000002'");
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "verify");
	assert_int_equal(ran.code, 3);
	assert_has(ran.err, "Somebody has changed personal data past this program");
	assert_has(ran.err, "resident_private, row ");
	assert_lacks(ran.err, "13800000002");
	scratch_remove(dir);
}

TEST(rewritten_journal_is_found, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();

	make_venue(dir);
	with_sql(dir,
		"DROP TRIGGER journal_keeps;"
		"UPDATE journal SET recorded_at = recorded_at - 1, occurred_at = occurred_at - 1"
		" WHERE seq = 2");
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "verify");
	scratch_remove(dir);
	assert_int_equal(ran.code, 3);
	assert_has(ran.err, "damaged");
}

TEST(a_plain_backup_is_a_database_of_its_own_and_on_the_record, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *copy_dir = scratch_make();
	CLEANUP(mem_free) char *copy = database_of(copy_dir);
	CLEANUP(ran_finish) struct ran unnamed = VENUE_RUN(v, "backup", "--plain", copy);
	assert_code(&unnamed, 2);
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "backup", "--plain", copy, AS_ADMIN(v));
	assert_code(&ran, 0);
	CLEANUP(ran_finish) struct ran verify = RUN("--dir", copy_dir, "verify", "--replay");
	assert_code(&verify, 0);
	CLEANUP(ran_finish) struct ran again = VENUE_RUN(v, "backup", copy);
	assert_int_equal(again.code, 1);
	scratch_remove(copy_dir);
}

TEST(a_new_machine_goes_on_from_a_sealed_backup_and_its_sheet, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *backup = mem_printf("%s/a.backup", dir);
	CLEANUP(mem_free) char *venue = mem_printf("%s/a/venue", dir);
	CLEANUP(mem_free) char *sheet = mem_printf("%s/recovery.key", v->dir);
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "backup", backup);
	assert_code(&ran, 0);
	CLEANUP(ran_finish) struct ran blind = RUN("--dir", venue, "restore", backup);
	assert_code(&blind, 1);
	assert_has(blind.err, "--recovery");
	CLEANUP(ran_finish)
	struct ran restored = RUN("--dir", venue, "restore", backup, "--recovery", sheet);
	assert_code(&restored, 0);
	assert_has(restored.out, "Nothing was here before");
	CLEANUP(ran_finish) struct ran verify = RUN("--dir", venue, "verify", "--replay");
	assert_code(&verify, 0);
	/* The PINs were restored too. */
	CLEANUP(ran_finish)
	struct ran staff =
		RUN("--dir", venue, "staff", "list", "--as", "admin", "--pin-file", v->pin);
	assert_code(&staff, 0);
	scratch_remove(dir);
}

TEST(the_recovery_sheet_gives_the_administrator_a_new_pin, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *sheet = mem_printf("%s/recovery.key", dir);
	CLEANUP(mem_free) char *wrong = mem_printf("%s/wrong", dir);
	CLEANUP(mem_free) char *pin = mem_printf("%s/new-pin", dir);
	make_venue(dir);
	write_file(wrong, "bangga bangga bangga bangga bangga bangga bangga bangga bangga", 0600);
	write_file(pin, "730518\n", 0600);
	CLEANUP(ran_finish) struct ran none = RUN("--dir", dir, "staff", "recover");
	assert_code(&none, 2);
	CLEANUP(ran_finish)
	struct ran refused = RUN("--dir", dir, "staff", "recover", "--recovery", wrong);
	assert_code(&refused, 1);
	CLEANUP(ran_finish)
	struct ran ran =
		RUN("--dir", dir, "staff", "recover", "--recovery", sheet, "--new-pin-file", pin);
	assert_code(&ran, 0);
	CLEANUP(ran_finish)
	struct ran staff = RUN("--dir", dir, "staff", "list", "--as", "admin", "--pin-file", pin);
	assert_code(&staff, 0);
	scratch_remove(dir);
}

TEST(no_advice_to_restore_before_it_is_known_what_would_be_lost, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *database = database_of(dir);
	make_venue(dir);
	assert_int_equal(truncate(database, 6000), 0);
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "verify");
	scratch_remove(dir);
	assert_code(&ran, 3);
	assert_has(ran.err, "--try");
}

/* ---- folders that cannot be written ---- */

/* Mounts something below `dir`; where we may not, false, and the test is skipped. */
static bool mount_tmpfs(const char *dir, const char *options)
{
	if (mount("jiaplus-test", dir, "tmpfs", 0, options) == 0)
		return true;
	print_message("skipped: no right to mount (%s)\n", strerror(errno));
	return false;
}

TEST(read_only_folder_is_named, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	struct ran lend, loans;

	if (!mount_tmpfs(dir, "size=16m")) {
		scratch_remove(dir);
		test_skip("no file system of its own can be mounted here");
	}
	make_venue(dir);
	CLEANUP(mem_free) char *pin = mem_printf("%s/pin", dir);
	assert_int_equal(mount(NULL, dir, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
	lend = RUN("--dir", dir, "resident", "add", "张三", "--as", "admin", "--pin-file", pin);
	loans = RUN("--dir", dir, "init", "--demo");
	umount(dir);
	scratch_remove(dir);
	assert_int_equal(lend.code, 3);
	assert_has(lend.err, dir);
	assert_true(loans.code == 1 || loans.code == 3);
	ran_finish(&lend);
	ran_finish(&loans);
}

/* Fills the disk except for `left` bytes. */
static void fill_disk(const char *dir, size_t left)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/ballast", dir);
	char block[4096] = { 0 };
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	off_t size = 0;

	assert_true(fd >= 0);
	for (ssize_t n; (n = write(fd, block, sizeof(block))) > 0;)
		size += n;
	assert_int_equal(errno, ENOSPC);
	assert_int_equal(ftruncate(fd, size - (off_t)left), 0);
	close(fd);
}

TEST(full_disk_loses_nothing, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	struct ran ran = { 0 };

	if (!mount_tmpfs(dir, "size=8m")) {
		scratch_remove(dir);
		test_skip("no file system of its own can be mounted here");
	}
	make_venue(dir);
	CLEANUP(mem_free) char *pin = mem_printf("%s/pin", dir);
	CLEANUP(mem_free) char *ballast = mem_printf("%s/ballast", dir);
	fill_disk(dir, 0);
	for (int i = 0; i < 60 && ran.code == 0; i++) {
		CLEANUP(mem_free) char *name = mem_printf("第%d人", i);
		ran_finish(&ran);
		ran = RUN(
			"--dir", dir, "resident", "add", name, "--as", "admin", "--pin-file", pin);
	}
	unlink(ballast);
	struct ran verify = RUN("--dir", dir, "verify", "--replay");
	umount(dir);
	scratch_remove(dir);
	assert_int_equal(ran.code, 3);
	assert_has(ran.err, "space");
	assert_code(&verify, 0);
	ran_finish(&ran);
	ran_finish(&verify);
}

TEST(init_on_a_full_disk_can_be_repeated, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();

	if (!mount_tmpfs(dir, "size=4m")) {
		scratch_remove(dir);
		test_skip("no file system of its own can be mounted here");
	}
	CLEANUP(mem_free) char *ballast = mem_printf("%s/ballast", dir);
	fill_disk(dir, 64 * 1024);
	struct ran full = RUN("--dir", dir, "init");
	unlink(ballast);
	struct ran again = RUN("--dir", dir, "init");
	umount(dir);
	scratch_remove(dir);
	assert_int_equal(full.code, 3);
	assert_code(&again, 0);
	ran_finish(&full);
	ran_finish(&again);
}

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)

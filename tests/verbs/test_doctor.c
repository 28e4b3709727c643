/* What doctor finds, one line each with its remedy; it changes nothing. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/site/setting.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

static char *scratch_venue(void)
{
	char *dir = scratch_make();

	make_venue(dir);
	return dir;
}

static char *file_in(const char *dir, const char *name)
{
	return mem_printf("%s/%s", dir, name);
}

/* The lines of one check with this verdict; asserts the exit code. */
static int lines_of(const char *dir, int code, const char *check, const char *verdict)
{
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "doctor", "--json");
	json_error_t wrong;
	json_t *array = json_loads(ran.out, 0, &wrong), *line;
	size_t i;
	int count = 0;

	assert_code(&ran, code);
	assert_true(json_is_array(array));
	json_array_foreach(array, i, line)
	{
		const char *is = json_string_value(json_object_get(line, "check"));
		const char *how = json_string_value(json_object_get(line, "verdict"));
		count += strcmp(is, check) == 0 && strcmp(how, verdict) == 0;
	}
	json_decref(array);
	return count;
}

static void expect_fails(const char *dir, const char *check, const char *said)
{
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "doctor");

	assert_true(lines_of(dir, 3, check, "fails") >= 1);
	assert_has(ran.out, said);
}

TEST(a_venue_that_is_well_has_a_line_for_each_thing_looked_at, none)
{
	static const char *const checks[] = { "folder", "files", "space", "database", "chain",
		"keys", "clock" };
	CLEANUP(mem_free) char *dir = scratch_venue();

	for (size_t i = 0; i < ARRAY_LEN(checks); i++)
		if (lines_of(dir, 0, checks[i], "well") != 1)
			fail_msg("%s is not well", checks[i]);
	assert_int_equal(lines_of(dir, 0, "printer", "well"), 4);
	scratch_remove(dir);
}

TEST(a_missing_folder_and_a_missing_database_are_told, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *nowhere = file_in(dir, "nowhere");

	expect_fails(nowhere, "folder", "jiaplus init");
	expect_fails(dir, "database", "jiaplus init");
	scratch_remove(dir);
}

TEST(a_damaged_database_is_told_and_not_touched, none)
{
	CLEANUP(mem_free) char *dir = scratch_venue();
	CLEANUP(mem_free) char *path = file_in(dir, "jiaplus.db");
	struct stat before, after;

	assert_int_equal(truncate(path, 40960), 0);
	assert_int_equal(stat(path, &before), 0);
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "doctor");
	assert_code(&ran, 3);
	assert_has(ran.out, "damaged");
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_size, after.st_size);
	assert_int_equal(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
	scratch_remove(dir);
}

TEST(files_that_others_can_read_are_named, none)
{
	CLEANUP(mem_free) char *dir = scratch_venue();
	CLEANUP(mem_free) char *path = file_in(dir, "jiaplus.db");

	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(chmod(dir, 0755), 0);
	assert_int_equal(lines_of(dir, 0, "files", "warns"), 2);
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "doctor");
	assert_has(ran.out, "chmod 600");
	assert_has(ran.out, "chmod 700");
	scratch_remove(dir);
}

TEST(a_file_of_another_user_is_named, none)
{
	if (geteuid() != 0)
		test_skip("only root can give files away");
	CLEANUP(mem_free) char *dir = scratch_venue();
	CLEANUP(mem_free) char *lock = file_in(dir, "jiaplus.db.lock");

	assert_int_equal(chown(lock, 65534, 65534), 0);
	expect_fails(dir, "files", "chown");
	scratch_remove(dir);
}

TEST(a_verb_run_by_root_leaves_nothing_of_its_own_in_anothers_folder, none)
{
	static const char *const names[] = { "jiaplus.db", "jiaplus.db.lock", "jiaplus.db-wal",
		"pepper.key", "all.csv" };

	if (geteuid() != 0)
		test_skip("only root can give files away");
	CLEANUP(mem_free) char *dir = scratch_make();
	assert_int_equal(chown(dir, 65534, 65534), 0);
	init_venue(dir);
	CLEANUP(mem_free) char *pin = file_in(dir, "pin");
	CLEANUP(mem_free) char *table = file_in(dir, "all.csv");
	CLEANUP(ran_finish)
	struct ran ran =
		RUN("--dir", dir, "item", "export", table, "--as", "admin", "--pin-file", pin);
	assert_code(&ran, 0);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		CLEANUP(mem_free) char *path = file_in(dir, names[i]);
		struct stat st;
		if (stat(path, &st) == 0 && st.st_uid != 65534)
			fail_msg("%s belongs to %u", names[i], (unsigned)st.st_uid);
	}
	scratch_remove(dir);
}

TEST(a_lost_key_a_doubted_clock_and_a_missing_printer_are_told, none)
{
	CLEANUP(mem_free) char *dir = scratch_venue();
	CLEANUP(mem_free) char *key = file_in(dir, "pepper.key");
	CLEANUP(mem_free) char *path = file_in(dir, "jiaplus.db");
	CLEANUP(mem_free) char *conf = file_in(dir, "kiosk.conf");
	struct clock clock = clock_set(clock_now(&clock_system) + 400 * INT64_C(86400));
	const struct act act = { .role = ROLE_SYSTEM };
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(db_open(path, DB_OPEN, &clock, &db, &err), &err);
	assert_ok(setting_set(db, &act, SETTING_UNDO_MINUTES, "11", &err), &err);
	db_close(db);
	assert_int_equal(unlink(key), 0);
	write_file(conf, "[receipt]\nmode = raw\nqueue = /dev/usb/lp77\n", 0600);
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "--config", conf, "doctor");
	assert_code(&ran, 3);
	assert_has(ran.out, "pepper.key, is missing");
	assert_has(ran.out, "clock of this computer may be wrong");
	assert_has(ran.out, "/dev/usb/lp77");
	scratch_remove(dir);
}

TEST_FILE()

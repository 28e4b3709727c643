/* Tables in and out from a shell. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

static char *path_in(const struct venue_dir *v, const char *name)
{
	return mem_printf("%s/%s", v->dir, name);
}

TEST(dry_run_tells_each_line_and_keeps_nothing, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = path_in(v, "dry.csv");

	write_file(path, "姓名,电话,身高\n甲子,13800000011,170\n乙丑,12x,\n", 0644);
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "resident", "import", path, "--dry-run", AS_ADMIN(v));
	assert_code(&ran, 1);
	assert_has(ran.out, "is added");
	assert_has(ran.out, "is not in order");
	assert_has(ran.out, "Nothing has been kept.");
	assert_has(ran.err, "dry.csv:3:2: phone number: ");
	assert_has(ran.err, "columns left out: 身高");
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "resident", "list", "甲子", "--json");
	json_decref(assert_json(&list, 0));
}

TEST(bad_lines_go_to_a_file_and_good_ones_in, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = path_in(v, "some.csv");
	CLEANUP(mem_free) char *bad = path_in(v, "bad.csv");

	write_file(path, "姓名,电话\n丙寅,13800000012\n丁卯,12x\n", 0644);
	CLEANUP(ran_finish)
	struct ran ran =
		VENUE_RUN(v, "resident", "import", path, "--skip-bad", bad, "--json", AS_ADMIN(v));
	assert_code(&ran, 0);
	json_t *lines = assert_json(&ran, 2);
	assert_string_equal(
		json_string_value(json_object_get(json_array_get(lines, 0), "change")), "added");
	assert_string_equal(
		json_string_value(json_object_get(json_array_get(lines, 1), "change")), "bad");
	json_decref(lines);
	CLEANUP(mem_free) char *given_back = read_file(bad);
	assert_has(given_back, "丁卯,12x,");
	assert_has(given_back, "This is not a phone number");
	assert_lacks(given_back, "丙寅");
}

TEST(an_export_is_a_file_for_its_owner_and_comes_in_as_the_same, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = path_in(v, "all.tsv");
	struct stat st;

	CLEANUP(ran_finish) struct ran add = VENUE_RUN(v, "resident", "add", "戊辰", AS_ADMIN(v));
	assert_code(&add, 0);
	CLEANUP(ran_finish)
	struct ran ran =
		VENUE_RUN(v, "resident", "export", path, "--encoding", "gb18030", AS_ADMIN(v));
	assert_code(&ran, 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	CLEANUP(mem_free) char *text = read_file(path);
	assert_has(text, "number\tname\tphone\t");
	assert_has(text, "\xCE\xEC\xB3\xBD"); /* 戊辰 */
	CLEANUP(ran_finish)
	struct ran again = VENUE_RUN(v, "resident", "import", path, AS_ADMIN(v));
	assert_code(&again, 0);
	assert_has(again.out, " 0 added, 0 changed, ");
}

TEST(an_export_needs_somebody_and_a_known_encoding, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = path_in(v, "none.csv");

	CLEANUP(ran_finish) struct ran nobody = VENUE_RUN(v, "resident", "export", path);
	assert_code(&nobody, 2);
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "item", "export", path, "--encoding", "ebcdic", AS_ADMIN(v));
	assert_code(&ran, 2);
	assert_int_equal(access(path, F_OK), -1);
}

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)

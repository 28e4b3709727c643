/* Importing and exporting tables from a shell. */
#include <stdbool.h>
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

/* ---- tables that people have ---- */

TEST(what_was_skipped_in_a_table_is_told, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = path_in(v, "list.csv");

	write_file(path, "登记表,,\n序号,*姓名,手 机\n1,己巳,13800000021\n合计,1人,\n", 0644);
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "resident", "import", path, AS_ADMIN(v));
	assert_code(&ran, 0);
	assert_has(ran.err, "list.csv:1: above the headings, left out: 登记表");
	assert_has(ran.err, "list.csv:2: heading understood: *姓名");
	assert_has(ran.err, "list.csv:2: heading understood: 手 机");
	assert_has(ran.err, "list.csv:4: a total, left out: 合计 1人");
	assert_has(ran.out, "1 rows: 1 added, ");
}

static const char *const kinds[] = { "resident", "title", "item", "loan", "points" };

TEST(an_empty_table_of_every_kind_comes_in_cleanly, none)
{
	static const char *const languages[] = { "en", "zh_CN" };
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = path_in(v, "empty.csv");

	for (size_t i = 0; i < ARRAY_LEN(kinds) * ARRAY_LEN(languages); i++) {
		const char *kind = kinds[i / 2], *language = languages[i % 2];
		CLEANUP(ran_finish)
		struct ran made =
			VENUE_RUN(v, kind, "template", path, "--replace", "--lang", language);
		assert_code(&made, 0);
		CLEANUP(ran_finish)
		struct ran ran = VENUE_RUN(v, kind, "import", path, AS_ADMIN(v));
		assert_code(&ran, 0);
		assert_has(ran.err, "empty.csv:2: an example, left out: ");
		assert_has(ran.err, "empty.csv:3: a remark, left out: ");
		assert_lacks(ran.err, "columns left out");
		assert_lacks(ran.err, "heading understood");
		assert_has(ran.out, "0 rows: 0 added, 0 changed, 0 the same, 0 not in order");
	}
}

TEST(lines_below_the_example_are_taken_over, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = path_in(v, "filled.csv");

	CLEANUP(ran_finish)
	struct ran made = VENUE_RUN(v, "resident", "template", path, "--lang", "zh_CN");
	assert_code(&made, 0);
	CLEANUP(mem_free) char *text = read_file(path);
	assert_has(text, "编号,姓名,电话,楼栋,");
	assert_has(text, "例：12,张三,");
	CLEANUP(mem_free) char *filled = mem_printf("%s,庚午,13800000022,3栋\n", text);
	write_file(path, filled, 0644);
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "resident", "import", path, AS_ADMIN(v));
	assert_code(&ran, 0);
	assert_has(ran.out, "1 rows: 1 added, ");
}

TEST(the_manual_names_every_column_of_every_table, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = path_in(v, "columns.csv");
	CLEANUP(mem_free) char *folder = mem_printf("%s/assets/man", getenv("JIAPLUS_SOURCE"));

	for (size_t i = 0; i < ARRAY_LEN(kinds) * 2; i++) {
		bool is_chinese = i % 2;
		CLEANUP(mem_free)
		char *manual = mem_printf("%s%s/jiaplus.1", folder, is_chinese ? "/zh_CN" : "");
		CLEANUP(mem_free) char *page = read_file(manual);
		CLEANUP(ran_finish)
		struct ran made = VENUE_RUN(v, kinds[i / 2], "template", path, "--replace",
			"--lang", is_chinese ? "zh_CN" : "en");
		assert_code(&made, 0);
		CLEANUP(mem_free) char *text = read_file(path);
		char *rest = text + strlen("\xEF\xBB\xBF");
		rest[strcspn(rest, "\r\n")] = '\0';
		for (char *name; (name = strsep(&rest, ","));)
			assert_has(page, name);
	}
}

TEST(categories_are_listed_by_code_and_name, none)
{
	const struct venue_dir *v = *state;

	CLEANUP(ran_finish) struct ran people = VENUE_RUN(v, "resident", "categories");
	assert_code(&people, 0);
	assert_has(people.out, "未成年人");
	CLEANUP(ran_finish) struct ran things = VENUE_RUN(v, "item", "categories", "--json");
	assert_has(things.out, "\"power-tool\"");
	json_decref(assert_json(&things, -1));
}

TEST(a_question_is_answered_by_again, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = path_in(v, "twice.csv");

	write_file(path, "名称,类别,数量\n雨伞,工具类,2\n", 0644);
	CLEANUP(ran_finish) struct ran first = VENUE_RUN(v, "item", "import", path, AS_ADMIN(v));
	assert_code(&first, 0);
	CLEANUP(ran_finish) struct ran asked = VENUE_RUN(v, "item", "import", path, AS_ADMIN(v));
	assert_code(&asked, 1);
	assert_has(asked.err, "twice.csv:2:1: title: 2 items of this kind can be the same");
	CLEANUP(ran_finish)
	struct ran again = VENUE_RUN(v, "item", "import", path, "--again", AS_ADMIN(v));
	assert_code(&again, 0);
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "item", "list", "--json");
	json_decref(assert_json(&list, 4));
}

TEST(a_workbook_is_asked_for_as_csv_in_the_users_language, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = path_in(v, "book.xls");

	write_file(path, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 0644);
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "resident", "import", path, "--lang", "zh_CN", AS_ADMIN(v));
	assert_code(&ran, 1);
	assert_has(ran.err, "另存为");
	assert_has(ran.err, "CSV UTF-8");
}

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)

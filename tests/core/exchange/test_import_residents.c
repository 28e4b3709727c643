/* Residents from a table: encodings, columns, faults, all or nothing. */
#include <iconv.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/reasons.h"
#include "core/exchange/reasons.h"
#include "core/exchange/table_read.h"
#include "core/people/reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/exchange/folk_import.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

static int64_t people(struct folk *f)
{
	return folk_count(f, "SELECT count(*) FROM resident");
}

static void person_is(struct folk *f, int64_t number, const char *name, const char *phone,
	const char *building, const char *room)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct resident resident;

	OK(f, resident_by_number(f->db, number, &resident, &f->err));
	OK(f, resident_person(f->db, resident.id, &person, &f->err));
	assert_string_equal(person.name, name);
	assert_string_equal(person.phone, phone);
	assert_string_equal(person.building, building);
	assert_string_equal(person.room, room);
}

static const char street[] = "姓名,电话,楼栋,房号,类别\n"
			     "张三,13800000001,3栋,502,居民\n"
			     "李四,13800000002,3栋,503,volunteer\n";

TEST(a_table_becomes_residents, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt a = import(f, street);
	struct resident resident;

	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.rows, 2);
	assert_int_equal(a.report.count[IMPORT_ADDED], 2);
	assert_string_equal(a.report.encoding, "UTF-8");
	person_is(f, 1, "张三", "13800000001", "3栋", "502");
	person_is(f, 2, "李四", "13800000002", "3栋", "503");
	OK(f, resident_by_number(f->db, 2, &resident, &f->err));
	assert_int_equal(resident.category, f->volunteer_category);
	assert_string_equal(resident.consent_version, "paper-1");
}

/* The same table in another encoding. */
static size_t encode(const char *encoding, char out[1024])
{
	iconv_t converter = iconv_open(encoding, "UTF-8");
	char *in = (char *)street, *to = out;
	size_t in_len = strlen(street), room = 1024;

	assert_true(converter != (iconv_t)-1);
	assert_int_equal(iconv(converter, &in, &in_len, &to, &room), 0);
	iconv_close(converter);
	return 1024 - room;
}

TEST(every_encoding_that_spreadsheets_write_is_understood, folk)
{
	static const char *const encodings[][2] = { { "GB18030", "GB18030" }, { "GBK", "GB18030" },
		{ "UTF-16", "UTF-16" }, { "UTF-8", "UTF-8" } };
	struct folk *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(encodings); i++) {
		char bytes[1024];
		size_t len = encode(encodings[i][0], bytes);
		CLEANUP(attempt_finish)
		struct attempt a = import_as(f, &by_volunteer, bytes, len, true);
		assert_ok(a.result, &a.err);
		assert_string_equal(a.report.encoding, encodings[i][1]);
		assert_int_equal(a.report.count[IMPORT_ADDED], 2);
	}
}

TEST(a_byte_order_mark_is_no_part_of_the_first_header, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt a = import(f, "\xEF\xBB\xBF姓名\n张三\n");

	assert_ok(a.result, &a.err);
	assert_int_equal(people(f), 1);
}

TEST(columns_may_come_in_any_order_and_language, none)
{
	static const char *const tables[] = {
		"room\tNAME\tPhone\tbuilding\r\n502\t张三\t13800000001\t3栋\r\n",
		"Ｒｏｏｍ;name:; phone ;building\n502;张三;13800000001;3栋",
		"\"房号\",\"姓名\",\"电话\",\"楼号\"\r\"502\",\"张三\",\"13800000001\",\"3栋\"\r",
	};

	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		void *state_of_one;
		folk_setup(&state_of_one);
		struct folk *f = state_of_one;
		CLEANUP(attempt_finish) struct attempt a = import(f, tables[i]);
		assert_ok(a.result, &a.err);
		person_is(f, 1, "张三", "13800000001", "3栋", "502");
		folk_teardown(&state_of_one);
	}
}

TEST(full_width_forms_and_padding_are_understood, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "姓名,电话,楼栋,房号,编号\n"
				     "　张　三 ,１３８０００００００１,３栋, ５０２ ,００１２\n");

	assert_ok(a.result, &a.err);
	person_is(f, 12, "张三", "13800000001", "3栋", "502");
}

TEST(quotes_hold_separators_quotes_and_line_ends, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "姓名,备注,电话\n"
				     "\"张三\",\"耳背, 请大声 \"\"谢谢\"\"\",13800000001\n"
				     "李四,,12x\n");
	assert_int_equal(a.result, ERR_REFUSED);
	assert_int_equal(a.report.fault_count, 1);
	assert_int_equal(a.report.faults[0].line, 3);
	assert_int_equal(a.report.faults[0].column, 3);

	CLEANUP(attempt_finish)
	struct attempt b = import(f, "姓名,地址\n张三,\"3栋\n502\"\n李四,x\n,y\n");
	assert_int_equal(b.result, ERR_REFUSED);
	assert_int_equal(b.report.faults[0].line, 5);
	assert_int_equal(b.report.faults[0].column, 1);
}

TEST(every_bad_line_is_named_and_nothing_is_added, folk)
{
	struct folk *f = *state;
	static const struct {
		int line, column;
		int code;
	} expected[] = {
		{ 3, 2, REASON_PHONE_BAD },
		{ 4, 3, REASON_CATEGORY_UNKNOWN },
		{ 5, 1, REASON_TEXT_EMPTY },
		{ 7, 4, REASON_NUMBER_RANGE },
		{ 8, 4, REASON_LINE_REPEATED },
		{ 9, 1, REASON_LINE_REPEATED },
	};
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "姓名,电话,类别,编号\n"
				     "张三,13800000001,,8\n"
				     "李四,abc,,\n"
				     "王五,13800000003,皇帝,\n"
				     ",13800000004,,\n"
				     "\n"
				     "赵六,13800000005,,x\n"
				     "钱七,13800000006,,8\n"
				     "张三,138-0000-0001,,\n");

	assert_fails(a.result, &a.err, ERR_REFUSED, IMPORT_FAULTS);
	assert_int_equal(a.err.reasons[0].n1, 6);
	assert_int_equal(a.report.fault_count, (int)ARRAY_LEN(expected));
	for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
		assert_int_equal(a.report.faults[i].line, expected[i].line);
		assert_int_equal(a.report.faults[i].column, expected[i].column);
		assert_int_equal(a.report.faults[i].reason.code, expected[i].code);
	}
	assert_int_equal(a.report.count[IMPORT_BAD], 6);
	assert_false(a.report.is_kept);
	assert_int_equal(a.report.faults[5].reason.n1, 2); /* the first of the two lines */
	assert_int_equal(people(f), 0);
	assert_int_equal(folk_count(f, "SELECT count(*) FROM household"), 0);
	assert_int_equal(
		folk_count(f, "SELECT count(*) FROM journal WHERE kind = 'resident.add'"), 0);
}

TEST(a_line_with_two_faults_shows_both, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt a = import(f, "姓名,电话,类别\n,abc,皇帝\n");

	assert_int_equal(a.result, ERR_REFUSED);
	assert_int_equal(a.report.fault_count, 3);
	assert_int_equal(a.err.reasons[0].n1, 1);
}

TEST(a_dry_run_promises_and_writes_nothing, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt a = import_as(f, &by_volunteer, street, strlen(street), true);

	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_ADDED], 2);
	assert_int_equal(people(f), 0);
	CLEANUP(attempt_finish) struct attempt b = import(f, street);
	assert_ok(b.result, &b.err);
	assert_int_equal(people(f), 2);
}

TEST(importing_twice_finds_everybody_there, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt a = import(f, street);
	assert_ok(a.result, &a.err);
	CLEANUP(attempt_finish) struct attempt b = import(f, street);
	assert_ok(b.result, &b.err);
	assert_int_equal(b.report.count[IMPORT_SAME], 2);
	assert_int_equal(people(f), 2);
}

TEST(the_same_key_imports_once, folk)
{
	struct folk *f = *state;
	struct act act = by_volunteer;

	act_new_key(act.key);
	for (int i = 0; i < 2; i++) {
		CLEANUP(attempt_finish)
		struct attempt a = import_as(f, &act, street, strlen(street), false);
		assert_ok(a.result, &a.err);
		assert_int_equal(a.report.count[i == 0 ? IMPORT_ADDED : IMPORT_SAME], 2);
	}
	assert_int_equal(people(f), 2);
}

/* Nothing in these lines tells the second import that they are the same people. */
TEST(the_same_key_adds_people_without_phone_and_room_once, folk)
{
	static const char nameless[] = "姓名\n张三\n李四\n";
	struct folk *f = *state;
	struct act act = by_volunteer;

	act_new_key(act.key);
	for (int i = 0; i < 2; i++) {
		CLEANUP(attempt_finish)
		struct attempt a = import_as(f, &act, nameless, strlen(nameless), false);
		assert_ok(a.result, &a.err);
	}
	assert_int_equal(people(f), 2);
}

TEST(a_line_of_somebody_who_is_here_changes_what_differs, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt a = import(f, street);
	CLEANUP(attempt_finish)
	struct attempt b = import(f, "编号,姓名,电话,楼栋,房号,备注\n"
				     "1,张三,13900000001,,601,耳背\n"
				     "2,李四,13800000002,3栋,503,\n");

	assert_ok(b.result, &b.err);
	assert_int_equal(b.report.count[IMPORT_CHANGED], 1);
	assert_int_equal(b.report.count[IMPORT_SAME], 1);
	assert_string_equal(b.report.lines[0].columns, "phone, note, room");
	assert_string_equal(b.report.lines[0].name, "张三");
	person_is(f, 1, "张三", "13900000001", "3栋", "601");
	person_is(f, 2, "李四", "13800000002", "3栋", "503");
}

TEST(a_number_of_somebody_else_is_refused, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt a = import(f, street);
	CLEANUP(attempt_finish)
	struct attempt b = import(f, "编号,姓名,电话\n1,王五,13700000000\n9,张三,13800000001\n");

	assert_int_equal(b.result, ERR_REFUSED);
	assert_int_equal(b.report.fault_count, 2);
	assert_int_equal(b.report.faults[0].reason.code, REASON_NUMBER_TAKEN);
	assert_int_equal(b.report.faults[1].reason.code, REASON_PERSON_EXISTS);
	person_is(f, 1, "张三", "13800000001", "3栋", "502");
}

TEST(days_are_understood_however_they_are_written, folk)
{
	static const char *const days[] = { "2026-01-05", "2026-1-5", "2026/1/5", "2026.1.5",
		"2026年1月5日", "２０２６年１月５日", "20260105", "2026/1/5 0:00" };
	struct folk *f = *state;
	struct act act = { .role = ROLE_VOLUNTEER, .why = "旧名册" };

	for (size_t i = 0; i < ARRAY_LEN(days); i++) {
		CLEANUP(mem_free)
		char *text = mem_printf("编号,姓名,登记日期\n%zu,张三,%s\n", i + 1, days[i]);
		CLEANUP(attempt_finish)
		struct attempt a = import_as(f, &act, text, strlen(text), false);
		assert_ok(a.result, &a.err);
	}
	assert_int_equal(
		folk_count(f, "SELECT count(*) FROM resident WHERE joined_on = '2026-01-05'"),
		(int)ARRAY_LEN(days));
	CLEANUP(attempt_finish)
	struct attempt a =
		import(f, "姓名,登记日期\n甲,2026-2-30\n乙,2026-12-1\n丙,1/5/2026\n丁,2026-1/5\n");
	assert_int_equal(a.report.fault_count, 4);
	for (int i = 0; i < a.report.fault_count; i++)
		assert_int_equal(a.report.faults[i].reason.code, REASON_DATE_BAD);
}

TEST(a_guardian_may_stand_further_down, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "编号,姓名,监护人编号\n5,小张,7\n7,大张,\n");

	assert_ok(a.result, &a.err);
	assert_int_equal(folk_count(f, "SELECT g.number FROM resident r JOIN resident g"
				       " ON g.id = r.guardian WHERE r.number = 5"),
		7);
	CLEANUP(attempt_finish)
	struct attempt b = import(f, "编号,姓名,监护人编号\n8,小李,9\n");
	assert_int_equal(b.result, ERR_REFUSED);
	assert_int_equal(b.report.faults[0].column, 3);
	assert_int_equal(b.report.faults[0].reason.code, REASON_RESIDENT_UNKNOWN);
}

TEST(an_endless_field_is_a_fault_of_its_line, folk)
{
	struct folk *f = *state;
	size_t len = 10 * 1024 * 1024;
	CLEANUP(mem_free) char *text = mem_alloc(len + 64);
	size_t at = (size_t)snprintf(text, 32, "姓名,备注\n张三,");

	memset(text + at, 'x', len);
	strcpy(text + at + len, "\n李四,\n");
	CLEANUP(attempt_finish)
	struct attempt a = import_as(f, &by_volunteer, text, strlen(text), true);
	assert_int_equal(a.result, ERR_REFUSED);
	assert_int_equal(a.report.fault_count, 1);
	assert_int_equal(a.report.faults[0].line, 2);
	assert_int_equal(a.report.faults[0].column, 2);
	assert_int_equal(a.report.faults[0].reason.code, REASON_TEXT_TOO_LONG);
	assert_int_equal(a.report.count[IMPORT_ADDED], 1);
}

TEST(empty_columns_behind_the_last_are_no_matter, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt a =
		import(f, "姓名,电话,,,\r\n张三,13800000001,,,\r\n,,,,\r\n李四,13800000002,,,\r\n");

	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_ADDED], 2);
	assert_string_equal(a.report.unknown_columns, "");
}

/* ---- leaving the bad lines out ---- */

static struct attempt import_skipping(struct folk *f, const char *text, const char *to)
{
	struct attempt a = { 0 };
	char path[32];

	write_temporary(path, text, strlen(text));
	struct import what = { .kind = EXCHANGE_RESIDENTS,
		.path = path,
		.skip_bad = to,
		.category = "resident",
		.consent_version = "paper-1" };
	a.result = import_table(f->db, &by_volunteer, &what, &a.report, &a.err);
	unlink(path);
	return a;
}

TEST(good_lines_are_taken_over_and_bad_ones_given_back, folk)
{
	static const char text[] =
		"姓名;电话;备注\r\n张三;13800000001;\r\n李四;abc;\"甲;\"\"乙\"\r\n"
		"王五;13800000003;\r\n;1;\r\n";
	struct folk *f = *state;
	char to[32];
	struct table *table = NULL;
	struct stat file;

	write_temporary(to, "", 0);
	CLEANUP(attempt_finish) struct attempt a = import_skipping(f, text, to);
	assert_ok(a.result, &a.err);
	assert_true(a.report.is_kept);
	assert_int_equal(a.report.count[IMPORT_ADDED], 2);
	assert_int_equal(a.report.count[IMPORT_BAD], 2);
	assert_int_equal(people(f), 2);

	assert_int_equal(stat(to, &file), 0);
	assert_int_equal(file.st_mode & 0777, 0600);
	OK(f, table_open(to, NULL, &table, &f->err));
	assert_int_equal(table_separator(table), ';');
	assert_int_equal(table_rows(table), 3);
	assert_string_equal(table_cell(table, 0, 3), "未导入原因");
	assert_string_equal(table_cell(table, 1, 0), "李四");
	assert_string_equal(table_cell(table, 1, 2), "甲;\"乙");
	assert_string_equal(table_cell(table, 1, 3), "PHONE_BAD");
	assert_string_equal(table_cell(table, 2, 3), "TEXT_EMPTY；PHONE_BAD");
	table_close(table);
	unlink(to);
}

/* Of two lines with one number, the second is refused because of the first; if the first is refused
 * for a reason of its own, the second is accepted. */
TEST(a_line_is_not_measured_by_one_that_was_left_out, folk)
{
	struct folk *f = *state;
	char to[32];

	write_temporary(to, "", 0);
	CLEANUP(attempt_finish)
	struct attempt a = import_skipping(
		f, "编号,姓名,电话\n5,张三,abc\n5,李四,13800000001\n5,王五,13800000002\n", to);
	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_ADDED], 1);
	person_is(f, 5, "李四", "13800000001", "", "");
	assert_int_equal(a.report.faults[1].reason.code, REASON_LINE_REPEATED);
	assert_int_equal(a.report.faults[1].reason.n1, 3);
	unlink(to);
}

TEST(what_was_given_back_comes_in_once_it_is_put_right, folk)
{
	struct folk *f = *state;
	char to[32];

	write_temporary(to, "", 0);
	CLEANUP(attempt_finish)
	struct attempt a = import_skipping(f, "姓名,电话,未导入原因\n张三,13800000001,x\n", to);
	assert_ok(a.result, &a.err);
	assert_string_equal(a.report.unknown_columns, "");
	assert_int_equal(a.report.count[IMPORT_ADDED], 1);
	unlink(to);
}

TEST(what_looks_like_a_formula_loses_its_apostrophe, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "姓名,电话\n'=张三,'+85212345678\n");

	assert_ok(a.result, &a.err);
	person_is(f, 1, "=张三", "+85212345678", "", "");
}

TEST(columns_that_are_not_kept_are_reported, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "姓名,身份证号,楼层\n张三,440681199001010011,5\n");

	assert_ok(a.result, &a.err);
	assert_string_equal(a.report.unknown_columns, "身份证号, 楼层");
	assert_int_equal(folk_count(f, "SELECT count(*) FROM resident_private"
				       " WHERE instr(ifnull(note, ''), '4406')"),
		0);
}

TEST(a_table_without_names_is_refused, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt a = import(f, "电话,房号\n13800000001,502\n");

	assert_fails(a.result, &a.err, ERR_INVALID, COLUMN_MISSING);
}

TEST(files_that_are_no_tables_are_refused_with_a_reason, folk)
{
	static const struct {
		const char *bytes;
		size_t len;
		int code;
	} files[] = {
		{ "", 0, REASON_FILE_EMPTY },
		{ "\n\n", 2, REASON_FILE_EMPTY },
		{ "PK\3\4\0\0\0\0", 8, REASON_FILE_BAD },
		{ "\xff\xff\xff\xff", 4, REASON_FILE_BAD },
		{ "\x80\xff", 2, REASON_FILE_BAD },
		{ "name\n\"never closed", 18, REASON_FILE_BAD },
	};
	struct folk *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		CLEANUP(attempt_finish)
		struct attempt a = import_as(f, &by_volunteer, files[i].bytes, files[i].len, false);
		assert_int_equal(a.result, ERR_INVALID);
		assert_true(err_has(&a.err, files[i].code));
	}
	struct import what = { .path = "/nowhere.csv", .category = "resident" };
	CLEANUP(attempt_finish) struct attempt a = { 0 };
	assert_fails(import_table(f->db, &by_volunteer, &what, &a.report, &a.err), &a.err,
		ERR_NOT_FOUND, FILE_MISSING);
}

TEST(an_unclosed_quote_is_named_by_its_line, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt a = import(f, "name\n张三\n\"李四\n王五\n");

	assert_int_equal(a.result, ERR_INVALID);
	assert_non_null(strstr(a.err.reasons[0].text, ":3"));
}

TEST(a_file_too_large_is_not_read, folk)
{
	struct folk *f = *state;
	CLEANUP(mem_free) char *bytes = mem_alloc(TABLE_BYTES_MAX + 1);

	memset(bytes, 'a', TABLE_BYTES_MAX + 1);
	CLEANUP(attempt_finish)
	struct attempt a = import_as(f, &by_volunteer, bytes, TABLE_BYTES_MAX + 1, false);
	assert_fails(a.result, &a.err, ERR_INVALID, FILE_TOO_LARGE);
}

TEST(controls_in_a_cell_are_a_fault_of_that_cell, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "电话,姓名\n13800000001,张\x1b[2J三\n");

	assert_int_equal(a.result, ERR_REFUSED);
	assert_int_equal(a.report.faults[0].column, 2);
	assert_int_equal(a.report.faults[0].reason.code, REASON_TEXT_CONTROL);
}

TEST(whatever_a_file_holds_its_cells_are_read_or_it_is_refused, none)
{
	static const char alphabet[] = "a,;\t\"\"\r\n\n \xe5\xbc\xa0\xff\xef\xbb\xbf";
	srand((unsigned)chance_seed());
	for (int round = 0; round < 500; round++) {
		char bytes[80], path[32];
		size_t len = (size_t)rand() % sizeof(bytes);
		struct table *table = NULL;
		struct err err = { 0 };
		for (size_t i = 0; i < len; i++)
			bytes[i] = alphabet[(size_t)rand() % (sizeof(alphabet) - 1)];
		write_temporary(path, bytes, len);
		int r = table_open(path, NULL, &table, &err), line = 0;
		for (int i = 0; r == 0 && i < table_rows(table); i++) {
			assert_true(table_line(table, i) > line);
			line = table_line(table, i);
			assert_true(table_columns(table, i) > 0);
			assert_string_equal(table_cell(table, i, table_columns(table, i)), "");
		}
		table_close(table);
		unlink(path);
	}
}

TEST(who_may_not_register_may_not_import, folk)
{
	struct folk *f = *state;
	struct act act = { .role = ROLE_RESIDENT };
	CLEANUP(attempt_finish)
	struct attempt a = import_as(f, &act, street, strlen(street), false);

	assert_refused(a.result, &a.err, ROLE_NEEDED);
	assert_int_equal(people(f), 0);
}

/* ---- who it is ---- */

TEST(a_person_with_a_new_phone_number_is_asked_about_and_not_doubled, folk)
{
	static const char *const lines[] = { "张三,13900000009,3栋,502", "张三,13900000009,,",
		"张三,,,", "张三,13900000009,三栋,５０２室" };
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt first = import(f, street);

	assert_ok(first.result, &first.err);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		CLEANUP(mem_free) char *text = mem_printf("姓名,手机,楼栋,房号\n%s\n", lines[i]);
		CLEANUP(attempt_finish) struct attempt a = import(f, text);
		assert_int_equal(a.result, ERR_REFUSED);
		assert_int_equal(a.report.fault_count, 1);
		assert_int_equal(a.report.faults[0].reason.code, REASON_PERSON_ALIKE);
		assert_int_equal(a.report.faults[0].reason.n1, 1);
	}
	assert_int_equal(people(f), 2);
}

TEST(the_question_is_answered_by_a_number_or_by_a_word, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt first = import(f, street);
	CLEANUP(attempt_finish)
	struct attempt same = import(f, "编号,姓名,手机\n1,张三,13900000009\n");
	CLEANUP(attempt_finish)
	struct attempt other = import(f, "编号,姓名,手机\n新,张三,13900000008\n");

	assert_ok(same.result, &same.err);
	assert_int_equal(same.report.count[IMPORT_CHANGED], 1);
	person_is(f, 1, "张三", "13900000009", "3栋", "502");
	assert_ok(other.result, &other.err);
	assert_int_equal(other.report.count[IMPORT_ADDED], 1);
	assert_int_equal(people(f), 3);
}

TEST(a_name_at_another_door_with_another_phone_number_is_another_person, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt first = import(f, street);
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "姓名,手机,楼栋,房号\n张三,13900000009,8栋,101\n");

	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_ADDED], 1);
}

TEST(a_phone_number_that_was_missing_comes_to_whom_it_belongs, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt first = import(f, "姓名,楼栋,房号\n张三,3栋,502\n");
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "姓名,手机,住址\n张三,13900000009,3-502\n");

	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_CHANGED], 1);
	person_is(f, 1, "张三", "13900000009", "3栋", "502");
	CLEANUP(attempt_finish)
	struct attempt without = import(f, "姓名,住址\n张三,3栋502\n");
	assert_ok(without.result, &without.err);
	assert_int_equal(without.report.count[IMPORT_SAME], 1);
	assert_int_equal(people(f), 1);
}

TEST(two_of_one_name_in_one_list_are_two_people, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "姓名,手机\n李秀英,13900000001\n李秀英,13900000002\n");

	assert_ok(a.result, &a.err);
	assert_int_equal(people(f), 2);
}

TEST(a_guardian_is_found_by_name_and_phone_number, folk)
{
	static const char *const tables[] = {
		"姓名,监护人,监护人电话\n%s,李四,13800000002\n",
		"姓名,家长姓名,家长电话\n%s,李四,13800000002\n",
		"姓名,监护人（姓名）\n%s,李四（13800000002）\n",
		"姓名,监护人\n%s,李四 138-0000-0002\n",
		"姓名,监护人\n%s,李四\n",
		"姓名,监护人\n%s,2\n",
		"姓名,监护人电话\n%s,13800000002\n",
	};
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt first = import(f, street);

	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		CLEANUP(mem_free) char *name = mem_printf("小李%c", 'A' + (int)i);
		CLEANUP(mem_free) char *text = mem_printf(tables[i], name);
		CLEANUP(attempt_finish) struct attempt a = import(f, text);
		assert_ok(a.result, &a.err);
	}
	assert_int_equal(folk_count(f, "SELECT count(*) FROM resident r JOIN resident g"
				       " ON g.id = r.guardian WHERE g.number = 2"),
		(int)ARRAY_LEN(tables));
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "姓名,监护人,监护人电话\n小王,李四,13800000009\n");
	assert_int_equal(a.result, ERR_REFUSED);
	assert_int_equal(a.report.faults[0].column, 2);
	assert_int_equal(a.report.faults[0].reason.code, REASON_RESIDENT_UNKNOWN);
}

TEST(what_people_call_a_category_is_understood, folk)
{
	struct folk *f = *state;
	int64_t child;

	OK(f, resident_category_add(f->db, &by_coordinator, "child", "未成年人", &child, &f->err));
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "姓名,人员类别\n小张,儿童\n小李,未成年人\n小王,义工\n");
	assert_ok(a.result, &a.err);
	assert_int_equal(folk_count(f, "SELECT count(*) FROM resident r JOIN resident_category c"
				       " ON c.id = r.category WHERE c.code = 'child'"),
		2);
	CLEANUP(attempt_finish) struct attempt b = import(f, "姓名,类别\n小赵,团体\n");
	assert_int_equal(b.report.faults[0].reason.code, REASON_CATEGORY_UNKNOWN);
}

TEST(a_staircase_is_part_of_the_home, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt a = import(
		f, "姓名,楼栋,单元,房号\n张三,3栋,2,502\n李四,3,2单元,502\n王五,3栋,1,502\n");

	assert_ok(a.result, &a.err);
	person_is(f, 1, "张三", "", "3栋2单元", "502");
	assert_int_equal(folk_count(f, "SELECT count(*) FROM household"), 2);
}

TEST(a_day_of_registration_has_a_year_with_reason, folk)
{
	struct folk *f = *state;
	struct act act = { .role = ROLE_VOLUNTEER, .why = "旧名册" };
	static const char good[] = "姓名,登记日期\n甲,26/1/5\n乙,26.1.5\n丙,26年1月5日\n丁,46027\n";
	static const char bad[] =
		"姓名,登记日期\n甲,0026-01-05\n乙,2126/1/5\n丙,126/1/5\n丁,91/1/5\n戊,27/1/5\n";
	CLEANUP(attempt_finish)
	struct attempt a = import_as(f, &act, good, strlen(good), false);
	CLEANUP(attempt_finish) struct attempt b = import_as(f, &act, bad, strlen(bad), false);

	assert_ok(a.result, &a.err);
	assert_int_equal(
		folk_count(f, "SELECT count(*) FROM resident WHERE joined_on = '2026-01-05'"), 4);
	assert_int_equal(b.result, ERR_REFUSED);
	assert_int_equal(b.report.fault_count, 5);
	for (int i = 0; i < b.report.fault_count; i++) {
		assert_int_equal(b.report.faults[i].line, i + 2);
		assert_int_equal(b.report.faults[i].column, 2);
		assert_int_equal(b.report.faults[i].reason.code, REASON_DATE_BAD);
	}
}

TEST(a_spreadsheets_own_file_is_named_as_such, folk)
{
#define BYTES(text)                    \
	{                              \
		text, sizeof(text) - 1 \
	}
	static const struct {
		const char *bytes;
		size_t len;
	} files[] = {
		BYTES("PK\3\4\24\0\6\0[Content_Types].xml\0"),
		BYTES("PK\3\4\24\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
		BYTES("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>"),
		BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"),
	};
	struct folk *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		CLEANUP(attempt_finish)
		struct attempt a = import_as(f, &by_volunteer, files[i].bytes, files[i].len, false);
		assert_fails(a.result, &a.err, ERR_INVALID, FILE_SPREADSHEET);
	}
}

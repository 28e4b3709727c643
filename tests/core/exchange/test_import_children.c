/* Children and consent in a table of residents. */
#include "core/people/child.h"
#include "tests/core/exchange/folk_import.h"

static struct attempt import_unsigned(struct folk *f, const char *text)
{
	struct attempt a = { 0 };
	char path[32];

	write_temporary(path, text, strlen(text));
	const struct import what = {
		.kind = EXCHANGE_RESIDENTS, .path = path, .category = "resident"
	};
	a.result = import_table(f->db, &by_volunteer, &what, &a.report, &a.err);
	unlink(path);
	return a;
}

static struct resident by_number(struct folk *f, int64_t number)
{
	struct resident resident = { 0 };

	OK(f, resident_by_number(f->db, number, &resident, &f->err));
	return resident;
}

static void add_child_category(struct folk *f)
{
	int64_t id;

	OK(f, resident_category_add(f->db, &by_coordinator, "child", "儿童", &id, &f->err));
}

TEST(who_comes_in_by_a_table_is_still_to_be_asked, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish)
	struct attempt a = import_unsigned(f, "姓名,告知书版本\n张三,\n李四,2026-1\n");

	assert_ok(a.result, &a.err);
	assert_string_equal(by_number(f, 1).consent_version, "");
	assert_int_equal(by_number(f, 1).consent_at, 0);
	assert_string_equal(by_number(f, 2).consent_version, "2026-1");
}

TEST(a_consent_on_paper_is_taken_down_for_who_was_to_be_asked, folk)
{
	struct folk *f = *state;
	CLEANUP(attempt_finish) struct attempt a = import_unsigned(f, "编号,姓名\n1,张三\n");
	CLEANUP(attempt_finish)
	struct attempt b = import_unsigned(f, "编号,姓名,告知书版本\n1,张三,2026-1\n");

	assert_ok(b.result, &b.err);
	assert_int_equal(b.report.count[IMPORT_CHANGED], 1);
	assert_string_equal(by_number(f, 1).consent_version, "2026-1");
}

TEST(a_table_has_who_looks_after_a_child_and_who_fetches_it, folk)
{
	struct folk *f = *state;
	static const char text[] = "编号,姓名,类别,监护人编号,接送人,出生日期,告知书版本\n"
				   "5,小张,儿童,7,李奶奶；8,2018-03-02,2026-1\n"
				   "7,大张,,,,1985,\n8,何姨,,,,,\n";
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(mem_free) char *fetchers = NULL;

	add_child_category(f);
	CLEANUP(attempt_finish) struct attempt a = import_unsigned(f, text);
	assert_ok(a.result, &a.err);
	struct resident child = by_number(f, 5);
	assert_int_equal(child.guardian, by_number(f, 7).id);
	assert_int_equal(child.consent_by, child.guardian);
	assert_int_equal(child.wall_name, WALL_MASKED);
	OK(f, resident_person(f->db, child.id, &person, &f->err));
	assert_int_equal(person.birth_year, 2018);
	OK(f, fetchers_text(f->db, child.id, &fetchers, &f->err));
	assert_string_equal(fetchers, "8；李奶奶");
	CLEANUP(attempt_finish) struct attempt again = import_unsigned(f, text);
	assert_ok(again.result, &again.err);
	assert_int_equal(again.report.count[IMPORT_SAME], 3);
}

TEST(a_child_without_a_guardian_comes_in_and_is_still_to_be_asked, folk)
{
	struct folk *f = *state;

	add_child_category(f);
	CLEANUP(attempt_finish)
	struct attempt a = import(f, "编号,姓名,类别\n5,小张,儿童\n");
	assert_ok(a.result, &a.err);
	assert_string_equal(by_number(f, 5).consent_version, "");
}

TEST(of_a_date_of_birth_the_year_is_kept_however_it_is_written, folk)
{
	static const char *const dates[] = { "1955", "1955年", "1955-03", "1955/3/2",
		"1955年3月2日", "19550302", "195503", "1955.0" };
	struct folk *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		CLEANUP(mem_free)
		char *text = mem_printf("姓名,出生日期\n老张%c,%s\n", 'A' + (int)i, dates[i]);
		CLEANUP(attempt_finish) struct attempt a = import(f, text);
		assert_ok(a.result, &a.err);
	}
	assert_int_equal(
		folk_count(f, "SELECT count(*) FROM resident_private WHERE birth_year = 1955"),
		(int)ARRAY_LEN(dates));
	CLEANUP(attempt_finish)
	struct attempt bad = import(f, "姓名,出生日期\n甲,55-3-2\n乙,2027\n丙,1899\n丁,属羊\n");
	assert_int_equal(bad.report.fault_count, 4);
}

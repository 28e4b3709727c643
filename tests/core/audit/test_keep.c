/* The backups that are kept automatically: which, how long, and their copies on a stick. */

#include "core/audit/keep.h"
#include "core/print/reasons.h"
#include "tests/core/audit/rescue.h"

static int rescue_setup(void **state)
{
	struct rescue *r = mem_alloc(sizeof(*r));

	rescue_create(r, false);
	*state = r;
	return 0;
}

static int rescue_teardown(void **state)
{
	rescue_remove(*state);
	free(*state);
	return 0;
}

/* A backup every day for `days` until 2026-12-01; those that are pruned leave the list each day. */
static struct keep_list keep_daily(int days)
{
	struct keep_list list = { 0 };

	list.rows = mem_alloc((size_t)(days + 1) * sizeof(*list.rows));
	for (int i = days - 1; i >= 0; i--) {
		bool gone[64] = { false };
		memmove(list.rows + 1, list.rows, (size_t)list.count * sizeof(*list.rows));
		list.rows[0] =
			(struct keep_file){ .day = day_add((struct day){ 2026, 12, 1 }, -i) };
		list.count++;
		keep_choose(&list, gone);
		int kept = 0;
		for (int k = 0; k < list.count; k++)
			if (!gone[k])
				list.rows[kept++] = list.rows[k];
		list.count = kept;
	}
	return list;
}

TEST(seven_days_four_weeks_and_twelve_months_are_kept, none)
{
	struct keep_list list = keep_daily(800);
	int months = 0;

	assert_in_range(list.count, 7 + 2 + 10, 7 + 4 + 12);
	for (int i = 0; i < 7; i++)
		assert_int_equal(day_distance(list.rows[i].day, list.rows[0].day), i);
	for (int i = 1; i < list.count; i++)
		months += list.rows[i].day.month != list.rows[i - 1].day.month;
	assert_int_equal(months, 11); /* twelve of them */
	assert_in_range(day_distance(list.rows[list.count - 1].day, list.rows[0].day), 300, 366);
	free(list.rows);
}

TEST(one_is_due_each_night_and_when_a_day_has_gone_by, none)
{
	struct err err = { 0 };
	int64_t noon = 1795233600, hour = 3600; /* 2026-11-21 12:00 in Shanghai */

	assert_ok(when_set_zone("Asia/Shanghai", &err), &err);
	assert_true(keep_is_due(0, noon));
	assert_false(keep_is_due(noon - 9 * hour, noon));  /* at three this night */
	assert_false(keep_is_due(noon - 15 * hour, noon)); /* when the kiosk ended yesterday */
	assert_true(keep_is_due(noon - 25 * hour, noon));
	assert_true(keep_is_due(noon - 15 * hour, noon - 9 * hour));
	assert_false(keep_is_due(noon - 10 * hour, noon - 9 * hour));
}

static void run(struct rescue *r, const char *stick, struct keep_report *ret)
{
	const struct keep_wish wish = { .dir = r->dir, .stick = stick };
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
	assert_ok(keep_run(db, &wish, ret, &err), &err);
	db_close(db);
}

TEST(todays_backup_is_made_and_can_be_restored, rescue)
{
	struct rescue *r = *state;
	CLEANUP(keep_report_finish) struct keep_report report = { 0 };
	CLEANUP(restore_report_finish) struct restore_report restored = { 0 };
	struct err err = { 0 };

	assert_int_equal(keep_last(r->dir), 0);
	run(r, NULL, &report);
	assert_non_null(strstr(report.path, "/backups/jiaplus-2026-11-21.backup"));
	assert_true(keep_last(r->dir) > 0);
	rescue_acts(r, 21, 23);
	const struct restore_wish wish = { .from = report.path, .dir = r->dir, .clock = &r->clock };
	assert_ok(restore_run(&wish, &restored, &err), &err);
	assert_int_equal(restored.missing, 3);
	assert_int_equal(rescue_check(r->db, &r->clock), 20);
}

static char *put_copy(struct rescue *r, int version, bool is_sealed)
{
	char *path = mem_printf("%s.before-%d", r->db, version);

	rescue_shell("cp '%s' '%s'", is_sealed ? r->backup : r->db, path);
	return path;
}

static bool is_gone(const char *path)
{
	return access(path, F_OK) < 0;
}

TEST(of_the_copies_that_migrations_left_the_latest_stays_where_it_is_sealed, rescue)
{
	struct rescue *r = *state;
	CLEANUP(keep_report_finish) struct keep_report first = { 0 }, second = { 0 };
	CLEANUP(mem_free) char *old = put_copy(r, 9, true);
	CLEANUP(mem_free) char *latest = put_copy(r, 13, true);
	CLEANUP(mem_free) char *other = mem_printf("%s.before-the-move", r->db);

	rescue_shell("cp '%s' '%s'", r->db, other);
	run(r, NULL, &first);
	assert_true(is_gone(old));
	assert_false(is_gone(latest));
	assert_false(is_gone(other)); /* somebody's own */
	CLEANUP(mem_free) char *plain = put_copy(r, 14, false);
	run(r, NULL, &second);
	assert_true(is_gone(plain));
	assert_true(is_gone(latest)); /* that one was older */
}

TEST(a_stick_that_is_not_there_is_told_and_fails_nothing, rescue)
{
	struct rescue *r = *state;
	CLEANUP(keep_report_finish) struct keep_report report = { 0 };

	/* An empty mount point is on the same disk as the database: a copy there would be
	 * useless. */
	run(r, r->top, &report);
	assert_false(report.is_on_stick);
	assert_true(err_has(&report.stick_err, REASON_STICK_MISSING));
	assert_int_equal(access(report.path, F_OK), 0);
}

TEST(a_stick_gets_a_copy_that_was_read_back, rescue)
{
	struct rescue *r = *state;
	CLEANUP(keep_report_finish) struct keep_report report = { 0 };
	CLEANUP(mem_free) char *copy = NULL;
	char stick[] = "/var/tmp/jiaplus-stick-XXXXXX";
	struct stat here, there;

	assert_non_null(mkdtemp(stick));
	stat(r->dir, &here);
	stat(stick, &there);
	if (here.st_dev == there.st_dev) {
		rmdir(stick);
		test_skip("one disk here for everything");
	}
	run(r, stick, &report);
	copy = mem_printf("%s/jiaplus-2026-11-21.backup", stick);
	bool is_there = access(copy, F_OK) == 0;
	if (is_there)
		rescue_shell("cmp '%s' '%s'", copy, report.path);
	CLEANUP(mem_free) char *list = mem_printf("%s.erased", copy);
	bool has_list = access(list, F_OK) == 0;
	rescue_shell("rm -rf '%s'%s", stick, "");
	assert_true(is_there && has_list && report.is_on_stick);
}

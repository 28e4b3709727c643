/* A clock that cannot be right, from a shell. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/site/setting.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

/* The journal's last entry is that many days from now. */
static void write_days_from_now(const struct venue_dir *v, int days)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", v->dir);
	struct clock clock = clock_set(clock_now(&clock_system) + days * INT64_C(86400));
	const struct act act = { .role = ROLE_SYSTEM };
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(db_open(path, DB_OPEN, &clock, &db, &err), &err);
	assert_ok(setting_set(db, &act, SETTING_UNDO_MINUTES, "11", &err), &err);
	db_close(db);
}

static void expect(const struct venue_dir *v, int code, const char *said, const char *const words[])
{
	const char *const staff[] = { AS_ADMIN(v) };
	const char *args[20] = { "--dir", v->dir };
	int count = 2;

	for (int i = 0; words[i]; i++)
		args[count++] = words[i];
	for (size_t i = 0; i < ARRAY_LEN(staff); i++)
		args[count++] = staff[i];
	CLEANUP(ran_finish) struct ran ran = run_jiaplus(args);
	assert_code(&ran, code);
	if (said)
		assert_has(ran.err, said);
}
#define EXPECT(v, code, said, ...) expect(v, code, said, (const char *const[]){ __VA_ARGS__, NULL })

TEST(under_a_clock_before_the_last_entry_verbs_take_back_and_want_clock_ok, none)
{
	const struct venue_dir *v = *state;

	EXPECT(v, 0, NULL, "resident", "add", "辛未");
	EXPECT(v, 0, NULL, "item", "add", "折叠梯", "--category", "tool");
	EXPECT(v, 0, NULL, "item", "add", "冲击钻", "--category", "tool");
	EXPECT(v, 0, NULL, "lend", "1", "1");
	write_days_from_now(v, 400);
	EXPECT(v, 1, "clock of this computer may be wrong", "lend", "1", "2");
	EXPECT(v, 1, "--clock-ok", "resident", "add", "壬申");
	EXPECT(v, 0, NULL, "return", "1");
	EXPECT(v, 0, NULL, "lend", "1", "2", "--clock-ok");
	/* Confirmed once, it stays so. */
	EXPECT(v, 0, NULL, "resident", "add", "壬申");
}

TEST(a_script_cannot_say_that_the_clock_is_right, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *token = mem_printf("%s/night.token", v->dir);

	EXPECT(v, 0, NULL, "staff", "add", "night", "service", "夜间", "--token", token);
	write_days_from_now(v, 800);
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(
		v, "points", "expire", "--as", "night", "--pin-file", token, "--clock-ok");
	assert_true(ran.code != 0);
	CLEANUP(ran_finish) struct ran verify = VENUE_RUN(v, "verify", "--replay");
	assert_code(&verify, 0);
}

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)

/* Today is the venue's day, whatever zone the machine is in: run.c puts the machine a day
 * behind. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

static char *first_line(const struct ran *ran)
{
	assert_code(ran, 0);
	return mem_text_n(ran->out, strcspn(ran->out, "\n"));
}

/* "2026-12-05", that many days from the venue's today. */
static char *day_text(int days)
{
	char on[11];

	day_format(day_add(when_day(clock_now(&clock_system)), days), on);
	return mem_text(on);
}

static char *new_room(const struct venue_dir *v, const char *name)
{
	CLEANUP(ran_finish)
	struct ran added = VENUE_RUN(v, "venue", "add", name, "10", AS_ADMIN(v));
	char *number = first_line(&added);
	CLEANUP(ran_finish)
	struct ran hours = VENUE_RUN(v, "venue", "hours", number, "1-7=0:00-24:00", AS_ADMIN(v));

	assert_code(&hours, 0);
	return number;
}

TEST(points_are_earned_on_the_venues_day, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *demo = mem_printf("%s/demo", v->dir);
	CLEANUP(mem_free) char *pin = mem_printf("%s/pins/zhang.pin", demo);
	CLEANUP(ran_finish) struct ran made = RUN("--dir", demo, "init", "--demo");
	CLEANUP(ran_finish)
	struct ran earned = RUN("--dir", demo, "points", "earn", "2", "visit", "1", "--why", "探访",
		"--as", "zhang", "--pin-file", pin);
	CLEANUP(mem_free) char *database = mem_printf("%s/jiaplus.db", demo);
	CLEANUP(mem_free) char *today = day_text(0);
	const char *const ask[] = { "/usr/bin/sqlite3", database,
		"SELECT on_day FROM earning ORDER BY id DESC LIMIT 1", NULL };

	assert_code(&made, 0);
	assert_code(&earned, 0);
	CLEANUP(ran_finish) struct ran asked = run_program(ask);
	CLEANUP(mem_free) char *on = first_line(&asked);
	assert_string_equal(on, today);
}

TEST(bookings_are_listed_from_the_venues_today_on, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *room = new_room(v, "客厅甲");
	CLEANUP(mem_free) char *day = day_text(6);
	CLEANUP(mem_free) char *start = mem_printf("%sT10:00", day);
	CLEANUP(mem_free) char *end = mem_printf("%sT11:00", day);
	CLEANUP(ran_finish)
	struct ran added = VENUE_RUN(
		v, "booking", "add", room, "-", start, end, "--body", "合唱团", AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "booking", "list", "--json");

	assert_code(&added, 0);
	assert_has(list.out, start);
}

TEST(free_times_are_shown_up_to_a_week_from_the_venues_today, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *room = new_room(v, "客厅乙");
	CLEANUP(mem_free) char *day = day_text(6);
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "venue", "free", room, "--json");

	assert_has(list.out, day);
}

TEST(days_off_are_listed_from_the_venues_today_on, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *yesterday = day_text(-1);
	CLEANUP(mem_free) char *today = day_text(0);
	CLEANUP(mem_free) char *path = mem_printf("%s/days.tsv", v->dir);
	CLEANUP(mem_free)
	char *text = mem_printf(
		"date\tkind\tname\n%s\toff\t社区日\n%s\toff\t社区日\n", yesterday, today);

	write_file(path, text, 0600);
	CLEANUP(ran_finish) struct ran loaded = VENUE_RUN(v, "holiday", "load", path, AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "holiday", "list", "--json");
	assert_code(&loaded, 0);
	assert_has(list.out, today);
	assert_lacks(list.out, yesterday);
}

TEST(a_calendar_that_is_none_is_refused_with_what_is_wrong_in_it, none)
{
	static const struct {
		const char *text, *said;
		int code;
	} files[] = {
		{ "", "days.tsv:1: ", 1 },
		{ "# nothing\n", "days.tsv:2: ", 1 },
		{ "date\tname\n2027-01-01\t元旦\n", "days.tsv:1: kind", 1 },
		{ "date\tkind\tname\n2027-01-01\tholiday\t元旦\n", "days.tsv:2: kind", 1 },
		{ "date\tkind\tname\n2027-02-29\toff\t元旦\n", "2027-02-29", 2 },
	};
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/days.tsv", v->dir);

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		write_file(path, files[i].text, 0600);
		CLEANUP(ran_finish)
		struct ran loaded = VENUE_RUN(v, "holiday", "load", path, AS_ADMIN(v));
		assert_code(&loaded, files[i].code);
		assert_has(loaded.err, files[i].said);
	}
}

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)

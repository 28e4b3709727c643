/* Duty from a shell: a week is planned, published, shown and printed. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

struct demo {
	char *dir, *venue, *pin;
	char week[16], month[16], monday[11];
	char far[11]; /* a week after that Monday */
};

static int set_up(void **state)
{
	struct demo *d = mem_alloc(sizeof(*d));

	d->dir = scratch_make();
	d->venue = mem_printf("%s/venue", d->dir);
	d->pin = mem_printf("%s/pins/zhang.pin", d->venue);
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", d->venue, "init", "--demo");
	assert_code(&ran, 0);
	struct err err = { 0 };
	assert_int_equal(when_set_zone("Asia/Shanghai", &err), 0);
	/* The week after the next: the demo has no shifts there. */
	struct day monday = day_add(when_day(clock_now(&clock_system)), 14);
	monday = day_add(monday, 1 - day_weekday(monday));
	struct week week = day_iso_week(monday);
	snprintf(d->week, sizeof(d->week), "%04d-W%02d", week.year % 10000, week.week % 100);
	day_format(monday, d->monday);
	day_format(day_add(monday, 7), d->far);
	memcpy(d->month, d->monday, 7);
	*state = d;
	return 0;
}

static int tear_down(void **state)
{
	struct demo *d = *state;

	scratch_remove(d->dir);
	free(d->dir);
	free(d->venue);
	free(d->pin);
	free(d);
	return 0;
}

#define DEMO_RUN(d, ...) RUN("--dir", (d)->venue, __VA_ARGS__)
#define AS_ZHANG(d)      "--as", "zhang", "--pin-file", (d)->pin

TEST(a_week_is_planned_and_published, none)
{
	const struct demo *d = *state;

	CLEANUP(ran_finish)
	struct ran plan = DEMO_RUN(d, "duty", "plan", d->week, "--publish", AS_ZHANG(d));
	assert_code(&plan, 0);
	assert_has(plan.out, " assigned, 0 taken off");
	assert_has(plan.out, "is published as version 1");
	CLEANUP(ran_finish) struct ran show = DEMO_RUN(d, "duty", "show", d->week);
	assert_code(&show, 0);
	assert_has(show.out, "published  version 1");
	assert_has(show.out, "★");
}

TEST(a_plan_done_again_changes_nothing, none)
{
	const struct demo *d = *state;

	CLEANUP(ran_finish)
	struct ran again = DEMO_RUN(d, "duty", "plan", d->week, "--publish", AS_ZHANG(d));
	assert_code(&again, 0);
	assert_has(again.out, "0 assigned, 0 taken off");
	assert_lacks(again.out, "is published");
	CLEANUP(ran_finish) struct ran verify = DEMO_RUN(d, "verify");
	assert_code(&verify, 0);
}

TEST(a_roster_shown_as_json_has_a_row_for_each_place, none)
{
	const struct demo *d = *state;

	CLEANUP(ran_finish) struct ran show = DEMO_RUN(d, "duty", "show", d->week, "--json");
	assert_code(&show, 0);
	json_t *rows = assert_json(&show, -1);
	assert_true(json_array_size(rows) > 30);
	json_t *first = json_array_get(rows, 0);
	assert_string_equal(json_string_value(json_object_get(first, "status")), "pending");
	assert_true(json_is_true(json_object_get(first, "is_leader")));
	assert_int_equal(json_integer_value(json_object_get(first, "version")), 1);
	json_decref(rows);
}

TEST(no_line_that_says_no_is_signed_up_and_each_is_shown_whole, none)
{
	static const char *const lines[] = { "1. 黄敏 除周四上午外都行", "2. 祯叔 不要排周五上午",
		"3. 陈丽芳 周一下午以外都可以", "4. 黄敏 周四下午×", "5. 张慧琳 周二上午（待定）",
		"6. 梁结仪 周三上午就算了", "7. 黄敏 收到👍" };
	const struct demo *d = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/list.txt", d->dir);
	CLEANUP(mem_free)
	char *text = mem_printf("%s\n%s\r\n%s\n%s\n%s\n%s\n%s\n", lines[0], lines[1], lines[2],
		lines[3], lines[4], lines[5], lines[6]);

	write_file(path, text, 0644);
	CLEANUP(ran_finish)
	struct ran ran = DEMO_RUN(
		d, "duty", "signups", path, "--week", d->week, "--commit", AS_ZHANG(d), "--json");
	assert_code(&ran, 0);
	json_t *rows = assert_json(&ran, -1);
	size_t i;
	json_t *row;
	json_array_foreach(rows, i, row)
	{
		const char *status = json_string_value(json_object_get(row, "status"));
		int line = (int)json_integer_value(json_object_get(row, "line"));
		assert_string_not_equal(status, "sure");
		assert_string_not_equal(status, "taken");
		assert_string_equal(
			json_string_value(json_object_get(row, "written")), lines[line - 1]);
		if (line == 7)
			assert_string_equal(status, "quiet");
	}
	assert_int_equal(json_array_size(rows), 9);
	json_decref(rows);
}

TEST(papers_are_drawn_into_files, none)
{
	const struct demo *d = *state;
	CLEANUP(mem_free) char *pdf = mem_printf("%s/week.pdf", d->dir);
	CLEANUP(mem_free) char *png = mem_printf("%s/week.png", d->dir);
	CLEANUP(mem_free) char *month = mem_printf("%s/month.pdf", d->dir);
	CLEANUP(mem_free) char *day = mem_printf("%s/day.pdf", d->dir);

	CLEANUP(ran_finish) struct ran a = DEMO_RUN(d, "duty", "print", d->week, "--to", pdf);
	assert_code(&a, 0);
	CLEANUP(ran_finish)
	struct ran b = DEMO_RUN(d, "duty", "print", d->week, "--desk", "--to", png);
	assert_code(&b, 0);
	CLEANUP(ran_finish)
	struct ran c = DEMO_RUN(d, "duty", "print-month", d->month, "--to", month);
	assert_code(&c, 0);
	CLEANUP(ran_finish) struct ran e = DEMO_RUN(d, "duty", "print-day", d->monday, "--to", day);
	assert_code(&e, 0);
	CLEANUP(ran_finish) struct ran f = DEMO_RUN(d, "duty", "print", d->week, "--paper", "a5");
	assert_code(&f, 2);
}

TEST(the_wall_is_one_page_with_nothing_cut, none)
{
	const struct demo *d = *state;
	CLEANUP(mem_free) char *pdf = mem_printf("%s/wall.pdf", d->dir);

	CLEANUP(ran_finish) struct ran draw = DEMO_RUN(d, "duty", "print", d->week, "--to", pdf);
	assert_code(&draw, 0);
	const char *const info[] = { "/usr/bin/pdfinfo", pdf, NULL };
	CLEANUP(ran_finish) struct ran pages = run_program(info);
	assert_code(&pages, 0);
	assert_has(pages.out, "Pages:           1\n");
	assert_has(pages.out, "841.89 x 595.276 pts (A4)");
	const char *const words[] = { "/usr/bin/pdftotext", pdf, "-", NULL };
	CLEANUP(ran_finish) struct ran text = run_program(words);
	assert_code(&text, 0);
	assert_has(text.out, "志愿者轮值表");
	assert_has(text.out, "★");
	assert_has(text.out, "第 1 版");
	assert_lacks(text.out, "…");
}

TEST(hours_go_into_a_table_and_a_record_is_looked_up, none)
{
	const struct demo *d = *state;
	CLEANUP(mem_free) char *csv = mem_printf("%s/hours.csv", d->dir);
	CLEANUP(mem_free) char *pdf = mem_printf("%s/record.pdf", d->dir);

	CLEANUP(ran_finish)
	struct ran hours = DEMO_RUN(d, "duty", "hours", "2020-01-01", d->monday, csv, AS_ZHANG(d));
	assert_code(&hours, 0);
	CLEANUP(mem_free) char *text = read_file(csv);
	assert_has(text, "证明编号,居民编号,姓名");
	assert_has(text, "何耀祯");
	assert_has(text, ",服务台,");
	CLEANUP(ran_finish)
	struct ran certify = DEMO_RUN(
		d, "duty", "certify", "3", "2020-01-01", d->monday, "--to", pdf, AS_ZHANG(d));
	assert_code(&certify, 0);
	CLEANUP(ran_finish) struct ran record = DEMO_RUN(d, "duty", "record", "1");
	assert_code(&record, 0);
	assert_has(record.out, "何*祯");
	CLEANUP(ran_finish) struct ran none = DEMO_RUN(d, "duty", "record", "77");
	assert_code(&none, 1);
}

TEST(a_volunteer_and_their_times_are_kept, none)
{
	const struct demo *d = *state;

	CLEANUP(ran_finish)
	struct ran set = DEMO_RUN(d, "volunteer", "set", "18", "--roles",
		"party,first-aid:2099-01-01", "--week", "2", "--number", "GD1", AS_ZHANG(d));
	assert_code(&set, 0);
	CLEANUP(ran_finish)
	struct ran time = DEMO_RUN(d, "volunteer", "time", "18", "away", "1-5 9:00-12:00",
		"2026-12-01..2026-12-03", AS_ZHANG(d));
	assert_code(&time, 0);
	CLEANUP(ran_finish)
	struct ran bad = DEMO_RUN(d, "volunteer", "time", "18", "away", "monday", AS_ZHANG(d));
	assert_code(&bad, 2);
	CLEANUP(ran_finish) struct ran list = DEMO_RUN(d, "volunteer", "list", AS_ZHANG(d));
	assert_code(&list, 0);
	assert_has(list.out, "王建军");
	CLEANUP(ran_finish) struct ran end = DEMO_RUN(d, "volunteer", "end", "18", AS_ZHANG(d));
	assert_code(&end, 0);
	CLEANUP(ran_finish) struct ran after = DEMO_RUN(d, "volunteer", "list", AS_ZHANG(d));
	assert_lacks(after.out, "王建军");
}

TEST(a_team_is_formed_and_signed_up_for_a_shift, none)
{
	const struct demo *d = *state;

	CLEANUP(ran_finish)
	struct ran set = DEMO_RUN(d, "team", "set", "晨光队", "2", "3", "7", AS_ZHANG(d));
	assert_code(&set, 0);
	CLEANUP(ran_finish)
	struct ran again = DEMO_RUN(d, "team", "set", "晨光队", "2", "7", "2", AS_ZHANG(d));
	assert_code(&again, 0);
	assert_has(again.out, "晨光队: 2 people");
	CLEANUP(ran_finish) struct ran list = DEMO_RUN(d, "team", "list", AS_ZHANG(d));
	assert_has(list.out, "晨光队");
	assert_has(list.out, "黄敏");
	assert_has(list.out, "冼志明");
	assert_lacks(list.out, "何耀祯");
	CLEANUP(ran_finish) struct ran strangers = DEMO_RUN(d, "team", "list");
	assert_lacks(strangers.out, "黄敏");
	CLEANUP(ran_finish)
	struct ran none = DEMO_RUN(d, "team", "join", "夕照队", "J1S000G00000PHA", AS_ZHANG(d));
	assert_code(&none, 1);
	CLEANUP(ran_finish)
	struct ran bad = DEMO_RUN(d, "team", "join", "晨光队", "123", AS_ZHANG(d));
	assert_code(&bad, 1);
}

/* Three weeks ahead, where nothing else is: its code, the caller's. */
static char *new_shift(const struct demo *d, const char *from, const char *until, const char *who)
{
	CLEANUP(mem_free) char *start = mem_printf("%sT%s", d->far, from);
	CLEANUP(mem_free) char *end = mem_printf("%sT%s", d->far, until);
	CLEANUP(ran_finish)
	struct ran ran =
		DEMO_RUN(d, "shift", "add", "清点", start, end, "1", "--people", who, AS_ZHANG(d));

	assert_code(&ran, 0);
	return mem_text_n(ran.out, strcspn(ran.out, "\n"));
}

TEST(two_people_change_shifts_and_one_is_called_off, none)
{
	const struct demo *d = *state;
	CLEANUP(mem_free) char *one = new_shift(d, "06:00", "07:00", "11");
	CLEANUP(mem_free) char *other = new_shift(d, "07:30", "08:00", "12");

	CLEANUP(ran_finish)
	struct ran swap = DEMO_RUN(d, "shift", "swap", one, "11", other, "12", AS_ZHANG(d));
	assert_code(&swap, 0);
	CLEANUP(ran_finish)
	struct ran again = DEMO_RUN(d, "shift", "swap", one, "11", other, "12", AS_ZHANG(d));
	assert_code(&again, 1);
	CLEANUP(ran_finish) struct ran cancel = DEMO_RUN(d, "shift", "cancel", one, AS_ZHANG(d));
	assert_code(&cancel, 0);
	CLEANUP(ran_finish)
	struct ran list = DEMO_RUN(d, "shift", "list", "--on", d->far, "--json");
	assert_lacks(list.out, one);
	assert_has(list.out, other);
	CLEANUP(ran_finish) struct ran bad = DEMO_RUN(d, "shift", "cancel", "12", AS_ZHANG(d));
	assert_code(&bad, 1);
}

/* The value of `key` in the first row that has `value` under `name`; NULL: there is none. */
static const char *find_in(json_t *rows, const char *name, const char *value, const char *key)
{
	size_t i;
	json_t *row;

	json_array_foreach(rows, i, row)
	{
		const char *has = json_string_value(json_object_get(row, name));
		if (has && strcmp(has, value) == 0)
			return json_string_value(json_object_get(row, key));
	}
	return NULL;
}

TEST(a_plan_says_as_json_whom_it_moved_and_why, none)
{
	const struct demo *d = *state;
	struct day monday;
	struct err err = { 0 };
	char week[16];

	assert_int_equal(day_parse(d->far, &monday, &err), 0);
	struct week far = day_iso_week(day_add(monday, 7));
	snprintf(week, sizeof(week), "%04d-W%02d", far.year % 10000, far.week % 100);
	const char *card = NULL;

	CLEANUP(ran_finish)
	struct ran plan = DEMO_RUN(d, "duty", "plan", week, "--json", AS_ZHANG(d));
	assert_code(&plan, 0);
	json_t *rows = assert_json(&plan, -1);
	assert_non_null(find_in(rows, "why", "leads", "resident"));
	CLEANUP(mem_free) char *shift = mem_text(find_in(rows, "why", "leads", "code"));
	json_decref(rows);
	/* The leader: taken off only with --anyway. */
	static const char *const cards[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10",
		"11", "12", "13", "14", "15", "16" };
	for (size_t i = 0; i < ARRAY_LEN(cards) && !card; i++) {
		CLEANUP(ran_finish)
		struct ran off = DEMO_RUN(d, "shift", "excuse", shift, cards[i], AS_ZHANG(d));
		if (strstr(off.err, "would be left without"))
			card = cards[i];
	}
	assert_non_null(card);
	CLEANUP(ran_finish)
	struct ran off = DEMO_RUN(d, "shift", "excuse", shift, card, "--anyway", AS_ZHANG(d));
	assert_code(&off, 0);
	CLEANUP(ran_finish) struct ran lacks = DEMO_RUN(d, "duty", "show", week);
	assert_has(lacks.out, "lacks: ");
	CLEANUP(ran_finish)
	struct ran lacking = DEMO_RUN(d, "duty", "show", week, "--json", AS_ZHANG(d));
	rows = assert_json(&lacking, -1);
	assert_non_null(find_in(rows, "status", "lacking", "role"));
	assert_string_equal(find_in(rows, "status", "excused", "code"), shift);
	json_decref(rows);
	/* Not planned there again; once released they may be, and they may sign up themselves. */
	CLEANUP(ran_finish)
	struct ran again = DEMO_RUN(d, "duty", "plan", week, "--json", AS_ZHANG(d));
	assert_code(&again, 0);
	CLEANUP(ran_finish)
	struct ran still = DEMO_RUN(d, "duty", "show", week, "--json", AS_ZHANG(d));
	rows = assert_json(&still, -1);
	assert_string_equal(find_in(rows, "status", "excused", "code"), shift);
	json_decref(rows);
	CLEANUP(ran_finish)
	struct ran go = DEMO_RUN(d, "shift", "release", shift, card, AS_ZHANG(d));
	assert_code(&go, 0);
	CLEANUP(ran_finish)
	struct ran twice = DEMO_RUN(d, "shift", "release", shift, card, AS_ZHANG(d));
	assert_code(&twice, 1);
}

TEST(kinds_of_shifts_and_the_template_are_set, none)
{
	const struct demo *d = *state;

	CLEANUP(ran_finish)
	struct ran type = DEMO_RUN(d, "duty", "type", "夜间巡逻", "2", "--leader", "--roles",
		"party:1", "--place", "小区", AS_ZHANG(d));
	assert_code(&type, 0);
	CLEANUP(ran_finish) struct ran types = DEMO_RUN(d, "duty", "types");
	assert_has(types.out, "夜间巡逻");
	CLEANUP(ran_finish)
	struct ran set = DEMO_RUN(d, "duty", "template", "夜间巡逻 5-6 22:00-2:00 always",
		"服务台 1-5 9:00-12:00", AS_ZHANG(d));
	assert_code(&set, 0);
	assert_string_equal(set.out, "");
	CLEANUP(ran_finish) struct ran show = DEMO_RUN(d, "duty", "template", "--json");
	assert_code(&show, 0);
	json_decref(assert_json(&show, 7));
	CLEANUP(ran_finish)
	struct ran unknown = DEMO_RUN(d, "duty", "template", "夜班 1 9:00-12:00", AS_ZHANG(d));
	assert_code(&unknown, 1);
}

/* A shift of yesterday, with 何强 on it; its code. The caller's. */
static char *shift_of_yesterday(const struct demo *d, const char *day)
{
	CLEANUP(mem_free) char *from = mem_printf("%sT09:00", day);
	CLEANUP(mem_free) char *until = mem_printf("%sT12:00", day);

	CLEANUP(ran_finish)
	struct ran add =
		DEMO_RUN(d, "shift", "add", "补班", from, until, "2", "--people", "9", AS_ZHANG(d));
	assert_code(&add, 0);
	add.out[strcspn(add.out, "\n")] = '\0';
	return mem_text(add.out);
}

TEST(hours_written_by_hand_wait_for_a_second_person, none)
{
	const struct demo *d = *state;
	char day[11];

	day_format(day_add(when_day(clock_now(&clock_system)), -1), day);
	CLEANUP(mem_free) char *shift = shift_of_yesterday(d, day);
	CLEANUP(mem_free) char *in = mem_printf("%sT09:10", day);
	CLEANUP(mem_free) char *out = mem_printf("%sT11:40", day);
	CLEANUP(mem_free) char *admin = mem_printf("%s/pins/admin.pin", d->venue);

	CLEANUP(ran_finish)
	struct ran silent = DEMO_RUN(d, "duty", "enter", "9", shift, in, out, AS_ZHANG(d));
	assert_code(&silent, 1);
	CLEANUP(ran_finish)
	struct ran enter =
		DEMO_RUN(d, "duty", "enter", "9", shift, in, out, "--why", "忘带卡", AS_ZHANG(d));
	assert_code(&enter, 0);
	CLEANUP(ran_finish) struct ran waiting = DEMO_RUN(d, "duty", "waiting", "--json");
	json_t *rows = assert_json(&waiting, 1);
	json_t *row = json_array_get(rows, 0);
	assert_int_equal(json_integer_value(json_object_get(row, "minutes")), 150);
	CLEANUP(mem_free)
	char *number =
		mem_printf("%lld", (long long)json_integer_value(json_object_get(row, "number")));
	json_decref(rows);
	CLEANUP(ran_finish) struct ran self = DEMO_RUN(d, "duty", "approve", number, AS_ZHANG(d));
	assert_code(&self, 1);
	CLEANUP(ran_finish)
	struct ran second =
		DEMO_RUN(d, "duty", "approve", number, "--as", "admin", "--pin-file", admin);
	assert_code(&second, 0);
	CLEANUP(ran_finish)
	struct ran back = DEMO_RUN(d, "duty", "reverse", number, "--why", "记错人", AS_ZHANG(d));
	assert_code(&back, 0);
}

TEST(what_is_no_week_is_wrong, none)
{
	const struct demo *d = *state;
	static const char *const bad[] = { "2026-W54", "0026-W48", "2026-48", "2026-W00", "next",
		"2026-W48x" };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		CLEANUP(ran_finish) struct ran ran = DEMO_RUN(d, "duty", "show", bad[i]);
		assert_code(&ran, 2);
	}
}

TEST(a_roster_is_not_planned_by_nobody, none)
{
	const struct demo *d = *state;
	CLEANUP(mem_free) char *chen = mem_printf("%s/pins/chen.pin", d->venue);

	CLEANUP(ran_finish) struct ran nobody = DEMO_RUN(d, "duty", "plan", d->week);
	assert_code(&nobody, 2);
	CLEANUP(ran_finish)
	struct ran volunteer =
		DEMO_RUN(d, "duty", "plan", d->week, "--as", "chen", "--pin-file", chen);
	assert_code(&volunteer, 1);
}

TEST_FILE(.setup = set_up, .teardown = tear_down)

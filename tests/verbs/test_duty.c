/* Duty from a shell: a week is planned, published, shown and printed, as a cron job would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/verbs/run.h"

struct demo {
	char *dir, *venue, *token, *pin;
	char week[16], month[16], monday[11];
};

static int set_up(void **state)
{
	struct demo *d = mem_alloc(sizeof(*d));

	d->dir = scratch_make();
	d->venue = mem_printf("%s/venue", d->dir);
	d->token = mem_printf("%s/pins/cron.token", d->venue);
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
	free(d->token);
	free(d->pin);
	free(d);
	return 0;
}

#define DEMO_RUN(d, ...) RUN("--dir", (d)->venue, __VA_ARGS__)
#define AS_CRON(d)       "--as", "cron", "--pin-file", (d)->token
#define AS_ZHANG(d)      "--as", "zhang", "--pin-file", (d)->pin

static void cron_plans_and_publishes_a_week(void **state)
{
	const struct demo *d = *state;

	CLEANUP(ran_finish)
	struct ran plan = DEMO_RUN(d, "duty", "plan", d->week, "--publish", AS_CRON(d));
	assert_code(&plan, 0);
	assert_has(plan.out, " assigned, 0 taken off");
	assert_has(plan.out, "is published as version 1");
	CLEANUP(ran_finish) struct ran show = DEMO_RUN(d, "duty", "show", d->week);
	assert_code(&show, 0);
	assert_has(show.out, "published  version 1");
	assert_has(show.out, "★");
}

static void a_plan_done_again_changes_nothing(void **state)
{
	const struct demo *d = *state;

	CLEANUP(ran_finish)
	struct ran again = DEMO_RUN(d, "duty", "plan", d->week, "--publish", AS_CRON(d));
	assert_code(&again, 0);
	assert_has(again.out, "0 assigned, 0 taken off");
	assert_lacks(again.out, "is published");
	CLEANUP(ran_finish) struct ran verify = DEMO_RUN(d, "verify");
	assert_code(&verify, 0);
}

static void a_roster_shown_as_json_has_a_row_for_each_place(void **state)
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

static void papers_are_drawn_into_files(void **state)
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

static void the_wall_is_one_page_with_nothing_cut(void **state)
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

static void hours_go_into_a_table_and_a_record_is_looked_up(void **state)
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

static void what_is_no_week_is_wrong(void **state)
{
	const struct demo *d = *state;
	static const char *const bad[] = { "2026-W54", "2026-48", "2026-W00", "next", "2026-W48x" };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		CLEANUP(ran_finish) struct ran ran = DEMO_RUN(d, "duty", "show", bad[i]);
		assert_code(&ran, 2);
	}
}

static void a_roster_is_not_planned_by_nobody(void **state)
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cron_plans_and_publishes_a_week),
		cmocka_unit_test(a_plan_done_again_changes_nothing),
		cmocka_unit_test(a_roster_shown_as_json_has_a_row_for_each_place),
		cmocka_unit_test(papers_are_drawn_into_files),
		cmocka_unit_test(the_wall_is_one_page_with_nothing_cut),
		cmocka_unit_test(hours_go_into_a_table_and_a_record_is_looked_up),
		cmocka_unit_test(what_is_no_week_is_wrong),
		cmocka_unit_test(a_roster_is_not_planned_by_nobody),
	};
	return cmocka_run_group_tests_name("duty", tests, set_up, tear_down);
}

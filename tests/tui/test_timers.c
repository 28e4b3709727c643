#include <string.h>

#include "tests/lib/test.h"
#include "tui/timers.h"

struct app {
	struct timers timers;
	char order[16];
};

static char name_a = 'a', name_b = 'b', name_c = 'c', name_z = 'z';

static void run(struct app *app, void *self)
{
	app->order[strlen(app->order)] = *(const char *)self;
}

static void again(struct app *app, void *self)
{
	run(app, self);
	timers_add(&app->timers, (struct timer){ .due_ms = 0, .run = run, .self = &name_z });
}

TEST(timers_run_in_order_of_time_then_of_setting, none)
{
	struct app app = { 0 };
	timers_add(&app.timers, (struct timer){ .due_ms = 30, .run = run, .self = &name_c });
	timers_add(&app.timers, (struct timer){ .due_ms = 10, .run = run, .self = &name_a });
	timers_add(&app.timers, (struct timer){ .due_ms = 10, .run = run, .self = &name_b });
	assert_int_equal(timers_next(&app.timers), 10);
	timers_run(&app.timers, &app, 29);
	assert_string_equal(app.order, "ab");
	timers_run(&app.timers, &app, 30);
	assert_string_equal(app.order, "abc");
	assert_int_equal(timers_next(&app.timers), -1);
	timers_finish(&app.timers);
}

TEST(timer_set_by_a_timer_runs_in_the_next_turn, none)
{
	struct app app = { 0 };
	timers_add(&app.timers, (struct timer){ .due_ms = 5, .run = again, .self = &name_a });
	timers_run(&app.timers, &app, 10);
	assert_string_equal(app.order, "a");
	timers_run(&app.timers, &app, 10);
	assert_string_equal(app.order, "az");
	timers_finish(&app.timers);
}

TEST(cancelled_timers_do_not_run, none)
{
	struct app app = { 0 };
	int id =
		timers_add(&app.timers, (struct timer){ .due_ms = 5, .run = run, .self = &name_a });
	timers_add(&app.timers, (struct timer){ .due_ms = 5, .run = run, .self = &name_b });
	timers_add(&app.timers, (struct timer){ .due_ms = 6, .run = run, .self = &name_a });
	timers_cancel(&app.timers, id);
	timers_cancel(&app.timers, 0);
	timers_cancel(&app.timers, 99);
	timers_cancel_self(&app.timers, &name_a);
	timers_run(&app.timers, &app, 10);
	assert_string_equal(app.order, "b");
	timers_finish(&app.timers);
}

/* What the coordinator sets up for duty: kinds of shifts, the weekly template, single shifts. All at
 * 80×24, the smallest screen there is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

static int setup(void **state)
{
	struct err err = { 0 };

	when_set_zone("Asia/Shanghai", &err);
	*state = venue_case_create();
	return 0;
}

static int teardown(void **state)
{
	venue_case_destroy(*state);
	return 0;
}

/* The tile `key` of the duty menu, as that member of staff. */
static struct vt *start_at(struct venue_case *v, const char *staff, const char *key)
{
	struct vt *vt = venue_start_as(v, staff, 24, 80);

	vt_keys(vt, VT_F4);
	vt_expect(vt, _("Duty roster"));
	vt_keys(vt, "9");
	vt_expect_gone(vt, _("Duty roster"));
	vt_keys(vt, key);
	return vt;
}

static void a_kind_of_shift_is_added_and_changed(void **state)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "6");

	vt_expect(vt, _("New kind"));
	vt_keys(vt, "1");
	vt_expect(vt, _("People needed"));
	vt_keys(vt, VT_F10); /* nothing is filled in: said at the fields */
	vt_expect(vt, "✗");
	vt_paste(vt, "图书整理");
	vt_expect(vt, "图书整理");
	vt_keys(vt, VT_DOWN VT_DOWN VT_DOWN);
	venue_type(vt, "2");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("The kind of shift is kept"));
	assert_int_equal(venue_integer(v, "SELECT needed FROM shift_type WHERE name = '图书整理'"
					  " AND is_creditable AND NOT wants_leader"),
		2);
	vt_keys(vt, VT_ENTER); /* the first of the list: one of them a member of the Party */
	vt_expect(vt, _("People needed"));
	for (int i = 0; i < 8; i++)
		vt_keys(vt, VT_DOWN);
	venue_type(vt, "1");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("The kind of shift is kept"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM shift_type_role"), 2);
}

static void the_template_is_changed_day_by_day(void **state)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "7");
	int64_t before = venue_integer(v, "SELECT count(*) FROM duty_template");

	vt_expect(vt, _("New line"));
	vt_keys(vt, "1");
	vt_expect(vt, _("On which days"));
	vt_keys(vt, VT_DOWN);
	venue_type(vt, "6:30");
	vt_keys(vt, VT_DOWN);
	venue_type(vt, "7:45");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Weeks made from now on follow it"));
	vt_expect(vt, "6:30–7:45");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM duty_template"), before + 5);
	vt_keys(vt, VT_END VT_ENTER); /* Sunday, too */
	vt_keys(vt, "2");
	vt_expect(vt, _("also holidays"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM duty_template WHERE starts = 390"
					  " AND ends = 465 AND on_closed_days = 1"),
		6);
	vt_keys(vt, VT_DELETE);
	vt_expect(vt, _("Take this line out of the template?"));
	vt_keys(vt, "1");
	vt_expect_gone(vt, _("Take this line out of the template?"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM duty_template"), before);
}

static void a_single_shift_is_added_on_the_marked_day(void **state)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "zhang", 24, 80);

	vt_keys(vt, VT_F4);
	vt_expect(vt, _("Extra shift"));
	vt_keys(vt, "6"); /* next week, which is all ahead */
	vt_expect(vt, _("Plan"));
	for (int again = 0; again < 2; again++) {
		vt_keys(vt, "7");
		vt_expect(vt, _("empty: as its kind"));
		vt_keys(vt, VT_DOWN VT_DOWN VT_DOWN);
		venue_type(vt, "5:00");
		vt_keys(vt, VT_DOWN);
		venue_type(vt, "6:15");
		vt_keys(vt, VT_F10);
		if (!again)
			vt_expect(vt, _("The shift is on the roster"));
	}
	/* The same once more is refused, and the form stays. */
	vt_expect(vt, _("There is such a shift at this time, or it was cancelled"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM shift WHERE end_at - start_at = 4500"), 1);
}

static void a_volunteer_does_not_set_up(void **state)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "chen", "6");

	vt_expect(vt, _("Duty"));
	assert_false(vt_has(vt, _("Kinds of shifts")));
	assert_false(vt_has(vt, _("Weekly template")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_kind_of_shift_is_added_and_changed, setup, teardown),
		cmocka_unit_test_setup_teardown(
			the_template_is_changed_day_by_day, setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_single_shift_is_added_on_the_marked_day, setup, teardown),
		cmocka_unit_test_setup_teardown(a_volunteer_does_not_set_up, setup, teardown),
	};
	return cmocka_run_group_tests_name(
		"screen_duty_setup", tests, venue_group_setup, venue_group_teardown);
}

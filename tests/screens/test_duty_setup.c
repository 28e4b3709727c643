/* What the coordinator sets up for duty: shift types, the weekly template, single shifts. All at
 * 80×24, the smallest supported screen. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

static int duty_setup_setup(void **state)
{
	struct err err = { 0 };

	when_set_zone("Asia/Shanghai", &err);
	*state = venue_case_create();
	return 0;
}

static int duty_setup_teardown(void **state)
{
	venue_case_destroy(*state);
	return 0;
}

/* The tile `key` of the duty menu, for that member of staff. */
static struct vt *start_at(struct venue_case *v, const char *staff, const char *key)
{
	struct vt *vt = venue_start_as(v, staff, 24, 80);

	vt_keys(vt, VT_F4);
	vt_expect(vt, _("Duty roster"));
	vt_keys(vt, "0");
	vt_expect_gone(vt, _("Duty roster"));
	vt_keys(vt, key);
	return vt;
}

TEST(a_kind_of_shift_is_added_and_changed, duty_setup)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "6");

	vt_expect(vt, _("New kind"));
	vt_keys(vt, "1");
	vt_expect(vt, _("People needed"));
	vt_keys(vt, VT_F10); /* nothing is filled in: the fields say so */
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
	vt_expect_gone(vt, _("People needed"));
	vt_expect(vt, _("The kind of shift is kept"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM shift_type_role"), 2);
}

TEST(the_template_is_changed_day_by_day, duty_setup)
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

TEST(a_single_shift_is_added_on_the_marked_day, duty_setup)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "zhang", 24, 80);

	vt_keys(vt, VT_F4);
	vt_expect(vt, _("Extra shift"));
	vt_keys(vt, "6"); /* next week, all of which is ahead */
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
	/* The same again is refused, and the form stays. */
	vt_expect(vt, _("There is such a shift at this time, or it was cancelled"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM shift WHERE end_at - start_at = 4500"), 1);
}

TEST(a_volunteer_does_not_set_up, duty_setup)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "chen", "6");

	vt_expect(vt, _("Duty"));
	assert_false(vt_has(vt, _("Kinds of shifts")));
	assert_false(vt_has(vt, _("Weekly template")));
}

/* The page of 黄敏, found by her initials. */
static struct vt *start_at_huang(struct venue_case *v)
{
	struct vt *vt = start_at(v, "zhang", "3");

	vt_expect(vt, "何耀祯");
	venue_type(vt, "hm");
	vt_expect_gone(vt, "何耀祯");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Weekly times"));
	return vt;
}

TEST(a_volunteers_roles_and_limits_are_changed, duty_setup)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_huang(v);

	vt_keys(vt, VT_HOME VT_DOWN VT_DOWN VT_ENTER); /* first aid */
	vt_expect(vt, _("Has this role"));
	vt_keys(vt, VT_HOME);
	venue_type(vt, " ");
	vt_keys(vt, VT_DOWN);
	venue_type(vt, "2099-06-30");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("The role is kept"));
#define HUANG                                                                           \
	" JOIN resident ON resident.id = volunteer.resident JOIN resident_private AS p" \
	" ON p.id = resident.id WHERE p.name = '黄敏'"
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM volunteer_role JOIN volunteer ON"
					  " volunteer.id = volunteer_role.volunteer" HUANG
					  " AND until_on = '2099-06-30'"),
		1);
	vt_keys(vt, "1");
	vt_expect(vt, _("Days in a row, at most"));
	for (int i = 0; i < 4; i++)
		vt_keys(vt, VT_DOWN);
	venue_type(vt, "2099-02-30"); /* no such day */
	vt_keys(vt, VT_F10);
	vt_expect(vt, "✗");
	vt_keys(vt, VT_BACKSPACE VT_BACKSPACE);
	venue_type(vt, "28");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("The limits hold from the next plan on"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM volunteer" HUANG
					  " AND exempt_until = '2099-02-28'"),
		1);
}

TEST(a_partner_is_picked_and_dropped, duty_setup)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_huang(v);

	if (vt_has(vt, _("No partner"))) {
		vt_keys(vt, "4");
		vt_expect_gone(vt, _("No partner"));
	}
	vt_keys(vt, "4");
	vt_expect(vt, _("Who is it?"));
	venue_type(vt, "clf"); /* 陈丽芳 */
	vt_expect(vt, "陈丽芳");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("The plan puts them together when it can"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM volunteer" HUANG " AND partner IS NOT NULL"),
		1);
	vt_keys(vt, "4");
	vt_expect_gone(vt, _("No partner"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM volunteer" HUANG " AND partner IS NOT NULL"),
		0);
}

TEST(days_away_are_named_and_taken_out, duty_setup)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });
	const char *sql = "SELECT count(*) FROM volunteer_time WHERE from_on = '2099-05-01'"
			  " AND until_on = '2099-05-03' AND stance = 'away' AND starts = 0";

	vt_scan(vt, venue_card(v, 1)); /* for oneself, in a visit */
	vt_expect(vt, _("Finish and print"));
	vt_keys(vt, "2");
	vt_expect(vt, _("My times"));
	vt_keys(vt, "7");
	vt_expect(vt, _("When can you serve?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("No single days: every week is the same."));
	vt_keys(vt, "1");
	vt_expect(vt, _("Until the day"));
	vt_keys(vt, VT_DOWN);
	venue_type(vt, "2099-05-01");
	vt_keys(vt, VT_DOWN);
	venue_type(vt, "2099-05-03");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("The next plan minds it"));
	assert_int_equal(venue_integer(v, sql), 1);
	vt_keys(vt, VT_DELETE);
	vt_expect(vt, _("As in every week again"));
	assert_int_equal(venue_integer(v, sql), 0);
}

TEST(hours_are_taken_back, duty_setup)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "2");

	vt_expect(vt, _("Month before"));
	if (vt_has(vt, _("No hours are on record for this month.")))
		vt_keys(vt, "4");
	vt_expect(vt, _("Take back"));
	int64_t lines = venue_integer(v, "SELECT count(*) FROM service_hours");
	vt_keys(vt, "2");
	vt_expect(vt, _("Was not there"));
	vt_keys(vt, "2");
	vt_expect(vt, _("Taken back: the hours do not count"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM service_hours"), lines + 1);
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM service_hours WHERE reverses IS NOT NULL"),
		1);
	vt_expect(vt, "↶");
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)

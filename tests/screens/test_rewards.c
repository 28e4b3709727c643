/* What points buy, at 80 × 24: the coordinator's list and form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reason.h"
#include "core/words.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

enum { ROWS = 24, COLS = 80 };

static int setup(void **state)
{
	*state = venue_case_create();
	return 0;
}

static int teardown(void **state)
{
	venue_case_destroy(*state);
	return 0;
}

static void tab(struct vt *vt, int times)
{
	for (int i = 0; i < times; i++)
		vt_keys(vt, VT_TAB);
}

static struct vt *open_rewards(struct venue_case *v, const char *code)
{
	struct vt *vt = venue_start_as(v, code, ROWS, COLS);

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "7");
	vt_expect(vt, _("New reward"));
	return vt;
}

static void a_coordinator_adds_a_reward_and_changes_its_price(void **state)
{
	struct venue_case *v = *state;
	struct vt *vt = open_rewards(v, "zhang");

	vt_keys(vt, "+");
	vt_expect(vt, _("or of the catalogue"));
	vt_paste(vt, "食用油 1 升");
	tab(vt, 2);
	venue_type(vt, "80");
	tab(vt, 1);
	venue_type(vt, "40");
	tab(vt, 1);
	venue_type(vt, "9");
	tab(vt, 3);
	venue_type(vt, "1.5");
	tab(vt, 3);
	venue_type(vt, "oil");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("holds like this from now on"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM reward WHERE code = 'oil'"
					  " AND points = 80 AND fen = 4000 AND stock = 9"
					  " AND service_minutes = 90"),
		1);
	/* The dearest for points but one: the list goes from the cheapest. */
	vt_keys(vt, VT_END);
	vt_keys(vt, VT_UP);
	vt_expect(vt, "食用油 1 升  ");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("or of the catalogue"));
	tab(vt, 2);
	vt_keys(vt, VT_BACKSPACE);
	venue_type(vt, "5");
	tab(vt, 2);
	vt_keys(vt, VT_BACKSPACE);
	venue_type(vt, "7");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("New reward"));
	vt_expect_gone(vt, _("or of the catalogue"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM reward WHERE code = 'oil'"
					  " AND points = 85 AND stock = 7"),
		1);
}

static void what_is_wrong_stands_at_its_field(void **state)
{
	struct venue_case *v = *state;
	struct vt *vt = open_rewards(v, "zhang");
	const struct reason taken = REASON_TEXT(NAME_EXISTS, "rice");
	CLEANUP(mem_free) char *why = words_reason(&taken, 0);

	vt_keys(vt, "+");
	vt_expect(vt, _("or of the catalogue"));
	vt_paste(vt, "大米 10 斤");
	tab(vt, 2);
	venue_type(vt, "110");
	tab(vt, 8);
	venue_type(vt, "rice");
	vt_keys(vt, VT_F10);
	vt_expect(vt, why);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM reward WHERE points = 110"), 0);
	assert_int_equal(venue_integer(v, "SELECT points FROM reward WHERE code = 'rice'"), 60);
}

static void a_reward_is_ended_and_given_again_and_counted(void **state)
{
	struct venue_case *v = *state;
	struct vt *vt = open_rewards(v, "zhang");

	/* The third: towels, 30 of them. */
	vt_keys(vt, VT_DOWN);
	vt_keys(vt, VT_DOWN);
	vt_expect(vt, _("Count"));
	vt_keys(vt, "1");
	vt_expect(vt, _("How many?"));
	venue_type(vt, "28");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "毛巾一条  ");
	vt_expect_gone(vt, _("How many?"));
	assert_int_equal(venue_integer(v, "SELECT stock FROM reward WHERE code = 'towel'"), 28);
	vt_keys(vt, VT_DELETE);
	vt_keys(vt, VT_END);
	vt_expect(vt, _("not given now"));
	assert_int_equal(venue_integer(v, "SELECT ended_at IS NULL FROM reward"
					  " WHERE code = 'towel'"),
		0);
	vt_keys(vt, VT_DELETE);
	vt_expect_gone(vt, _("not given now"));
	assert_int_equal(venue_integer(v, "SELECT stock FROM reward WHERE code = 'towel'"
					  " AND ended_at IS NULL"),
		28);
}

static void a_volunteer_counts_but_changes_no_price(void **state)
{
	struct venue_case *v = *state;
	struct vt *vt = open_rewards(v, "chen");

	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("or of the catalogue"));
	tab(vt, 2);
	venue_type(vt, "0");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("coordinator"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM journal"
					  " WHERE kind = 'reward.set' AND actor ="
					  " (SELECT id FROM staff WHERE code = 'chen')"),
		0);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(a_coordinator_adds_a_reward_and_changes_its_price),
		CASE(what_is_wrong_stands_at_its_field),
		CASE(a_reward_is_ended_and_given_again_and_counted),
		CASE(a_volunteer_counts_but_changes_no_price),
	};
#undef CASE

	return cmocka_run_group_tests_name(
		"rewards", tests, venue_group_setup, venue_group_teardown);
}

/* Rights of use in return for a duty, at 80 × 24: agreed on, viewed, ended, seen on the person's
 * page. */
#include "tests/lib/expect.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"

TEST_FILE(.setup = venue_still_setup, .teardown = venue_still_teardown)

/* The coordinator's list, which is still empty, and an empty form. */
static struct vt *start(struct venue_case *v)
{
	struct vt *vt = venue_start_as(v, "zhang", 24, 80);

	venue_play(v, vt, "F5");
	expect_screen(vt, "use_rights/points_menu");
	venue_play(v, vt, "9");
	expect_screen(vt, "use_rights/none");
	venue_play(v, vt, "+");
	expect_screen(vt, "use_rights/form");
	return vt;
}

/* Bed 3 in the garden, in return for watering it, until the end of a year far ahead. */
static struct vt *agree(struct venue_case *v)
{
	struct vt *vt = start(v);

	venue_play(v, vt, "card:2 Tab Tab paste:3_号菜地 Tab paste:每周打理花园一次 Tab");
	venue_play(v, vt, "paste:两次没做到转给下一户 Tab Tab text:2099-12-31");
	expect_screen(vt, "use_rights/form_filled");
	venue_play(v, vt, "F10");
	expect_screen(vt, "use_rights/agreed");
	return vt;
}

TEST(a_duty_is_looked_at_and_what_follows_stands_beside_it, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = agree(v);

	venue_play(v, vt, "Enter");
	expect_screen(vt, "use_rights/is_it_kept");
	venue_play(v, vt, "1");
	expect_screen(vt, "use_rights/kept_once");
	venue_play(v, vt, "Enter");
	expect_screen(vt, "use_rights/is_it_kept_again");
	venue_play(v, vt, "2");
	expect_screen(vt, "use_rights/what_was_not_kept");
	venue_play(v, vt, "2");
	expect_screen(vt, "use_rights/kept_once_of_twice");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM use_check_private"), 1);
	venue_play(v, vt, "Del");
	expect_screen(vt, "use_rights/why_does_it_end");
	venue_play(v, vt, "1");
	expect_screen(vt, "use_rights/ended");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM use_right"
					  " WHERE ended_at IS NOT NULL"),
		1);
}

TEST(it_stands_on_the_persons_page, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = agree(v);

	venue_play(v, vt, "card:2");
	expect_screen(vt, "use_rights/visit");
	venue_play(v, vt, "8");
	expect_screen(vt, "use_rights/persons_page");
}

TEST(without_its_last_day_nothing_is_agreed_on, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);

	venue_play(v, vt, "text:2 F10");
	expect_screen(vt, "use_rights/lacks_all_but_who");
	venue_play(v, vt, "Esc");
	expect_screen(vt, "use_rights/not_saved");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM use_right"), 0);
}

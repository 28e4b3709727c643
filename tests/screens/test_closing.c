/* Large words and the screen that a visit ends with, out of a face of our own (face.hex), whose
 * characters are no writing: what counts is where they are. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "tests/lib/expect.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"

static struct vt *start(struct venue_case *v, int rows, int cols, const char *theme)
{
	CLEANUP(mem_free)
	char *conf = mem_printf("[kiosk]\ntheme = %s\nbig-words = %s/tests/screens/face.hex\n",
		theme, getenv("JIAPLUS_SOURCE"));

	return venue_start(v, &(struct venue_kiosk){ .rows = rows, .cols = cols, .conf = conf });
}

TEST(the_board_invites_in_words_as_wide_as_the_screen, venue)
{
	expect_screen(start(*state, 24, 80, "light"), "closing/board_80");
}

TEST(a_wide_board_has_room_for_the_rest_below, venue)
{
	expect_screen(start(*state, 34, 120, "light"), "closing/board_120");
}

TEST(a_narrow_board_invites_in_fewer_words, venue)
{
	expect_screen(start(*state, 19, 72, "large"), "closing/board_72");
}

TEST(a_low_board_invites_in_plain_words, venue)
{
	expect_screen(start(*state, 18, 80, "light"), "closing/board_low");
}

TEST(the_day_of_a_loan_is_large_in_the_visit_and_at_its_end, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 26, 97, "light");

	venue_play(v, vt, "card:11 label:4");
	expect_screen(vt, "closing/lent");
	venue_play(v, vt, "Enter");
	expect_screen(vt, "closing/goes_home");
	venue_play(v, vt, "Enter");
	vt_expect(vt, "或扫描物品标签");
}

TEST(the_weekday_is_large_as_well_where_there_is_room, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 34, 120, "light");

	venue_play(v, vt, "card:11 label:4");
	expect_screen(vt, "closing/lent_wide");
}

TEST(a_refusal_takes_the_place_of_the_large_day, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 26, 97, "light");

	venue_play(v, vt, "card:11 label:4 scan:9780306406157");
	expect_screen(vt, "closing/refused_after_lending");
}

TEST(in_large_type_on_a_low_screen_the_day_is_never_missing, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 19, 72, "large");

	venue_play(v, vt, "card:9 label:4");
	expect_screen(vt, "closing/lent_large");
	venue_play(v, vt, "Enter");
	expect_screen(vt, "closing/goes_home_large");
}

TEST(in_large_type_without_a_face_the_day_is_on_its_line, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(
		v, &(struct venue_kiosk){
			   .rows = 19, .cols = 72, .conf = "[kiosk]\ntheme = large\n" });

	venue_play(v, vt, "card:9 label:4");
	expect_screen(vt, "closing/lent_large_plain");
	venue_play(v, vt, "Enter");
	expect_screen(vt, "closing/goes_home_plain");
}

TEST(who_takes_nothing_home_is_thanked, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 24, 80, "light");

	venue_play(v, vt, "card:11 Enter");
	expect_screen(vt, "closing/thanks");
}

TEST(a_scan_goes_straight_on, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 24, 80, "light");

	venue_play(v, vt, "card:11 label:4 Enter card:9");
	vt_expect(vt, "您好，何*");
	vt_expect_gone(vt, "办好了");
}

TEST(a_key_of_the_board_is_not_lost, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 24, 80, "light");

	venue_play(v, vt, "card:11 label:4 Enter F2");
	vt_expect(vt, "编号");
	vt_expect_gone(vt, "办好了");
}

TEST(the_next_person_finds_chinese, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 24, 80, "light");

	venue_play(v, vt, "F12");
	vt_expect(vt, "or the label of an item");
	venue_play(v, vt, "card:11");
	vt_expect(vt, "Hello");
	venue_play(v, vt, "Enter");
	vt_expect(vt, "Done, thank you");
	venue_play(v, vt, "Enter");
	vt_expect(vt, "或扫描物品标签");
}

TEST(a_card_after_another_finds_chinese_as_well, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, 24, 80, "light");

	venue_play(v, vt, "card:11 F12");
	vt_expect(vt, "Hello");
	venue_play(v, vt, "card:9");
	vt_expect(vt, "您好，何*");
}

TEST(the_arrows_go_back_in_the_list_of_the_visit, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 18, .cols = 80 });

	venue_play(v, vt, "card:11 label:4 label:14 label:18 label:20 label:21");
	expect_screen(vt, "closing/list_newest");
	venue_play(v, vt, "Up Up");
	expect_screen(vt, "closing/list_back");
	venue_play(v, vt, "Down Down Down");
	expect_screen(vt, "closing/list_newest");
}

TEST_FILE(.setup = venue_still_setup, .teardown = venue_still_teardown)

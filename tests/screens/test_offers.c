/* Nothing is offered that will be refused, what is on says so, and lists say how much there is. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "tests/lib/expect.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"

static struct vt *start(struct venue_case *v, const char *script)
{
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	venue_play(v, vt, script);
	return vt;
}

static void set_hall(struct venue_case *v, const char *rule)
{
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/zhang.pin");
	CLEANUP(mem_free)
	char *args = mem_printf("venue set 1 %s --as zhang --pin-file %s", rule, pin);

	free(venue_run(v, 0, args));
}

TEST(rooms_say_how_many_they_are, venue)
{
	expect_screen(start(*state, "card:11 1"), "offers/rooms");
}

TEST(the_first_free_time_of_a_room_is_marked, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, "card:11 1 1");

	expect_screen(vt, "offers/week");
	venue_play(v, vt, "Enter");
	expect_screen(vt, "offers/lengths");
}

TEST(a_past_time_says_that_it_cannot_be_booked, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, "card:11 1 1 Up Up Up Up Up Up Enter");

	expect_screen(vt, "offers/past");
}

TEST(only_lengths_within_the_quota_are_offered, venue)
{
	struct venue_case *v = *state;

	set_hall(v, "week_hours=1");
	expect_screen(start(v, "card:11 1 1 Enter"), "offers/lengths_in_quota");
}

TEST(points_are_offered_to_kin_and_the_pool_alone, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, "card:2 3 8");

	expect_screen(vt, "offers/family");
	venue_play(v, vt, "2");
	expect_screen(vt, "offers/family_not_kin");
	venue_play(v, vt, "1");
	expect_screen(vt, "offers/family_how_many");
}

TEST(rewards_say_which_of_them_are_seen_and_arrows_turn_the_page, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 20, .cols = 80 });

	venue_play(v, vt, "card:2 3");
	expect_screen(vt, "offers/rewards");
	venue_play(v, vt, "Right");
	expect_screen(vt, "offers/rewards_next");
	venue_play(v, vt, "Left Left");
	expect_screen(vt, "offers/rewards");
}

TEST(backdating_is_said_on_every_screen_until_it_ends, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v, "F9 staff:chen pin:chen");

	vt_expect(vt, "补录");
	venue_play(v, vt, "7");
	expect_screen(vt, "offers/backdate");
	venue_play(v, vt,
		"Tab Backspace Backspace Backspace Backspace Backspace text:1130 Tab"
		" F11 text:off Enter");
	expect_screen(vt, "offers/backdated");
	venue_play(v, vt, "F3");
	expect_screen(vt, "offers/backdated_elsewhere");
	venue_play(v, vt, "Esc Esc");
	expect_screen(vt, "offers/leave");
	venue_play(v, vt, "Enter");
	expect_screen(vt, "offers/backdated");
	venue_play(v, vt, "0");
	expect_screen(vt, "offers/backdating_over");
}

TEST_FILE(.setup = venue_still_setup, .teardown = venue_still_teardown)

/* Help between neighbours, at 80 × 24: agreed on in one visit, confirmed by the cards of both. */
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/expect.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"

/* Of the demo venue: the rule for skills pays 10 points an hour, from the one who is helped. */
enum { HUANG = 2, HE = 3 };

static int64_t balance(struct venue_case *v, int number)
{
	CLEANUP(mem_free)
	char *sql = mem_printf("SELECT balance FROM account JOIN resident"
			       " ON resident.id = account.resident WHERE number = %d",
		number);

	return venue_integer(v, sql);
}

/* Huang's page of help, in their own visit. */
static struct vt *start(struct venue_case *v)
{
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	venue_play(v, vt, "card:2");
	expect_screen(vt, "skills/visit");
	venue_play(v, vt, "9");
	expect_screen(vt, "skills/none");
	venue_play(v, vt, "0");
	expect_screen(vt, "skills/form");
	return vt;
}

/* Huang is helped by He for 90 minutes. */
static struct vt *agree(struct venue_case *v)
{
	struct vt *vt = start(v);

	venue_play(v, vt, "Tab card:3 Tab Tab Backspace Backspace text:90");
	expect_screen(vt, "skills/form_filled");
	venue_play(v, vt, "F10");
	expect_screen(vt, "skills/agreed");
	return vt;
}

/* How each of them reads what was paid. */
static void expect_latest(struct venue_case *v, int number, const char *words)
{
	CLEANUP(mem_free) char *args = mem_printf("--lang zh_CN points statement %d", number);
	CLEANUP(mem_free) char *statement = venue_run(v, 0, args);
	char *first = strchr(statement, '\n');

	assert_non_null(first);
	first[1 + strcspn(first + 1, "\n")] = '\0';
	assert_non_null(strstr(first, words));
}

TEST(points_move_when_the_cards_of_both_have_confirmed, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = agree(v);
	int64_t helped = balance(v, HUANG), helper = balance(v, HE);

	venue_play(v, vt, "Enter");
	expect_screen(vt, "skills/was_it_done");
	venue_play(v, vt, "Enter");
	expect_screen(vt, "skills/noted");
	assert_int_equal(balance(v, HUANG), helped);
	venue_play(v, vt, "card:3");
	expect_screen(vt, "skills/both_confirmed");
	assert_int_equal(balance(v, HUANG), helped - 15);
	assert_int_equal(balance(v, HE), helper + 15);
	expect_latest(v, HUANG, "请邻居帮忙");
	expect_latest(v, HE, "服务所得");
}

TEST(the_other_side_is_told_in_their_own_visit, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = agree(v);
	int64_t helper = balance(v, HE);

	venue_play(v, vt, "Enter Enter");
	expect_screen(vt, "skills/noted");
	venue_play(v, vt, "Esc");
	expect_screen(vt, "skills/visit_after_noting");
	venue_play(v, vt, "card:3");
	expect_screen(vt, "skills/visit_of_the_helper");
	venue_play(v, vt, "9");
	expect_screen(vt, "skills/waits_for_the_helper");
	venue_play(v, vt, "Enter");
	expect_screen(vt, "skills/was_it_done_by_the_helper");
	venue_play(v, vt, "Enter");
	expect_screen(vt, "skills/helper_confirmed");
	assert_int_equal(balance(v, HE), helper + 15);
}

TEST(what_is_called_off_moves_nothing, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = agree(v);
	int64_t helper = balance(v, HE);

	venue_play(v, vt, "9");
	expect_screen(vt, "skills/call_it_off");
	venue_play(v, vt, "1");
	expect_screen(vt, "skills/called_off");
	assert_int_equal(balance(v, HE), helper);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM skill_service"
					  " WHERE cancelled_at IS NOT NULL AND earning IS NULL"),
		1);
}

TEST(nobody_helps_themselves, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);

	venue_play(v, vt, "Tab text:2 F10");
	expect_screen(vt, "skills/nobody_helps_themselves");
	venue_play(v, vt, "Esc");
	expect_screen(vt, "skills/not_saved");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM skill_service"), 0);
}

TEST_FILE(.setup = venue_still_setup, .teardown = venue_still_teardown)

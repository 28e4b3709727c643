/* Help between neighbours, at 80 × 24: agreed on in one visit, confirmed by the cards of both. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

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

static void open_skills(struct venue_case *v, struct vt *vt, int resident)
{
	vt_scan(vt, venue_card(v, resident));
	vt_expect(vt, _("Finish and print"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Agree on help"));
}

/* Huang is helped by He for 90 minutes. */
static struct vt *agree(struct venue_case *v)
{
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	open_skills(v, vt, HUANG);
	vt_keys(vt, "+");
	vt_expect(vt, _("The neighbour's number"));
	vt_keys(vt, VT_TAB);
	vt_scan(vt, venue_card(v, HE));
	vt_expect(vt, " 3");
	vt_keys(vt, VT_TAB);
	vt_keys(vt, VT_TAB);
	vt_keys(vt, VT_BACKSPACE);
	vt_keys(vt, VT_BACKSPACE);
	venue_type(vt, "90");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("agreed"));
	vt_expect_gone(vt, _("The neighbour's number"));
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

	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Was it done?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Noted"));
	vt_expect_gone(vt, _("Was it done?"));
	assert_int_equal(balance(v, HUANG), helped);
	vt_scan(vt, venue_card(v, HE));
	vt_expect(vt, _("Both have confirmed: the points have moved"));
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

	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Was it done?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Noted"));
	vt_expect_gone(vt, _("Was it done?"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Finish and print"));
	vt_scan(vt, venue_card(v, HE));
	vt_expect(vt, _("A neighbour says that the help is done: press 9, please."));
	vt_keys(vt, "9");
	vt_expect(vt, _("waits for your word"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Was it done?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Both have confirmed: the points have moved"));
	assert_int_equal(balance(v, HE), helper + 15);
}

TEST(what_is_called_off_moves_nothing, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = agree(v);
	int64_t helper = balance(v, HE);

	vt_keys(vt, VT_DELETE);
	vt_expect(vt, _("Call this help off?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("It is off; nothing has moved"));
	assert_int_equal(balance(v, HE), helper);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM skill_service"
					  " WHERE cancelled_at IS NOT NULL AND earning IS NULL"),
		1);
}

TEST(nobody_helps_themselves, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	open_skills(v, vt, HUANG);
	vt_keys(vt, "+");
	vt_expect(vt, _("The neighbour's number"));
	vt_keys(vt, VT_TAB);
	venue_type(vt, "2");
	vt_expect(vt, " 2");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("The neighbour's number"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("What you have written is not saved."));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM skill_service"), 0);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)

/* Rights of use against a duty, at 80 × 24: agreed on, looked at, ended, seen on the person's page.
 */
#include <stdlib.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

enum { HUANG = 2 };

/* Bed 3 in the garden, in return for watering it, until the end of a year far off. */
static struct vt *agree(struct venue_case *v)
{
	struct vt *vt = venue_start_as(v, "zhang", 24, 80);

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "9");
	vt_expect(vt, _("No right of use is agreed on."));
	vt_keys(vt, "+");
	vt_expect(vt, _("If not kept"));
	vt_scan(vt, venue_card(v, HUANG));
	vt_expect(vt, " 2 ");
	vt_keys(vt, VT_TAB);
	vt_keys(vt, VT_TAB);
	vt_paste(vt, "3 号菜地");
	vt_keys(vt, VT_TAB);
	vt_paste(vt, "每周打理花园一次");
	vt_keys(vt, VT_TAB);
	vt_paste(vt, "两次没做到转给下一户");
	vt_keys(vt, VT_TAB);
	vt_keys(vt, VT_TAB);
	venue_type(vt, "2099-12-31");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("the right of use is agreed on"));
	vt_expect(vt, "每周打理花园一次");
	return vt;
}

TEST(a_duty_is_looked_at_and_what_follows_stands_beside_it, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = agree(v);

	vt_expect(vt, "两次没做到转给下一户");
	vt_expect(vt, "✓0 ✗0");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Is the duty kept?"));
	vt_keys(vt, "1");
	vt_expect(vt, "✓1 ✗0");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Is the duty kept?"));
	vt_keys(vt, "2");
	vt_expect(vt, _("What was not kept?"));
	vt_keys(vt, "2");
	vt_expect(vt, "✓1 ✗1");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM use_check_private"), 1);
	vt_keys(vt, VT_DELETE);
	vt_expect(vt, _("End this right of use? Why?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("the right of use has ended"));
	vt_expect(vt, _("No right of use is agreed on."));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM use_right"
					  " WHERE ended_at IS NOT NULL"),
		1);
}

TEST(it_stands_on_the_persons_page, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = agree(v);

	vt_scan(vt, venue_card(v, HUANG));
	vt_expect(vt, _("Finish and print"));
	vt_keys(vt, "8");
	vt_expect(vt, _("Right of use"));
	vt_expect(vt, "3 号菜地");
}

TEST(without_its_last_day_nothing_is_agreed_on, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "zhang", 24, 80);

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "9");
	vt_expect(vt, _("No right of use is agreed on."));
	vt_keys(vt, "+");
	vt_expect(vt, _("If not kept"));
	venue_type(vt, "2");
	vt_keys(vt, VT_F10);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("What you have written is not saved."));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM use_right"), 0);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)

/* A visit never loses what was scanned, in the real program: one kiosk a folder. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

/* Of the demo venue. */
enum {
	WEIHAO = 11, /* 黄伟豪: an adult with nothing borrowed */
	SCREWDRIVER = 4,
};

static void scan_card(struct venue_case *v, struct vt *vt, int number)
{
	vt_scan(vt, venue_card(v, number));
}

static void scan_item(struct venue_case *v, struct vt *vt, int number)
{
	vt_scan(vt, venue_label(v, number));
}

TEST(a_second_kiosk_on_one_folder_says_so_and_leaves_the_visit_alone, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	scan_card(v, vt, WEIHAO);
	scan_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	CLEANUP(mem_free) char *chinese = venue_run(v, 1, "--lang zh_CN");
	CLEANUP(mem_free) char *english = venue_run(v, 1, "--lang en");
	assert_non_null(strstr(chinese, "另一个"));
	assert_non_null(strstr(english, "Another kiosk"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM visit WHERE ended_at IS NULL"), 1);
	/* Verbs go on beside it, and so does the visit. */
	free(venue_run(v, 0, "loans"));
	vt_keys(vt, VT_BACKSPACE);
	vt_expect(vt, _("Undone"));
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)

/* A clock that cannot be right, at the counter. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/site/setting.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

/* Of the demo venue. */
enum {
	WEIHAO = 11, /* 黄伟豪: an adult with nothing borrowed */
	TOOLBOX = 15,
};

/* The journal's last entry is two years in the future: compared with it the clock is behind. */
static void write_in_the_future(const struct venue_case *v)
{
	CLEANUP(mem_free) char *path = venue_path(v, "jiaplus.db");
	struct clock clock = clock_set(clock_now(&clock_system) + 2 * 366 * INT64_C(86400));
	const struct act act = { .role = ROLE_SYSTEM };
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(db_open(path, DB_OPEN, &clock, &db, &err), &err);
	assert_ok(setting_set(db, &act, SETTING_UNDO_MINUTES, "11", &err), &err);
	db_close(db);
}

static char *this_year(void)
{
	char text[32];

	when_format(clock_now(&clock_system), text);
	return mem_text_n(text, 8); /* "2026-12-" */
}

TEST(a_doubted_clock_is_told_and_things_only_come_back, venue)
{
	struct venue_case *v = *state;
	int lent = (int)venue_integer(v,
		"SELECT item.number FROM loan JOIN item ON item.id = loan.item"
		" WHERE returned_at IS NULL AND voided_at IS NULL ORDER BY loan.number LIMIT 1");
	CLEANUP(mem_free)
	char *back = mem_printf("SELECT count(*) FROM loan JOIN item ON item.id = loan.item"
				" WHERE item.number = %d AND returned_at IS NULL",
		lent);

	write_in_the_future(v);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });
	vt_expect(vt, _("Check date and time"));
	vt_scan(vt, venue_label(v, lent));
	vt_expect(vt, _("Return slip"));
	assert_int_equal(venue_integer(v, back), 0);
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "黄*豪");
	CLEANUP(mem_free) char *year = this_year();
	vt_expect(vt, year);
	vt_scan(vt, venue_label(v, TOOLBOX));
	vt_expect(vt, "时钟可能不对");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM loan WHERE returned_at IS NULL AND"
					  " lent_at > (SELECT max(recorded_at) FROM journal)"),
		0);
}

TEST(a_volunteer_who_is_there_is_asked_and_says_that_it_is_right, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", 24, 80);

	write_in_the_future(v);
	vt_expect(vt, _("Are date and time right?"));
	vt_expect(vt, _("Check date and time"));
	vt_keys(vt, "2");
	vt_expect_gone(vt, _("Check date and time"));
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "黄*豪");
	vt_scan(vt, venue_label(v, TOOLBOX));
	vt_expect(vt, _("Lent"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM journal WHERE kind = 'clock.accept'"), 1);
}

TEST(a_volunteer_who_says_that_it_is_wrong_changes_nothing, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", 34, 120);

	write_in_the_future(v);
	vt_expect(vt, _("Are date and time right?"));
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, _("Are date and time right?"));
	vt_expect(vt, _("Check date and time"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM journal WHERE kind = 'clock.accept'"), 0);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)

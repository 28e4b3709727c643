/* Honours: stars by certified hours, a year's list, certificates. */
#include <string.h>

#include "core/base/code.h"
#include "core/duty/certificate.h"
#include "core/duty/reasons.h"
#include "core/duty/shift_acts.h"
#include "core/people/resident_acts.h"
#include "core/points/earning.h"
#include "core/points/person.h"
#include "core/sheets/certificate.h"
#include "core/sheets/year_honours.h"
#include "core/store/role_reasons.h"
#include "tests/core/crew.h"
#include "tests/lib/test.h"

#define OK(c, call) assert_ok((call), &(c)->shop->err)

static const struct letterhead english = { .language = "en" };

/* More days in a row than anybody should serve. */
static const struct act against_limits = {
	.role = ROLE_COORDINATOR, .is_override = true, .why = "缺人"
};

/* That many hours from `start_at` on, signed in and out. Returns the assignment's id. */
static int64_t serve_at(struct crew *c, int64_t who, int64_t start_at, int hours)
{
	const struct shift_draft draft = { "服务台", start_at, start_at + hours * 3600, 2,
		c->desk };
	const struct act self = crew_self(who);
	int64_t shift = 0, id = 0;

	OK(c, shift_add(c->shop->db, &by_coordinator, &draft, &shift, &c->shop->err));
	OK(c, crew_assign_by(c, &against_limits, shift, who, &id));
	c->shop->clock.set_wall = draft.start_at;
	OK(c, attendance_in(c->shop->db, &self, shift, who, &c->shop->err));
	c->shop->clock.set_wall = draft.end_at;
	OK(c, attendance_out(c->shop->db, &self, shift, who, &c->shop->err));
	return id;
}

/* Ten hours a day, from that morning on; the clock ends at the last evening. */
static void serve(struct crew *c, int64_t who, const char *morning, int days)
{
	for (int i = 0; i < days; i++)
		serve_at(c, who, at(morning) + i * 86400, 10);
}

/* Posts 15 points by hand, on that day. */
static void good_deed(struct crew *c, int64_t who, struct day on)
{
	const struct earn_rule rule = { .code = (char *)"deed",
		.name = (char *)"帮邻居",
		.source = EARN_ACT,
		.per = EARN_PER_TIME,
		.points = 15,
		.night_percent = 100,
		.holiday_percent = 100 };
	struct earned earned;
	int64_t id;

	OK(c, earn_rule_set(c->shop->db, &by_coordinator, &rule, &id, &c->shop->err));
	const struct earn_draft draft = {
		.rule = id, .whose = HOLDER_RESIDENT(who), .times = 1, .on = on
	};
	OK(c, earn(c->shop->db, &by_coordinator, &draft, &earned, &c->shop->err));
}

static void expect_row(
	const struct honours *honours, int row, int64_t who, int place, int stars, int64_t hours)
{
	assert_in_range(row, 0, honours->count - 1);
	assert_int_equal(honours->rows[row].resident, who);
	assert_int_equal(honours->rows[row].place, place);
	assert_int_equal(honours->rows[row].stars, stars);
	assert_int_equal(honours->rows[row].served.n, hours * 60);
}

TEST(who_served_a_hundred_hours_stands_with_a_star, crew)
{
	struct crew *c = *state;
	CLEANUP(honours_finish) struct honours honours = { 0 };

	serve(c, c->zhen, "2026-11-22T09:00", 10);
	serve(c, c->chen, "2026-12-05T09:00", 9);
	OK(c, honours_by_stars(c->shop->db, &honours, &c->shop->err));
	assert_int_equal(honours.count, 1);
	expect_row(&honours, 0, c->zhen, 1, 1, 100);
}

TEST(hours_taken_back_take_the_star_along, crew)
{
	struct crew *c = *state;
	CLEANUP(honours_finish) struct honours honours = { 0 };
	struct act why = by_coordinator;
	int64_t line;

	serve(c, c->zhen, "2026-11-22T09:00", 9);
	int64_t last = serve_at(c, c->zhen, at("2026-12-10T09:00"), 10);
	OK(c, service_hours_standing(c->shop->db, last, &line, &c->shop->err));
	why.why = "记错了";
	OK(c, service_hours_reverse(c->shop->db, &why, line, &c->shop->err));
	OK(c, honours_by_stars(c->shop->db, &honours, &c->shop->err));
	assert_int_equal(honours.count, 0);
}

TEST(a_year_counts_its_own_hours_and_stars_count_all, crew)
{
	struct crew *c = *state;
	CLEANUP(honours_finish) struct honours before = { 0 };
	CLEANUP(honours_finish) struct honours after = { 0 };

	serve(c, c->zhen, "2026-12-22T09:00", 10);
	serve(c, c->zhen, "2027-01-02T09:00", 1);
	serve(c, c->chen, "2027-01-04T09:00", 2);
	good_deed(c, c->huang, (struct day){ 2027, 1, 5 });
	OK(c, honours_of_year(c->shop->db, 2026, 10, &before, &c->shop->err));
	assert_int_equal(before.count, 1);
	expect_row(&before, 0, c->zhen, 1, 1, 100);
	OK(c, honours_of_year(c->shop->db, 2027, 10, &after, &c->shop->err));
	assert_int_equal(after.count, 3);
	expect_row(&after, 0, c->chen, 1, 0, 20);
	expect_row(&after, 1, c->zhen, 2, 1, 10);
	expect_row(&after, 2, c->huang, 3, 0, 0);
	assert_int_equal(after.rows[2].earned.n, 15);
	assert_int_equal(honours_of_year(c->shop->db, 0, 10, &after, &c->shop->err), ERR_INVALID);
}

TEST(who_did_as_much_shares_the_place_and_the_list_ends_at_its_limit, crew)
{
	struct crew *c = *state;
	CLEANUP(honours_finish) struct honours honours = { 0 };
	CLEANUP(honours_finish) struct honours short_list = { 0 };

	serve(c, c->zhen, "2026-11-22T09:00", 1);
	serve(c, c->chen, "2026-11-24T09:00", 1);
	serve(c, c->huang, "2026-11-26T09:00", 2);
	OK(c, honours_of_year(c->shop->db, 2026, 10, &honours, &c->shop->err));
	expect_row(&honours, 0, c->huang, 1, 0, 20);
	expect_row(&honours, 1, c->chen, 2, 0, 10);
	expect_row(&honours, 2, c->zhen, 2, 0, 10);
	OK(c, honours_of_year(c->shop->db, 2026, 1, &short_list, &c->shop->err));
	assert_int_equal(short_list.count, 1);
}

TEST(who_does_not_wish_to_be_ranked_stands_on_no_list, crew)
{
	struct crew *c = *state;
	CLEANUP(honours_finish) struct honours stars = { 0 };
	CLEANUP(honours_finish) struct honours year = { 0 };
	struct certificate certificate = { 0 };

	serve(c, c->zhen, "2026-11-22T09:00", 10);
	OK(c, ranking_choose(c->shop->db, &by_resident, c->zhen, true, &c->shop->err));
	OK(c, honours_by_stars(c->shop->db, &stars, &c->shop->err));
	assert_int_equal(stars.count, 0);
	OK(c, honours_of_year(c->shop->db, 2026, 10, &year, &c->shop->err));
	assert_int_equal(year.count, 0);
	/* They still get the certificate; it names no rank. */
	OK(c, certificate_issue(c->shop->db, &by_coordinator,
		      &(struct certificate_draft){ .resident = c->zhen, .year = 2026 },
		      &certificate, &c->shop->err));
	assert_int_equal(certificate.minutes.n, 6000);
	assert_int_equal(certificate.place, 0);
	certificate_finish(&certificate);
}

TEST(a_certificate_has_a_number_that_is_found_again, crew)
{
	struct crew *c = *state;
	CLEANUP(certificate_finish) struct certificate issued = { 0 };
	CLEANUP(certificate_finish) struct certificate by_id = { 0 };
	CLEANUP(certificate_finish) struct certificate by_number = { 0 };
	const struct certificate_draft draft = {
		.resident = c->zhen, .year = 2026, .name = "祯叔"
	};

	serve(c, c->zhen, "2026-11-22T09:00", 3);
	good_deed(c, c->zhen, (struct day){ 2026, 11, 25 });
	OK(c, certificate_issue(c->shop->db, &by_coordinator, &draft, &issued, &c->shop->err));
	assert_int_equal(issued.number, 1);
	assert_int_equal(issued.place, 1);
	OK(c, certificate_by_id(c->shop->db, issued.id, &by_id, &c->shop->err));
	assert_string_equal(by_id.name, "祯叔");
	assert_int_equal(by_id.year, 2026);
	assert_int_equal(by_id.minutes.n, 1800);
	assert_int_equal(by_id.earned.n, 15);
	OK(c, certificate_by_number(c->shop->db, 1, &by_number, &c->shop->err));
	assert_int_equal(by_number.id, issued.id);
	assert_int_equal(
		certificate_by_number(c->shop->db, 2, &by_number, &c->shop->err), ERR_NOT_FOUND);
}

TEST(a_certificate_said_twice_is_one, crew)
{
	struct crew *c = *state;
	CLEANUP(certificate_finish) struct certificate first = { 0 };
	CLEANUP(certificate_finish) struct certificate again = { 0 };
	const struct certificate_draft draft = { .resident = c->zhen, .year = 2026 };
	struct act act = by_coordinator;

	serve(c, c->zhen, "2026-11-22T09:00", 3);
	act_new_key(act.key);
	OK(c, certificate_issue(c->shop->db, &act, &draft, &first, &c->shop->err));
	OK(c, certificate_issue(c->shop->db, &act, &draft, &again, &c->shop->err));
	assert_int_equal(first.id, again.id);
	assert_int_equal(again.number, 1);
}

TEST(nothing_done_is_no_certificate, crew)
{
	struct crew *c = *state;
	struct certificate none = { 0 };
	struct certificate_draft draft = { .resident = c->zhen };

	serve(c, c->zhen, "2026-11-22T09:00", 9);
	assert_refused(
		certificate_issue(c->shop->db, &by_coordinator, &draft, &none, &c->shop->err),
		&c->shop->err, HONOUR_NONE);
	draft.year = 2025;
	assert_refused(
		certificate_issue(c->shop->db, &by_coordinator, &draft, &none, &c->shop->err),
		&c->shop->err, HONOUR_NONE);
	draft.year = 2026;
	assert_refused(certificate_issue(c->shop->db, &by_volunteer, &draft, &none, &c->shop->err),
		&c->shop->err, ROLE_NEEDED);
}

static void expect_on(const char *text, const char *words, bool is_there)
{
	if ((strstr(text, words) != NULL) != is_there)
		fail_msg("\"%s\" %s on\n%s", words, is_there ? "is not" : "is", text);
}

static char *text_of(struct crew *c, const struct certificate *certificate)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	OK(c, certificate_build(c->shop->db, &english, certificate, &sheet, &c->shop->err));
	return sheet_take_text(sheet);
}

TEST(a_certificate_says_in_figures_what_it_honours, crew)
{
	struct crew *c = *state;
	CLEANUP(certificate_finish) struct certificate stars = { 0 };
	CLEANUP(certificate_finish) struct certificate year = { 0 };
	char code[CODE_TEXT_MAX];

	serve(c, c->zhen, "2026-11-22T09:00", 30);
	OK(c, certificate_issue(c->shop->db, &by_coordinator,
		      &(struct certificate_draft){ .resident = c->zhen }, &stars, &c->shop->err));
	CLEANUP(mem_free) char *of_stars = text_of(c, &stars);
	expect_on(of_stars, "300 h", true);
	expect_on(of_stars, "two-star volunteer", true);
	expect_on(of_stars, "★★", true);
	expect_on(of_stars, "To 何C,", true);
	expect_on(of_stars, "of the year", false);
	code_write_id(CODE_HONOUR, stars.id, code);
	expect_on(of_stars, code, true);
	OK(c, certificate_issue(c->shop->db, &by_coordinator,
		      &(struct certificate_draft){
			      .resident = c->zhen, .year = 2026, .name = "祯叔" },
		      &year, &c->shop->err));
	CLEANUP(mem_free) char *of_year = text_of(c, &year);
	expect_on(of_year, "To 祯叔,", true);
	expect_on(of_year, "何C", false);
	expect_on(of_year, "In 2026", true);
	expect_on(of_year, "no. 1", true);
	expect_on(of_year, "No. 000002", true);
}

TEST(the_years_list_has_hours_stars_and_names_as_they_wish, crew)
{
	struct crew *c = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct resident_edit edit = RESIDENT_EDIT_INIT;

	serve(c, c->zhen, "2026-11-22T09:00", 10);
	serve(c, c->chen, "2026-12-05T09:00", 2);
	edit.wall_name = WALL_MASKED;
	OK(c, resident_edit(c->shop->db, &by_volunteer, c->chen, &edit, &c->shop->err));
	OK(c, year_honours_build(c->shop->db, &english, 2026, 10, &sheet, &c->shop->err));
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	expect_on(text, "何C", true);
	expect_on(text, "100 h", true);
	expect_on(text, "★", true);
	expect_on(text, "20 h", true);
	expect_on(text, "何A", false);
	expect_on(text, "何*", true);
}

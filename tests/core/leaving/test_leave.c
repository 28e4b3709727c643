/* Moving away: what prevents it, and what ends with it. */
#include <string.h>

#include "core/duty/assignment.h"
#include "core/items/lending/hold_acts.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/leaving/hand_over.h"
#include "core/leaving/leave.h"
#include "core/people/card.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/people/staff.h"
#include "core/points/ledger.h"
#include "core/sheets/kept.h"
#include "core/store/role_reasons.h"
#include "tests/core/crew.h"
#include "tests/lib/test.h"

static int64_t lend(struct shop *s, int64_t resident)
{
	const struct loan_request request = { .item = shop_item(s, s->book), .resident = resident };
	int64_t loan = 0;

	assert_ok(loan_open(s->db, &by_volunteer, &request, &loan, &s->err), &s->err);
	return loan;
}

static void give_points(struct shop *s, int64_t resident, int64_t points)
{
	const struct posting postings[] = {
		{ .system = ACCOUNT_ISSUE, .amount = POINTS(-points) },
		{ .resident = resident, .amount = POINTS(points) },
	};
	const struct transfer_draft draft = { "opening", postings, 2 };
	int64_t id;

	assert_ok(transfer_post(s->db, &by_coordinator, &draft, &id, &s->err), &s->err);
}

static int64_t balance(struct shop *s, int64_t resident)
{
	struct points points;

	assert_ok(points_balance(s->db, resident, &points, &s->err), &s->err);
	return points.n;
}

TEST(who_has_something_to_give_back_does_not_leave_yet, shop)
{
	struct shop *s = *state;
	int64_t person = shop_resident(s), child = shop_resident(s), id;
	struct resident_edit edit = RESIDENT_EDIT_INIT;
	const struct staff_new staff = { "chen", "陈", ROLE_VOLUNTEER, person };

	SHOP_RULE(s, row.loan_days = 7, row.max_total = 5);
	lend(s, person);
	edit.guardian = person;
	assert_ok(resident_edit(s->db, &by_volunteer, child, &edit, &s->err), &s->err);
	assert_ok(staff_add(s->db, &(struct act){ .role = ROLE_ADMIN }, &staff, &id, &s->err),
		&s->err);
	assert_int_equal(person_leave(s->db, &by_coordinator, person, 0, &s->err), ERR_REFUSED);
	assert_int_equal(s->err.reason_count, 3);
	assert_true(err_has(&s->err, REASON_RESIDENT_HAS_LOANS));
	assert_true(err_has(&s->err, REASON_RESIDENT_IS_GUARDIAN));
	assert_true(err_has(&s->err, REASON_RESIDENT_IS_STAFF));
}

TEST(leaving_ends_the_card_and_what_is_in_their_name, shop)
{
	struct shop *s = *state;
	int64_t person = shop_resident(s), title = shop_title(s, "冲击钻", s->tool), hold;
	char code[CODE_TEXT_MAX];
	struct resident resident;
	int64_t live;

	SHOP_RULE(s, row.loan_days = 7, row.max_total = 5);
	struct item_draft draft = { .title = title };
	int64_t item = 0, loan = 0;
	assert_ok(item_add(s->db, &by_volunteer, &draft, &item, &s->err), &s->err);
	const struct loan_request request = { .item = item, .resident = shop_resident(s) };
	assert_ok(loan_open(s->db, &by_volunteer, &request, &loan, &s->err), &s->err);
	assert_ok(card_issue(s->db, &by_volunteer, person, code, NULL, &s->err), &s->err);
	assert_ok(hold_place(s->db, &by_volunteer,
			  &(struct hold_request){ .title = title, .resident = person }, &hold,
			  &s->err),
		&s->err);
	give_points(s, person, 30);
	assert_ok(person_leave(s->db, &by_coordinator, person, 0, &s->err), &s->err);
	assert_ok(resident_get(s->db, person, &resident, &s->err), &s->err);
	assert_true(resident.has_left);
	assert_ok(db_integer(s->db,
			  "SELECT (SELECT count(*) FROM hold WHERE ended_at IS NULL)"
			  " + (SELECT count(*) FROM card WHERE revoked_at IS NULL)",
			  NO_FIELDS, -1, &live, &s->err),
		&s->err);
	assert_int_equal(live, 0);
	assert_int_equal(balance(s, person), 0);
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
	assert_ok(db_integer(s->db,
			  "SELECT count(*) FROM journal WHERE kind IN ('resident.leave',"
			  " 'hold.cancel', 'points.donate')",
			  NO_FIELDS, -1, &live, &s->err),
		&s->err);
	assert_int_equal(live, 1); /* one act */
}

TEST(points_go_to_whom_they_are_handed_over, shop)
{
	struct shop *s = *state;
	int64_t person = shop_resident(s), heir = shop_resident(s);

	give_points(s, person, 30);
	assert_ok(person_leave(s->db, &by_coordinator, person, heir, &s->err), &s->err);
	assert_int_equal(balance(s, heir), 30);
}

TEST(the_place_on_the_roster_of_who_leaves_is_open_again, crew)
{
	struct crew *c = *state;
	struct shop *s = c->shop;
	CLEANUP(shift_finish) struct shift shift = { 0 };
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	int64_t id, on = crew_shift(c, "2026-11-23T14:00", "2026-11-23T17:00");
	const struct assignment_draft draft = { .shift = on, .resident = c->zhen };

	assert_ok(shift_assign(s->db, &by_coordinator, &draft, &id, &s->err), &s->err);
	assert_ok(person_leave(s->db, &by_coordinator, c->zhen, 0, &s->err), &s->err);
	assert_ok(shift_get(s->db, on, &shift, &s->err), &s->err);
	assert_int_equal(shift.people_count, 0);
	assert_int_equal(volunteer_of(s->db, c->zhen, &v, &s->err), 1);
	assert_true(v.has_ended);
}

/* ---- all that is kept ---- */

static bool says(const struct kept_list *list, const char *what)
{
	for (int i = 0; i < list->count; i++)
		if (strstr(list->rows[i].what, what) || strstr(list->rows[i].more, what))
			return true;
	return false;
}

TEST(all_that_is_kept_of_somebody_is_listed, shop)
{
	struct shop *s = *state;
	CLEANUP(kept_list_finish) struct kept_list list = { 0 };
	const struct resident_new draft = { .name = "张三丰",
		.phone = "13800000001",
		.note = "耳背",
		.birth_year = 1955,
		.category = "resident",
		.consent_version = "2026-1" };
	int64_t person;

	SHOP_RULE(s, row.loan_days = 7, row.max_total = 5);
	assert_ok(resident_add(s->db, &by_volunteer, &draft, &person, &s->err), &s->err);
	lend(s, person);
	give_points(s, person, 30);
	assert_ok(kept_read(s->db, person, KEPT_WHOLE, &list, &s->err), &s->err);
	assert_true(says(&list, "张三丰"));
	assert_true(says(&list, "13800000001"));
	assert_true(says(&list, "耳背"));
	assert_true(says(&list, "1955"));
	assert_true(says(&list, "冲击钻"));
	assert_true(says(&list, "+30"));
	kept_list_finish(&list);
	assert_ok(kept_read(s->db, person, KEPT_ALONE, &list, &s->err), &s->err);
	assert_false(says(&list, "张三丰"));
	assert_false(says(&list, "13800000001"));
	assert_false(says(&list, "耳背"));
	assert_true(says(&list, "冲击钻"));
}

TEST(a_person_is_handed_their_own_record_and_nobody_elses, shop)
{
	struct shop *s = *state;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	int64_t person = shop_resident(s), other = shop_resident(s), acts;
	const struct act alone = { .role = ROLE_RESIDENT, .resident = person };
	const struct letterhead head = { .language = "zh_CN" };

	assert_refused(
		hand_over(s->db, &alone, &head, other, &sheet, &s->err), &s->err, ROLE_NEEDED);
	assert_ok(hand_over(s->db, &alone, &head, person, &sheet, &s->err), &s->err);
	assert_ok(
		db_integer(s->db, "SELECT count(*) FROM journal WHERE kind = 'resident.hand_over'",
			NO_FIELDS, -1, &acts, &s->err),
		&s->err);
	assert_int_equal(acts, 1);
}

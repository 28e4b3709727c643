#include <string.h>

#include "core/items/lending/hold_acts.h"
#include "core/items/lending/hold_list.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_check.h"
#include "core/items/lending/loan_list.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/site/setting.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

/* Holds: a sentence for each rule of doc/rules.md. It is Saturday 2026-11-21; Mondays are
 * closed. */

#define VISIT 5

static int64_t now(const struct shop *s)
{
	return s->clock.set_wall;
}

/* One more copy of a title. */
static int64_t copy_of(struct shop *s, int64_t title)
{
	int64_t id = 0;

	assert_ok(item_add(s->db, &by_volunteer, &(struct item_draft){ .title = title }, &id,
			  &s->err),
		&s->err);
	return id;
}

static int lend_by(struct shop *s, const struct act *act, int64_t item, int64_t resident)
{
	struct loan_request request = { item, resident, VISIT };
	int64_t loan = 0;

	s->err = (struct err){ 0 };
	return loan_open(s->db, act, &request, &loan, &s->err);
}

static int lend(struct shop *s, int64_t item, int64_t resident)
{
	return lend_by(s, &by_resident, item, resident);
}

static int64_t open_loan(struct shop *s, int64_t item)
{
	struct loan loan = { 0 };

	assert_int_equal(loan_open_of_item(s->db, item, &loan, &s->err), 1);
	int64_t id = loan.id;
	loan_finish(&loan);
	return id;
}

static void give_back(struct shop *s, int64_t item)
{
	assert_ok(loan_return(s->db, &by_resident, open_loan(s, item), VISIT, &s->err), &s->err);
}

static int place_by(
	struct shop *s, const struct act *act, int64_t title, int64_t resident, int64_t *ret)
{
	struct hold_request request = { title, resident, VISIT };

	s->err = (struct err){ 0 };
	return hold_place(s->db, act, &request, ret, &s->err);
}

static int64_t place(struct shop *s, int64_t title, int64_t resident)
{
	int64_t id = 0;

	assert_ok(place_by(s, &by_resident, title, resident, &id), &s->err);
	return id;
}

static int refuse(struct shop *s, int64_t title, int64_t resident)
{
	int64_t id = 0;

	return place_by(s, &by_resident, title, resident, &id);
}

static struct hold get(struct shop *s, int64_t id)
{
	struct hold hold = { 0 };

	assert_ok(hold_get(s->db, id, now(s), &hold, &s->err), &s->err);
	return hold;
}

/* One field of a hold in its current state. */
#define OF(s, id, field)                                      \
	({                                                    \
		struct hold hold_ = get((s), (id));           \
		__typeof__(hold_.field) field_ = hold_.field; \
		hold_finish(&hold_);                          \
		field_;                                       \
	})

static void assert_status(struct shop *s, int64_t id, enum hold_status want)
{
	CLEANUP(hold_finish) struct hold hold = get(s, id);

	assert_string_equal(hold_status_name(hold.status), hold_status_name(want));
}

/* A title whose only copy is out, and who has it. */
struct scene {
	int64_t title, item, borrower;
};

static struct scene lent_out(struct shop *s)
{
	struct scene scene = { .title = shop_title(s, "折叠梯", s->tool) };

	scene.item = copy_of(s, scene.title);
	scene.borrower = shop_resident(s);
	assert_ok(lend(s, scene.item, scene.borrower), &s->err);
	return scene;
}

/* ---- the queue ---- */

TEST(a_hold_waits_in_the_order_in_which_it_was_placed, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t a = shop_resident(s), b = shop_resident(s);

	place(s, scene.title, a);
	int64_t second = place(s, scene.title, b);
	CLEANUP(hold_finish) struct hold hold = get(s, second);
	assert_int_equal(hold.status, HOLD_WAITING);
	assert_int_equal(hold.position, 2);
	assert_string_equal(hold.name, "折叠梯");
	CLEANUP(hold_list_finish) struct hold_list queue = { 0 };
	assert_ok(holds_of_title(s->db, scene.title, now(s), &queue, &s->err), &s->err);
	assert_int_equal(queue.count, 2);
	assert_int_equal(queue.rows[0].resident, a);
	assert_int_equal(queue.rows[0].position, 1);
}

TEST(what_comes_back_is_put_aside_for_the_first_in_line, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t first = place(s, scene.title, shop_resident(s));
	int64_t second = place(s, scene.title, shop_resident(s));

	give_back(s, scene.item);
	CLEANUP(hold_finish) struct hold hold = get(s, first);
	assert_int_equal(hold.status, HOLD_READY);
	assert_int_equal(hold.item, scene.item);
	assert_int_equal(hold.slot, 1);
	assert_int_equal(hold.position, 0);
	assert_status(s, second, HOLD_WAITING);
	CLEANUP(hold_finish) struct hold told = { 0 };
	assert_int_equal(hold_of_item(s->db, scene.item, now(s), &told, &s->err), 1);
	assert_int_equal(told.id, first);
}

TEST(each_thing_on_the_pick_up_shelf_has_a_place_of_its_own, shop)
{
	struct shop *s = *state;
	struct scene one = lent_out(s), two = lent_out(s), three = lent_out(s);
	int64_t a = place(s, one.title, shop_resident(s)), who = shop_resident(s);
	int64_t b = place(s, two.title, who), c = place(s, three.title, shop_resident(s));

	give_back(s, one.item);
	give_back(s, two.item);
	assert_int_equal(OF(s, a, slot), 1);
	assert_int_equal(OF(s, b, slot), 2);
	assert_ok(lend(s, one.item, OF(s, a, resident)), &s->err);
	give_back(s, three.item);
	assert_int_equal(OF(s, c, slot), 1);
}

TEST(the_clock_counts_open_days_only, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t hold = place(s, scene.title, shop_resident(s));

	give_back(s, scene.item);
	assert_instant(OF(s, hold, until_at), "2026-11-25T21:00");
	shop_close_days(s, "2026-11-24", "2026-11-24", false);
	assert_instant(OF(s, hold, until_at), "2026-11-26T21:00");
	assert_ok(setting_set(s->db, &by_coordinator, SETTING_HOLD_DAYS, "1", &s->err), &s->err);
	assert_instant(OF(s, hold, until_at), "2026-11-22T21:00");
}

TEST(what_is_not_fetched_passes_to_the_next_without_anybody_doing_anything, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t a = place(s, scene.title, shop_resident(s));
	int64_t b = place(s, scene.title, shop_resident(s));
	int64_t c = place(s, scene.title, shop_resident(s));

	give_back(s, scene.item);
	shop_set_clock(s, "2026-11-25T20:59");
	assert_status(s, a, HOLD_READY);
	shop_set_clock(s, "2026-11-25T21:00");
	assert_status(s, a, HOLD_EXPIRED);
	CLEANUP(hold_finish) struct hold next = get(s, b);
	assert_int_equal(next.status, HOLD_READY);
	assert_int_equal(next.item, scene.item);
	assert_int_equal(next.slot, 1);
	assert_instant(next.ready_at, "2026-11-25T21:00");
	assert_instant(next.until_at, "2026-11-28T21:00");
	shop_set_clock(s, "2026-12-10T10:00");
	assert_status(s, b, HOLD_EXPIRED);
	assert_status(s, c, HOLD_EXPIRED);
}

/* The copy comes back up the queue: the row that has it last is written before the one that passed
 * it on. */
TEST(what_an_earlier_one_lost_can_come_back_to_it_and_run_out_there, shop)
{
	struct shop *s = *state;
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "检查" };
	struct scene scene = lent_out(s);
	int64_t other = copy_of(s, scene.title);

	assert_ok(lend(s, other, shop_resident(s)), &s->err);
	int64_t first = place(s, scene.title, shop_resident(s));
	int64_t second = place(s, scene.title, shop_resident(s));
	give_back(s, scene.item);
	give_back(s, other);
	assert_ok(item_set_status(s->db, &because, scene.item, ITEM_MAINTENANCE, &s->err), &s->err);
	assert_status(s, first, HOLD_WAITING);
	assert_status(s, second, HOLD_READY);
	shop_set_clock(s, "2026-12-10T10:00");
	assert_int_equal(hold_settle(s->db, &by_resident, scene.title, &s->err), 1);
	assert_status(s, first, HOLD_EXPIRED);
	assert_status(s, second, HOLD_EXPIRED);
	assert_int_equal(OF(s, first, item), other);
	assert_int_equal(hold_settle(s->db, &by_resident, scene.title, &s->err), 0);
}

TEST(writing_it_down_changes_nothing_of_how_it_stands, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t holds[4];

	for (int i = 0; i < 4; i++)
		holds[i] = place(s, scene.title, shop_resident(s));
	give_back(s, scene.item);
	shop_set_clock(s, "2026-11-29T10:00");
	struct hold before[4], after;
	for (int i = 0; i < 4; i++)
		before[i] = get(s, holds[i]);
	assert_int_equal(hold_settle(s->db, &by_resident, scene.title, &s->err), 1);
	assert_int_equal(hold_settle(s->db, &by_resident, scene.title, &s->err), 0);
	for (int i = 0; i < 4; i++) {
		after = get(s, holds[i]);
		assert_int_equal(after.status, before[i].status);
		assert_int_equal(after.item, before[i].item);
		assert_int_equal(after.slot, before[i].slot);
		assert_int_equal(after.ready_at, before[i].ready_at);
		assert_int_equal(after.until_at, before[i].until_at);
		assert_int_equal(after.ended_at, before[i].ended_at);
		hold_finish(&after);
		hold_finish(&before[i]);
	}
}

/* ---- fetching ---- */

TEST(the_persons_own_scan_fulfils_the_hold, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t who = shop_resident(s), hold = place(s, scene.title, who);

	give_back(s, scene.item);
	assert_ok(lend(s, scene.item, who), &s->err);
	CLEANUP(hold_finish) struct hold done = get(s, hold);
	assert_int_equal(done.status, HOLD_FULFILLED);
	assert_int_equal(done.loan, open_loan(s, scene.item));
	CLEANUP(hold_list_finish) struct hold_list shelf = { 0 };
	assert_ok(holds_on_shelf(s->db, now(s), &shelf, &s->err), &s->err);
	assert_int_equal(shelf.count, 0);
}

TEST(what_is_put_aside_is_nobody_elses, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t hold = place(s, scene.title, shop_resident(s));
	int64_t second = place(s, scene.title, shop_resident(s)), other = shop_resident(s);

	give_back(s, scene.item);
	assert_refused(lend(s, scene.item, other), &s->err, ITEM_HELD);
	assert_refused(lend(s, scene.item, OF(s, second, resident)), &s->err, ITEM_HELD);
	assert_true(loan_reason_is_overridable(REASON_ITEM_HELD));
	assert_ok(lend_by(s, &by_override, scene.item, other), &s->err);
	CLEANUP(hold_finish) struct hold again = get(s, hold);
	assert_int_equal(again.status, HOLD_WAITING);
	assert_int_equal(again.position, 1);
}

TEST(any_copy_on_the_shelf_serves_the_first_in_line, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t spare = copy_of(s, scene.title), who = shop_resident(s), hold = 0;

	assert_ok(place_by(s, &by_volunteer, scene.title, who, &hold), &s->err);
	assert_status(s, hold, HOLD_READY);
	int64_t third = copy_of(s, scene.title);
	assert_ok(lend(s, third, who), &s->err);
	assert_status(s, hold, HOLD_FULFILLED);
	/* The copy that was put aside is still there, for anybody. */
	CLEANUP(hold_list_finish) struct hold_list shelf = { 0 };
	assert_ok(holds_on_shelf(s->db, now(s), &shelf, &s->err), &s->err);
	assert_int_equal(shelf.count, 1);
	assert_int_equal(shelf.rows[0].item, spare);
	assert_ok(hold_put_back(s->db, &by_volunteer, hold, &s->err), &s->err);
	assert_refused(hold_put_back(s->db, &by_volunteer, hold, &s->err), &s->err, HOLD_ENDED);
	assert_ok(lend(s, spare, shop_resident(s)), &s->err);
}

TEST(a_copy_on_the_shelf_that_the_queue_needs_is_nobody_elses_either, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t who = shop_resident(s), next = shop_resident(s);

	place(s, scene.title, who);
	place(s, scene.title, next);
	int64_t bought = copy_of(s, scene.title);
	assert_refused(lend(s, bought, shop_resident(s)), &s->err, ITEM_HELD);
	assert_refused(lend(s, bought, next), &s->err, ITEM_HELD);
	int64_t another = copy_of(s, scene.title);
	assert_refused(lend(s, another, shop_resident(s)), &s->err, ITEM_HELD);
	assert_ok(lend(s, another, next), &s->err);
	assert_ok(lend(s, bought, who), &s->err);
}

TEST(copies_to_be_put_aside_come_first_on_the_volunteers_list, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s), other = lent_out(s);
	int64_t ready = place(s, other.title, shop_resident(s));
	int64_t hold = place(s, scene.title, shop_resident(s));

	give_back(s, other.item);
	int64_t bought = copy_of(s, scene.title);
	CLEANUP(hold_list_finish) struct hold_list shelf = { 0 };
	assert_ok(holds_on_shelf(s->db, now(s), &shelf, &s->err), &s->err);
	assert_int_equal(shelf.count, 2);
	assert_int_equal(shelf.rows[0].id, hold);
	assert_int_equal(shelf.rows[0].claims, bought);
	assert_int_equal(shelf.rows[1].id, ready);
	assert_int_equal(hold_settle(s->db, &by_volunteer, scene.title, &s->err), 1);
	assert_status(s, hold, HOLD_READY);
	assert_int_equal(OF(s, hold, slot), 2);
}

TEST(what_was_put_aside_and_is_unfit_now_is_waited_for_again, shop)
{
	struct shop *s = *state;
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "检查" };
	struct scene scene = lent_out(s);
	int64_t hold = place(s, scene.title, shop_resident(s));

	give_back(s, scene.item);
	assert_ok(item_set_status(s->db, &because, scene.item, ITEM_MAINTENANCE, &s->err), &s->err);
	assert_status(s, hold, HOLD_WAITING);
	assert_ok(item_set_status(s->db, &because, scene.item, ITEM_ACTIVE, &s->err), &s->err);
	hold_settle(s->db, &by_volunteer, scene.title, &s->err);
	assert_status(s, hold, HOLD_READY);
}

TEST(a_copy_that_rests_can_be_fetched_once_it_has_rested, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t who = shop_resident(s), hold = place(s, scene.title, who);

	SHOP_RULE(s, row.category = s->tool, row.turnaround_hours = 30);
	give_back(s, scene.item);
	assert_instant(OF(s, hold, ready_at), "2026-11-22T20:00");
	assert_refused(lend(s, scene.item, who), &s->err, ITEM_TURNAROUND);
	shop_set_clock(s, "2026-11-22T20:00");
	assert_ok(lend(s, scene.item, who), &s->err);
}

/* ---- placing and cancelling ---- */

TEST(nobody_reserves_twice_or_what_they_have, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t who = shop_resident(s);

	place(s, scene.title, who);
	assert_refused(refuse(s, scene.title, who), &s->err, HOLD_EXISTS);
	assert_refused(refuse(s, scene.title, scene.borrower), &s->err, HOLD_HAS_COPY);
}

TEST(a_resident_alone_takes_what_is_on_the_shelf, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), who = shop_resident(s), hold = 0;
	CLEANUP(item_finish) struct item it = { 0 };

	assert_ok(item_get(s->db, item, &it, &s->err), &s->err);
	assert_refused(refuse(s, it.title, who), &s->err, HOLD_ON_SHELF);
	assert_ok(place_by(s, &by_volunteer, it.title, who, &hold), &s->err);
	assert_int_equal(OF(s, hold, item), item);
	assert_refused(lend(s, item, shop_resident(s)), &s->err, ITEM_HELD);
	assert_refused(refuse(s, shop_title(s, "没有", s->tool), who), &s->err, HOLD_NO_COPY);
}

TEST(limits_count_holds_as_they_count_loans, shop)
{
	struct shop *s = *state;
	struct scene a = lent_out(s), b = lent_out(s), c = lent_out(s);
	int64_t who = shop_resident(s), mine = shop_item(s, s->book);

	SHOP_RULE(s, row.max_total = 3);
	SHOP_RULE(s, row.category = s->tool, row.max_items = 2);
	place(s, a.title, who);
	place(s, b.title, who);
	assert_refused(refuse(s, c.title, who), &s->err, LIMIT_CATEGORY);
	assert_int_equal(s->err.reasons[0].n1, 2);
	assert_refused(lend(s, shop_item(s, s->power_tool), who), &s->err, LIMIT_CATEGORY);
	assert_ok(lend(s, mine, who), &s->err);
	assert_refused(lend(s, shop_item(s, s->book), who), &s->err, LIMIT_TOTAL);
	/* The hold that is fetched counts once. */
	give_back(s, a.item);
	assert_ok(lend(s, a.item, who), &s->err);
}

TEST(a_hold_that_has_run_out_counts_no_more, shop)
{
	struct shop *s = *state;
	struct scene a = lent_out(s), b = lent_out(s);
	int64_t who = shop_resident(s);

	SHOP_RULE(s, row.max_total = 1, row.overdue = OVERDUE_ALLOW);
	place(s, a.title, who);
	assert_refused(refuse(s, b.title, who), &s->err, LIMIT_TOTAL);
	give_back(s, a.item);
	shop_set_clock(s, "2026-11-26T10:00");
	place(s, b.title, who);
	/* And the same title can be reserved again. */
	assert_ok(lend(s, a.item, shop_resident(s)), &s->err);
	SHOP_RULE(s, row.max_total = 2, row.overdue = OVERDUE_ALLOW);
	place(s, a.title, who);
}

TEST(a_resident_cancels_only_their_own, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t a = shop_resident(s), b = shop_resident(s);
	int64_t first = place(s, scene.title, a), second = place(s, scene.title, b);
	struct act own = { .role = ROLE_RESIDENT, .resident = a };

	give_back(s, scene.item);
	assert_int_equal(hold_cancel(s->db, &own, second, &s->err), ERR_NOT_FOUND);
	assert_ok(hold_cancel(s->db, &own, first, &s->err), &s->err);
	assert_status(s, first, HOLD_CANCELLED);
	CLEANUP(hold_finish) struct hold next = get(s, second);
	assert_int_equal(next.status, HOLD_READY);
	assert_int_equal(next.slot, 1);
	assert_refused(hold_cancel(s->db, &own, first, &s->err), &s->err, HOLD_ENDED);
	assert_ok(hold_cancel(s->db, &by_volunteer, second, &s->err), &s->err);
	CLEANUP(hold_list_finish) struct hold_list shelf = { 0 };
	assert_ok(holds_on_shelf(s->db, now(s), &shelf, &s->err), &s->err);
	assert_int_equal(shelf.count, 1);
	assert_int_equal(shelf.rows[0].status, HOLD_CANCELLED);
}

TEST(the_same_key_places_one_hold, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	struct act act = { .role = ROLE_RESIDENT };
	int64_t who = shop_resident(s), first = 0, again = 0;

	act_new_key(act.key);
	assert_ok(place_by(s, &act, scene.title, who, &first), &s->err);
	assert_ok(place_by(s, &act, scene.title, who, &again), &s->err);
	assert_int_equal(first, again);
}

/* ---- renewing, undoing ---- */

static int renew(struct shop *s, int64_t item)
{
	int64_t due_at = 0;

	s->err = (struct err){ 0 };
	return loan_renew(s->db, &by_resident,
		&(struct loan_renewing){ .loan = open_loan(s, item), .visit = VISIT }, &due_at,
		&s->err);
}

TEST(nothing_is_renewed_that_somebody_waits_for, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t hold = place(s, scene.title, shop_resident(s));

	shop_set_clock(s, "2026-11-27T10:00");
	assert_refused(renew(s, scene.item), &s->err, RENEW_WAITED);
	assert_int_equal(s->err.reasons[0].n1, 1);
	copy_of(s, scene.title); /* it can serve them */
	assert_ok(renew(s, scene.item), &s->err);
	assert_status(s, hold, HOLD_WAITING);
}

TEST(an_undone_loan_puts_the_hold_back_in_its_place, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t who = shop_resident(s), hold = place(s, scene.title, who);
	int64_t second = place(s, scene.title, shop_resident(s));

	give_back(s, scene.item);
	assert_ok(lend(s, scene.item, who), &s->err);
	assert_ok(
		loan_void(s->db, &by_resident, open_loan(s, scene.item), VISIT, &s->err), &s->err);
	assert_status(s, hold, HOLD_READY);
	assert_status(s, second, HOLD_WAITING);
	assert_ok(lend(s, scene.item, who), &s->err);
	assert_status(s, hold, HOLD_FULFILLED);
}

TEST(an_undone_return_lets_the_hold_wait_again, shop)
{
	struct shop *s = *state;
	struct scene scene = lent_out(s);
	int64_t loan = open_loan(s, scene.item), hold = place(s, scene.title, shop_resident(s));

	give_back(s, scene.item);
	assert_status(s, hold, HOLD_READY);
	assert_ok(return_void(s->db, &by_resident, loan, VISIT, &s->err), &s->err);
	assert_status(s, hold, HOLD_WAITING);
}

/* A clock that cannot be right: things can be returned, nothing else can be done, until it is
 * corrected or somebody confirms it. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/day_slip.h"
#include "core/audit/verify.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/people/lockout.h"
#include "core/people/reasons.h"
#include "core/people/staff.h"
#include "core/store/act_reasons.h"
#include "core/store/clock_accept.h"
#include "core/store/clock_doubt.h"
#include "core/store/journal.h"
#include "core/store/role_reasons.h"
#include "core/venues/venue.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

#define FAR_DAYS 60

struct scene {
	struct shop *shop;
	int64_t resident, items[3], loan;
};

static int scene_setup(void **state)
{
	struct scene *c = mem_alloc(sizeof(*c));
	void *shop;

	shop_setup(&shop);
	c->shop = shop;
	struct shop *s = c->shop;
	c->resident = shop_resident(s);
	for (size_t i = 0; i < ARRAY_LEN(c->items); i++)
		c->items[i] = shop_item(s, s->tool);
	SHOP_RULE(s, row.loan_days = 7, row.max_items = 5, row.max_total = 5);
	const struct loan_request request = { .item = c->items[0], .resident = c->resident };
	assert_ok(loan_open(s->db, &by_volunteer, &request, &c->loan, &s->err), &s->err);
	db_watch_clock(s->db, FAR_DAYS);
	*state = c;
	return 0;
}

static int scene_teardown(void **state)
{
	struct scene *c = *state;
	void *shop = c->shop;

	shop_teardown(&shop);
	free(c);
	return 0;
}

static enum clock_doubt doubt(struct scene *c)
{
	enum clock_doubt found;

	assert_ok(db_clock_doubt(c->shop->db, &found, NULL, &c->shop->err), &c->shop->err);
	return found;
}

static int64_t last_row(struct scene *c)
{
	struct journal_head head;

	assert_ok(journal_head(c->shop->db, &head, &c->shop->err), &c->shop->err);
	return head.seq;
}

static int lend(struct scene *c, int item)
{
	const struct loan_request request = { .item = c->items[item], .resident = c->resident };
	int64_t id;

	return loan_open(c->shop->db, &by_volunteer, &request, &id, &c->shop->err);
}

static void accept(struct scene *c)
{
	assert_ok(clock_accept(c->shop->db, &by_volunteer, &c->shop->err), &c->shop->err);
}

/* ---- when it is doubted ---- */

TEST(a_clock_before_the_last_act_or_far_behind_it_is_doubted, scene)
{
	static const struct {
		const char *now;
		enum clock_doubt doubt;
	} cases[] = {
		{ "2026-11-21T14:00", CLOCK_SURE },
		{ "2026-11-21T13:59:30", CLOCK_SURE }, /* corrected over a network */
		{ "2026-11-21T13:58", CLOCK_BEHIND },
		{ "2000-01-03T10:05", CLOCK_BEHIND },
		{ "1970-01-01T08:00", CLOCK_BEHIND },
		{ "2027-01-20T13:59", CLOCK_SURE },
		{ "2027-01-20T14:01", CLOCK_AHEAD },
		{ "2036-11-21T14:00", CLOCK_AHEAD },
	};
	struct scene *c = *state;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		shop_set_clock(c->shop, cases[i].now);
		if (doubt(c) != cases[i].doubt)
			fail_msg("%s is doubted as %d", cases[i].now, doubt(c));
	}
}

TEST(a_handle_that_is_not_watched_asks_nothing, scene)
{
	struct scene *c = *state;

	db_watch_clock(c->shop->db, 0);
	shop_set_clock(c->shop, "2000-01-03T10:05");
	assert_int_equal(doubt(c), CLOCK_SURE);
}

/* ---- what happens meanwhile ---- */

TEST(under_a_doubted_clock_nothing_is_lent_booked_or_credited, scene)
{
	struct scene *c = *state;
	struct shop *s = c->shop;
	int64_t before = last_row(c);
	const struct venue_draft room = { .name = "共享客厅", .capacity = 10 };
	int64_t id;

	shop_set_clock(s, "2000-01-03T10:05");
	assert_int_equal(lend(c, 1), ERR_REFUSED);
	assert_true(err_has(&s->err, REASON_CLOCK_BEHIND));
	assert_int_equal(s->err.reasons[0].n1, at("2026-11-21T14:00"));
	assert_int_equal(venue_add(s->db, &by_coordinator, &room, &id, &s->err), ERR_REFUSED);
	assert_true(err_has(&s->err, REASON_CLOCK_BEHIND));
	shop_set_clock(s, "2036-11-21T14:00");
	assert_int_equal(lend(c, 1), ERR_REFUSED);
	assert_true(err_has(&s->err, REASON_CLOCK_AHEAD));
	assert_int_equal(last_row(c), before);
}

TEST(what_comes_back_under_a_doubted_clock_is_late_by_nothing, scene)
{
	static const char *const clocks[] = { "1970-01-01T08:00", "2036-11-21T14:00" };
	struct scene *c = *state;
	struct shop *s = c->shop;

	for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
		CLEANUP(loan_finish) struct loan loan = { 0 };
		const struct loan_request request = { .item = c->items[i + 1],
			.resident = c->resident };
		int64_t id;
		shop_set_clock(s, "2026-11-21T14:00");
		assert_ok(loan_open(s->db, &by_volunteer, &request, &id, &s->err), &s->err);
		shop_set_clock(s, clocks[i]);
		assert_ok(loan_return(s->db, &by_resident, id, 0, &s->err), &s->err);
		assert_ok(loan_get(s->db, id, &loan, &s->err), &s->err);
		assert_instant(loan.returned_at, "2026-11-21T14:00");
	}
	/* Neither late nor suspended once the clock is right. */
	shop_set_clock(s, "2026-11-21T14:30");
	assert_int_equal(lend(c, 1), 0);
}

TEST(a_repeat_is_answered_whatever_the_clock_says, scene)
{
	struct scene *c = *state;
	struct shop *s = c->shop;
	const struct loan_request request = { .item = c->items[1], .resident = c->resident };
	struct act act = by_volunteer;
	int64_t id, again;

	memset(act.key, 5, sizeof(act.key));
	assert_ok(loan_open(s->db, &act, &request, &id, &s->err), &s->err);
	shop_set_clock(s, "2000-01-03T10:05");
	assert_ok(loan_open(s->db, &act, &request, &again, &s->err), &s->err);
	assert_int_equal(id, again);
}

/* ---- saying that it is right ---- */

TEST(a_volunteer_says_that_the_clock_is_right_and_a_resident_cannot, scene)
{
	struct scene *c = *state;
	struct shop *s = c->shop;

	shop_set_clock(s, "2027-05-01T10:00");
	assert_int_equal(clock_accept(s->db, &by_resident, &s->err), ERR_REFUSED);
	assert_true(err_has(&s->err, REASON_ROLE_NEEDED));
	assert_int_equal(doubt(c), CLOCK_AHEAD);
	accept(c);
	assert_int_equal(doubt(c), CLOCK_SURE);
	assert_int_equal(lend(c, 1), 0);
	int64_t before = last_row(c);
	accept(c); /* nothing to report any more */
	assert_int_equal(last_row(c), before);
}

TEST(a_wrong_yes_is_asked_about_again_once_the_clock_is_right, scene)
{
	struct scene *c = *state;

	shop_set_clock(c->shop, "2036-11-21T14:00");
	accept(c);
	shop_set_clock(c->shop, "2026-11-21T14:10");
	assert_int_equal(doubt(c), CLOCK_BEHIND);
	accept(c);
	assert_int_equal(doubt(c), CLOCK_SURE);
	assert_int_equal(lend(c, 1), 0);
}

/* ---- order, not time ---- */

static int64_t acts_of(struct scene *c, int year, int month, int day)
{
	CLEANUP(day_slip_finish) struct day_slip slip = { 0 };

	assert_ok(
		day_slip_make(c->shop->db, (struct day){ year, month, day }, &slip, &c->shop->err),
		&c->shop->err);
	return slip.acts;
}

TEST(each_act_is_on_one_days_slip_though_the_clock_went_back_and_forth, scene)
{
	struct scene *c = *state;
	int64_t first = last_row(c);

	assert_int_equal(lend(c, 1), 0);
	shop_set_clock(c->shop, "2036-11-21T14:00");
	accept(c);
	shop_resident(c->shop);
	shop_set_clock(c->shop, "2026-11-21T15:00");
	accept(c);
	shop_resident(c->shop);
	shop_set_clock(c->shop, "2026-11-22T10:00");
	shop_resident(c->shop);
	int64_t today = acts_of(c, 2026, 11, 21), wrong = acts_of(c, 2036, 11, 21),
		tomorrow = acts_of(c, 2026, 11, 22);
	assert_int_equal(today, first + 1 + 2);
	assert_true(wrong >= 2);
	assert_true(tomorrow >= 1);
	assert_int_equal(today + wrong + tomorrow, last_row(c));
}

TEST(the_books_replay_after_a_clock_that_went_back, scene)
{
	struct scene *c = *state;
	struct verify_report report;
	char dir[] = "/tmp/jiaplus-doubt-XXXXXX";

	shop_set_clock(c->shop, "2036-11-21T14:00");
	assert_ok(loan_return(c->shop->db, &by_resident, c->loan, 0, &c->shop->err), &c->shop->err);
	accept(c);
	shop_set_clock(c->shop, "2026-11-21T15:00");
	accept(c);
	assert_non_null(mkdtemp(dir));
	assert_ok(verify_run(c->shop->db, true, dir, &report, &c->shop->err), &c->shop->err);
	assert_int_equal(rmdir(dir), 0);
}

/* ---- lockouts ---- */

static int wrong_pin(struct scene *c, const struct pepper *pepper)
{
	struct shop *s = c->shop;
	struct pin_check check;
	struct staff staff;

	TRY(staff_pin_begin(s->db, "lifang", "739152", pepper, &check, &s->err));
	return staff_pin_finish(s->db, &check, false, &staff, &s->err);
}

static void lock_out(struct scene *c, const struct pepper *pepper)
{
	const struct act admin = { .role = ROLE_ADMIN };
	const struct staff_new staff = {
		.code = "lifang", .name = "陈丽芳", .role = ROLE_VOLUNTEER
	};
	struct shop *s = c->shop;
	char hash[STAFF_HASH_SIZE];
	int64_t id;

	assert_ok(staff_add(s->db, &admin, &staff, &id, &s->err), &s->err);
	assert_ok(staff_pin_hash(pepper, id, "483920", hash, &s->err), &s->err);
	assert_ok(staff_pin_set(s->db, &admin, id, hash, &s->err), &s->err);
	for (int i = 0; i < LOCKOUT_TRIES; i++)
		assert_int_equal(wrong_pin(c, pepper), ERR_REFUSED);
	assert_int_equal(wrong_pin(c, pepper), ERR_REFUSED);
	assert_true(err_has(&s->err, REASON_PIN_LOCKED));
}

TEST(a_lockout_ends_by_its_time_and_not_by_the_clock, scene)
{
	static const char *const clocks[] = { "2000-01-03T10:05", "2036-11-21T14:00",
		"2026-11-21T18:00", "2026-11-21T14:01" };
	const struct pepper pepper = { 0 };
	struct scene *c = *state;

	lock_out(c, &pepper);
	for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
		shop_set_clock(c->shop, clocks[i]);
		assert_int_equal(wrong_pin(c, &pepper), ERR_REFUSED);
		if (!err_has(&c->shop->err, REASON_PIN_LOCKED))
			fail_msg("no lockout any more at %s", clocks[i]);
	}
	c->shop->clock.set_monotonic_ms += (LOCKOUT_FIRST + 1) * INT64_C(1000);
	assert_int_equal(wrong_pin(c, &pepper), ERR_REFUSED);
	assert_false(err_has(&c->shop->err, REASON_PIN_LOCKED));
}

TEST_FILE()

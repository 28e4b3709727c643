#include <string.h>

#include "core/base/reasons.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/reasons.h"
#include "core/venues/thing.h"
#include "tests/core/rooms.h"
#include "tests/lib/test.h"

static int64_t add(struct shop *s, int64_t room, const char *name, bool is_handed)
{
	const struct thing_draft draft = { room, name, is_handed };
	int64_t id = 0;

	assert_ok(thing_add(s->db, &by_coordinator, &draft, &id, &s->err), &s->err);
	return id;
}

TEST(a_key_goes_over_and_comes_back, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s);
	int64_t key = add(s, room, "钥匙", true), fridge = add(s, room, "投影仪", false);
	CLEANUP(thing_list_finish) struct thing_list out = { 0 }, back = { 0 };

	assert_ok(handover_out(s->db, &by_volunteer,
			  &(struct handing_out){ .thing = key, .resident = who }, &s->err),
		&s->err);
	assert_only(handover_out(s->db, &by_volunteer,
			    &(struct handing_out){ .thing = key, .resident = shop_resident(s) },
			    &s->err),
		&s->err, THING_OUT);
	assert_only(thing_remove(s->db, &by_coordinator, key, &s->err), &s->err, THING_OUT);
	assert_ok(things_of(s->db, room, &out, &s->err), &s->err);
	assert_int_equal(out.count, 2);
	assert_true(out.rows[1].id == key && out.rows[1].holder == who);
	assert_instant(out.rows[1].out_at, "2026-11-21T14:00");
	s->err = (struct err){ 0 };
	assert_ok(handover_back(s->db, &by_volunteer, key, &s->err), &s->err);
	assert_only(handover_back(s->db, &by_volunteer, key, &s->err), &s->err, THING_NOT_OUT);
	assert_ok(things_of(s->db, 0, &back, &s->err), &s->err);
	assert_int_equal(back.rows[1].out_at, 0);
	assert_int_equal(
		handover_out(s->db, &by_volunteer,
			&(struct handing_out){ .thing = fridge, .resident = who }, &s->err),
		ERR_NOT_FOUND);
	assert_int_equal(
		handover_out(s->db, &by_volunteer, &(struct handing_out){ .thing = key }, &s->err),
		ERR_NOT_FOUND);
}

TEST(a_body_takes_a_key_for_its_booking, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), booking;
	int64_t key = add(s, room, "钥匙", true);
	struct booking_draft draft = rooms_draft(room, 0, "2026-11-22T14:00", "2026-11-22T16:00");
	CLEANUP(thing_list_finish) struct thing_list out = { 0 };

	draft.body = "合唱团";
	assert_ok(booking_place(s->db, &by_volunteer, &draft, &booking, &s->err), &s->err);
	assert_ok(handover_out(s->db, &by_volunteer,
			  &(struct handing_out){ .thing = key, .booking = booking }, &s->err),
		&s->err);
	assert_ok(things_of(s->db, room, &out, &s->err), &s->err);
	assert_true(out.rows[0].booking == booking);
}

TEST(a_thing_can_be_taken_away_and_added_again, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), id, key = add(s, room, "钥匙", true);
	const struct thing_draft again = { room, "钥匙", true };

	assert_only(thing_add(s->db, &by_coordinator, &again, &id, &s->err), &s->err, NAME_EXISTS);
	s->err = (struct err){ 0 };
	assert_ok(thing_remove(s->db, &by_coordinator, key, &s->err), &s->err);
	assert_int_equal(thing_remove(s->db, &by_coordinator, key, &s->err), ERR_NOT_FOUND);
	assert_ok(thing_add(s->db, &by_coordinator, &again, &id, &s->err), &s->err);
}

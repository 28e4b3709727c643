#include <string.h>

#include "core/base/reasons.h"
#include "core/venues/venue.h"
#include "core/venues/venue_now.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static int add(struct shop *s, const char *name, int64_t capacity, int64_t *ret_id)
{
	struct venue_draft draft = { name, capacity };

	s->err = (struct err){ 0 };
	return venue_add(s->db, &by_coordinator, &draft, ret_id, &s->err);
}

TEST(venues_are_numbered_and_found, shop)
{
	struct shop *s = *state;
	CLEANUP(venue_finish) struct venue by_id = { 0 };
	CLEANUP(venue_finish) struct venue by_number = { 0 };
	int64_t first, second;

	assert_ok(add(s, "共享客厅", 20, &first), &s->err);
	assert_ok(add(s, "共享厨房", 6, &second), &s->err);
	assert_ok(venue_get(s->db, second, &by_id, &s->err), &s->err);
	assert_int_equal(by_id.number, 2);
	assert_string_equal(by_id.name, "共享厨房");
	assert_int_equal(by_id.capacity, 6);
	assert_ok(venue_by_number(s->db, 1, &by_number, &s->err), &s->err);
	assert_int_equal(by_number.id, first);
	assert_int_equal(venue_get(s->db, 4711, &(struct venue){ 0 }, &s->err), ERR_NOT_FOUND);
	assert_int_equal(venue_by_number(s->db, 3, &(struct venue){ 0 }, &s->err), ERR_NOT_FOUND);
}

TEST(venues_are_listed_by_number, shop)
{
	struct shop *s = *state;
	CLEANUP(venue_list_finish) struct venue_list list = { 0 };
	int64_t id;

	assert_ok(add(s, "书屋", 10, &id), &s->err);
	assert_ok(add(s, "厨房", 6, &id), &s->err);
	assert_ok(venues_now(s->db, &list, &s->err), &s->err);
	assert_int_equal(list.count, 2);
	assert_string_equal(list.rows[0].name, "书屋");
	assert_int_equal(list.rows[1].number, 2);
	assert_int_equal(list.rows[1].present, 0);
	assert_true(list.rows[1].is_open);
	shop_set_clock(s, "2026-11-21T21:00");
	CLEANUP(venue_list_finish) struct venue_list later = { 0 };
	assert_ok(venues_now(s->db, &later, &s->err), &s->err);
	assert_false(later.rows[1].is_open);
}

TEST(a_name_is_used_once_and_a_capacity_is_people, shop)
{
	struct shop *s = *state;
	int64_t id;

	assert_ok(add(s, "书屋", 10, &id), &s->err);
	assert_refused(add(s, "书屋", 10, &id), &s->err, NAME_EXISTS);
	assert_int_equal(add(s, "厨房", 0, &id), ERR_INVALID);
	assert_int_equal(add(s, "厨房", -1, &id), ERR_INVALID);
	assert_int_equal(add(s, " ", 4, &id), ERR_INVALID);
}

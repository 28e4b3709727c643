#include <string.h>

#include "core/items/catalogue/owner.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static int set(struct shop *s, int64_t item, const struct owner *owners, int count)
{
	return owners_set(s->db, &by_volunteer, item, owners, count, &s->err);
}

static void assert_owners(struct shop *s, int64_t item, const struct owner *owners, int count)
{
	CLEANUP(owner_list_finish) struct owner_list list = { 0 };

	assert_ok(owners_of(s->db, item, &list, &s->err), &s->err);
	assert_int_equal(list.count, count);
	for (int i = 0; i < count; i++) {
		assert_int_equal(list.rows[i].resident, owners[i].resident);
		assert_int_equal(list.rows[i].share, owners[i].share);
	}
}

TEST(an_item_is_the_venues_until_somebody_owns_it, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), resident = shop_resident(s);

	assert_owners(s, item, NULL, 0);
	assert_ok(set(s, item, &(struct owner){ resident, 1 }, 1), &s->err);
	assert_owners(s, item, &(struct owner){ resident, 1 }, 1);
	assert_ok(set(s, item, NULL, 0), &s->err);
	assert_owners(s, item, NULL, 0);
}

TEST(joint_owners_have_shares_the_largest_first, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool);
	int64_t a = shop_resident(s), b = shop_resident(s), c = shop_resident(s);

	assert_ok(set(s, item, (struct owner[]){ { a, 1 }, { b, 3 }, { c, 2 } }, 3), &s->err);
	assert_owners(s, item, (struct owner[]){ { b, 3 }, { c, 2 }, { a, 1 } }, 3);
	assert_ok(set(s, item, (struct owner[]){ { a, 1 }, { c, 5 } }, 2), &s->err);
	assert_owners(s, item, (struct owner[]){ { c, 5 }, { a, 1 } }, 2);
}

TEST(owners_that_make_no_sense_are_refused_and_the_old_ones_stay, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), a = shop_resident(s);
	struct owner many[OWNERS_MAX + 1];

	assert_ok(set(s, item, &(struct owner){ a, 1 }, 1), &s->err);
	assert_int_equal(set(s, item, (struct owner[]){ { a, 1 }, { a, 2 } }, 2), ERR_REFUSED);
	assert_true(err_has(&s->err, REASON_OWNER_TWICE));
	assert_int_equal(set(s, item, &(struct owner){ a, 0 }, 1), ERR_INVALID);
	assert_int_equal(set(s, item, &(struct owner){ 4711, 1 }, 1), ERR_NOT_FOUND);
	assert_int_equal(set(s, 4711, &(struct owner){ a, 1 }, 1), ERR_NOT_FOUND);
	for (int i = 0; i <= OWNERS_MAX; i++)
		many[i] = (struct owner){ i + 1, 1 };
	assert_int_equal(set(s, item, many, OWNERS_MAX + 1), ERR_INVALID);
	assert_owners(s, item, &(struct owner){ a, 1 }, 1);
}

TEST(who_has_left_stays_an_owner_but_becomes_none, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), other = shop_item(s, s->tool);
	int64_t a = shop_resident(s), b = shop_resident(s);

	assert_ok(set(s, item, &(struct owner){ a, 1 }, 1), &s->err);
	assert_ok(resident_leave(s->db, &by_coordinator, a, &s->err), &s->err);
	assert_ok(set(s, item, (struct owner[]){ { a, 2 }, { b, 1 } }, 2), &s->err);
	assert_refused(set(s, other, &(struct owner){ a, 1 }, 1), &s->err, RESIDENT_LEFT);
}

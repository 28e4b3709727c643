/* Sizes of labels as rows. */
#include "core/base/reasons.h"
#include "core/items/reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/shop.h"
#include "tests/core/sizes.h"
#include "tests/lib/test.h"

static void add_defaults(struct shop *s)
{
	struct label_size all[SIZES_MAX];
	int count = sizes_read(all);
	int64_t id;

	for (int i = 0; i < count; i++) {
		assert_ok(label_size_set(s->db, &by_coordinator, &all[i], &id, &s->err), &s->err);
		label_size_finish(&all[i]);
	}
}

static void assert_loaded(struct shop *s, double width, double height, const char *code)
{
	CLEANUP(label_size_finish) struct label_size size = { 0 };

	assert_ok(label_size_loaded(s->db, width, height, &size, &s->err), &s->err);
	assert_string_equal(size.code, code);
}

TEST(without_a_row_the_usual_roll_stands_in, shop)
{
	struct shop *s = *state;
	CLEANUP(label_size_list_finish) struct label_size_list list = { 0 };

	assert_ok(label_sizes(s->db, &list, &s->err), &s->err);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.rows[0].id, 0);
	assert_true(label_size_is_roll(&list.rows[0]));
	assert_loaded(s, 210, 297, "roll-40x30");
}

TEST(each_size_of_a_new_venue_has_a_code_of_14_mm, shop)
{
	struct shop *s = *state;
	CLEANUP(label_size_list_finish) struct label_size_list list = { 0 };

	add_defaults(s);
	assert_ok(label_sizes(s->db, &list, &s->err), &s->err);
	for (int i = 0; i < list.count; i++)
		assert_true(label_size_dots(&list.rows[i]) >= LABEL_DOTS_MIN);
	assert_string_equal(list.rows[0].code, "roll-40x30");
}

TEST(what_the_printer_is_loaded_with_says_which_size, shop)
{
	struct shop *s = *state;

	add_defaults(s);
	assert_loaded(s, 40, 30, "roll-40x30");
	assert_loaded(s, 60, 40, "roll-60x40");
	assert_loaded(s, 60, 0, "roll-60x40");
	assert_loaded(s, 210, 297, "a4-24");
	assert_loaded(s, 33, 22, "roll-40x30"); /* none is for it */
}

TEST(a_size_is_changed_and_taken_out, shop)
{
	struct shop *s = *state;
	CLEANUP(label_size_finish) struct label_size size = { 0 };
	struct label_size gone = { 0 };
	int64_t id;

	add_defaults(s);
	assert_ok(label_size_by_code(s->db, "a4-21", &size, &s->err), &s->err);
	size.left_edge += 50;
	assert_refused(
		label_size_set(s->db, &by_volunteer, &size, &id, &s->err), &s->err, ROLE_NEEDED);
	assert_ok(label_size_set(s->db, &by_coordinator, &size, &id, &s->err), &s->err);
	assert_int_equal(id, size.id);
	label_size_finish(&size);
	assert_ok(label_size_by_code(s->db, "a4-21", &size, &s->err), &s->err);
	assert_int_equal(size.left_edge, 770);
	assert_ok(label_size_remove(s->db, &by_coordinator, id, &s->err), &s->err);
	assert_int_equal(label_size_by_code(s->db, "a4-21", &gone, &s->err), ERR_NOT_FOUND);
	assert_true(err_has(&s->err, REASON_LABEL_SIZE_UNKNOWN));
	s->err = (struct err){ 0 };
	assert_int_equal(label_size_remove(s->db, &by_coordinator, id, &s->err), ERR_NOT_FOUND);
}

TEST(labels_beyond_the_page_or_too_small_are_refused, shop)
{
	struct shop *s = *state;
	CLEANUP(label_size_finish) struct label_size size = sizes_one("a4-24");
	int64_t id;

	size.across = 4;
	assert_refused(label_size_set(s->db, &by_coordinator, &size, &id, &s->err), &s->err,
		LABEL_OUTSIDE);
	size.across = 3;
	size.height = 2500;
	assert_refused(
		label_size_set(s->db, &by_coordinator, &size, &id, &s->err), &s->err, LABEL_SMALL);
	size.height = 3700;
	size.page_width = 100;
	s->err = (struct err){ 0 };
	assert_int_equal(label_size_set(s->db, &by_coordinator, &size, &id, &s->err), ERR_INVALID);
	assert_string_equal(s->err.reasons[0].text, "page_width");
}

TEST(no_two_sizes_have_one_code, shop)
{
	struct shop *s = *state;
	CLEANUP(label_size_finish) struct label_size size = sizes_one("a4-24");
	int64_t id;

	assert_ok(label_size_set(s->db, &by_coordinator, &size, &id, &s->err), &s->err);
	assert_refused(
		label_size_set(s->db, &by_coordinator, &size, &id, &s->err), &s->err, NAME_EXISTS);
}

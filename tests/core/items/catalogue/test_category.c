#include <string.h>

#include "core/base/reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

TEST(the_tree_lists_parents_before_their_children, shop)
{
	struct shop *s = *state;
	CLEANUP(category_list_finish) struct category_list list = { 0 };
	int64_t first;

	assert_ok(category_add(s->db, &by_coordinator,
			  &(struct category_draft){ "aid", "辅助器具", 0, -1 }, &first, &s->err),
		&s->err);
	shop_category(s, "drill", "电钻", s->power_tool);
	assert_ok(category_list(s->db, &list, &s->err), &s->err);
	static const char *const codes[] = { "aid", "book", "tool", "power-tool", "drill" };
	static const int depths[] = { 0, 0, 0, 1, 2 };
	assert_int_equal(list.count, 5);
	for (int i = 0; i < 5; i++) {
		assert_string_equal(list.rows[i].code, codes[i]);
		assert_int_equal(list.rows[i].depth, depths[i]);
	}
}

TEST(siblings_stand_by_position_then_code, shop)
{
	struct shop *s = *state;
	CLEANUP(category_list_finish) struct category_list list = { 0 };
	static const struct category_draft drafts[] = { { "c", "丙", 0, 10 }, { "b", "乙", 0, 9 },
		{ "a", "甲", 0, 10 } };
	int64_t id;

	for (size_t i = 0; i < ARRAY_LEN(drafts); i++)
		assert_ok(category_add(s->db, &by_coordinator, &drafts[i], &id, &s->err), &s->err);
	assert_ok(category_list(s->db, &list, &s->err), &s->err);
	assert_string_equal(list.rows[3].code, "b");
	assert_string_equal(list.rows[4].code, "a");
	assert_string_equal(list.rows[5].code, "c");
}

TEST(a_category_is_found_by_code_and_by_id, shop)
{
	struct shop *s = *state;
	CLEANUP(category_finish) struct category by_code = { 0 };
	CLEANUP(category_finish) struct category by_id = { 0 };

	assert_ok(category_by_code(s->db, "power-tool", &by_code, &s->err), &s->err);
	assert_int_equal(by_code.id, s->power_tool);
	assert_int_equal(by_code.parent, s->tool);
	assert_int_equal(by_code.depth, 1);
	assert_ok(category_get(s->db, s->tool, &by_id, &s->err), &s->err);
	assert_string_equal(by_id.name, "工具");
	assert_int_equal(by_id.depth, 0);
	assert_int_equal(category_by_code(s->db, "nothing", &(struct category){ 0 }, &s->err),
		ERR_NOT_FOUND);
	assert_string_equal(s->err.reasons[0].text, "nothing");
}

static int add(struct shop *s, const char *code, const char *name, int64_t parent)
{
	int64_t id;

	return category_add(s->db, &by_coordinator,
		&(struct category_draft){ code, name, parent, 0 }, &id, &s->err);
}

TEST(a_code_is_used_once, shop)
{
	struct shop *s = *state;

	assert_refused(add(s, "tool", "别的", 0), &s->err, NAME_EXISTS);
}

TEST(a_code_is_small_letters_digits_and_hyphens, shop)
{
	struct shop *s = *state;
	static const char *const bad[] = { "Tool", "power tool", "工具", "a/b" };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(add(s, bad[i], "名", 0), ERR_INVALID);
	assert_int_equal(add(s, "", "名", 0), ERR_INVALID);
	assert_int_equal(add(s, "x", "a\x1b[2J", 0), ERR_INVALID);
}

TEST(a_parent_must_exist, shop)
{
	struct shop *s = *state;

	assert_int_equal(add(s, "x", "名", 12345), ERR_NOT_FOUND);
	assert_true(err_has(&s->err, REASON_CATEGORY_UNKNOWN));
}

TEST(the_tree_has_a_deepest_level, shop)
{
	struct shop *s = *state;
	int64_t parent = s->power_tool;
	char code[2] = "a";

	for (int depth = 2; depth < CATEGORY_DEPTH_MAX; depth++, code[0]++)
		parent = shop_category(s, code, "层", parent);
	assert_int_equal(add(s, "too-deep", "层", parent), ERR_INVALID);
}

TEST(adding_needs_a_coordinator, shop)
{
	struct shop *s = *state;
	int64_t id;

	assert_refused(category_add(s->db, &by_volunteer,
			       &(struct category_draft){ "x", "名", 0, 0 }, &id, &s->err),
		&s->err, ROLE_NEEDED);
}

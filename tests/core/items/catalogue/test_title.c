#include <string.h>

#include "core/base/reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static int64_t add(struct shop *s, const char *name, const char *pinyin, const char *initials)
{
	struct title_draft draft = {
		.name = name, .category = s->tool, .pinyin = pinyin, .initials = initials
	};
	int64_t id = 0;

	assert_ok(title_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

/* The names found, joined by a bar. */
static char *find(struct shop *s, struct title_filter filter)
{
	CLEANUP(title_list_finish) struct title_list list = { 0 };
	char *names = mem_text("");

	filter.limit = filter.limit ? filter.limit : 50;
	assert_ok(title_find(s->db, &filter, &list, &s->err), &s->err);
	for (int i = 0; i < list.count; i++) {
		char *longer = mem_printf("%s%s%s", names, i ? "|" : "", list.rows[i].name);
		free(names);
		names = longer;
	}
	return names;
}

#define assert_found(s, words_, names)                                                \
	do {                                                                          \
		CLEANUP(mem_free)                                                     \
		char *found_ = find((s), (struct title_filter){ .words = (words_) }); \
		assert_string_equal(found_, (names));                                 \
	} while (0)

TEST(a_title_reads_back_as_it_was_written, shop)
{
	struct shop *s = *state;
	CLEANUP(title_finish) struct title title = { 0 };
	struct title_draft draft = {
		.name = " 折叠梯 ", .category = s->tool, .safety = "请两人使用"
	};
	int64_t id;

	assert_ok(title_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(title_get(s->db, id, &title, &s->err), &s->err);
	assert_string_equal(title.name, "折叠梯");
	assert_string_equal(title.safety, "请两人使用");
	assert_memory_equal(title.initials, "zdt", 3);
	assert_int_equal(title.category, s->tool);
	assert_int_equal(title.isbn, 0);
	assert_int_equal(title_get(s->db, 1, &title, &s->err), ERR_NOT_FOUND);
}

TEST(pinyin_and_initials_are_worked_out_from_the_name, shop)
{
	struct shop *s = *state;

	add(s, "冲击钻", NULL, NULL);
	assert_found(s, "cjz", "冲击钻");
	assert_found(s, "CJ", "冲击钻");
	assert_found(s, "chong ji", "冲击钻");
	assert_found(s, "jz", "");
}

TEST(both_readings_of_a_name_are_found_and_people_correct_them, shop)
{
	struct shop *s = *state;
	CLEANUP(title_finish) struct title title = { 0 };

	int64_t id = add(s, "音乐盒", "yinlehe yinyuehe", "ylh yyh");
	assert_found(s, "yinle", "音乐盒");
	assert_found(s, "yinyue", "音乐盒");
	assert_found(s, "yyh", "音乐盒");
	assert_ok(title_get(s->db, id, &title, &s->err), &s->err);
	assert_string_equal(title.pinyin, "yinlehe yinyuehe");
	assert_string_equal(title.initials, "ylh yyh");

	struct title_draft draft = {
		.name = "音乐盒", .category = s->tool, .pinyin = "yinyuehe", .initials = "yyh"
	};
	assert_ok(title_edit(s->db, &by_volunteer, id, &draft, &s->err), &s->err);
	assert_found(s, "yinle", "");
	assert_found(s, "yinyue", "音乐盒");
}

TEST(any_part_of_the_name_finds_it, shop)
{
	struct shop *s = *state;

	add(s, "折叠梯", "zhedieti", "zdt");
	add(s, "人字梯", "renziti", "rzt");
	add(s, "USB 充电线", "usbchongdianxian", "ucdx");
	assert_found(s, "梯", "人字梯|折叠梯");
	assert_found(s, "叠", "折叠梯");
	assert_found(s, "usb 充", "USB 充电线");
	assert_found(s, "", "人字梯|USB 充电线|折叠梯");
	assert_found(s, "%", "");
}

TEST(pages_follow_each_other_without_gap_or_repeat, shop)
{
	struct shop *s = *state;
	struct title_filter filter = { .limit = 7 };
	CLEANUP(title_finish) struct title last = { 0 };
	int seen = 0;

	/* Many with the same reading: the id breaks the tie. */
	for (int i = 0; i < 30; i++)
		add(s, "折叠梯", i % 3 ? "zhedieti zheti" : "renziti", "zdt");
	for (;;) {
		CLEANUP(title_list_finish) struct title_list page = { 0 };
		assert_ok(title_find(s->db, &filter, &page, &s->err), &s->err);
		if (page.count == 0)
			break;
		seen += page.count;
		title_finish(&last);
		last = page.rows[page.count - 1];
		page.rows[page.count - 1] = (struct title){ 0 };
		filter.after = &last;
	}
	assert_int_equal(seen, 30);
}

TEST(a_category_holds_what_is_below_it, shop)
{
	struct shop *s = *state;

	shop_title(s, "电钻", s->power_tool);
	shop_title(s, "锤子", s->tool);
	shop_title(s, "岭南园林", s->book);
	CLEANUP(mem_free) char *tools = find(s, (struct title_filter){ .category = s->tool });
	assert_string_equal(tools, "锤子|电钻");
	CLEANUP(mem_free)
	char *power = find(s, (struct title_filter){ .category = s->power_tool, .words = "d" });
	assert_string_equal(power, "电钻");
}

TEST(a_book_is_found_by_its_isbn_which_one_title_has, shop)
{
	struct shop *s = *state;
	CLEANUP(title_finish) struct title title = { 0 };
	struct title_draft draft = {
		.name = "岭南园林", .category = s->book, .isbn = 9787111213826
	};
	int64_t id, other;

	assert_ok(title_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(title_by_isbn(s->db, 9787111213826, &title, &s->err), &s->err);
	assert_int_equal(title.id, id);
	draft.name = "另一本";
	assert_refused(
		title_add(s->db, &by_volunteer, &draft, &other, &s->err), &s->err, NAME_EXISTS);
	draft.name = "岭南园林 第二版";
	assert_ok(title_edit(s->db, &by_volunteer, id, &draft, &s->err), &s->err);
	draft.isbn = 123;
	assert_int_equal(title_edit(s->db, &by_volunteer, id, &draft, &s->err), ERR_INVALID);
}

TEST(names_come_through_the_one_door, shop)
{
	struct shop *s = *state;
	static const char *const bad[] = { "", "　", "\x1b[31m", "梯\xe2\x80\xae", "\xff" };
	int64_t id;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct title_draft draft = { .name = bad[i], .category = s->tool };
		assert_int_equal(
			title_add(s->db, &by_volunteer, &draft, &id, &s->err), ERR_INVALID);
	}
	struct title_draft draft = { .name = "梯", .category = s->tool, .pinyin = "tī" };
	assert_int_equal(title_add(s->db, &by_volunteer, &draft, &id, &s->err), ERR_INVALID);
	draft = (struct title_draft){ .name = "梯", .category = 4711 };
	assert_int_equal(title_add(s->db, &by_volunteer, &draft, &id, &s->err), ERR_NOT_FOUND);
	assert_int_equal(
		title_edit(s->db, &by_volunteer, 4711,
			&(struct title_draft){ .name = "梯", .category = s->tool }, &s->err),
		ERR_NOT_FOUND);
}

static void assert_terms(const struct title_terms *is, const struct title_terms *wanted)
{
	assert_int_equal(is->value_points, wanted->value_points);
	assert_int_equal(is->value_fen, wanted->value_fen);
	assert_int_equal(is->deposit, wanted->deposit);
	assert_int_equal(is->short_days, wanted->short_days);
	assert_int_equal(is->needs_approval, wanted->needs_approval);
	assert_int_equal(is->is_onsite, wanted->is_onsite);
	assert_int_equal(is->is_consumable, wanted->is_consumable);
}

TEST(what_a_title_is_worth_and_how_it_is_handed_out_reads_back, shop)
{
	struct shop *s = *state;
	CLEANUP(title_finish) struct title title = { 0 };
	CLEANUP(title_finish) struct title after = { 0 };
	struct title_draft draft = {
		.name = "3D 打印机", /* its reading has a digit */
		.category = s->tool,
		.terms = { .value_points = 200,
			.value_fen = 29950,
			.deposit = 50,
			.short_days = 3,
			.needs_approval = true,
			.is_onsite = true,
			.is_consumable = true },
	};
	int64_t id;

	assert_ok(title_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(title_get(s->db, id, &title, &s->err), &s->err);
	assert_terms(&title.terms, &draft.terms);
	assert_int_equal(title.stock, 0);

	draft = title_draft_of(&title);
	draft.terms.is_onsite = false;
	draft.terms.value_fen = 0;
	assert_ok(title_edit(s->db, &by_volunteer, id, &draft, &s->err), &s->err);
	assert_ok(title_get(s->db, id, &after, &s->err), &s->err);
	assert_terms(&after.terms, &draft.terms);
	assert_string_equal(after.pinyin, title.pinyin);
}

TEST(worth_and_days_out_of_range_are_refused, shop)
{
	struct shop *s = *state;
	const struct title_terms bad[] = {
		{ .value_points = -1 },
		{ .value_fen = -1 },
		{ .deposit = -1 },
		{ .short_days = -1 },
		{ .short_days = 366 },
		{ .value_fen = INT64_MAX },
	};
	int64_t id;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct title_draft draft = { .name = "电钻", .category = s->tool, .terms = bad[i] };
		assert_int_equal(
			title_add(s->db, &by_volunteer, &draft, &id, &s->err), ERR_INVALID);
		assert_true(err_has(&s->err, REASON_NUMBER_BAD));
	}
}

TEST(what_is_added_to_a_category_of_the_house_is_used_there, shop)
{
	struct shop *s = *state;
	const struct category_draft machines = {
		.code = "onsite", .name = "现场使用", .is_onsite = true
	};
	struct title_draft draft = { .name = "缝纫机" };
	CLEANUP(title_finish) struct title title = { 0 };
	CLEANUP(title_finish) struct title edited = { 0 };
	int64_t id;

	assert_ok(
		category_add(s->db, &by_coordinator, &machines, &draft.category, &s->err), &s->err);
	assert_ok(title_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(title_get(s->db, id, &title, &s->err), &s->err);
	assert_true(title.terms.is_onsite);
	/* Until somebody says otherwise. */
	assert_ok(title_edit(s->db, &by_volunteer, id, &draft, &s->err), &s->err);
	assert_ok(title_get(s->db, id, &edited, &s->err), &s->err);
	assert_false(edited.terms.is_onsite);
}

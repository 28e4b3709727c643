/* The log of the counter: what it finds, and that it has words for each kind of act. */
#include <string.h>

#include "core/audit/log.h"
#include "core/base/mem.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/upkeep/item_status.h"
#include "core/people/phone.h"
#include "core/words_log.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static struct log_list read_log(struct shop *s, struct log_filter filter)
{
	struct log_list list = { 0 };

	filter.limit = filter.limit ? filter.limit : 100;
	assert_ok(log_read(s->db, &filter, &list, &s->err), &s->err);
	return list;
}

/* The latest rows are of these kinds, the latest first; NULL ends them. */
static void assert_kinds(struct shop *s, struct log_filter filter, const char *const *kinds)
{
	CLEANUP(log_list_finish) struct log_list list = read_log(s, filter);
	int count = 0;

	for (; kinds[count]; count++) {
		assert_in_range(count, 0, list.count - 1);
		assert_string_equal(list.rows[count].kind_name, kinds[count]);
	}
	assert_int_equal(list.count, count);
}
#define ASSERT_KINDS(s, filter, ...) \
	assert_kinds((s), (filter), (const char *const[]){ __VA_ARGS__, NULL })

static int64_t lend(struct shop *s, int64_t resident, int64_t item)
{
	const struct loan_request request = { .item = item, .resident = resident };
	int64_t loan = 0;

	assert_ok(loan_open(s->db, &by_resident, &request, &loan, &s->err), &s->err);
	return loan;
}

TEST(each_kind_of_act_has_a_sentence_of_its_own_and_a_group, none)
{
	(void)state;
	for (int k = 0; k < ACT_KIND_COUNT; k++) {
		const char *name = act_kind_table[k].name;
		CLEANUP(mem_free) char *words = words_act((enum act_kind)k, "%1$s THING %s");
		if (strcmp(words, name) == 0)
			fail_msg("%s has no sentence in core/words_log.c", name);
		assert_in_range(log_group_of((enum act_kind)k), LOG_LENDING, LOG_HOUSE);
		for (int other = 0; other < k; other++) {
			CLEANUP(mem_free)
			char *same = words_act((enum act_kind)other, "%1$s THING %s");
			if (strcmp(words, same) == 0)
				fail_msg("%s and %s read alike", name, act_kind_table[other].name);
		}
	}
}

TEST(what_it_was_about_is_named_and_nothing_leaves_no_gap, none)
{
	CLEANUP(mem_free) char *lent = words_act(ACT_LOAN_OPEN, "折叠梯 000207");
	CLEANUP(mem_free) char *bare = words_act(ACT_LOAN_OPEN, "");

	(void)state;
	assert_string_equal(lent, "borrowed 折叠梯 000207");
	assert_string_equal(bare, "borrowed");
}

TEST(the_log_is_filtered_by_person_thing_kind_and_staff, shop)
{
	struct shop *s = *state;
	int64_t who = shop_resident(s), other = shop_resident(s);
	int64_t drill = shop_item(s, s->tool), saw = shop_item(s, s->tool);
	int64_t loan = lend(s, who, drill);
	const struct act by_wei = { .role = ROLE_VOLUNTEER, .actor = 42 };
	struct log_kinds kinds;

	lend(s, other, saw);
	assert_ok(loan_return(s->db, &by_wei, loan, 0, &s->err), &s->err);
	ASSERT_KINDS(s, ((struct log_filter){ .resident = who }), "loan.return", "loan.open",
		"resident.add");
	ASSERT_KINDS(s, ((struct log_filter){ .resident = other }), "loan.open", "resident.add");
	ASSERT_KINDS(s, ((struct log_filter){ .item = drill }), "loan.return", "loan.open",
		"item.add", "title.add");
	ASSERT_KINDS(s, ((struct log_filter){ .item = drill, .resident = other }), NULL);
	ASSERT_KINDS(s, ((struct log_filter){ .staff = 42 }), "loan.return");
	assert_ok(log_kinds_parse("loan", &kinds, &s->err), &s->err);
	ASSERT_KINDS(s, ((struct log_filter){ .kinds = &kinds }), "loan.return", "loan.open",
		"loan.open");
	assert_ok(log_kinds_parse("loan.return", &kinds, &s->err), &s->err);
	ASSERT_KINDS(s, ((struct log_filter){ .kinds = &kinds }), "loan.return");
	assert_ok(log_kinds_parse("lending", &kinds, &s->err), &s->err);
	ASSERT_KINDS(s, ((struct log_filter){ .kinds = &kinds, .resident = other }), "loan.open");
	assert_int_equal(log_kinds_parse("loa", &kinds, &s->err), ERR_INVALID);
}

TEST(a_row_names_the_thing_not_the_person, shop)
{
	struct shop *s = *state;
	int64_t who = shop_resident(s), drill = shop_item(s, s->tool);

	lend(s, who, drill);
	CLEANUP(log_list_finish)
	struct log_list list = read_log(s, (struct log_filter){ .resident = who, .limit = 1 });
	assert_int_equal(list.count, 1);
	assert_string_equal(list.rows[0].subject, "冲击钻 000001");
	assert_int_equal(list.rows[0].resident, who);
	assert_int_equal(list.rows[0].kind, ACT_LOAN_OPEN);
	assert_string_equal(list.rows[0].why, "");
}

TEST(a_day_has_what_was_recorded_on_it, shop)
{
	struct shop *s = *state;
	int64_t who = shop_resident(s);
	const struct day saturday = { 2026, 11, 21 }, sunday = { 2026, 11, 22 };

	shop_set_clock(s, "2026-11-22T00:00");
	lend(s, who, shop_item(s, s->tool));
	shop_set_clock(s, "2026-11-23T10:00");
	shop_resident(s);
	ASSERT_KINDS(s, ((struct log_filter){ .from = &sunday, .until = &sunday }), "loan.open",
		"item.add", "title.add");
	ASSERT_KINDS(
		s, ((struct log_filter){ .until = &saturday, .resident = who }), "resident.add");
	ASSERT_KINDS(s, ((struct log_filter){ .from = &sunday, .resident = who }), "loan.open");
}

TEST(pages_of_the_log_go_on_where_the_last_one_ended, shop)
{
	struct shop *s = *state;

	for (int i = 0; i < 5; i++)
		shop_resident(s);
	CLEANUP(log_list_finish) struct log_list all = read_log(s, (struct log_filter){ 0 });
	CLEANUP(log_list_finish)
	struct log_list page = read_log(s, (struct log_filter){ .before = all.rows[1].seq });
	assert_int_equal(page.count, all.count - 2);
	assert_int_equal(page.rows[0].seq, all.rows[2].seq);
}

TEST(what_was_taken_back_is_marked_and_reasons_are_there_to_be_shown, shop)
{
	struct shop *s = *state;
	int64_t who = shop_resident(s), drill = shop_item(s, s->tool), loan = lend(s, who, drill);
	const struct act gone = { .role = ROLE_VOLUNTEER, .actor = 1, .why = "找不到" };

	assert_ok(loan_return(s->db, &by_resident, loan, 0, &s->err), &s->err);
	assert_ok(return_void_at_board(s->db, &by_resident, loan, &s->err), &s->err);
	assert_ok(item_set_status(s->db, &gone, drill, ITEM_MISSING, &s->err), &s->err);
	CLEANUP(log_list_finish)
	struct log_list list = read_log(s, (struct log_filter){ .item = drill });
	assert_string_equal(list.rows[0].why, "找不到");
	assert_string_equal(list.rows[1].kind_name, "return.void");
	assert_int_equal(list.rows[1].undoes, list.rows[2].seq);
	assert_true(list.rows[2].is_undone);
	assert_false(list.rows[1].is_undone);
}

TEST(a_look_at_phone_numbers_is_in_the_log_with_who_looked, shop)
{
	struct shop *s = *state;
	const struct act by_wei = { .role = ROLE_VOLUNTEER, .actor = 42 };
	CLEANUP(mem_free) char *phone = NULL;
	int64_t who = shop_resident(s);

	assert_ok(phone_reveal(s->db, &by_wei, who, &phone, &s->err), &s->err);
	assert_ok(phone_note_list(s->db, &by_wei, 56, &s->err), &s->err);
	assert_ok(phone_note_list(s->db, &by_wei, 0, &s->err), &s->err);
	assert_int_equal(phone_note_list(s->db, &by_resident, 1, &s->err), ERR_REFUSED);
	CLEANUP(log_list_finish)
	struct log_list list = read_log(s, (struct log_filter){ .staff = 42 });
	assert_int_equal(list.count, 2);
	assert_string_equal(list.rows[0].subject, "56");
	assert_int_equal(list.rows[1].resident, who);
}

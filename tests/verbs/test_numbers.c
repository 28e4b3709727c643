/* Numbers, lists of them, weeks and months as they are typed on a command line. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)

static void new_resident(const struct venue_dir *v, const char *name, const char *number)
{
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "resident", "add", name, "--number", number, AS_ADMIN(v));

	assert_code(&ran, 0);
}

/* Its number. */
static long long new_items(const struct venue_dir *v, const char *title, const char *copies)
{
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "item", "add", title, "--category", "garden", "--copies",
		copies, "--json", AS_ADMIN(v));
	json_t *rows = assert_json(&ran, -1);
	long long number = json_integer_value(json_object_get(json_array_get(rows, 0), "number"));

	json_decref(rows);
	return number;
}

TEST(a_range_is_never_another_persons_number, none)
{
	static const char *const typed[] = { "4-12", "4,12", "4 12", "412-" };
	const struct venue_dir *v = *state;

	new_resident(v, "区间一", "412");
	for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
		CLEANUP(ran_finish)
		struct ran show = VENUE_RUN(v, "resident", "show", typed[i], AS_ADMIN(v));
		assert_int_equal(show.code, 2);
		assert_has(show.err, "neither the number nor the code of");
		assert_lacks(show.out, "区间一");
	}
	CLEANUP(ran_finish) struct ran plain = VENUE_RUN(v, "resident", "show", "412");
	assert_code(&plain, 0);
}

TEST(cards_of_a_range_are_those_of_its_numbers_and_no_other_card_ends, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *pdf = mem_printf("%s/cards.pdf", v->dir);

	new_resident(v, "区间二", "521");
	new_resident(v, "区间三", "522");
	CLEANUP(ran_finish)
	struct ran two = VENUE_RUN(v, "print", "card", "521-522", "--to", pdf, AS_ADMIN(v));
	assert_code(&two, 0);
	CLEANUP(ran_finish)
	struct ran gap = VENUE_RUN(v, "print", "card", "521-524", "--to", pdf, AS_ADMIN(v));
	assert_int_equal(gap.code, 1);
	assert_has(gap.err, "523: ");
}

TEST(a_list_lends_each_of_its_items, none)
{
	const struct venue_dir *v = *state;
	long long first = new_items(v, "竹竿", "5");
	CLEANUP(mem_free)
	char *list = mem_printf("%lld,%lld-%lld", first, first + 2, first + 4);

	new_resident(v, "区间四", "531");
	CLEANUP(ran_finish)
	struct ran lent = VENUE_RUN(
		v, "lend", "531", list, "--override", "--why", "试", "--json", AS_ADMIN(v));
	json_decref(assert_json(&lent, 4));
	CLEANUP(ran_finish) struct ran back = VENUE_RUN(v, "return", list, "--json", AS_ADMIN(v));
	json_decref(assert_json(&back, 4));
}

TEST(a_list_that_cannot_be_read_is_refused_whole, none)
{
	static const char *const typed[] = { "9-3", "3-", "3,,5", "3,", "1-2-3", "1-99999" };
	const struct venue_dir *v = *state;

	for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
		CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "print", "labels", typed[i]);
		assert_int_equal(ran.code, 2);
	}
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "print", "labels", "9-3");
	assert_has(ran.err, "Write a list as 3,5 or 9-12, the smaller number first");
}

TEST(a_week_and_a_month_are_written_whole, none)
{
	static const char *const weeks[] = { "2026-W5", "+026-W05", " 026-W05", "2026-W54" };
	static const char *const months[] = { "2026-5", "2026-13", "2026- 5", "2026" };
	const struct venue_dir *v = *state;

	for (size_t i = 0; i < ARRAY_LEN(weeks); i++) {
		CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "duty", "show", weeks[i]);
		assert_int_equal(ran.code, 2);
		assert_has(ran.err, "Write a week as 2026-W48");
	}
	for (size_t i = 0; i < ARRAY_LEN(months); i++) {
		CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "venue", "report", months[i]);
		assert_int_equal(ran.code, 2);
		assert_has(ran.err, "Write a month as 2026-11");
	}
}

TEST(a_number_that_does_not_fit_says_its_range_in_the_readers_language, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish)
	struct ran ran = RUN("--lang", "zh_CN", "--dir", v->dir, "item", "add", "花盆", "--copies",
		"500", AS_ADMIN(v));

	assert_int_equal(ran.code, 2);
	assert_has(ran.err, "1 到 200");
	assert_lacks(ran.err, " to ");
}

/* The file with the PIN is not even opened. */
TEST(wrong_use_is_told_before_a_pin_is_asked_for, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish)
	struct ran number = VENUE_RUN(
		v, "hold", "cancel", "x", "--as", "admin", "--pin-file", "/nonexistent/pin");
	CLEANUP(ran_finish)
	struct ran day = VENUE_RUN(v, "log", "--since", "2026-02-30", "--as", "admin", "--pin-file",
		"/nonexistent/pin");
	CLEANUP(ran_finish)
	struct ran name = VENUE_RUN(
		v, "points", "balance", "4711", "--as", "admin", "--pin-file", "/nonexistent/pin");

	assert_code(&number, 2);
	assert_lacks(number.err, "/nonexistent");
	assert_code(&day, 2);
	assert_has(day.err, "2026-02-30");
	assert_lacks(day.err, "/nonexistent");
	/* Only those who may ask are told whom a number names. */
	assert_has(name.err, "/nonexistent");
}

TEST(a_word_that_is_no_choice_names_those_that_are, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish)
	struct ran option = VENUE_RUN(v, "duty", "print", "2026-W48", "--paper", "a5");
	CLEANUP(ran_finish) struct ran operand = VENUE_RUN(v, "queue", "answer", "1", "maybe");

	assert_code(&option, 2);
	assert_has(option.err, "--paper is one of: a4, a3, tiled");
	assert_code(&operand, 2);
	assert_has(operand.err, "answer is one of: printed, lost");
}

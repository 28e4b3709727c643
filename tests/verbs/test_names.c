/* Names and other texts from outside: whatever could harm a screen or a paper is refused. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

/* The name is refused for that reason, none of it reaches the terminal, nobody is added. */
static void assert_refused_name(const struct venue_dir *v, const char *name, const char *says)
{
	CLEANUP(ran_finish) struct ran before = VENUE_RUN(v, "resident", "list", "--json");
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "resident", "add", name, AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran after = VENUE_RUN(v, "resident", "list", "--json");

	assert_code(&ran, 1);
	assert_has(ran.err, says);
	assert_null(strchr(ran.err, '\033'));
	assert_string_equal(before.out, after.out);
}

TEST(name_with_escape_sequence_is_refused, none)
{
	assert_refused_name(*state, "\033[31m张三", "cannot be shown");
	assert_refused_name(*state, "张\033]0;三\007", "cannot be shown");
}

TEST(name_with_bidi_control_is_refused, none)
{
	assert_refused_name(*state, "张\u202e三", "cannot be shown");
	assert_refused_name(*state, "张\u2066三", "cannot be shown");
}

TEST(name_with_zero_width_character_is_refused, none)
{
	assert_refused_name(*state, "张\u200b三", "cannot be shown");
}

TEST(name_that_is_not_utf8_is_refused, none)
{
	assert_refused_name(*state, "\xd5\xc5\xc8\xfd", "could not be read"); /* 张三 in GB18030 */
	assert_refused_name(*state, "张\xe4\xb8", "could not be read");
	assert_refused_name(*state, "\xed\xa0\x80", "could not be read"); /* a surrogate */
}

TEST(empty_and_endless_names_are_refused, none)
{
	char endless[4096];

	memset(endless, 'x', sizeof(endless) - 1);
	endless[sizeof(endless) - 1] = '\0';
	assert_refused_name(*state, "  \u3000", "Nothing is written");
	assert_refused_name(*state, endless, "Too long");
}

TEST(spaces_around_a_name_are_dropped, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish)
	struct ran add = VENUE_RUN(v, "resident", "add", " \u3000欧阳小三 ", AS_ADMIN(v));
	assert_code(&add, 0);
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "resident", "list", "oyxs", "--json", AS_ADMIN(v));
	json_t *array = assert_json(&ran, 1);

	assert_string_equal(
		json_string_value(json_object_get(json_array_get(array, 0), "name")), "欧阳小三");
	json_decref(array);
}

TEST(title_with_tab_or_newline_is_refused, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "item", "add", "锤\t子\n", "--category", "tool", AS_ADMIN(v));

	assert_int_equal(ran.code, 1);
	assert_has(ran.err, "cannot be shown");
}

TEST(import_with_one_bad_line_adds_nobody, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/people.csv", v->dir);

	write_file(path, "姓名,电话\n好名字,13800009901\n坏\x1b名字,13800009902\n", 0644);
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "resident", "import", path, AS_ADMIN(v));
	assert_int_equal(ran.code, 1);
	assert_has(ran.err, "people.csv:3");
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "resident", "list", "好名字", "--json");
	json_decref(assert_json(&list, 0));
}

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)

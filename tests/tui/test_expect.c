/* What a test of whole screens prints when the screen differs, and the words of its scripts. */
#include "core/base/mem.h"
#include "tests/lib/expect.h"
#include "tests/lib/keys.h"
#include "tests/lib/test.h"

static void assert_differences(const char *expected, const char *found, const char *told)
{
	CLEANUP(mem_free) char *text = expect_differences(expected, found);

	assert_string_equal(text, told);
}

TEST(the_lines_that_differ_are_told_among_those_that_do_not, none)
{
	assert_differences("a\nb\nc\n", "a\nx\nc\nd\n", " a\n-b\n+x\n c\n+d\n");
	assert_differences("a\n\nb\n", "a\nb\n", " a\n-\n b\n");
}

TEST(a_screen_without_an_expected_text_is_all_new, none)
{
	assert_differences("", "a\nb\n", "+a\n+b\n");
	assert_differences("a\n", "", "-a\n");
}

static void assert_word(const char *label, const char *word)
{
	CLEANUP(mem_free) char *found = keys_word(label);

	if (word)
		assert_string_equal(found, word);
	else
		assert_null(found);
}

TEST(a_key_has_one_word_whatever_the_language_of_the_help_page, none)
{
	assert_word("回车", "Enter");
	assert_word("Enter", "Enter");
	assert_word("↓", "Down");
	assert_word("9", "9");
	assert_word("确", NULL);
}

TEST(codes_and_pins_are_read_from_the_demo_venues_list, none)
{
	const char *demo = "# who\nstaff\tchen\tvolunteer\t陈丽芳\t270413\t-\tJ1R0\n"
			   "card\t1\t陈丽芳\tJ1R1\tcards/1.png\n";
	CLEANUP(mem_free) char *pin = keys_demo_column(demo, "staff", "chen", 4);
	CLEANUP(mem_free) char *card = keys_demo_column(demo, "card", "1", 3);

	assert_string_equal(pin, "270413");
	assert_string_equal(card, "J1R1");
	assert_null(keys_demo_column(demo, "card", "2", 3));
}

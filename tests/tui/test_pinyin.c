#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tui/widgets/pinyin.h"

static const char *const zhang[] = { "张", "章", "掌", "长", "涨", "帐", "障", "仗", "丈", "杖",
	"账", "彰" };

/* Knows zhang and san, and takes the first of them off longer letters. */
static int find(void *context, const char *letters, int skip, int max, struct pinyin_candidate *ret)
{
	int count = 0;
	if (strncmp(letters, "zhang", 5) == 0)
		for (int i = skip; i < (int)ARRAY_LEN(zhang) && count < max; i++)
			ret[count++] = (struct pinyin_candidate){ mem_text(zhang[i]), 5 };
	else if (strncmp(letters, "san", 3) == 0 && skip == 0 && max > 0)
		ret[count++] = (struct pinyin_candidate){ mem_text("三"), 3 };
	return count;
}

static const struct pinyin_source source = { .find = find };

static int pinyin_setup(void **state)
{
	*state = pinyin_create(&source);
	pinyin_turn(*state, true);
	return 0;
}

static int pinyin_teardown(void **state)
{
	pinyin_destroy(*state);
	return 0;
}

/* Presses a key; what it writes, or "" (consumed), or "-" (not consumed). */
static const char *press(struct pinyin *pinyin, uint32_t code)
{
	static char written[64];
	char *text = NULL;
	bool is_taken = pinyin_key(pinyin, &KEY_OF(code), &text);
	snprintf(written, sizeof(written), "%s", text ? text : is_taken ? "" : "-");
	mem_free(&text);
	return written;
}

static void type(struct pinyin *pinyin, const char *letters)
{
	for (; *letters; letters++)
		assert_string_equal(press(pinyin, (unsigned char)*letters), "");
}

TEST(digit_picks_a_candidate, pinyin)
{
	type(*state, "zhang");
	assert_string_equal(press(*state, '2'), "章");
	assert_false(pinyin_is_composing(*state));
}

TEST(rest_of_the_letters_goes_on, pinyin)
{
	type(*state, "zhangsan");
	assert_string_equal(press(*state, ' '), "张");
	assert_string_equal(press(*state, '1'), "三");
	assert_false(pinyin_is_composing(*state));
	type(*state, "zhangsan");
	assert_string_equal(press(*state, ' '), "张");
	assert_string_equal(press(*state, K_ENTER), "san");
	assert_false(pinyin_is_composing(*state));
}

TEST(pages_turn_and_pick_what_they_show, pinyin)
{
	type(*state, "zhang");
	press(*state, K_PAGE_DOWN);
	assert_string_equal(press(*state, '1'), "杖");
	type(*state, "zhang");
	press(*state, '=');
	press(*state, '=');
	press(*state, '-');
	assert_string_equal(press(*state, '9'), "丈");
}

TEST(enter_writes_the_letters, pinyin)
{
	type(*state, "zhang");
	assert_string_equal(press(*state, K_ENTER), "zhang");
}

TEST(escape_drops_them_and_backspace_takes_one, pinyin)
{
	type(*state, "zh");
	press(*state, K_BACKSPACE);
	assert_string_equal(press(*state, K_ENTER), "z");
	type(*state, "zh");
	assert_string_equal(press(*state, K_ESC), "");
	assert_false(pinyin_is_composing(*state));
	assert_string_equal(press(*state, K_ESC), "-");
	assert_string_equal(press(*state, K_BACKSPACE), "-");
}

TEST(without_letters_keys_pass, pinyin)
{
	assert_string_equal(press(*state, '1'), "-");
	assert_string_equal(press(*state, ' '), "-");
	assert_string_equal(press(*state, K_ENTER), "-");
	assert_string_equal(press(*state, 'A'), "-");
	assert_string_equal(press(*state, '\''), "-");
}

TEST(unknown_letters_have_no_candidates, pinyin)
{
	type(*state, "qqq");
	assert_string_equal(press(*state, '1'), "");
	assert_string_equal(press(*state, K_ENTER), "qqq");
}

TEST(switched_off_nothing_is_taken, pinyin)
{
	type(*state, "zh");
	pinyin_turn(*state, false);
	assert_string_equal(press(*state, 'a'), "-");
	assert_false(pinyin_is_composing(*state));
}

TEST(punctuation_picks_the_first_and_follows, pinyin)
{
	type(*state, "zhang");
	assert_string_equal(press(*state, '!'), "张!");
}

TEST(the_dot_of_a_name_has_its_key, pinyin)
{
	assert_string_equal(press(*state, '`'), "·");
	type(*state, "zhang");
	assert_string_equal(press(*state, '`'), "张·");
	pinyin_turn(*state, false);
	assert_string_equal(press(*state, '`'), "-");
}

TEST(letters_have_an_end, pinyin)
{
	for (int i = 0; i < 200; i++)
		press(*state, 'a');
	CLEANUP(mem_free) char *letters = NULL;
	assert_true(pinyin_key(*state, &KEY_OF(K_ENTER), &letters));
	assert_true(strlen(letters) < 100);
}

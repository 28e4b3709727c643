#include <locale.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "tests/lib/test.h"
#include "tui/widgets/wrap.h"

/* The lines joined by |. */
static char *wrapped(const char *text, int cells)
{
	char *all = mem_text("");
	const char *line;
	for (int len; (len = wrap_next(&text, cells, &line)) >= 0;) {
		char *more = mem_printf("%s%.*s|", all, len, line);
		mem_free(&all);
		all = more;
	}
	return all;
}

static void check(const char *text, int cells, const char *expected)
{
	CLEANUP(mem_free) char *got = wrapped(text, cells);
	assert_string_equal(got, expected);
}

TEST(latin_text_breaks_between_words, none)
{
	check("the quick brown fox", 9, "the quick|brown fox|");
	check("the quick brown fox", 10, "the quick|brown fox|");
	check("well-known thing", 6, "well-|known|thing|");
}

TEST(chinese_breaks_between_characters, none)
{
	check("共享家园", 4, "共享|家园|");
	check("共享家园", 5, "共享|家园|");
}

TEST(punctuation_never_begins_a_line, none)
{
	check("共享家园，欢迎", 8, "共享家|园，欢迎|");
	check("他说：“好。”然后", 10, "他说：|“好。”然后|");
}

TEST(opening_marks_never_end_a_line, none)
{
	check("请看《岭南》", 6, "请看|《岭|南》|");
}

TEST(spaces_at_a_break_are_swallowed, none)
{
	check("ab   cd", 3, "ab|cd|");
	check("ab cd  ", 5, "ab cd|");
}

TEST(line_ends_are_kept, none)
{
	check("a\n\nb", 10, "a||b|");
	check("a\n", 10, "a|");
	check("", 10, "");
}

TEST(long_word_is_cut_where_it_must_be, none)
{
	check("abcdefghij", 4, "abcd|efgh|ij|");
	check("！！！！！！", 4, "！！|！！|！！|");
}

TEST(any_width_loses_nothing_and_ends, none)
{
	const char *text = "一、凡持“共享卡”的居民（含新市民）均可借用 tools and "
			   "books：电钻、《岭南园林》……不收费！é";
	for (int cells = 0; cells < 60; cells++) {
		CLEANUP(mem_free) char *got = wrapped(text, cells);
		size_t letters = 0;
		for (const char *s = got; *s; s++)
			letters += *s != '|' && *s != ' ';
		size_t wanted = 0;
		for (const char *s = text; *s; s++)
			wanted += *s != ' ';
		assert_int_equal(letters, wanted);
	}
}

TEST(no_line_is_wider_than_asked, none)
{
	const char *text =
		"一、凡持“共享卡”的居民均可借用 tools and books：电钻、《岭南园林》不收费。";
	for (int cells = 4; cells < 60; cells++) {
		const char *rest = text, *line;
		for (int len; (len = wrap_next(&rest, cells, &line)) >= 0;) {
			CLEANUP(mem_free) char *copy = mem_text_n(line, (size_t)len);
			assert_true(text_width(copy) <= cells);
		}
	}
}

/* Tests that register themselves: a test is a sentence and the fixture that it starts from.
 *
 *   TEST(loan_refused_when_item_is_out, shop)
 *   {
 *           struct shop *s = *state;
 *           …
 *   }
 *
 * A fixture `shop` is two functions, shop_setup(void **state) and shop_teardown(void **state);
 * `none` is the one that gives nothing. The checks are cmocka's. The one main (test.c) runs all of
 * a program's tests, or with FILE [SENTENCE…] those of one file, "items/test_loan.c" by "loan". */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h> /* needs the headers above */

struct test {
	const char *sentence, *file;
	CMUnitTestFunction run;
	CMFixtureFunction setup, teardown;
	struct test *next;
};

/* Setup and teardown around all tests of one file. */
struct test_file {
	const char *file;
	CMFixtureFunction setup, teardown; /* once; tests start with the *state that setup leaves */
	const char *(*missing)(void);      /* why none of them can run here; NULL: they can */
	struct test_file *next;
};

/* Lets a program act as its own helper process when its first argument is `word`. */
struct test_part {
	const char *word;
	int (*play)(int argc, char **argv); /* argv[0] is the word */
	struct test_part *next;
};

void test_add(struct test *);
void test_add_file(struct test_file *);
void test_add_part(struct test_part *);

/* TZ of the programs that tests start, more than a day away from any venue's: code that forgets the
 * venue's zone is on another day, at every hour. */
#define TEST_FAR_ZONE "FAR24"

/* Ends the running test as skipped; prints `why` with it. */
void test_skip(const char *why) __attribute__((noreturn));
/* cmocka prints its own as a failure. */
#undef skip

#define none_setup    NULL
#define none_teardown NULL

#define TEST(sentence_, fixture_)                                                                  \
	static void sentence_(void **state);                                                       \
	static struct test test_##sentence_ = { #sentence_, __FILE__, sentence_, fixture_##_setup, \
		fixture_##_teardown };                                                             \
	static void __attribute__((constructor)) test_register_##sentence_(void)                   \
	{                                                                                          \
		test_add(&test_##sentence_);                                                       \
	}                                                                                          \
	static void sentence_(void **state)

/* TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown), once per file. */
#define TEST_FILE(...)                                                     \
	static struct test_file test_file_ = { __FILE__, __VA_ARGS__ };    \
	static void __attribute__((constructor)) test_register_file_(void) \
	{                                                                  \
		test_add_file(&test_file_);                                \
	}

#define TEST_PART(word_, play_)                                            \
	static struct test_part test_part_ = { word_, play_, NULL };       \
	static void __attribute__((constructor)) test_register_part_(void) \
	{                                                                  \
		test_add_part(&test_part_);                                \
	}

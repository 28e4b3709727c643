#include "tests/lib/test.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/when.h"
#include "tests/lib/chance.h"

static struct test *tests, **tests_end = &tests;
static struct test_file *files;
static struct test_part *parts;

static FILE *tap;               /* what the harness reads; tests print to stderr */
static void *file_state;        /* what the file's setup left */
static const char *why_skipped; /* the running test was skipped, and why */

void test_add(struct test *t)
{
	*tests_end = t;
	tests_end = &t->next;
}

void test_add_file(struct test_file *f)
{
	f->next = files;
	files = f;
}

void test_add_part(struct test_part *p)
{
	p->next = parts;
	parts = p;
}

void test_skip(const char *why)
{
	why_skipped = why;
	_skip(__FILE__, __LINE__);
	abort();
}

/* ---- one test ---- */

/* The same starting state for each test, whatever ran before it. */
static void reset(void)
{
	struct err err = { 0 };

	why_skipped = NULL;
	chance_reset();
	if (when_set_zone("Asia/Shanghai", &err) < 0)
		abort();
}

/* cmocka runs each test as its own group, so that we decide what is printed about it: how many
 * failed, 0 or 1. */
static int run_one(const char *name, CMUnitTestFunction run, CMFixtureFunction setup,
	CMFixtureFunction teardown, void *state)
{
	const struct CMUnitTest one = { name, run, setup, teardown, state };

	pid_t runner = getpid();

	reset();
	int failed = _cmocka_run_group_tests(name, &one, 1, NULL, NULL) ? 1 : 0;
	/* A child that fails between fork and exec leaves its test here. It must not run the
	 * remaining tests beside its parent, child after child. */
	if (getpid() != runner)
		_exit(127);
	return failed;
}

static int report(int number, const struct test *t, int failed, const char *skipped)
{
	fprintf(tap, "%sok %d - %s", failed ? "not " : "", number, t->sentence);
	if (skipped && !failed)
		fprintf(tap, " # SKIP %s", skipped);
	fputc('\n', tap);
	fflush(tap);
	return failed;
}

/* ---- files ---- */

static const struct test_file *file_of(const struct test *t)
{
	for (const struct test_file *f = files; f; f = f->next)
		if (strcmp(f->file, t->file) == 0)
			return f;
	return NULL;
}

static const struct test_file *current;
static const char *why_missing; /* no test of the current file can run here */

static void set_up_file(void **state)
{
	assert_int_equal(current->setup(&file_state), 0);
}

static void tear_down_file(void **state)
{
	assert_int_equal(current->teardown(&file_state), 0);
}

/* Moves on to the next file: 1 when its setup or teardown failed. */
static int enter_file(const struct test_file *f)
{
	current = f;
	file_state = NULL;
	why_missing = f && f->missing ? f->missing() : NULL;
	if (!f || !f->setup || why_missing)
		return 0;
	return run_one("setup of the file", set_up_file, NULL, NULL, NULL);
}

static int leave_file(void)
{
	if (!current || !current->teardown || why_missing)
		return 0;
	return run_one("teardown of the file", tear_down_file, NULL, NULL, NULL);
}

/* ---- which ---- */

/* "loan" of tests/core/items/lending/test_loan.c. */
static bool is_of_file(const struct test *t, const char *name)
{
	const char *base = strrchr(t->file, '/');

	base = base ? base + 1 : t->file;
	if (strncmp(base, "test_", 5) == 0)
		base += 5;
	size_t length = strcspn(base, ".");
	return strlen(name) == length && strncmp(base, name, length) == 0;
}

/* FILE [SENTENCE…]: a sentence may be a pattern. */
static bool is_wanted(const struct test *t, int argc, char **argv)
{
	if (argc > 1 && !is_of_file(t, argv[1]))
		return false;
	for (int i = 2; i < argc; i++)
		if (fnmatch(argv[i], t->sentence, 0) == 0)
			return true;
	return argc < 3;
}

static int drop_unwanted(int argc, char **argv)
{
	int count = 0;

	for (struct test **at = &tests; *at;) {
		if (is_wanted(*at, argc, argv)) {
			count++;
			at = &(*at)->next;
		} else {
			*at = (*at)->next;
		}
	}
	return count;
}

/* ---- the program ---- */

static int run_all(int count)
{
	const char *path = "";
	int number = 0, failed = 0;

	fprintf(tap, "1..%d\n", count);
	for (const struct test *t = tests; t; t = t->next) {
		if (strcmp(path, t->file) != 0) {
			failed += leave_file();
			failed += enter_file(file_of(t));
			path = t->file;
		}
		int r = why_missing
				? 0
				: run_one(t->sentence, t->run, t->setup, t->teardown, file_state);
		failed += report(++number, t, r, why_missing ? why_missing : why_skipped);
	}
	return failed + leave_file();
}

static int list_all(void)
{
	for (const struct test *t = tests; t; t = t->next)
		printf("%s\t%s\n", t->file, t->sentence);
	return 0;
}

/* Keeps stdout for TAP alone, also from the programs that tests start. */
static int open_tap(void)
{
	int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);

	tap = fd < 0 ? NULL : fdopen(fd, "w");
	setvbuf(stdout, NULL, _IOLBF, 0);
	return tap ? dup2(STDERR_FILENO, STDOUT_FILENO) : -1;
}

int main(int argc, char **argv)
{
	for (const struct test_part *p = parts; argc > 1 && p; p = p->next)
		if (strcmp(p->word, argv[1]) == 0)
			return p->play(argc - 1, argv + 1);
	if (argc > 1 && strcmp(argv[1], "--list") == 0)
		return list_all();
	if (!setlocale(LC_ALL, "C.UTF-8") || open_tap() < 0)
		return 1;
	cmocka_set_message_output(CM_OUTPUT_SUBUNIT);
	int count = drop_unwanted(argc, argv);
	if (count == 0) {
		fprintf(stderr, "usage: %s [--list | FILE [SENTENCE…]]\n", argv[0]);
		return 2;
	}
	return run_all(count) ? 1 : 0;
}

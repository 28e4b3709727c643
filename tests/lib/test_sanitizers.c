/* That a fault of memory fails the program that has it, under the options that every test has
 * (tests/meson.build) and with what lies under it (under_*.c): the program is started again to
 * commit each one. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"

static void *kept; /* in the program's own data */

static void lose_a_block(void)
{
	char *volatile block = mem_alloc(1000);

	block[0] = 1;
	block = NULL;
}

static void keep_a_block(void)
{
	kept = mem_alloc(1000);
}

static void read_what_was_freed(void)
{
	char *volatile block = mem_alloc(16);

	free(block);
	/* cppcheck-suppress deallocuse ; that is what is to be found */
	kept = (void *)(intptr_t)block[3];
}

static void write_beyond_a_block(void)
{
	char *volatile block = mem_alloc(16);
	volatile size_t beyond = 16;

	block[beyond] = 1;
	free(block);
}

static void count_beyond_an_int(void)
{
	volatile int most = 0x7fffffff;

	most++;
}

static void read_what_sqlite_freed(void)
{
	char *volatile block = sqlite3_malloc(16);

	sqlite3_free(block);
	kept = (void *)(intptr_t)block[3];
}

static void write_beyond_a_block_of_sqlite(void)
{
	char *volatile block = sqlite3_malloc(16);
	volatile size_t beyond = 16;

	block[beyond] = 1;
	sqlite3_free(block);
}

static void leave_a_database_open(void)
{
	sqlite3 *db;

	sqlite3_open(":memory:", &db);
}

static void commit_nothing(void)
{
}

static const struct fault {
	const char *name;
	void (*commit)(void);
	bool is_found;
} faults[] = {
	{ "nothing", commit_nothing, false },
	{ "a block in a variable", keep_a_block, false },
	{ "a lost block", lose_a_block, true },
	{ "use after free", read_what_was_freed, true },
	{ "a write beyond a block", write_beyond_a_block, true },
	{ "an overflow", count_beyond_an_int, true },
	{ "use after SQLite's free", read_what_sqlite_freed, true },
	{ "a write beyond a block of SQLite's", write_beyond_a_block_of_sqlite, true },
	{ "a database left open", leave_a_database_open, true },
};

static int commit_fault(int argc, char **argv)
{
	faults[atoi(argv[1])].commit();
	return 0;
}

TEST_PART("commit", commit_fault)

static bool is_clean(int fault)
{
	CLEANUP(mem_free) char *number = mem_printf("%d", fault);
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (!freopen("/dev/null", "w", stderr)) /* the report: wanted here */
			_exit(3);
		execl("/proc/self/exe", "test", "commit", number, (char *)NULL);
		_exit(3);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(a_fault_of_memory_fails_the_program_and_nothing_else_does, none)
{
#ifndef __SANITIZE_ADDRESS__
	test_skip("built without AddressSanitizer");
#endif
	for (int i = 0; i < (int)ARRAY_LEN(faults); i++)
		if (is_clean(i) == faults[i].is_found)
			fail_msg("%s %s", faults[i].name,
				faults[i].is_found ? "is not found" : "fails");
}

/* Check-outs per second compared with plain durable appends of the same bytes, alternating in the
 * same run, and how often each of them makes the disk sync. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "tests/core/shop.h"

#define BATCHES 20
#define BATCH   100
#define PEOPLE  50 /* as at a counter: a few items each */

/* Counts what SQLite asks of the kernel: overrides libc's own. */
static int64_t settled, written;

int fdatasync(int fd)
{
	settled++;
	return (int)syscall(SYS_fdatasync, fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
	written += (int64_t)size;
	return syscall(SYS_pwrite64, fd, bytes, size, at);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct bench {
	char dir[64];
	struct shop shop;
	int64_t people[PEOPLE], items[BATCH];
	int log_fd;
};

static void prepare(struct bench *b)
{
	struct shop *s = &b->shop;
	CLEANUP(mem_free) char *path = NULL;

	snprintf(b->dir, sizeof(b->dir), "bench-store-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	path = mem_printf("%s/jiaplus.db", b->dir);
	s->clock = clock_set(1795240800);
	assert_ok(db_create(path, 3, "Asia/Shanghai", &s->clock, &s->db, &s->err), &s->err);
	shop_set_week(s, 9 * 60, 21 * 60, "xxxxxxx");
	assert_ok(resident_category_add(s->db, &by_coordinator, "resident", "居民",
			  &s->resident_category, &s->err),
		&s->err);
	s->tool = shop_category(s, "tool", "工具", 0);
	SHOP_RULE(s, row.loan_days = 7, row.max_items = BATCH, row.max_total = BATCH);
	for (int i = 0; i < PEOPLE; i++)
		b->people[i] = shop_resident(s);
	for (int i = 0; i < BATCH; i++)
		b->items[i] = shop_item(s, s->tool);
	CLEANUP(mem_free) char *log = mem_printf("%s/append", b->dir);
	b->log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_true(b->log_fd >= 0);
}

/* One batch of loans, an act each; then, not timed, everything goes back on the shelf. */
static double lend_batch(struct bench *b)
{
	int64_t loans[BATCH];
	struct act act = { .role = ROLE_RESIDENT };

	double start = seconds();
	for (int i = 0; i < BATCH; i++) {
		struct loan_request request = { .item = b->items[i],
			.resident = b->people[i % PEOPLE] };
		assert_ok(loan_open(b->shop.db, &act, &request, &loans[i], &b->shop.err),
			&b->shop.err);
	}
	double taken = seconds() - start;
	for (int i = 0; i < BATCH; i++)
		assert_ok(loan_return(b->shop.db, &act, loans[i], 0, &b->shop.err), &b->shop.err);
	return taken;
}

static double append_batch(struct bench *b, size_t size)
{
	CLEANUP(mem_free) char *bytes = mem_alloc(size);

	memset(bytes, 'x', size);
	double start = seconds();
	for (int i = 0; i < BATCH; i++) {
		assert_int_equal(write(b->log_fd, bytes, size), (ssize_t)size);
		assert_int_equal(fdatasync(b->log_fd), 0);
	}
	return seconds() - start;
}

int main(void)
{
	struct bench b = { 0 };
	double lending = 0, appending = 0;
	int64_t acts = 0, syncs = 0, bytes = 0;

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	prepare(&b);
	lend_batch(&b); /* warm */
	for (int i = 0; i < BATCHES; i++) {
		settled = written = 0;
		lending += lend_batch(&b);
		/* The returns of the batch are as many acts as its loans. */
		syncs += settled;
		bytes += written;
		acts += 2 * BATCH;
		appending += append_batch(&b, (size_t)(written / (2 * BATCH)));
	}
	double ours = BATCHES * BATCH / lending, bare = BATCHES * BATCH / appending;
	printf("checkout\t%.0f\tacts/s\tappend+fdatasync of %lld bytes: %.0f/s\t%.2f\n", ours,
		(long long)(bytes / acts), bare, ours / bare);
	printf("checkout_fdatasync\t%.3f\tper act\t1\t%.3f\n", (double)syncs / (double)acts,
		(double)syncs / (double)acts);
	db_close(b.shop.db);
	close(b.log_fd);
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", b.dir);
	return system(command) == 0 ? 0 : 1;
}

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/items/lending/loan.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

/* How many pages an act appends to the WAL: what the disk has to write before a loan is
 * acknowledged. The last page is counted twice, since SQLite repeats it to fill the sector
 * (psow=0). */

#define THINGS 60
#define PEOPLE 20

/* A frame of the WAL: its header and a page. */
#define WAL_FRAME (24 + 4096)

struct file_shop {
	char dir[64], path[96];
	struct shop shop;
	int64_t people[PEOPLE], items[THINGS], loans[THINGS];
};

static int loan_frames_setup(void **state)
{
	struct file_shop *f = mem_alloc(sizeof(*f));
	struct shop *s = &f->shop;

	snprintf(f->dir, sizeof(f->dir), "/tmp/jiaplus-frames-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/jiaplus.db", f->dir);
	s->clock = clock_set(1795240800);
	assert_ok(db_create(f->path, 1, "Asia/Shanghai", &s->clock, &s->db, &s->err), &s->err);
	shop_set_week(s, 9 * 60, 21 * 60, "xxxxxxx");
	assert_ok(resident_category_add(s->db, &by_coordinator, "resident", "居民",
			  &s->resident_category, &s->err),
		&s->err);
	s->tool = shop_category(s, "tool", "工具", 0);
	SHOP_RULE(s, row.loan_days = 7, row.max_items = THINGS, row.max_total = THINGS);
	for (int i = 0; i < PEOPLE; i++)
		f->people[i] = shop_resident(s);
	for (int i = 0; i < THINGS; i++)
		f->items[i] = shop_item(s, s->tool);
	*state = f;
	return 0;
}

static int loan_frames_teardown(void **state)
{
	struct file_shop *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);

	db_close(f->shop.db);
	int r = system(command);
	free(f);
	return r;
}

static int64_t wal_size(const struct file_shop *f)
{
	CLEANUP(mem_free) char *wal = mem_printf("%s-wal", f->path);
	struct stat st;

	assert_int_equal(stat(wal, &st), 0);
	return (int64_t)st.st_size;
}

/* From here on the WAL grows by what is appended: it is still too short for SQLite to restart
 * it. */
static void empty_wal(struct file_shop *f)
{
	assert_ok(db_checkpoint(f->shop.db, true, &f->shop.err), &f->shop.err);
	assert_int_equal(wal_size(f), 0);
}

static void lend(struct file_shop *f, int i, int64_t visit)
{
	struct shop *s = &f->shop;
	const struct loan_request request = { f->items[i], f->people[i % PEOPLE], visit };

	s->clock.set_wall++;
	assert_ok(loan_open(s->db, &by_resident, &request, &f->loans[i], &s->err), &s->err);
}

static void give_back(struct file_shop *f, int i, int64_t visit)
{
	struct shop *s = &f->shop;

	s->clock.set_wall++;
	assert_ok(loan_return(s->db, &by_resident, f->loans[i], visit, &s->err), &s->err);
}

typedef void (*act_function)(struct file_shop *, int i, int64_t visit);

static int by_size(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* The median: now and then one splits a page and writes more. */
static int median_of(struct file_shop *f, act_function act, int64_t first_visit)
{
	int frames[THINGS];

	empty_wal(f);
	for (int i = 0; i < THINGS; i++) {
		int64_t before = wal_size(f);
		act(f, i, first_visit ? first_visit + i : 0);
		frames[i] = (int)((wal_size(f) - before) / WAL_FRAME);
	}
	qsort(frames, THINGS, sizeof(*frames), by_size);
	return frames[THINGS / 2];
}

TEST(a_lend_writes_nine_pages_and_one_more_in_a_visit, loan_frames)
{
	struct file_shop *f = *state;

	assert_true(median_of(f, lend, 0) <= 9);
	for (int i = 0; i < THINGS; i++)
		give_back(f, i, 0);
	assert_true(median_of(f, lend, 1) <= 10);
}

TEST(a_return_writes_ten_pages_and_one_more_in_a_visit, loan_frames)
{
	struct file_shop *f = *state;

	for (int i = 0; i < THINGS; i++)
		lend(f, i, 1 + i);
	assert_true(median_of(f, give_back, 0) <= 10);
	for (int i = 0; i < THINGS; i++)
		lend(f, i, 1000 + i);
	assert_true(median_of(f, give_back, 1000) <= 11);
}

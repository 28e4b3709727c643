/* Every query that a screen waits for, on a venue as large as a town: 67,000 residents, 20,000
 * items, 2,000,000 loans, each with a row in the journal; each query within 5 ms at the 99th
 * percentile. Wall time is shown beside processor time: on a machine that is busy with something
 * else only the latter means anything. Then how many pages a lend and a return append to the WAL.
 * And a table of 100,000 lines imported and exported within 10 s.
 *
 *   bench_scale [PERCENT [QUERY [FILE]]]: of that size; only queries whose name begins with QUERY,
 * only the pages written when it is "frames", or only the tables when it is "tables"; on the
 * database FILE, made and kept there the first time */
#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/desk/board.h"
#include "core/exchange/export.h"
#include "core/exchange/import.h"
#include "core/items/catalogue/category.h"
#include "core/items/catalogue/stock.h"
#include "core/items/catalogue/title_parts.h"
#include "core/items/lending/hold_list.h"
#include "core/items/lending/item_look.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_check.h"
#include "core/items/lending/loan_list.h"
#include "core/items/lending/standing.h"
#include "core/people/card.h"
#include "core/people/message.h"
#include "core/people/resident.h"
#include "core/points/ledger.h"
#include "tests/lib/scale.h"

#define ROUNDS      400
#define WARM        5 /* not counted */
#define PAGE        50
#define BOUND_MS    5.0
#define LINES       100000
#define LINES_BOUND 10.0

struct bench {
	struct db *db;
	struct clock clock;
	struct scale size;
	uint64_t random;
	struct err err;
};

static double time_ms(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int any(struct bench *b, int below)
{
	b->random = b->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((b->random >> 33) % (uint64_t)below);
}

static void check(struct bench *b, const char *what, int r)
{
	if (r >= 0)
		return;
	fprintf(stderr, "%s: %s %s\n", what, reason_name(b->err.reasons[0].code), b->err.detail);
	exit(1);
}
#define CHECK(call) check(b, #call, (call))

/* The first ones borrow the most. */
static int64_t any_resident(struct bench *b)
{
	return scale_resident(1 + (any(b, 2) ? any(b, 20) : any(b, b->size.residents)));
}

static int64_t any_item(struct bench *b)
{
	return scale_item(1 + any(b, b->size.items));
}

/* ---- people ---- */

static void card(struct bench *b)
{
	unsigned char token[CODE_TOKEN_SIZE];
	struct card found;

	scale_token(1 + any(b, b->size.residents), token);
	CHECK(card_find(b->db, token, &found, &b->err));
}

/* Page after page of the results, now and then for another query. */
static void find_residents(struct bench *b, const char *words)
{
	static struct resident_page page;
	static const char *asked;
	struct resident_page next = { 0 };
	struct resident_query query = { .text = words, .limit = PAGE };

	if (asked && page.has_more && any(b, 2)) {
		query.text = asked;
		query.after = &page.hits[page.count - 1];
	}
	CHECK(resident_find(b->db, &query, &next, &b->err));
	asked = query.text;
	resident_page_finish(&page);
	page = next;
}

#define FIND_RESIDENTS(name, ...)                                        \
	static void name(struct bench *b)                                \
	{                                                                \
		static const char *const words[] = { __VA_ARGS__ };      \
		find_residents(b, words[any(b, (int)ARRAY_LEN(words))]); \
	}
FIND_RESIDENTS(residents_by_name, "张", "王", "欧阳", "李秀英", "陈建国")
FIND_RESIDENTS(residents_by_initials, "z", "zs", "lxy", "w")
FIND_RESIDENTS(residents_by_pinyin, "zhang", "wangxiu", "li", "chenjianguo")
FIND_RESIDENTS(residents_by_phone, "1234", "0007", "99887", "4321")
FIND_RESIDENTS(residents_by_place, "3-502", "12栋", "502", "7栋1001")
FIND_RESIDENTS(residents_all, "")

static void resident_page(struct bench *b)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(loan_list_finish) struct loan_list open = { 0 };
	CLEANUP(loan_list_finish) struct loan_list history = { 0 };
	CLEANUP(hold_list_finish) struct hold_list holds = { 0 };
	struct message *messages = NULL;
	struct resident resident;
	struct standing standing;
	struct points points;
	int64_t id = any_resident(b);

	CHECK(resident_get(b->db, id, &resident, &b->err));
	CHECK(resident_person(b->db, id, &person, &b->err));
	CHECK(loans_of_resident(b->db, id, &open, &b->err));
	CHECK(loans_history_of_resident(b->db, id, NULL, PAGE, &history, &b->err));
	CHECK(holds_of_resident(b->db, id, SCALE_NOW, &holds, &b->err));
	CHECK(standing_at(b->db, id, resident.category, SCALE_NOW, &standing, &b->err));
	CHECK(points_balance(b->db, id, &points, &b->err));
	int count = message_unread(b->db, id, &messages, &b->err);
	CHECK(count);
	messages_finish(messages, count);
}

/* Page after page for somebody who borrows often. */
static void resident_history(struct bench *b)
{
	static struct loan_list page;
	static int64_t id;
	struct loan_list next = { 0 };
	const struct loan *after = page.count == PAGE ? &page.rows[PAGE - 1] : NULL;

	if (!after)
		id = scale_resident(1 + any(b, 20));
	CHECK(loans_history_of_resident(b->db, id, after, PAGE, &next, &b->err));
	loan_list_finish(&page);
	page = next;
}

/* ---- things ---- */

static void find_items(struct bench *b, struct item_filter filter)
{
	static struct item_list page;
	static struct item_filter asked;
	struct item_list next = { 0 };

	if (page.count == PAGE && any(b, 2)) {
		filter = asked;
		filter.after = &page.rows[PAGE - 1];
	}
	filter.limit = PAGE;
	CHECK(item_find(b->db, &filter, &next, &b->err));
	filter.after = NULL;
	asked = filter;
	item_list_finish(&page);
	page = next;
}

static void find_titles(struct bench *b, struct title_filter filter)
{
	static struct title_list page;
	static struct title_filter asked;
	struct title_list next = { 0 };

	if (page.count == PAGE && any(b, 2)) {
		filter = asked;
		filter.after = &page.rows[PAGE - 1];
	}
	filter.limit = PAGE;
	CHECK(title_find(b->db, &filter, &next, &b->err));
	filter.after = NULL;
	asked = filter;
	title_list_finish(&page);
	page = next;
}

static const char *const letters[] = { "d", "dz", "cjz", "zst", "w", "lunyi", "xyz" };
static const char *const words[] = { "电钻", "三体", "故事第12", "没有的", "第" };

static void items_by_letters(struct bench *b)
{
	find_items(b, (struct item_filter){ .words = letters[any(b, ARRAY_LEN(letters))] });
}

static void items_by_words(struct bench *b)
{
	find_items(b, (struct item_filter){ .words = words[any(b, ARRAY_LEN(words))] });
}

static void items_by_number(struct bench *b)
{
	CLEANUP(mem_free) char *number = mem_printf("%d", 1 + any(b, b->size.items));
	CLEANUP(item_list_finish) struct item_list list = { 0 };
	struct item_filter filter = { .words = number, .limit = PAGE };

	CHECK(item_find(b->db, &filter, &list, &b->err));
}

static int64_t any_category(struct bench *b)
{
	static const char *const codes[] = { "tool", "power-tool", "book", "care" };
	struct category category = { 0 };

	CHECK(category_by_code(b->db, codes[any(b, ARRAY_LEN(codes))], &category, &b->err));
	int64_t id = category.id;
	category_finish(&category);
	return id;
}

static void items_by_category(struct bench *b)
{
	find_items(b, (struct item_filter){ .category = any_category(b) });
}

static void items_by_shelf(struct bench *b)
{
	find_items(b, (struct item_filter){ .zone = "共享书屋", .shelf = "B-3" });
}

static void items_of_title(struct bench *b)
{
	find_items(b, (struct item_filter){ .title = scale_title(1 + any(b, b->size.titles)) });
}

static void items_out(struct bench *b)
{
	find_items(b, (struct item_filter){ .where = any(b, 2) ? ITEM_OUT : ITEM_ON_SHELF });
}

static void items_out_by_words(struct bench *b)
{
	find_items(b, (struct item_filter){ .words = words[any(b, ARRAY_LEN(words))],
			      .where = ITEM_OUT,
			      .category = any_category(b) });
}

static void items_all(struct bench *b)
{
	find_items(b, (struct item_filter){ 0 });
}

static void titles_by_letters(struct bench *b)
{
	find_titles(b, (struct title_filter){ .words = letters[any(b, ARRAY_LEN(letters))] });
}

static void titles_by_words(struct bench *b)
{
	find_titles(b, (struct title_filter){ .words = words[any(b, ARRAY_LEN(words))] });
}

static void titles_by_category(struct bench *b)
{
	find_titles(b, (struct title_filter){ .category = any_category(b) });
}

static void item_page(struct bench *b)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(loan_list_finish) struct loan_list history = { 0 };
	CLEANUP(hold_list_finish) struct hold_list holds = { 0 };
	CLEANUP(item_list_finish) struct item_list inside = { 0 };
	CLEANUP(title_part_list_finish) struct title_part_list parts = { 0 };
	int64_t id = any_item(b);

	CHECK(item_get(b->db, id, &item, &b->err));
	CHECK(loans_history_of_item(b->db, id, NULL, PAGE, &history, &b->err));
	CHECK(holds_of_title(b->db, item.title, SCALE_NOW, &holds, &b->err));
	CHECK(title_parts(b->db, item.title, &parts, &b->err));
	CHECK(items_in_kit(b->db, id, &inside, &b->err));
}

static void item_history(struct bench *b)
{
	static struct loan_list page;
	static int64_t id;
	struct loan_list next = { 0 };
	const struct loan *after = page.count == PAGE ? &page.rows[PAGE - 1] : NULL;

	if (!after)
		id = any_item(b);
	CHECK(loans_history_of_item(b->db, id, after, PAGE, &next, &b->err));
	loan_list_finish(&page);
	page = next;
}

/* ---- the counter ---- */

static void overdue(struct bench *b)
{
	CLEANUP(loan_list_finish) struct loan_list list = { 0 };

	CHECK(loans_due(b->db, SCALE_NOW, NULL, PAGE, &list, &b->err));
}

static void due(struct bench *b)
{
	CLEANUP(loan_list_finish) struct loan_list list = { 0 };

	CHECK(loans_due(b->db, INT64_MAX, NULL, PAGE, &list, &b->err));
}

static void visit(struct bench *b)
{
	CLEANUP(loan_list_finish) struct loan_list list = { 0 };

	CHECK(loans_of_visit(b->db, 1 + any(b, b->size.loans / 3), &list, &b->err));
}

static void lending_check(struct bench *b)
{
	const struct act act = { .role = ROLE_RESIDENT };
	struct loan_request request = { .item = any_item(b), .resident = any_resident(b) };
	struct loan_terms terms;
	int r = loan_check(b->db, &act, &request, SCALE_NOW, &terms, &b->err);

	if (r != ERR_REFUSED)
		CHECK(r);
}

static void board(struct bench *b)
{
	struct board board = { 0 };

	CHECK(board_get(b->db, SCALE_NOW, &board, &b->err));
	board_finish(&board);
}

static void pick_up_shelf(struct bench *b)
{
	CLEANUP(hold_list_finish) struct hold_list list = { 0 };

	CHECK(holds_on_shelf(b->db, SCALE_NOW, &list, &b->err));
}

static void queues(struct bench *b)
{
	CLEANUP(hold_list_finish) struct hold_list list = { 0 };

	CHECK(holds_standing(b->db, SCALE_NOW, &list, &b->err));
}

static void to_look_at(struct bench *b)
{
	CLEANUP(item_list_finish) struct item_list list = { 0 };

	CHECK(items_to_look_at(b->db, 0, PAGE, &list, &b->err));
}

static const struct {
	const char *name;
	void (*run)(struct bench *);
} queries[] = {
	{ "card", card },
	{ "residents_by_name", residents_by_name },
	{ "residents_by_initials", residents_by_initials },
	{ "residents_by_pinyin", residents_by_pinyin },
	{ "residents_by_phone", residents_by_phone },
	{ "residents_by_place", residents_by_place },
	{ "residents_all", residents_all },
	{ "resident_page", resident_page },
	{ "resident_history", resident_history },
	{ "items_by_letters", items_by_letters },
	{ "items_by_words", items_by_words },
	{ "items_by_number", items_by_number },
	{ "items_by_category", items_by_category },
	{ "items_by_shelf", items_by_shelf },
	{ "items_of_title", items_of_title },
	{ "items_out", items_out },
	{ "items_out_by_words", items_out_by_words },
	{ "items_all", items_all },
	{ "item_page", item_page },
	{ "item_history", item_history },
	{ "titles_by_letters", titles_by_letters },
	{ "titles_by_words", titles_by_words },
	{ "titles_by_category", titles_by_category },
	{ "overdue", overdue },
	{ "due", due },
	{ "visit", visit },
	{ "lending_check", lending_check },
	{ "board", board },
	{ "pick_up_shelf", pick_up_shelf },
	{ "queues", queues },
	{ "to_look_at", to_look_at },
};

/* ---- figures ---- */

static int compare_times(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int compare_counts(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void print_figure(const char *name, const char *which, double ms)
{
	printf("%s_%s\t%.3f\tms\t%.0f ms\t%.3f\n", name, which, ms, BOUND_MS, ms / BOUND_MS);
	fflush(stdout);
}

static void measure(struct bench *b, const char *name, void (*run)(struct bench *))
{
	double times[ROUNDS], work[ROUNDS];

	for (int i = -WARM; i < ROUNDS; i++) {
		double start = time_ms(CLOCK_MONOTONIC);
		double work_start = time_ms(CLOCK_PROCESS_CPUTIME_ID);
		run(b);
		if (i < 0)
			continue;
		work[i] = time_ms(CLOCK_PROCESS_CPUTIME_ID) - work_start;
		times[i] = time_ms(CLOCK_MONOTONIC) - start;
	}
	qsort(times, ROUNDS, sizeof(*times), compare_times);
	qsort(work, ROUNDS, sizeof(*work), compare_times);
	print_figure(name, "p50", times[ROUNDS / 2]);
	print_figure(name, "p99", times[ROUNDS * 99 / 100]);
	print_figure(name, "cpu_p99", work[ROUNDS * 99 / 100]);
}

static void print_seconds(const char *name, double ms)
{
	printf("%s\t%.2f\ts\t%.0f s\t%.3f\n", name, ms / 1e3, LINES_BOUND, ms / 1e3 / LINES_BOUND);
	fflush(stdout);
}

/* ---- pages written ---- */

#define ACTS         300
#define FRAMES_BOUND 14
#define WAL_FRAME    (24 + 4096)

static int64_t wal_size(const char *path)
{
	CLEANUP(mem_free) char *wal = mem_printf("%s-wal", path);
	struct stat st;

	return stat(wal, &st) == 0 ? (int64_t)st.st_size : 0;
}

static void print_frames(const char *name, int64_t *frames)
{
	int64_t sum = 0;

	for (int i = 0; i < ACTS; i++)
		sum += frames[i];
	qsort(frames, ACTS, sizeof(*frames), compare_counts);
	printf("%s_frames_p50\t%lld\tpages\t%d\t%.3f\n", name, (long long)frames[ACTS / 2],
		FRAMES_BOUND, (double)frames[ACTS / 2] / FRAMES_BOUND);
	printf("%s_frames_mean\t%.2f\tpages\t%d\t%.3f\n", name, (double)sum / ACTS, FRAMES_BOUND,
		(double)sum / ACTS / FRAMES_BOUND);
}

/* Somebody who may borrow an item that is on the shelf. */
static void lend_one(struct bench *b, int64_t *ret_loan)
{
	const struct act act = { .role = ROLE_RESIDENT };
	int r;

	do {
		const struct loan_request request = { .item = any_item(b),
			.resident = any_resident(b) };
		b->err = (struct err){ 0 };
		r = loan_open(b->db, &act, &request, ret_loan, &b->err);
		if (r != ERR_REFUSED)
			CHECK(r);
	} while (r < 0);
}

/* The WAL starts empty and stays too short to be checkpointed meanwhile, so it grows by what is
 * appended. */
static void measure_frames(struct bench *b, const char *path)
{
	const struct act act = { .role = ROLE_RESIDENT };
	int64_t loans[ACTS], lent[ACTS], back[ACTS], before;

	CHECK(db_checkpoint(b->db, true, &b->err));
	for (int i = 0; i < ACTS; i++) {
		before = wal_size(path);
		lend_one(b, &loans[i]);
		lent[i] = (wal_size(path) - before) / WAL_FRAME;
	}
	CHECK(db_checkpoint(b->db, true, &b->err));
	for (int i = 0; i < ACTS; i++) {
		before = wal_size(path);
		CHECK(loan_return(b->db, &act, loans[i], 0, &b->err));
		back[i] = (wal_size(path) - before) / WAL_FRAME;
	}
	print_frames("lend", lent);
	print_frames("return", back);
}

/* ---- tables ---- */

static void write_people(const char *path)
{
	FILE *file = fopen(path, "w");

	fputs("编号,姓名,电话,楼栋,房号,备注\n", file);
	for (int i = 0; i < LINES; i++)
		fprintf(file, "%d,张三%d,１３8%08d,%d栋,%d,\"耳背, 请大声\"\n", i + 1, i, i,
			i / 100 + 1, i % 100 + 101);
	fclose(file);
}

static void write_things(const char *path)
{
	FILE *file = fopen(path, "w");

	fputs("编号,名称,类别,架位,价值（元）\n", file);
	for (int i = 0; i < LINES; i++)
		fprintf(file, "%d,十万个为什么第%d卷,book,A-%d,12.50\n", i + 1, i / 3, i % 50);
	fclose(file);
}

/* Every third item was lent ten times: a hundred thousand loans in all. */
static void write_past(const char *path)
{
	FILE *file = fopen(path, "w");

	fputs("单件编号,居民编号,借出时间,应还时间,归还时间\n", file);
	for (int i = 0; i < LINES; i++)
		fprintf(file, "%d,%d,2025-%d-1 10:00,2025/%d/8,2025年%d月%d日\n",
			i % (LINES / 10) + 1, i % 997 + 1, i / (LINES / 10) + 1,
			i / (LINES / 10) + 1, i / (LINES / 10) + 1, 2 + i % 20);
	fclose(file);
}

static void measure_table(struct bench *b, const char *name, enum exchange_kind kind,
	const char *path, void (*write_table)(const char *))
{
	CLEANUP(import_report_finish) struct import_report report = { 0 };
	CLEANUP(mem_free) char *in = mem_printf("import_%s", name);
	CLEANUP(mem_free) char *in_work = mem_printf("import_%s_cpu", name);
	CLEANUP(mem_free) char *out = mem_printf("export_%s", name);
	const struct act act = { .role = ROLE_COORDINATOR, .why = "bench" };
	const struct import import = {
		.kind = kind, .path = path, .category = "resident", .consent_version = "1"
	};
	const struct export export = { .kind = kind, .path = path, .separator = ',' };
	int rows;

	write_table(path);
	double work_start = time_ms(CLOCK_PROCESS_CPUTIME_ID);
	double start = time_ms(CLOCK_MONOTONIC);
	CHECK(import_table(b->db, &act, &import, &report, &b->err));
	print_seconds(in, time_ms(CLOCK_MONOTONIC) - start);
	print_seconds(in_work, time_ms(CLOCK_PROCESS_CPUTIME_ID) - work_start);
	start = time_ms(CLOCK_MONOTONIC);
	CHECK(export_table(b->db, &act, &export, &rows, &b->err));
	print_seconds(out, time_ms(CLOCK_MONOTONIC) - start);
}

static void measure_tables(struct bench *b, const char *dir)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/empty.db", dir);
	CLEANUP(mem_free) char *table = mem_printf("%s/table.csv", dir);
	const struct act act = { .role = ROLE_ADMIN };
	const struct category_draft book = { .code = "book", .name = "图书" };
	int64_t id;

	CHECK(db_create(path, 4, "Asia/Shanghai", &b->clock, &b->db, &b->err));
	CHECK(resident_category_add(b->db, &act, "resident", "居民", &id, &b->err));
	CHECK(category_add(b->db, &act, &book, &id, &b->err));
	measure_table(b, "residents", EXCHANGE_RESIDENTS, table, write_people);
	measure_table(b, "items", EXCHANGE_ITEMS, table, write_things);
	measure_table(b, "loans", EXCHANGE_LOANS, table, write_past);
	db_close(b->db);
}

/* ---- */

static void make(struct bench *b, const char *path)
{
	struct stat st;

	if (access(path, F_OK) == 0)
		return;
	double start = time_ms(CLOCK_MONOTONIC);
	scale_make(path, &b->size);
	fprintf(stderr, "made in %.0f s", (time_ms(CLOCK_MONOTONIC) - start) / 1e3);
	if (stat(path, &st) == 0)
		fprintf(stderr, ", %.0f MB", (double)st.st_size / 1e6);
	fputs("\n", stderr);
}

static void measure_queries(struct bench *b, const char *path, const char *only)
{
	make(b, path);
	CHECK(db_open(path, DB_OPEN, &b->clock, &b->db, &b->err));
	for (size_t i = 0; i < ARRAY_LEN(queries); i++)
		if (strncmp(queries[i].name, only, strlen(only)) == 0)
			measure(b, queries[i].name, queries[i].run);
	if (!*only || strcmp(only, "frames") == 0)
		measure_frames(b, path);
	db_close(b->db);
}

int main(int argc, char **argv)
{
	int percent = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 100;
	const char *only = argc > 2 ? argv[2] : "";
	bool is_tables = strcmp(only, "tables") == 0;
	char dir[] = "bench-scale-XXXXXX";
	struct bench b = {
		.clock = clock_set(SCALE_NOW), .size = scale_part(percent), .random = 1
	};

	if (percent < 1 || percent > 100 || !setlocale(LC_ALL, "C.UTF-8") || sodium_init() < 0 ||
		!mkdtemp(dir))
		return 1;
	CLEANUP(mem_free) char *path = mem_printf("%s/scale.db", dir);
	if (!is_tables)
		measure_queries(&b, argc > 3 ? argv[3] : path, only);
	if (!*only || is_tables)
		measure_tables(&b, dir);
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", dir);
	return system(command) == 0 ? 0 : 1;
}

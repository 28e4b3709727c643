/* Tables that are exported come back unchanged. */
#include <sys/stat.h>

#include "core/audit/verify.h"
#include "core/base/reason_name.h"
#include "core/base/reasons.h"
#include "core/exchange/table_read.h"
#include "core/items/catalogue/kit.h"
#include "core/items/catalogue/owner.h"
#include "core/items/catalogue/stock.h"
#include "core/items/catalogue/title_parts.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/upkeep/item_status.h"
#include "core/people/resident_acts.h"
#include "core/points/opening.h"
#include "core/store/role_reasons.h"
#include "tests/core/traffic.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

#define PEOPLE 40
#define TITLES 30
#define ITEMS  60
#define LOANS  120

static const char *const kind_names[EXCHANGE_COUNT] = { "residents", "titles", "items", "loans",
	"points" };

/* ---- a venue of which nobody knows what is in it ---- */

/* Texts that make trouble in tables. */
static const char *const pieces[] = { "张", "三", "欧阳", "é", "𠮷", "\"", "'", "=", "+", "-", "@",
	",", ";", "，", "；", "/", "1", "０", " ", "a", "’", "#", "是" };

/* Not empty, without spaces at its ends. The caller's. */
static char *any_text(int max)
{
	CLEANUP(mem_free) char *text = mem_text("");

	for (int i = 1 + rand() % max; i > 0; i--) {
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s", before, pieces[(size_t)rand() % ARRAY_LEN(pieces)]);
	}
	return mem_printf("x%sx", text);
}

static bool chance(int percent)
{
	return rand() % 100 < percent;
}

static int64_t any_past(struct shop *s)
{
	return s->clock.set_wall - 1 - rand() % (3 * 365 * 24 * 3600);
}

static void add_person(struct shop *s, int number, int64_t *ids)
{
	CLEANUP(mem_free) char *name = any_text(5);
	CLEANUP(mem_free) char *note = chance(50) ? any_text(20) : NULL;
	/* An import converts full-width forms in places, so they would come back narrow. */
	CLEANUP(mem_free) char *building = chance(70) ? mem_printf("%d栋=", rand() % 9) : NULL;
	CLEANUP(mem_free) char *room = mem_printf("%d", 100 + rand() % 400);
	CLEANUP(mem_free)
	char *phone = mem_printf("%s1380000%04d", chance(10) ? "+44" : "", number);
	const struct resident_new draft = { .name = name,
		.note = note,
		.alias = chance(30) ? "祯叔" : NULL,
		.phone = chance(80) ? phone : NULL,
		.building = building,
		.room = building ? room : NULL,
		.category = chance(20) ? "volunteer" : "resident",
		.wall_name = (enum wall_name)(rand() % WALL_COUNT),
		.guardian = number > 1 && chance(20) ? ids[rand() % (number - 1)] : 0,
		.consent_version = "2026-1",
		.number = number * 3 };
	struct act act = by_importer;
	struct resident_edit edit = RESIDENT_EDIT_INIT;

	act.occurred_at = chance(60) ? any_past(s) : 0;
	act.is_override = true;
	assert_ok(resident_add(s->db, &act, &draft, &ids[number - 1], &s->err), &s->err);
	int64_t transfer;
	if (number == 1 || chance(50))
		assert_ok(opening_post(s->db, &by_coordinator, ids[number - 1],
				  POINTS(1 + rand() % 500), &transfer, &s->err),
			&s->err);
	edit.pinyin = "xiu";
	edit.initials = "x";
	if (chance(20))
		assert_ok(resident_edit(s->db, &by_importer, ids[number - 1], &edit, &s->err),
			&s->err);
}

static void add_title(struct shop *s, int i, int64_t *ids)
{
	CLEANUP(mem_free) char *name = any_text(6);
	CLEANUP(mem_free) char *unlike = mem_printf("%s%d", name, i);
	CLEANUP(mem_free) char *safety = chance(30) ? any_text(20) : NULL;
	CLEANUP(mem_free) char *part = any_text(6);
	const char *const parts[] = { part, "充电器", "说明；书" };
	const struct title_draft draft = { .name = unlike,
		.category = chance(50) ? s->power_tool : s->book,
		.isbn = chance(30) ? INT64_C(9787536692930) : 0,
		.safety = safety,
		.terms = { .value_points = rand() % 100,
			.value_fen = chance(50) ? rand() % 100000 : 0,
			.deposit = chance(20) ? 50 : 0,
			.short_days = chance(20) ? 3 : 0,
			.needs_approval = chance(20),
			.is_onsite = chance(20),
			.is_consumable = chance(20) } };
	struct title_draft own = draft;

	if (i > 0) /* an ISBN belongs to one title */
		own.isbn = 0;
	assert_ok(title_add(s->db, &by_volunteer, &own, &ids[i], &s->err), &s->err);
	if (chance(30))
		assert_ok(title_set_parts(
				  s->db, &by_volunteer, ids[i], parts, 1 + rand() % 3, &s->err),
			&s->err);
	if (own.terms.is_consumable)
		assert_ok(stock_add(s->db, &by_volunteer, ids[i], 1 + rand() % 50, NULL, &s->err),
			&s->err);
}

static void add_item(struct shop *s, int i, const int64_t *titles, int64_t *ids)
{
	CLEANUP(mem_free) char *zone = chance(50) ? any_text(3) : NULL;
	struct item_draft draft = { .title = titles[rand() % TITLES],
		.shelf = chance(60) ? "A-3" : NULL,
		.zone = zone,
		.source = (enum item_source)(rand() % ITEM_SOURCE_COUNT),
		.project = chance(20) ? "福彩公益金" : NULL,
		.cost_fen = chance(40) ? rand() % 100000 : 0,
		.expires_on = chance(20) ? "2027-03-31" : NULL,
		.inspected_until_on = chance(20) ? "2026-12-31" : NULL };
	struct act act = by_importer;

	act.occurred_at = chance(60) ? any_past(s) : 0;
	assert_ok(item_add(s->db, &act, &draft, &ids[i], &s->err), &s->err);
}

static void furnish_item(struct shop *s, int i, const int64_t *people, const int64_t *ids)
{
	struct owner owners[2] = { { people[0], 1 + rand() % 3 }, { people[1], 1 } };
	struct act act = by_importer;

	if (chance(20))
		assert_ok(owners_set(s->db, &by_importer, ids[i], owners, 1 + rand() % 2, &s->err),
			&s->err);
	if (i % 10 == 5 && chance(50))
		assert_ok(kit_add(s->db, &by_importer, ids[i / 10 * 10], ids[i], &s->err), &s->err);
	act.why = "断了, \"修\"";
	if (i % 10 == 7)
		assert_ok(item_set_status(
				  s->db, &act, ids[i], (enum item_status)(1 + rand() % 3), &s->err),
			&s->err);
}

/* Refusals are allowed here, and some happen. */
static void lend(struct shop *s, const int64_t *people, const int64_t *items)
{
	int64_t lent_at = any_past(s);
	struct act act = by_importer;
	int64_t item = items[rand() % ITEMS / 10 * 10 + 1 + rand() % 4], id; /* no kits */
	struct loan_request request = { .item = item, .resident = people[rand() % PEOPLE] };
	struct err ignored = { 0 };

	if (lent_at < s->clock.set_wall - 2 * 24 * 3600)
		act.occurred_at = lent_at;
	act.is_override = true;
	if (loan_open(s->db, &act, &request, &id, &ignored) < 0)
		return;
	if (act.occurred_at)
		act.occurred_at += rand() % (2 * 24 * 3600);
	if (chance(90))
		assert_ok(loan_return(s->db, &act, id, 0, &s->err), &s->err);
}

static void furnish(struct shop *s)
{
	int64_t people[PEOPLE], titles[TITLES], items[ITEMS];

	for (int i = 1; i <= PEOPLE; i++)
		add_person(s, i, people);
	for (int i = 0; i < TITLES; i++)
		add_title(s, i, titles);
	for (int i = 0; i < ITEMS; i++)
		add_item(s, i, titles, items);
	for (int i = 0; i < ITEMS; i++)
		furnish_item(s, i, people, items);
	for (int i = 0; i < LOANS; i++)
		lend(s, people, items);
}

/* ---- out and in again ---- */

static char *file_text(const char *path, size_t *ret_size)
{
	FILE *file = fopen(path, "r");
	struct stat st;

	assert_non_null(file);
	assert_int_equal(fstat(fileno(file), &st), 0);
	char *text = mem_alloc((size_t)st.st_size + 1);
	assert_int_equal(fread(text, 1, (size_t)st.st_size, file), st.st_size);
	fclose(file);
	*ret_size = (size_t)st.st_size;
	return text;
}

static void take_out(struct shop *s, struct export *what, char path[32])
{
	int rows = -1;

	temporary_path(path);
	what->path = path;
	assert_ok(export_table(s->db, &by_importer, what, &rows, &s->err), &s->err);
	assert_true(rows > 0);
}

static void assert_replays(struct shop *s)
{
	char dir[] = "/tmp/jiaplus-export-XXXXXX";
	struct verify_report report = { 0 };

	assert_non_null(mkdtemp(dir));
	assert_ok(verify_run(s->db, true, dir, &report, &s->err), &s->err);
	assert_int_equal(rmdir(dir), 0);
	assert_true(report.is_replayed);
	assert_string_equal(report.difference.table, "");
}

static void show_faults(const struct attempt *a, const char *name)
{
	for (int i = 0; i < a->report.fault_count; i++)
		print_error("%s:%d:%d %s %s\n", name, a->report.faults[i].line,
			a->report.faults[i].column, reason_name(a->report.faults[i].reason.code),
			a->report.faults[i].reason.text);
}

/* Imports into an empty venue, exports, and imports a second time. */
static void move_house(struct shop *old, const struct export *how)
{
	void *state;
	shop_setup(&state);
	struct shop *new = state;

	for (int kind = 0; kind < EXCHANGE_COUNT; kind++) {
		struct export what = *how;
		char first[32], second[32];
		size_t first_size, second_size;
		what.kind = (enum exchange_kind)kind;
		take_out(old, &what, first);
		CLEANUP(attempt_finish)
		struct attempt a = bring_file(new, (enum exchange_kind)kind, first);
		show_faults(&a, kind_names[kind]);
		assert_ok(a.result, &a.err);
		assert_int_equal(a.report.count[IMPORT_ADDED], a.report.rows);
		assert_string_equal(a.report.unknown_columns, "");
		take_out(new, &what, second);
		CLEANUP(mem_free) char *before = file_text(first, &first_size);
		CLEANUP(mem_free) char *after = file_text(second, &second_size);
		if (first_size != second_size || memcmp(before, after, first_size) != 0)
			fail_msg("%s: %s and %s differ", kind_names[kind], first, second);
		CLEANUP(attempt_finish)
		struct attempt b = bring_file(new, (enum exchange_kind)kind, second);
		show_faults(&b, kind_names[kind]);
		assert_ok(b.result, &b.err);
		assert_int_equal(b.report.count[IMPORT_SAME], b.report.rows);
		unlink(first);
		unlink(second);
	}
	assert_replays(new);
	shop_teardown(&state);
}

TEST(what_goes_out_comes_in_again_as_it_was, shop)
{
	static const struct export ways[] = {
		{ .encoding = TABLE_UTF8, .separator = ',' },
		{ .encoding = TABLE_GB18030, .separator = '\t', .is_english = true },
		{ .encoding = TABLE_UTF16, .separator = ';' },
	};
	struct shop *s = *state;

	srand((unsigned)chance_seed());
	furnish(s);
	for (size_t i = 0; i < ARRAY_LEN(ways); i++)
		move_house(s, &ways[i]);
}

/* ---- the file ---- */

TEST(a_file_opens_in_spreadsheets_and_is_its_owners_alone, shop)
{
	struct shop *s = *state;
	struct export what = { .kind = EXCHANGE_RESIDENTS, .separator = ',' };
	char path[32];
	struct stat st;
	size_t size;

	shop_resident(s);
	take_out(s, &what, path);
	CLEANUP(mem_free) char *text = file_text(path, &size);
	assert_memory_equal(text, "\xEF\xBB\xBF编号,姓名,", 3 + strlen("编号,姓名,"));
	assert_non_null(strstr(text, "\r\n1,何A,"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	unlink(path);
}

TEST(nothing_that_goes_out_is_a_formula, shop)
{
	static const char *const names[] = { "=1+1", "+8", "-2", "@SUM(A1)", "'=1" };
	struct shop *s = *state;
	struct export what = { .kind = EXCHANGE_RESIDENTS, .separator = ',' };
	struct table *table = NULL;
	char path[32];

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct resident_new draft = {
			.name = names[i], .category = "resident", .consent_version = "1"
		};
		int64_t id;
		assert_ok(resident_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	}
	take_out(s, &what, path);
	assert_ok(table_open(path, NULL, &table, &s->err), &s->err);
	for (int row = 1; row < table_rows(table); row++)
		for (int i = 0; i < table_columns(table, row); i++)
			assert_null(*table_cell(table, row, i)
					    ? strchr("=+-@", *table_cell(table, row, i))
					    : NULL);
	assert_string_equal(table_cell(table, 5, 1), "''=1");
	table_close(table);
	unlink(path);
}

TEST(names_go_out_to_coordinators_alone_and_on_the_record, shop)
{
	struct shop *s = *state;
	struct export what = {
		.kind = EXCHANGE_RESIDENTS, .separator = ',', .path = "/nowhere/residents.csv"
	};
	int rows;

	shop_resident(s);
	assert_refused(
		export_table(s->db, &by_volunteer, &what, &rows, &s->err), &s->err, ROLE_NEEDED);
	what.kind = EXCHANGE_LOANS;
	assert_refused(
		export_table(s->db, &by_volunteer, &what, &rows, &s->err), &s->err, ROLE_NEEDED);
	what.kind = EXCHANGE_ITEMS;
	assert_refused(
		export_table(s->db, &by_resident, &what, &rows, &s->err), &s->err, ROLE_NEEDED);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM journal WHERE kind = 'export'"), 0);
	what.kind = EXCHANGE_RESIDENTS;
	assert_int_equal(export_table(s->db, &by_importer, &what, &rows, &s->err), ERR_STORAGE);
	assert_true(err_has(&s->err, REASON_FILE_UNWRITABLE));
	assert_int_equal(shop_count(s, "SELECT count(*) FROM journal WHERE kind = 'export'"), 1);
	assert_replays(s);
}

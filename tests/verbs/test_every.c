/* Whatever kind of act has happened, everything that reads it can do so: every kind is done once
 * (tests/walk), then every sheet is drawn of every row that it can be drawn of, and every verb that
 * lists or prints is run. */
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/store/kind.h"
#include "core/words_points.h"
#include "tests/verbs/run.h"
#include "tests/walk/sheets.h"
#include "tests/walk/walk.h"
#include "tui/verbs/verb.h"

struct every {
	char *dir, *pin;
	struct clock clock;
	struct db *db; /* to read alone */
	struct err err;
};

static int every_set_up(void **state)
{
	struct every *e = mem_alloc(sizeof(*e));

	e->dir = scratch_make();
	e->pin = mem_printf("%s/pin", e->dir);
	walk_every_act(e->dir);
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", e->dir);
	e->clock = clock_set(1610240400); /* 2021-01-10T09:00+08:00: when the walk ends */
	assert_ok(db_open(path, DB_OPEN, &e->clock, &e->db, &e->err), &e->err);
	*state = e;
	return 0;
}

static int every_tear_down(void **state)
{
	struct every *e = *state;

	db_close(e->db);
	scratch_remove(e->dir);
	free(e->dir);
	free(e->pin);
	free(e);
	return 0;
}

TEST_FILE(.setup = every_set_up, .teardown = every_tear_down)

TEST(every_kind_of_act_is_done, none)
{
	struct every *e = *state;

	for (int i = 0; i < ACT_KIND_COUNT; i++) {
		int64_t rows = 0;
		assert_ok(
			db_integer(e->db, "SELECT count(*) FROM journal WHERE kind = :kind",
				FIELDS(F_TEXT("kind", act_kind_table[i].name)), 0, &rows, &e->err),
			&e->err);
		if (rows == 0)
			fail_msg("tests/walk does no %s", act_kind_table[i].name);
	}
}

/* ---- sheets ---- */

static void draw_all(struct every *e, const struct walk_sheet *sheet)
{
	static const struct letterhead head = { .language = "en" };
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r, rows = 0;

	assert_ok(query_open(&q, e->db, sheet->rows, NO_FIELDS, &e->err), &e->err);
	while ((r = query_next(&q, &e->err)) > 0) {
		CLEANUP(sheet_destroyp) struct sheet *drawn = NULL;
		int64_t id = query_int(&q, "id");
		if (sheet->draw(e->db, &head, id, &drawn, &e->err) < 0)
			fail_msg("%s of %lld: %s %s", sheet->builder, (long long)id,
				reason_name(e->err.reasons[0].code), e->err.detail);
		rows++;
	}
	assert_ok(r, &e->err);
	if (rows == 0)
		fail_msg("tests/walk leaves nothing for %s", sheet->builder);
}

TEST(every_sheet_is_drawn_of_every_row, none)
{
	for (const struct walk_sheet *sheet = walk_sheets; sheet->builder; sheet++)
		draw_all(*state, sheet);
}

/* A new one belongs in walk_sheets, or nobody tries it. */
TEST(every_builder_of_a_sheet_is_tried, none)
{
	CLEANUP(mem_free)
	char *pattern = mem_printf("%s/core/*/*.h", getenv("JIAPLUS_SOURCE"));
	glob_t headers;

	assert_int_equal(glob(pattern, 0, NULL, &headers), 0);
	for (size_t i = 0; i < headers.gl_pathc; i++) {
		CLEANUP(mem_free) char *text = read_file(headers.gl_pathv[i]);
		char *rest = text;
		for (char *line; (line = strsep(&rest, "\n"));) {
			size_t len = strcspn(line, "(");
			bool is_known = false;
			if (strncmp(line, "int ", 4) != 0 || !memmem(line, len, "_build", 6))
				continue;
			for (const struct walk_sheet *s = walk_sheets; s->builder; s++)
				is_known |= strlen(s->builder) == len - 4 &&
					    strncmp(line + 4, s->builder, len - 4) == 0;
			if (!is_known)
				fail_msg("nobody tries %.*s", (int)len, line);
		}
	}
	globfree(&headers);
}

TEST(every_kind_of_transfer_has_words, none)
{
	struct every *e = *state;
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	assert_ok(query_open(&q, e->db, "SELECT DISTINCT kind FROM transfer", NO_FIELDS, &e->err),
		&e->err);
	while ((r = query_next(&q, &e->err)) > 0) {
		const char *kind = query_text0(&q, "kind");
		if (words_transfer_kind(kind) == kind)
			fail_msg("no words for a transfer of kind %s", kind);
	}
	assert_ok(r, &e->err);
}

/* ---- verbs ---- */

/* What the verbs that list or print are asked for: words, or a query that gives them. */
static const struct call_row {
	const char *verb, *operands;
	int code; /* what it answers */
} calls[] = {
	/* Nothing that has ended needs a slip any more. */
	{ "booking slip", "SELECT max(number) AS words FROM booking", 1 },
	{ "duty certify",
		"SELECT resident.number || ' 2020-11-01 2020-11-30' AS words FROM service_record"
		" JOIN resident ON resident.id = service_record.resident" },
	{ "duty people", "13", 1 }, /* a shift is named by its code, which no query knows */
	{ "duty print", "2020-W48" },
	{ "duty print-day", "2020-11-24" },
	{ "duty print-month", "2020-11" },
	{ "duty record", "SELECT number AS words FROM service_record" },
	{ "duty show", "2020-W48" },
	{ "duty slip", "13", 1 }, /* nor do shifts */
	{ "guide show", "book" },
	{ "item show", "1" },
	{ "merchant show", "1" },
	{ "message list", "2" },
	{ "points balance", "14" },
	{ "points certificate", "SELECT resident.number || ' --year 2020' AS words FROM certificate"
				" JOIN resident ON resident.id = certificate.resident" },
	{ "points certified", "SELECT number AS words FROM certificate" },
	{ "points statement", "14" },
	{ "print card", "1" },
	{ "print guide", "book" },
	{ "print honours", "2020-11" },
	{ "print labels", "1" },
	{ "print merchant", "1 --settlement 2" },
	{ "print receipt", "SELECT number AS words FROM loan LIMIT 1" },
	{ "print reward", "SELECT number AS words FROM redemption LIMIT 1" },
	{ "print slip", "2020-11-22" },
	{ "print statement", "14" },
	{ "resident hand-over", "1" },
	{ "resident show", "1" },
	{ "staff card", "luo" },
	{ "stock list", "SELECT '''' || name || '''' AS words FROM title WHERE is_consumable = 1" },
	{ "venue report", "2020-11" },
	{ "venue show", "1" },
	{ "venue times", "3" },
	{ "venue week", "1" },
};

static const struct call_row *row_of(const char *verb)
{
	static const struct call_row without = { NULL, "", 0 };

	for (size_t i = 0; i < ARRAY_LEN(calls); i++)
		if (strcmp(calls[i].verb, verb) == 0)
			return &calls[i];
	return &without;
}

/* The caller's. */
static char *operands_of(struct every *e, const struct call_row *row)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	if (strncmp(row->operands, "SELECT ", 7) != 0)
		return mem_text(row->operands);
	assert_ok(query_open(&q, e->db, row->operands, NO_FIELDS, &e->err), &e->err);
	if (query_next(&q, &e->err) != 1)
		fail_msg("tests/walk leaves nothing for %s", row->verb);
	return mem_text(query_text0(&q, "words"));
}

static bool prints(const struct verb *verb)
{
	for (const struct verb_option *o = verb->options; o && o->name; o++)
		if (strcmp(o->name, "to") == 0 && o->value.type == OPERAND_FILE)
			return true;
	return false;
}

/* jiaplus --dir DIR VERB OPERANDS [--as …] MORE…, split as a shell does. */
static void run_verb(struct every *e, const struct verb *verb, const char *more)
{
	const struct call_row *row = row_of(verb->name);
	CLEANUP(mem_free) char *program = jiaplus_path();
	CLEANUP(mem_free) char *operands = operands_of(e, row);
	CLEANUP(mem_free)
	char *staff = verb->takes & VERB_STAFF
			      ? mem_printf("--as luo --pin-file '%s' --clock-ok", e->pin)
			      : mem_text("");
	CLEANUP(mem_free)
	char *line = mem_printf(
		"'%s' --dir '%s' %s %s %s %s", program, e->dir, verb->name, operands, staff, more);
	const char *const argv[] = { "/bin/sh", "-c", line, NULL };
	CLEANUP(ran_finish) struct ran ran = run_program(argv);

	if (ran.code != row->code)
		print_message("# %s\n", line);
	assert_code(&ran, row->code);
}

TEST(every_list_is_listed, none)
{
	int count = 0;

	for (const struct verb *const *group = verb_groups(); *group; group++)
		for (const struct verb *verb = *group; verb->name; verb++) {
			bool is_read = verb->takes & VERB_JSON && !(verb->takes & VERB_KEY);
			if (!is_read || strcmp(verb->name, "scan") == 0)
				continue;
			run_verb(*state, verb, "--json");
			run_verb(*state, verb, "");
			count++;
		}
	assert_in_range(count, 30, 200);
}

/* What tests/walk has restocked and issued. */
TEST(a_stock_is_told_move_by_move, none)
{
	struct every *e = *state;
	CLEANUP(mem_free) char *quoted = operands_of(e, row_of("stock list"));
	CLEANUP(mem_free) char *title = mem_text_n(quoted + 1, strlen(quoted) - 2);
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(e, "stock", "list", title, "--json");
	json_t *moves = assert_json(&ran, 4);
	const json_t *taken = json_array_get(moves, 2);

	assert_int_equal(json_integer_value(json_object_get(taken, "change")), -7);
	assert_int_equal(json_integer_value(json_object_get(taken, "stock")), 93);
	json_decref(moves);
}

static int64_t integer_of(struct every *e, const char *sql)
{
	int64_t n = 0;

	assert_ok(db_integer(e->db, sql, NO_FIELDS, 0, &n, &e->err), &e->err);
	return n;
}

TEST(what_waits_to_be_looked_at_is_listed_alone, none)
{
	struct every *e = *state;
	int64_t count = integer_of(e, "SELECT count(*) FROM item WHERE needs_check = 1");
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(e, "item", "list", "--check", "--json");

	assert_true(count > 0 && count < integer_of(e, "SELECT count(*) FROM item"));
	json_decref(assert_json(&ran, (int)count));
}

TEST(every_paper_is_printed, none)
{
	struct every *e = *state;
	CLEANUP(mem_free) char *to = mem_printf("--to '%s/paper.pdf'", e->dir);
	int count = 0;

	for (const struct verb *const *group = verb_groups(); *group; group++)
		for (const struct verb *verb = *group; verb->name; verb++)
			if (prints(verb)) {
				run_verb(e, verb, to);
				count++;
			}
	assert_in_range(count, 20, 100);
}

TEST(what_was_done_replays, none)
{
	struct every *e = *state;
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(e, "verify", "--replay");

	assert_code(&ran, 0);
}

static int64_t count_in(const char *dir, const char *sql)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", dir);
	struct clock clock = clock_set(1610240400);
	struct err err = { 0 };
	struct db *db = NULL;
	int64_t n = -1;

	assert_ok(db_open(path, DB_OPEN, &clock, &db, &err), &err);
	assert_ok(db_integer(db, sql, NO_FIELDS, 0, &n, &err), &err);
	db_close(db);
	return n;
}

/* What 0.1.0 wrote: among it a toolkit for yuan, whose line made its own `fund list` fail. */
TEST(the_book_of_a_kept_venue_is_read, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *paper = mem_printf("%s/fund.pdf", dir);
	CLEANUP(mem_free)
	char *copy = mem_printf(
		"cp '%s/tests/data/venue-0.1.0.db' '%s/jiaplus.db'", getenv("JIAPLUS_SOURCE"), dir);

	assert_int_equal(system(copy), 0);
	CLEANUP(ran_finish) struct ran listed = RUN("--dir", dir, "fund", "list", "--json");
	assert_code(&listed, 0);
	json_decref(assert_json(&listed, 10));
	assert_has(listed.out, "Redeemed for yuan  工具包");
	CLEANUP(ran_finish)
	struct ran printed =
		RUN("--dir", dir, "print", "fund", "--since", "2020-01-01", "--to", paper);
	assert_code(&printed, 0);
	CLEANUP(ran_finish) struct ran verified = RUN("--dir", dir, "verify", "--replay");
	assert_code(&verified, 0);
	assert_int_equal(count_in(dir, "SELECT count(redemption) FROM fund_line"), 2);
	assert_int_equal(count_in(dir, "SELECT count(service_hours) FROM earning"), 14);
	assert_int_equal(count_in(dir, "SELECT count(skill_service) FROM earning"), 1);
	assert_int_equal(count_in(dir, "SELECT count(booking) FROM freeze"), 2);
	/* One was frozen for a loan that never was. */
	assert_int_equal(count_in(dir, "SELECT count(loan) FROM freeze"), 3);
	scratch_remove(dir);
}

/* The code that counts operands and finds the type of each relies on it. */
TEST(only_the_last_operand_of_a_row_is_left_out_or_repeated, none)
{
	for (const struct verb *const *group = verb_groups(); *group; group++)
		for (const struct verb *verb = *group; verb->name; verb++)
			for (const struct operand *o = verb->operands; o->type; o++) {
				if (o[1].type && o->times != TIMES_ONE)
					fail_msg("%s: an operand after one that may be missing",
						verb->name);
				if (o->type == OPERAND_CHOICE && !(o->choices && o->key))
					fail_msg("%s: a choice without words or name", verb->name);
			}
}

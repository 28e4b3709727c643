/* Whatever kind of act has happened, everything that reads it can: every kind is done once
 * (tests/walk), then every sheet is drawn of every row that it can be drawn of, and every verb that
 * lists or prints is run. */
#include <glob.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "core/audit/day_slip_paper.h"
#include "core/desk/power_cut.h"
#include "core/duty/certificate.h"
#include "core/duty/service_record.h"
#include "core/items/label_size.h"
#include "core/sheets/booking_slip.h"
#include "core/sheets/cards.h"
#include "core/sheets/certificate.h"
#include "core/sheets/day_sheet.h"
#include "core/sheets/duty_month.h"
#include "core/sheets/duty_slip.h"
#include "core/sheets/fund_book.h"
#include "core/sheets/hold_slip.h"
#include "core/sheets/honour_roll.h"
#include "core/sheets/kept.h"
#include "core/sheets/labels.h"
#include "core/sheets/lending_rules.h"
#include "core/sheets/merchant_statement.h"
#include "core/sheets/move_slip.h"
#include "core/sheets/points_rules.h"
#include "core/sheets/points_statement.h"
#include "core/sheets/power_cut_sheet.h"
#include "core/sheets/receipt.h"
#include "core/sheets/recovery_sheet.h"
#include "core/sheets/redemption_slip.h"
#include "core/sheets/reminder.h"
#include "core/sheets/roster.h"
#include "core/sheets/service_record.h"
#include "core/sheets/shelf_guide.h"
#include "core/sheets/stocktake_report.h"
#include "core/sheets/thanks.h"
#include "core/sheets/usage_report.h"
#include "core/sheets/venue_week.h"
#include "core/sheets/year_honours.h"
#include "core/store/kind.h"
#include "core/words_points.h"
#include "tests/verbs/run.h"
#include "tests/walk/walk.h"
#include "tui/verbs/verb.h"

#define WIDTH_MM 80

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

#define DRAWS(name)                                                               \
	static int name(struct db *db, const struct letterhead *head, int64_t id, \
		struct sheet **ret, struct err *err)

static const struct day month_first = { 2020, 11, 1 }, month_last = { 2020, 11, 30 };

DRAWS(booking_slip)
{
	return booking_slip_build(db, head, id, "J1B0", WIDTH_MM, ret, err);
}

DRAWS(cards)
{
	const struct card_face face = { id, "J1R0" };

	return cards_build(db, head, &face, 1, ret, err);
}

DRAWS(card)
{
	const struct card_face face = { id, "J1R0" };

	return card_build(db, head, &face, ret, err);
}

DRAWS(certificate)
{
	CLEANUP(certificate_finish) struct certificate certificate = { 0 };

	TRY(certificate_by_id(db, id, &certificate, err));
	return certificate_build(db, head, &certificate, ret, err);
}

DRAWS(day_sheet)
{
	(void)id;
	return day_sheet_build(db, head, (struct day){ 2020, 11, 24 }, ret, err);
}

DRAWS(duty_month)
{
	(void)id;
	return duty_month_build(db, head, 2020, 11, ret, err);
}

DRAWS(duty_slip)
{
	return duty_slip_build(db, head, id, WIDTH_MM, ret, err);
}

DRAWS(fund_book)
{
	(void)id;
	return fund_book_build(db, head, month_first, (struct day){ 2021, 1, 31 }, ret, err);
}

DRAWS(hold_slip)
{
	return hold_slip_build(db, head, id, WIDTH_MM, ret, err);
}

DRAWS(honour_roll)
{
	(void)id;
	return honour_roll_build(db, head, month_first, month_last, 20, ret, err);
}

DRAWS(kept_sheet)
{
	return kept_sheet_build(db, head, id, ret, err);
}

DRAWS(labels)
{
	CLEANUP(label_size_finish) struct label_size size = { 0 };

	TRY(label_size_loaded(db, 210, 297, &size, err));
	return labels_build(db, head, &size, &id, 1, ret, err);
}

DRAWS(lending_rules)
{
	(void)id;
	return lending_rules_build(db, head, ret, err);
}

DRAWS(shelf_guide)
{
	(void)id;
	return shelf_guide_build(db, head, "book", ret, err);
}

DRAWS(merchant_statement)
{
	return merchant_statement_build(db, head, id, 0, ret, err);
}

DRAWS(settlement_statement)
{
	struct settlement settlement;

	TRY(settlement_get(db, id, &settlement, err));
	return merchant_statement_build(db, head, settlement.body, id, ret, err);
}

DRAWS(sale_slip)
{
	return move_slip_build(db, head, MOVE_SALE, id, WIDTH_MM, ret, err);
}

DRAWS(swap_slip)
{
	return move_slip_build(db, head, MOVE_SWAP, id, WIDTH_MM, ret, err);
}

DRAWS(giveaway_slip)
{
	return move_slip_build(db, head, MOVE_GIVEAWAY, id, WIDTH_MM, ret, err);
}

DRAWS(points_rules)
{
	(void)id;
	return points_rules_build(db, head, ret, err);
}

DRAWS(statement_of_points)
{
	return points_statement_build(db, head, id, 30, WIDTH_MM, ret, err);
}

DRAWS(receipt)
{
	return receipt_build(db, head, id, WIDTH_MM, ret, err);
}

DRAWS(receipt_of_loan)
{
	return receipt_build_loan(db, head, id, WIDTH_MM, ret, err);
}

DRAWS(return_slip)
{
	return return_slip_build(db, head, &(struct return_slip){ &id, 1 }, WIDTH_MM, ret, err);
}

DRAWS(recovery_sheet)
{
	CLEANUP(mem_free) char *path = mem_text(db_path(db));
	struct recovery recovery;

	(void)id;
	TRY(recovery_open(dirname(path), &recovery, err));
	return recovery_sheet_build(db, head, &recovery, ret, err);
}

DRAWS(redemption_slip)
{
	return redemption_slip_build(db, head, id, "J1G0", WIDTH_MM, ret, err);
}

DRAWS(reminder)
{
	CLEANUP(mem_free) int64_t *residents = NULL;

	(void)id;
	int count = reminder_residents(db, &residents, err);
	TRY(count);
	assert_true(count > 0);
	return reminder_build(db, head, residents, count, WIDTH_MM, ret, err);
}

DRAWS(roster)
{
	(void)id;
	return roster_build(
		db, head, (struct week){ 2020, 48 }, &(struct roster_options){ 0 }, ret, err);
}

DRAWS(record)
{
	struct service_record record;

	TRY(service_record_by_id(db, id, &record, err));
	return service_record_build(db, head, &record, ret, err);
}

DRAWS(stocktake_report)
{
	return stocktake_report_build(db, head, id, ret, err);
}

DRAWS(thanks)
{
	return thanks_build(db, head, id, WIDTH_MM, ret, err);
}

DRAWS(usage_report)
{
	(void)id;
	return usage_report_build(db, head, month_first, month_last, ret, err);
}

DRAWS(venue_week)
{
	return venue_week_build(db, head, id, (struct day){ 2020, 11, 23 }, ret, err);
}

DRAWS(venue_day)
{
	(void)id;
	return venue_day_build(db, head, (struct day){ 2020, 11, 24 }, ret, err);
}

DRAWS(power_cut_pack)
{
	const struct act act = { .role = ROLE_SYSTEM };

	(void)id;
	return power_cut_build(db, &act, head, ret, err);
}

DRAWS(power_cut)
{
	struct blank_issued slips[BLANK_USE_COUNT];

	(void)id;
	for (enum blank_use use = 0; use < BLANK_USE_COUNT; use++) {
		slips[use] = (struct blank_issued){ .number = use + 1, .use = use };
		code_write_secret(
			CODE_BLANK, (const unsigned char[CODE_SECRET_SIZE]){ 1 }, slips[use].code);
	}
	return power_cut_sheet_build(db, head, slips, BLANK_USE_COUNT, ret, err);
}

DRAWS(year_honours)
{
	(void)id;
	return year_honours_build(db, head, 2020, 40, ret, err);
}

DRAWS(day_slip)
{
	(void)id;
	return day_slip_build(db, head, (struct day){ 2020, 11, 22 }, WIDTH_MM, ret, err);
}

#define ONCE "SELECT 1 AS id"

/* Each function of core that builds a sheet, and of which rows it can. */
static const struct {
	const char *builder, *rows;
	int (*draw)(struct db *, const struct letterhead *, int64_t id, struct sheet **ret,
		struct err *err);
} sheets[] = {
	{ "booking_slip_build", "SELECT id FROM booking WHERE start_at > 1610240400",
		booking_slip },
	{ "card_build", "SELECT id FROM resident", card },
	{ "cards_build", "SELECT id FROM resident", cards },
	{ "certificate_build", "SELECT id FROM certificate", certificate },
	{ "day_sheet_build", ONCE, day_sheet },
	{ "day_slip_build", ONCE, day_slip },
	{ "duty_month_build", ONCE, duty_month },
	{ "duty_slip_build",
		"SELECT resident AS id FROM assignment JOIN shift ON shift.id = assignment.shift "
		"WHERE start_at > 1610240400",
		duty_slip },
	{ "fund_book_build", ONCE, fund_book },
	{ "hold_slip_build", "SELECT id FROM hold WHERE ready_at >= 1610240400", hold_slip },
	{ "honour_roll_build", ONCE, honour_roll },
	{ "kept_sheet_build", "SELECT id FROM resident", kept_sheet },
	{ "labels_build", "SELECT id FROM item", labels },
	{ "lending_rules_build", ONCE, lending_rules },
	{ "shelf_guide_build", ONCE, shelf_guide },
	{ "merchant_statement_build", "SELECT DISTINCT body AS id FROM reward WHERE body > 0",
		merchant_statement },
	{ "merchant_statement_build", "SELECT id FROM settlement", settlement_statement },
	{ "move_slip_build", "SELECT id FROM sale", sale_slip },
	{ "move_slip_build", "SELECT id FROM swap", swap_slip },
	{ "move_slip_build", "SELECT id FROM giveaway", giveaway_slip },
	{ "points_rules_build", ONCE, points_rules },
	{ "points_statement_build", "SELECT id FROM resident", statement_of_points },
	{ "power_cut_build", ONCE, power_cut_pack },
	{ "power_cut_sheet_build", ONCE, power_cut },
	{ "receipt_build", "SELECT DISTINCT visit AS id FROM loan WHERE visit IS NOT NULL",
		receipt },
	{ "receipt_build_loan", "SELECT id FROM loan", receipt_of_loan },
	{ "recovery_sheet_build", ONCE, recovery_sheet },
	{ "redemption_slip_build", "SELECT id FROM redemption", redemption_slip },
	{ "reminder_build", ONCE, reminder },
	{ "return_slip_build", "SELECT id FROM loan WHERE returned_at IS NOT NULL", return_slip },
	{ "roster_build", ONCE, roster },
	{ "service_record_build", "SELECT id FROM service_record", record },
	{ "stocktake_report_build", "SELECT id FROM stocktake", stocktake_report },
	{ "thanks_build", "SELECT id FROM donation", thanks },
	{ "usage_report_build", ONCE, usage_report },
	{ "venue_day_build", ONCE, venue_day },
	{ "venue_week_build", "SELECT id FROM venue", venue_week },
	{ "year_honours_build", ONCE, year_honours },
};

static void draw_all(struct every *e, size_t sheet)
{
	static const struct letterhead head = { .language = "en" };
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r, rows = 0;

	assert_ok(query_open(&q, e->db, sheets[sheet].rows, NO_FIELDS, &e->err), &e->err);
	while ((r = query_next(&q, &e->err)) > 0) {
		CLEANUP(sheet_destroyp) struct sheet *drawn = NULL;
		int64_t id = query_int(&q, "id");
		if (sheets[sheet].draw(e->db, &head, id, &drawn, &e->err) < 0)
			fail_msg("%s of %lld: %s %s", sheets[sheet].builder, (long long)id,
				reason_name(e->err.reasons[0].code), e->err.detail);
		rows++;
	}
	assert_ok(r, &e->err);
	if (rows == 0)
		fail_msg("tests/walk leaves nothing for %s", sheets[sheet].builder);
}

TEST(every_sheet_is_drawn_of_every_row, none)
{
	for (size_t i = 0; i < ARRAY_LEN(sheets); i++)
		draw_all(*state, i);
}

/* One that is new stands in the table above, or nobody tries it. */
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
			for (size_t j = 0; j < ARRAY_LEN(sheets); j++)
				is_known |= strlen(sheets[j].builder) == len - 4 &&
					    strncmp(line + 4, sheets[j].builder, len - 4) == 0;
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

/* What the verbs that list or print are asked about: words, or a query that gives them. */
static const struct call_row {
	const char *verb, *operands;
	int code; /* what it answers */
} calls[] = {
	/* What has ended needs no slip any more. */
	{ "booking slip", "SELECT max(number) AS words FROM booking", 1 },
	{ "duty certify",
		"SELECT resident.number || ' 2020-11-01 2020-11-30' AS words FROM service_record"
		" JOIN resident ON resident.id = service_record.resident" },
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

/* jiaplus --dir DIR VERB OPERANDS [--as …] MORE…, as a shell parts it. */
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

/* What 0.1.0 wrote: among it a toolkit for yuan, whose line its own `fund list` failed at. */
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

/* What counts operands and finds the type of each relies on it. */
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

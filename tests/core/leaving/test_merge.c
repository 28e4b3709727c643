/* Two records of one person. */
#include <stdio.h>
#include <string.h>

#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_list.h"
#include "core/leaving/merge.h"
#include "core/people/card.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/points/gift.h"
#include "core/points/ledger.h"
#include "core/store/replay.h"
#include "tests/core/crew.h"
#include "tests/lib/test.h"

static int64_t count(struct shop *s, const char *sql)
{
	int64_t n = -1;

	assert_ok(db_integer(s->db, sql, NO_FIELDS, 0, &n, &s->err), &s->err);
	return n;
}

static void give_points(struct shop *s, int64_t resident, int64_t points)
{
	const struct posting postings[] = {
		{ .system = ACCOUNT_ISSUE, .amount = POINTS(-points) },
		{ .resident = resident, .amount = POINTS(points) },
	};
	const struct transfer_draft draft = { "opening", postings, 2 };
	int64_t id;

	assert_ok(transfer_post(s->db, &by_coordinator, &draft, &id, &s->err), &s->err);
}

TEST(what_was_done_under_the_second_number_is_the_firsts, shop)
{
	struct shop *s = *state;
	CLEANUP(loan_list_finish) struct loan_list loans = { 0 };
	int64_t from = shop_resident(s), into = shop_resident(s), loan;
	char code[CODE_TEXT_MAX];
	struct resident resident;
	struct points points;

	SHOP_RULE(s, row.loan_days = 7, row.max_total = 5);
	const struct loan_request request = { .item = shop_item(s, s->book), .resident = from };
	assert_ok(loan_open(s->db, &by_volunteer, &request, &loan, &s->err), &s->err);
	assert_ok(card_issue(s->db, &by_volunteer, from, code, NULL, &s->err), &s->err);
	give_points(s, from, 30);
	give_points(s, into, 12);
	assert_ok(person_merge(s->db, &by_coordinator, from, into, &s->err), &s->err);
	assert_ok(loans_of_resident(s->db, into, &loans, &s->err), &s->err);
	assert_int_equal(loans.count, 1);
	assert_ok(points_balance(s->db, into, &points, &s->err), &s->err);
	assert_int_equal(points.n, 42);
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
	assert_ok(resident_get(s->db, from, &resident, &s->err), &s->err);
	assert_true(resident.has_left);
	assert_int_equal(resident.merged_into, into);
	assert_int_equal(count(s, "SELECT count(*) FROM card WHERE revoked_at IS NULL"), 0);
	assert_int_equal(count(s, "SELECT count(*) FROM journal WHERE kind = 'resident.merge'"), 1);
}

TEST(an_account_goes_over_whole_to_a_record_that_has_none, shop)
{
	struct shop *s = *state;
	int64_t from = shop_resident(s), into = shop_resident(s);
	struct points points;

	give_points(s, from, 30);
	assert_ok(person_merge(s->db, &by_coordinator, from, into, &s->err), &s->err);
	assert_ok(points_balance(s->db, into, &points, &s->err), &s->err);
	assert_int_equal(points.n, 30);
	assert_int_equal(count(s, "SELECT count(*) FROM transfer"), 1);
}

TEST(what_the_record_that_stays_has_not_comes_from_the_other, shop)
{
	struct shop *s = *state;
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	const struct resident_new one = { .name = "张三",
		.phone = "13800000001",
		.birth_year = 1955,
		.category = "resident",
		.consent_version = "2026-1" };
	const struct resident_new other = { .name = "张三",
		.note = "耳背",
		.building = "3栋",
		.room = "502",
		.category = "resident",
		.is_consent_open = true };
	int64_t from, into, aunt = shop_resident(s), kin;
	CLEANUP(mem_free) int64_t *ids = NULL;
	struct resident resident;

	assert_ok(resident_add(s->db, &by_volunteer, &one, &from, &s->err), &s->err);
	assert_ok(resident_add(s->db, &by_volunteer, &other, &into, &s->err), &s->err);
	assert_ok(kin_add(s->db, &by_volunteer, from, aunt, &kin, &s->err), &s->err);
	assert_ok(person_merge(s->db, &by_coordinator, from, into, &s->err), &s->err);
	assert_ok(resident_person(s->db, into, &person, &s->err), &s->err);
	assert_string_equal(person.phone, "13800000001");
	assert_string_equal(person.note, "耳背");
	assert_string_equal(person.room, "502");
	assert_int_equal(person.birth_year, 1955);
	assert_ok(resident_get(s->db, into, &resident, &s->err), &s->err);
	assert_string_equal(resident.consent_version, "2026-1");
	assert_int_equal(kin_of(s->db, into, &ids, &s->err), 1);
	assert_int_equal(ids[0], aunt);
	assert_int_equal(count(s, "SELECT count(*) FROM resident_private WHERE name = '张三'"), 1);
}

TEST(two_on_one_shift_are_not_made_one, crew)
{
	struct crew *c = *state;
	struct shop *s = c->shop;
	int64_t id, on = crew_shift(c, "2026-11-23T14:00", "2026-11-23T17:00");

	assert_refused(person_merge(s->db, &by_coordinator, c->zhen, c->zhen, &s->err), &s->err,
		MERGE_SAME);
	assert_ok(shift_assign(s->db, &by_coordinator,
			  &(struct assignment_draft){ .shift = on, .resident = c->zhen }, &id,
			  &s->err),
		&s->err);
	assert_ok(shift_assign(s->db, &by_coordinator,
			  &(struct assignment_draft){ .shift = on, .resident = c->chen }, &id,
			  &s->err),
		&s->err);
	assert_refused(person_merge(s->db, &by_coordinator, c->zhen, c->chen, &s->err), &s->err,
		MERGE_SHIFT);
}

/* Every column of the schema that refers to a resident is moved, or left on purpose. */
TEST(a_merge_knows_every_reference_to_a_resident, shop)
{
	struct shop *s = *state;
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int found = 0;

	assert_ok(query_open(&q, s->db, "SELECT name, sql FROM sqlite_schema WHERE type = 'table'",
			  NO_FIELDS, &s->err),
		&s->err);
	while (query_next(&q, &s->err) > 0) {
		CLEANUP(mem_free) char *sql = mem_text(query_text0(&q, "sql"));
		char *rest = sql;
		for (char *line; (line = strsep(&rest, "\n"));) {
			char column[40], full[96];
			bool is_known = false;
			if (!strstr(line, "REFERENCES resident (id)") ||
				sscanf(line, " %39[a-z_]", column) != 1)
				continue;
			snprintf(full, sizeof(full), "%s.%s", query_text0(&q, "name"), column);
			for (int i = 0; merge_reference(i); i++)
				is_known |= strcmp(merge_reference(i), full) == 0;
			if (!is_known)
				fail_msg("%s is not known to core/leaving/merge.c", full);
			found++;
		}
	}
	assert_true(found >= 30);
}

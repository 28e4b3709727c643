/* Erases a canary: no trace of them is in any file of the venue, and the journal is whole. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/mem.h"
#include "core/desk/power_cut.h"
#include "core/items/catalogue/category.h"
#include "core/items/catalogue/item.h"
#include "core/items/catalogue/title.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/rule.h"
#include "core/leaving/erase.h"
#include "core/leaving/leave.h"
#include "core/leaving/merge.h"
#include "core/people/card.h"
#include "core/people/child.h"
#include "core/people/message.h"
#include "core/people/pause.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/print/outbox_table.h"
#include "core/sheets/power_cut_sheet.h"
#include "core/store/erased.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define SATURDAY 1795240800 /* 2026-11-21T14:00+08:00 */

/* Words that nobody else has. */
static const char *const canary[] = { "卡娜丽鸟", "金丝雀婶", "13987654321", "耳聋要大声",
	"借期里吵架", "请来谈谈孩子", "接娃的二舅", "88栋", "同名又登记", "canary", NULL };

struct fixture {
	char dir[64], path[96];
	struct clock clock;
	struct db *db;
	struct err err;
	int64_t person;
};

static const struct act by_volunteer = { .role = ROLE_VOLUNTEER };
static const struct act by_coordinator = { .role = ROLE_COORDINATOR };

#define OK(f, call) assert_ok((call), &(f)->err)

static void add_person(struct fixture *f)
{
	const struct act knowing = {
		.role = ROLE_VOLUNTEER, .is_override = true, .why = "同名又登记"
	};
	const struct resident_new draft = { .name = "卡娜丽鸟",
		.alias = "金丝雀婶",
		.phone = "13987654321",
		.note = "耳聋要大声",
		.building = "88栋",
		.room = "canary",
		.category = "resident",
		.birth_year = 1956,
		.fetchers = "接娃的二舅",
		.consent_version = "2026-1" };
	int64_t id;

	OK(f, resident_category_add(f->db, &by_coordinator, "resident", "居民", &id, &f->err));
	OK(f, resident_add(f->db, &knowing, &draft, &f->person, &f->err));
	OK(f, pause_begin(f->db, &by_coordinator, f->person, (struct day){ 2026, 12, 1 },
		      "借期里吵架", &f->err));
	OK(f, pause_end(f->db, &by_coordinator, f->person, &f->err));
	OK(f, message_add(f->db, &by_volunteer, f->person, "请来谈谈孩子", NULL, &f->err));
}

static int erase_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	snprintf(f->dir, sizeof(f->dir), "/tmp/jiaplus-erase-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/jiaplus.db", f->dir);
	f->clock = clock_set(SATURDAY);
	OK(f, db_create(f->path, 1, "Asia/Shanghai", &f->clock, &f->db, &f->err));
	add_person(f);
	*state = f;
	return 0;
}

static int erase_teardown(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);

	db_close(f->db);
	int r = system(command);
	free(f);
	return r;
}

/* How many of the canary's words are in the venue's files, however deep. */
static int words_found(const struct fixture *f)
{
	int found = 0;

	for (int i = 0; canary[i]; i++) {
		CLEANUP(mem_free)
		char *command = mem_printf("grep -rqaF '%s' '%s'", canary[i], f->dir);
		found += system(command) == 0;
	}
	return found;
}

static struct erased erase(struct fixture *f)
{
	const struct erasing erasing = { .where = { .dir = f->dir } };
	struct erased erased = { 0 };

	OK(f, person_erase(f->db, &by_coordinator, f->person, &erasing, &erased, &f->err));
	return erased;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* A paper with the name, queued, and one that was printed to a file. */
static void print_papers(struct fixture *f)
{
	CLEANUP(mem_free) char *folder = mem_printf("%s/printed", f->dir);
	CLEANUP(query_close) struct query q = QUERY_INIT;
	const struct outbox_paper queued = {
		.purpose = PURPOSE_OFFICE_A4, .title = "card", .sheet = "text\t卡娜丽鸟\n"
	};
	const struct outbox_paper other = {
		.purpose = PURPOSE_OFFICE_A4, .title = "rules", .sheet = "text\t流转制度\n"
	};
	int64_t id;

	OK(f, outbox_add(f->db, &queued, &id, &f->err));
	OK(f, outbox_add(f->db, &other, NULL, &f->err));
	assert_int_equal(mkdir(folder, 0700), 0);
	OK(f, query_open(&q, f->db, "SELECT nonce FROM outbox WHERE id = :id",
		      FIELDS(F_INT("id", id)), &f->err));
	assert_int_equal(query_next(&q, &f->err), 1);
	CLEANUP(mem_free)
	char *file = mem_printf("%s/2026-11-21-office-a4-%06lld-%s-1.pdf", folder, (long long)id,
		query_text0(&q, "nonce"));
	CLEANUP(mem_free)
	char *kept = mem_printf("%s/2026-11-21-office-a4-000099-abcd0123-1.pdf", folder);
	write_file(file, "卡娜丽鸟");
	write_file(kept, "流转制度");
}

TEST(nothing_of_an_erased_canary_is_in_any_file, erase)
{
	struct fixture *f = *state;

	print_papers(f);
	assert_true(words_found(f) >= 8);
	struct erased erased = erase(f);
	assert_true(erased.is_whole);
	assert_int_equal(erased.papers, 1);
	assert_int_equal(words_found(f), 0);
	CLEANUP(mem_free) char *others = mem_printf("grep -rqaF 流转制度 '%s/printed'", f->dir);
	assert_int_equal(system(others), 0);
}

TEST(the_journal_of_an_erased_person_is_whole_and_replays, erase)
{
	struct fixture *f = *state;
	struct verify_report report;

	erase(f);
	OK(f, verify_run(f->db, true, f->dir, &report, &f->err));
	assert_string_equal(report.difference.table, "");
}

TEST(erasing_again_clears_files_and_writes_no_act, erase)
{
	struct fixture *f = *state;
	struct resident resident;
	int64_t acts, again;

	erase(f);
	OK(f, db_integer(f->db, "SELECT count(*) FROM journal", NO_FIELDS, 0, &acts, &f->err));
	print_papers(f);
	erase(f);
	OK(f, db_integer(f->db, "SELECT count(*) FROM journal", NO_FIELDS, 0, &again, &f->err));
	assert_int_equal(acts, again);
	OK(f, resident_get(f->db, f->person, &resident, &f->err));
	assert_int_equal(resident.erased_at, SATURDAY);
}

TEST(the_other_record_of_an_erased_person_goes_with_it, erase)
{
	struct fixture *f = *state;
	const struct resident_new second = { .name = "卡娜丽鸟二号",
		.category = "resident",
		.phone = "13987654322",
		.consent_version = "2026-1" };
	int64_t id, left;

	OK(f, resident_add(f->db, &by_volunteer, &second, &id, &f->err));
	OK(f, message_add(f->db, &by_volunteer, id, "二号的口信", NULL, &f->err));
	OK(f, person_merge(f->db, &by_coordinator, id, f->person, &f->err));
	erase(f);
	OK(f, db_integer(f->db, "SELECT count(*) FROM resident WHERE erased_at IS NULL", NO_FIELDS,
		      -1, &left, &f->err));
	assert_int_equal(left, 0);
	assert_int_equal(words_found(f), 0);
}

static void lend_to(struct fixture *f)
{
	struct rule_row rule = RULE_ROW_BLANK;
	struct loan_request request = { .resident = f->person };
	struct title_draft title = { .name = "冲击钻" };
	struct item_draft item = { 0 };
	int64_t id;

	rule.loan_days = 7;
	rule.max_total = 5;
	OK(f, rule_set(f->db, &by_coordinator, &rule, &id, &f->err));
	OK(f, category_add(f->db, &by_coordinator,
		      &(struct category_draft){ .code = "tool", .name = "工具" }, &title.category,
		      &f->err));
	OK(f, title_add(f->db, &by_volunteer, &title, &item.title, &f->err));
	OK(f, item_add(f->db, &by_volunteer, &item, &request.item, &f->err));
	OK(f, loan_open(f->db, &by_volunteer, &request, &id, &f->err));
}

TEST(who_has_something_to_give_back_is_not_erased, erase)
{
	struct fixture *f = *state;
	const struct erasing erasing = { .where = { .dir = f->dir } };
	struct erased erased;

	lend_to(f);
	assert_refused(person_erase(f->db, &by_coordinator, f->person, &erasing, &erased, &f->err),
		&f->err, RESIDENT_HAS_LOANS);
	assert_true(words_found(f) >= 8);
}

/* A power-cut pack names who has what by number and masked name: that still identifies them. */
TEST(a_pack_that_said_what_they_had_is_emptied, erase)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *who = NULL;
	CLEANUP(loan_finish) struct loan loan = { 0 };
	int64_t paper, count;

	lend_to(f);
	OK(f, power_cut_who(f->db, f->person, &who, &f->err));
	OK(f, power_cut_queue(f->db, &by_volunteer, &(struct letterhead){ .language = "en" },
		      &paper, &f->err));
	OK(f, db_integer(f->db, "SELECT count(*) FROM outbox WHERE instr(sheet, :who) > 0",
		      FIELDS(F_TEXT("who", who)), 0, &count, &f->err));
	assert_int_equal(count, 1);
	OK(f, loan_by_number(f->db, 1, &loan, &f->err));
	OK(f, loan_return(f->db, &by_volunteer, loan.id, 0, &f->err));
	assert_int_equal(erase(f).papers, 1);
	OK(f, db_integer(f->db, "SELECT count(*) FROM outbox WHERE instr(sheet, :who) > 0",
		      FIELDS(F_TEXT("who", who)), 0, &count, &f->err));
	assert_int_equal(count, 0);
}

/* As when a backup from before the erasure is put back. */
TEST(the_program_erases_again_whatever_stands_against_it, erase)
{
	struct fixture *f = *state;
	const struct act program = { .role = ROLE_SYSTEM };
	const struct erasing erasing = { .where = { .dir = f->dir } };
	CLEANUP(erased_ids_finish) struct erased_ids ids = { 0 };
	struct erased erased;

	lend_to(f);
	OK(f, person_erase(f->db, &program, f->person, &erasing, &erased, &f->err));
	assert_int_equal(words_found(f), 0);
	OK(f, erased_of(f->db, &ids, &f->err)); /* what a backup would say about them */
	assert_int_equal(ids.count, 1);
	assert_int_equal(ids.ids[0], f->person);
}

/* The list of an earlier backup, with somebody on it whom the database no longer knows. */
static void put_list(const struct fixture *f, const char *folder)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/%s", f->dir, folder);
	CLEANUP(mem_free) char *list = mem_printf("%s/jiaplus-2026-11-20.backup.erased", path);

	assert_int_equal(mkdir(path, 0700), 0);
	write_file(list, "4711\n");
}

static void expect_named(const struct fixture *f, const char *folder)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/%s", f->dir, folder);
	CLEANUP(erased_ids_finish) struct erased_ids ids = { 0 };

	erased_in(path, &ids);
	assert_int_equal(ids.count, 2);
	assert_int_equal(ids.ids[0], 4711);
	assert_int_equal(ids.ids[1], f->person);
}

TEST(the_lists_beside_the_backups_name_them_at_once_here_and_on_the_stick, erase)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *stick = mem_printf("%s/stick", f->dir);
	const struct config config = { .backup_folder = stick };
	const struct erasing erasing = { .where = { .dir = f->dir, .config = &config } };
	struct erased erased;

	put_list(f, "backups");
	put_list(f, "stick");
	OK(f, person_erase(f->db, &by_coordinator, f->person, &erasing, &erased, &f->err));
	assert_true(erased.is_whole);
	expect_named(f, "backups");
	expect_named(f, "stick");
}

/* A folder in its place: not even root can write to that. */
TEST(a_list_that_cannot_be_written_is_told_and_erasing_again_mends_it, erase)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *stick = mem_printf("%s/stick", f->dir);
	CLEANUP(mem_free) char *list = mem_printf("%s/jiaplus-2026-11-20.backup.erased", stick);
	const struct config config = { .backup_folder = stick };
	const struct erasing erasing = { .where = { .dir = f->dir, .config = &config } };
	struct erased erased;

	assert_int_equal(mkdir(stick, 0700), 0);
	assert_int_equal(mkdir(list, 0700), 0);
	OK(f, person_erase(f->db, &by_coordinator, f->person, &erasing, &erased, &f->err));
	assert_false(erased.is_whole);
	assert_int_equal(rmdir(list), 0);
	write_file(list, "4711\n");
	OK(f, person_erase(f->db, &by_coordinator, f->person, &erasing, &erased, &f->err));
	assert_true(erased.is_whole);
	expect_named(f, "stick");
}

TEST(a_home_where_others_live_keeps_its_address, erase)
{
	struct fixture *f = *state;
	const struct resident_new husband = { .name = "何强",
		.building = "88栋",
		.room = "canary",
		.category = "resident",
		.consent_version = "2026-1" };
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	int64_t id;

	OK(f, resident_add(f->db, &by_volunteer, &husband, &id, &f->err));
	erase(f);
	OK(f, resident_person(f->db, id, &person, &f->err));
	assert_string_equal(person.building, "88栋");
}

/* A private table that a later schema adds is cleared, too. */
TEST(erasing_knows_every_private_table, erase)
{
	struct fixture *f = *state;
	CLEANUP(query_close) struct query q = QUERY_INIT;

	OK(f, query_open(&q, f->db, "SELECT name FROM table_class WHERE class = 'private'",
		      NO_FIELDS, &f->err));
	while (query_next(&q, &f->err) > 0) {
		bool is_known = false;
		for (int i = 0; erase_table(i); i++)
			is_known |= strcmp(erase_table(i), query_text0(&q, "name")) == 0;
		if (!is_known)
			fail_msg(
				"%s is not known to core/leaving/erase.c", query_text0(&q, "name"));
	}
}

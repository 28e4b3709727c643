/* Backups and restores: what a restore brings back, refuses, reports and keeps. */
#include <fcntl.h>
#include <sqlite3.h>

#include "core/audit/recover.h"
#include "core/audit/restore_right.h"
#include "core/audit/restore_words.h"
#include "core/base/reasons.h"
#include "core/store/act_reasons.h"
#include "core/store/reasons.h"
#include "tests/core/audit/rescue.h"

static int rescue_setup(void **state)
{
	struct rescue *r = mem_alloc(sizeof(*r));

	rescue_create(r, false);
	*state = r;
	return 0;
}

static int rescue_teardown(void **state)
{
	rescue_remove(*state);
	free(*state);
	return 0;
}

static int restore_into(struct rescue *r, const char *dir, const struct recovery *sheet,
	struct restore_report *ret, struct err *err)
{
	const struct restore_wish wish = {
		.from = r->backup, .dir = dir, .sheet = sheet, .clock = &r->clock
	};

	return restore_run(&wish, ret, err);
}

static struct recovery sheet_of(struct rescue *r)
{
	struct recovery sheet;
	struct err err = { 0 };

	assert_ok(recovery_open(r->dir, &sheet, &err), &err);
	return sheet;
}

/* ---- the sheet ---- */

TEST(words_are_read_however_they_were_copied, none)
{
	struct recovery r, back;
	struct err err = { 0 };
	char words[RECOVERY_TEXT];

	for (int n = 0; n < 2000; n++) {
		for (size_t i = 0; i < sizeof(r.seed); i++)
			r.seed[i] = (unsigned char)(n * 37 + (int)i * (n + 11) * 29);
		recovery_words(&r, words);
		assert_ok(recovery_parse(words, &back, &err), &err);
		assert_memory_equal(back.seed, r.seed, sizeof(r.seed));
	}
	CLEANUP(mem_free) char *loud = mem_printf("1. %s\n(这是恢复单)", words);
	for (char *c = loud; *c; c++)
		*c = *c == ' ' ? '\n' : *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
	assert_ok(recovery_parse(loud, &back, &err), &err);
	assert_memory_equal(back.seed, r.seed, sizeof(r.seed));
}

TEST(a_word_that_was_copied_wrong_is_noticed, none)
{
	struct recovery r = { .seed = { 7, 1, 200, 33 } }, back;
	struct err err = { 0 };
	char words[RECOVERY_TEXT];
	int noticed = 0, tried = 0;

	recovery_words(&r, words);
	for (char *c = words; *c; c++) {
		char was = *c;
		if (was == ' ')
			continue;
		*c = was == 'e' ? 'a' : was == 'd' ? 't' : 'd';
		noticed += recovery_parse(words, &back, &err) == ERR_INVALID;
		tried++;
		*c = was;
	}
	assert_int_equal(noticed, tried);
	assert_int_equal(recovery_parse("", &back, &err), ERR_INVALID);
	assert_true(err_has(&err, REASON_RECOVERY_BAD));
}

/* ---- drills ---- */

TEST(a_new_machine_needs_the_backup_and_the_sheet, rescue)
{
	struct rescue *r = *state;
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	CLEANUP(mem_free) char *db = mem_printf("%s/jiaplus.db", r->other);
	struct recovery sheet = sheet_of(r), wrong = { .seed = { 1 } };
	struct pepper before, after;
	struct err err = { 0 };

	assert_refused(restore_into(r, r->other, NULL, &report, &err), &err, BACKUP_SHEET);
	assert_refused(restore_into(r, r->other, &wrong, &report, &err), &err, BACKUP_LOCKED);
	assert_ok(restore_into(r, r->other, &sheet, &report, &err), &err);
	assert_true(report.has_pins);
	assert_null(report.aside);
	assert_int_equal(report.seq, 10);
	assert_int_equal(rescue_check(db, &r->clock), 10);
	assert_ok(pepper_open(r->dir, &before, &err), &err);
	assert_ok(pepper_open(r->other, &after, &err), &err);
	assert_memory_equal(&before, &after, sizeof(before));
}

TEST(the_same_machine_needs_no_sheet_and_is_told_what_is_lost, rescue)
{
	struct rescue *r = *state;
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	struct err err = { 0 };

	assert_ok(restore_into(r, r->dir, NULL, &report, &err), &err);
	assert_int_equal(report.old, RESTORE_OLD_READ);
	assert_int_equal(report.missing, 10);
	assert_int_equal(report.missing_unread, 0);
	assert_int_equal(report.kind_count, 1);
	assert_string_equal(report.kinds[0].kind, "household.add");
	CLEANUP(mem_free) char *words = restore_words(&report, false);
	assert_non_null(strstr(words, "10"));
	assert_int_equal(rescue_check(r->db, &r->clock), 10);
	/* The previous files are whole in their folder, as they were. */
	CLEANUP(mem_free) char *aside = mem_printf("%s/jiaplus.db", report.aside);
	assert_int_equal(rescue_check(aside, &r->clock), 20);
}

TEST(no_number_is_given_out_twice_after_a_restore, rescue)
{
	struct rescue *r = *state;
	struct err err = { 0 };
	static const char last[] = "SELECT max(id) FROM household";
	int64_t before = rescue_ask(r->db, &r->clock, last);

	for (int i = 1; i <= 3; i++) {
		struct restore_report report = { 0 };
		assert_ok(restore_into(r, r->dir, NULL, &report, &err), &err);
		assert_int_equal(report.epoch, i);
		restore_report_finish(&report);
		rescue_acts(r, 500, 500);
		int64_t after = rescue_ask(r->db, &r->clock, last);
		assert_true(after > before);
		before = after;
	}
}

TEST(numbers_that_people_read_go_on_where_they_had_come_to, rescue)
{
	struct rescue *r = *state;
	struct restore_report report = { 0 };
	struct err err = { 0 };
	int64_t next;
	struct db *db = NULL;

	for (int i = 0; i < 2; i++) {
		assert_ok(restore_into(r, r->dir, NULL, &report, &err), &err);
		restore_report_finish(&report);
		assert_ok(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
		assert_ok(
			db_integer(db, NEXT_NUMBER("household"), NO_FIELDS, 1, &next, &err), &err);
		db_close(TAKE(db));
		assert_int_equal(next, 21);
	}
	assert_int_equal(rescue_check(r->db, &r->clock), 10);
	/* What cannot be read any more leaves room for one a lost entry: 20, and 1 of the restore
	 * and the check each, after a backup with ten. */
	assert_int_equal(truncate(r->db, 5000), 0);
	assert_ok(restore_into(r, r->dir, NULL, &report, &err), &err);
	int64_t missing = report.missing;
	restore_report_finish(&report);
	assert_int_equal(rescue_ask(r->db, &r->clock, NEXT_NUMBER("household")), 10 + missing + 1);
}

TEST(a_trial_leaves_the_venue_alone, rescue)
{
	struct rescue *r = *state;
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	CLEANUP(mem_free) char *tried = mem_printf("%s/jiaplus.db", r->other);
	const struct restore_wish wish = {
		.from = r->backup, .dir = r->dir, .try_dir = r->other, .clock = &r->clock
	};
	struct err err = { 0 };

	assert_ok(restore_run(&wish, &report, &err), &err);
	assert_int_equal(report.missing, 10);
	assert_int_equal(rescue_check(tried, &r->clock), 10);
	assert_int_equal(rescue_check(r->db, &r->clock), 20);
	struct restore_report again = { 0 };
	assert_refused(restore_run(&wish, &again, &err), &err, TRY_FOLDER);
}

TEST(an_old_copy_is_told_by_the_tripwire_and_can_be_gone_on_with, rescue)
{
	struct rescue *r = *state;
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	CLEANUP(mem_free) char *old = mem_printf("%s/old.db", r->top);
	struct err err = { 0 };
	struct db *db = NULL;

	rescue_back_up(r, true);
	rescue_shell("mv '%s' '%s'", r->backup, old);
	rescue_acts(r, 21, 25);
	rescue_shell("cp '%s' '%s'", old, r->db);
	rescue_shell("rm -f '%s-wal' '%s-shm'", r->db, r->db);
	assert_ok(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
	assert_int_equal(rescue_act(db, 30, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_BEHIND));
	db_close(db);
	const struct restore_wish wish = { .from = r->db, .dir = r->dir, .clock = &r->clock };
	assert_ok(restore_run(&wish, &report, &err), &err);
	assert_int_equal(report.missing, 5);
	assert_int_equal(report.missing_unread, 5);
	assert_int_equal(rescue_check(r->db, &r->clock), 20);
}

static void spoil(const char *path, off_t at)
{
	int fd = open(path, O_RDWR);
	char byte;

	assert_int_equal(pread(fd, &byte, 1, at), 1);
	byte = (char)~byte;
	assert_int_equal(pwrite(fd, &byte, 1, at), 1);
	close(fd);
}

TEST(a_damaged_database_is_replaced_and_kept, rescue)
{
	struct rescue *r = *state;
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	struct err err = { 0 };

	rescue_shell("rm -f '%s-wal' '%s-shm'", r->db, r->db);
	assert_int_equal(truncate(r->db, 5000), 0);
	assert_ok(restore_into(r, r->dir, NULL, &report, &err), &err);
	assert_int_equal(report.old, RESTORE_OLD_BROKEN);
	assert_int_equal(report.missing, 10); /* by the tripwire */
	assert_int_equal(rescue_check(r->db, &r->clock), 10);
	CLEANUP(mem_free) char *aside = mem_printf("%s/jiaplus.db", report.aside);
	struct stat about;
	assert_int_equal(stat(aside, &about), 0);
	assert_int_equal(about.st_size, 5000);
}

TEST(a_damaged_backup_changes_nothing, rescue)
{
	struct rescue *r = *state;
	struct restore_report report = { 0 };
	struct err err = { 0 };
	struct stat about;

	assert_int_equal(stat(r->backup, &about), 0);
	for (off_t at = 16; at < about.st_size; at += 1 + about.st_size / 40) {
		spoil(r->backup, at);
		/* Of what is in clear, this hits only what opening needs. */
		assert_true(restore_into(r, r->dir, NULL, &report, &err) < 0);
		spoil(r->backup, at);
	}
	for (int i = 1; i <= 10; i++) {
		rescue_shell("cp '%s' '%s'", r->backup, r->other);
		assert_int_equal(truncate(r->other, about.st_size * i / 11), 0);
		const struct restore_wish wish = {
			.from = r->other, .dir = r->dir, .clock = &r->clock
		};
		assert_int_equal(restore_run(&wish, &report, &err), ERR_INVALID);
		assert_true(err_has(&err, REASON_BACKUP_BAD));
	}
	assert_int_equal(rescue_check(r->db, &r->clock), 20);
}

TEST(another_venues_backup_is_refused, rescue)
{
	struct rescue *r = *state;
	struct restore_report report = { 0 };
	struct recovery sheet = sheet_of(r);
	struct rescue stranger = { 0 };
	struct err err = { 0 };

	rescue_create(&stranger, false);
	rescue_back_up(&stranger, true);
	rescue_acts(&stranger, 40, 41);
	assert_ok(restore_into(r, r->other, &sheet, &report, &err), &err);
	restore_report_finish(&report);
	const struct restore_wish wish = {
		.from = stranger.backup, .dir = r->dir, .clock = &r->clock
	};
	assert_refused(restore_run(&wish, &report, &err), &err, BACKUP_OTHER);
	const struct restore_wish sealed = {
		.from = r->backup, .dir = stranger.dir, .clock = &r->clock
	};
	assert_refused(restore_run(&sealed, &report, &err), &err, BACKUP_LOCKED);
	assert_int_equal(rescue_check(r->db, &r->clock), 20);
	assert_int_equal(rescue_check(stranger.db, &r->clock), 22);
	rescue_remove(&stranger);
}

TEST(a_plain_backup_is_restored_too_and_a_strangers_wal_beside_it_is_not_used, rescue)
{
	struct rescue *r = *state;
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	struct rescue stranger = { 0 };
	struct err err = { 0 };

	rescue_back_up(r, true);
	rescue_acts(r, 21, 22);
	rescue_create(&stranger, true);
	rescue_shell("cp '%s-wal' '%s-wal'", stranger.db, r->backup);
	rescue_remove(&stranger);
	assert_ok(restore_into(r, r->dir, NULL, &report, &err), &err);
	assert_int_equal(report.missing, 2);
	assert_int_equal(rescue_check(r->db, &r->clock), 20);
}

TEST(a_wal_beside_a_plain_copy_is_read, rescue)
{
	struct rescue *r = *state;
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	struct err err = { 0 };

	rescue_shell("cp '%s' '%s'", r->db, r->backup);
	rescue_shell("cp '%s-wal' '%s-wal'", r->db, r->backup);
	rescue_shell("rm -f '%s' '%s-wal'", r->db, r->db);
	assert_ok(restore_into(r, r->dir, NULL, &report, &err), &err);
	assert_int_equal(report.seq, 20);
	assert_false(report.is_wal_unread);
	assert_int_equal(report.missing, 0);
	assert_int_equal(rescue_check(r->db, &r->clock), 20);
}

TEST(a_new_venue_beside_a_left_wal_is_refused, rescue)
{
	struct rescue *r = *state;
	struct err err = { 0 };
	struct db *db = NULL;

	rescue_shell("rm '%s' '%s.head'", r->db, r->db);
	assert_refused(
		db_create(r->db, 1, "Asia/Shanghai", &r->clock, &db, &err), &err, STORE_LEFT);
}

/* ---- what a backup is made of ---- */

static void rewrite_row(struct rescue *r, int64_t seq)
{
	CLEANUP(mem_free)
	char *sql = mem_printf("DROP TRIGGER journal_keeps;"
			       " UPDATE journal SET body = body || ' ' WHERE seq = %lld;"
			       " CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN"
			       " SELECT RAISE(ABORT, 'the journal is append-only'); END",
		(long long)seq);
	sqlite3 *raw = NULL;

	assert_int_equal(sqlite3_open(r->db, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
}

TEST(a_broken_chain_is_not_backed_up_and_the_old_backup_stays, rescue)
{
	struct rescue *r = *state;
	const struct backup_wish wish = { .dir = r->dir, .to = r->backup, .may_replace = true };
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	struct err err = { 0 };
	struct db *db = NULL;

	rewrite_row(r, 3);
	assert_ok(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
	assert_int_equal(backup_make(db, &wish, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_DAMAGED));
	assert_int_equal(rescue_act(db, 30, &err), ERR_STORAGE);
	db_close(db);
	assert_ok(restore_into(r, r->dir, NULL, &report, &err), &err);
	assert_int_equal(rescue_check(r->db, &r->clock), 10);
}

TEST(names_cannot_be_read_in_a_sealed_backup, rescue)
{
	struct rescue *r = *state;

	rescue_shell("! grep -qa 'household_private' '%s'%s", r->backup, "");
	rescue_back_up(r, true);
	rescue_shell("grep -qa 'household_private' '%s'%s", r->backup, "");
}

/* ---- those who were erased since ---- */

static int64_t register_someone(struct rescue *r)
{
	static const struct act by_admin = { .role = ROLE_ADMIN, .why = "金丝雀要登记" };
	struct err err = { 0 };
	struct db *db = NULL;
	struct acting a = ACTING_INIT;

	assert_ok(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
	assert_ok(act_begin(&a, db, &by_admin, ACT_RESIDENT_ADD, NO_FIELDS, &err), &err);
	int64_t category = act_new_id(&a), id = act_new_id(&a);
	assert_ok(
		act_insert(&a, "resident_category",
			FIELDS(F_INT("id", category), F_TEXT("code", "r"), F_TEXT("name", "居民")),
			&err),
		&err);
	assert_ok(act_insert(&a, "resident",
			  FIELDS(F_INT("id", id), F_INT("number", 7), F_INT("category", category),
				  F_TEXT("consent_version", "1"), F_INT("consent_at", 1),
				  F_TEXT("joined_on", "2026-11-01")),
			  &err),
		&err);
	assert_ok(act_private(&a, "resident_private", id, FIELDS(F_TEXT("name", "金丝雀")), &err),
		&err);
	int64_t message = act_new_id(&a);
	assert_ok(
		act_insert(&a, "message",
			FIELDS(F_INT("id", message), F_INT("resident", id), F_INT("written_at", 1)),
			&err),
		&err);
	assert_ok(act_private(&a, "message_private", message,
			  FIELDS(F_TEXT("words", "给金丝雀的口信")), &err),
		&err);
	act_set_subject(&a, id, id);
	assert_ok(act_commit(&a, id, &err), &err);
	db_close(db);
	return id;
}

TEST(who_was_erased_after_the_backup_stays_erased, rescue)
{
	struct rescue *r = *state;
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	CLEANUP(mem_free) char *list = mem_printf("%s/later.backup.erased", r->top);
	int64_t id = register_someone(r);
	struct err err = { 0 };

	rescue_back_up(r, false);
	/* The list beside a later backup names them. */
	FILE *f = fopen(list, "w");
	fprintf(f, "%lld\n", (long long)id);
	fclose(f);
	assert_int_equal(rescue_ask(r->db, &r->clock, "SELECT count(*) FROM resident_private"), 1);
	assert_ok(restore_into(r, r->dir, NULL, &report, &err), &err);
	assert_int_equal(report.erased, 1);
	assert_int_equal(rescue_ask(r->db, &r->clock, "SELECT count(*) FROM resident_private"), 0);
	static const char *const emptied[] = { "message_private", "journal_why" };
	for (size_t i = 0; i < ARRAY_LEN(emptied); i++) {
		CLEANUP(mem_free) char *sql = mem_printf("SELECT count(*) FROM %s", emptied[i]);
		assert_int_equal(rescue_ask(r->db, &r->clock, sql), 0);
	}
	/* Nothing of other people is lost. */
	assert_int_equal(
		rescue_ask(r->db, &r->clock, "SELECT count(*) FROM household_private"), 20);
	rescue_shell("! grep -qa '金丝雀' '%s'%s", r->db, "");
	assert_int_equal(rescue_check(r->db, &r->clock), 20);
}

/* ---- a new PIN ---- */

TEST(the_sheet_gives_the_administrator_a_new_pin_on_the_record, rescue)
{
	struct rescue *r = *state;
	static const struct act by_program = { .role = ROLE_SYSTEM };
	const struct staff_new admin = { .code = "admin", .name = "管", .role = ROLE_ADMIN };
	struct recovery sheet = sheet_of(r), wrong = { .seed = { 9 } };
	char hash[STAFF_HASH_SIZE], pin[STAFF_PIN_DIGITS + 1];
	struct pepper pepper;
	struct staff staff;
	struct err err = { 0 };
	struct db *db = NULL;
	int64_t id;

	assert_ok(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
	assert_ok(staff_add(db, &by_program, &admin, &id, &err), &err);
	assert_int_equal(recover_check(r->dir, &wrong, &err), ERR_INVALID);
	assert_ok(recover_check(r->dir, &sheet, &err), &err);
	assert_ok(recover_whom(db, NULL, &staff, &err), &err);
	assert_ok(pepper_open(r->dir, &pepper, &err), &err);
	assert_ok(staff_pin_draw(&pepper, staff.id, pin, hash, &err), &err);
	assert_ok(recover_pin(db, &by_program, staff.id, hash, &err), &err);
	assert_ok(staff_pin_check(db, "admin", pin, &pepper, &staff, &err), &err);
	db_close(db);
	assert_int_equal(rescue_ask(r->db, &r->clock,
				 "SELECT count(*) FROM journal WHERE kind = 'staff.recover'"),
		1);
}

/* ---- day slips of what is lost ---- */

TEST(a_day_slip_of_lost_entries_says_so_and_not_that_anything_was_rewritten, rescue)
{
	struct rescue *r = *state;
	CLEANUP(day_slip_finish) struct day_slip slip = { 0 };
	struct restore_report report = { 0 };
	struct err err = { 0 };
	struct db *db = NULL;
	int64_t seq;

	assert_ok(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
	assert_ok(day_slip_make(db, db_today(db), &slip, &err), &err);
	db_close(TAKE(db));
	assert_ok(restore_into(r, r->dir, NULL, &report, &err), &err);
	restore_report_finish(&report);
	rescue_acts(r, 600, 612);
	assert_ok(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
	assert_refused(day_slip_check(db, slip.code, &seq, &err), &err, SLIP_LOST);
	db_close(db);
}

/* ---- who may, where nobody can be logged in ---- */

TEST(the_venues_own_sheet_lets_go_back_and_another_does_not, rescue)
{
	struct rescue *r = *state;
	const struct recovery own = sheet_of(r), other = { .seed = { 9 } };
	struct err err = { 0 };

	assert_ok(restore_right_sheet(r->dir, &own, false, &err), &err);
	assert_int_equal(restore_right_sheet(r->dir, &other, false, &err), ERR_INVALID);
	assert_true(err_has(&err, REASON_RECOVERY_WRONG));
	/* It may have opened another venue's backup, sealed with that sheet. */
	assert_int_equal(restore_right_sheet(r->dir, &other, true, &err), ERR_INVALID);
}

TEST(on_a_machine_without_a_key_the_sheet_that_opened_the_backup_lets_go_on, rescue)
{
	struct rescue *r = *state;
	const struct recovery own = sheet_of(r);
	struct err err = { 0 };

	rescue_shell("rm '%s/recovery.key'%s", r->dir, "");
	assert_ok(restore_right_sheet(r->dir, &own, true, &err), &err);
	assert_int_equal(restore_right_sheet(r->dir, &own, false, &err), ERR_NOT_FOUND);
	assert_true(err_has(&err, REASON_RECOVERY_MISSING));
}

TEST(tried_pins_are_counted_in_the_folder_until_somebody_is_let_in, rescue)
{
	struct rescue *r = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/restore.tries", r->dir);
	const struct recovery own = sheet_of(r), other = { .seed = { 9 } };
	struct err err = { 0 };
	struct stat about;

	assert_int_equal(restore_right_tries(r->dir), 0);
	for (int tries = 1; tries <= 3; tries++) {
		assert_ok(restore_right_count(r->dir, &err), &err);
		assert_int_equal(restore_right_tries(r->dir), tries);
	}
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
	assert_int_equal(restore_right_sheet(r->dir, &other, false, &err), ERR_INVALID);
	assert_int_equal(restore_right_tries(r->dir), 3);
	assert_ok(restore_right_sheet(r->dir, &own, false, &err), &err);
	assert_int_equal(restore_right_tries(r->dir), 0);
}

TEST(a_restore_forgets_the_tried_pins_and_its_trial_does_not, rescue)
{
	struct rescue *r = *state;
	const struct restore_wish trial = {
		.from = r->backup, .dir = r->dir, .try_dir = r->other, .clock = &r->clock
	};
	struct restore_report report = { 0 };
	struct err err = { 0 };

	assert_ok(restore_right_count(r->dir, &err), &err);
	assert_ok(restore_run(&trial, &report, &err), &err);
	restore_report_finish(&report);
	assert_int_equal(restore_right_tries(r->dir), 1);
	assert_ok(restore_into(r, r->dir, NULL, &report, &err), &err);
	restore_report_finish(&report);
	assert_int_equal(restore_right_tries(r->dir), 0);
}

TEST(where_a_tried_pin_cannot_be_written_down_the_sheet_lets_go_back_all_the_same, rescue)
{
	struct rescue *r = *state;
	const struct recovery own = sheet_of(r);
	struct err err = { 0 };

	/* Nothing can be put in its place, not even as root. */
	rescue_shell("mkdir -p '%s/restore.tries%s'", r->dir, "/in the way");
	assert_int_equal(restore_right_count(r->dir, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_FILE_UNWRITABLE));
	assert_int_equal(restore_right_tries(r->dir), 0);
	assert_ok(restore_right_sheet(r->dir, &own, false, &err), &err);
}

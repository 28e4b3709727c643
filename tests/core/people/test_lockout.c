/* Wrong PINs: how many, how long nobody gets in, and how that ends. */
#include <stdio.h>

#include "core/base/reasons.h"
#include "core/people/lockout.h"
#include "core/people/reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/pins.h"
#include "tests/lib/test.h"

/* Advances both clocks. */
static void pass(struct fixture *f, int64_t seconds)
{
	f->folk->clock.set_wall += seconds;
	f->folk->clock.set_monotonic_ms += seconds * 1000;
}

TEST(the_fifth_wrong_try_locks_for_a_quarter_of_an_hour, staff)
{
	struct fixture *f = *state;

	add_with_pin(f, "lifang");
	for (int i = 0; i < LOCKOUT_TRIES - 1; i++)
		assert_refused(fail_once(f), &f->folk->err, PIN_WRONG);
	assert_refused(fail_once(f), &f->folk->err, PIN_LOCKED);
	assert_int_equal(f->folk->err.reasons[0].n1, SATURDAY + 15 * 60);
	/* The right one does not help now. */
	assert_refused(try_pin(f, PIN), &f->folk->err, PIN_LOCKED);
	pass(f, 15 * 60);
	OK(f->folk, try_pin(f, PIN));
}

TEST(each_lock_is_twice_as_long_up_to_a_day, staff)
{
	struct fixture *f = *state;
	int64_t length = LOCKOUT_FIRST;

	add_with_pin(f, "lifang");
	for (int round = 0; round < 10; round++) {
		int64_t now = f->folk->clock.set_wall;
		for (int i = 0; i < LOCKOUT_TRIES; i++)
			assert_int_equal(fail_once(f), ERR_REFUSED);
		assert_true(err_has(&f->folk->err, REASON_PIN_LOCKED));
		assert_int_equal(f->folk->err.reasons[0].n1, now + length);
		pass(f, length);
		length = length * 2 < LOCKOUT_LAST ? length * 2 : LOCKOUT_LAST;
	}
	assert_int_equal(length, LOCKOUT_LAST);
}

TEST(a_right_pin_forgets_the_wrong_ones, staff)
{
	struct fixture *f = *state;

	add_with_pin(f, "lifang");
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < LOCKOUT_TRIES - 1; i++)
			assert_refused(fail_once(f), &f->folk->err, PIN_WRONG);
		OK(f->folk, try_pin(f, PIN));
	}
}

TEST(the_last_try_may_be_the_right_one, staff)
{
	struct fixture *f = *state;

	add_with_pin(f, "lifang");
	for (int i = 0; i < LOCKOUT_TRIES - 1; i++)
		assert_refused(fail_once(f), &f->folk->err, PIN_WRONG);
	OK(f->folk, try_pin(f, PIN));
	OK(f->folk, try_pin(f, PIN));
}

/* The power may fail between begin and finish, as often as somebody pulls the plug. */
TEST(a_try_counts_before_its_outcome_is_known, staff)
{
	struct fixture *f = *state;
	struct pin_check check;

	add_with_pin(f, "lifang");
	for (int i = 0; i < LOCKOUT_TRIES; i++)
		OK(f->folk, staff_pin_begin(f->folk->db, "lifang", WRONG, &f->pepper, &check,
				    &f->folk->err));
	assert_refused(
		staff_pin_begin(f->folk->db, "lifang", PIN, &f->pepper, &check, &f->folk->err),
		&f->folk->err, PIN_LOCKED);
}

TEST(a_lockout_survives_a_restart, staff)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", f->dir);
	struct db *memory = f->folk->db;

	OK(f->folk,
		db_create(path, 1, "Asia/Shanghai", &f->folk->clock, &f->folk->db, &f->folk->err));
	add_with_pin(f, "lifang");
	for (int i = 0; i < LOCKOUT_TRIES; i++)
		assert_int_equal(fail_once(f), ERR_REFUSED);
	db_close(f->folk->db);
	OK(f->folk, db_open(path, DB_OPEN, &f->folk->clock, &f->folk->db, &f->folk->err));
	assert_refused(try_pin(f, PIN), &f->folk->err, PIN_LOCKED);
	db_close(f->folk->db);
	f->folk->db = memory;
}

TEST(a_clock_put_right_locks_nobody_out_for_years, staff)
{
	struct fixture *f = *state;

	add_with_pin(f, "lifang");
	f->folk->clock.set_wall += 10 * 365 * INT64_C(86400);
	for (int i = 0; i < LOCKOUT_TRIES; i++)
		assert_int_equal(fail_once(f), ERR_REFUSED);
	f->folk->clock.set_wall = SATURDAY;
	assert_refused(try_pin(f, PIN), &f->folk->err, PIN_LOCKED);
	assert_int_equal(f->folk->err.reasons[0].n1, SATURDAY + LOCKOUT_FIRST);
	pass(f, LOCKOUT_FIRST);
	OK(f->folk, try_pin(f, PIN));
}

/* ---- a clock that is moved ---- */

static void lock_out(struct fixture *f)
{
	add_with_pin(f, "lifang");
	for (int i = 0; i < LOCKOUT_TRIES; i++)
		assert_int_equal(fail_once(f), ERR_REFUSED);
	assert_true(err_has(&f->folk->err, REASON_PIN_LOCKED));
}

static void boot(struct fixture *f)
{
	OK(f->folk, db_write(f->folk->db, "UPDATE lockout SET boot = 'another'", NO_FIELDS, NULL,
			    &f->folk->err));
}

TEST(a_lockout_outlasts_a_clock_that_is_moved_and_a_restart, staff)
{
	static const int64_t moves[] = { 86400, 59 * INT64_C(86400), -40 * INT64_C(86400), 3600 };
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", f->dir);
	struct db *memory = f->folk->db;

	OK(f->folk,
		db_create(path, 1, "Asia/Shanghai", &f->folk->clock, &f->folk->db, &f->folk->err));
	lock_out(f);
	for (size_t i = 0; i < ARRAY_LEN(moves); i++) {
		db_close(f->folk->db);
		f->folk->clock.set_wall += moves[i];
		OK(f->folk, db_open(path, DB_OPEN, &f->folk->clock, &f->folk->db, &f->folk->err));
		assert_refused(try_pin(f, PIN), &f->folk->err, PIN_LOCKED);
		assert_int_equal(
			f->folk->err.reasons[0].n1, f->folk->clock.set_wall + LOCKOUT_FIRST);
	}
	pass(f, LOCKOUT_FIRST);
	OK(f->folk, try_pin(f, PIN));
	db_close(f->folk->db);
	f->folk->db = memory;
}

TEST(over_a_boot_a_lockout_stands_still_and_goes_on_from_what_was_noted, staff)
{
	struct fixture *f = *state;

	lock_out(f);
	pass(f, 600);
	OK(f->folk, lockout_note(f->folk->db, &f->folk->err));
	boot(f);
	f->folk->clock.set_wall += 86400;
	f->folk->clock.set_monotonic_ms = 1000;
	assert_refused(try_pin(f, PIN), &f->folk->err, PIN_LOCKED);
	assert_int_equal(f->folk->err.reasons[0].n1, f->folk->clock.set_wall + LOCKOUT_FIRST - 600);
	pass(f, LOCKOUT_FIRST - 601);
	assert_refused(try_pin(f, PIN), &f->folk->err, PIN_LOCKED);
	pass(f, 1);
	OK(f->folk, try_pin(f, PIN));
}

TEST(nothing_is_noted_while_nobody_is_locked_out, staff)
{
	struct fixture *f = *state;

	add_with_pin(f, "lifang");
	assert_refused(fail_once(f), &f->folk->err, PIN_WRONG);
	int64_t before = folk_count(f->folk, "SELECT total_changes()");
	OK(f->folk, lockout_note(f->folk->db, &f->folk->err));
	assert_int_equal(folk_count(f->folk, "SELECT total_changes()"), before);
}

TEST(a_new_pin_ends_a_lockout_and_the_old_pin, staff)
{
	struct fixture *f = *state;
	char hash[STAFF_HASH_SIZE];
	int64_t id = add_with_pin(f, "lifang");

	for (int i = 0; i < LOCKOUT_TRIES; i++)
		assert_int_equal(fail_once(f), ERR_REFUSED);
	OK(f->folk, staff_pin_hash(&f->pepper, id, "905372", hash, &f->folk->err));
	OK(f->folk, staff_pin_set(f->folk->db, &by_admin, id, hash, &f->folk->err));
	assert_refused(try_pin(f, PIN), &f->folk->err, PIN_WRONG);
	OK(f->folk, try_pin(f, "905372"));
}

/* ---- two doors ---- */

TEST(tries_at_the_shell_lock_the_shell_and_tries_with_a_card_the_card, staff)
{
	struct fixture *f = *state;

	add_with_pin(f, "lifang");
	for (int i = 0; i < LOCKOUT_TRIES; i++)
		assert_int_equal(try_at_shell(f, WRONG), ERR_REFUSED);
	assert_true(err_has(&f->folk->err, REASON_PIN_LOCKED));
	assert_refused(try_at_shell(f, PIN), &f->folk->err, PIN_LOCKED);
	OK(f->folk, try_pin(f, PIN));
	pass(f, LOCKOUT_FIRST);
	for (int i = 0; i < LOCKOUT_TRIES; i++)
		assert_int_equal(fail_once(f), ERR_REFUSED);
	assert_refused(try_pin(f, PIN), &f->folk->err, PIN_LOCKED);
	OK(f->folk, try_at_shell(f, PIN));
}

TEST(a_right_pin_at_the_shell_writes_nothing_and_a_wrong_one_a_row, staff)
{
	struct fixture *f = *state;

	add_with_pin(f, "lifang");
	int64_t before = folk_count(f->folk, "SELECT total_changes()");
	OK(f->folk, try_at_shell(f, PIN));
	assert_int_equal(folk_count(f->folk, "SELECT total_changes()"), before);
	assert_refused(try_at_shell(f, WRONG), &f->folk->err, PIN_WRONG);
	assert_int_equal(folk_count(f->folk, "SELECT total_changes()"), before + 1);
	OK(f->folk, try_at_shell(f, PIN));
	assert_int_equal(folk_count(f->folk, "SELECT count(*) FROM lockout"), 0);
}

TEST(an_administrator_ends_a_lockout_on_the_record, staff)
{
	struct fixture *f = *state;
	CLEANUP(staff_list_finish) struct staff_list list = { 0 };
	int64_t id = add_with_pin(f, "lifang");

	for (int i = 0; i < LOCKOUT_TRIES; i++) {
		assert_int_equal(try_at_shell(f, WRONG), ERR_REFUSED);
		assert_int_equal(fail_once(f), ERR_REFUSED);
	}
	OK(f->folk, staff_list(f->folk->db, &list, &f->folk->err));
	assert_int_equal(list.rows[0].locked_until, SATURDAY + LOCKOUT_FIRST);
	assert_refused(staff_unlock(f->folk->db, &by_coordinator, id, &f->folk->err), &f->folk->err,
		ROLE_NEEDED);
	OK(f->folk, staff_unlock(f->folk->db, &by_admin, id, &f->folk->err));
	OK(f->folk, try_pin(f, PIN));
	OK(f->folk, try_at_shell(f, PIN));
	assert_int_equal(
		folk_count(f->folk, "SELECT count(*) FROM journal WHERE kind = 'staff.unlock'"), 1);
}

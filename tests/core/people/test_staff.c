/* Staff, their PINs, and the tokens of service accounts. */
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/reasons.h"
#include "core/people/card.h"
#include "core/people/lockout.h"
#include "core/people/reasons.h"
#include "core/people/staff_card.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "tests/core/pins.h"
#include "tests/lib/test.h"

TEST(staff_are_found_by_code_and_by_their_card, staff)
{
	struct fixture *f = *state;
	struct folk *folk = f->folk;
	CLEANUP(mem_free) char *name = NULL;
	struct staff_new draft = { .code = "wei",
		.name = "何伟",
		.role = ROLE_COORDINATOR,
		.resident = FOLK_ADD(folk, .name = "何伟") };
	struct staff by_code, by_card;
	int64_t id;

	OK(folk, staff_add(folk->db, &by_admin, &draft, &id, &folk->err));
	OK(folk, staff_by_code(folk->db, "wei", &by_code, &folk->err));
	OK(folk, staff_by_resident(folk->db, draft.resident, &by_card, &folk->err));
	OK(folk, staff_name(folk->db, id, &name, &folk->err));
	assert_int_equal(by_code.id, id);
	assert_int_equal(by_card.id, id);
	assert_int_equal(by_code.role, ROLE_COORDINATOR);
	assert_string_equal(by_card.code, "wei");
	assert_string_equal(name, "何伟");
	assert_fails(staff_by_code(folk->db, "nobody", &by_code, &folk->err), &folk->err,
		ERR_NOT_FOUND, STAFF_UNKNOWN);
}

TEST(a_code_is_given_once_even_after_its_owner_left, staff)
{
	struct fixture *f = *state;
	struct staff_new draft = { .code = "lifang", .name = "另一人", .role = ROLE_VOLUNTEER };
	struct staff staff;
	int64_t id = add(f, "lifang", ROLE_VOLUNTEER);

	OK(f->folk, staff_leave(f->folk->db, &by_admin, id, &f->folk->err));
	assert_fails(staff_by_code(f->folk->db, "lifang", &staff, &f->folk->err), &f->folk->err,
		ERR_NOT_FOUND, STAFF_UNKNOWN);
	assert_refused(staff_add(f->folk->db, &by_admin, &draft, &id, &f->folk->err), &f->folk->err,
		STAFF_EXISTS);
}

TEST(a_code_is_small_letters_digits_and_hyphens, staff)
{
	static const char *const bad[] = { "", "Lifang", "9er", "li fang", "丽芳", "-a",
		"abcdefghijklmnopqrstuvwxy" };
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct staff_new draft = { .code = bad[i], .name = "某", .role = ROLE_VOLUNTEER };
		int64_t id;
		assert_fails(staff_add(f->folk->db, &by_admin, &draft, &id, &f->folk->err),
			&f->folk->err, ERR_INVALID, STAFF_CODE_BAD);
	}
}

TEST(a_role_is_one_that_staff_can_have, staff)
{
	struct fixture *f = *state;
	static const enum role roles[] = { ROLE_NONE, ROLE_RESIDENT, ROLE_SYSTEM };

	for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
		struct staff_new draft = { .code = "x", .name = "某", .role = roles[i] };
		int64_t id;
		assert_refused(staff_add(f->folk->db, &by_admin, &draft, &id, &f->folk->err),
			&f->folk->err, ROLE_NEEDED);
	}
}

TEST(the_right_pin_opens, staff)
{
	struct fixture *f = *state;
	struct staff staff;
	int64_t id = add_with_pin(f, "lifang");

	OK(f->folk, staff_pin_check(f->folk->db, "lifang", PIN, &f->pepper, &staff, &f->folk->err));
	assert_int_equal(staff.id, id);
	assert_int_equal(folk_count(f->folk, "SELECT count(*) FROM lockout"), 0);
}

TEST(a_wrong_pin_says_how_many_tries_are_left, staff)
{
	struct fixture *f = *state;

	add_with_pin(f, "lifang");
	assert_refused(try_pin(f, WRONG), &f->folk->err, PIN_WRONG);
	assert_int_equal(f->folk->err.reasons[0].n1, 4);
}

TEST(without_a_pin_nobody_gets_in, staff)
{
	struct fixture *f = *state;

	add(f, "lifang", ROLE_VOLUNTEER);
	assert_refused(try_pin(f, PIN), &f->folk->err, PIN_NONE);
}

TEST(who_has_left_does_not_get_in, staff)
{
	struct fixture *f = *state;
	int64_t id = add_with_pin(f, "lifang");

	OK(f->folk, staff_leave(f->folk->db, &by_admin, id, &f->folk->err));
	assert_fails(try_pin(f, PIN), &f->folk->err, ERR_NOT_FOUND, STAFF_UNKNOWN);
}

TEST(a_pin_of_another_shape_is_no_try, staff)
{
	static const char *const bad[] = { "", "12345", "1234567", "12345a", "１２３４５６" };
	struct fixture *f = *state;

	add_with_pin(f, "lifang");
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_fails(try_pin(f, bad[i]), &f->folk->err, ERR_INVALID, PIN_SHAPE);
	assert_int_equal(folk_count(f->folk, "SELECT count(*) FROM lockout"), 0);
}

TEST(what_anybody_tries_first_is_no_pin, staff)
{
	static const char *const weak[] = { "000000", "888888", "123456", "654321", "012345",
		"890123", "321098", "121212", "123123", "112233", "123321", "147258", "520131" };
	struct fixture *f = *state;
	char hash[STAFF_HASH_SIZE];

	for (size_t i = 0; i < ARRAY_LEN(weak); i++)
		assert_refused(staff_pin_hash(&f->pepper, 1, weak[i], hash, &f->folk->err),
			&f->folk->err, PIN_WEAK);
}

TEST(the_database_alone_cannot_try_pins, staff)
{
	struct fixture *f = *state;
	struct pepper other = f->pepper;
	struct pin_check check;

	add_with_pin(f, "lifang");
	other.key[0] ^= 1;
	OK(f->folk, staff_pin_begin(f->folk->db, "lifang", PIN, &other, &check, &f->folk->err));
	assert_false(pin_check_run(&check));
}

TEST(a_check_forgets_pin_and_pepper, staff)
{
	struct fixture *f = *state;
	static const unsigned char zero[sizeof(f->pepper.key)];
	struct pin_check check;

	add_with_pin(f, "lifang");
	OK(f->folk, staff_pin_begin(f->folk->db, "lifang", PIN, &f->pepper, &check, &f->folk->err));
	assert_true(pin_check_run(&check));
	assert_memory_equal(check.pepper.key, zero, sizeof(zero));
	assert_memory_equal(check.pin, zero, sizeof(check.pin));
}

TEST(no_pin_and_no_name_is_journalled, staff)
{
	struct fixture *f = *state;

	add_with_pin(f, "lifang");
	assert_int_equal(
		folk_count(f->folk, "SELECT count(*) FROM journal WHERE body LIKE '%argon2%'"
				    " OR body LIKE '%陈丽芳%'"),
		0);
}

TEST(the_pepper_is_made_once_and_read_by_nobody_else, staff)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/pepper.key", f->dir);
	struct pepper again;
	struct stat about;

	OK(f->folk, pepper_create(f->dir, &again, &f->folk->err));
	assert_memory_equal(&again, &f->pepper, sizeof(again));
	OK(f->folk, pepper_open(f->dir, &again, &f->folk->err));
	assert_memory_equal(&again, &f->pepper, sizeof(again));
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_int_equal(chmod(path, 0644), 0);
	assert_fails(
		pepper_open(f->dir, &again, &f->folk->err), &f->folk->err, ERR_INVALID, FILE_BAD);
	assert_int_equal(unlink(path), 0);
	assert_fails(pepper_open(f->dir, &again, &f->folk->err), &f->folk->err, ERR_NOT_FOUND,
		FILE_MISSING);
}

TEST(a_damaged_secret_is_not_read, staff)
{
	static const char *const damaged[] = { "", "00", "zz" };
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/damaged", f->dir);
	unsigned char secret[SECRET_SIZE];

	for (size_t i = 0; i < ARRAY_LEN(damaged); i++) {
		FILE *out = fopen(path, "w");
		assert_non_null(out);
		fputs(damaged[i], out);
		fclose(out);
		assert_int_equal(chmod(path, 0600), 0);
		assert_fails(secret_open(path, secret, &f->folk->err), &f->folk->err, ERR_INVALID,
			FILE_BAD);
	}
	assert_fails(secret_create(path, secret, &f->folk->err), &f->folk->err, ERR_REFUSED,
		FILE_EXISTS);
	assert_fails(secret_create("/nowhere/at/all", secret, &f->folk->err), &f->folk->err,
		ERR_STORAGE, FILE_UNWRITABLE);
}

static int64_t add_service(struct fixture *f, const char *code)
{
	struct staff_new draft = { .code = code, .name = "定时任务", .role = ROLE_SERVICE };
	int64_t id = 0;

	OK(f->folk, staff_add(f->folk->db, &by_admin, &draft, &id, &f->folk->err));
	return id;
}

TEST(a_service_account_shows_its_token_file, staff)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/nightly.token", f->dir);
	CLEANUP(mem_free) char *other = mem_printf("%s/other.token", f->dir);
	int64_t id = add_service(f, "nightly"), second = add_service(f, "weekly");
	struct staff staff;
	struct stat about;

	OK(f->folk, staff_token_issue(f->folk->db, &by_admin, id, path, &f->folk->err));
	OK(f->folk, staff_token_issue(f->folk->db, &by_admin, second, other, &f->folk->err));
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	OK(f->folk, staff_token_check(f->folk->db, "nightly", path, &staff, &f->folk->err));
	assert_int_equal(staff.id, id);
	/* Any number of wrong tries locks nobody out. */
	for (int i = 0; i < 20; i++)
		assert_refused(
			staff_token_check(f->folk->db, "nightly", other, &staff, &f->folk->err),
			&f->folk->err, TOKEN_WRONG);
	OK(f->folk, staff_token_check(f->folk->db, "nightly", path, &staff, &f->folk->err));
}

TEST(a_token_is_for_service_accounts_and_a_pin_is_not, staff)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/token", f->dir);
	int64_t id = add_with_pin(f, "lifang");
	struct pin_check check;
	struct staff staff;

	assert_refused(staff_token_issue(f->folk->db, &by_admin, id, path, &f->folk->err),
		&f->folk->err, STAFF_NOT_SERVICE);
	assert_int_equal(access(path, F_OK), -1);
	assert_refused(staff_token_check(f->folk->db, "lifang", path, &staff, &f->folk->err),
		&f->folk->err, STAFF_NOT_SERVICE);
	add_service(f, "nightly");
	assert_refused(
		staff_pin_begin(f->folk->db, "nightly", PIN, &f->pepper, &check, &f->folk->err),
		&f->folk->err, PIN_NONE);
}

TEST(a_token_file_is_never_written_over, staff)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/pepper.key", f->dir);
	struct pepper pepper;
	int64_t id = add_service(f, "nightly");

	assert_refused(staff_token_issue(f->folk->db, &by_admin, id, path, &f->folk->err),
		&f->folk->err, FILE_EXISTS);
	OK(f->folk, pepper_open(f->dir, &pepper, &f->folk->err));
	assert_memory_equal(&pepper, &f->pepper, sizeof(pepper));
}

TEST(who_is_here_is_listed_and_who_has_left_is_not, staff)
{
	struct fixture *f = *state;
	CLEANUP(staff_list_finish) struct staff_list list = { 0 };
	int64_t chen = add_with_pin(f, "chen");

	add(f, "zhang", ROLE_COORDINATOR);
	OK(f->folk,
		staff_leave(f->folk->db, &by_admin, add(f, "wang", ROLE_VOLUNTEER), &f->folk->err));
	OK(f->folk, staff_list(f->folk->db, &list, &f->folk->err));
	assert_int_equal(list.count, 2);
	assert_string_equal(list.rows[0].staff.code, "zhang");
	assert_false(list.rows[0].has_pin);
	assert_true(list.rows[1].staff.id == chen);
	assert_true(list.rows[1].has_pin);
	assert_string_equal(list.rows[1].name, "陈丽芳");
}

TEST(a_drawn_pin_opens, staff)
{
	struct fixture *f = *state;
	char pin[STAFF_PIN_DIGITS + 1], hash[STAFF_HASH_SIZE];
	int64_t id = add(f, "chen", ROLE_VOLUNTEER);
	struct staff staff;

	OK(f->folk, staff_pin_draw(&f->pepper, id, pin, hash, &f->folk->err));
	OK(f->folk, staff_pin_set(f->folk->db, &by_admin, id, hash, &f->folk->err));
	OK(f->folk, staff_pin_check(f->folk->db, "chen", pin, &f->pepper, &staff, &f->folk->err));
	assert_true(staff.id == id);
}

TEST(roles_have_words, staff)
{
	struct fixture *f = *state;
	enum role role;

	static const enum role roles[] = { ROLE_VOLUNTEER, ROLE_COORDINATOR, ROLE_ADMIN,
		ROLE_SERVICE };

	for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
		OK(f->folk, staff_role_parse(staff_role_name(roles[i]), &role, &f->folk->err));
		assert_int_equal(role, roles[i]);
	}
	assert_int_equal(staff_role_parse("boss", &role, &f->folk->err), ERR_INVALID);
}

/* ---- bound to their owner ---- */

/* What somebody with access to the database could write into it, and no act of the program does. */
static void put_hash(struct fixture *f, int64_t staff, const char *hash, bool is_bound)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct folk *folk = f->folk;

	OK(folk, act_begin(&a, folk->db, &by_admin, ACT_STAFF_PIN, NO_FIELDS, &folk->err));
	OK(folk, act_private(
			 &a, "staff_private", staff, FIELDS(F_TEXT("pin_hash", hash)), &folk->err));
	if (!is_bound)
		OK(folk,
			act_update(&a, "staff", staff, FIELDS(F_NULL("pin_bound_at")), &folk->err));
	OK(folk, act_commit(&a, staff, &folk->err));
}

/* As 0.1.0 hashed it. */
static void hash_unbound(const struct fixture *f, const char *pin, char ret[STAFF_HASH_SIZE])
{
	unsigned char seasoned[32];

	crypto_generichash(seasoned, sizeof(seasoned), (const unsigned char *)pin, strlen(pin),
		f->pepper.key, sizeof(f->pepper.key));
	assert_int_equal(
		crypto_pwhash_str(ret, (const char *)seasoned, sizeof(seasoned),
			crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE),
		0);
}

TEST(a_hash_copied_to_another_opens_nothing_there, staff)
{
	struct fixture *f = *state;
	char hash[STAFF_HASH_SIZE];
	int64_t id = add(f, "chen", ROLE_VOLUNTEER), boss = add_with_pin(f, "lifang");

	OK(f->folk, staff_pin_hash(&f->pepper, id, "905372", hash, &f->folk->err));
	OK(f->folk, staff_pin_set(f->folk->db, &by_admin, id, hash, &f->folk->err));
	put_hash(f, boss, hash, true);
	OK(f->folk, try_pin_of(f, "chen", "905372"));
	assert_refused(try_pin(f, "905372"), &f->folk->err, PIN_WRONG);
	assert_refused(try_at_shell(f, "905372"), &f->folk->err, PIN_WRONG);
}

TEST(a_pin_of_before_opens_once_more_and_is_bound_then, staff)
{
	struct fixture *f = *state;
	char old[STAFF_HASH_SIZE];
	int64_t id = add_with_pin(f, "lifang");

	hash_unbound(f, "905372", old);
	put_hash(f, id, old, false);
	assert_refused(try_pin(f, WRONG), &f->folk->err, PIN_WRONG);
	assert_int_equal(folk_count(f->folk, "SELECT count(pin_bound_at) FROM staff"), 0);
	OK(f->folk, try_pin(f, "905372"));
	assert_int_equal(folk_count(f->folk, "SELECT count(pin_bound_at) FROM staff"), 1);
	OK(f->folk, try_pin(f, "905372"));
	OK(f->folk, try_at_shell(f, "905372"));
	/* Put back by hand, it no longer opens anything. */
	put_hash(f, id, old, true);
	assert_refused(try_pin(f, "905372"), &f->folk->err, PIN_WRONG);
}

TEST(a_token_copied_to_another_account_is_wrong_there, staff)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/nightly.token", f->dir);
	CLEANUP(mem_free) char *other = mem_printf("%s/weekly.token", f->dir);
	int64_t night = add_service(f, "nightly"), week = add_service(f, "weekly");
	struct staff staff;

	OK(f->folk, staff_token_issue(f->folk->db, &by_admin, night, path, &f->folk->err));
	OK(f->folk, staff_token_issue(f->folk->db, &by_admin, week, other, &f->folk->err));
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	OK(f->folk,
		act_begin(&a, f->folk->db, &by_admin, ACT_STAFF_TOKEN, NO_FIELDS, &f->folk->err));
	CLEANUP(query_close) struct query q = QUERY_INIT;
	OK(f->folk, query_open(&q, f->folk->db, "SELECT pin_hash FROM staff_private WHERE id = :id",
			    FIELDS(F_INT("id", night)), &f->folk->err));
	assert_int_equal(query_next(&q, &f->folk->err), 1);
	CLEANUP(mem_free) char *hash = mem_text(query_text0(&q, "pin_hash"));
	query_close(&q);
	OK(f->folk, act_private(&a, "staff_private", week, FIELDS(F_TEXT("pin_hash", hash)),
			    &f->folk->err));
	OK(f->folk, act_commit(&a, week, &f->folk->err));
	OK(f->folk, staff_token_check(f->folk->db, "nightly", path, &staff, &f->folk->err));
	assert_refused(staff_token_check(f->folk->db, "weekly", path, &staff, &f->folk->err),
		&f->folk->err, TOKEN_WRONG);
}

/* An account that 0.1.0 made: a coordinator by its role, its token's hash unbound. */
TEST(a_service_account_of_before_is_bound_and_has_the_rights_of_the_night, staff)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/nightly.token", f->dir);
	int64_t id = add_service(f, "nightly");
	unsigned char token[SECRET_SIZE], digest[32];
	char hash[65];
	struct staff staff;

	OK(f->folk, secret_create(path, token, &f->folk->err));
	crypto_generichash(digest, sizeof(digest), token, sizeof(token), NULL, 0);
	sodium_bin2hex(hash, sizeof(hash), digest, sizeof(digest));
	put_hash(f, id, hash, false);
	OK(f->folk, staff_token_check(f->folk->db, "nightly", path, &staff, &f->folk->err));
	assert_int_equal(staff.role, ROLE_SERVICE);
	assert_int_equal(folk_count(f->folk, "SELECT count(pin_bound_at) FROM staff"), 1);
	OK(f->folk, staff_token_check(f->folk->db, "nightly", path, &staff, &f->folk->err));
	put_hash(f, id, hash, true);
	assert_refused(staff_token_check(f->folk->db, "nightly", path, &staff, &f->folk->err),
		&f->folk->err, TOKEN_WRONG);
}

/* ---- cards of staff ---- */

static int find_card(struct fixture *f, const char *payload, struct staff *ret)
{
	const struct code code = code_read(payload, strlen(payload), NULL);

	assert_int_equal(code.type, CODE_CARD);
	return staff_card_find(f->folk->db, code.token, ret, &f->folk->err);
}

TEST(a_staff_card_is_whose_it_was_made_for_until_the_next_one, staff)
{
	struct fixture *f = *state;
	char first[CODE_TEXT_MAX], second[CODE_TEXT_MAX];
	int64_t id = add(f, "admin", ROLE_ADMIN);
	struct staff staff;
	struct card card;

	OK(f->folk, staff_card_issue(f->folk->db, &by_admin, id, first, &f->folk->err));
	OK(f->folk, find_card(f, first, &staff));
	assert_true(staff.id == id);
	/* It is not anybody's share card. */
	const struct code code = code_read(first, strlen(first), NULL);
	assert_refused(card_find(f->folk->db, code.token, &card, &f->folk->err), &f->folk->err,
		STAFF_CARD_ONLY);
	OK(f->folk, staff_card_issue(f->folk->db, &by_admin, id, second, &f->folk->err));
	assert_refused(find_card(f, first, &staff), &f->folk->err, CARD_REVOKED);
	OK(f->folk, find_card(f, second, &staff));
	OK(f->folk, staff_leave(f->folk->db, &by_admin, id, &f->folk->err));
	assert_fails(find_card(f, second, &staff), &f->folk->err, ERR_NOT_FOUND, STAFF_UNKNOWN);
}

TEST(a_residents_share_card_is_their_staff_card, staff)
{
	struct fixture *f = *state;
	struct folk *folk = f->folk;
	char share[CODE_TEXT_MAX], text[CODE_TEXT_MAX];
	struct staff_new draft = { .code = "wei",
		.name = "何伟",
		.role = ROLE_VOLUNTEER,
		.resident = FOLK_ADD(folk, .name = "何伟", .number = 7) };
	struct staff staff;
	int64_t id;

	OK(folk, staff_add(folk->db, &by_admin, &draft, &id, &folk->err));
	OK(folk, card_issue(folk->db, &by_volunteer, draft.resident, share, NULL, &folk->err));
	OK(folk, find_card(f, share, &staff));
	assert_true(staff.id == id);
	assert_refused(staff_card_issue(folk->db, &by_admin, id, text, &folk->err), &folk->err,
		STAFF_HAS_CARD);
	assert_int_equal(folk->err.reasons[0].n1, 7);
}

TEST(a_service_account_gets_no_card, staff)
{
	struct fixture *f = *state;
	char text[CODE_TEXT_MAX];
	int64_t id = add_service(f, "nightly");

	assert_refused(staff_card_issue(f->folk->db, &by_admin, id, text, &f->folk->err),
		&f->folk->err, PIN_NONE);
}

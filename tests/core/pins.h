/* Staff of a venue in memory, with PINs to try: for the tests of staff and of lockouts. */
#pragma once

#include <stdio.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/people/secret.h"
#include "core/people/staff.h"
#include "tests/core/folk.h"

#define PIN   "260719"
#define WRONG "260718"

struct fixture {
	struct folk *folk;
	char dir[64];
	struct pepper pepper;
};

static inline int staff_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	void *folk;

	folk_setup(&folk);
	f->folk = folk;
	snprintf(f->dir, sizeof(f->dir), "/tmp/jiaplus-staff-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	OK(f->folk, pepper_create(f->dir, &f->pepper, &f->folk->err));
	*state = f;
	return 0;
}

static inline int staff_teardown(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);
	void *folk = f->folk;

	folk_teardown(&folk);
	free(f);
	return system(command);
}

static inline int64_t add(struct fixture *f, const char *code, enum role role)
{
	struct staff_new staff = { .code = code, .name = "陈丽芳", .role = role };
	int64_t id = 0;

	OK(f->folk, staff_add(f->folk->db, &by_admin, &staff, &id, &f->folk->err));
	return id;
}

static inline int64_t add_with_pin(struct fixture *f, const char *code)
{
	char hash[STAFF_HASH_SIZE];
	int64_t id = add(f, code, ROLE_VOLUNTEER);

	OK(f->folk, staff_pin_hash(&f->pepper, id, PIN, hash, &f->folk->err));
	OK(f->folk, staff_pin_set(f->folk->db, &by_admin, id, hash, &f->folk->err));
	return id;
}

/* At the counter, with the card. */
static inline int try_pin_of(struct fixture *f, const char *code, const char *pin)
{
	struct pin_check check;
	struct staff staff;

	TRY(staff_pin_begin(f->folk->db, code, pin, &f->pepper, &check, &f->folk->err));
	bool is_right = pin_check_run(&check);
	return staff_pin_finish(f->folk->db, &check, is_right, &staff, &f->folk->err);
}

static inline int try_pin(struct fixture *f, const char *pin)
{
	return try_pin_of(f, "lifang", pin);
}

static inline int try_at_shell(struct fixture *f, const char *pin)
{
	struct staff staff;

	return staff_pin_check(f->folk->db, "lifang", pin, &f->pepper, &staff, &f->folk->err);
}

/* A wrong try without the 43 ms of argon2id. */
static inline int fail_once(struct fixture *f)
{
	struct pin_check check;
	struct staff staff;

	TRY(staff_pin_begin(f->folk->db, "lifang", WRONG, &f->pepper, &check, &f->folk->err));
	return staff_pin_finish(f->folk->db, &check, false, &staff, &f->folk->err);
}

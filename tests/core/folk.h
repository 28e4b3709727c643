/* A memory database with a set clock and two categories of residents: what the tests of people and
 * of the site start from. It is Saturday 2026-11-21, 14:00 in Shanghai. */
#pragma once

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/people/resident_acts.h"
#include "tests/lib/ok.h"

#define SATURDAY 1795240800 /* 2026-11-21T14:00+08:00 */

struct folk {
	struct clock clock;
	struct db *db;
	struct err err;
	int64_t resident_category, volunteer_category;
};

static const struct act by_volunteer = { .role = ROLE_VOLUNTEER };
static const struct act by_coordinator = { .role = ROLE_COORDINATOR };
static const struct act by_admin = { .role = ROLE_ADMIN };

#define OK(f, call) assert_ok((call), &(f)->err)

#define assert_fails(call, err_, code_, name)                                                 \
	do {                                                                                  \
		assert_int_equal((call), (code_));                                            \
		if (!err_has((err_), REASON_##name))                                          \
			fail_msg("failed, but for %s", reason_name((err_)->reasons[0].code)); \
	} while (0)

static inline int folk_setup(void **state)
{
	struct folk *f = mem_alloc(sizeof(*f));

	f->clock = clock_set(SATURDAY);
	OK(f, db_open_memory(&f->clock, &f->db, &f->err));
	OK(f, when_set_zone("Asia/Shanghai", &f->err));
	OK(f, resident_category_add(
		      f->db, &by_coordinator, "resident", "居民", &f->resident_category, &f->err));
	OK(f, resident_category_add(f->db, &by_coordinator, "volunteer", "志愿者",
		      &f->volunteer_category, &f->err));
	*state = f;
	return 0;
}

static inline int folk_teardown(void **state)
{
	struct folk *f = *state;

	db_close(f->db);
	free(f);
	return 0;
}

/* FOLK_ADD(f, .name = "张三", .phone = "13800000000") returns the id. */
#define FOLK_ADD(f, ...)                      \
	folk_add((f), &(struct resident_new){ \
			      .category = "resident", .consent_version = "2026-1", __VA_ARGS__ })
static inline int64_t folk_add(struct folk *f, const struct resident_new *resident)
{
	int64_t id = 0;

	OK(f, resident_add(f->db, &by_volunteer, resident, &id, &f->err));
	return id;
}

static inline int64_t folk_count(struct folk *f, const char *sql)
{
	int64_t n = -1;

	OK(f, db_integer(f->db, sql, NO_FIELDS, 0, &n, &f->err));
	return n;
}

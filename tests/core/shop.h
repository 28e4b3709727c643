/* A small venue in a memory database with a set clock: what the tests of lending, rooms, points and
 * duty start from. Open Tuesday to Sunday 9:00–21:00; it is Saturday 2026-11-21, 14:00. */
#pragma once

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/catalogue/category.h"
#include "core/items/catalogue/item.h"
#include "core/items/catalogue/title.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/rule.h"
#include "core/people/resident_acts.h"
#include "core/site/hours.h"
#include "tests/lib/ok.h"

struct shop {
	struct clock clock;
	struct db *db;
	struct err err;
	int64_t resident_category, volunteer_category;
	int64_t tool, power_tool, book; /* categories; power_tool is below tool */
	int people;
};

/* Who acts. */
static const struct act by_resident = { .role = ROLE_RESIDENT };
static const struct act by_volunteer = { .role = ROLE_VOLUNTEER };
static const struct act by_coordinator = { .role = ROLE_COORDINATOR };
static const struct act by_override = {
	.role = ROLE_VOLUNTEER, .actor = 1, .is_override = true, .why = "急用"
};

/* "2026-11-21T14:00" in the venue's time. */
static inline int64_t at(const char *local)
{
	struct err err = { 0 };
	int64_t instant = 0;

	assert_ok(when_parse(local, &instant, &err), &err);
	return instant;
}

#define assert_instant(actual, local)            \
	do {                                     \
		char is_[32], want_[32];         \
		when_format((actual), is_);      \
		when_format(at(local), want_);   \
		assert_string_equal(is_, want_); \
	} while (0)

static inline void shop_set_clock(struct shop *s, const char *local)
{
	s->clock.set_wall = at(local);
}

static inline void shop_set_week(struct shop *s, int opens, int closes, const char *weekdays)
{
	struct opening week[7];
	int count = 0;

	for (int d = 1; d <= 7; d++)
		if (weekdays[d - 1] == 'x')
			week[count++] = (struct opening){ d, opens, closes };
	assert_ok(hours_set(s->db, &by_coordinator, week, count, &s->err), &s->err);
}

static inline int64_t shop_close_days(
	struct shop *s, const char *from, const char *until, bool is_emergency)
{
	struct closure closure = { .is_emergency = is_emergency, .name = (char *)"停用" };
	int64_t id = 0;

	assert_ok(day_parse(from, &closure.from, &s->err), &s->err);
	assert_ok(day_parse(until, &closure.until, &s->err), &s->err);
	assert_ok(closure_add(s->db, &by_coordinator, &closure, &id, &s->err), &s->err);
	return id;
}

static inline int64_t shop_category(
	struct shop *s, const char *code, const char *name, int64_t parent)
{
	int64_t id = 0;

	assert_ok(category_add(s->db, &by_coordinator,
			  &(struct category_draft){ code, name, parent, 0 }, &id, &s->err),
		&s->err);
	return id;
}

static inline int64_t shop_resident_of(struct shop *s, const char *category)
{
	CLEANUP(mem_free) char *name = mem_printf("何%c", 'A' + s->people++ % 26);
	struct resident_new draft = {
		.name = name, .category = category, .consent_version = "2026-1"
	};
	int64_t id = 0;

	assert_ok(resident_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static inline int64_t shop_resident(struct shop *s)
{
	return shop_resident_of(s, "resident");
}

static inline int64_t shop_title(struct shop *s, const char *name, int64_t category)
{
	int64_t id = 0;

	assert_ok(
		title_add(s->db, &by_volunteer,
			&(struct title_draft){ .name = name, .category = category }, &id, &s->err),
		&s->err);
	return id;
}

/* A single item with its own title. */
static inline int64_t shop_item(struct shop *s, int64_t category)
{
	struct item_draft draft = { .title = shop_title(s, "冲击钻", category) };
	int64_t id = 0;

	assert_ok(item_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

/* SHOP_RULE(s, row.category = s->tool, row.max_items = 1): one row, all else blank. */
#define SHOP_RULE(s, ...)                                                                        \
	do {                                                                                     \
		struct rule_row row = RULE_ROW_BLANK;                                            \
		int64_t id_;                                                                     \
		(void)(__VA_ARGS__);                                                             \
		assert_ok(rule_set((s)->db, &by_coordinator, &row, &id_, &(s)->err), &(s)->err); \
	} while (0)

/* A loan of a new item to a new person. */
static inline int64_t shop_loan(struct shop *s)
{
	const struct loan_request request = { shop_item(s, s->tool), shop_resident(s), 0 };
	int64_t id = 0;

	assert_ok(loan_open(s->db, &by_volunteer, &request, &id, &s->err), &s->err);
	return id;
}

static inline int shop_setup(void **state)
{
	struct shop *s = mem_alloc(sizeof(*s));

	s->clock = clock_set(1795240800); /* 2026-11-21T14:00+08:00 */
	assert_ok(db_open_memory(&s->clock, &s->db, &s->err), &s->err);
	shop_set_week(s, 9 * 60, 21 * 60, ".xxxxxx");
	assert_ok(resident_category_add(s->db, &by_coordinator, "resident", "居民",
			  &s->resident_category, &s->err),
		&s->err);
	assert_ok(resident_category_add(s->db, &by_coordinator, "volunteer", "志愿者",
			  &s->volunteer_category, &s->err),
		&s->err);
	s->tool = shop_category(s, "tool", "工具", 0);
	s->power_tool = shop_category(s, "power-tool", "电动工具", s->tool);
	s->book = shop_category(s, "book", "图书", 0);
	*state = s;
	return 0;
}

static inline int shop_teardown(void **state)
{
	struct shop *s = *state;

	db_close(s->db);
	free(s);
	return 0;
}

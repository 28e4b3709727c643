/* Shared by the tests of things that come and go for good. */
#pragma once

#include "core/items/giving/arrival.h"
#include "core/items/upkeep/retire.h"
#include "core/points/ledger.h"
#include "core/site/setting.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static inline struct item moves_item(struct shop *s, int64_t id)
{
	struct item item = { 0 };

	assert_ok(item_get(s->db, id, &item, &s->err), &s->err);
	return item;
}

/* A thing of a new title with this value. */
static inline struct arrival moves_arrival(
	struct shop *s, const char *name, int64_t points, int64_t fen)
{
	return (struct arrival){
		.draft = { .name = name,
			.category = s->tool,
			.terms = { .value_points = points, .value_fen = fen } },
		.item = { .shelf = "A-1" },
	};
}

/* On the shelf, with this value. */
static inline int64_t moves_worth(struct shop *s, int64_t points, int64_t fen)
{
	const struct arrival arrival = moves_arrival(s, "折叠梯", points, fen);
	struct item_draft item = arrival.item;
	int64_t id;

	assert_ok(title_add(s->db, &by_volunteer, &arrival.draft, &item.title, &s->err), &s->err);
	assert_ok(item_add(s->db, &by_volunteer, &item, &id, &s->err), &s->err);
	return id;
}

static inline void moves_give_points(struct shop *s, int64_t resident, int64_t points)
{
	const struct posting postings[] = {
		{ .system = ACCOUNT_ISSUE, .amount = POINTS(-points) },
		{ .resident = resident, .amount = POINTS(points) },
	};
	const struct transfer_draft draft = { "opening", postings, 2 };
	int64_t id;

	assert_ok(transfer_post(s->db, &by_coordinator, &draft, &id, &s->err), &s->err);
}

static inline int64_t moves_points(struct shop *s, int64_t resident)
{
	struct points points;

	assert_ok(points_balance(s->db, resident, &points, &s->err), &s->err);
	return points.n;
}

static inline int64_t moves_pool(struct shop *s)
{
	struct points points;

	assert_ok(points_balance_of_system(s->db, ACCOUNT_POOL, &points, &s->err), &s->err);
	return points.n;
}

static inline void moves_set(struct shop *s, enum setting setting, const char *value)
{
	assert_ok(setting_set(s->db, &by_coordinator, setting, value, &s->err), &s->err);
}

#define assert_retired(s, id, wanted)                                         \
	do {                                                                  \
		CLEANUP(item_finish) struct item item_ = moves_item(s, (id)); \
		assert_int_equal(item_.status, ITEM_RETIRED);                 \
		assert_int_equal(item_.cause, (wanted));                      \
	} while (0)

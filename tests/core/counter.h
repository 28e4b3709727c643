/* The counter of a small venue: two residents with cards, a drill and a ladder on the shelf. */
#pragma once

#include <string.h>

#include "core/desk/desk.h"
#include "core/people/card.h"
#include "core/people/staff.h"
#include "core/site/site.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

struct counter {
	struct shop *shop;
	struct db *db;
	struct desk *desk;
	struct outcome o;
	struct err err;
	int64_t person, other;
	char card[CODE_TEXT_MAX], other_card[CODE_TEXT_MAX];
	int64_t drill, ladder; /* items */
};

static const struct desk_options paper = { .letterhead = { .language = "zh_CN" },
	.receipt_width_mm = 58 };
static const struct staff wei = { .id = 77, .role = ROLE_VOLUNTEER, .code = "wei" };

static inline int counter_setup(void **state)
{
	struct counter *c = mem_alloc(sizeof(*c));
	void *shop;

	assert_int_equal(shop_setup(&shop), 0);
	c->shop = shop;
	c->db = c->shop->db;
	SHOP_RULE(c->shop, row.loan_days = 7, row.max_total = 5, row.max_renewals = 1);
	c->person = shop_resident(c->shop);
	c->other = shop_resident(c->shop);
	assert_ok(card_issue(c->db, &by_volunteer, c->person, c->card, NULL, &c->err), &c->err);
	assert_ok(
		card_issue(c->db, &by_volunteer, c->other, c->other_card, NULL, &c->err), &c->err);
	c->drill = shop_item(c->shop, c->shop->power_tool);
	c->ladder = shop_item(c->shop, c->shop->tool);
	assert_ok(site_set(c->db, &(struct act){ .role = ROLE_ADMIN },
			  &(struct site){ .name = (char *)"顺德共享家+" }, &c->err),
		&c->err);
	assert_ok(desk_open(c->db, &paper, &c->desk, &c->err), &c->err);
	*state = c;
	return 0;
}

static inline int counter_teardown(void **state)
{
	struct counter *c = *state;
	void *shop = c->shop;

	desk_close(c->desk);
	outcome_reset(&c->o);
	free(c);
	return shop_teardown(&shop);
}

static inline void scan(struct counter *c, const char *text)
{
	desk_scan(c->desk, text, strlen(text), &c->o);
}

static inline void scan_id(struct counter *c, enum code_type type, int64_t id)
{
	char text[CODE_TEXT_MAX];

	code_write_id(type, id, text);
	scan(c, text);
}

static inline void scan_item(struct counter *c, int64_t item)
{
	scan_id(c, CODE_ITEM, item);
}

#define assert_outcome(c, want) assert_int_equal((c)->o.kind, (want))
#define assert_refused_for(c, name)                               \
	do {                                                      \
		assert_outcome((c), OUTCOME_REFUSED);             \
		assert_true(err_has(&(c)->o.err, REASON_##name)); \
	} while (0)

static inline int64_t count(struct counter *c, const char *sql)
{
	int64_t n = -1;

	assert_ok(db_integer(c->db, sql, NO_FIELDS, 0, &n, &c->err), &c->err);
	return n;
}

static inline int64_t open_loans(struct counter *c)
{
	return count(
		c, "SELECT count(*) FROM loan WHERE returned_at IS NULL AND voided_at IS NULL");
}

static inline void finish(struct counter *c)
{
	desk_finish(c->desk, true, &c->o);
	assert_outcome(c, OUTCOME_FINISHED);
}

static inline void lend_before(struct counter *c, const char *card, int64_t item)
{
	scan(c, card);
	scan_item(c, item);
	assert_outcome(c, OUTCOME_LENT);
	finish(c);
}

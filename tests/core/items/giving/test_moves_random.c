#include <string.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/reason_name.h"
#include "core/items/giving/departure_undo.h"
#include "core/items/giving/donation.h"
#include "core/items/giving/giveaway.h"
#include "core/items/giving/sale.h"
#include "core/items/giving/swap.h"
#include "core/items/upkeep/stocktake.h"
#include "core/items/upkeep/ticket.h"
#include "core/points/fund.h"
#include "tests/core/moves.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

/* Random arrivals and departures: the fund is what was paid in, points are neither made nor lost,
 * what left is retired with a cause, and the journal rebuilds every table. JIAPLUS_SEED repeats a
 * run. */

#define RESIDENTS 4
#define STEPS     1500

struct model {
	struct shop *s;
	int64_t residents[RESIDENTS];
	int64_t fund, left, issued;
	int refused, done[8];
};

static int64_t any_item(struct model *m)
{
	int64_t id;

	assert_ok(db_integer(m->s->db,
			  "SELECT id FROM item ORDER BY id LIMIT 1 OFFSET :n"
			  " % (SELECT count(*) FROM item)",
			  FIELDS(F_INT("n", draw(1u << 20))), 0, &id, &m->s->err),
		&m->s->err);
	return id;
}

static int64_t any_resident(struct model *m)
{
	return m->residents[draw(RESIDENTS)];
}

static int do_donate(struct model *m)
{
	const struct arrival thing = moves_arrival(m->s, "椅子", draw(3) * 10, draw(3) * 500);
	struct donation_draft draft = { .resident = draw(2) ? any_resident(m) : 0,
		.name = "街坊",
		.fen = draw(3) * 100,
		.things = &thing,
		.thing_count = 1 };
	int64_t id;

	TRY(donation_take(m->s->db, &by_volunteer, &draft, &id, &m->s->err));
	m->fund += draft.fen;
	m->issued += draft.resident ? 10 : 0;
	return 0;
}

static int do_give(struct model *m)
{
	const struct giveaway_draft draft = { any_item(m), draw(3) ? any_resident(m) : 0,
		"慈善会" };
	int64_t id;

	TRY(giveaway_make(m->s->db, &by_volunteer, &draft, &id, &m->s->err));
	m->left++;
	return 0;
}

static int do_swap(struct model *m)
{
	const struct swap_draft draft = { any_resident(m), moves_arrival(m->s, "桌子", draw(30), 0),
		any_item(m) };
	int64_t id;

	TRY(swap_make(m->s->db, &by_volunteer, &draft, &id, &m->s->err));
	m->left++;
	return 0;
}

static int do_sell(struct model *m)
{
	const struct sale_draft draft = { any_item(m), any_resident(m), draw(2), 0 };
	struct sale sale;
	int64_t id;

	TRY(sale_make(m->s->db, &by_volunteer, &draft, &id, &m->s->err));
	assert_ok(sale_get(m->s->db, id, &sale, &m->s->err), &m->s->err);
	m->fund += sale.fen;
	m->left++;
	return 0;
}

static int do_ticket(struct model *m)
{
	struct ticket_draft draft = { .item = any_item(m), .words = "坏了" };
	CLEANUP(ticket_finish) struct ticket open = { 0 };
	int64_t id;

	int r = ticket_of_item(m->s->db, draft.item, &open, &m->s->err);
	if (r == 0)
		return ticket_open(m->s->db, &by_volunteer, &draft, &id, &m->s->err);
	if (draw(3))
		return ticket_close(m->s->db, &by_volunteer, open.id, "好了", &m->s->err);
	TRY(ticket_retire(m->s->db, &by_volunteer, open.id, "修不好", RETIRE_WORN_OUT, &m->s->err));
	m->left++;
	return 0;
}

static int do_count(struct model *m)
{
	CLEANUP(stocktake_finish) struct stocktake current = { 0 };
	struct stocktake_sighting seen = { .shelf = draw(2) ? "A-1" : "B-1" };
	enum stocktake_state state;
	int64_t id, count;

	int r = stocktake_current(m->s->db, &current, &m->s->err);
	if (r == 0)
		return stocktake_start(m->s->db, &by_volunteer,
			&(struct stocktake_scope){ .category = draw(2) ? m->s->tool : 0 }, &id,
			&m->s->err);
	if (draw(8)) {
		seen.stocktake = current.id;
		seen.item = any_item(m);
		return stocktake_seen(m->s->db, &by_volunteer, &seen, &state, &m->s->err);
	}
	TRY(stocktake_close(m->s->db, &by_volunteer, current.id, &m->s->err));
	return draw(2) ? 0
		       : stocktake_set_missing(
				 m->s->db, &by_coordinator, current.id, &count, &m->s->err);
}

static int do_undo(struct model *m)
{
	int64_t item = any_item(m), before, after;

	assert_ok(fund_balance(m->s->db, &before, &m->s->err), &m->s->err);
	TRY(departure_undo(m->s->db, &by_volunteer, item, &m->s->err));
	assert_ok(fund_balance(m->s->db, &after, &m->s->err), &m->s->err);
	m->fund -= before - after;
	m->left--;
	return 0;
}

static int do_nothing(struct model *m)
{
	m->s->clock.set_wall += 1 + draw(3600);
	return 0;
}

static void check(struct model *m)
{
	struct shop *s = m->s;
	int64_t fen, retired, points = 0;

	assert_ok(fund_balance(s->db, &fen, &s->err), &s->err);
	assert_int_equal(fen, m->fund);
	assert_ok(fund_prove(s->db, &s->err), &s->err);
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
	for (int i = 0; i < RESIDENTS; i++)
		points += moves_points(s, m->residents[i]);
	assert_int_equal(points + moves_pool(s), m->issued);
	assert_ok(db_integer(s->db,
			  "SELECT count(*) FROM item WHERE status = 'retired' AND EXISTS"
			  " (SELECT 1 FROM retirement WHERE retirement.item = item.id)",
			  NO_FIELDS, 0, &retired, &s->err),
		&s->err);
	assert_int_equal(retired, m->left);
}

TEST(whatever_comes_and_goes_the_books_agree_and_can_be_replayed, shop)
{
	static int (*const steps[])(struct model *) = { do_donate, do_give, do_swap, do_sell,
		do_ticket, do_count, do_nothing, do_undo };
	struct shop *s = *state;
	struct model m = { .s = s };
	char dir[] = "/tmp/jiaplus-moves-XXXXXX";
	struct verify_report report = { 0 };

	moves_set(s, SETTING_DONATION_POINTS, "10");
	for (int i = 0; i < RESIDENTS; i++)
		m.residents[i] = shop_resident(s);
	while (m.done[0] < 5)
		m.done[0] += do_donate(&m) == 0;
	for (int i = 0; i < STEPS; i++) {
		int n = (int)draw(ARRAY_LEN(steps) + 2) % (int)ARRAY_LEN(steps);
		if (steps[n](&m) == 0)
			m.done[n]++;
		else if (s->err.code == ERR_REFUSED)
			m.refused++;
		else
			fail_msg("step %d: %s", n, reason_name(s->err.reasons[0].code));
		if (i % 20 == 0)
			check(&m);
	}
	check(&m);
	print_message("# donated %d, given %d, swapped %d, sold %d, tickets %d, counted %d,"
		      " taken back %d, refused %d\n",
		m.done[0], m.done[1], m.done[2], m.done[3], m.done[4], m.done[5], m.done[7],
		m.refused);
	assert_non_null(mkdtemp(dir));
	assert_ok(verify_run(s->db, true, dir, &report, &s->err), &s->err);
	assert_int_equal(rmdir(dir), 0);
	assert_true(report.is_replayed);
	assert_string_equal(report.difference.table, "");
	/* A run that exercises nothing proves nothing. */
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		assert_true(m.done[i] > 2);
	assert_true(m.refused > 20);
}

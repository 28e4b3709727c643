/* Random work on the catalogue: in whatever order, the stock agrees with a plain count and is never
 * negative, kits stay flat, the parts of a kit are out when the kit is, and the journal rebuilds
 * the same tables. JIAPLUS_SEED repeats a run. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/items/catalogue/kit.h"
#include "core/items/catalogue/owner.h"
#include "core/items/catalogue/stock.h"
#include "core/items/catalogue/title_parts.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "tests/core/shop.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

#define TITLES    4
#define ITEMS     12
#define RESIDENTS 4
#define STEPS     3000

struct model {
	struct shop *s;
	int64_t titles[TITLES], items[ITEMS], residents[RESIDENTS];
	int64_t stock[TITLES];
	int64_t kit[ITEMS]; /* as this test believes */
	bool is_retired[ITEMS];
	int taken, short_of, packed, not_packed, lent;
};

static struct item get(const struct model *m, int i)
{
	struct err err = { 0 };
	struct item item = { 0 };

	assert_ok(item_get(m->s->db, m->items[i], &item, &err), &err);
	return item;
}

/* ---- steps ---- */

static void move_stock(struct model *m)
{
	int which = (int)draw(TITLES);
	int64_t count = 1 + draw(12), left = -1;
	struct err err = { 0 };
	const struct act act = { .role = ROLE_VOLUNTEER,
		.resident = m->residents[draw(RESIDENTS)] };

	if (draw(3) == 0) {
		assert_ok(stock_add(m->s->db, &by_volunteer, m->titles[which], count, &left, &err),
			&err);
		m->stock[which] += count;
		assert_int_equal(left, m->stock[which]);
		return;
	}
	int r = stock_take(m->s->db, &act, m->titles[which], count, &left, &err);
	assert_int_equal(r, count <= m->stock[which] ? 0 : ERR_REFUSED);
	if (r < 0) {
		assert_true(err_has(&err, m->stock[which] ? REASON_STOCK_SHORT : REASON_STOCK_OUT));
		m->short_of++;
		return;
	}
	m->stock[which] -= count;
	assert_int_equal(left, m->stock[which]);
	m->taken++;
}

static bool holds_something(const struct model *m, int i)
{
	for (int j = 0; j < ITEMS; j++)
		if (m->kit[j] == m->items[i])
			return true;
	return false;
}

static void pack(struct model *m)
{
	int kit = (int)draw(ITEMS), item = (int)draw(ITEMS);
	CLEANUP(item_finish) struct item holder = get(m, kit);
	CLEANUP(item_finish) struct item held = get(m, item);
	struct err err = { 0 };

	bool is_possible = kit != item && !holder.loan && !held.loan && !m->kit[kit] &&
			   !m->kit[item] && !holds_something(m, item) && !m->is_retired[kit] &&
			   !m->is_retired[item];
	int r = kit_add(m->s->db, &by_volunteer, m->items[kit], m->items[item], &err);
	assert_int_equal(r, is_possible ? 0 : ERR_REFUSED);
	m->packed += r == 0;
	m->not_packed += r != 0;
	if (r == 0)
		m->kit[item] = m->items[kit];
}

static void unpack(struct model *m)
{
	int item = (int)draw(ITEMS);
	CLEANUP(item_finish) struct item held = get(m, item);
	struct err err = { 0 };

	int r = kit_remove(m->s->db, &by_volunteer, m->items[item], &err);
	assert_int_equal(r, m->kit[item] && !held.loan ? 0 : ERR_REFUSED);
	if (r == 0)
		m->kit[item] = 0;
}

static void retire_or_reuse(struct model *m)
{
	static const struct act because = { .role = ROLE_VOLUNTEER, .why = "清点" };
	int which = (int)draw(ITEMS);
	CLEANUP(item_finish) struct item item = get(m, which);
	bool is_retired = draw(4) == 0;
	struct err err = { 0 };

	int r = item_set_status(
		m->s->db, &because, m->items[which], is_retired ? ITEM_RETIRED : ITEM_ACTIVE, &err);
	assert_int_equal(r, is_retired && item.loan ? ERR_REFUSED : 0);
	if (r < 0)
		return;
	m->is_retired[which] = is_retired;
	if (!is_retired)
		return;
	m->kit[which] = 0;
	for (int j = 0; j < ITEMS; j++)
		if (m->kit[j] == m->items[which])
			m->kit[j] = 0;
}

static void lend_or_return(struct model *m)
{
	int which = (int)draw(ITEMS);
	CLEANUP(item_finish) struct item item = get(m, which);
	struct loan_request request = { .item = m->items[which],
		.resident = m->residents[draw(RESIDENTS)] };
	struct err err = { 0 };
	int64_t loan;

	if (item.loan) {
		assert_ok(loan_return(m->s->db, &by_volunteer, item.loan, 0, &err), &err);
		return;
	}
	if (m->kit[which] || m->is_retired[which])
		return;
	m->lent += loan_open(m->s->db, &by_volunteer, &request, &loan, &err) == 0;
}

static void edit_title(struct model *m)
{
	int64_t id = m->titles[draw(TITLES)];
	CLEANUP(title_finish) struct title title = { 0 };
	struct err err = { 0 };

	assert_ok(title_get(m->s->db, id, &title, &err), &err);
	struct title_draft draft = title_draft_of(&title);
	draft.terms.value_points = draw(500);
	draft.terms.value_fen = draw(50000);
	draft.terms.short_days = draw(5);
	assert_ok(title_edit(m->s->db, &by_volunteer, id, &draft, &err), &err);
}

static void write_parts(struct model *m)
{
	static const char *const names[] = { "主机", "充电器", "钻头", "说明书", "箱子" };
	const char *list[ARRAY_LEN(names)];
	struct err err = { 0 };
	int count = 0;

	for (size_t i = 0, first = draw(ARRAY_LEN(names)); i < ARRAY_LEN(names); i++)
		if (draw(2))
			list[count++] = names[(first + i) % ARRAY_LEN(names)];
	assert_ok(title_set_parts(
			  m->s->db, &by_volunteer, m->titles[draw(TITLES)], list, count, &err),
		&err);
}

static void edit_item(struct model *m)
{
	int which = (int)draw(ITEMS);
	CLEANUP(item_finish) struct item item = get(m, which);
	struct item_draft draft = item_draft_of(&item);
	struct err err = { 0 };

	draft.zone = draw(2) ? "书屋" : "";
	draft.source = (enum item_source)draw(ITEM_SOURCE_COUNT);
	draft.cost_fen = draw(100000);
	draft.expires_on = draw(2) ? "2027-03-31" : NULL;
	assert_ok(item_edit(m->s->db, &by_volunteer, m->items[which], &draft, &err), &err);
}

static void change_owners(struct model *m)
{
	struct owner owners[RESIDENTS];
	struct err err = { 0 };
	int count = 0;

	for (int i = 0; i < RESIDENTS; i++)
		if (draw(2))
			owners[count++] = (struct owner){ m->residents[i], 1 + draw(5) };
	assert_ok(owners_set(m->s->db, &by_volunteer, m->items[draw(ITEMS)], owners, count, &err),
		&err);
}

/* ---- what must hold ---- */

static int64_t ask(struct model *m, const char *sql)
{
	struct err err = { 0 };
	int64_t n;

	assert_ok(db_integer(m->s->db, sql, NO_FIELDS, 0, &n, &err), &err);
	return n;
}

static void check(struct model *m)
{
	struct err err = { 0 };

	for (int i = 0; i < TITLES; i++) {
		CLEANUP(title_finish) struct title title = { 0 };
		assert_ok(title_get(m->s->db, m->titles[i], &title, &err), &err);
		assert_int_equal(title.stock, m->stock[i]);
	}
	for (int i = 0; i < ITEMS; i++) {
		CLEANUP(item_finish) struct item item = get(m, i);
		CLEANUP(item_finish) struct item kit = { 0 };
		assert_int_equal(item.kit, m->kit[i]);
		if (!item.kit)
			continue;
		assert_ok(item_get(m->s->db, item.kit, &kit, &err), &err);
		assert_int_equal(kit.kit, 0);
		assert_int_equal(item.loan, kit.loan);
		assert_int_equal(item.kit_number, kit.number);
	}
	assert_int_equal(
		ask(m, "SELECT count(*) FROM title WHERE stock <> ifnull((SELECT"
		       " sum(change) FROM stock_move WHERE stock_move.title = title.id), 0)"),
		0);
}

static void open_catalogue(struct model *m, struct shop *s)
{
	m->s = s;
	SHOP_RULE(s, row.max_items = 100, row.max_total = 100, row.loan_days = 300);
	for (int i = 0; i < TITLES; i++) {
		struct title_draft draft = {
			.name = "螺丝", .category = s->tool, .terms = { .is_consumable = true }
		};
		assert_ok(title_add(s->db, &by_volunteer, &draft, &m->titles[i], &s->err), &s->err);
	}
	for (int i = 0; i < ITEMS; i++)
		m->items[i] = shop_item(s, s->tool);
	for (int i = 0; i < RESIDENTS; i++)
		m->residents[i] = shop_resident(s);
}

TEST(any_work_on_the_catalogue_holds_together_and_can_be_replayed, shop)
{
	static void (*const steps[])(struct model *) = { move_stock, move_stock, pack, pack, unpack,
		retire_or_reuse, lend_or_return, lend_or_return, edit_title, write_parts, edit_item,
		change_owners };
	struct shop *s = *state;
	struct model m = { 0 };
	char dir[] = "/tmp/jiaplus-catalogue-XXXXXX";
	struct verify_report report = { 0 };

	open_catalogue(&m, s);
	for (int i = 0; i < STEPS; i++) {
		steps[draw(ARRAY_LEN(steps))](&m);
		s->clock.set_wall += draw(600);
		if (i % 50 == 0)
			check(&m);
	}
	check(&m);
	print_message("# taken %d, short of %d, packed %d, not packed %d, lent %d\n", m.taken,
		m.short_of, m.packed, m.not_packed, m.lent);
	assert_true(m.taken > 50 && m.short_of > 50 && m.packed > 20 && m.not_packed > 50 &&
		    m.lent > 50);
	assert_non_null(mkdtemp(dir));
	assert_ok(verify_run(s->db, true, dir, &report, &s->err), &s->err);
	assert_int_equal(rmdir(dir), 0);
	assert_true(report.is_replayed);
	assert_string_equal(report.difference.table, "");
}

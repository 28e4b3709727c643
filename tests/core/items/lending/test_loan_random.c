#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_list.h"
#include "core/items/reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

/* Random days at the counter, compared with a plain model: what is refused and why, who has what,
 * and what can be undone. JIAPLUS_SEED repeats a run. */

#define ITEMS     12
#define RESIDENTS 5
#define LOANS_MAX 5000
#define STEPS     10000

/* ---- the model ---- */

enum step { STEP_LEND, STEP_RETURN, STEP_RENEW };

struct model_loan {
	int64_t id, due_at, due_before, visit, return_visit, renew_visit;
	int item, resident, renewals;
	bool is_out, is_undone, can_undo_renewal;
};

/* What has happened to an item and is not undone. */
struct model_item {
	int64_t id;
	int category; /* 0 tool, 1 power tool, 2 book */
	int loan;     /* the item's loan, or -1 */
	struct {
		enum step step;
		int loan;
	} steps[LOANS_MAX];
	int step_count;
};

struct model {
	struct shop *s;
	struct model_item items[ITEMS];
	int64_t residents[RESIDENTS];
	struct model_loan loans[LOANS_MAX];
	int loan_count;
	int64_t visit;
	int lent, refused, returned, renewed, undone, overridden; /* how often */
};

#define MAX_TOTAL    3
#define MAX_TOOLS    2
#define MAX_POWER    1
#define MAX_BOOKS    2
#define MAX_RENEWALS 2

static int64_t now(const struct model *m)
{
	return m->s->clock.set_wall;
}

static int count_out(const struct model *m, int resident, bool (*is_counted)(int category))
{
	int count = 0;

	for (int i = 0; i < ITEMS; i++) {
		int loan = m->items[i].loan;
		count += loan >= 0 && m->loans[loan].resident == resident &&
			 is_counted(m->items[i].category);
	}
	return count;
}

static bool is_any(int category)
{
	return category >= 0;
}
static bool is_tool(int category)
{
	return category <= 1;
}
static bool is_power(int category)
{
	return category == 1;
}
static bool is_book(int category)
{
	return category == 2;
}

static bool is_over_limit(const struct model *m, int resident, int category)
{
	if (category == 2)
		return count_out(m, resident, is_book) >= MAX_BOOKS;
	return (category == 1 && count_out(m, resident, is_power) >= MAX_POWER) ||
	       count_out(m, resident, is_tool) >= MAX_TOOLS;
}

static bool has_overdue(const struct model *m, int resident)
{
	for (int i = 0; i < ITEMS; i++) {
		int loan = m->items[i].loan;
		if (loan >= 0 && m->loans[loan].resident == resident &&
			m->loans[loan].due_at < now(m))
			return true;
	}
	return false;
}

/* The model's reasons against a loan, as an err of the same form. */
static struct err expected_refusal(const struct model *m, int item, int resident)
{
	struct err err = { 0 };
	int loan = m->items[item].loan;

	if (loan >= 0 && m->loans[loan].resident != resident)
		err_refuse(&err, REASON(ITEM_OUT_OTHER));
	else if (loan >= 0 && m->loans[loan].visit == m->visit)
		err_refuse(&err, REASON(ITEM_OUT_SAME_VISIT));
	else if (loan >= 0)
		err_refuse(&err, REASON(ITEM_OUT_SELF));
	if (has_overdue(m, resident))
		err_refuse(&err, REASON(OVERDUE_BLOCK));
	if (count_out(m, resident, is_any) >= MAX_TOTAL)
		err_refuse(&err, REASON(LIMIT_TOTAL));
	if (is_over_limit(m, resident, m->items[item].category))
		err_refuse(&err, REASON(LIMIT_CATEGORY));
	return err;
}

static void assert_same_reasons(const struct err *is, const struct err *wanted)
{
	assert_int_equal(is->reason_count, wanted->reason_count);
	for (int i = 0; i < wanted->reason_count; i++)
		assert_int_equal(is->reasons[i].code, wanted->reasons[i].code);
}

static void push(struct model *m, int item, enum step step, int loan)
{
	struct model_item *it = &m->items[item];

	it->steps[it->step_count].step = step;
	it->steps[it->step_count++].loan = loan;
}

static bool is_last(const struct model *m, int item, enum step step, int loan)
{
	const struct model_item *it = &m->items[item];

	return it->step_count > 0 && it->steps[it->step_count - 1].step == step &&
	       it->steps[it->step_count - 1].loan == loan;
}

/* ---- the steps ---- */

static void do_lend(struct model *m)
{
	int item = (int)draw(ITEMS), resident = (int)draw(RESIDENTS);
	bool is_override = draw(12) == 0;
	const struct act *act = is_override ? &by_override : &by_resident;
	struct err wanted = expected_refusal(m, item, resident), err = { 0 };
	struct loan_request request = { m->items[item].id, m->residents[resident], m->visit };
	struct loan loan;
	int64_t id;

	bool is_possible = wanted.code == 0 || (is_override && m->items[item].loan < 0);
	int r = loan_open(m->s->db, act, &request, &id, &err);
	if (!is_possible) {
		assert_int_equal(r, ERR_REFUSED);
		assert_same_reasons(&err, &wanted);
		m->refused++;
		return;
	}
	assert_ok(r, &err);
	assert_ok(loan_get(m->s->db, id, &loan, &err), &err);
	assert_int_equal(loan.is_override, wanted.code != 0);
	m->overridden += wanted.code != 0;
	m->loans[m->loan_count] = (struct model_loan){ .id = id,
		.due_at = loan.due_at,
		.visit = m->visit,
		.item = item,
		.resident = resident,
		.is_out = true };
	loan_finish(&loan);
	m->items[item].loan = m->loan_count;
	push(m, item, STEP_LEND, m->loan_count++);
	m->lent++;
}

static int draw_loan(const struct model *m)
{
	/* Mostly recent ones. */
	return m->loan_count - 1 - (int)draw((uint32_t)(m->loan_count < 15 ? m->loan_count : 15));
}

static void do_return(struct model *m)
{
	int n = draw_loan(m);
	struct model_loan *loan = &m->loans[n];
	struct err err = { 0 };

	int r = loan_return(m->s->db, &by_resident, loan->id, m->visit, &err);
	assert_int_equal(r, loan->is_out ? 0 : ERR_REFUSED);
	if (r < 0)
		return;
	loan->is_out = false;
	loan->return_visit = m->visit;
	m->items[loan->item].loan = -1;
	push(m, loan->item, STEP_RETURN, n);
	m->returned++;
}

static void do_renew(struct model *m)
{
	int n = draw_loan(m);
	struct model_loan *loan = &m->loans[n];
	struct err err = { 0 };
	int64_t due_at;

	bool is_possible = loan->is_out && loan->renewals < MAX_RENEWALS && loan->due_at >= now(m);
	int r = loan_renew(m->s->db, &by_resident,
		&(struct loan_renewing){ .loan = loan->id, .visit = m->visit }, &due_at, &err);
	assert_int_equal(r, is_possible ? 0 : ERR_REFUSED);
	if (r < 0)
		return;
	assert_true(due_at > loan->due_at);
	loan->due_before = loan->due_at;
	loan->due_at = due_at;
	loan->renewals++;
	loan->renew_visit = m->visit;
	loan->can_undo_renewal = true;
	push(m, loan->item, STEP_RENEW, n);
	m->renewed++;
}

static void undo_lend(struct model *m, int n)
{
	struct model_loan *loan = &m->loans[n];
	struct err err = { 0 };

	bool is_possible =
		loan->is_out && is_last(m, loan->item, STEP_LEND, n) && loan->visit == m->visit;
	int r = loan_void(m->s->db, &by_resident, loan->id, m->visit, &err);
	assert_int_equal(r, is_possible ? 0 : ERR_REFUSED);
	if (r < 0)
		return;
	loan->is_out = false;
	loan->is_undone = true;
	m->items[loan->item].loan = -1;
	m->items[loan->item].step_count--;
	m->undone++;
}

static void undo_return(struct model *m, int n)
{
	struct model_loan *loan = &m->loans[n];
	struct err err = { 0 };

	bool is_possible = !loan->is_out && !loan->is_undone &&
			   is_last(m, loan->item, STEP_RETURN, n) && loan->return_visit == m->visit;
	int r = return_void(m->s->db, &by_resident, loan->id, m->visit, &err);
	assert_int_equal(r, is_possible ? 0 : ERR_REFUSED);
	if (r < 0)
		return;
	loan->is_out = true;
	m->items[loan->item].loan = n;
	m->items[loan->item].step_count--;
	m->undone++;
}

static void undo_renew(struct model *m, int n)
{
	struct model_loan *loan = &m->loans[n];
	struct err err = { 0 };

	bool is_possible = loan->is_out && loan->can_undo_renewal &&
			   is_last(m, loan->item, STEP_RENEW, n) && loan->renew_visit == m->visit;
	int r = renew_void(m->s->db, &by_resident, loan->id, m->visit, &err);
	assert_int_equal(r, is_possible ? 0 : ERR_REFUSED);
	if (r < 0)
		return;
	loan->due_at = loan->due_before;
	loan->renewals--;
	loan->can_undo_renewal = false;
	m->items[loan->item].step_count--;
	m->undone++;
}

static void do_undo(struct model *m)
{
	static void (*const undo[])(struct model *, int) = { undo_lend, undo_return, undo_renew };

	undo[draw(3)](m, draw_loan(m));
}

static void pass_time(struct model *m)
{
	m->s->clock.set_wall += 1 + draw(draw(4) ? 3600 : 36 * 3600);
	if (draw(3) == 0)
		m->visit++;
}

/* ---- what must hold ---- */

static void check_counts(struct model *m)
{
	struct err err = { 0 };
	int64_t twice;

	assert_ok(db_integer(m->s->db,
			  "SELECT count(*) FROM (SELECT 1 FROM loan WHERE returned_at IS NULL"
			  " AND voided_at IS NULL GROUP BY item HAVING count(*) > 1)",
			  NO_FIELDS, 0, &twice, &err),
		&err);
	assert_int_equal(twice, 0);
	for (int i = 0; i < RESIDENTS; i++) {
		CLEANUP(loan_list_finish) struct loan_list list = { 0 };
		assert_ok(loans_of_resident(m->s->db, m->residents[i], &list, &err), &err);
		assert_int_equal(list.count, count_out(m, i, is_any));
	}
	for (int i = 0; i < ITEMS; i++) {
		CLEANUP(item_finish) struct item item = { 0 };
		assert_ok(item_get(m->s->db, m->items[i].id, &item, &err), &err);
		int loan = m->items[i].loan;
		assert_int_equal(item.loan, loan < 0 ? 0 : m->loans[loan].id);
		assert_int_equal(item.loan_due_at, loan < 0 ? 0 : m->loans[loan].due_at);
	}
}

static struct model *open_counter(struct shop *s)
{
	const int64_t categories[] = { s->tool, s->power_tool, s->book };
	struct model *m = mem_alloc(sizeof(*m));

	m->s = s;
	m->visit = 1;
	SHOP_RULE(s, row.loan_days = 2, row.max_items = MAX_BOOKS, row.max_total = MAX_TOTAL,
		row.max_renewals = MAX_RENEWALS, row.renew_hours = 24 * 60, row.grace_days = 0,
		row.overdue = OVERDUE_BLOCK);
	SHOP_RULE(s, row.category = s->tool, row.max_items = MAX_TOOLS, row.loan_days = 1);
	SHOP_RULE(s, row.category = s->power_tool, row.max_items = MAX_POWER, row.loan_hours = 5);
	for (int i = 0; i < ITEMS; i++) {
		m->items[i].category = i % 3;
		m->items[i].id = shop_item(s, categories[i % 3]);
		m->items[i].loan = -1;
	}
	for (int i = 0; i < RESIDENTS; i++)
		m->residents[i] = shop_resident(s);
	return m;
}

/* That many times in a hundred. */
static void do_something(struct model *m)
{
	uint32_t what = draw(100);

	if (what < 40 || m->loan_count == 0)
		do_lend(m);
	else if (what < 62)
		do_return(m);
	else if (what < 70)
		do_renew(m);
	else if (what < 88)
		do_undo(m);
	else
		pass_time(m);
}

TEST(any_sequence_of_acts_agrees_with_a_plain_model, shop)
{
	CLEANUP(mem_free) struct model *m = open_counter(*state);

	for (int i = 0; i < STEPS && m->loan_count < LOANS_MAX; i++) {
		do_something(m);
		if (i % 25 == 0)
			check_counts(m);
	}
	check_counts(m);
	print_message("# lent %d, refused %d, returned %d, renewed %d, undone %d, overridden %d\n",
		m->lent, m->refused, m->returned, m->renewed, m->undone, m->overridden);
	/* A run that exercises nothing proves nothing. */
	assert_true(m->lent > 50 && m->refused > 50 && m->returned > 50);
	assert_true(m->renewed > 10 && m->undone > 10 && m->overridden > 5);
}

/* The same on a file, whose tables are then rebuilt from the journal and compared. */
TEST(what_happened_can_be_replayed, shop)
{
	struct shop *s = *state;
	char dir[] = "/tmp/jiaplus-loan-XXXXXX";
	struct verify_report report = { 0 };

	CLEANUP(mem_free) struct model *m = open_counter(s);
	for (int i = 0; i < 300; i++)
		do_something(m);
	assert_non_null(mkdtemp(dir));
	assert_ok(verify_run(s->db, true, dir, &report, &s->err), &s->err);
	assert_int_equal(rmdir(dir), 0);
	assert_true(report.is_replayed);
	assert_string_equal(report.difference.table, "");
}

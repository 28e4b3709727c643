#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/items/lending/hold_acts.h"
#include "core/items/lending/hold_list.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_list.h"
#include "core/items/lending/loan_trouble.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "tests/core/shop.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

/* Random days with queues, compared with a plain model: who is served when, and who is refused what
 * is put aside for another. The model keeps a queue of names for each title, a state for each copy,
 * and lets time limits run out; it knows nothing of how the product computes the queue.
 * JIAPLUS_SEED repeats a run. */

#define TITLES    3
#define COPIES    3 /* of a title */
#define RESIDENTS 6
#define STEPS     4000

/* ---- the model ---- */

enum place { ON_SHELF, ASIDE, OUT, BROKEN };

struct model_copy {
	int64_t id, loan;
	enum place place;
	int who; /* OUT: the borrower; ASIDE: for whom */
};

struct model_hold {
	int64_t id, until_at;
	int who, copy; /* copy: put aside, or -1 */
};

struct model_title {
	int64_t id;
	struct model_copy copies[COPIES];
	struct model_hold queue[RESIDENTS]; /* in order */
	int length;
};

struct model {
	struct shop *s;
	struct model_title titles[TITLES];
	int64_t residents[RESIDENTS];
	int64_t visit;
	int served, refused, expired, cancelled, overridden, undone, renewed; /* how often */
};

static int64_t now(const struct model *m)
{
	return m->s->clock.set_wall;
}

static int count_copies(const struct model_title *t, enum place place)
{
	int count = 0;

	for (int i = 0; i < COPIES; i++)
		count += t->copies[i].place == place;
	return count;
}

static int find_hold(const struct model_title *t, int who)
{
	for (int i = 0; i < t->length; i++)
		if (t->queue[i].who == who)
			return i;
	return -1;
}

/* How many before `place` in the queue have no copy put aside. */
static int waiting_before(const struct model_title *t, int place)
{
	int count = 0;

	for (int i = 0; i < place; i++)
		count += t->queue[i].copy < 0;
	return count;
}

static void remove_hold(struct model_title *t, int place)
{
	memmove(&t->queue[place], &t->queue[place + 1],
		(size_t)(t->length - place - 1) * sizeof(t->queue[0]));
	t->length--;
}

static int64_t clock_of(struct model *m, int64_t from_at)
{
	struct day day = when_day(from_at);
	struct period periods[HOURS_PERIODS_MAX];
	int left = 3;

	while (left > 0) {
		day = day_add(day, 1);
		if (day_weekday(day) == 1) /* Mondays are closed */
			continue;
		left--;
	}
	int count = hours_on(m->s->db, day, periods, &m->s->err);
	assert_true(count > 0);
	return periods[count - 1].end_at;
}

static void put_aside(struct model *m, struct model_title *t, int copy, int place, int64_t from_at)
{
	t->queue[place].copy = copy;
	t->queue[place].until_at = clock_of(m, from_at);
	t->copies[copy].place = ASIDE;
	t->copies[copy].who = t->queue[place].who;
}

static int first_waiting(const struct model_title *t)
{
	for (int i = 0; i < t->length; i++)
		if (t->queue[i].copy < 0)
			return i;
	return -1;
}

static int first_over(const struct model *m, const struct model_title *t)
{
	int first = -1;

	for (int i = 0; i < t->length; i++)
		if (t->queue[i].copy >= 0 && t->queue[i].until_at <= now(m) &&
			(first < 0 || t->queue[i].until_at < t->queue[first].until_at))
			first = i;
	return first;
}

/* Time limits run out, one after the other. */
static void run_clocks(struct model *m)
{
	for (int n = 0; n < TITLES; n++) {
		struct model_title *t = &m->titles[n];
		int over;
		while ((over = first_over(m, t)) >= 0) {
			int copy = t->queue[over].copy;
			int64_t until_at = t->queue[over].until_at;
			remove_hold(t, over);
			m->expired++;
			t->copies[copy].place = ON_SHELF;
			int next = first_waiting(t);
			if (next >= 0)
				put_aside(m, t, copy, next, until_at);
		}
	}
}

/* An act has touched the title: copies on the shelf go to those who wait. */
static void touch(struct model *m, struct model_title *t)
{
	for (int i = 0; i < COPIES; i++) {
		int next = first_waiting(t);
		if (t->copies[i].place == ON_SHELF && next >= 0)
			put_aside(m, t, i, next, now(m));
	}
}

/* ---- the steps ---- */

static struct model_title *draw_title(struct model *m)
{
	return &m->titles[draw(TITLES)];
}

static bool may_have(const struct model_title *t, int copy, int who)
{
	int own = find_hold(t, who), shelf = count_copies(t, ON_SHELF);

	if (t->copies[copy].place == ASIDE)
		return t->copies[copy].who == who;
	if (own >= 0 && t->queue[own].copy >= 0)
		return true;
	if (own >= 0)
		return waiting_before(t, own) < shelf;
	return waiting_before(t, t->length) < shelf;
}

/* Removes what was put aside for them elsewhere, or for somebody else here. */
static void hand_over(struct model *m, struct model_title *t, int copy, int who, int64_t loan)
{
	int own = find_hold(t, who);

	if (own >= 0) {
		if (t->queue[own].copy >= 0)
			t->copies[t->queue[own].copy].place = ON_SHELF;
		remove_hold(t, own);
		m->served++;
	}
	for (int i = 0; i < t->length; i++)
		if (t->queue[i].copy == copy)
			t->queue[i].copy = -1;
	t->copies[copy] =
		(struct model_copy){ .id = t->copies[copy].id, loan, .place = OUT, .who = who };
	touch(m, t);
}

static void do_lend(struct model *m)
{
	struct model_title *t = draw_title(m);
	int copy = (int)draw(COPIES), who = (int)draw(RESIDENTS);
	bool is_override = draw(15) == 0;
	struct loan_request request = { t->copies[copy].id, m->residents[who], m->visit };
	struct err err = { 0 };
	int64_t loan = 0;

	if (t->copies[copy].place == OUT || t->copies[copy].place == BROKEN)
		return;
	bool is_theirs = may_have(t, copy, who);
	int r = loan_open(
		m->s->db, is_override ? &by_override : &by_resident, &request, &loan, &err);
	if (!is_theirs && !is_override) {
		assert_int_equal(r, ERR_REFUSED);
		assert_int_equal(err.reason_count, 1);
		assert_int_equal(err.reasons[0].code, REASON_ITEM_HELD);
		m->refused++;
		return;
	}
	assert_ok(r, &err);
	m->overridden += !is_theirs;
	hand_over(m, t, copy, who, loan);
}

static struct model_copy *draw_out(struct model_title *t)
{
	struct model_copy *copy = &t->copies[draw(COPIES)];

	return copy->place == OUT ? copy : NULL;
}

static void do_return(struct model *m)
{
	struct model_title *t = draw_title(m);
	struct model_copy *copy = draw_out(t);
	struct err err = { 0 };

	if (!copy)
		return;
	assert_ok(loan_return(m->s->db, &by_resident, copy->loan, m->visit, &err), &err);
	copy->place = ON_SHELF;
	touch(m, t);
	if (draw(6) != 0)
		return;
	assert_ok(return_void(m->s->db, &by_resident, copy->loan, m->visit, &err), &err);
	for (int i = 0; i < t->length; i++)
		if (t->queue[i].copy == copy - t->copies)
			t->queue[i].copy = -1;
	CLEANUP(loan_finish) struct loan loan = { 0 };
	assert_ok(loan_get(m->s->db, copy->loan, &loan, &err), &err);
	copy->place = OUT;
	for (int i = 0; i < RESIDENTS; i++)
		if (m->residents[i] == loan.resident)
			copy->who = i;
	touch(m, t);
	m->undone++;
}

static void do_lend_and_undo(struct model *m)
{
	struct model_title *t = draw_title(m);
	int copy = (int)draw(COPIES), who = (int)draw(RESIDENTS), own = find_hold(t, who);
	struct loan_request request = { t->copies[copy].id, m->residents[who], m->visit };
	struct err err = { 0 };
	int64_t loan = 0;

	/* Only if nothing else changes: the copy that is put aside for them. */
	if (own < 0 || t->queue[own].copy != copy)
		return;
	assert_ok(loan_open(m->s->db, &by_resident, &request, &loan, &err), &err);
	assert_ok(loan_void(m->s->db, &by_resident, loan, m->visit, &err), &err);
	t->queue[own].copy = -1;
	t->copies[copy].place = ON_SHELF;
	touch(m, t);
	m->undone++;
}

static bool has_copy(const struct model_title *t, int who)
{
	for (int i = 0; i < COPIES; i++)
		if (t->copies[i].place == OUT && t->copies[i].who == who)
			return true;
	return false;
}

static void do_place(struct model *m)
{
	struct model_title *t = draw_title(m);
	int who = (int)draw(RESIDENTS);
	bool is_volunteer = draw(3) == 0;
	struct hold_request request = { t->id, m->residents[who], m->visit };
	struct err err = { 0 };
	int64_t id = 0;

	bool is_on_shelf = count_copies(t, ON_SHELF) > waiting_before(t, t->length);
	bool is_possible =
		find_hold(t, who) < 0 && !has_copy(t, who) && (is_volunteer || !is_on_shelf);
	int r = hold_place(
		m->s->db, is_volunteer ? &by_volunteer : &by_resident, &request, &id, &err);
	assert_int_equal(r, is_possible ? 0 : ERR_REFUSED);
	if (r < 0) {
		m->refused++;
		return;
	}
	touch(m, t);
	t->queue[t->length++] = (struct model_hold){ .id = id, .who = who, .copy = -1 };
	touch(m, t);
}

static void do_cancel(struct model *m)
{
	struct model_title *t = draw_title(m);
	struct err err = { 0 };

	if (t->length == 0)
		return;
	int place = (int)draw((uint32_t)t->length);
	struct act own = { .role = ROLE_RESIDENT, .resident = m->residents[t->queue[place].who] };
	assert_ok(hold_cancel(m->s->db, &own, t->queue[place].id, &err), &err);
	touch(m, t);
	int copy = t->queue[place].copy;
	if (copy >= 0)
		t->copies[copy].place = ON_SHELF;
	remove_hold(t, place);
	touch(m, t);
	m->cancelled++;
}

static void do_renew(struct model *m)
{
	struct model_title *t = draw_title(m);
	struct model_copy *copy = draw_out(t);
	struct err err = { 0 };
	int64_t due_at;

	if (!copy)
		return;
	bool is_short = waiting_before(t, t->length) > count_copies(t, ON_SHELF);
	int r = loan_renew(m->s->db, &by_resident,
		&(struct loan_renewing){ .loan = copy->loan, .visit = m->visit }, &due_at, &err);
	assert_int_equal(err_has(&err, REASON_RENEW_WAITED), is_short);
	m->renewed += r == 0;
}

static void do_break(struct model *m)
{
	static const struct act because = { .role = ROLE_VOLUNTEER, .why = "检查" };
	struct model_title *t = draw_title(m);
	int n = (int)draw(COPIES);
	struct model_copy *copy = &t->copies[n];
	struct err err = { 0 };
	bool is_broken = copy->place == BROKEN;

	if (copy->place == OUT)
		return;
	assert_ok(item_set_status(m->s->db, &because, copy->id,
			  is_broken ? ITEM_ACTIVE : ITEM_MAINTENANCE, &err),
		&err);
	for (int i = 0; i < t->length; i++)
		if (t->queue[i].copy == n)
			t->queue[i].copy = -1;
	copy->place = is_broken ? ON_SHELF : BROKEN;
	touch(m, t);
}

static void pass_time(struct model *m)
{
	m->s->clock.set_wall += 1 + draw(draw(3) ? 7200 : 60 * 3600);
	if (draw(3) == 0)
		m->visit++;
	run_clocks(m);
}

/* ---- what must hold ---- */

static void check_title(struct model *m, const struct model_title *t)
{
	CLEANUP(hold_list_finish) struct hold_list queue = { 0 };
	struct err err = { 0 };

	assert_ok(holds_of_title(m->s->db, t->id, now(m), &queue, &err), &err);
	assert_int_equal(queue.count, t->length);
	for (int i = 0; i < t->length; i++) {
		const struct hold *is = &queue.rows[i];
		const struct model_hold *want = &t->queue[i];
		assert_int_equal(is->id, want->id);
		assert_int_equal(is->resident, m->residents[want->who]);
		assert_int_equal(is->item, want->copy < 0 ? 0 : t->copies[want->copy].id);
		if (want->copy >= 0)
			assert_int_equal(is->until_at, want->until_at);
		else
			assert_int_equal(is->position, waiting_before(t, i) + 1);
	}
}

static void assert_none(struct model *m, const char *sql)
{
	struct err err = { 0 };
	int64_t count;

	assert_ok(db_integer(m->s->db, sql, NO_FIELDS, 0, &count, &err), &err);
	if (count)
		fail_msg("%s", sql);
}

/* Computing all queues at once gives the same as one after the other. */
static void check_queues(struct model *m)
{
	CLEANUP(hold_list_finish) struct hold_list all = { 0 };
	struct err err = { 0 };
	int found = 0, wanted = 0;

	assert_ok(holds_standing(m->s->db, now(m), &all, &err), &err);
	for (int n = 0; n < TITLES; n++) {
		const struct model_title *t = &m->titles[n];
		int place = 0;
		wanted += t->length;
		for (int i = 0; i < all.count; i++) {
			const struct hold *is = &all.rows[i];
			if (is->title != t->id)
				continue;
			const struct model_hold *want = &t->queue[place++];
			assert_true(place <= t->length);
			assert_int_equal(is->id, want->id);
			assert_int_equal(is->item, want->copy < 0 ? 0 : t->copies[want->copy].id);
			if (want->copy >= 0)
				assert_int_equal(is->until_at, want->until_at);
			found++;
		}
	}
	assert_int_equal(found, wanted);
	assert_int_equal(found, all.count);
}

static void check_all(struct model *m)
{
	for (int i = 0; i < TITLES; i++)
		check_title(m, &m->titles[i]);
	check_queues(m);
	assert_none(m, "SELECT count(*) FROM (SELECT 1 FROM loan WHERE returned_at IS NULL"
		       " AND voided_at IS NULL GROUP BY item HAVING count(*) > 1)");
}

static struct model *open_counter(struct shop *s)
{
	struct model *m = mem_alloc(sizeof(*m));

	m->s = s;
	m->visit = 1;
	SHOP_RULE(s, row.loan_days = 2, row.max_items = 100, row.max_total = 100,
		row.max_renewals = 3, row.renew_hours = 240, row.overdue = OVERDUE_ALLOW);
	for (int i = 0; i < TITLES; i++) {
		struct model_title *t = &m->titles[i];
		t->id = shop_title(s, "折叠梯", s->tool);
		for (int k = 0; k < COPIES; k++)
			assert_ok(item_add(s->db, &by_volunteer,
					  &(struct item_draft){ .title = t->id }, &t->copies[k].id,
					  &s->err),
				&s->err);
	}
	for (int i = 0; i < RESIDENTS; i++)
		m->residents[i] = shop_resident(s);
	return m;
}

/* That many times in a hundred. */
static const struct {
	uint32_t upto;
	void (*step)(struct model *);
} steps[] = {
	{ 30, do_lend },
	{ 48, do_return },
	{ 68, do_place },
	{ 74, do_cancel },
	{ 80, do_renew },
	{ 84, do_lend_and_undo },
	{ 88, do_break },
	{ 100, pass_time },
};

static void do_something(struct model *m)
{
	uint32_t what = draw(100);
	size_t i = 0;

	while (what >= steps[i].upto)
		i++;
	steps[i].step(m);
}

TEST(holds_are_served_in_order_whatever_happens, shop)
{
	CLEANUP(mem_free) struct model *m = open_counter(*state);

	for (int i = 0; i < STEPS; i++) {
		do_something(m);
		check_all(m);
	}
	print_message("# served %d, refused %d, expired %d, cancelled %d, overridden %d, undone %d,"
		      " renewed %d\n",
		m->served, m->refused, m->expired, m->cancelled, m->overridden, m->undone,
		m->renewed);
	/* A run that exercises nothing proves nothing. */
	assert_true(m->served > 30 && m->refused > 30 && m->expired > 5 && m->cancelled > 10);
	assert_true(m->overridden > 3 && m->undone > 10 && m->renewed > 3);
}

/* The journal rebuilds the same queues. */
TEST(what_happened_can_be_replayed, shop)
{
	struct shop *s = *state;
	char dir[] = "/tmp/jiaplus-hold-XXXXXX";
	struct verify_report report = { 0 };

	CLEANUP(mem_free) struct model *m = open_counter(s);
	for (int i = 0; i < 500; i++)
		do_something(m);
	assert_non_null(mkdtemp(dir));
	assert_ok(verify_run(s->db, true, dir, &report, &s->err), &s->err);
	assert_int_equal(rmdir(dir), 0);
	assert_true(report.is_replayed);
	assert_string_equal(report.difference.table, "");
}

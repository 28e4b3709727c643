/* Random points from several processes at once: transfers, gifts, deposits, reversals, redemptions,
 * vouchers, expiry. Afterwards the sum is zero, no floor is broken, every balance is the sum of its
 * entries, and the journal replayed gives the same tables.
 *
 * JIAPLUS_POINTS_ACTS says how many acts in all (the default is small: every build runs this);
 * JIAPLUS_SEED repeats a run as far as the processes let it. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/reason_name.h"
#include "core/points/earning.h"
#include "core/points/freeze.h"
#include "core/points/gift.h"
#include "core/points/ledger.h"
#include "core/points/lot.h"
#include "core/points/reversal.h"
#include "core/rewards/redemption.h"
#include "core/rewards/voucher.h"
#include "core/site/setting.h"
#include "tests/core/shop.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

#define OK(s, call) assert_ok((call), &(s)->err)

enum { PROCESSES = 3, PEOPLE = 12, LOANS = 40, ACTS = 1500 };

struct fixture {
	struct shop shop;
	char dir[64], path[96];
	int64_t people[PEOPLE], loans[LOANS], rule, goods, voucher;
	unsigned seed;
	int acts;
};

static const struct act coordinator = { .role = ROLE_COORDINATOR, .actor = 1, .why = "试" };
static const struct act second = { .role = ROLE_COORDINATOR, .actor = 2, .why = "试" };

static void prepare(struct fixture *f)
{
	struct shop *s = &f->shop;
	struct earn_rule rule = { .code = (char *)"duty",
		.name = (char *)"值班",
		.points = 12,
		.cap_day = 200,
		.night_percent = 150,
		.holiday_percent = 200 };
	struct reward goods = { .code = (char *)"towel",
		.name = (char *)"毛巾",
		.points = 7,
		.is_counted = true,
		.stock = 300 };
	struct reward voucher = { .code = (char *)"noodles",
		.name = (char *)"面券",
		.kind = REWARD_VOUCHER,
		.points = 15,
		.valid_days = 30 };
	int64_t id;

	OK(s, resident_category_add(
		      s->db, &by_coordinator, "resident", "居民", &s->resident_category, &s->err));
	OK(s, setting_set(s->db, &by_coordinator, SETTING_POINTS_MONTHS, "3", &s->err));
	OK(s, setting_set(s->db, &by_coordinator, SETTING_POINTS_CAP, "900", &s->err));
	OK(s, earn_rule_set(s->db, &by_coordinator, &rule, &f->rule, &s->err));
	OK(s, reward_set(s->db, &by_coordinator, &goods, &f->goods, &s->err));
	OK(s, reward_set(s->db, &by_coordinator, &voucher, &f->voucher, &s->err));
	for (int i = 0; i < PEOPLE; i++)
		f->people[i] = shop_resident(s);
	s->tool = shop_category(s, "tool", "工具", 0);
	for (int i = 0; i < LOANS; i++)
		f->loans[i] = shop_loan(s);
	for (int i = 0; i + 1 < PEOPLE; i++)
		OK(s, kin_add(s->db, &by_volunteer, f->people[i], f->people[i + 1], &id, &s->err));
	/* A few may owe. */
	for (int i = 0; i < 3; i++)
		OK(s, account_open(s->db, &by_volunteer, f->people[i], POINTS(-20), &id, &s->err));
}

static int points_random_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	const char *more = getenv("JIAPLUS_POINTS_ACTS");
	struct shop *s = &f->shop;

	/* In memory where possible: this test does not concern the disk. */
	snprintf(f->dir, sizeof(f->dir), "%s/jiaplus-points-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/jiaplus.db", f->dir);
	f->seed = (unsigned)chance_seed();
	f->acts = more ? atoi(more) : ACTS;
	print_message("# JIAPLUS_POINTS_ACTS=%d\n", f->acts);
	s->clock = clock_set(at("2026-11-21T14:00"));
	OK(s, db_create(f->path, 1, "Asia/Shanghai", &s->clock, &s->db, &s->err));
	prepare(f);
	*state = f;
	return 0;
}

static int points_random_teardown(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);

	db_close(f->shop.db);
	int r = system(command);
	free(f);
	return r;
}

/* ---- one of the processes ---- */

struct walker {
	struct fixture *f;
	struct db *db;
	struct err err;
	unsigned seed;
	int done, refused;
};

static int pick(struct walker *w, int n)
{
	return rand_r(&w->seed) % n;
}

static int64_t somebody(struct walker *w)
{
	return w->f->people[pick(w, PEOPLE)];
}

/* The id of a random row among the latest of a table. */
static int64_t some_row(struct walker *w, const char *sql)
{
	int64_t id = 0;

	assert_ok(db_integer(w->db, sql, FIELDS(F_INT("skip", pick(w, 20))), 0, &id, &w->err),
		&w->err);
	return id;
}

static int do_issue(struct walker *w)
{
	int64_t n = 1 + pick(w, 60), id;
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-n) },
		{ .resident = somebody(w), .amount = POINTS(n) } };

	return transfer_post(w->db, &coordinator,
		&(struct transfer_draft){ "opening", postings, 2 }, &id, &w->err);
}

static int do_split(struct walker *w)
{
	int64_t n = 2 + pick(w, 40), id;
	const struct posting postings[] = { { .resident = somebody(w), .amount = POINTS(1) },
		{ .resident = somebody(w), .amount = POINTS(-n) },
		{ .resident = somebody(w), .amount = POINTS(n - 1) } };

	return transfer_post(w->db, &coordinator, &(struct transfer_draft){ "spend", postings, 3 },
		&id, &w->err);
}

static int do_earn(struct walker *w)
{
	const struct earn_draft draft = { .rule = w->f->rule,
		.whose = HOLDER_RESIDENT(somebody(w)),
		.minutes = { .day = pick(w, 200), .night = pick(w, 60) },
		.on = when_day(db_now(w->db)) };
	struct earned earned;

	return earn(w->db, &coordinator, &draft, &earned, &w->err);
}

static int do_give(struct walker *w)
{
	int64_t id;

	return points_give(w->db, &by_resident,
		&(struct points_gift){
			.from = somebody(w), .to = somebody(w), .points = POINTS(1 + pick(w, 30)) },
		&id, &w->err);
}

static int do_freeze(struct walker *w)
{
	const struct freeze_draft draft = { HOLDER_RESIDENT(somebody(w)), POINTS(1 + pick(w, 80)),
		FREEZE_LOAN, w->f->loans[pick(w, LOANS)] };
	int64_t id;

	return points_freeze(w->db, &by_volunteer, &draft, &id, &w->err);
}

static int do_settle(struct walker *w)
{
	struct freeze freeze;
	int r = freeze_of(w->db, FREEZE_LOAN, w->f->loans[pick(w, LOANS)], &freeze, &w->err);

	if (r <= 0)
		return r;
	int64_t taken = pick(w, 3) ? 0 : pick(w, (int)freeze.points.n + 1);
	return freeze_settle(w->db, &coordinator, freeze.id, POINTS(taken), &w->err);
}

static int do_reverse(struct walker *w)
{
	struct reversed out;
	int64_t posted, transfer = some_row(w, "SELECT id FROM transfer ORDER BY id DESC"
					       " LIMIT 1 OFFSET :skip");
	int64_t waiting = some_row(w, "SELECT id FROM reversal WHERE settled_at IS NULL"
				      " LIMIT 1 OFFSET :skip");

	if (waiting)
		return reversal_settle(w->db, &second, waiting, pick(w, 2) == 0, &posted, &w->err);
	return transfer ? transfer_reverse(w->db, &coordinator, transfer, &out, &w->err) : 0;
}

static int do_redeem(struct walker *w)
{
	bool is_voucher = pick(w, 3) == 0;
	const struct redeem_draft draft = { is_voucher ? w->f->voucher : w->f->goods,
		HOLDER_RESIDENT(somebody(w)), is_voucher ? 1 : 1 + pick(w, 3), FOR_POINTS };
	int64_t id;

	return redeem(w->db, &by_resident, &draft, &id, &w->err);
}

static int do_undo_or_use(struct walker *w)
{
	struct voucher voucher;
	char slip[CODE_TEXT_MAX];
	int64_t redeemed =
		some_row(w, "SELECT redemption FROM voucher ORDER BY id DESC LIMIT 1 OFFSET :skip");

	if (pick(w, 2) && redeemed) {
		TRY(voucher_code(w->db, &by_resident, redeemed, slip, &w->err));
		if (!*slip)
			return 0;
		const struct code code = code_read(slip, strlen(slip), NULL);
		return voucher_use(w->db, &by_volunteer, &code, &voucher, &w->err);
	}
	int64_t id = some_row(w, "SELECT id FROM redemption ORDER BY id DESC LIMIT 1 OFFSET :skip");
	return id ? redemption_undo(w->db, &coordinator, id, &w->err) : 0;
}

static int do_expire(struct walker *w)
{
	struct expiry expiry;

	return points_expire(w->db, &coordinator, &expiry, &w->err);
}

static const struct {
	int (*act)(struct walker *);
	int weight;
} deeds[] = {
	{ do_issue, 20 },
	{ do_split, 15 },
	{ do_earn, 10 },
	{ do_give, 15 },
	{ do_freeze, 12 },
	{ do_settle, 10 },
	{ do_reverse, 8 },
	{ do_redeem, 12 },
	{ do_undo_or_use, 5 },
	{ do_expire, 1 },
};

static int one_deed(struct walker *w)
{
	int total = 0, at;

	for (size_t i = 0; i < ARRAY_LEN(deeds); i++)
		total += deeds[i].weight;
	at = pick(w, total);
	for (size_t i = 0; i < ARRAY_LEN(deeds); i++) {
		if (at < deeds[i].weight)
			return deeds[i].act(w);
		at -= deeds[i].weight;
	}
	return 0;
}

/* Refusals are expected; anything else is a fault. Returns the process's exit status. */
static int walk(struct fixture *f, int which, int acts)
{
	struct clock clock = clock_set(at("2026-11-21T15:00"));
	struct walker w = { .f = f, .seed = f->seed + (unsigned)which };

	if (db_open(f->path, DB_OPEN, &clock, &w.db, &w.err) < 0)
		return 2;
	db_set_patience(w.db, 60000);
	for (int i = 0; i < acts; i++) {
		/* Half a year in all: lots get their notice and expire. */
		clock.set_wall =
			at("2026-11-21T15:00") + (int64_t)i * (184 * INT64_C(86400)) / acts;
		int r = one_deed(&w);
		/* Busy is a valid answer too: the others held the lock all that time. */
		if (r < 0 && r != ERR_REFUSED && r != ERR_INVALID && r != ERR_BUSY) {
			fprintf(stderr, "process %d, act %d: %s (%s)\n", which, i,
				reason_name(w.err.reasons[0].code), w.err.detail);
			return 1;
		}
		w.refused += r < 0;
		w.done += r >= 0;
	}
	db_close(w.db);
	printf("# process %d: %d done, %d refused\n", which, w.done, w.refused);
	fflush(stdout);
	return w.done > acts / 4 ? 0 : 3;
}

static void walk_all(struct fixture *f)
{
	pid_t children[PROCESSES];

	fflush(stdout);
	for (int i = 0; i < PROCESSES; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0)
			_exit(walk(f, i, f->acts / PROCESSES));
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status = -1;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
}

static int64_t count(struct fixture *f, const char *sql)
{
	int64_t n = -1;

	OK(&f->shop, db_integer(f->shop.db, sql, NO_FIELDS, 0, &n, &f->shop.err));
	return n;
}

TEST(the_books_prove_whatever_several_processes_did, points_random)
{
	struct fixture *f = *state;
	struct verify_report report = { 0 };

	walk_all(f);
	printf("# %lld transfers, %lld entries, %lld reversals, %lld redemptions, %lld lots\n",
		(long long)count(f, "SELECT count(*) FROM transfer"),
		(long long)count(f, "SELECT count(*) FROM entry"),
		(long long)count(f, "SELECT count(*) FROM transfer WHERE reverses IS NOT NULL"),
		(long long)count(f, "SELECT count(*) FROM redemption"),
		(long long)count(f, "SELECT count(*) FROM lot"));
	OK(&f->shop, ledger_prove(f->shop.db, &f->shop.err));
	assert_int_equal(count(f, "SELECT sum(balance) FROM account"), 0);
	assert_int_equal(count(f, "SELECT sum(amount) FROM entry"), 0);
	assert_int_equal(count(f, "SELECT count(*) FROM account WHERE balance < floor"
				  " AND (system IS NULL OR system IN ('pool', 'frozen'))"),
		0);
	/* Stock and what was taken of it also add up. */
	assert_int_equal(count(f, "SELECT stock + (SELECT ifnull(sum(count), 0) FROM redemption"
				  " WHERE redemption.reward = reward.id AND undone_at IS NULL)"
				  " FROM reward WHERE code = 'towel'"),
		300);
	OK(&f->shop, verify_run(f->shop.db, true, f->dir, &report, &f->shop.err));
	assert_string_equal(report.difference.table, "");
}

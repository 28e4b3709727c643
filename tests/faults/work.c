#include "tests/faults/work.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/reason_name.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/store/internal.h"
#include "core/store/kind.h"
#include "core/store/reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

/* ---- the venue ---- */

static void fill(struct work *w, struct shop *shop)
{
	shop_set_week(shop, 9 * 60, 21 * 60, "xxxxxxx");
	assert_ok(resident_category_add(shop->db, &by_coordinator, "resident", "居民",
			  &shop->resident_category, &shop->err),
		&shop->err);
	shop->tool = shop_category(shop, "tool", "工具", 0);
	SHOP_RULE(shop, row.loan_days = 7, row.max_items = WORK_ITEMS, row.max_total = WORK_ITEMS,
		row.max_renewals = 0);
	w->resident = shop_resident(shop);
	for (int i = 0; i < WORK_ITEMS; i++)
		w->items[i] = shop_item(shop, shop->tool);
}

/* The clock is stopped and the keys are known: the journal is the same each time. */
static void learn_hashes(struct work *w)
{
	CLEANUP(mem_free) char *folder = mem_printf("%s/rehearsal", w->dir);
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", folder);
	CLEANUP(mem_free)
	char *copy = mem_printf("mkdir '%s' && cp '%s' '%s'", folder, w->path, path);
	CLEANUP(mem_free) char *remove = mem_printf("rm -r '%s'", folder);
	struct journal_head head;
	struct err err = { 0 };
	struct db *db = NULL;

	assert_int_equal(system(copy), 0);
	assert_ok(db_open(path, DB_OPEN, &w->clock, &db, &err), &err);
	for (int acts = 0; acts <= WORK_ACTS; acts++) {
		if (acts > 0)
			assert_ok(work_act(w, db, acts, &err), &err);
		assert_ok(journal_head(db, &head, &err), &err);
		memcpy(w->hash[acts], head.hash, JOURNAL_HASH_SIZE);
	}
	db_close(db);
	assert_int_equal(system(remove), 0);
}

void work_create(struct work *ret)
{
	struct work w = { .clock = clock_set(1795240800) };
	struct shop shop = { .clock = w.clock };

	ret->clock = w.clock; /* the scratch databases keep its address */
	/* In memory where possible: what a real disk does with a sync is not tested here. */
	snprintf(w.dir, sizeof(w.dir), "%s/jiaplus-faults-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(w.dir));
	snprintf(w.path, sizeof(w.path), "%s/jiaplus.db", w.dir);
	assert_ok(
		db_create(w.path, 3, "Asia/Shanghai", &ret->clock, &shop.db, &shop.err), &shop.err);
	fill(&w, &shop);
	assert_ok(db_integer(shop.db, "SELECT max(seq) FROM journal", NO_FIELDS, 0, &w.rows,
			  &shop.err),
		&shop.err);
	assert_ok(db_checkpoint(shop.db, true, &shop.err), &shop.err);
	assert_ok(replay_scratch(shop.db, REPLAY_FIRST, ":memory:", &w.scratch, &shop.err),
		&shop.err);
	assert_ok(
		replay_scratch(shop.db, REPLAY_NEWEST, ":memory:", &w.fresh, &shop.err), &shop.err);
	db_close(shop.db);
	learn_hashes(&w);
	w.pages = pages_create();
	*ret = w;
}

void work_remove(struct work *w)
{
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", w->dir);

	db_close(w->scratch);
	db_close(w->fresh);
	pages_destroy(w->pages);
	if (system(command) != 0)
		print_message("# %s is left behind\n", w->dir);
}

void work_may_be_traced(void)
{
	const char *options = getenv("ASAN_OPTIONS");
	CLEANUP(mem_free)
	char *more = mem_printf("%s:detect_leaks=0", options ? options : "");

	setenv("ASAN_OPTIONS", more, 1);
}

unsigned work_seed(void)
{
	return (unsigned)chance_seed();
}

int work_effort(int everyday)
{
	const char *more = getenv("JIAPLUS_EFFORT");
	long times = more ? strtol(more, NULL, 10) : 1;

	return times > 1 && times < 1000 ? everyday * (int)times : everyday;
}

/* ---- the acts ---- */

/* What happens to each item, one after the other. */
static const enum act_kind phases[] = {
	ACT_LOAN_OPEN,
	ACT_LOAN_RENEW,
	ACT_RENEW_VOID,
	ACT_LOAN_RETURN,
	ACT_RETURN_VOID,
	ACT_LOAN_RETURN,
	ACT_LOAN_OPEN,
	ACT_LOAN_VOID,
};
_Static_assert(ARRAY_LEN(phases) * WORK_ITEMS == WORK_ACTS, "each item goes through all phases");

static enum act_kind kind_of(int number)
{
	return phases[(number - 1) / WORK_ITEMS];
}

/* Beyond the limit of renewals: with a reason, which a private table stores. */
static bool has_why(int number)
{
	return kind_of(number) == ACT_LOAN_RENEW;
}

void work_key(int number, unsigned char key[ACT_KEY_SIZE])
{
	memset(key, 0, ACT_KEY_SIZE);
	key[0] = 'w';
	key[1] = (unsigned char)number;
}

static int do_act(const struct work *w, struct db *db, enum act_kind kind, const struct act *act,
	int64_t item, int64_t loan, struct err *err)
{
	struct loan_request request = { .item = item, .resident = w->resident };
	int64_t ignored;

	switch (kind) {
	case ACT_LOAN_OPEN:
		return loan_open(db, act, &request, &ignored, err);
	case ACT_LOAN_RENEW:
		return loan_renew(db, act, &(struct loan_renewing){ .loan = loan }, &ignored, err);
	case ACT_RENEW_VOID:
		return renew_void(db, act, loan, 0, err);
	case ACT_LOAN_RETURN:
		return loan_return(db, act, loan, 0, err);
	case ACT_RETURN_VOID:
		return return_void(db, act, loan, 0, err);
	case ACT_LOAN_VOID:
		return loan_void(db, act, loan, 0, err);
	default:
		fail_msg("no phase does %d", kind);
		return -1;
	}
}

/* ---- the same each time ---- */

/* What an act generates at random (the salts of private rows) depends on its number here, however
 * often and in whatever process it is tried: so its journal row is always the same. */
static struct {
	uint32_t act, draws;
} drawn;

static void draw_bytes(void *const bytes, const size_t size)
{
	unsigned char seed[randombytes_SEEDBYTES] = { 0 };

	drawn.draws++;
	memcpy(seed, &drawn, sizeof(drawn));
	randombytes_buf_deterministic(bytes, size, seed);
}

static uint32_t draw_number(void)
{
	uint32_t number;

	draw_bytes(&number, sizeof(number));
	return number;
}

static const char *draw_name(void)
{
	return "by the act's number";
}

static void draw_for(int number)
{
	static randombytes_implementation ours = {
		.implementation_name = draw_name, .random = draw_number, .buf = draw_bytes
	};

	drawn.act = (uint32_t)number;
	drawn.draws = 0;
	randombytes_set_implementation(&ours);
}

int work_act(const struct work *w, struct db *db, int number, struct err *err)
{
	int64_t item = w->items[(number - 1) % WORK_ITEMS], loan = 0;
	struct act act = { .role = ROLE_VOLUNTEER, .actor = 1 };

	if (has_why(number)) {
		act.is_override = true;
		act.why = "下雨，明天再来";
	}
	work_key(number, act.key);
	TRY(db_integer(db, "SELECT max(id) FROM loan WHERE item = :item",
		FIELDS(F_INT("item", item)), 0, &loan, err));
	draw_for(number);
	int r = do_act(w, db, kind_of(number), &act, item, loan, err);
	/* Otherwise writers in separate processes would generate the same keys. */
	randombytes_set_implementation(&randombytes_sysrandom_implementation);
	return r;
}

int work_has(struct db *db, int number)
{
	unsigned char key[ACT_KEY_SIZE];
	struct err err;
	int64_t n = 0;

	work_key(number, key);
	if (db_integer(db, "SELECT count(*) FROM journal WHERE key = :key",
		    FIELDS(F_BLOB("key", key, sizeof(key))), 0, &n, &err) < 0)
		return -1;
	return n != 0;
}

/* ---- what must be true ---- */

static int count_acts(const struct work *w, struct db *db, struct err *err)
{
	struct journal_head head;

	TRY(journal_head(db, &head, err));
	int64_t acts = head.seq - w->rows;
	if (acts < 0 || acts > WORK_ACTS ||
		memcmp(head.hash, w->hash[acts], JOURNAL_HASH_SIZE) != 0)
		return err_setf(err, ERR_STORAGE, REASON(STORE_FAILED),
			"the journal after %lld acts is not what it always is", (long long)acts);
	return (int)acts;
}

/* The tables have as many changes as the journal has rows. */
static int check_counts(struct db *db, int acts, struct err *err)
{
	static const struct {
		const char *sql;
		enum act_kind kind, undone_by;
	} counts[] = {
		{ "SELECT count(*) FROM loan", ACT_LOAN_OPEN, ACT_KIND_COUNT },
		{ "SELECT count(*) FROM loan WHERE voided_at IS NOT NULL", ACT_LOAN_VOID,
			ACT_KIND_COUNT },
		{ "SELECT count(*) FROM loan WHERE returned_at IS NOT NULL", ACT_LOAN_RETURN,
			ACT_RETURN_VOID },
		{ "SELECT sum(renewals) FROM loan", ACT_LOAN_RENEW, ACT_RENEW_VOID },
		{ "SELECT count(*) FROM journal_why", ACT_LOAN_RENEW, ACT_KIND_COUNT },
	};

	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		int64_t there = 0, wanted = 0;
		for (int n = 1; n <= acts; n++)
			wanted += (kind_of(n) == counts[i].kind) -
				  (kind_of(n) == counts[i].undone_by);
		TRY(db_integer(db, counts[i].sql, NO_FIELDS, 0, &there, err));
		if (there != wanted)
			return err_setf(err, ERR_STORAGE, REASON(STORE_FAILED),
				"%s: %lld, not %lld, after %d acts", counts[i].sql,
				(long long)there, (long long)wanted, acts);
	}
	return 0;
}

int work_verify(const struct work *w, struct db *db, struct replay_difference *ret, struct err *err)
{
	CLEANUP(txn_end) struct txn rolled_back = TXN_INIT;
	int64_t rows;

	TRY(replay_check_structure(db, w->fresh, err));
	TRY(journal_verify(db, &rows, err));
	TRY(journal_tripwire_check(db, err));
	TRY(txn_begin(&rolled_back, w->scratch, err));
	TRY(replay_into(db, w->scratch, err));
	return replay_compare(db, w->scratch, ret, err);
}

static int check_all(const struct work *w, struct db *db, struct err *err)
{
	struct replay_difference difference;

	int acts = count_acts(w, db, err);
	if (acts < 0)
		return acts;
	TRY(check_counts(db, acts, err));
	TRY(work_verify(w, db, &difference, err));
	if (difference.table[0])
		return err_setf(err, ERR_STORAGE, REASON(STORE_FAILED),
			"%s %lld is not what the journal says", difference.table,
			(long long)difference.id);
	return acts;
}

int work_check(const struct work *w, struct db *db, char **ret_fault)
{
	struct err err = { 0 };

	int acts = check_all(w, db, &err);
	if (acts >= 0)
		return acts;
	*ret_fault = mem_printf("%s: %s", reason_name(err.reasons[0].code), err.detail);
	return -1;
}

static bool read_pages(struct work *w, struct db *db, unsigned char ret[PAGES_DIGEST])
{
	db->permit = PERMIT_ALL;
	bool is_read = pages_digest(w->pages, db->handle, ret);
	db->permit = PERMIT_READ;
	return is_read;
}

int work_check_once(struct work *w, struct db *db, char **ret_fault)
{
	unsigned char pages[PAGES_DIGEST] = { 0 };
	struct err ignored;

	bool is_read = read_pages(w, db, pages);
	for (int acts = 0; is_read && acts <= WORK_ACTS; acts++)
		if (w->proven[acts].is_known &&
			memcmp(w->proven[acts].pages, pages, sizeof(pages)) == 0 &&
			journal_tripwire_check(db, &ignored) == 0)
			return acts;
	int acts = work_check(w, db, ret_fault);
	if (is_read && acts >= 0) {
		memcpy(w->proven[acts].pages, pages, sizeof(pages));
		w->proven[acts].is_known = true;
	}
	return acts;
}

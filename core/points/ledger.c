#include "core/points/ledger.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

static const char *const system_names[] = {
	"issue",
	"redeemed",
	"pool",
	"frozen",
	"expired",
	"adjust",
	"merchant",
};
static_assert(ARRAY_LEN(system_names) == SYSTEM_ACCOUNT_COUNT, "a name for each account");

const char *system_account_name(enum system_account account)
{
	return system_names[account];
}

struct account {
	int64_t id, floor, balance;
	bool is_system;
};

/* 1 and *ret, or 0 when it has not been opened yet. */
static int read_account(struct db *db, const char *sql, const struct field *params,
	struct account *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, sql, params, err));
	int r = query_next(&q, err);
	if (r > 0)
		*ret = (struct account){ .id = query_int(&q, "id"),
			.floor = query_int(&q, "floor"),
			.balance = query_int(&q, "balance"),
			.is_system = !query_is_null(&q, "system") };
	return r;
}

#define ACCOUNT_SELECT "SELECT id, floor, balance, system FROM account"

static int account_of(struct db *db, const struct posting *p, struct account *ret, struct err *err)
{
	if (p->resident)
		return read_account(db, ACCOUNT_SELECT " WHERE resident = :resident",
			FIELDS(F_INT("resident", p->resident)), ret, err);
	return read_account(db, ACCOUNT_SELECT " WHERE system = :system",
		FIELDS(F_TEXT("system", system_names[p->system])), ret, err);
}

static int insert_account(struct acting *a, const struct posting *p, int64_t floor,
	struct account *ret, struct err *err)
{
	*ret = (struct account){
		.id = act_new_id(a), .floor = floor, .is_system = p->resident == 0
	};
	return act_insert(a, "account",
		FIELDS(F_INT("id", ret->id), F_ID("resident", p->resident),
			F_TEXT("system", ret->is_system ? system_names[p->system] : NULL),
			F_INT("floor", floor), F_INT("balance", 0)),
		err);
}

static int check_resident(struct db *db, int64_t resident, struct err *err)
{
	int64_t known;

	TRY(db_integer(db, "SELECT 1 FROM resident WHERE id = :id", FIELDS(F_INT("id", resident)),
		0, &known, err));
	return known ? 0 : err_set(err, ERR_NOT_FOUND, REASON(RESIDENT_UNKNOWN));
}

static int account_on_demand(
	struct acting *a, const struct posting *p, struct account *ret, struct err *err)
{
	int r = account_of(a->db, p, ret, err);

	if (r != 0)
		return r < 0 ? r : 0;
	if (p->resident)
		TRY(check_resident(a->db, p->resident, err));
	return insert_account(a, p, 0, ret, err);
}

/* ---- posting ---- */

static int check_postings(const struct transfer_draft *draft, struct err *err)
{
	int64_t sum = 0;

	for (int i = 0; i < draft->posting_count; i++) {
		int64_t n = draft->postings[i].amount.n;
		if (n == 0 || n > POINTS_MAX || n < -POINTS_MAX)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "amount"));
		sum += n;
	}
	if (sum != 0 || draft->posting_count < 2)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "sum"));
	return 0;
}

static int check_floor(const struct account *account, int64_t amount, struct err *err)
{
	if (account->is_system || amount > 0 || account->balance + amount >= account->floor)
		return 0;
	return err_set(err, ERR_REFUSED,
		REASON(POINTS_SHORT, .n1 = -amount, .n2 = account->balance - account->floor));
}

static int post_one(struct acting *a, int64_t transfer, const struct posting *p, struct err *err)
{
	struct account account;

	TRY(account_on_demand(a, p, &account, err));
	TRY(check_floor(&account, p->amount.n, err));
	TRY(act_insert(a, "entry",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("transfer", transfer),
			F_INT("account", account.id), F_INT("amount", p->amount.n)),
		err));
	return act_update(a, "account", account.id,
		FIELDS(F_INT("balance", account.balance + p->amount.n)), err);
}

static int64_t first_resident(const struct transfer_draft *draft)
{
	for (int i = 0; i < draft->posting_count; i++)
		if (draft->postings[i].resident)
			return draft->postings[i].resident;
	return 0;
}

/* What was asked for, as text: the postings one by one. The caller's. */
static char *inputs_text(const struct transfer_draft *draft)
{
	char *text = mem_text("");

	for (int i = 0; i < draft->posting_count; i++) {
		const struct posting *p = &draft->postings[i];
		char *longer = mem_printf("%s %lld/%d:%lld", text, (long long)p->resident,
			(int)p->system, (long long)p->amount.n);
		free(text);
		text = longer;
	}
	return text;
}

int transfer_post(struct db *db, const struct act *act, const struct transfer_draft *draft,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(mem_free) char *postings = inputs_text(draft);
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(check_postings(draft, err));
	TRY(act_begin(&a, db, act, ACT_TRANSFER_POST,
		FIELDS(F_TEXT("kind", draft->kind), F_TEXT("postings", postings)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	int64_t id = act_new_id(&a);
	/* Postings and expiry use recorded_at, whenever the act is said to have occurred. */
	TRY(act_insert(&a, "transfer",
		FIELDS(F_INT("id", id), F_INT("at", a.now), F_TEXT("kind", draft->kind)), err));
	for (int i = 0; i < draft->posting_count; i++)
		TRY(post_one(&a, id, &draft->postings[i], err));
	act_set_subject(&a, id, act->resident ? act->resident : first_resident(draft));
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

static int set_floor(
	struct acting *a, const struct account *account, int64_t floor, struct err *err)
{
	if (account->balance < floor)
		return err_set(err, ERR_REFUSED,
			REASON(POINTS_SHORT, .n1 = floor, .n2 = account->balance));
	return act_update(a, "account", account->id, FIELDS(F_INT("floor", floor)), err);
}

int account_open(struct db *db, const struct act *act, int64_t resident, struct points floor,
	int64_t *ret_id, struct err *err)
{
	const struct posting whose = { .resident = resident };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct account account;

	if (floor.n > 0 || floor.n < -POINTS_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "floor"));
	TRY(act_begin(&a, db, act, ACT_ACCOUNT_OPEN,
		FIELDS(F_INT("resident", resident), F_INT("floor", floor.n)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_resident(db, resident, err));
	int r = account_of(db, &whose, &account, err);
	if (r < 0)
		return r;
	if (r > 0)
		TRY(set_floor(&a, &account, floor.n, err));
	else
		TRY(insert_account(&a, &whose, floor.n, &account, err));
	act_set_subject(&a, account.id, resident);
	TRY(act_commit(&a, account.id, err));
	*ret_id = account.id;
	return 0;
}

/* ---- reading ---- */

static int read_balance(
	struct db *db, const struct posting *whose, struct points *ret, struct err *err)
{
	struct account account = { 0 };
	int r = account_of(db, whose, &account, err);

	if (r < 0)
		return r;
	*ret = POINTS(account.balance);
	return 0;
}

int points_balance(struct db *db, int64_t resident, struct points *ret, struct err *err)
{
	return read_balance(db, &(struct posting){ .resident = resident }, ret, err);
}

int points_balance_of_system(
	struct db *db, enum system_account system, struct points *ret, struct err *err)
{
	return read_balance(db, &(struct posting){ .system = system }, ret, err);
}

void points_statement_finish(struct points_statement *statement)
{
	for (int i = 0; i < statement->count; i++)
		free(statement->rows[i].kind);
	free(statement->rows);
	*statement = (struct points_statement){ 0 };
}

/* From the balance backwards: entries of an account are in the order of their ids. */
int points_statement(struct db *db, int64_t resident, const struct statement_line *after, int limit,
	struct points_statement *ret, struct err *err)
{
	CLEANUP(points_statement_finish) struct points_statement list = { 0 };
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int64_t balance = after ? after->balance.n - after->amount.n : 0;
	int r;

	TRY(query_open(&q, db,
		"SELECT entry.id AS entry, transfer, at, kind, amount, balance"
		" FROM account JOIN entry ON entry.account = account.id"
		" JOIN transfer ON transfer.id = entry.transfer"
		" WHERE account.resident = :resident AND entry.id < :after"
		" ORDER BY entry.id DESC LIMIT :limit",
		FIELDS(F_INT("resident", resident),
			F_INT("after", after ? after->entry : INT64_MAX), F_INT("limit", limit)),
		err));
	while ((r = query_next(&q, err)) > 0) {
		if (!after && list.count == 0)
			balance = query_int(&q, "balance");
		list.rows = mem_resize(list.rows, (size_t)(list.count + 1) * sizeof(*list.rows));
		list.rows[list.count++] = (struct statement_line){
			.entry = query_int(&q, "entry"),
			.transfer = query_int(&q, "transfer"),
			.at = query_int(&q, "at"),
			.kind = mem_text(query_text0(&q, "kind")),
			.amount = POINTS(query_int(&q, "amount")),
			.balance = POINTS(balance),
		};
		balance -= query_int(&q, "amount");
	}
	if (r < 0)
		return r;
	*ret = list;
	list = (struct points_statement){ 0 };
	return 0;
}

static int prove(struct db *db, const char *sql, const char *what, struct err *err)
{
	int64_t wrong;

	TRY(db_integer(db, sql, NO_FIELDS, 0, &wrong, err));
	if (wrong == 0)
		return 0;
	return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db_path(db)),
		"%s %lld does not add up", what, (long long)wrong);
}

int ledger_prove(struct db *db, struct err *err)
{
	TRY(prove(db,
		"SELECT transfer FROM entry GROUP BY transfer HAVING sum(amount) <> 0"
		" ORDER BY transfer LIMIT 1",
		"transfer", err));
	return prove(db,
		"SELECT account.id FROM account LEFT JOIN entry ON entry.account = account.id"
		" GROUP BY account.id HAVING ifnull(sum(amount), 0) <> balance"
		" ORDER BY account.id LIMIT 1",
		"account", err);
}

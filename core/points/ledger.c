#include "core/points/ledger.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/points/account_row.h"
#include "core/points/posting.h"
#include "core/store/acting.h"
#include "core/store/reasons.h"
#include "core/store/rows.h"

/* ---- posting ---- */

static int64_t first_resident(const struct transfer_draft *draft)
{
	for (int i = 0; i < draft->posting_count; i++)
		if (draft->postings[i].resident)
			return draft->postings[i].resident;
	return 0;
}

/* The request as text: the postings one by one. The caller's. */
static char *inputs_text(const struct transfer_draft *draft)
{
	char *text = mem_text("");

	for (int i = 0; i < draft->posting_count; i++) {
		const struct posting *p = &draft->postings[i];
		char *longer = mem_printf("%s %lld/%lld/%d:%lld", text, (long long)p->resident,
			(long long)p->body, (int)p->system, (long long)p->amount.n);
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
	int64_t id;

	TRY(posting_check(draft, err));
	TRY(act_begin(&a, db, act, ACT_TRANSFER_POST,
		FIELDS(F_TEXT("kind", draft->kind), F_TEXT("postings", postings)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(posting_do(&a, draft, &(struct posting_more){ 0 }, &id, err));
	act_set_subject(&a, id, act->resident ? act->resident : first_resident(draft));
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* ---- reading ---- */

static const struct column line_columns[] = {
	COLUMN(struct statement_line, entry),
	COLUMN(struct statement_line, transfer),
	COLUMN(struct statement_line, at),
	COLUMN(struct statement_line, kind),
	COLUMN_POINTS(struct statement_line, amount),
	COLUMN(struct statement_line, is_reversed),
};
static const struct row_type line_rows = ROW_TYPE(struct statement_line, line_columns);
LIST_FINISHER(points_statement_finish, struct points_statement, line_rows);

static int read_lines(struct db *db, const struct account *account,
	const struct statement_line *after, int limit, struct points_statement *list,
	struct err *err)
{
	/* Backwards from the balance: entries of an account are in the order of their ids. */
	int64_t balance = after ? after->balance.n - after->amount.n : account->balance;

	TRY(rows_list(db, &line_rows,
		"SELECT entry.id AS entry, transfer, at, kind, amount,"
		" EXISTS (SELECT 1 FROM transfer AS later WHERE later.reverses = transfer.id)"
		" AS is_reversed FROM entry JOIN transfer ON transfer.id = entry.transfer"
		" WHERE entry.account = :account AND entry.id < :after"
		" ORDER BY entry.id DESC LIMIT :limit",
		FIELDS(F_INT("account", account->id),
			F_INT("after", after ? after->entry : INT64_MAX), F_INT("limit", limit)),
		list, err));
	for (int i = 0; i < list->count; i++) {
		list->rows[i].balance = POINTS(balance);
		balance -= list->rows[i].amount.n;
	}
	return 0;
}

int points_statement_of(struct db *db, struct holder whose, const struct statement_line *after,
	int limit, struct points_statement *ret, struct err *err)
{
	struct account account;
	int r = account_get(db, whose, &account, err);

	if (r > 0)
		return read_lines(db, &account, after, limit, ret, err);
	if (r == 0)
		*ret = (struct points_statement){ 0 };
	return r;
}

int points_statement(struct db *db, int64_t resident, const struct statement_line *after, int limit,
	struct points_statement *ret, struct err *err)
{
	return points_statement_of(db, HOLDER_RESIDENT(resident), after, limit, ret, err);
}

/* Each returns the id of the first row that is wrong. */
static const struct {
	const char *what, *sql;
} proofs[] = {
	{ "transfer", "SELECT transfer FROM entry GROUP BY transfer HAVING sum(amount) <> 0"
		      " ORDER BY transfer LIMIT 1" },
	{ "transfer", "SELECT id FROM transfer WHERE rest <> 0 OR NOT EXISTS"
		      " (SELECT 1 FROM entry WHERE entry.transfer = transfer.id)"
		      " ORDER BY id LIMIT 1" },
	{ "account", "SELECT account.id FROM account LEFT JOIN entry ON entry.account = account.id"
		     " GROUP BY account.id HAVING ifnull(sum(amount), 0) <> balance"
		     " OR max(entry.id) IS NOT last_entry ORDER BY account.id LIMIT 1" },
	{ "account", "SELECT id FROM account WHERE system = 'frozen' AND balance <>"
		     " (SELECT ifnull(sum(points), 0) FROM freeze WHERE settled_at IS NULL)" },
	{ "account", "SELECT account FROM lot WHERE remaining > 0 GROUP BY account"
		     " HAVING sum(remaining) > (SELECT balance FROM account AS whose"
		     " WHERE whose.id = lot.account) ORDER BY account LIMIT 1" },
};

int ledger_prove(struct db *db, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(proofs); i++) {
		int64_t wrong;
		TRY(db_integer(db, proofs[i].sql, NO_FIELDS, 0, &wrong, err));
		if (wrong)
			return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db_path(db)),
				"%s %lld does not add up", proofs[i].what, (long long)wrong);
	}
	return 0;
}

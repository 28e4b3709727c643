#include "core/rewards/settlement.h"

#include <assert.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/points/body.h"
#include "core/points/posting.h"
#include "core/points/reversal.h"
#include "core/rewards/reasons.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const char *const state_names[] = { "due", "open", "lapsed" };
static_assert(ARRAY_LEN(state_names) == MERCHANT_STATE_COUNT, "a name for each");

const char *merchant_state_name(enum merchant_state state)
{
	return state_names[state];
}

/* ---- what was had there ---- */

static int read_state(const struct query *q, void *row, struct err *err)
{
	struct merchant_line *line = row;
	int64_t expires_at = query_int(q, "expires_at");

	if (!expires_at || line->used_at)
		line->state = MERCHANT_DUE;
	else
		line->state = db_now(q->db) < expires_at ? MERCHANT_OPEN : MERCHANT_LAPSED;
	return 0;
}

static const struct column line_columns[] = {
	COLUMN_AS(struct merchant_line, redemption, "id"),
	COLUMN(struct merchant_line, number),
	COLUMN(struct merchant_line, name),
	COLUMN(struct merchant_line, count),
	COLUMN(struct merchant_line, points),
	COLUMN(struct merchant_line, fen),
	COLUMN(struct merchant_line, redeemed_at),
	COLUMN(struct merchant_line, used_at),
	COLUMN(struct merchant_line, is_pooled),
};
static const struct row_type line_rows =
	ROW_TYPE_MORE(struct merchant_line, line_columns, read_state);
LIST_FINISHER(merchant_book_finish, struct merchant_book, line_rows);

#define BOOK(which)                                                                             \
	"SELECT redemption.id AS id, number, name, count, redemption.points AS points,"         \
	" redemption.fen AS fen, redeemed_at, used_at, expires_at, EXISTS (SELECT 1 FROM entry" \
	" JOIN account ON account.id = entry.account"                                           \
	" WHERE entry.transfer = redemption.transfer AND account.system = 'merchant')"          \
	" AS is_pooled FROM redemption JOIN reward ON reward.id = redemption.reward"            \
	" LEFT JOIN voucher ON voucher.redemption = redemption.id"                              \
	" WHERE reward.body = :body AND undone_at IS NULL AND " which " ORDER BY number"

int merchant_book(struct db *db, const struct merchant_scope *scope, struct merchant_book *ret,
	struct err *err)
{
	CLEANUP(merchant_book_finish) struct merchant_book book = { 0 };

	if (scope->settlement)
		TRY(rows_list(db, &line_rows, BOOK("settlement = :settlement"),
			FIELDS(F_INT("body", scope->body), F_INT("settlement", scope->settlement)),
			&book, err));
	else
		TRY(rows_list(db, &line_rows, BOOK("settlement IS NULL"),
			FIELDS(F_INT("body", scope->body)), &book, err));
	for (int i = 0; i < book.count; i++) {
		const struct merchant_line *line = &book.rows[i];
		book.points[line->state].n += line->points;
		book.fen[line->state] += line->fen;
		book.counts[line->state]++;
	}
	*ret = book;
	book = (struct merchant_book){ 0 };
	return 0;
}

static const struct column merchant_columns[] = {
	COLUMN_AS(struct merchant, body, "id"),
	COLUMN(struct merchant, number),
	COLUMN(struct merchant, name),
};
static const struct row_type merchant_rows = ROW_TYPE(struct merchant, merchant_columns);
LIST_FINISHER(merchant_list_finish, struct merchant_list, merchant_rows);

int merchants(struct db *db, struct merchant_list *ret, struct err *err)
{
	return rows_list(db, &merchant_rows,
		"SELECT id, number, name FROM body WHERE id IN (SELECT body FROM reward)"
		" ORDER BY number",
		NO_FIELDS, ret, err);
}

/* ---- settling ---- */

static int post(struct acting *a, int64_t body, const struct merchant_book *book,
	int64_t *ret_transfer, struct err *err)
{
	int64_t due = book->points[MERCHANT_DUE].n, lapsed = book->points[MERCHANT_LAPSED].n;
	const struct posting_more more = { .is_covered = true };
	struct posting postings[4];
	int64_t pooled = 0;
	int count = 0;

	for (int i = 0; i < book->count; i++)
		if (book->rows[i].is_pooled && book->rows[i].state != MERCHANT_OPEN)
			pooled += book->rows[i].points;
	if (due + lapsed > pooled)
		postings[count++] =
			(struct posting){ .body = body, .amount = POINTS(pooled - due - lapsed) };
	if (pooled)
		postings[count++] =
			(struct posting){ .system = ACCOUNT_MERCHANT, .amount = POINTS(-pooled) };
	if (due)
		postings[count++] =
			(struct posting){ .system = ACCOUNT_REDEEMED, .amount = POINTS(due) };
	if (lapsed)
		postings[count++] =
			(struct posting){ .system = ACCOUNT_POOL, .amount = POINTS(lapsed) };
	const struct transfer_draft draft = { "settle", postings, count };
	*ret_transfer = 0;
	return count ? posting_do(a, &draft, &more, ret_transfer, err) : 0;
}

static int write_settlement(struct acting *a, int64_t body, const struct merchant_book *book,
	int64_t *ret_id, struct err *err)
{
	int64_t number, transfer, id = act_new_id(a);

	TRY(post(a, body, book, &transfer, err));
	TRY(db_integer(a->db, NEXT_NUMBER("settlement"), NO_FIELDS, 1, &number, err));
	TRY(act_insert(a, "settlement",
		FIELDS(F_INT("id", id), F_INT("number", number), F_INT("body", body),
			F_INT("points", book->points[MERCHANT_DUE].n),
			F_INT("fen", book->fen[MERCHANT_DUE] + book->fen[MERCHANT_LAPSED]),
			F_INT("lapsed", book->points[MERCHANT_LAPSED].n),
			F_ID("transfer", transfer), F_INT("settled_at", a->now)),
		err));
	for (int i = 0; i < book->count; i++)
		if (book->rows[i].state != MERCHANT_OPEN)
			TRY(act_update(a, "redemption", book->rows[i].redemption,
				FIELDS(F_INT("settlement", id)), err));
	*ret_id = id;
	return 0;
}

int merchant_settle(
	struct db *db, const struct act *act, int64_t body, int64_t *ret_id, struct err *err)
{
	CLEANUP(merchant_book_finish) struct merchant_book book = { 0 };
	CLEANUP(body_finish) struct body merchant = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(act_begin(&a, db, act, ACT_MERCHANT_SETTLE, FIELDS(F_INT("body", body)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(body_get(db, body, &merchant, err));
	TRY(merchant_book(db, &(struct merchant_scope){ .body = body }, &book, err));
	if (book.count == book.counts[MERCHANT_OPEN])
		return err_set(err, ERR_REFUSED, REASON(SETTLEMENT_EMPTY));
	TRY(write_settlement(&a, body, &book, &id, err));
	act_set_subject(&a, id, 0);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int settlement_undo(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(merchant_book_finish) struct merchant_book book = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct settlement settlement;
	int64_t posted;

	TRY(act_begin(&a, db, act, ACT_SETTLEMENT_UNDO, FIELDS(F_INT("settlement", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(settlement_get(db, id, &settlement, err));
	if (settlement.undone_at)
		return err_set(err, ERR_NOT_FOUND, REASON(SETTLEMENT_UNKNOWN));
	if (!act->why || !*act->why)
		return err_set(err, ERR_REFUSED, REASON(WHY_NEEDED));
	TRY(merchant_book(db, &(struct merchant_scope){ settlement.body, id }, &book, err));
	if (settlement.transfer)
		TRY(transfer_take_back(&a, settlement.transfer, &posted, err));
	for (int i = 0; i < book.count; i++)
		TRY(act_update(&a, "redemption", book.rows[i].redemption,
			FIELDS(F_NULL("settlement")), err));
	TRY(act_update(&a, "settlement", id, FIELDS(F_INT("undone_at", a.now)), err));
	act_set_subject(&a, id, 0);
	return act_commit(&a, id, err);
}

/* ---- reading ---- */

#define SETTLEMENT_SELECT                                                                     \
	"SELECT id, number, body, points, fen, lapsed, transfer, settled_at, undone_at FROM " \
	"settlement"

static const struct column settlement_columns[] = {
	COLUMN(struct settlement, id),
	COLUMN(struct settlement, number),
	COLUMN(struct settlement, body),
	COLUMN(struct settlement, points),
	COLUMN(struct settlement, fen),
	COLUMN(struct settlement, lapsed),
	COLUMN(struct settlement, transfer),
	COLUMN(struct settlement, settled_at),
	COLUMN(struct settlement, undone_at),
};
static const struct row_type settlement_rows = ROW_TYPE(struct settlement, settlement_columns);

int settlement_get(struct db *db, int64_t id, struct settlement *ret, struct err *err)
{
	return row_get(db, &settlement_rows, SETTLEMENT_SELECT " WHERE id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(SETTLEMENT_UNKNOWN), err);
}

int settlement_by_number(struct db *db, int64_t number, struct settlement *ret, struct err *err)
{
	return row_get(db, &settlement_rows, SETTLEMENT_SELECT " WHERE number = :number",
		FIELDS(F_INT("number", number)), ret, REASON(SETTLEMENT_UNKNOWN), err);
}

int settlement_latest(struct db *db, int64_t body, struct settlement *ret, struct err *err)
{
	return row_find(db, &settlement_rows,
		SETTLEMENT_SELECT " WHERE body = :body AND undone_at IS NULL"
				  " ORDER BY number DESC LIMIT 1",
		FIELDS(F_INT("body", body)), ret, err);
}

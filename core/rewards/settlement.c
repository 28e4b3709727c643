#include "core/rewards/settlement.h"

#include <assert.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/points/body.h"
#include "core/points/posting.h"
#include "core/points/reversal.h"
#include "core/rewards/reasons.h"
#include "core/store/acting.h"
#include "core/store/reasons.h"

static const char *const state_names[] = { "due", "open", "lapsed" };
static_assert(ARRAY_LEN(state_names) == MERCHANT_STATE_COUNT, "a name for each");

const char *merchant_state_name(enum merchant_state state)
{
	return state_names[state];
}

/* ---- what was had there ---- */

void merchant_book_finish(struct merchant_book *book)
{
	for (int i = 0; i < book->count; i++)
		free(book->rows[i].name);
	free(book->rows);
	*book = (struct merchant_book){ 0 };
}

static enum merchant_state state_of(const struct query *q, int64_t now)
{
	if (query_is_null(q, "expires_at") || !query_is_null(q, "used_at"))
		return MERCHANT_DUE;
	return now < query_int(q, "expires_at") ? MERCHANT_OPEN : MERCHANT_LAPSED;
}

static void take_line(struct merchant_book *book, const struct query *q, int64_t now)
{
	const struct merchant_line line = {
		.redemption = query_int(q, "id"),
		.number = query_int(q, "number"),
		.name = mem_text(query_text0(q, "name")),
		.count = query_int(q, "count"),
		.points = query_int(q, "points"),
		.fen = query_int(q, "fen"),
		.redeemed_at = query_int(q, "redeemed_at"),
		.used_at = query_int(q, "used_at"),
		.state = state_of(q, now),
		.is_pooled = query_int(q, "is_pooled") != 0,
	};

	book->rows = mem_resize(book->rows, (size_t)(book->count + 1) * sizeof(*book->rows));
	book->rows[book->count++] = line;
	book->points[line.state].n += line.points;
	book->fen[line.state] += line.fen;
	book->counts[line.state]++;
}

#define BOOK(which)                                                                             \
	"SELECT redemption.id AS id, number, name, count, redemption.points AS points,"         \
	" redemption.fen AS fen, redeemed_at, used_at, expires_at, EXISTS (SELECT 1 FROM entry" \
	" JOIN account ON account.id = entry.account"                                           \
	" WHERE entry.transfer = redemption.transfer AND account.system = 'merchant')"          \
	" AS is_pooled FROM redemption JOIN reward ON reward.id = redemption.reward"            \
	" LEFT JOIN voucher ON voucher.redemption = redemption.id"                              \
	" WHERE reward.body = :body AND undone_at IS NULL AND " which " ORDER BY number"

int merchant_book(
	struct db *db, int64_t body, int64_t settlement, struct merchant_book *ret, struct err *err)
{
	CLEANUP(merchant_book_finish) struct merchant_book book = { 0 };
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	if (settlement)
		r = query_open(&q, db, BOOK("settlement = :settlement"),
			FIELDS(F_INT("body", body), F_INT("settlement", settlement)), err);
	else
		r = query_open(
			&q, db, BOOK("settlement IS NULL"), FIELDS(F_INT("body", body)), err);
	TRY(r);
	while ((r = query_next(&q, err)) > 0)
		take_line(&book, &q, db_now(db));
	if (r < 0)
		return r;
	*ret = book;
	book = (struct merchant_book){ 0 };
	return 0;
}

void merchant_list_finish(struct merchant_list *list)
{
	for (int i = 0; i < list->count; i++)
		free(list->rows[i].name);
	free(list->rows);
	*list = (struct merchant_list){ 0 };
}

int merchants(struct db *db, struct merchant_list *ret, struct err *err)
{
	CLEANUP(merchant_list_finish) struct merchant_list list = { 0 };
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		"SELECT id, number, name FROM body WHERE id IN (SELECT body FROM reward)"
		" ORDER BY number",
		NO_FIELDS, err));
	while ((r = query_next(&q, err)) > 0) {
		list.rows = mem_resize(list.rows, (size_t)(list.count + 1) * sizeof(*list.rows));
		list.rows[list.count++] = (struct merchant){ query_int(&q, "id"),
			query_int(&q, "number"), mem_text(query_text0(&q, "name")) };
	}
	if (r < 0)
		return r;
	*ret = list;
	list = (struct merchant_list){ 0 };
	return 0;
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
	TRY(merchant_book(db, body, 0, &book, err));
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
	TRY(merchant_book(db, settlement.body, id, &book, err));
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

static int read_one(struct db *db, const char *sql, const struct field *params,
	struct settlement *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, sql, params, err));
	int r = query_next(&q, err);
	if (r > 0)
		*ret = (struct settlement){
			.id = query_int(&q, "id"),
			.number = query_int(&q, "number"),
			.body = query_int(&q, "body"),
			.points = query_int(&q, "points"),
			.fen = query_int(&q, "fen"),
			.lapsed = query_int(&q, "lapsed"),
			.transfer = query_int(&q, "transfer"),
			.settled_at = query_int(&q, "settled_at"),
			.undone_at = query_int(&q, "undone_at"),
		};
	return r;
}

static int or_unknown(int r, struct err *err)
{
	return r ? (r < 0 ? r : 0) : err_set(err, ERR_NOT_FOUND, REASON(SETTLEMENT_UNKNOWN));
}

int settlement_get(struct db *db, int64_t id, struct settlement *ret, struct err *err)
{
	return or_unknown(read_one(db, SETTLEMENT_SELECT " WHERE id = :id", FIELDS(F_INT("id", id)),
				  ret, err),
		err);
}

int settlement_by_number(struct db *db, int64_t number, struct settlement *ret, struct err *err)
{
	return or_unknown(read_one(db, SETTLEMENT_SELECT " WHERE number = :number",
				  FIELDS(F_INT("number", number)), ret, err),
		err);
}

int settlement_latest(struct db *db, int64_t body, struct settlement *ret, struct err *err)
{
	return read_one(db,
		SETTLEMENT_SELECT " WHERE body = :body AND undone_at IS NULL"
				  " ORDER BY number DESC LIMIT 1",
		FIELDS(F_INT("body", body)), ret, err);
}

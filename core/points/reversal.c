#include "core/points/reversal.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/points/account_row.h"
#include "core/points/posting.h"
#include "core/points/reasons.h"
#include "core/site/setting.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

/* A transfer as it was posted. */
struct posted {
	char *kind;
	int64_t reverses;
	bool is_reversed;
	struct posting *rows;
	int count;
	int64_t points; /* that it moved */
};
static const struct column posted_columns[] = {
	COLUMN(struct posted, kind),
	COLUMN(struct posted, reverses),
	COLUMN(struct posted, is_reversed),
};
static const struct row_type posted_rows = ROW_TYPE(struct posted, posted_columns);

static int read_system(const struct query *q, void *row, struct err *err)
{
	struct posting *posting = row;

	system_account_named(query_text0(q, "system"), &posting->system);
	return 0;
}

static const struct column posting_columns[] = {
	COLUMN(struct posting, resident),
	COLUMN(struct posting, body),
	COLUMN_POINTS(struct posting, amount),
};
static const struct row_type posting_rows =
	ROW_TYPE_MORE(struct posting, posting_columns, read_system);

static void posted_finish(struct posted *p)
{
	rows_finish(&posting_rows, &p->rows, &p->count);
	row_finish(&posted_rows, p);
}

/* Into an empty *ret. */
static int read_transfer(struct db *db, int64_t id, struct posted *ret, struct err *err)
{
	const struct field *params = FIELDS(F_INT("id", id));

	TRY(row_get(db, &posted_rows,
		"SELECT kind, reverses, EXISTS (SELECT 1 FROM transfer AS later"
		" WHERE later.reverses = transfer.id) AS is_reversed FROM transfer WHERE id = :id",
		params, ret, REASON(TRANSFER_UNKNOWN), err));
	TRY(rows_list(db, &posting_rows,
		"SELECT resident, body, system, amount FROM entry JOIN account"
		" ON account.id = entry.account WHERE transfer = :id ORDER BY entry.id",
		params, ret, err));
	for (int i = 0; i < ret->count; i++)
		if (ret->rows[i].amount.n > 0)
			ret->points += ret->rows[i].amount.n;
	return 0;
}

static int take_back(
	struct acting *a, int64_t id, const struct posted *p, int64_t *ret_id, struct err *err)
{
	const struct posting_more more = { .reverses = id, .restores = id };
	const struct transfer_draft draft = { "reversal", p->rows, p->count };

	if (p->is_reversed || p->reverses)
		return err_set(err, ERR_REFUSED, REASON(TRANSFER_REVERSED));
	for (int i = 0; i < p->count; i++)
		p->rows[i].amount.n = -p->rows[i].amount.n;
	return posting_do(a, &draft, &more, ret_id, err);
}

int transfer_take_back(struct acting *a, int64_t id, int64_t *ret_id, struct err *err)
{
	CLEANUP(posted_finish) struct posted posted = { 0 };

	TRY(read_transfer(a->db, id, &posted, err));
	return take_back(a, id, &posted, ret_id, err);
}

/* Deposits and redemptions are settled or undone by their own module, which would not know
 * otherwise. */
static bool is_bound(const char *kind)
{
	static const char *const bound[] = { "freeze", "release", "redeem", "settle" };

	for (size_t i = 0; i < ARRAY_LEN(bound); i++)
		if (strcmp(bound[i], kind) == 0)
			return true;
	return false;
}

static int check_reversible(
	const struct acting *a, int64_t id, const struct posted *p, struct err *err)
{
	struct err refusal = { 0 };
	int64_t waits;

	TRY(db_integer(a->db, "SELECT 1 FROM reversal WHERE transfer = :id AND settled_at IS NULL",
		FIELDS(F_INT("id", id)), 0, &waits, err));
	if (p->is_reversed || p->reverses)
		err_refuse(&refusal, REASON(TRANSFER_REVERSED));
	if (is_bound(p->kind))
		err_refuse(&refusal, REASON(TRANSFER_BOUND));
	if (waits)
		err_refuse(&refusal, REASON(REVERSAL_WAITS));
	if (!a->act->why || !*a->act->why)
		err_refuse(&refusal, REASON(WHY_NEEDED));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

static int needs_second(struct acting *a, int64_t points, bool *ret, struct err *err)
{
	const struct act *act = a->act;
	int64_t alone;

	TRY(setting_int(a->db, SETTING_REVERSAL_ALONE, &alone, err));
	bool has_second = (act->approver && act->approver != act->actor) ||
			  (act->is_override && act->role >= ROLE_ADMIN);
	*ret = points > alone && !has_second;
	return 0;
}

static int leave_waiting(struct acting *a, int64_t transfer, int64_t *ret_id, struct err *err)
{
	*ret_id = act_new_id(a);
	return act_insert(a, "reversal",
		FIELDS(F_INT("id", *ret_id), F_INT("transfer", transfer),
			F_ID("asked_by", a->act->actor), F_INT("asked_at", a->now)),
		err);
}

static int outcome_again(struct db *db, int64_t result, struct reversed *ret, struct err *err)
{
	int64_t waiting;

	TRY(db_integer(db, "SELECT id FROM reversal WHERE id = :id", FIELDS(F_INT("id", result)), 0,
		&waiting, err));
	*ret = (struct reversed){ 0 };
	if (waiting)
		ret->waiting = result;
	else
		ret->posted = result;
	return 0;
}

int transfer_reverse(struct db *db, const struct act *act, int64_t transfer, struct reversed *ret,
	struct err *err)
{
	CLEANUP(posted_finish) struct posted posted = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct reversed outcome = { 0 };
	bool waits;

	TRY(act_begin(&a, db, act, ACT_TRANSFER_REVERSE, FIELDS(F_INT("transfer", transfer)), err));
	if (a.is_repeat)
		return outcome_again(db, a.result, ret, err);
	TRY(read_transfer(db, transfer, &posted, err));
	TRY(check_reversible(&a, transfer, &posted, err));
	TRY(needs_second(&a, posted.points, &waits, err));
	if (waits)
		TRY(leave_waiting(&a, transfer, &outcome.waiting, err));
	else
		TRY(take_back(&a, transfer, &posted, &outcome.posted, err));
	act_set_subject(&a, transfer, act->resident);
	TRY(act_commit(&a, waits ? outcome.waiting : outcome.posted, err));
	*ret = outcome;
	return 0;
}

static int read_ask(
	struct db *db, const struct act *act, int64_t id, int64_t *ret_transfer, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, "SELECT transfer, asked_by, settled_at FROM reversal WHERE id = :id",
		FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(REVERSAL_UNKNOWN));
	if (!query_is_null(&q, "settled_at"))
		return err_set(err, ERR_REFUSED, REASON(REVERSAL_SETTLED));
	if (query_int(&q, "asked_by") == act->actor)
		return err_set(err, ERR_REFUSED, REASON(SECOND_PERSON));
	*ret_transfer = query_int(&q, "transfer");
	return 0;
}

int reversal_settle(struct db *db, const struct act *act, int64_t id, bool is_granted,
	int64_t *ret_posted, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t transfer = 0, posted = 0;

	TRY(act_begin(&a, db, act, ACT_REVERSAL_SETTLE,
		FIELDS(F_INT("reversal", id), F_INT("is_granted", is_granted)), err));
	if (a.is_repeat) {
		*ret_posted = a.result;
		return 0;
	}
	TRY(read_ask(db, act, id, &transfer, err));
	if (is_granted)
		TRY(transfer_take_back(&a, transfer, &posted, err));
	TRY(act_update(&a, "reversal", id,
		FIELDS(F_INT("settled_at", a.now), F_ID("posted", posted)), err));
	act_set_subject(&a, transfer, act->resident);
	TRY(act_commit(&a, posted, err));
	*ret_posted = posted;
	return 0;
}

static int describe(struct db *db, struct reversal *r, struct err *err)
{
	CLEANUP(posted_finish) struct posted posted = { 0 };

	TRY(read_transfer(db, r->transfer, &posted, err));
	r->kind = TAKE(posted.kind);
	r->points = POINTS(posted.points);
	for (int i = posted.count - 1; i >= 0; i--) {
		const struct posting *p = &posted.rows[i];
		struct holder whose = { p->resident, p->body, p->system };
		*(p->amount.n < 0 ? &r->from : &r->to) = whose;
	}
	return 0;
}

static const struct column reversal_columns[] = {
	COLUMN(struct reversal, id),
	COLUMN(struct reversal, transfer),
	COLUMN(struct reversal, asked_by),
	COLUMN(struct reversal, asked_at),
	COLUMN_TO_FILL(struct reversal, kind),
};
static const struct row_type reversal_rows = ROW_TYPE(struct reversal, reversal_columns);
LIST_FINISHER(reversal_list_finish, struct reversal_list, reversal_rows);

int reversals_waiting(struct db *db, struct reversal_list *ret, struct err *err)
{
	CLEANUP(reversal_list_finish) struct reversal_list list = { 0 };

	TRY(rows_list(db, &reversal_rows,
		"SELECT id, transfer, asked_by, asked_at FROM reversal WHERE settled_at IS NULL"
		" ORDER BY id",
		NO_FIELDS, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(describe(db, &list.rows[i], err));
	*ret = list;
	list = (struct reversal_list){ 0 };
	return 0;
}

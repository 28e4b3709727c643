#include "core/points/fund.h"

#include <assert.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/points/reasons.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "core/store/reasons.h"
#include "core/store/rows.h"

static const char *const kind_names[] = { "gift", "sale", "donation", "redemption", "reversal" };
static_assert(ARRAY_LEN(kind_names) == FUND_KIND_COUNT, "a name for each kind");

const char *fund_kind_name(enum fund_kind kind)
{
	return kind_names[kind];
}

/* The column of what a line refers to, of which the schema lets at most one be set. */
static const char *const columns[] = { NULL, "sale", "donation", "redemption", "reverses" };
static_assert(ARRAY_LEN(columns) == FUND_KIND_COUNT, "a column for each kind");

#define LINE_SELECT                                                                             \
	"SELECT id, at, fen, balance, CASE WHEN sale THEN 'sale' WHEN donation THEN 'donation'" \
	" WHEN redemption THEN 'redemption' WHEN reverses THEN 'reversal' ELSE 'gift' END AS "  \
	"kind,"                                                                                 \
	" coalesce(sale, donation, redemption, reverses) AS of FROM fund_line"

static const struct column fund_line_columns[] = {
	COLUMN(struct fund_line, id),
	COLUMN(struct fund_line, at),
	COLUMN_ENUM(struct fund_line, kind, kind_names),
	COLUMN(struct fund_line, fen),
	COLUMN(struct fund_line, balance),
	COLUMN(struct fund_line, of),
};
static const struct row_type fund_line_rows = ROW_TYPE(struct fund_line, fund_line_columns);
LIST_FINISHER(fund_statement_finish, struct fund_statement, fund_line_rows);

int fund_balance(struct db *db, int64_t *ret_fen, struct err *err)
{
	return db_integer(db, "SELECT balance FROM fund_line ORDER BY id DESC LIMIT 1", NO_FIELDS,
		0, ret_fen, err);
}

/* ---- acts ---- */

static int append(
	struct acting *a, const struct fund_draft *draft, int64_t *ret_id, struct err *err)
{
	/* A gift has no source: no matter which column is NULL. */
	const char *column = draft->of ? columns[draft->kind] : "donation";
	int64_t balance, id = act_new_id(a);

	TRY(fund_balance(a->db, &balance, err));
	/* Like postings it counts from when it is recorded: lines have a single order. */
	TRY(act_insert(a, "fund_line",
		FIELDS(F_INT("id", id), F_INT("at", a->now), F_INT("fen", draft->fen),
			F_INT("balance", balance + draft->fen), F_ID(column, draft->of)),
		err));
	act_set_subject(a, id, a->act->resident);
	TRY(act_commit(a, id, err));
	*ret_id = id;
	return 0;
}

int fund_post(struct db *db, const struct act *act, const struct fund_draft *draft, int64_t *ret_id,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	assert(draft->kind != FUND_REVERSAL && (draft->kind == FUND_GIFT) == (draft->of == 0));
	if (draft->fen < 1 || draft->fen > MONEY_MAX_FEN)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "amount"));
	TRY(act_begin(&a, db, act, ACT_FUND_POST,
		FIELDS(F_TEXT("kind", fund_kind_name(draft->kind)), F_INT("fen", draft->fen),
			F_INT("of", draft->of)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	return append(&a, draft, ret_id, err);
}

int fund_line_get(struct db *db, int64_t id, struct fund_line *ret, struct err *err)
{
	return row_get(db, &fund_line_rows, LINE_SELECT " WHERE id = :id", FIELDS(F_INT("id", id)),
		ret, REASON(FUND_LINE_UNKNOWN), err);
}

static int check_reversible(const struct acting *a, const struct fund_line *line, struct err *err)
{
	bool has_why = a->act->why && *a->act->why;
	struct err refusal = { 0 };
	int64_t is_reversed;

	TRY(db_integer(a->db, "SELECT 1 FROM fund_line WHERE reverses = :id",
		FIELDS(F_INT("id", line->id)), 0, &is_reversed, err));
	if (is_reversed || line->kind == FUND_REVERSAL)
		err_refuse(&refusal, REASON(FUND_REVERSED));
	if (!has_why)
		err_refuse(&refusal, REASON(WHY_NEEDED));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

int fund_reverse(struct db *db, const struct act *act, int64_t id, int64_t *ret_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct fund_line line;

	TRY(act_begin(&a, db, act, ACT_FUND_REVERSE, FIELDS(F_INT("line", id)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(fund_line_get(db, id, &line, err));
	TRY(check_reversible(&a, &line, err));
	const struct fund_draft draft = { FUND_REVERSAL, -line.fen, id };
	return append(&a, &draft, ret_id, err);
}

/* ---- reading ---- */

int fund_statement(struct db *db, const struct fund_line *after, int limit,
	struct fund_statement *ret, struct err *err)
{
	return rows_list(db, &fund_line_rows,
		LINE_SELECT " WHERE id < :after ORDER BY id DESC LIMIT :limit",
		FIELDS(F_INT("after", after ? after->id : INT64_MAX), F_INT("limit", limit)), ret,
		err);
}

int fund_prove(struct db *db, struct err *err)
{
	int64_t wrong;

	TRY(db_integer(db,
		"SELECT id FROM (SELECT id, balance, sum(fen) OVER (ORDER BY id) AS added"
		" FROM fund_line) WHERE balance <> added ORDER BY id LIMIT 1",
		NO_FIELDS, 0, &wrong, err));
	if (wrong == 0)
		return 0;
	return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db_path(db)),
		"the fund's line %lld does not add up", (long long)wrong);
}

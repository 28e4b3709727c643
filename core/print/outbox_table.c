#include "core/print/outbox_table.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/print/reasons.h"
#include "core/store/rows.h"

const char *const outbox_state_names[OUTBOX_STATE_COUNT] = {
	[OUTBOX_QUEUED] = "queued",
	[OUTBOX_SUBMITTING] = "submitting",
	[OUTBOX_CREATED] = "created",
	[OUTBOX_SENT] = "sent",
	[OUTBOX_DONE] = "done",
	[OUTBOX_ASK] = "ask",
	[OUTBOX_FAILED] = "failed",
	[OUTBOX_CANCELLED] = "cancelled",
};

static int unknown(struct err *err)
{
	return err_set(err, ERR_NOT_FOUND, REASON(PAPER_UNKNOWN));
}

/* ---- writing ---- */

static int insert(struct db *db, const struct outbox_paper *paper, bool is_reprint, int64_t *ret_id,
	struct err *err)
{
	return db_write(db,
		"INSERT INTO outbox (purpose, title, sheet, visit, loan, is_reprint, is_marked,"
		" queued_at, changed_at) VALUES (:purpose, :title, :sheet, :visit, :loan, :reprint,"
		" :reprint, :now, :now)",
		FIELDS(F_TEXT("purpose", print_purpose_names[paper->purpose]),
			F_TEXT("title", paper->title), F_TEXT("sheet", paper->sheet),
			F_ID("visit", paper->visit), F_ID("loan", paper->loan),
			F_INT("reprint", is_reprint), F_INT("now", db_now(db))),
		ret_id, err);
}

int outbox_add(struct db *db, const struct outbox_paper *paper, int64_t *ret_id, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	int64_t id = 0;

	TRY(txn_begin(&t, db, err));
	if (paper->visit)
		TRY(db_integer(db, "SELECT id FROM outbox WHERE visit = :visit AND is_reprint = 0",
			FIELDS(F_INT("visit", paper->visit)), 0, &id, err));
	if (!id)
		TRY(insert(db, paper, false, &id, err));
	TRY(txn_commit(&t, err));
	if (ret_id)
		*ret_id = id;
	return 0;
}

/* What a copy takes over; the caller frees title and sheet. */
static int read_original(
	struct db *db, int64_t id, struct outbox_paper *ret, char *ret_own[2], struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"SELECT purpose, title, sheet, visit, loan FROM outbox WHERE id = :id",
		FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r <= 0)
		return r < 0 ? r : unknown(err);
	ret_own[0] = mem_text(query_text0(&q, "title"));
	ret_own[1] = mem_text(query_text0(&q, "sheet"));
	*ret = (struct outbox_paper){
		.purpose = outbox_purpose_of(query_text(&q, "purpose")),
		.title = ret_own[0],
		.sheet = ret_own[1],
		.visit = query_int(&q, "visit"),
		.loan = query_int(&q, "loan"),
	};
	return 0;
}

int outbox_reprint(struct db *db, int64_t id, const char *sheet, int64_t *ret_id, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct outbox_paper paper;
	char *own[2] = { NULL };
	int64_t copy = 0;

	TRY(txn_begin(&t, db, err));
	TRY(read_original(db, id, &paper, own, err));
	CLEANUP(mem_free) char *title = own[0];
	CLEANUP(mem_free) char *frozen = own[1];
	paper.title = title;
	paper.sheet = sheet ? sheet : frozen;
	if (!*paper.sheet)
		return err_set(err, ERR_REFUSED, REASON(PAPER_EMPTIED));
	TRY(insert(db, &paper, true, &copy, err));
	TRY(txn_commit(&t, err));
	if (ret_id)
		*ret_id = copy;
	return 0;
}

int outbox_answer(struct db *db, int64_t id, bool is_printed, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	const struct field *params = FIELDS(F_INT("id", id), F_INT("now", db_now(db)));

	TRY(txn_begin(&t, db, err));
	TRY(outbox_get(db, id, &row, err));
	if (row.state != OUTBOX_ASK)
		return err_set(err, ERR_REFUSED, REASON(PAPER_SETTLED));
	if (is_printed)
		TRY(db_write(db,
			"UPDATE outbox SET state = 'done', problem = '', changed_at = :now"
			" WHERE id = :id",
			params, NULL, err));
	else if (outbox_is_held_back(&row)) /* the problem is kept: it has been seen */
		TRY(db_write(db,
			"UPDATE outbox SET state = 'queued', attempt = attempt + 1, failures = 0,"
			" job = NULL, not_before_at = 0, changed_at = :now WHERE id = :id",
			params, NULL, err));
	else
		TRY(db_write(db,
			"UPDATE outbox SET state = 'queued', attempt = attempt + 1, failures = 0,"
			" job = NULL, is_marked = 1, not_before_at = 0, problem = '',"
			" changed_at = :now WHERE id = :id",
			params, NULL, err));
	return txn_commit(&t, err);
}

bool outbox_is_held_back(const struct outbox_row *row)
{
	return row->state == OUTBOX_ASK && row->problem.code == REASON_GLYPH_MISSING;
}

int outbox_forget(struct db *db, int64_t before_at, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	const struct field *params = FIELDS(F_INT("before", before_at));
	int64_t count = 0;

	TRY(db_integer(db,
		"SELECT count(*) FROM outbox WHERE sheet <> '' AND changed_at < :before"
		" AND state IN ('done', 'cancelled', 'failed')",
		params, 0, &count, err));
	if (count == 0)
		return 0;
	TRY(txn_begin(&t, db, err));
	TRY(db_write(db,
		"UPDATE outbox SET sheet = '' WHERE sheet <> '' AND changed_at < :before"
		" AND state IN ('done', 'cancelled', 'failed')",
		params, NULL, err));
	TRY(txn_commit(&t, err));
	return (int)count;
}

/* ---- reading ---- */

enum print_purpose outbox_purpose_of(const char *name)
{
	for (int i = 0; i < PURPOSE_COUNT; i++)
		if (strcmp(name, print_purpose_names[i]) == 0)
			return (enum print_purpose)i;
	return PURPOSE_RECEIPT; /* the schema allows no other name */
}

enum outbox_state outbox_state_of(const char *name)
{
	for (int i = 0; i < OUTBOX_STATE_COUNT; i++)
		if (strcmp(name, outbox_state_names[i]) == 0)
			return (enum outbox_state)i;
	return OUTBOX_QUEUED;
}

/* A reason as the row stores it; one written by another version of the program is ignored. */
struct reason outbox_problem_of(const char *name, const char *text)
{
	int code = reason_by_name(name);

	return code ? reason_with_text(code, text, 0) : (struct reason){ 0 };
}

#define ROW_COLUMNS                                                                              \
	"id, purpose, title, state, attempt, visit, loan, is_reprint, sheet <> '' AS has_sheet," \
	" problem, problem_text, queued_at, changed_at FROM outbox "

/* The seconds of waiting are not stored, but the moment when they were reported is. */
static struct reason counted(struct reason problem, int64_t told_ago)
{
	if (problem.code == REASON_PRINTER_OFFLINE)
		problem.n1 = told_ago;
	else if (problem.code == REASON_PRINTER_WAITED)
		problem.n1 = told_ago + FLIGHT_PATIENCE_S;
	return problem;
}

static int read_problem(const struct query *q, void *ret, struct err *err)
{
	struct outbox_row *row = ret;

	row->problem = counted(
		outbox_problem_of(query_text0(q, "problem"), query_text0(q, "problem_text")),
		db_now(q->db) - row->changed_at);
	return 0;
}

static const struct column outbox_columns[] = {
	COLUMN(struct outbox_row, id),
	COLUMN_ENUM(struct outbox_row, purpose, print_purpose_names),
	COLUMN(struct outbox_row, title),
	COLUMN_ENUM(struct outbox_row, state, outbox_state_names),
	COLUMN(struct outbox_row, attempt),
	COLUMN(struct outbox_row, visit),
	COLUMN(struct outbox_row, loan),
	COLUMN(struct outbox_row, is_reprint),
	COLUMN(struct outbox_row, has_sheet),
	COLUMN(struct outbox_row, queued_at),
	COLUMN(struct outbox_row, changed_at),
};
static const struct row_type outbox_rows =
	ROW_TYPE_MORE(struct outbox_row, outbox_columns, read_problem);
ROW_FINISHER(outbox_row_finish, struct outbox_row, outbox_rows);
LIST_FINISHER(outbox_list_finish, struct outbox_list, outbox_rows);

int outbox_live(struct db *db, struct outbox_list *ret, struct err *err)
{
	return rows_list(db, &outbox_rows,
		"SELECT " ROW_COLUMNS "WHERE state NOT IN ('done', 'cancelled') ORDER BY id",
		NO_FIELDS, ret, err);
}

int outbox_latest(struct db *db, int limit, struct outbox_list *ret, struct err *err)
{
	return rows_list(db, &outbox_rows, "SELECT " ROW_COLUMNS "ORDER BY id DESC LIMIT :limit",
		FIELDS(F_INT("limit", limit)), ret, err);
}

int outbox_get(struct db *db, int64_t id, struct outbox_row *ret, struct err *err)
{
	return row_get(db, &outbox_rows, "SELECT " ROW_COLUMNS "WHERE id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(PAPER_UNKNOWN), err);
}
int outbox_of_visit(struct db *db, int64_t visit, int64_t *ret_id, struct err *err)
{
	return db_integer(db, "SELECT max(id) FROM outbox WHERE visit = :visit",
		FIELDS(F_INT("visit", visit)), 0, ret_id, err);
}

int outbox_of_loan(struct db *db, int64_t loan, int64_t *ret_id, struct err *err)
{
	return db_integer(db,
		"SELECT max(id) FROM outbox WHERE loan = :loan AND visit IS NULL"
		" AND purpose = 'receipt'",
		FIELDS(F_INT("loan", loan)), 0, ret_id, err);
}

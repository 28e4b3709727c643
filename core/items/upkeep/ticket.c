#include "core/items/upkeep/ticket.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define WORDS_MAX_CHARS 200

static const struct column ticket_columns[] = {
	COLUMN(struct ticket, id),
	COLUMN(struct ticket, number),
	COLUMN(struct ticket, item),
	COLUMN(struct ticket, loan),
	COLUMN(struct ticket, opened_at),
	COLUMN(struct ticket, closed_at),
	COLUMN(struct ticket, is_retired),
	COLUMN(struct ticket, words),
	COLUMN(struct ticket, done),
	COLUMN(struct ticket, item_number),
	COLUMN(struct ticket, name),
	COLUMN(struct ticket, zone),
	COLUMN(struct ticket, shelf),
};
static const struct row_type ticket_rows = ROW_TYPE(struct ticket, ticket_columns);
ROW_FINISHER(ticket_finish, struct ticket, ticket_rows);
LIST_FINISHER(ticket_list_finish, struct ticket_list, ticket_rows);

/* ---- reading ---- */

#define TICKET_SELECT                                                                             \
	"SELECT ticket.id AS id, ticket.number AS number, item, loan, opened_at, closed_at,"      \
	" ifnull(outcome = 'retired', 0) AS is_retired, words, done, item.number AS item_number," \
	" title.name AS name, item.zone AS zone, item.shelf AS shelf"                             \
	" FROM ticket JOIN item ON item.id = ticket.item JOIN title ON title.id = item.title"     \
	" LEFT JOIN ticket_private ON ticket_private.id = ticket.id"

static int read_one(struct db *db, const char *sql, int64_t id, struct ticket *ret, struct err *err)
{
	return row_find(db, &ticket_rows, sql, FIELDS(F_INT("id", id)), ret, err);
}

int ticket_get(struct db *db, int64_t id, struct ticket *ret, struct err *err)
{
	int r = read_one(db, TICKET_SELECT " WHERE ticket.id = :id", id, ret, err);

	if (r < 0)
		return r;
	return r > 0 ? 0 : err_set(err, ERR_NOT_FOUND, REASON(TICKET_UNKNOWN));
}

int ticket_of_item(struct db *db, int64_t item, struct ticket *ret, struct err *err)
{
	return read_one(
		db, TICKET_SELECT " WHERE item = :id AND closed_at IS NULL", item, ret, err);
}

int tickets_open(struct db *db, int64_t after, int limit, struct ticket_list *ret, struct err *err)
{
	return rows_list(db, &ticket_rows,
		TICKET_SELECT " WHERE closed_at IS NULL AND ticket.id > :after"
			      " ORDER BY ticket.id LIMIT :limit",
		FIELDS(F_INT("after", after), F_INT("limit", limit)), ret, err);
}

int tickets_of_item(struct db *db, int64_t item, int64_t after, int limit, struct ticket_list *ret,
	struct err *err)
{
	return rows_list(db, &ticket_rows,
		TICKET_SELECT " WHERE item = :item AND ticket.id < :after"
			      " ORDER BY ticket.id DESC LIMIT :limit",
		FIELDS(F_INT("item", item), F_INT("after", after ? after : INT64_MAX),
			F_INT("limit", limit)),
		ret, err);
}

/* ---- opening ---- */

static int accept(const char *typed, const char *what, char **ret, struct err *err)
{
	const struct text_limits limits = { what, WORDS_MAX_CHARS, false };

	typed = typed ? typed : "";
	return text_accept(typed, strlen(typed), &limits, ret, err);
}

static int give_back(struct acting *a, const struct ticket_draft *draft, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };

	if (!draft->loan)
		return 0;
	TRY(loan_get(a->db, draft->loan, &loan, err));
	if (loan.item != draft->item)
		return err_set(err, ERR_NOT_FOUND, REASON(LOAN_UNKNOWN));
	const struct loan_giving_back back = { draft->loan, draft->visit, PARTS_UNSEEN, false,
		true };
	return loan_is_open(&loan) ? loan_give_back(a->db, a->act, &back, err) : 0;
}

static int check_item(struct db *db, const struct item *item, struct err *err)
{
	CLEANUP(ticket_finish) struct ticket open = { 0 };
	struct err refusal = { 0 };

	int r = ticket_of_item(db, item->id, &open, err);
	if (r < 0)
		return r;
	if (item->loan)
		err_refuse(&refusal, REASON(ITEM_OUT_OTHER, .n1 = item->loan_due_at));
	if (item->status == ITEM_MISSING)
		err_refuse(&refusal, REASON(ITEM_MISSING));
	if (item->status == ITEM_RETIRED)
		err_refuse(&refusal, REASON(ITEM_RETIRED));
	if (r > 0)
		err_refuse(&refusal, REASON(TICKET_EXISTS, .n1 = open.number));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

/* The ticket is the reason, with its words. */
static int set_status(struct acting *a, int64_t item, enum item_status status, struct err *err)
{
	struct act act = *a->act;

	act.why = "ticket";
	return item_set_status(a->db, &act, item, status, err);
}

static int insert_ticket(struct acting *a, const struct ticket_draft *draft, const char *words,
	int64_t *ret_id, struct err *err)
{
	int64_t number, id = act_new_id(a);

	TRY(db_integer(a->db, NEXT_NUMBER("ticket"), NO_FIELDS, 1, &number, err));
	TRY(act_insert(a, "ticket",
		FIELDS(F_INT("id", id), F_INT("number", number), F_INT("item", draft->item),
			F_ID("loan", draft->loan), F_INT("opened_at", a->at)),
		err));
	*ret_id = id;
	return act_private(a, "ticket_private", id, FIELDS(F_TEXT("words", words)), err);
}

int ticket_open(struct db *db, const struct act *act, const struct ticket_draft *draft,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(mem_free) char *words = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(accept(draft->words, "trouble", &words, err));
	TRY(act_begin(&a, db, act, ACT_TICKET_OPEN,
		FIELDS(F_INT("item", draft->item), F_INT("loan", draft->loan)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(give_back(&a, draft, err));
	TRY(item_get(db, draft->item, &item, err));
	TRY(check_item(db, &item, err));
	if (item.status == ITEM_ACTIVE)
		TRY(set_status(&a, draft->item, ITEM_MAINTENANCE, err));
	TRY(insert_ticket(&a, draft, words, &id, err));
	act_set_subject(&a, draft->item, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* ---- closing ---- */

static int read_open(struct db *db, int64_t id, struct ticket *ret, struct err *err)
{
	TRY(ticket_get(db, id, ret, err));
	return ret->closed_at ? err_set(err, ERR_REFUSED, REASON(TICKET_CLOSED)) : 0;
}

static int repair(struct acting *a, const struct ticket *ticket, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };

	TRY(item_get(a->db, ticket->item, &item, err));
	TRY(act_update(a, "ticket", ticket->id,
		FIELDS(F_INT("closed_at", a->at), F_TEXT("outcome", "repaired")), err));
	return item.status == ITEM_MAINTENANCE ? set_status(a, item.id, ITEM_ACTIVE, err) : 0;
}

int ticket_close(
	struct db *db, const struct act *act, int64_t id, const char *typed, struct err *err)
{
	CLEANUP(ticket_finish) struct ticket ticket = { 0 };
	CLEANUP(mem_free) char *done = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(accept(typed, "done", &done, err));
	TRY(act_begin(&a, db, act, ACT_TICKET_CLOSE,
		FIELDS(F_INT("ticket", id), F_TEXT("outcome", "repaired")), err));
	if (a.is_repeat)
		return 0;
	TRY(read_open(db, id, &ticket, err));
	TRY(repair(&a, &ticket, err));
	TRY(act_private(&a, "ticket_private", id, FIELDS(F_TEXT("done", done)), err));
	act_set_subject(&a, ticket.item, act->resident);
	return act_commit(&a, id, err);
}

int ticket_retire(struct db *db, const struct act *act, int64_t id, const char *typed,
	enum retire_cause cause, struct err *err)
{
	CLEANUP(ticket_finish) struct ticket ticket = { 0 };
	CLEANUP(mem_free) char *done = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(accept(typed, "done", &done, err));
	TRY(act_begin(&a, db, act, ACT_TICKET_CLOSE,
		FIELDS(F_INT("ticket", id), F_TEXT("outcome", retire_cause_name(cause))), err));
	if (a.is_repeat)
		return 0;
	TRY(read_open(db, id, &ticket, err));
	TRY(item_retire(db, act, ticket.item, cause, err)); /* which closes the ticket */
	TRY(act_private(&a, "ticket_private", id, FIELDS(F_TEXT("done", done)), err));
	act_set_subject(&a, ticket.item, act->resident);
	return act_commit(&a, id, err);
}

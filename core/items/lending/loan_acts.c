#include "core/items/lending/loan_acts.h"

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/deposit.h"
#include "core/items/lending/hold_within.h"
#include "core/items/lending/item_look.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_check.h"
#include "core/items/reasons.h"
#include "core/store/acting.h"

/* ---- lending ---- */

static int insert_loan(struct acting *a, const struct loan_request *request,
	const struct loan_terms *terms, int64_t *ret_id, struct err *err)
{
	struct item_look look;
	int64_t number;

	TRY(item_look_get(a->db, request->item, &look, err));
	/* Only a volunteer gets here with such an item: they have inspected it. */
	if (look.needs_check)
		TRY(act_update(a, "item", request->item, FIELDS(F_INT("needs_check", 0)), err));
	TRY(db_integer(a->db, NEXT_NUMBER("loan"), NO_FIELDS, 1, &number, err));
	*ret_id = act_new_id(a);
	return act_insert(a, "loan",
		FIELDS(F_INT("id", *ret_id), F_INT("number", number), F_INT("item", request->item),
			F_INT("resident", request->resident), F_ID("visit", request->visit),
			F_INT("lent_at", a->at), F_INT("due_at", terms->due_at),
			F_INT("is_override", terms->is_override),
			F_INT("parts_lent", look.parts_missing)),
		err);
}

int loan_open(struct db *db, const struct act *act, const struct loan_request *request,
	int64_t *ret_loan, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct loan_terms terms;
	int64_t id;

	TRY(act_begin(&a, db, act, ACT_LOAN_OPEN,
		FIELDS(F_INT("item", request->item), F_INT("resident", request->resident),
			F_ID("visit", request->visit)),
		err));
	if (a.is_repeat) {
		*ret_loan = a.result;
		return 0;
	}
	TRY(loan_check(db, act, request, a.at, &terms, err));
	TRY(act_check_order(&a, request->item, err));
	/* What expired before this has expired. */
	TRY(hold_item_within(&a, request->item, err));
	TRY(insert_loan(&a, request, &terms, &id, err));
	TRY(deposit_take_within(&a, id, request->resident, terms.deposit, err));
	TRY(hold_lent_within(&a, request->item, terms.hold, id, err));
	act_set_subject(&a, request->item, request->resident);
	TRY(act_commit(&a, id, err));
	*ret_loan = id;
	return 0;
}

/* ---- returning ---- */

/* The state in which the item comes back: its status, and whether somebody has to inspect it. */
struct arrival {
	enum item_status status;
	bool needs_check, is_news;
	int64_t parts_missing;
};

static bool is_seen(const struct loan_giving_back *back)
{
	return back->parts_missing != PARTS_UNSEEN;
}

static int arrive(struct acting *a, const struct loan_giving_back *back, const struct loan *loan,
	struct arrival *ret, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct item_look look;
	bool is_alone = a->act->role < ROLE_VOLUNTEER;

	if (is_seen(back))
		TRY(item_look_check_parts(a->db, loan->item, back->parts_missing, err));
	TRY(item_get(a->db, loan->item, &item, err));
	TRY(item_look_get(a->db, loan->item, &look, err));
	/* The missing item has turned up. */
	ret->status = item.status == ITEM_MISSING ? ITEM_ACTIVE : item.status;
	ret->needs_check = (look.has_parts && !is_seen(back)) || (look.has_deposit && is_alone);
	ret->parts_missing = is_seen(back) ? back->parts_missing : look.parts_missing;
	bool stays_in_use = back->stays_in_use && !is_alone;
	if ((ret->parts_missing & ~loan->parts_lent) != 0 && !stays_in_use)
		ret->status = ITEM_MAINTENANCE;
	ret->is_news = ret->status != item.status || ret->needs_check != look.needs_check ||
		       ret->parts_missing != look.parts_missing;
	return 0;
}

static int write_item(struct acting *a, int64_t item, const struct arrival *how, struct err *err)
{
	return act_update(a, "item", item,
		FIELDS(F_TEXT("status", item_status_name(how->status)),
			F_INT("needs_check", how->needs_check),
			F_INT("parts_missing", how->parts_missing)),
		err);
}

static int write_return(struct acting *a, const struct loan_giving_back *back,
	const struct loan *loan, struct err *err)
{
	struct arrival arrival;
	/* A clock that was set back must not keep anything from being returned. */
	int64_t returned_at = a->at > loan->lent_at ? a->at : loan->lent_at;

	TRY(arrive(a, back, loan, &arrival, err));
	TRY(act_update(a, "loan", loan->id,
		FIELDS(F_INT("returned_at", returned_at), F_ID("return_visit", back->visit),
			is_seen(back) ? F_INT("parts_missing", back->parts_missing)
				      : F_NULL("parts_missing")),
		err));
	if (arrival.is_news)
		TRY(write_item(a, loan->item, &arrival, err));
	/* A volunteer who took it back and found it complete has inspected it. */
	if (a->act->role >= ROLE_VOLUNTEER && !arrival.needs_check && !back->is_damaged &&
		arrival.status == ITEM_ACTIVE && (arrival.parts_missing & ~loan->parts_lent) == 0)
		TRY(deposit_back_within(a, loan->id, err));
	return hold_item_within(a, loan->item, err);
}

int loan_give_back(
	struct db *db, const struct act *act, const struct loan_giving_back *back, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_LOAN_RETURN,
		FIELDS(F_INT("loan", back->loan), F_ID("visit", back->visit),
			F_INT("parts_missing", back->parts_missing),
			F_INT("stays_in_use", back->stays_in_use),
			F_INT("is_damaged", back->is_damaged)),
		err));
	if (a.is_repeat)
		return 0;
	TRY(loan_get(db, back->loan, &loan, err));
	if (!loan_is_open(&loan))
		return err_set(err, ERR_REFUSED, REASON(LOAN_CLOSED));
	TRY(act_check_order(&a, loan.item, err));
	TRY(write_return(&a, back, &loan, err));
	act_set_subject(&a, loan.item, loan.resident);
	return act_commit(&a, back->loan, err);
}

int loan_return(struct db *db, const struct act *act, int64_t id, int64_t visit, struct err *err)
{
	const struct loan_giving_back back = { id, visit, PARTS_UNSEEN, false, false };

	return loan_give_back(db, act, &back, err);
}

/* ---- renewing ---- */

static int due_of(struct db *db, int64_t id, int64_t *ret_due_at, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };

	TRY(loan_get(db, id, &loan, err));
	*ret_due_at = loan.due_at;
	return 0;
}

int loan_renew(struct db *db, const struct act *act, const struct loan_renewing *what,
	int64_t *ret_due_at, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct loan_terms terms;

	TRY(act_begin(&a, db, act, ACT_LOAN_RENEW,
		FIELDS(F_INT("loan", what->loan), F_ID("visit", what->visit)), err));
	if (a.is_repeat)
		return due_of(db, what->loan, ret_due_at, err);
	TRY(loan_renew_check(db, act, what->loan, a.at, &terms, err));
	TRY(loan_get(db, what->loan, &loan, err));
	TRY(act_check_order(&a, loan.item, err));
	TRY(act_update(&a, "loan", what->loan,
		FIELDS(F_INT("due_at", terms.due_at), F_INT("renewals", loan.renewals + 1),
			F_INT("renewed_from", loan.due_at), F_ID("renew_visit", what->visit),
			F_INT("is_override", loan.is_override || terms.is_override)),
		err));
	act_set_subject(&a, loan.item, loan.resident);
	TRY(act_commit(&a, what->loan, err));
	*ret_due_at = terms.due_at;
	return 0;
}

/* ---- undoing ---- */

static bool is_it(const struct act_latest *latest, const struct loan *loan, enum act_kind kind)
{
	return latest->kind == kind && latest->result == loan->id;
}

/* For `visit`: a return outside of any visit, undone at the board where it was made. */
#define VISIT_BOARD (-1)

static int is_of_station(struct db *db, int64_t seq, struct err *err)
{
	int64_t station;

	TRY(db_integer(db, "SELECT station FROM journal WHERE seq = :seq",
		FIELDS(F_INT("seq", seq)), 0, &station, err));
	return station == db_station(db);
}

/* May this person undo what was done in `loan_visit`: 1, 0 or an error. */
static int may_undo(const struct acting *a, const struct act_latest *latest, int64_t loan_visit,
	int64_t visit, struct err *err)
{
	if (visit == VISIT_BOARD)
		return loan_visit ? 0 : is_of_station(a->db, latest->seq, err);
	return loan_visit == visit && (visit != 0 || a->act->role >= ROLE_VOLUNTEER);
}

/* The act to undo must be of this visit, or outside of any visit and undone by a volunteer or at
 * the board where it was done. */
static int check_undo(struct acting *a, const struct loan *loan, enum act_kind kind,
	int64_t loan_visit, int64_t visit, struct err *err)
{
	struct act_latest latest = { 0 };
	struct err refusal = { 0 };

	int r = act_latest_standing(a->db, loan->item, &latest, err);
	if (r < 0)
		return r;
	if (r == 0 || !is_it(&latest, loan, kind))
		err_refuse(&refusal, REASON(UNDO_LATER));
	r = may_undo(a, &latest, loan_visit, visit, err);
	if (r < 0)
		return r;
	if (r == 0)
		err_refuse(&refusal, REASON(UNDO_OTHER_VISIT));
	if (refusal.code) {
		*err = refusal;
		return refusal.code;
	}
	act_set_undoes(a, latest.seq);
	return 0;
}

static int undo(struct db *db, const struct act *act, enum act_kind kind, int64_t id, int64_t visit,
	struct acting *a, struct loan *loan, struct err *err)
{
	TRY(act_begin(a, db, act, kind, FIELDS(F_INT("loan", id), F_ID("visit", visit)), err));
	if (a->is_repeat)
		return 0;
	TRY(loan_get(db, id, loan, err));
	act_set_subject(a, loan->item, loan->resident);
	return act_check_order(a, loan->item, err);
}

int loan_void(struct db *db, const struct act *act, int64_t id, int64_t visit, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(undo(db, act, ACT_LOAN_VOID, id, visit, &a, &loan, err));
	if (a.is_repeat)
		return 0;
	if (!loan_is_open(&loan))
		return err_set(err, ERR_REFUSED, REASON(LOAN_CLOSED));
	TRY(check_undo(&a, &loan, ACT_LOAN_OPEN, loan.visit, visit, err));
	TRY(act_update(&a, "loan", id, FIELDS(F_INT("voided_at", a.at)), err));
	TRY(deposit_back_within(&a, id, err));
	TRY(hold_unlent_within(&a, loan.item, id, err));
	return act_commit(&a, id, err);
}

static int void_return(
	struct db *db, const struct act *act, int64_t id, int64_t visit, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(undo(db, act, ACT_RETURN_VOID, id, visit, &a, &loan, err));
	if (a.is_repeat)
		return 0;
	if (!loan.returned_at || loan.voided_at || loan.lost_at)
		return err_set(err, ERR_REFUSED, REASON(UNDO_NOTHING));
	TRY(check_undo(&a, &loan, ACT_LOAN_RETURN, loan.return_visit, visit, err));
	TRY(hold_item_within(&a, loan.item, err));
	TRY(act_update(&a, "loan", id,
		FIELDS(F_NULL("returned_at"), F_NULL("return_visit"), F_NULL("parts_missing")),
		err));
	TRY(deposit_again_within(&a, id, err));
	/* Restores the state recorded at lending: complete as then, and fit. */
	const struct arrival as_lent = { .parts_missing = loan.parts_lent };
	TRY(write_item(&a, loan.item, &as_lent, err));
	TRY(hold_item_within(&a, loan.item, err));
	return act_commit(&a, id, err);
}

int return_void(struct db *db, const struct act *act, int64_t id, int64_t visit, struct err *err)
{
	return void_return(db, act, id, visit, err);
}

int return_void_at_board(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	return void_return(db, act, id, VISIT_BOARD, err);
}

int renew_void(struct db *db, const struct act *act, int64_t id, int64_t visit, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(undo(db, act, ACT_RENEW_VOID, id, visit, &a, &loan, err));
	if (a.is_repeat)
		return 0;
	if (!loan_is_open(&loan) || !loan.renewed_from)
		return err_set(err, ERR_REFUSED, REASON(UNDO_NOTHING));
	TRY(check_undo(&a, &loan, ACT_LOAN_RENEW, loan.renew_visit, visit, err));
	TRY(act_update(&a, "loan", id,
		FIELDS(F_INT("due_at", loan.renewed_from), F_INT("renewals", loan.renewals - 1),
			F_NULL("renewed_from"), F_NULL("renew_visit")),
		err));
	return act_commit(&a, id, err);
}

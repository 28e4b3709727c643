#include "core/items/lending/loan_check.h"

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/condition.h"
#include "core/items/lending/deposit.h"
#include "core/items/lending/due.h"
#include "core/items/lending/eligible.h"
#include "core/items/lending/hold_queue.h"
#include "core/items/lending/item_look.h"
#include "core/items/lending/loan.h"
#include "core/items/reasons.h"
#include "core/people/pause.h"

#define HOUR 3600

bool loan_reason_is_overridable(int code)
{
	return eligible_is_overridable(code);
}

static bool is_volunteer(const struct act *act)
{
	return act->role >= ROLE_VOLUNTEER;
}

/* ---- lending ---- */

/* One check and the data that it needs; reasons collect in `refusal`. */
struct check {
	struct db *db;
	const struct act *act;
	const struct loan_request *request;
	int64_t at;
	struct item item;
	struct resident resident;
	struct rule rule;
	int64_t hold; /* that the loan would fulfil, or 0 */
	struct err refusal;
};

static void check_finish(struct check *c)
{
	item_finish(&c->item);
}

static int check_is_in(struct check *c, struct err *err)
{
	int64_t due_at = c->item.loan_due_at;
	int64_t visit;

	if (c->item.loan == 0)
		return 0;
	TRY(db_integer(c->db, "SELECT visit FROM loan WHERE id = :id",
		FIELDS(F_INT("id", c->item.loan)), 0, &visit, err));
	if (c->item.loan_resident != c->request->resident)
		err_refuse(&c->refusal, REASON(ITEM_OUT_OTHER, .n1 = due_at));
	else if (visit != 0 && visit == c->request->visit)
		err_refuse(&c->refusal, REASON(ITEM_OUT_SAME_VISIT));
	else
		err_refuse(&c->refusal, REASON(ITEM_OUT_SELF, .n1 = due_at));
	return 0;
}

static void check_condition(struct check *c)
{
	switch (c->item.status) {
	case ITEM_MAINTENANCE:
		err_refuse(&c->refusal, REASON(ITEM_MAINTENANCE));
		break;
	case ITEM_MISSING:
		err_refuse(&c->refusal, REASON(ITEM_MISSING));
		break;
	case ITEM_RETIRED:
		err_refuse(&c->refusal, REASON(ITEM_RETIRED));
		break;
	case ITEM_ACTIVE:
	case ITEM_STATUS_COUNT:
		break;
	}
}

static int check_turnaround(struct check *c, struct err *err)
{
	int64_t returned_at;

	if (c->rule.turnaround_hours == 0)
		return 0;
	TRY(db_integer(c->db,
		"SELECT max(returned_at) FROM loan WHERE item = :item AND returned_at IS NOT NULL"
		" AND voided_at IS NULL",
		FIELDS(F_INT("item", c->item.id)), INT64_MIN, &returned_at, err));
	if (returned_at == INT64_MIN)
		return 0;
	int64_t ready_at = returned_at + c->rule.turnaround_hours * HOUR;
	if (ready_at > c->at)
		err_refuse(&c->refusal, REASON(ITEM_TURNAROUND, .n1 = ready_at));
	return 0;
}

/* Returned while nobody was there to inspect it: a volunteer who hands it out has inspected it. */
static int check_look(struct check *c, struct err *err)
{
	struct item_look look;

	TRY(item_look_get(c->db, c->item.id, &look, err));
	if (look.needs_check && !is_volunteer(c->act))
		err_refuse(&c->refusal, REASON(ITEM_CHECK));
	return 0;
}

static int check_queue(struct check *c, struct err *err)
{
	CLEANUP(hold_queue_finish) struct hold_queue queue = { 0 };
	bool is_empty;

	TRY(hold_queue_is_empty(c->db, c->item.title, &is_empty, err));
	if (is_empty)
		return 0;
	TRY(hold_queue_at(c->db, c->item.title, c->at, &queue, err));
	bool is_theirs = hold_queue_admits(&queue, c->item.id, c->resident.id, &c->hold);
	if (!is_theirs && c->item.loan == 0)
		err_refuse(&c->refusal, REASON(ITEM_HELD));
	return 0;
}

static int check_person(struct check *c, struct err *err)
{
	const struct eligible_question question = {
		.act = c->act,
		.resident = &c->resident,
		.rule = &c->rule,
		.at = c->at,
		.hold = c->hold,
	};

	return eligible_check(c->db, &question, &c->refusal, err);
}

static int check_read(struct check *c, struct err *err)
{
	TRY(item_get(c->db, c->request->item, &c->item, err));
	TRY(resident_get(c->db, c->request->resident, &c->resident, err));
	TRY(rule_lookup(c->db, c->resident.category, c->item.category, &c->rule, err));
	item_terms(&c->item.terms, &c->rule);
	return 0;
}

int loan_check(struct db *db, const struct act *act, const struct loan_request *request, int64_t at,
	struct loan_terms *ret, struct err *err)
{
	CLEANUP(check_finish)
	struct check c = { .db = db, .act = act, .request = request, .at = at };
	struct loan_terms terms;
	bool is_short;

	TRY(check_read(&c, err));
	TRY(check_is_in(&c, err));
	check_condition(&c);
	TRY(check_turnaround(&c, err));
	TRY(item_conditions(db, act, &c.item, at, &c.refusal, NULL, err));
	TRY(check_look(&c, err));
	TRY(check_queue(&c, err));
	TRY(check_person(&c, err));
	TRY(deposit_check(db, c.resident.id, c.item.terms.deposit, &is_short, &c.refusal, err));
	TRY(eligible_conclude(act, &c.refusal, &terms.is_override, err));
	terms.hold = c.hold;
	terms.deposit = is_short ? 0 : c.item.terms.deposit;
	TRY(due_compute(db, &c.rule, at, at, &terms.due_at, err));
	if (ret)
		*ret = terms;
	return 0;
}

/* ---- renewing ---- */

static int check_not_overdue(struct db *db, const struct act *act, const struct rule *rule,
	const struct loan *loan, int64_t at, struct err *refusal, struct err *err)
{
	bool is_past_grace;

	TRY(due_is_past_grace(db, rule, loan->due_at, at, &is_past_grace, err));
	bool is_asked = rule->overdue == OVERDUE_ASK && !is_volunteer(act);
	if (is_past_grace && (rule->overdue == OVERDUE_BLOCK || is_asked))
		err_refuse(refusal, REASON(RENEW_OVERDUE));
	return 0;
}

/* The next one waits, and no other copy can serve them. */
static int check_not_waited_for(
	struct db *db, int64_t title, int64_t at, struct err *refusal, struct err *err)
{
	CLEANUP(hold_queue_finish) struct hold_queue queue = { 0 };
	bool is_empty;

	TRY(hold_queue_is_empty(db, title, &is_empty, err));
	if (is_empty)
		return 0;
	TRY(hold_queue_at(db, title, at, &queue, err));
	if (hold_queue_is_short(&queue))
		err_refuse(refusal, REASON(RENEW_WAITED, .n1 = queue.waiting_count));
	return 0;
}

static int renew_rule(struct db *db, const struct loan *loan, const struct resident *resident,
	struct item *item, struct rule *ret, struct err *err)
{
	TRY(item_get(db, loan->item, item, err));
	TRY(rule_lookup(db, resident->category, loan->category, ret, err));
	item_terms(&item->terms, ret);
	return 0;
}

int loan_renew_check(struct db *db, const struct act *act, int64_t id, int64_t at,
	struct loan_terms *ret, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(item_finish) struct item item = { 0 };
	struct resident resident;
	struct rule rule;
	struct loan_terms terms = { 0 };
	struct err refusal = { 0 };

	TRY(loan_get(db, id, &loan, err));
	if (!loan_is_open(&loan))
		return err_set(err, ERR_REFUSED, REASON(LOAN_CLOSED));
	TRY(resident_get(db, loan.resident, &resident, err));
	TRY(renew_rule(db, &loan, &resident, &item, &rule, err));
	TRY(admit_check(db, act, &resident, &refusal, err));
	if (loan.renewals >= rule.max_renewals)
		err_refuse(&refusal, REASON(RENEW_LIMIT, .n1 = rule.max_renewals));
	if (loan.recalled_at)
		err_refuse(&refusal, REASON(RENEW_RECALLED));
	int64_t earliest_at = loan.due_at - rule.renew_hours * HOUR;
	if (at < earliest_at)
		err_refuse(&refusal, REASON(RENEW_TOO_EARLY, .n1 = earliest_at));
	TRY(check_not_overdue(db, act, &rule, &loan, at, &refusal, err));
	TRY(check_not_waited_for(db, item.title, at, &refusal, err));
	TRY(due_compute(db, &rule, at, at > loan.due_at ? at : loan.due_at, &terms.due_at, err));
	if (terms.due_at <= loan.due_at)
		err_refuse(&refusal, REASON(RENEW_NOT_LATER, .n1 = loan.due_at));
	TRY(eligible_conclude(act, &refusal, &terms.is_override, err));
	if (ret)
		*ret = terms;
	return 0;
}

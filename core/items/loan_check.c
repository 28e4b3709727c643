#include "core/items/loan_check.h"

#include <stddef.h>

#include "core/base/mem.h"
#include "core/items/category.h"
#include "core/items/due.h"
#include "core/items/item.h"
#include "core/items/standing.h"
#include "core/people/resident.h"

#define HOUR 3600

/* What a named person may break with a reason; everything else stays (a second loan of an item that
 * is out would be a lie, an unfit one a danger: its status is changed first). */
static const enum reason_code overridable[] = {
	REASON_ITEM_TURNAROUND,
	REASON_ITEM_NOT_FOR_LOAN,
	REASON_OVERDUE_ASK,
	REASON_OVERDUE_BLOCK,
	REASON_SUSPENDED,
	REASON_LIMIT_TOTAL,
	REASON_LIMIT_CATEGORY,
	REASON_RENEW_LIMIT,
	REASON_RENEW_TOO_EARLY,
	REASON_RENEW_OVERDUE,
};

bool loan_reason_is_overridable(enum reason_code code)
{
	for (size_t i = 0; i < ARRAY_LEN(overridable); i++)
		if (overridable[i] == code)
			return true;
	return false;
}

static bool is_volunteer(const struct act *act)
{
	return act->role >= ROLE_VOLUNTEER;
}

/* The end of a check: 0 with *ret_is_override, or the refusal whole. */
static int conclude(
	const struct act *act, const struct err *refusal, bool *ret_is_override, struct err *err)
{
	bool is_broken = act->is_override && is_volunteer(act);

	*ret_is_override = refusal->code != 0;
	if (refusal->code == 0)
		return 0;
	for (int i = 0; i < refusal->reason_count; i++)
		is_broken = is_broken && loan_reason_is_overridable(refusal->reasons[i].code);
	if (is_broken)
		return 0;
	*err = *refusal;
	return ERR_REFUSED;
}

/* ---- lending ---- */

/* One question and what bears on it; reasons gather in `refusal`. */
struct check {
	struct db *db;
	const struct act *act;
	const struct loan_request *request;
	int64_t at;
	struct item item;
	struct resident resident;
	struct rule rule;
	struct standing standing;
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

static void check_standing(struct check *c)
{
	const struct standing *s = &c->standing;

	if (c->resident.has_left)
		err_refuse(&c->refusal, REASON(RESIDENT_LEFT));
	if (s->policy == OVERDUE_BLOCK)
		err_refuse(&c->refusal,
			REASON(OVERDUE_BLOCK, .n1 = s->past_grace_count, .n2 = s->overdue_days));
	else if (s->policy == OVERDUE_ASK && !is_volunteer(c->act))
		err_refuse(&c->refusal,
			REASON(OVERDUE_ASK, .n1 = s->past_grace_count, .n2 = s->overdue_days));
	if (s->suspended_until)
		err_refuse(&c->refusal, REASON(SUSPENDED, .n1 = s->suspended_until));
	if (s->open_count >= c->rule.max_total)
		err_refuse(&c->refusal,
			REASON(LIMIT_TOTAL, .n1 = s->open_count, .n2 = c->rule.max_total));
}

/* Open loans of the resident in a category and all below it. */
static int count_in_category(struct check *c, int64_t category, int64_t *ret, struct err *err)
{
	return db_integer(c->db,
		"WITH RECURSIVE below (id) AS (VALUES (:category) UNION ALL"
		" SELECT c.id FROM below JOIN category AS c ON c.parent = below.id)"
		" SELECT count(*) FROM loan JOIN item ON item.id = loan.item"
		" JOIN title ON title.id = item.title"
		" WHERE resident = :resident AND returned_at IS NULL AND voided_at IS NULL"
		" AND title.category IN (SELECT id FROM below)",
		FIELDS(F_INT("category", category), F_INT("resident", c->resident.id)), 0, ret,
		err);
}

static int refuse_limit(
	struct check *c, const struct rule_limit *limit, int64_t has, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };

	TRY(category_get(c->db, limit->category, &category, err));
	struct reason reason = reason_with_text(REASON_LIMIT_CATEGORY, category.name, has);
	reason.n2 = limit->max_items;
	err_refuse(&c->refusal, reason);
	return 0;
}

/* One reason speaks for all levels: the most specific limit that is reached. */
static int check_limits(struct check *c, struct err *err)
{
	for (int i = 0; i < c->rule.limit_count; i++) {
		const struct rule_limit *limit = &c->rule.limits[i];
		int64_t has;
		if (limit->max_items == 0) {
			err_refuse(&c->refusal, REASON(ITEM_NOT_FOR_LOAN));
			return 0;
		}
		TRY(count_in_category(c, limit->category, &has, err));
		if (has >= limit->max_items)
			return refuse_limit(c, limit, has, err);
	}
	return 0;
}

static int check_read(struct check *c, struct err *err)
{
	TRY(item_get(c->db, c->request->item, &c->item, err));
	TRY(resident_get(c->db, c->request->resident, &c->resident, err));
	TRY(rule_lookup(c->db, c->resident.category, c->item.category, &c->rule, err));
	return standing_at(c->db, c->resident.id, c->resident.category, c->at, &c->standing, err);
}

int loan_check(struct db *db, const struct act *act, const struct loan_request *request, int64_t at,
	struct loan_terms *ret, struct err *err)
{
	CLEANUP(check_finish)
	struct check c = { .db = db, .act = act, .request = request, .at = at };
	struct loan_terms terms;

	TRY(check_read(&c, err));
	TRY(check_is_in(&c, err));
	check_condition(&c);
	TRY(check_turnaround(&c, err));
	check_standing(&c);
	TRY(check_limits(&c, err));
	TRY(conclude(act, &c.refusal, &terms.is_override, err));
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

int loan_renew_check(struct db *db, const struct act *act, int64_t id, int64_t at,
	struct loan_terms *ret, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	struct resident resident;
	struct rule rule;
	struct loan_terms terms;
	struct err refusal = { 0 };

	TRY(loan_get(db, id, &loan, err));
	if (!loan_is_open(&loan))
		return err_set(err, ERR_REFUSED, REASON(LOAN_CLOSED));
	TRY(resident_get(db, loan.resident, &resident, err));
	TRY(rule_lookup(db, resident.category, loan.category, &rule, err));
	if (resident.has_left)
		err_refuse(&refusal, REASON(RESIDENT_LEFT));
	if (loan.renewals >= rule.max_renewals)
		err_refuse(&refusal, REASON(RENEW_LIMIT, .n1 = rule.max_renewals));
	int64_t earliest_at = loan.due_at - rule.renew_hours * HOUR;
	if (at < earliest_at)
		err_refuse(&refusal, REASON(RENEW_TOO_EARLY, .n1 = earliest_at));
	TRY(check_not_overdue(db, act, &rule, &loan, at, &refusal, err));
	TRY(due_compute(db, &rule, at, at > loan.due_at ? at : loan.due_at, &terms.due_at, err));
	if (terms.due_at <= loan.due_at)
		err_refuse(&refusal, REASON(RENEW_NOT_LATER, .n1 = loan.due_at));
	TRY(conclude(act, &refusal, &terms.is_override, err));
	if (ret)
		*ret = terms;
	return 0;
}

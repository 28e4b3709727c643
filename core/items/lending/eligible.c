#include "core/items/lending/eligible.h"

#include <stddef.h>

#include "core/base/mem.h"
#include "core/items/catalogue/category.h"
#include "core/items/lending/hold_list.h"
#include "core/items/lending/standing.h"
#include "core/items/reasons.h"
#include "core/people/pause.h"

/* What a named person may override with a reason; nothing else can be (a second loan of an item
 * that is out would be false, an unfit one a danger: its status is changed first). */
static const int overridable[] = {
	REASON_ITEM_TURNAROUND,
	REASON_ITEM_NOT_FOR_LOAN,
	REASON_ITEM_HELD,
	REASON_OVERDUE_ASK,
	REASON_OVERDUE_BLOCK,
	REASON_SUSPENDED,
	REASON_DEPOSIT_SHORT, /* 免押 */
	REASON_LIMIT_TOTAL,
	REASON_LIMIT_CATEGORY,
	REASON_RENEW_LIMIT,
	REASON_RENEW_TOO_EARLY,
	REASON_RENEW_OVERDUE,
	REASON_RENEW_WAITED,
	REASON_RENEW_RECALLED,
};

bool eligible_is_overridable(int code)
{
	for (size_t i = 0; i < ARRAY_LEN(overridable); i++)
		if (overridable[i] == code)
			return true;
	return false;
}

int eligible_conclude(
	const struct act *act, const struct err *refusal, bool *ret_is_override, struct err *err)
{
	bool is_broken = act->is_override && act->role >= ROLE_VOLUNTEER;

	*ret_is_override = refusal->code != 0;
	if (refusal->code == 0)
		return 0;
	for (int i = 0; i < refusal->reason_count; i++)
		is_broken = is_broken && eligible_is_overridable(refusal->reasons[i].code);
	if (is_broken)
		return 0;
	*err = *refusal;
	return ERR_REFUSED;
}

/* One check and the data read for it; reasons collect in `refusal`. */
struct eligible {
	struct db *db;
	const struct eligible_question *q;
	struct err *refusal;
	struct standing standing;
	struct hold_list holds;
};

static void eligible_finish(struct eligible *e)
{
	hold_list_finish(&e->holds);
}

static void check_standing(struct eligible *e)
{
	const struct standing *s = &e->standing;
	bool is_alone = e->q->act->role < ROLE_VOLUNTEER;

	if (s->policy == OVERDUE_BLOCK)
		err_refuse(e->refusal,
			REASON(OVERDUE_BLOCK, .n1 = s->past_grace_count, .n2 = s->overdue_days));
	else if (s->policy == OVERDUE_ASK && is_alone)
		err_refuse(e->refusal,
			REASON(OVERDUE_ASK, .n1 = s->past_grace_count, .n2 = s->overdue_days));
	if (s->suspended_until)
		err_refuse(e->refusal, REASON(SUSPENDED, .n1 = s->suspended_until));
}

static bool is_counted(const struct eligible *e, const struct hold *hold)
{
	return hold->id != e->q->hold;
}

static void check_total(struct eligible *e)
{
	int64_t has = e->standing.open_count;

	for (int i = 0; i < e->holds.count; i++)
		has += is_counted(e, &e->holds.rows[i]);
	if (has >= e->q->rule->max_total)
		err_refuse(e->refusal, REASON(LIMIT_TOTAL, .n1 = has, .n2 = e->q->rule->max_total));
}

#define BELOW                                                        \
	"WITH RECURSIVE below (id) AS (VALUES (:category) UNION ALL" \
	" SELECT c.id FROM below JOIN category AS c ON c.parent = below.id)"

/* Open loans in a category and all its subcategories. */
static int count_loans(struct eligible *e, int64_t category, int64_t *ret, struct err *err)
{
	return db_integer(e->db,
		BELOW " SELECT count(*) FROM loan JOIN item ON item.id = loan.item"
		      " JOIN title ON title.id = item.title"
		      " WHERE resident = :resident AND returned_at IS NULL AND voided_at IS NULL"
		      " AND title.category IN (SELECT id FROM below)",
		FIELDS(F_INT("category", category), F_INT("resident", e->q->resident->id)), 0, ret,
		err);
}

static int count_holds(struct eligible *e, int64_t category, int64_t *ret, struct err *err)
{
	int64_t count = 0;

	for (int i = 0; i < e->holds.count; i++) {
		const struct hold *hold = &e->holds.rows[i];
		int64_t is_below = 0;
		if (is_counted(e, hold))
			TRY(db_integer(e->db, BELOW " SELECT 1 FROM below WHERE id = :of",
				FIELDS(F_INT("category", category), F_INT("of", hold->category)), 0,
				&is_below, err));
		count += is_below;
	}
	*ret = count;
	return 0;
}

static int refuse_limit(
	struct eligible *e, const struct rule_limit *limit, int64_t has, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };

	TRY(category_get(e->db, limit->category, &category, err));
	struct reason reason = reason_with_text(REASON_LIMIT_CATEGORY, category.name, has);
	reason.n2 = limit->max_items;
	err_refuse(e->refusal, reason);
	return 0;
}

/* One reason stands for all levels: the most specific limit that is reached. */
static int check_limits(struct eligible *e, struct err *err)
{
	for (int i = 0; i < e->q->rule->limit_count; i++) {
		const struct rule_limit *limit = &e->q->rule->limits[i];
		int64_t loans, holds;
		if (limit->max_items == 0) {
			err_refuse(e->refusal, REASON(ITEM_NOT_FOR_LOAN));
			return 0;
		}
		TRY(count_loans(e, limit->category, &loans, err));
		TRY(count_holds(e, limit->category, &holds, err));
		if (loans + holds >= limit->max_items)
			return refuse_limit(e, limit, loans + holds, err);
	}
	return 0;
}

int eligible_check(struct db *db, const struct eligible_question *question, struct err *refusal,
	struct err *err)
{
	CLEANUP(eligible_finish)
	struct eligible e = { .db = db, .q = question, .refusal = refusal };
	const struct resident *resident = question->resident;

	TRY(admit_check(db, question->act, resident, refusal, err));
	TRY(standing_at(db, resident->id, resident->category, question->at, &e.standing, err));
	TRY(holds_of_resident(db, resident->id, question->at, &e.holds, err));
	check_standing(&e);
	check_total(&e);
	return check_limits(&e, err);
}

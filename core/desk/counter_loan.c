/* Lending and returning at the counter. */
#include "core/desk/desk.h"
#include "core/desk/internal.h"
#include "core/items/lending/condition.h"
#include "core/items/lending/loan_acts.h"

/* What every borrower is told; objections are for loan_open to find. */
int counter_notices(
	struct desk *desk, const struct item *item, struct outcome *ret, struct err *err)
{
	struct act act = desk_act(desk);
	struct err ignored = { 0 };

	return item_conditions(
		desk->db, &act, item, db_now(desk->db), &ignored, &ret->notices, err);
}

int counter_lend(struct desk *desk, const struct item *item, const struct act *act,
	struct outcome *ret, struct err *err)
{
	struct loan_request request = {
		.item = item->id, .resident = desk->visit.resident, .visit = desk->visit.id
	};
	struct loan loan;
	int64_t id = 0;

	outcome_of_item(item, OUTCOME_LENT, ret);
	TRY(counter_notices(desk, item, ret, err));
	int r = counter_settle(desk, loan_open(desk->db, act, &request, &id, err), act, &id, err);
	if (r < 0) {
		r = counter_refused_or(r, err, ret);
		if (r == 0)
			line_note(desk, ret);
		return r;
	}
	TRY(loan_get(desk->db, id, &loan, err));
	ret->loan = id;
	ret->due_at = loan.due_at;
	ret->at = loan.lent_at;
	loan_finish(&loan);
	line_note(desk, ret);
	return 0;
}

static void remember_for_slip(struct desk *desk, int64_t loan)
{
	desk->slip_loans =
		mem_resize(desk->slip_loans, (size_t)(desk->slip_count + 1) * sizeof(int64_t));
	desk->slip_loans[desk->slip_count++] = loan;
}

int counter_return(struct desk *desk, const struct item *item, struct outcome *ret, struct err *err)
{
	struct act act = desk_act(desk);
	int64_t ignored;

	outcome_of_item(item, OUTCOME_RETURNED, ret);
	int r = counter_settle(desk, loan_return(desk->db, &act, item->loan, desk->visit.id, err),
		&act, &ignored, err);
	if (r < 0) {
		r = counter_refused_or(r, err, ret);
		if (r == 0 && desk->visit.id)
			line_note(desk, ret);
		return r;
	}
	ret->at = db_now(desk->db);
	TRY(hold_tell(desk, item->id, ret, err));
	if (desk->visit.id) {
		line_note(desk, ret);
		return 0;
	}
	remember_for_slip(desk, item->loan);
	desk->returned = outcome_copy(ret);
	return 0;
}

/* Items returned at the board, without a visit: undone or reported while the result is shown. */
#include "core/desk/desk.h"
#include "core/desk/internal.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_trouble.h"
#include "core/items/reasons.h"

const struct outcome *desk_board_return(const struct desk *desk)
{
	return desk->returned.kind == OUTCOME_NONE ? NULL : &desk->returned;
}

static void show(const struct outcome *returned, enum outcome_kind kind, struct outcome *ret)
{
	ret->kind = kind;
	ret->item = returned->item;
	ret->loan = returned->loan;
	ret->number = returned->number;
	ret->name = mem_text(returned->name);
}

static void forget_for_slip(struct desk *desk, int64_t loan)
{
	int kept = 0;

	for (int i = 0; i < desk->slip_count; i++)
		if (desk->slip_loans[i] != loan)
			desk->slip_loans[kept++] = desk->slip_loans[i];
	desk->slip_count = kept;
}

int board_return_undo(struct desk *desk, struct outcome *ret, struct err *err)
{
	const struct outcome *returned = desk_board_return(desk);
	struct act act = desk_act(desk);
	int64_t ignored;

	if (!returned)
		return err_set(err, ERR_REFUSED, REASON(UNDO_NOTHING));
	TRY(counter_settle(desk, return_void_at_board(desk->db, &act, returned->loan, err), &act,
		&ignored, err));
	show(returned, OUTCOME_UNDONE, ret);
	forget_for_slip(desk, returned->loan);
	outcome_reset(&desk->returned);
	return 0;
}

int board_return_report(struct desk *desk, struct outcome *ret, struct err *err)
{
	const struct outcome *returned = desk_board_return(desk);
	struct act act = desk_act(desk);
	int64_t ignored;

	if (!returned)
		return err_set(err, ERR_REFUSED, REASON(UNDO_NOTHING));
	TRY(counter_settle(
		desk, loan_report(desk->db, &act, returned->loan, err), &act, &ignored, err));
	show(returned, OUTCOME_REPORTED, ret);
	ret->needs_check = true;
	outcome_reset(&desk->returned);
	return 0;
}

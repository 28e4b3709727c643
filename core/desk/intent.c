/* What somebody at the counter wants apart from a scan: renewing, undoing, an override, the end. */
#include "core/desk/desk.h"
#include "core/desk/internal.h"
#include "core/items/lending/hold_acts.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_list.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"

static int renew_as(
	struct desk *desk, int64_t id, const struct act *act, struct outcome *ret, struct err *err)
{
	int64_t due_at = 0, ignored;

	int r = counter_settle(desk,
		loan_renew(desk->db, act,
			&(struct loan_renewing){ .loan = id, .visit = desk->visit.id }, &due_at,
			err),
		act, &ignored, err);
	if (r < 0) {
		r = counter_refused_or(r, err, ret);
		if (r == 0)
			line_note(desk, ret);
		return r;
	}
	struct loan loan = { 0 };
	TRY(loan_get(desk->db, id, &loan, err));
	ret->due_at = loan.due_at;
	loan_finish(&loan);
	ret->at = db_now(desk->db);
	line_note(desk, ret);
	return 0;
}

static int renew(
	struct desk *desk, int64_t id, const struct act *act, struct outcome *ret, struct err *err)
{
	struct loan loan = { 0 };

	TRY(loan_get(desk->db, id, &loan, err));
	bool is_theirs = loan.resident == desk->visit.resident;
	ret->kind = OUTCOME_RENEWED;
	ret->loan = id;
	ret->item = loan.item;
	ret->number = loan.item_number;
	ret->name = mem_text(loan.name);
	ret->due_at = loan.due_at;
	loan_finish(&loan);
	if (!is_theirs)
		return err_set(err, ERR_REFUSED, REASON(LOAN_UNKNOWN));
	return renew_as(desk, id, act, ret, err);
}

static int renew_plainly(struct desk *desk, int64_t id, struct outcome *ret, struct err *err)
{
	struct act act = desk_act(desk);

	return renew(desk, id, &act, ret, err);
}

/* The visitor's loans from before that were not renewed in this visit already. */
static bool is_from_before(const struct desk *desk, const struct loan *loan)
{
	return loan->visit != desk->visit.id && loan->renew_visit != desk->visit.id;
}

int desk_renew_count(const struct desk *desk, int *ret, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list loans = { 0 };

	*ret = 0;
	if (!desk->visit.id)
		return 0;
	TRY(loans_of_resident(desk->db, desk->visit.resident, &loans, err));
	for (int i = 0; i < loans.count; i++)
		*ret += is_from_before(desk, &loans.rows[i]);
	return 0;
}

/* It was tried before another process interrupted: its line is there. */
static bool is_listed(const struct desk *desk, int64_t first, int64_t loan)
{
	for (int i = 0; i < desk->line_count; i++)
		if (desk->lines[i].serial >= first && desk->lines[i].outcome.loan == loan &&
			desk->lines[i].outcome.kind == OUTCOME_REFUSED)
			return true;
	return false;
}

static int renew_one(struct desk *desk, int64_t loan, struct err *err)
{
	struct outcome o = OUTCOME_INIT;
	struct err refusal = { 0 };

	int r = renew_plainly(desk, loan, &o, &refusal);
	if (r < 0)
		*err = refusal;
	else if (o.kind == OUTCOME_REFUSED)
		counter_note_refusal(desk, &o);
	outcome_reset(&o);
	return r;
}

static int renew_all(
	struct desk *desk, const struct intent *intent, struct outcome *ret, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list loans = { 0 };

	if (!desk->visit.id)
		return err_set(err, ERR_REFUSED, REASON(CARD_NONE));
	TRY(loans_of_resident(desk->db, desk->visit.resident, &loans, err));
	for (int i = 0; i < loans.count; i++) {
		const struct loan *loan = &loans.rows[i];
		if (is_from_before(desk, loan) && !is_listed(desk, intent->first_serial, loan->id))
			TRY(renew_one(desk, loan->id, err));
	}
	for (int i = 0; i < desk->line_count; i++) {
		const struct desk_line *line = &desk->lines[i];
		bool is_ours = line->serial >= intent->first_serial;
		ret->done += is_ours && line->outcome.kind == OUTCOME_RENEWED;
		ret->refused += is_ours && line->outcome.kind == OUTCOME_REFUSED;
	}
	ret->kind = OUTCOME_RENEWED_ALL;
	return 0;
}

static int answer(
	struct desk *desk, const struct intent *intent, struct outcome *ret, struct err *err)
{
	const struct desk_line *line = question_line(desk);

	if (!line)
		return 0;
	switch (intent->answer) {
	case DESK_RETURN:
		return question_return(desk, ret, err);
	case DESK_RENEW:
		return renew_plainly(desk, line->outcome.loan, ret, err);
	case DESK_RENEW_ALL:
		return renew_all(desk, intent, ret, err);
	case DESK_LEAVE:
		*ret = outcome_copy(&line->outcome);
		ret->kind = OUTCOME_LEFT;
		question_leave(desk);
		break;
	}
	return 0;
}

static int hold_plainly(struct desk *desk, int64_t title, struct outcome *ret, struct err *err)
{
	struct act act = desk_act(desk);

	return hold_for_visitor(desk, title, &act, ret, err);
}

/* How each kind of line that can be undone is undone. */
static int undo_line(struct desk *desk, const struct desk_line *line, struct err *err)
{
	struct act act = desk_act(desk);
	int64_t loan = line->outcome.loan, ignored;
	int r = 0;

	switch (line->outcome.kind) {
	case OUTCOME_LENT:
		r = loan_void(desk->db, &act, loan, desk->visit.id, err);
		break;
	case OUTCOME_RETURNED:
		r = return_void(desk->db, &act, loan, desk->visit.id, err);
		break;
	case OUTCOME_RENEWED:
		r = renew_void(desk->db, &act, loan, desk->visit.id, err);
		break;
	case OUTCOME_HELD:
		r = hold_cancel(desk->db, &act, line->outcome.hold, err);
		break;
	default:
		return err_set(err, ERR_REFUSED, REASON(UNDO_NOTHING));
	}
	return counter_settle(desk, r, &act, &ignored, err);
}

static bool can_be_undone(const struct desk_line *line)
{
	enum outcome_kind kind = line->outcome.kind;

	return !line->is_undone && (kind == OUTCOME_LENT || kind == OUTCOME_RETURNED ||
					   kind == OUTCOME_RENEWED || kind == OUTCOME_HELD);
}

static int undo(struct desk *desk, struct outcome *ret, struct err *err)
{
	struct desk_line *line = NULL;

	for (int i = desk->line_count - 1; i >= 0 && !line; i--)
		if (can_be_undone(&desk->lines[i]))
			line = &desk->lines[i];
	if (!desk->visit.id)
		return board_return_undo(desk, ret, err);
	if (!line)
		return err_set(err, ERR_REFUSED, REASON(UNDO_NOTHING));
	TRY(undo_line(desk, line, err));
	line->is_undone = true;
	ret->kind = OUTCOME_UNDONE;
	ret->item = line->outcome.item;
	ret->loan = line->outcome.loan;
	ret->number = line->outcome.number;
	ret->name = mem_text(line->outcome.name);
	return ret->item ? hold_tell(desk, ret->item, ret, err) : 0;
}

static int override(
	struct desk *desk, const struct intent *intent, struct outcome *ret, struct err *err)
{
	const struct desk_line *line = desk_line_at(desk, intent->line);
	struct act act = desk_act(desk);
	struct item item = { 0 };

	if (!line || line->outcome.kind != OUTCOME_REFUSED || !line->outcome.can_override)
		return err_set(err, ERR_REFUSED, REASON(UNDO_NOTHING));
	act.is_override = true;
	act.why = intent->why;
	/* A renewal that was refused carries its loan; a lend that was refused has none. */
	if (line->outcome.loan)
		return renew(desk, line->outcome.loan, &act, ret, err);
	if (line->outcome.venue)
		return door_override(desk, &line->outcome, &act, ret, err);
	if (line->outcome.title)
		return hold_for_visitor(desk, line->outcome.title, &act, ret, err);
	TRY(item_get(desk->db, line->outcome.item, &item, err));
	int r = counter_lend(desk, &item, &act, ret, err);
	item_finish(&item);
	return r;
}

static int finish(
	struct desk *desk, const struct intent *intent, struct outcome *ret, struct err *err)
{
	const struct desk_line *line = question_line(desk);

	desk->door = (struct door){ 0 };
	desk->pending.id = 0;
	desk->slip_count = 0;
	int64_t visit = desk->visit.id;
	if (visit)
		TRY(visit_end(desk, intent->prints, err));
	if (line)
		*ret = outcome_copy(&line->outcome);
	ret->kind = OUTCOME_FINISHED;
	ret->visit = visit;
	lines_forget(desk);
	return 0;
}

int intent_try(struct desk *desk, const struct intent *intent, struct outcome *ret, struct err *err)
{
	switch (intent->kind) {
	case INTENT_CODE:
		return scan_code(desk, intent, ret, err);
	case INTENT_ITEM:
		return scan_item_number(desk, intent->id, ret, err);
	case INTENT_RESIDENT:
		return scan_resident(desk, intent, ret, err);
	case INTENT_ANSWER:
		return answer(desk, intent, ret, err);
	case INTENT_DOOR:
		return door_answer(desk, intent->is_yes, ret, err);
	case INTENT_RENEW:
		return renew_plainly(desk, intent->id, ret, err);
	case INTENT_RENEW_ALL:
		return renew_all(desk, intent, ret, err);
	case INTENT_HOLD:
		return hold_plainly(desk, intent->id, ret, err);
	case INTENT_UNHOLD:
		return unhold_for_visitor(desk, intent->id, ret, err);
	case INTENT_UNDO:
		return undo(desk, ret, err);
	case INTENT_REPORT:
		return board_return_report(desk, ret, err);
	case INTENT_OVERRIDE:
		return override(desk, intent, ret, err);
	case INTENT_FINISH:
		return finish(desk, intent, ret, err);
	case INTENT_NONE:
		break;
	}
	return 0;
}

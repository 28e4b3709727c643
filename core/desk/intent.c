/* What somebody at the counter wants beside a scan: renewing, undoing, an exception, the end. */
#include "core/desk/internal.h"
#include "core/items/hold.h"
#include "core/items/reasons.h"

static int renew_as(
	struct desk *desk, int64_t id, const struct act *act, struct outcome *ret, struct err *err)
{
	int64_t due_at = 0, ignored;

	int r = scan_settle(desk, loan_renew(desk->db, act, id, desk->visit.id, &due_at, err), act,
		&ignored, err);
	if (r < 0) {
		r = scan_refused_or(r, err, ret);
		if (r == 0)
			visit_note(desk, ret);
		return r;
	}
	struct loan loan = { 0 };
	TRY(loan_get(desk->db, id, &loan, err));
	ret->due_at = loan.due_at;
	loan_finish(&loan);
	ret->at = db_now(desk->db);
	visit_note(desk, ret);
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

static int answer(
	struct desk *desk, const struct intent *intent, struct outcome *ret, struct err *err)
{
	struct loan loan = { 0 };
	struct item item = { 0 };
	int64_t id = desk->asked_loan;

	if (!id)
		return 0;
	if (intent->number == DESK_RENEW) {
		int r = renew_plainly(desk, id, ret, err);
		desk->asked_loan = r == ERR_BUSY ? id : 0;
		return r;
	}
	TRY(loan_get(desk->db, id, &loan, err));
	int64_t item_id = loan.item;
	loan_finish(&loan);
	TRY(item_get(desk->db, item_id, &item, err));
	int r = scan_return(desk, &item, ret, err);
	item_finish(&item);
	desk->asked_loan = r == ERR_BUSY ? id : 0;
	return r;
}

static int hold_plainly(struct desk *desk, int64_t title, struct outcome *ret, struct err *err)
{
	struct act act = desk_act(desk);

	return hold_for_visitor(desk, title, &act, ret, err);
}

/* How the kinds of lines that can be undone are undone. */
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
	return scan_settle(desk, r, &act, &ignored, err);
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
	if (!desk->visit.id || !line)
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
	const struct desk_line *line = desk_line_at(desk, intent->number);
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
	int r = scan_lend(desk, &item, &act, ret, err);
	item_finish(&item);
	return r;
}

static int finish(
	struct desk *desk, const struct intent *intent, struct outcome *ret, struct err *err)
{
	desk->asked_loan = 0;
	desk->door = (struct door){ 0 };
	desk->pending.id = 0;
	desk->slip_count = 0;
	if (desk->visit.id)
		TRY(visit_end(desk, intent->number, err));
	ret->kind = OUTCOME_FINISHED;
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
		return door_answer(desk, intent->number, ret, err);
	case INTENT_RENEW:
		return renew_plainly(desk, intent->id, ret, err);
	case INTENT_HOLD:
		return hold_plainly(desk, intent->id, ret, err);
	case INTENT_UNHOLD:
		return unhold_for_visitor(desk, intent->id, ret, err);
	case INTENT_UNDO:
		return undo(desk, ret, err);
	case INTENT_OVERRIDE:
		return override(desk, intent, ret, err);
	case INTENT_FINISH:
		return finish(desk, intent, ret, err);
	case INTENT_NONE:
		break;
	}
	return 0;
}

/* Refused scans are kept apart from the record of loans. That one can't be written is no reason to
 * bother the person. */
void intent_note_refusal(struct desk *desk, const struct outcome *outcome)
{
	struct err ignored = { 0 };

	db_write(desk->db,
		"INSERT INTO refused_scan (at, station, reason, resident, item)"
		" VALUES (:at, :station, :reason, :resident, :item)",
		FIELDS(F_INT("at", db_now(desk->db)), F_INT("station", db_station(desk->db)),
			F_TEXT("reason", reason_name(outcome->err.reasons[0].code)),
			F_ID("resident", desk->visit.resident), F_ID("item", outcome->item)),
		NULL, &ignored);
}

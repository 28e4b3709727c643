/* Return or renew? Asked about items that a person has from before; the question is a line of the
 * list, so that nothing scanned is ever without one (doc/rules.md, Scanning 1). */
#include "core/desk/internal.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_list.h"

struct desk_line *question_line(const struct desk *desk)
{
	for (int i = desk->line_count - 1; i >= 0; i--)
		if (desk->lines[i].outcome.kind == OUTCOME_ASK)
			return &desk->lines[i];
	return NULL;
}

/* Kept with the visit: after a crash its receipt says what was not returned. */
int question_ask(struct desk *desk, const struct item *item, struct outcome *ret, struct err *err)
{
	TRY(db_write(desk->db,
		"INSERT OR IGNORE INTO visit_asked (visit, loan) VALUES (:visit, :loan)",
		FIELDS(F_INT("visit", desk->visit.id), F_INT("loan", item->loan)), NULL, err));
	outcome_of_item(item, OUTCOME_ASK, ret);
	line_note(desk, ret);
	return 0;
}

int question_return(struct desk *desk, struct outcome *ret, struct err *err)
{
	const struct desk_line *line = question_line(desk);
	CLEANUP(item_finish) struct item item = { 0 };

	TRY(item_get(desk->db, line->outcome.item, &item, err));
	/* Whoever has the item by now: the loan that was asked about. */
	item.loan = line->outcome.loan;
	return counter_return(desk, &item, ret, err);
}

int question_settle(struct desk *desk, int64_t item, struct err *err)
{
	const struct desk_line *line = question_line(desk);
	struct outcome answer = OUTCOME_INIT;
	struct err refusal = { 0 };

	if (!line || (item && line->outcome.item == item))
		return 0;
	int r = question_return(desk, &answer, &refusal);
	if (r < 0) {
		outcome_reset(&answer);
		*err = refusal;
		return r;
	}
	if (answer.kind == OUTCOME_REFUSED)
		counter_note_refusal(desk, &answer);
	beside_add(desk, &answer);
	return 0;
}

void question_leave(struct desk *desk)
{
	struct desk_line *line = question_line(desk);

	if (line)
		line->outcome.kind = OUTCOME_LEFT;
}

int question_left_of(struct desk *desk, int64_t visit, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list left = { 0 };

	TRY(loans_left_of_visit(desk->db, visit, &left, err));
	for (int i = 0; i < left.count; i++) {
		const struct loan *loan = &left.rows[i];
		struct outcome o = { .kind = OUTCOME_LEFT,
			.item = loan->item,
			.loan = loan->id,
			.number = loan->item_number,
			.due_at = loan->due_at,
			.name = mem_text(loan->name) };
		outcome_fill(&o);
		beside_add(desk, &o);
	}
	return 0;
}

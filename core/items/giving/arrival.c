#include "core/items/giving/arrival.h"

#include "core/base/mem.h"

/* The existing title, by its id or its ISBN: *ret->id, or 0. */
static int read_title(
	struct db *db, const struct arrival *arrival, struct title *ret, struct err *err)
{
	if (arrival->title)
		return title_get(db, arrival->title, ret, err);
	if (!arrival->draft.isbn)
		return 0;
	int r = title_by_isbn(db, arrival->draft.isbn, ret, err);
	if (r == ERR_NOT_FOUND) {
		*err = (struct err){ 0 };
		return 0;
	}
	return r;
}

int arrival_note_value(struct db *db, const struct act *act, const struct title *title,
	const struct title_terms *known, struct err *err)
{
	struct title_draft draft = title_draft_of(title);

	if (!title->terms.value_points)
		draft.terms.value_points = known->value_points;
	if (!title->terms.value_fen)
		draft.terms.value_fen = known->value_fen;
	if (draft.terms.value_points == title->terms.value_points &&
		draft.terms.value_fen == title->terms.value_fen)
		return 0;
	return title_edit(db, act, title->id, &draft, err);
}

int arrival_take(struct db *db, const struct act *act, const struct arrival *arrival,
	enum item_source source, int64_t *ret_item, struct err *err)
{
	CLEANUP(title_finish) struct title title = { 0 };
	struct item_draft item = arrival->item;

	TRY(read_title(db, arrival, &title, err));
	item.title = title.id;
	item.source = source;
	if (title.id)
		TRY(arrival_note_value(db, act, &title, &arrival->draft.terms, err));
	else
		TRY(title_add(db, act, &arrival->draft, &item.title, err));
	return item_add(db, act, &item, ret_item, err);
}

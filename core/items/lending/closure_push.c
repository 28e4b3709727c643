#include "core/items/lending/closure_push.h"

#include "core/base/mem.h"
#include "core/items/lending/due.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

/* An open loan that may be due while the venue is closed. */
struct candidate {
	int64_t loan, due_at;
	bool was_open; /* before the closure */
};

struct candidates {
	struct candidate *rows;
	int count;
};

static const struct column candidate_columns[] = {
	COLUMN_AS(struct candidate, loan, "id"),
	COLUMN(struct candidate, due_at),
};
static const struct row_type candidate_rows = ROW_TYPE(struct candidate, candidate_columns);
static LIST_FINISHER(candidates_finish, struct candidates, candidate_rows);

/* Being due at the very moment of closing is within the hours. */
static int is_open(struct db *db, int64_t due_at, bool *ret, struct err *err)
{
	int r = hours_is_open(db, due_at - 1, NULL, err);

	*ret = r > 0;
	return r < 0 ? r : 0;
}

/* Hours belong to the day on which they start: the last night may end on the day after. */
static int read_candidates(
	struct db *db, const struct closure *closure, struct candidates *all, struct err *err)
{
	TRY(rows_list(db, &candidate_rows,
		"SELECT id, due_at FROM loan WHERE returned_at IS NULL AND voided_at IS NULL"
		" AND due_at >= :from AND due_at < :until ORDER BY due_at, id",
		FIELDS(F_INT("from", when_day_start(closure->from)),
			F_INT("until", when_day_start(day_add(closure->until, 2)))),
		all, err));
	for (int i = 0; i < all->count; i++)
		TRY(is_open(db, all->rows[i].due_at, &all->rows[i].was_open, err));
	return 0;
}

static int push(struct acting *a, const struct closure *closure, const struct candidate *one,
	int *pushed, struct err *err)
{
	bool is_in = day_compare(when_day(one->due_at), closure->until) <= 0;
	bool is_open_then;
	int64_t due_at;

	TRY(is_open(a->db, one->due_at, &is_open_then, err));
	if (is_open_then || !(is_in || one->was_open))
		return 0;
	TRY(due_push(a->db, one->due_at, &due_at, err));
	if (due_at == one->due_at)
		return 0;
	++*pushed;
	/* An undo of an earlier renewal must not restore a time before this. */
	return act_update(a, "loan", one->loan,
		FIELDS(F_INT("due_at", due_at), F_NULL("renewed_from"), F_NULL("renew_visit")),
		err);
}

int closure_push_within(struct acting *a, const struct closure *closure, int64_t *ret_id,
	int *ret_pushed, struct err *err)
{
	CLEANUP(candidates_finish) struct candidates all = { 0 };
	struct closure emergency = *closure;
	int pushed = 0;
	int64_t id;

	emergency.is_emergency = true;
	TRY(read_candidates(a->db, closure, &all, err));
	TRY(closure_add(a->db, a->act, &emergency, &id, err));
	for (int i = 0; i < all.count; i++)
		TRY(push(a, closure, &all.rows[i], &pushed, err));
	*ret_id = id;
	*ret_pushed = pushed;
	return 0;
}

#include "core/venues/blackout.h"

#include "core/store/rows.h"

static const struct column blackout_columns[] = {
	COLUMN(struct blackout, id),
	COLUMN(struct blackout, venue),
	COLUMN(struct blackout, start_at),
	COLUMN(struct blackout, end_at),
	COLUMN(struct blackout, name),
};
static const struct row_type blackout_rows = ROW_TYPE(struct blackout, blackout_columns);
LIST_FINISHER(blackout_list_finish, struct blackout_list, blackout_rows);

#define BLACKOUT_SELECT "SELECT id, venue, start_at, end_at, name FROM blackout WHERE"
#define TOUCHES         " end_at > :from AND start_at < :until ORDER BY start_at, id"

int blackouts_between(struct db *db, int64_t venue, int64_t from_at, int64_t until_at,
	struct blackout_list *ret, struct err *err)
{
	if (!venue)
		return rows_list(db, &blackout_rows, BLACKOUT_SELECT TOUCHES,
			FIELDS(F_INT("from", from_at), F_INT("until", until_at)), ret, err);
	return rows_list(db, &blackout_rows, BLACKOUT_SELECT " venue = :venue AND" TOUCHES,
		FIELDS(F_INT("venue", venue), F_INT("from", from_at), F_INT("until", until_at)),
		ret, err);
}

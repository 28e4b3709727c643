#include "core/items/lending/trouble_list.h"

#include "core/base/mem.h"
#include "core/store/rows.h"

static const struct column trouble_columns[] = {
	COLUMN_NUMBER(struct trouble, kind),
	COLUMN(struct trouble, item),
	COLUMN_AS(struct trouble, item_number, "number"),
	COLUMN(struct trouble, loan),
	COLUMN(struct trouble, resident),
	COLUMN(struct trouble, since_at),
	COLUMN(struct trouble, is_reported),
	COLUMN(struct trouble, name),
	COLUMN(struct trouble, zone),
	COLUMN(struct trouble, shelf),
};
static const struct row_type trouble_rows = ROW_TYPE(struct trouble, trouble_columns);
LIST_FINISHER(trouble_list_finish, struct trouble_list, trouble_rows);

/* Each kind with the loan that it is about: kinds as in trouble_kind, one index each. */
#define LAST_LOAN                                                         \
	"(SELECT loan.id FROM loan WHERE loan.item = item.id AND"         \
	" returned_at IS NOT NULL AND voided_at IS NULL ORDER BY lent_at" \
	" DESC, loan.id DESC LIMIT 1)"
#define ALL_TROUBLES                                                                               \
	"SELECT 0 AS kind, item.id AS item, " LAST_LOAN " AS loan FROM item WHERE needs_check = 1" \
	" UNION ALL SELECT 1, loan.item, loan.id FROM loan WHERE claimed_at IS NOT NULL"           \
	" AND returned_at IS NULL AND voided_at IS NULL"                                           \
	" UNION ALL SELECT 2, item.id, " LAST_LOAN " FROM item WHERE status = 'missing'"           \
	" AND NOT EXISTS (SELECT 1 FROM loan WHERE loan.item = item.id"                            \
	" AND returned_at IS NULL AND voided_at IS NULL)"

int troubles(struct db *db, const struct trouble *after, int limit, struct trouble_list *ret,
	struct err *err)
{
	return rows_list(db, &trouble_rows,
		"SELECT t.kind AS kind, t.item AS item, item.number AS number, t.loan AS loan,"
		" loan.resident AS resident,"
		" t.kind = 0 AND loan.reported_at IS NOT NULL AS is_reported, title.name AS name, "
		"item.zone AS zone,"
		" item.shelf AS shelf, CASE WHEN t.kind = 1 THEN loan.claimed_at"
		" WHEN t.kind = 2 THEN loan.lost_at ELSE loan.returned_at END AS since_at"
		" FROM (" ALL_TROUBLES ") AS t JOIN item ON item.id = t.item"
		" JOIN title ON title.id = item.title LEFT JOIN loan ON loan.id = t.loan"
		" WHERE (t.kind, item.number) > (:kind, :number) ORDER BY t.kind, item.number"
		" LIMIT :limit",
		FIELDS(F_INT("kind", after ? (int64_t)after->kind : -1),
			F_INT("number", after ? after->item_number : 0), F_INT("limit", limit)),
		ret, err);
}

int trouble_counts(struct db *db, int64_t ret[TROUBLE_KIND_COUNT], struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	for (int i = 0; i < TROUBLE_KIND_COUNT; i++)
		ret[i] = 0;
	TRY(query_open(&q, db, "SELECT kind, count(*) AS n FROM (" ALL_TROUBLES ") GROUP BY kind",
		NO_FIELDS, err));
	while ((r = query_next(&q, err)) > 0)
		ret[query_int(&q, "kind")] = query_int(&q, "n");
	return r;
}

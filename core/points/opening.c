#include "core/points/opening.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/points/ledger.h"
#include "core/points/reasons.h"

/* The one in force: a reversed one may be carried over again. */
static int carried_over(struct db *db, int64_t resident, int64_t *ret, struct err *err)
{
	return db_integer(db,
		"SELECT sum(amount) FROM account JOIN entry ON entry.account = account.id"
		" JOIN transfer ON transfer.id = entry.transfer WHERE resident = :resident"
		" AND kind = 'opening' AND NOT EXISTS"
		" (SELECT 1 FROM transfer AS later WHERE later.reverses = transfer.id)",
		FIELDS(F_INT("resident", resident)), 0, ret, err);
}

int opening_post(struct db *db, const struct act *act, int64_t resident, struct points points,
	int64_t *ret_transfer, struct err *err)
{
	const struct posting postings[] = {
		{ .system = ACCOUNT_ISSUE, .amount = POINTS(-points.n) },
		{ .resident = resident, .amount = points },
	};
	const struct transfer_draft draft = { "opening", postings, ARRAY_LEN(postings) };
	int64_t before;

	if (points.n < 0 || points.n > POINTS_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "amount"));
	TRY(carried_over(db, resident, &before, err));
	*ret_transfer = 0;
	if (before == points.n)
		return 0;
	if (before)
		return err_set(err, ERR_REFUSED, REASON(OPENING_DIFFERS, .n1 = before));
	TRY(transfer_post(db, act, &draft, ret_transfer, err));
	return 1;
}

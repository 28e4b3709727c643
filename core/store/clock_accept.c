#include "core/store/clock_accept.h"

#include "core/base/mem.h"
#include "core/store/acting.h"
#include "core/store/clock_doubt.h"

int clock_accept(struct db *db, const struct act *act, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	enum clock_doubt doubt;

	TRY(db_clock_doubt(db, &doubt, NULL, err));
	if (doubt == CLOCK_SURE)
		return 0;
	TRY(act_begin(&a, db, act, ACT_CLOCK_ACCEPT, FIELDS(F_INT("doubt", doubt)), err));
	return a.is_repeat ? 0 : act_commit(&a, a.seq, err);
}

#include "core/desk/shut.h"

#include "core/base/mem.h"
#include "core/items/lending/closure_push.h"
#include "core/store/acting.h"
#include "core/venues/call_off.h"

int desk_shut(struct db *db, const struct act *act, const struct closure *closure, struct shut *ret,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct shut shut = { 0 };
	char from[11], until[11];

	TRY(closure_check(closure, err));
	day_format(closure->from, from);
	day_format(closure->until, until);
	TRY(act_begin(&a, db, act, ACT_CLOSURE_EMERGENCY,
		FIELDS(F_TEXT("from", from), F_TEXT("until", until), F_TEXT("name", closure->name),
			F_INT("opens", closure->has_hours ? closure->opens : -1),
			F_INT("closes", closure->has_hours ? closure->closes : -1)),
		err));
	if (!a.is_repeat) {
		TRY(closure_push_within(&a, closure, &shut.closure, &shut.loans, err));
		TRY(bookings_call_off(db, act, closure->from, closure->until, &shut.bookings, err));
		TRY(act_commit(&a, shut.closure, err));
	}
	shut.closure = a.result;
	*ret = shut;
	return 0;
}

#include "core/duty/shift_acts.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/duty/roster.h"
#include "core/people/message.h"
#include "core/store/acting.h"

#define NAME_MAX_CHARS 40
#define NEEDED_MAX     100

static int check_draft(const struct shift_draft *draft, struct err *err)
{
	if (draft->needed < 1 || draft->needed > NEEDED_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "needed"));
	if (draft->end_at <= draft->start_at || draft->end_at - draft->start_at > SHIFT_LENGTH_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "end_at"));
	return 0;
}

static int check_alone(struct db *db, const struct shift_draft *draft, struct err *err)
{
	int64_t other;

	TRY(db_integer(db, "SELECT id FROM shift WHERE type = :type AND start_at = :start",
		FIELDS(F_INT("type", draft->type), F_INT("start", draft->start_at)), 0, &other,
		err));
	return other ? err_set(err, ERR_REFUSED, REASON(SHIFT_EXISTS)) : 0;
}

int shift_add(struct db *db, const struct act *act, const struct shift_draft *draft,
	int64_t *ret_id, struct err *err)
{
	static const struct text_limits name_limits = { "name", NAME_MAX_CHARS, false };
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(text_accept(draft->name, strlen(draft->name), &name_limits, &name, err));
	TRY(check_draft(draft, err));
	TRY(act_begin(&a, db, act, ACT_SHIFT_ADD,
		FIELDS(F_TEXT("name", name), F_INT("start_at", draft->start_at),
			F_INT("end_at", draft->end_at), F_INT("needed", draft->needed),
			F_INT("type", draft->type)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_alone(db, draft, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "shift",
		FIELDS(F_INT("id", id), F_TEXT("name", name), F_INT("start_at", draft->start_at),
			F_INT("end_at", draft->end_at), F_INT("needed", draft->needed),
			F_ID("type", draft->type)),
		err));
	TRY(roster_touch(&a, draft->start_at, err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* ---- cancelling ---- */

static int cancel_people(struct acting *a, const struct shift *shift, struct err *err)
{
	for (int i = 0; i < shift->people_count; i++) {
		const struct assignment *who = &shift->people[i];
		if (who->in_at)
			return err_set(
				err, ERR_REFUSED, REASON(ASSIGNMENT_ATTENDED, .n1 = who->in_at));
		TRY(act_update(a, "assignment", who->id,
			FIELDS(F_TEXT("gone", "cancelled"), F_INT("gone_at", a->at)), err));
		TRY(roster_tell(a, shift, who, MESSAGE_SHIFT_CALLED_OFF, err));
	}
	return 0;
}

int shift_cancel(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_SHIFT_CANCEL, FIELDS(F_INT("shift", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(shift_get(db, id, &shift, err));
	if (shift.is_cancelled)
		return err_set(err, ERR_REFUSED, REASON(SHIFT_CANCELLED));
	TRY(cancel_people(&a, &shift, err));
	TRY(act_update(&a, "shift", id, FIELDS(F_INT("cancelled_at", a.at)), err));
	TRY(roster_touch(&a, shift.start_at, err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}

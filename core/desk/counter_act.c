/* An act at the counter: who acts, whether it happened, and what a refusal becomes. */
#include "core/base/reason_name.h"
#include "core/desk/desk.h"
#include "core/desk/internal.h"
#include "core/items/lending/loan_check.h"
#include "core/store/reasons.h"

struct act desk_act(const struct desk *desk)
{
	struct act act = {
		.role = desk->staff.id ? desk->staff.role : ROLE_RESIDENT,
		.actor = desk->staff.id,
		.resident = desk->visit.resident,
		.occurred_at = desk->backdate_at,
		.why = desk->backdate_why,
	};

	act_new_key(act.key);
	return act;
}

static bool is_overridable(const struct err *err)
{
	for (int i = 0; i < err->reason_count; i++)
		if (!loan_reason_is_overridable(err->reasons[i].code))
			return false;
	return err->reason_count > 0;
}

/* A refusal by the rules is an outcome that a person sees; any other error is passed up. */
int counter_refused_or(int r, const struct err *err, struct outcome *ret)
{
	if (r != ERR_REFUSED)
		return r;
	ret->kind = OUTCOME_REFUSED;
	ret->err = *err;
	ret->can_override = is_overridable(err);
	return 0;
}

/* A commit that failed half-way: the key tells whether it happened. */
int counter_settle(
	struct desk *desk, int r, const struct act *act, int64_t *ret_result, struct err *err)
{
	if (r != ERR_UNSURE)
		return r;
	int found = act_recheck(desk->db, act->key, ret_result, err);
	if (found == 1)
		return 0;
	return found < 0 ? found : err_set(err, ERR_STORAGE, REASON(STORE_UNSURE));
}

/* Refused scans are kept apart from the record of loans. If one can't be written, that is no reason
 * to bother the person. */
void counter_note_refusal(struct desk *desk, const struct outcome *outcome)
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

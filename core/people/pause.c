#include "core/people/pause.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/people/child.h"
#include "core/people/consent.h"
#include "core/people/reasons.h"
#include "core/store/acting.h"

bool resident_is_paused(const struct resident *resident, struct day day)
{
	return resident->has_pause && day_compare(day, resident->paused_until) <= 0;
}

int pause_begin(struct db *db, const struct act *act, int64_t id, struct day until, const char *why,
	struct err *err)
{
	static const struct text_limits limits = { "why", PAUSE_WHY_MAX, false };
	CLEANUP(mem_free) char *own_why = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct resident resident;
	char until_on[11];

	TRY(text_accept(why, strlen(why), &limits, &own_why, err));
	if (day_compare(until, db_today(db)) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "until"));
	day_format(until, until_on);
	TRY(act_begin(&a, db, act, ACT_RESIDENT_PAUSE,
		FIELDS(F_INT("resident", id), F_TEXT("until_on", until_on)), err));
	if (a.is_repeat)
		return 0;
	TRY(resident_get(db, id, &resident, err));
	if (resident.has_left)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT));
	TRY(act_update(&a, "resident", id, FIELDS(F_TEXT("paused_until", until_on)), err));
	TRY(act_private(&a, "resident_private", id, FIELDS(F_TEXT("pause_why", own_why)), err));
	act_set_subject(&a, id, id);
	return act_commit(&a, id, err);
}

int pause_end(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct resident resident;

	TRY(act_begin(&a, db, act, ACT_RESIDENT_RESUME, FIELDS(F_INT("resident", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(resident_get(db, id, &resident, err));
	if (!resident_is_paused(&resident, db_today(db)))
		return err_set(err, ERR_REFUSED, REASON(PAUSE_NONE));
	TRY(act_update(&a, "resident", id, FIELDS(F_NULL("paused_until")), err));
	TRY(act_private(&a, "resident_private", id, FIELDS(F_NULL("pause_why")), err));
	act_set_subject(&a, id, id);
	return act_commit(&a, id, err);
}

static int check_consent(
	struct db *db, const struct resident *resident, struct err *refusal, struct err *err)
{
	enum age age;
	int is_open = consent_is_open(db, resident, err);

	if (is_open <= 0)
		return is_open;
	TRY(resident_age(db, resident->id, &age, err));
	err_refuse(refusal, age == AGE_UNDER_14 ? REASON(CONSENT_GUARDIAN) : REASON(CONSENT_OPEN));
	return 0;
}

void presence_check(struct db *db, const struct resident *resident, struct err *refusal)
{
	if (resident->has_left)
		err_refuse(refusal, REASON(RESIDENT_LEFT));
	if (resident_is_paused(resident, db_today(db)))
		err_refuse(refusal,
			REASON(RESIDENT_PAUSED, .n1 = when_day_start(resident->paused_until)));
}

int admit_check(struct db *db, const struct act *act, const struct resident *resident,
	struct err *refusal, struct err *err)
{
	presence_check(db, resident, refusal);
	return act->role < ROLE_VOLUNTEER ? check_consent(db, resident, refusal, err) : 0;
}

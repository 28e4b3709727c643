#include "core/people/consent.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/child.h"
#include "core/people/reasons.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"

int consent_check(const char *version, struct err *err)
{
	if (!version || !*version)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_NO_CONSENT));
	for (const char *s = version; *s; s++)
		if (*s <= ' ' || *s > '~')
			return err_set(err, ERR_INVALID, REASON_TEXT(TEXT_CONTROL, "consent"));
	if (strlen(version) > RESIDENT_CONSENT_MAX)
		return err_set(err, ERR_INVALID,
			reason_with_text(REASON_TEXT_TOO_LONG, "consent", RESIDENT_CONSENT_MAX));
	return 0;
}

int consent_is_open(struct db *db, const struct resident *resident, struct err *err)
{
	enum age age;

	if (!*resident->consent_version)
		return 1;
	if (resident->consent_by)
		return 0;
	TRY(resident_age(db, resident->id, &age, err));
	return age == AGE_UNDER_14;
}

/* Asked of this visitor? 1 or 0. */
static int is_asked(struct db *db, int64_t id, int64_t visitor, struct err *err)
{
	struct resident resident;
	enum age age;

	TRY(resident_get(db, id, &resident, err));
	TRY(resident_age(db, id, &age, err));
	if ((age == AGE_UNDER_14 ? resident.guardian : id) != visitor)
		return 0;
	return consent_is_open(db, &resident, err);
}

int consent_to_ask(struct db *db, int64_t visitor, int64_t *ret, struct err *err)
{
	CLEANUP(mem_free) int64_t *wards = NULL;
	int64_t whom = visitor;
	int is_open = is_asked(db, visitor, visitor, err);

	TRY(is_open);
	int count = is_open ? 0 : wards_of(db, visitor, &wards, err);
	TRY(count);
	for (int i = 0; i < count && !is_open; i++) {
		whom = wards[i];
		is_open = is_asked(db, whom, visitor, err);
		TRY(is_open);
	}
	if (is_open)
		*ret = whom;
	return is_open;
}

/* *ret_by: the guardian who agrees, or 0 for the person. */
static int check_who(struct db *db, const struct act *act, const struct resident *resident,
	int64_t *ret_by, struct err *err)
{
	enum age age;

	if (resident->has_left)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT));
	TRY(resident_age(db, resident->id, &age, err));
	if (age == AGE_UNDER_14 && !resident->guardian)
		return err_set(err, ERR_REFUSED, REASON(GUARDIAN_NEEDED));
	*ret_by = age == AGE_UNDER_14 ? resident->guardian : 0;
	if (act->role >= ROLE_VOLUNTEER || act->resident == (*ret_by ? *ret_by : resident->id))
		return 0;
	return err_set(err, ERR_REFUSED,
		*ret_by ? REASON(CONSENT_GUARDIAN) : REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
}

int consent_give(
	struct db *db, const struct act *act, int64_t id, const char *version, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct resident resident;
	int64_t by = 0;

	TRY(consent_check(version, err));
	TRY(act_begin(&a, db, act, ACT_RESIDENT_CONSENT,
		FIELDS(F_INT("resident", id), F_TEXT("version", version)), err));
	if (a.is_repeat)
		return 0;
	TRY(resident_get(db, id, &resident, err));
	TRY(check_who(db, act, &resident, &by, err));
	TRY(act_update(&a, "resident", id,
		FIELDS(F_TEXT("consent_version", version), F_INT("consent_at", a.at),
			F_ID("consent_by", by)),
		err));
	act_set_subject(&a, id, id);
	return act_commit(&a, id, err);
}

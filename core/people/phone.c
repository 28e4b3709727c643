#include "core/people/phone.h"

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/store/acting.h"

int phone_reveal(
	struct db *db, const struct act *act, int64_t resident, char **ret, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct act look = *act;

	look.occurred_at = 0; /* never backdated */
	TRY(act_begin(&a, db, &look, ACT_PHONE_REVEAL, FIELDS(F_INT("resident", resident)), err));
	TRY(resident_person(db, resident, &person, err));
	if (!a.is_repeat) {
		act_set_subject(&a, 0, resident);
		TRY(act_commit(&a, resident, err));
	}
	*ret = mem_text(person.phone ? person.phone : "");
	return 0;
}

int phone_note_list(struct db *db, const struct act *act, int count, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	if (count == 0)
		return 0;
	TRY(act_begin(&a, db, act, ACT_PHONE_LIST, FIELDS(F_INT("count", count)), err));
	return a.is_repeat ? 0 : act_commit(&a, count, err);
}

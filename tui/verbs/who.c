#include "tui/verbs/who.h"

#include "core/base/mem.h"
#include "core/people/resident.h"

int who_name(struct db *db, int64_t resident, bool is_full, char **ret, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };

	if (!is_full)
		return resident_masked_name(db, resident, ret, err);
	TRY(resident_person(db, resident, &person, err));
	*ret = TAKE(person.name);
	return 0;
}

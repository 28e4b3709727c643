#include "tui/verbs/who.h"

#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/points/body.h"
#include "core/words_points.h"

int who_name(struct db *db, int64_t resident, bool is_full, char **ret, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };

	if (!is_full)
		return resident_masked_name(db, resident, ret, err);
	TRY(resident_person(db, resident, &person, err));
	*ret = TAKE(person.name);
	return 0;
}

int holder_name(struct db *db, struct holder whose, bool is_full, char **ret, struct err *err)
{
	CLEANUP(body_finish) struct body body = { 0 };

	if (whose.resident)
		return who_name(db, whose.resident, is_full, ret, err);
	if (whose.body) {
		TRY(body_get(db, whose.body, &body, err));
		*ret = TAKE(body.name);
		return 0;
	}
	*ret = mem_text(words_system_account(whose.system));
	return 0;
}

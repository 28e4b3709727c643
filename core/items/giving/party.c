#include "core/items/giving/party.h"

#include "core/people/reasons.h"

int party_check(struct db *db, int64_t id, struct err *err)
{
	struct resident resident;

	TRY(resident_get(db, id, &resident, err));
	return resident.has_left ? err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT)) : 0;
}

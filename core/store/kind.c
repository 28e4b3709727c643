#include "core/store/kind.h"

/* The last column of ACT_KINDS as the table holds it. */
#define WHO_RESIDENT               ROLE_RESIDENT, false
#define WHO_RESIDENT_OR_SERVICE    ROLE_RESIDENT, true
#define WHO_VOLUNTEER              ROLE_VOLUNTEER, false
#define WHO_COORDINATOR            ROLE_COORDINATOR, false
#define WHO_COORDINATOR_OR_SERVICE ROLE_COORDINATOR, true
#define WHO_ADMIN                  ROLE_ADMIN, false
#define WHO_SYSTEM                 ROLE_SYSTEM, false

#define ACT_KIND_ROW(name, text, version, who) { text, version, WHO_##who },
const struct act_kind_info act_kind_table[ACT_KIND_COUNT] = { ACT_KINDS(ACT_KIND_ROW) };

bool act_kind_allows(enum act_kind kind, enum role role)
{
	const struct act_kind_info *info = &act_kind_table[kind];

	return role == ROLE_SERVICE ? info->is_for_service : role >= info->min_role;
}

/* Who may do what: kind.h has the least role for each act. */
#pragma once

/* Ordered: a higher role may do all that a lower one may. A service account (cron) has a list of
 * its own. RESIDENT is the person at the kiosk; SYSTEM is set-up and repair by the program itself.
 */
enum role {
	ROLE_NONE,
	ROLE_RESIDENT,
	ROLE_VOLUNTEER,
	ROLE_COORDINATOR,
	ROLE_ADMIN,
	ROLE_SYSTEM,
	ROLE_COUNT
};

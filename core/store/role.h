/* Who may do what: kind.h has the lowest role for each act. */
#pragma once

/* Ordered: a higher role may do all that a lower one may. RESIDENT is the person at the kiosk;
 * SYSTEM is set-up and repair by the program itself. SERVICE, an account for cron, is outside the
 * order and below it: it may do the kinds that name it and nothing else, and every check for at
 * least some other role refuses it. */
enum role {
	ROLE_SERVICE = -1,
	ROLE_NONE,
	ROLE_RESIDENT,
	ROLE_VOLUNTEER,
	ROLE_COORDINATOR,
	ROLE_ADMIN,
	ROLE_SYSTEM,
	ROLE_COUNT
};

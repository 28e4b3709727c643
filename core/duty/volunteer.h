/* Volunteers: residents who serve. What they are (roles, with an end), how much they take on, and
 * until when they are excused. Their times: volunteer_time.h; the resident's row says how their
 * name appears on the wall (resident_edit). */
#pragma once

#include "core/base/when.h"
#include "core/store/act.h"

#define VOLUNTEER_AS_ALL (-1) /* use the setting's limit */

struct volunteer_role {
	int64_t role; /* duty_role */
	bool has_end;
	struct day until; /* the last day on which it is valid */
};

struct volunteer {
	int64_t id, resident;
	int64_t cap_week, cap_month; /* shifts */
	int64_t rest_minutes, days_in_row;
	bool is_exempt;
	struct day exempt_until; /* its last day */
	int64_t partner;         /* a resident, or 0 */
	struct day since;
	bool has_ended;
	struct volunteer_role *roles;
	int role_count;
};
void volunteer_finish(struct volunteer *);

struct volunteer_list {
	struct volunteer *rows;
	int count;
};
void volunteer_list_finish(struct volunteer_list *);

/* The limits in force: the settings' if the volunteer has none of their own. */
struct volunteer_limits {
	int64_t week, month, rest_minutes, days_in_row;
};
int volunteer_limits(
	struct db *, const struct volunteer *, struct volunteer_limits *ret, struct err *err);

/* Registers the resident, or changes what is kept about them; roles stay. `number` is i志愿's: NULL
 * leaves it, "" removes it. ERR_INVALID NUMBER_BAD "cap_week", "cap_month", "rest_minutes",
 * "days_in_row"; TEXT_… "number"; ERR_REFUSED RESIDENT_LEFT; ERR_NOT_FOUND RESIDENT_UNKNOWN (also
 * for the partner). */
struct volunteer_draft {
	int64_t resident;
	int64_t cap_week, cap_month, rest_minutes, days_in_row; /* VOLUNTEER_AS_ALL */
	bool is_exempt;
	struct day exempt_until;
	int64_t partner;
	const char *number;
};
#define VOLUNTEER_DRAFT_INIT                                                       \
	{                                                                          \
		.cap_week = VOLUNTEER_AS_ALL, .cap_month = VOLUNTEER_AS_ALL,       \
		.rest_minutes = VOLUNTEER_AS_ALL, .days_in_row = VOLUNTEER_AS_ALL, \
	}
int volunteer_set(struct db *, const struct act *, const struct volunteer_draft *, int64_t *ret_id,
	struct err *err);
/* Replaces all roles. ERR_NOT_FOUND VOLUNTEER_UNKNOWN, DUTY_ROLE_UNKNOWN; ERR_INVALID NUMBER_BAD
 * "roles" for one twice; ERR_REFUSED LEADER_CHILD. */
int volunteer_roles_set(struct db *, const struct act *, int64_t volunteer,
	const struct volunteer_role *roles, int count, struct err *err);
/* They no longer serve; their places on the roster stay until somebody else gets them.
 * ERR_NOT_FOUND VOLUNTEER_UNKNOWN; ERR_REFUSED VOLUNTEER_ENDED. */
int volunteer_end(struct db *, const struct act *, int64_t volunteer, struct err *err);

/* 1 and *ret, or 0; also for those who ended. */
int volunteer_of(struct db *, int64_t resident, struct volunteer *ret, struct err *err);
/* Those who serve, by id. */
int volunteer_list(struct db *, struct volunteer_list *ret, struct err *err);
/* i志愿's number, "" if not given. The caller's. */
int volunteer_number(struct db *, int64_t volunteer, char **ret, struct err *err);

/* Has the role on that day? */
bool volunteer_has_role(const struct volunteer *, int64_t role, struct day day);
/* May lead a shift on that day: 1 or 0. A child never; if the venue has no role of leader,
 * everybody else may. ERR_NOT_FOUND RESIDENT_UNKNOWN. */
int volunteer_may_lead(struct db *, int64_t resident, struct day day, struct err *err);
/* Is excused on that day? */
bool volunteer_is_exempt(const struct volunteer *, struct day day);

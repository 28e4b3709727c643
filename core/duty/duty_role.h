/* Roles of duty (负责人, 党员, 急救 …): what a volunteer is, and what a shift needs. A role can
 * expire (a first-aid certificate): see volunteer.h. */
#pragma once

#include "core/store/act.h"

#define DUTY_ROLE_LEADER "leader" /* the code of the role that may lead a shift */
#define DUTY_ROLES_MAX   31

struct duty_role {
	int64_t id;
	char *code, *name;
};
struct duty_role_list {
	struct duty_role *rows; /* the leader first, then as they were added */
	int count;
};
void duty_role_list_finish(struct duty_role_list *);

int duty_role_list(struct db *, struct duty_role_list *ret, struct err *err);
/* NULL when there is none. Borrowed from the list. */
const struct duty_role *duty_role_of(const struct duty_role_list *, int64_t id);
/* ERR_NOT_FOUND DUTY_ROLE_UNKNOWN. */
int duty_role_by_code(struct db *, const char *code, int64_t *ret_id, struct err *err);
/* ERR_INVALID TEXT_… "code", "name"; NUMBER_BAD "roles" beyond DUTY_ROLES_MAX; ERR_REFUSED
 * NAME_EXISTS. */
int duty_role_add(struct db *, const struct act *, const char *code, const char *name,
	int64_t *ret_id, struct err *err);

/* Teams (志愿服务队): people who sign up together. */
#pragma once

#include "core/store/act.h"

struct duty_team {
	int64_t id;
	char *name;
	int64_t *residents; /* by id */
	int count;
};
void duty_team_finish(struct duty_team *);

struct duty_team_list {
	struct duty_team *rows; /* by name */
	int count;
};
void duty_team_list_finish(struct duty_team_list *);

int duty_team_list(struct db *, struct duty_team_list *ret, struct err *err);
/* ERR_NOT_FOUND TEAM_UNKNOWN. */
int duty_team_get(struct db *, int64_t id, struct duty_team *ret, struct err *err);
bool duty_team_has(const struct duty_team *, int64_t resident);
/* Adds a team (id 0) or changes its name and replaces its people; a person who is named twice is a
 * member once. ERR_INVALID TEXT_… "name"; ERR_REFUSED NAME_EXISTS; ERR_NOT_FOUND TEAM_UNKNOWN,
 * RESIDENT_UNKNOWN. */
int duty_team_set(struct db *, const struct act *, const struct duty_team *, int64_t *ret_id,
	struct err *err);
struct team_sign_up {
	int64_t team, shift;
};
/* Signs those of the team up who can come, in one act, as far as there are places; who cannot is
 * left out. *ret_count: how many came. ERR_NOT_FOUND TEAM_UNKNOWN, SHIFT_UNKNOWN. */
int duty_team_assign(struct db *, const struct act *, const struct team_sign_up *, int *ret_count,
	struct err *err);

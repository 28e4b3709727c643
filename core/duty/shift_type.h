/* Types of shifts (值班, 坐班, 花园养护 …): what a shift is for, where, and whom it needs. A
 * changed number of people applies to shifts made from then on; changed roles and hours apply to
 * all. */
#pragma once

#include "core/store/act.h"

struct shift_need {
	int64_t role; /* duty_role */
	int64_t needed;
};

struct shift_type {
	int64_t id; /* 0: a new one */
	char *name;
	char *purpose, *place; /* "" if not given */
	int64_t needed;        /* people, including the leader */
	bool wants_leader;
	bool is_creditable; /* its time is certified as service */
	bool is_reportable; /* i志愿 accepts it: not staff's own desk, meetings, lectures */
	bool is_retired;    /* no more shifts of it are made */
	struct shift_need *needs;
	int need_count;
};
void shift_type_finish(struct shift_type *);

struct shift_type_list {
	struct shift_type *rows;
	int count;
};
void shift_type_list_finish(struct shift_type_list *);

/* Adds (id 0) or changes one, replacing all its needs. Texts may be NULL except the name.
 * ERR_INVALID TEXT_… "name", "purpose", "place"; NUMBER_BAD "needed", "needs" (a role more often
 * than people, or twice); ERR_REFUSED NAME_EXISTS; ERR_NOT_FOUND SHIFT_TYPE_UNKNOWN,
 * DUTY_ROLE_UNKNOWN. */
int shift_type_set(struct db *, const struct act *, const struct shift_type *, int64_t *ret_id,
	struct err *err);

/* ERR_NOT_FOUND SHIFT_TYPE_UNKNOWN. */
int shift_type_get(struct db *, int64_t id, struct shift_type *ret, struct err *err);
int shift_type_by_name(struct db *, const char *name, int64_t *ret_id, struct err *err);
/* By name; retired ones are left out. */
int shift_type_list(struct db *, struct shift_type_list *ret, struct err *err);

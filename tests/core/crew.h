/* A venue with volunteers: what the tests of duty start from. Shifts of the type "服务台" need two
 * people, one of them the leader. It is Saturday 2026-11-21, 14:00. */
#pragma once

#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/candidate.h"
#include "core/duty/duty_role.h"
#include "core/duty/roster.h"
#include "core/duty/service_hours.h"
#include "core/duty/shift_acts.h"
#include "core/duty/shift_type.h"
#include "core/duty/template.h"
#include "core/site/setting.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

struct crew {
	struct shop *shop;
	int64_t leader, first_aid; /* roles */
	int64_t desk;              /* shift type */
	int64_t chen, huang, zhen; /* residents who serve; chen and huang may lead */
};

#define MONDAY "2026-11-23"
static const struct week next_week = { 2026, 48 };

static inline int64_t crew_role(struct shop *s, const char *code, const char *name)
{
	int64_t id = 0;

	assert_ok(duty_role_add(s->db, &by_coordinator, code, name, &id, &s->err), &s->err);
	return id;
}

static inline int64_t crew_type(struct shop *s, const struct shift_type *type)
{
	int64_t id = 0;

	assert_ok(shift_type_set(s->db, &by_coordinator, type, &id, &s->err), &s->err);
	return id;
}

static inline int64_t crew_shift(struct crew *c, const char *start, const char *end)
{
	const struct shift_draft draft = { "服务台", at(start), at(end), 2, c->desk };
	int64_t id = 0;

	assert_ok(
		shift_add(c->shop->db, &by_coordinator, &draft, &id, &c->shop->err), &c->shop->err);
	return id;
}

static inline int64_t crew_volunteer_of(struct crew *c, int64_t resident)
{
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };

	assert_int_equal(volunteer_of(c->shop->db, resident, &v, &c->shop->err), 1);
	return v.id;
}

static inline void crew_set(struct crew *c, const struct volunteer_draft *draft)
{
	int64_t id;

	assert_ok(volunteer_set(c->shop->db, &by_volunteer, draft, &id, &c->shop->err),
		&c->shop->err);
}

/* Adds a resident who serves; with that role, if it is not 0. */
static inline int64_t crew_member(struct crew *c, int64_t role)
{
	struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;
	const struct volunteer_role one = { .role = role };

	draft.resident = shop_resident(c->shop);
	crew_set(c, &draft);
	if (role)
		assert_ok(volunteer_roles_set(c->shop->db, &by_volunteer,
				  crew_volunteer_of(c, draft.resident), &one, 1, &c->shop->err),
			&c->shop->err);
	return draft.resident;
}

static inline void crew_times(
	struct crew *c, int64_t resident, const struct volunteer_time *times, int count)
{
	assert_ok(volunteer_times_set(c->shop->db, &by_volunteer, crew_volunteer_of(c, resident),
			  times, count, &c->shop->err),
		&c->shop->err);
}

static inline int crew_assign_by(
	struct crew *c, const struct act *act, int64_t shift, int64_t resident, int64_t *ret_id)
{
	const struct assignment_draft draft = { .shift = shift, .resident = resident };
	int64_t ignored;

	c->shop->err = (struct err){ 0 };
	return shift_assign(c->shop->db, act, &draft, ret_id ? ret_id : &ignored, &c->shop->err);
}

/* Returns the assignment's id. */
static inline int64_t crew_assign(struct crew *c, int64_t shift, int64_t resident)
{
	int64_t id = 0;

	assert_ok(crew_assign_by(c, &by_coordinator, shift, resident, &id), &c->shop->err);
	return id;
}

static inline struct assignment crew_get(struct crew *c, int64_t assignment)
{
	struct assignment row = { 0 };

	assert_ok(assignment_get(c->shop->db, assignment, &row, &c->shop->err), &c->shop->err);
	return row;
}

static inline struct shift crew_shift_get(struct crew *c, int64_t id)
{
	struct shift row = { 0 };

	assert_ok(shift_get(c->shop->db, id, &row, &c->shop->err), &c->shop->err);
	return row;
}

static inline struct act crew_self(int64_t resident)
{
	return (struct act){ .role = ROLE_RESIDENT, .resident = resident };
}

static inline int crew_setup(void **state)
{
	struct crew *c = mem_alloc(sizeof(*c));
	void *shop = NULL;

	shop_setup(&shop);
	c->shop = shop;
	c->leader = crew_role(c->shop, "leader", "负责人");
	c->first_aid = crew_role(c->shop, "first-aid", "急救");
	c->desk = crew_type(c->shop, &(struct shift_type){ .name = (char *)"服务台",
					     .place = (char *)"一楼大厅",
					     .needed = 2,
					     .wants_leader = true,
					     .is_creditable = true,
					     .is_reportable = true });
	c->chen = crew_member(c, c->leader);
	c->huang = crew_member(c, c->leader);
	c->zhen = crew_member(c, 0);
	*state = c;
	return 0;
}

static inline int crew_teardown(void **state)
{
	struct crew *c = *state;
	void *shop = c->shop;

	free(c);
	return shop_teardown(&shop);
}

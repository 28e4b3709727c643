#include "core/duty/team.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/assignment.h"
#include "core/duty/candidate.h"
#include "core/duty/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define NAME_MAX_CHARS 40

static const struct column team_columns[] = {
	COLUMN(struct duty_team, id),
	COLUMN(struct duty_team, name),
	COLUMN_TO_FILL(struct duty_team, residents),
};
static const struct row_type team_rows = ROW_TYPE(struct duty_team, team_columns);
ROW_FINISHER(duty_team_finish, struct duty_team, team_rows);
LIST_FINISHER(duty_team_list_finish, struct duty_team_list, team_rows);

static int read_members(struct db *db, struct duty_team *team, struct err *err)
{
	int count = rows_ids(db,
		"SELECT resident FROM duty_team_member WHERE team = :team ORDER BY resident",
		FIELDS(F_INT("team", team->id)), &team->residents, err);

	TRY(count);
	team->count = count;
	return 0;
}

int duty_team_list(struct db *db, struct duty_team_list *ret, struct err *err)
{
	CLEANUP(duty_team_list_finish) struct duty_team_list list = { 0 };

	TRY(rows_list(db, &team_rows, "SELECT id, name FROM duty_team ORDER BY name", NO_FIELDS,
		&list, err));
	for (int i = 0; i < list.count; i++)
		TRY(read_members(db, &list.rows[i], err));
	*ret = list;
	list = (struct duty_team_list){ 0 };
	return 0;
}

int duty_team_get(struct db *db, int64_t id, struct duty_team *ret, struct err *err)
{
	CLEANUP(duty_team_finish) struct duty_team team = { 0 };

	TRY(row_get(db, &team_rows, "SELECT id, name FROM duty_team WHERE id = :id",
		FIELDS(F_INT("id", id)), &team, REASON(TEAM_UNKNOWN), err));
	TRY(read_members(db, &team, err));
	*ret = team;
	team = (struct duty_team){ 0 };
	return 0;
}

bool duty_team_has(const struct duty_team *team, int64_t resident)
{
	for (int i = 0; i < team->count; i++)
		if (team->residents[i] == resident)
			return true;
	return false;
}

static int check_known(struct db *db, int64_t team, struct err *err)
{
	int64_t known;

	TRY(db_integer(db, "SELECT id FROM duty_team WHERE id = :id", FIELDS(F_INT("id", team)), 0,
		&known, err));
	return known ? 0 : err_set(err, ERR_NOT_FOUND, REASON(TEAM_UNKNOWN));
}

static int write_name(
	struct acting *a, int64_t team, const char *name, int64_t *ret_id, struct err *err)
{
	int64_t other;

	TRY(db_integer(a->db, "SELECT id FROM duty_team WHERE name = :name AND id <> :id",
		FIELDS(F_TEXT("name", name), F_INT("id", team)), 0, &other, err));
	if (other)
		return err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, name));
	if (team) {
		TRY(check_known(a->db, team, err));
		*ret_id = team;
		return act_update(a, "duty_team", team, FIELDS(F_TEXT("name", name)), err);
	}
	*ret_id = act_new_id(a);
	return act_insert(a, "duty_team", FIELDS(F_INT("id", *ret_id), F_TEXT("name", name)), err);
}

static int replace_members(
	struct acting *a, int64_t team, const struct duty_team *wanted, struct err *err)
{
	struct resident resident;
	int64_t row;

	for (;;) {
		TRY(db_integer(a->db, "SELECT min(id) FROM duty_team_member WHERE team = :team",
			FIELDS(F_INT("team", team)), 0, &row, err));
		if (!row)
			break;
		TRY(act_delete(a, "duty_team_member", row, err));
	}
	for (int i = 0; i < wanted->count; i++) {
		TRY(resident_get(a->db, wanted->residents[i], &resident, err));
		TRY(act_insert(a, "duty_team_member",
			FIELDS(F_INT("id", act_new_id(a)), F_INT("team", team),
				F_INT("resident", resident.id)),
			err));
	}
	return 0;
}

/* A person who is named twice is a member once. */
static void name_once(const struct duty_team *team, struct duty_team *ret)
{
	ret->residents = mem_alloc((size_t)(team->count + 1) * sizeof(*ret->residents));
	for (int i = 0; i < team->count; i++)
		if (!duty_team_has(ret, team->residents[i]))
			ret->residents[ret->count++] = team->residents[i];
}

int duty_team_set(struct db *db, const struct act *act, const struct duty_team *team,
	int64_t *ret_id, struct err *err)
{
	static const struct text_limits limits = { "name", NAME_MAX_CHARS, false };
	CLEANUP(duty_team_finish) struct duty_team wanted = { .id = team->id };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	const char *typed = team->name ? team->name : "";
	int64_t id = 0;

	TRY(text_accept(typed, strlen(typed), &limits, &wanted.name, err));
	name_once(team, &wanted);
	TRY(act_begin(&a, db, act, ACT_TEAM_SET,
		FIELDS(F_INT("team", wanted.id), F_TEXT("name", wanted.name),
			F_INT("people", wanted.count)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(write_name(&a, wanted.id, wanted.name, &id, err));
	TRY(replace_members(&a, id, &wanted, err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* In a full shift there may still be a place that only a plan has assigned. */
static int can_come(struct db *db, int64_t resident, int64_t shift_id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	struct err against;

	TRY(roster_reasons_against(db, resident, shift_id, &against, err));
	if (!against.code)
		return 1;
	if (against.reason_count > 1 || !err_has(&against, REASON_SHIFT_FULL))
		return 0;
	TRY(shift_get(db, shift_id, &shift, err));
	return shift_has_place_for(db, &shift, resident, err);
}

int duty_team_assign(struct db *db, const struct act *act, const struct team_sign_up *all,
	int *ret_count, struct err *err)
{
	CLEANUP(duty_team_finish) struct duty_team team = { .id = all->team };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int count = 0;
	int64_t id;

	TRY(act_begin(&a, db, act, ACT_TEAM_ASSIGN,
		FIELDS(F_INT("team", all->team), F_INT("shift", all->shift)), err));
	if (a.is_repeat) {
		*ret_count = (int)a.result;
		return 0;
	}
	TRY(check_known(db, all->team, err));
	TRY(read_members(db, &team, err));
	for (int i = 0; i < team.count; i++) {
		int comes = can_come(db, team.residents[i], all->shift, err);
		if (comes < 0)
			return comes;
		if (!comes)
			continue;
		TRY(shift_sign_up(db, act,
			&(struct sign_up){ .shift = all->shift, .resident = team.residents[i] },
			&id, err));
		count++;
	}
	act_set_subject(&a, all->shift, act->resident);
	TRY(act_commit(&a, count, err));
	*ret_count = count;
	return 0;
}

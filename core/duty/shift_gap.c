#include "core/duty/shift_gap.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/shift_type.h"
#include "core/duty/volunteer.h"

void shift_gaps_finish(struct shift_gaps *gaps)
{
	for (int i = 0; i < gaps->count; i++)
		free(gaps->rows[i].name);
	free(gaps->rows);
	*gaps = (struct shift_gaps){ 0 };
}

static void add(struct shift_gaps *gaps, const struct duty_role *role, int64_t missing)
{
	gaps->rows = mem_resize(gaps->rows, (size_t)(gaps->count + 1) * sizeof(*gaps->rows));
	gaps->rows[gaps->count++] = (struct shift_gap){
		.role = role->id,
		.is_leader = strcmp(role->code, DUTY_ROLE_LEADER) == 0,
		.missing = missing,
		.name = mem_text(role->name),
	};
}

static int count_with_role(
	struct db *db, const struct shift *shift, int64_t role, int64_t *ret, struct err *err)
{
	struct day day = when_day(shift->start_at);

	*ret = 0;
	for (int i = 0; i < shift->people_count; i++) {
		CLEANUP(volunteer_finish) struct volunteer v = { 0 };
		int r = volunteer_of(db, shift->people[i].resident, &v, err);
		if (r < 0)
			return r;
		*ret += r > 0 && volunteer_has_role(&v, role, day);
	}
	return 0;
}

static bool has_leader(const struct shift *shift)
{
	return shift->people_count > 0 && shift->people[0].is_leader;
}

static int add_needs(struct db *db, const struct shift *shift, const struct shift_type *type,
	const struct duty_role_list *roles, struct shift_gaps *gaps, struct err *err)
{
	for (int i = 0; i < type->need_count; i++) {
		const struct shift_need *need = &type->needs[i];
		const struct duty_role *role = duty_role_of(roles, need->role);
		int64_t have;
		TRY(count_with_role(db, shift, need->role, &have, err));
		if (role && have < need->needed)
			add(gaps, role, need->needed - have);
	}
	return 0;
}

int shift_gaps(struct db *db, const struct shift *shift, struct shift_gaps *ret, struct err *err)
{
	CLEANUP(duty_role_list_finish) struct duty_role_list roles = { 0 };
	CLEANUP(shift_type_finish) struct shift_type type = { 0 };
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { .places = shift_open_slots(shift) };

	if (shift->type) {
		TRY(shift_type_get(db, shift->type, &type, err));
		TRY(duty_role_list(db, &roles, err));
		/* The leader's role comes first in the list, if the venue has it at all. */
		bool knows_leader =
			roles.count > 0 && strcmp(roles.rows[0].code, DUTY_ROLE_LEADER) == 0;
		if (type.wants_leader && knows_leader && !has_leader(shift))
			add(&gaps, &roles.rows[0], 1);
		TRY(add_needs(db, shift, &type, &roles, &gaps, err));
	}
	*ret = gaps;
	gaps = (struct shift_gaps){ 0 };
	return 0;
}

/* ---- what would be ---- */

/* The shift's people without the one, with the other; the leader first, as shift_gaps expects. */
static int people_after(struct db *db, const struct shift *shift, const struct shift_change *change,
	struct shift *ret, struct err *err)
{
	int leads = 0;

	*ret = *shift;
	ret->people = mem_alloc((size_t)(shift->people_count + 1) * sizeof(*ret->people));
	ret->people_count = 0;
	if (change->comes) {
		bool is_free = !has_leader(shift) || shift->people[0].id == change->leaves;
		leads = is_free ? volunteer_may_lead(
					  db, change->comes, when_day(shift->start_at), err)
				: 0;
		if (leads < 0)
			return leads;
		ret->people[ret->people_count++] =
			(struct assignment){ .resident = change->comes, .is_leader = leads };
	}
	for (int i = 0; i < shift->people_count; i++)
		if (shift->people[i].id != change->leaves)
			ret->people[ret->people_count++] = shift->people[i];
	if (!leads && change->comes && ret->people_count > 1) {
		struct assignment first = ret->people[0];
		ret->people[0] = ret->people[1];
		ret->people[1] = first;
	}
	return 0;
}

static int64_t missing_of(const struct shift_gaps *gaps, const struct shift_gap *like)
{
	for (int i = 0; i < gaps->count; i++)
		if (gaps->rows[i].role == like->role && gaps->rows[i].is_leader == like->is_leader)
			return gaps->rows[i].missing;
	return 0;
}

int shift_gaps_after(struct db *db, const struct shift *shift, const struct shift_change *change,
	struct shift_gaps *ret, struct err *err)
{
	CLEANUP(shift_gaps_finish) struct shift_gaps now = { 0 }, after = { 0 };
	struct shift changed = { 0 };
	int kept = 0;

	TRY(shift_gaps(db, shift, &now, err));
	int r = people_after(db, shift, change, &changed, err);
	if (r == 0)
		r = shift_gaps(db, &changed, &after, err);
	free(changed.people);
	if (r < 0)
		return r;
	for (int i = 0; i < after.count; i++)
		if (after.rows[i].missing > missing_of(&now, &after.rows[i]))
			after.rows[kept++] = after.rows[i];
		else
			free(after.rows[i].name);
	after.count = kept;
	*ret = after;
	after = (struct shift_gaps){ 0 };
	return 0;
}

char *shift_gaps_names(const struct shift_gaps *gaps, const char *separator)
{
	char *text = gaps->count ? mem_text(gaps->rows[0].name) : NULL;

	for (int i = 1; i < gaps->count; i++) {
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%s", before, separator, gaps->rows[i].name);
	}
	return text;
}

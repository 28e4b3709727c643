/* volunteer set|time|list|end */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/duty_role.h"
#include "core/duty/reasons.h"
#include "core/duty/service_hours.h"
#include "core/duty/volunteer.h"
#include "core/duty/volunteer_time.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

#define LIMIT_MAX 10000

/* ---- set ---- */

/* What is not given stays as it is. */
static int read_old(struct db *db, struct volunteer_draft *draft, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer old = { 0 };
	int r = volunteer_of(db, draft->resident, &old, err);

	if (r <= 0)
		return r;
	draft->cap_week = old.cap_week;
	draft->cap_month = old.cap_month;
	draft->rest_minutes = old.rest_minutes;
	draft->days_in_row = old.days_in_row;
	draft->is_exempt = old.is_exempt;
	draft->exempt_until = old.exempt_until;
	draft->partner = old.partner;
	return 0;
}

static int read_draft(struct call *call, struct volunteer_draft *draft, struct err *err)
{
	const char *exempt = call_option(call, "exempt-until");

	TRY(read_old(call->db, draft, err));
	draft->cap_week = call_option_number(call, "week", draft->cap_week);
	draft->cap_month = call_option_number(call, "month", draft->cap_month);
	draft->rest_minutes = call_option_number(call, "rest", draft->rest_minutes);
	draft->days_in_row = call_option_number(call, "days", draft->days_in_row);
	if (exempt)
		draft->is_exempt = strcmp(exempt, "none") != 0;
	draft->exempt_until = call_option_day(call, "exempt-until", draft->exempt_until);
	draft->partner = call_option_id(call, "partner", draft->partner);
	draft->number = call_option(call, "number");
	return 0;
}

/* "leader,first-aid:2027-06-30" */
static int read_roles(struct db *db, const char *text, struct volunteer_role *roles, int *ret_count,
	struct err *err)
{
	CLEANUP(mem_free) char *copy = mem_text(text);
	char *rest = copy;

	*ret_count = 0;
	for (char *one; *copy && *ret_count < DUTY_ROLES_MAX && (one = strsep(&rest, ","));) {
		struct volunteer_role *role = &roles[(*ret_count)++];
		char *until = strchr(one, ':');
		*role = (struct volunteer_role){ .has_end = until != NULL };
		if (until) {
			*until++ = '\0';
			TRY(day_parse(until, &role->until, err));
		}
		TRY(duty_role_by_code(db, one, &role->role, err));
	}
	return 0;
}

static int set_roles(struct call *call, int64_t id, struct err *err)
{
	struct volunteer_role roles[DUTY_ROLES_MAX];
	int count;

	if (!call_has(call, "roles"))
		return 0;
	TRY(read_roles(call->db, call_option(call, "roles"), roles, &count, err));
	call_key(call, 1);
	return volunteer_roles_set(call->db, &call->act, id, roles, count, err);
}

static int set_volunteer(struct call *call, struct err *err)
{
	CLEANUP(txn_end) struct txn txn = TXN_INIT;
	struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;
	int64_t id;

	TRY(txn_begin(&txn, call->db, err));
	draft.resident = call_id(call, 0);
	TRY(read_draft(call, &draft, err));
	call->act.resident = draft.resident;
	TRY(volunteer_set(call->db, &call->act, &draft, &id, err));
	TRY(set_roles(call, id, err));
	return txn_commit(&txn, err);
}

static int known_volunteer(struct call *call, struct volunteer *ret, struct err *err)
{
	int r = volunteer_of(call->db, call_id(call, 0), ret, err);

	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(VOLUNTEER_UNKNOWN));
	return r < 0 ? r : 0;
}

static int end_volunteer(struct call *call, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };

	TRY(known_volunteer(call, &v, err));
	return volunteer_end(call->db, &call->act, v.id, err);
}

/* ---- times ---- */

/* The times of the other stances stay; those of this one are the operands. */
static int collect(struct call *call, const struct volunteer_time *old, int old_count,
	struct volunteer_time *ret, int *ret_count, struct err *err)
{
	enum time_stance stance;
	int count = 0;

	TRY(time_stance_parse(call_operand(call, 1), &stance, err));
	for (int i = 0; i < old_count; i++)
		if (old[i].stance != stance)
			ret[count++] = old[i];
	for (int i = 2; i < call_count(call); i++) {
		int more;
		TRY(volunteer_time_parse(call_operand(call, i), stance, ret + count, &more, err));
		count += more;
	}
	*ret_count = count;
	return 0;
}

static int set_times(struct call *call, struct err *err)
{
	CLEANUP(mem_free) struct volunteer_time *old = NULL, *times = NULL;
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	int count;

	TRY(known_volunteer(call, &v, err));
	int old_count = volunteer_times(call->db, v.id, &old, err);
	if (old_count < 0)
		return old_count;
	size_t room = (size_t)old_count + (size_t)call_count(call) * VOLUNTEER_TIME_ROWS_MAX;
	times = mem_alloc(room * sizeof(*times));
	TRY(collect(call, old, old_count, times, &count, err));
	call->act.resident = v.resident;
	return volunteer_times_set(call->db, &call->act, v.id, times, count, err);
}

/* ---- list ---- */

static const struct table_column columns[] = {
	{ "number", N_("Number"), true },
	{ "resident", N_("Person"), false },
	{ "roles", N_("Roles"), false },
	{ "cap_week", N_("A week"), true },
	{ "cap_month", N_("A month"), true },
	{ "exempt_until", N_("Excused until"), false },
	{ "minutes", N_("Service hours"), true },
	{ "stars", N_("Stars"), true },
};

static char *roles_text(const struct volunteer *v, const struct duty_role_list *roles)
{
	char *text = mem_text("");

	for (int i = 0; i < v->role_count; i++) {
		const struct duty_role *role = duty_role_of(roles, v->roles[i].role);
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%s", before, *before ? _(", ") : "", role ? role->name : "");
	}
	return text;
}

static int put_row(struct db *db, struct table *table, const struct volunteer *v,
	const struct duty_role_list *roles, bool is_full, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL, *shown = roles_text(v, roles);
	struct volunteer_limits limits;
	struct resident resident;
	struct minutes served;
	char until[11];

	TRY(resident_get(db, v->resident, &resident, err));
	TRY(who_name(db, v->resident, is_full, &name, err));
	TRY(volunteer_limits(db, v, &limits, err));
	TRY(service_hours_total(db, v->resident, &served, err));
	CLEANUP(mem_free) char *hours = words_duration(served.n);
	day_format(v->exempt_until, until);
	table_number(table, resident.number, NULL);
	table_text(table, name);
	table_text(table, shown);
	table_number(table, limits.week, NULL);
	table_number(table, limits.month, NULL);
	table_text(table, v->is_exempt ? until : NULL);
	table_number(table, served.n, hours);
	table_number(table, service_stars(served), NULL);
	return 0;
}

static int list_volunteers(struct call *call, struct err *err)
{
	CLEANUP(volunteer_list_finish) struct volunteer_list list = { 0 };
	CLEANUP(duty_role_list_finish) struct duty_role_list roles = { 0 };

	TRY(volunteer_list(call->db, &list, err));
	TRY(duty_role_list(call->db, &roles, err));
	for (int i = 0; i < list.count; i++)
		TRY(put_row(call->db, call->table, &list.rows[i], &roles, call->is_staff, err));
	return 0;
}

/* ---- rows ---- */

static const struct verb_option set_options[] = {
	{ "roles", { OPERAND_TEXT, .word = N_("CODE,CODE:DAY") },
		N_("What they are: leader,first-aid:2027-06-30 (its end)") },
	{ "week", { OPERAND_NUMBER, .word = N_("N"), .max = LIMIT_MAX },
		N_("At most so many shifts a week") },
	{ "month", { OPERAND_NUMBER, .word = N_("N"), .max = LIMIT_MAX },
		N_("At most so many shifts a month") },
	{ "rest", { OPERAND_NUMBER, .word = N_("MINUTES"), .max = LIMIT_MAX },
		N_("Rest between a shift and the next day's") },
	{ "days", { OPERAND_NUMBER, .word = N_("N"), .max = LIMIT_MAX },
		N_("At most so many days in a row") },
	{ "exempt-until", { OPERAND_DAY, .may_be_none = true },
		N_("Excused until then; none: no longer") },
	{ "partner", { OPERAND_CARD, .may_be_none = true },
		N_("Likes to serve with; none: nobody in particular") },
	{ "number", { OPERAND_TEXT }, N_("Their number at i-Volunteer") },
	{ 0 },
};

const struct verb volunteer_verbs[] = {
	{
		.name = "volunteer set",
		.operands = { { OPERAND_CARD } },
		.help = N_("Register a volunteer, or change what is kept of one"),
		.takes = VERB_ACT | VERB_KEY,
		.options = set_options,
		.run = set_volunteer,
	},
	{
		.name = "volunteer time",
		.operands = { { OPERAND_CARD }, { OPERAND_TEXT, .word = "free|away|like|dislike" },
			{ OPERAND_TEXT, TIMES_ANY, .word = N_("TIME") } },
		.help = N_("When they can serve, never, or would like to: \"1-5 9:00-12:00\","
			   " 2026-12-01..2026-12-03"),
		.takes = VERB_ACT | VERB_KEY,
		.run = set_times,
	},
	{
		.name = "volunteer list",
		.help = N_("List who serves, with roles, limits and hours"),
		.takes = VERB_JSON | VERB_NAMES,
		.columns = COLUMNS(columns),
		.run = list_volunteers,
	},
	{
		.name = "volunteer end",
		.operands = { { OPERAND_CARD } },
		.help = N_("Says that somebody serves no more"),
		.takes = VERB_ACT | VERB_KEY,
		.run = end_volunteer,
	},
	{ 0 },
};

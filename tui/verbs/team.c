/* team list|set|join */
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/reasons.h"
#include "core/duty/team.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

static const struct table_column columns[] = {
	{ "name", N_("Team"), false },
	{ "count", N_("Number of people"), true },
	{ "people", NC_("names", "People"), false },
};

/* Their names in a line; the caller's. */
static int members_text(
	struct db *db, const struct duty_team *team, bool is_staff, char **ret, struct err *err)
{
	CLEANUP(mem_free) char *all = mem_text("");

	for (int i = 0; i < team->count; i++) {
		CLEANUP(mem_free) char *name = NULL;
		TRY(who_name(db, team->residents[i], is_staff, &name, err));
		CLEANUP(mem_free) char *before = all;
		all = mem_printf("%s%s%s", before, i ? _(", ") : "", name);
	}
	*ret = all;
	all = NULL;
	return 0;
}

static int list(struct call *call, struct err *err)
{
	CLEANUP(duty_team_list_finish) struct duty_team_list teams = { 0 };

	TRY(duty_team_list(call->db, &teams, err));
	for (int i = 0; i < teams.count; i++) {
		CLEANUP(mem_free) char *people = NULL;
		TRY(members_text(call->db, &teams.rows[i], call->is_staff, &people, err));
		table_text(call->table, teams.rows[i].name);
		table_number(call->table, teams.rows[i].count, NULL);
		table_text(call->table, people);
	}
	return 0;
}

/* 1 and its id, or 0. */
static int find(struct db *db, const char *name, int64_t *ret_id, struct err *err)
{
	CLEANUP(duty_team_list_finish) struct duty_team_list teams = { 0 };

	TRY(duty_team_list(db, &teams, err));
	for (int i = 0; i < teams.count; i++)
		if (strcmp(teams.rows[i].name, name) == 0) {
			*ret_id = teams.rows[i].id;
			return 1;
		}
	return 0;
}

static int set(struct call *call, struct err *err)
{
	CLEANUP(duty_team_finish) struct duty_team team = { 0 }, kept = { 0 };
	int64_t id;

	TRY(find(call->db, call_operand(call, 0), &team.id, err));
	team.name = mem_text(call_operand(call, 0));
	team.residents = mem_alloc((size_t)call_count(call) * sizeof(*team.residents));
	for (int i = 1; i < call_count(call); i++)
		TRY(call_look_up(call, i, &team.residents[team.count++], err));
	TRY(duty_team_set(call->db, &call->act, &team, &id, err));
	TRY(duty_team_get(call->db, id, &kept, err));
	printf(ngettext("%s: %d person\n", "%s: %d people\n", (unsigned long)kept.count), kept.name,
		kept.count);
	return 0;
}

static int join(struct call *call, struct err *err)
{
	struct team_sign_up all = { .shift = call_id(call, 1) };
	int count;

	int r = find(call->db, call_operand(call, 0), &all.team, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(TEAM_UNKNOWN));
	TRY(duty_team_assign(call->db, &call->act, &all, &count, err));
	printf(ngettext("%d person of the team is signed up\n",
		       "%d people of the team are signed up\n", (unsigned long)count),
		count);
	return 0;
}

const struct verb team_verbs[] = {
	{
		.name = "team list",
		.help = N_("List the volunteers' teams"),
		.takes = VERB_JSON | VERB_NAMES,
		.columns = COLUMNS(columns),
		.run = list,
	},
	{
		.name = "team set",
		.operands = { { OPERAND_TEXT, .word = NC_("thing", "NAME") },
			{ OPERAND_CARD, TIMES_ANY } },
		.help = N_("Form a team, or say anew who belongs to it"),
		.takes = VERB_ACT | VERB_KEY,
		.run = set,
	},
	{
		.name = "team join",
		.operands = { { OPERAND_TEXT, .word = NC_("thing", "NAME") }, { OPERAND_SHIFT } },
		.help = N_("Sign a team up for a shift: those who can come, as far as there are "
			   "places"),
		.takes = VERB_ACT | VERB_KEY,
		.run = join,
	},
	{ 0 },
};

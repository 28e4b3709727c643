/* team list|set|join */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/reasons.h"
#include "core/duty/team.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
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
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(duty_team_list_finish) struct duty_team_list teams = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	TRY(duty_team_list(db, &teams, err));
	for (int i = 0; i < teams.count; i++) {
		CLEANUP(mem_free) char *people = NULL;
		TRY(members_text(db, &teams.rows[i], staff == 1, &people, err));
		table_text(table, teams.rows[i].name);
		table_number(table, teams.rows[i].count, NULL);
		table_text(table, people);
	}
	table_print(table, call_is_json(call));
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
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(find(db, call_operand(call, 0), &team.id, err));
	team.name = mem_text(call_operand(call, 0));
	team.residents = mem_alloc((size_t)call_count(call) * sizeof(*team.residents));
	for (int i = 1; i < call_count(call); i++)
		TRY(named_resident(db, call_operand(call, i), &team.residents[team.count++], err));
	TRY(duty_team_set(db, &act, &team, &id, err));
	TRY(duty_team_get(db, id, &kept, err));
	printf(ngettext("%s: %d person\n", "%s: %d people\n", (unsigned long)kept.count), kept.name,
		kept.count);
	return 0;
}

static int join(struct call *call, struct err *err)
{
	struct act act;
	struct db *db;
	int64_t team, shift;
	int count;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(r = find(db, call_operand(call, 0), &team, err));
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(TEAM_UNKNOWN));
	TRY(named_shift(db, call_operand(call, 1), &shift, err));
	TRY(duty_team_assign(db, &act, team, shift, &count, err));
	printf(ngettext("%d person of the team is signed up\n",
		       "%d people of the team are signed up\n", (unsigned long)count),
		count);
	return 0;
}

const struct verb team_verbs[] = {
	{
		.name = "team list",
		.usage = "",
		.help = N_("List the volunteers' teams"),
		.takes = VERB_JSON | VERB_STAFF,
		.run = list,
	},
	{
		.name = "team set",
		.usage = N_("NAME [CARD…]"),
		.help = N_("Form a team, or say anew who belongs to it"),
		.min = 1,
		.max = -1,
		.numbers_from = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.run = set,
	},
	{
		.name = "team join",
		.usage = N_("NAME SHIFT"),
		.help = N_("Sign a team up for a shift: those who can come, as far as there are "
			   "places"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.run = join,
	},
	{ 0 },
};

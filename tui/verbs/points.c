/* points balance CARD */
#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/points/ledger.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
#include "tui/verbs/who.h"

static const struct table_column columns[] = {
	{ "resident", N_("Resident no."), true },
	{ "name", N_("Name"), false },
	{ "points", N_("Points"), true },
};

static int show_balance(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(mem_free) char *name = NULL;
	struct resident resident;
	struct points points;
	struct db *db;
	int64_t id;

	TRY(call_db(call, &db, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	TRY(named_resident(db, call_operand(call, 0), &id, err));
	TRY(resident_get(db, id, &resident, err));
	TRY(who_name(db, id, staff == 1, &name, err));
	TRY(points_balance(db, id, &points, err));
	table_number(table, resident.number, NULL);
	table_text(table, name);
	table_number(table, points.n, NULL);
	table_print(table, call_is_json(call));
	return 0;
}

const struct verb points_verbs[] = {
	{
		.name = "points balance",
		.usage = N_("CARD"),
		.help = N_("Say how many points a resident has"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF,
		.run = show_balance,
	},
	{ 0 },
};

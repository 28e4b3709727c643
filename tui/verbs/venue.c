/* venue add|list */
#include <stdio.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/venues/venue.h"
#include "tui/i18n.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

static const struct table_column columns[] = {
	{ "number", N_("Number"), true },
	{ "code", NULL, false },
	{ "name", N_("Venue"), false },
	{ "capacity", N_("Capacity"), true },
	{ "present", N_("Present"), true },
};

static int list_venues(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(venue_list_finish) struct venue_list list = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(venue_list(db, &list, err));
	for (int i = 0; i < list.count; i++) {
		char code[CODE_TEXT_MAX];
		code_write_id(CODE_VENUE, list.rows[i].id, code);
		table_number(table, list.rows[i].number, NULL);
		table_text(table, code);
		table_text(table, list.rows[i].name);
		table_number(table, list.rows[i].capacity, NULL);
		table_number(table, list.rows[i].present, NULL);
	}
	table_print(table, call_is_json(call));
	return 0;
}

static int add_venue(struct call *call, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	struct act act;
	struct db *db;
	long long capacity;
	int64_t id;

	TRY(text_integer(call_operand(call, 1), "capacity", 1, 100000, &capacity, err));
	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	const struct venue_draft draft = { .name = call_operand(call, 0), .capacity = capacity };
	TRY(venue_add(db, &act, &draft, &id, err));
	TRY(venue_get(db, id, &venue, err));
	printf("%lld\n", (long long)venue.number);
	return 0;
}

const struct verb venue_verbs[] = {
	{
		.name = "venue add",
		.usage = N_("NAME CAPACITY"),
		.help = N_("Add a room; prints its number"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.run = add_venue,
	},
	{
		.name = "venue list",
		.usage = "",
		.help = N_("List rooms and how many people are in them"),
		.takes = VERB_JSON,
		.run = list_venues,
	},
	{ 0 },
};

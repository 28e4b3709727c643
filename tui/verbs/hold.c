/* hold add|list|cancel|put-back */
#include "core/items/hold.h"

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/item.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
#include "tui/verbs/who.h"

static const char *const states[] = {
	[HOLD_WAITING] = N_("waits its turn"),
	[HOLD_READY] = N_("to be fetched"),
	[HOLD_FULFILLED] = N_("fetched"),
	[HOLD_EXPIRED] = N_("over, not fetched"),
	[HOLD_CANCELLED] = N_("cancelled"),
};
_Static_assert(ARRAY_LEN(states) == HOLD_STATUS_COUNT, "a word for each");

static const struct table_column columns[] = {
	{ "number", N_("Hold"), true },
	{ "title", N_("Title"), false },
	{ "resident", N_("Resident no."), true },
	{ "name", NC_("person", "Name"), false },
	{ "status", N_("State"), false },
	{ "position", N_("In the queue"), true },
	{ "item", N_("Item no."), true },
	{ "placed_at", NULL, false },
	{ "ready_at", NULL, false },
	{ "until_at", N_("To be fetched by"), false },
};

static int add_hold(struct call *call, struct table *table, struct db *db, const struct hold *hold,
	bool is_full, struct err *err)
{
	CLEANUP(mem_free) char *until = words_instant(hold->until_at, call_now(call));
	int64_t item = hold->item || hold->claims ? hold->item_number : 0;
	CLEANUP(mem_free) char *name = NULL;
	char number[ITEM_NUMBER_SIZE];
	struct resident resident;

	TRY(resident_get(db, hold->resident, &resident, err));
	TRY(who_name(db, hold->resident, is_full, &name, err));
	item_number_format(item, number);
	table_number(table, hold->id, NULL);
	table_text(table, hold->name);
	table_number(table, resident.number, NULL);
	table_text(table, name);
	table_word(table, hold_status_name(hold->status), _(states[hold->status]));
	table_id(table, hold->position);
	if (item)
		table_number(table, item, number);
	else
		table_id(table, 0);
	table_instant(table, hold->placed_at, NULL);
	table_instant(table, hold->ready_at, NULL);
	table_instant(table, hold->until_at, until);
	return 0;
}

/* ---- list ---- */

static int read_holds(struct call *call, struct db *db, struct hold_list *ret, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	int64_t now = call_now(call), id;

	if (call_has(call, "card")) {
		TRY(named_resident(db, call_option(call, "card"), &id, err));
		return holds_of_resident(db, id, now, ret, err);
	}
	if (call_has(call, "item")) {
		TRY(named_item(db, call_option(call, "item"), &id, err));
		TRY(item_get(db, id, &item, err));
		return holds_of_title(db, item.title, now, ret, err);
	}
	return call_has(call, "shelf") ? holds_on_shelf(db, now, ret, err)
				       : holds_standing(db, now, ret, err);
}

static int list_holds(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(hold_list_finish) struct hold_list list = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	TRY(read_holds(call, db, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_hold(call, table, db, &list.rows[i], staff == 1, err));
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- acts ---- */

static int tell(struct call *call, struct db *db, int64_t id, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(hold_finish) struct hold hold = { 0 };

	TRY(hold_get(db, id, call_now(call), &hold, err));
	TRY(add_hold(call, table, db, &hold, true, err));
	table_print(table, call_is_json(call));
	return 0;
}

/* Any copy names its title. */
static int add(struct call *call, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct hold_request request = { 0 };
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(named_resident(db, call_operand(call, 0), &request.resident, err));
	TRY(named_item(db, call_operand(call, 1), &id, err));
	TRY(item_get(db, id, &item, err));
	request.title = item.title;
	act.resident = request.resident;
	TRY(hold_place(db, &act, &request, &id, err));
	return tell(call, db, id, err);
}

static int change(struct call *call,
	int (*how)(struct db *, const struct act *, int64_t hold, struct err *), struct err *err)
{
	CLEANUP(hold_finish) struct hold hold = { 0 };
	long long number;
	struct act act;
	struct db *db;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(text_integer(call_operand(call, 0), "number", 1, CODE_ID_MAX, &number, err));
	TRY(hold_get(db, number, call_now(call), &hold, err));
	act.resident = hold.resident;
	TRY(how(db, &act, number, err));
	return tell(call, db, number, err);
}

static int cancel(struct call *call, struct err *err)
{
	return change(call, hold_cancel, err);
}

static int put_back(struct call *call, struct err *err)
{
	return change(call, hold_put_back, err);
}

static const struct verb_option add_options[] = {
	{ "override", NULL, N_("Although a rule says no") },
	{ "why", N_("TEXT"), N_("Why: needed for --override") },
	{ 0 },
};
static const struct verb_option list_options[] = {
	{ "card", N_("CARD"), N_("Only one resident's") },
	{ "item", N_("ITEM"), N_("Only the queue for this thing") },
	{ "shelf", NULL, N_("What is to be put aside, and what lies on the pick-up shelf") },
	{ 0 },
};

const struct verb hold_verbs[] = {
	{
		.name = "hold add",
		.usage = N_("CARD ITEM"),
		.help = N_("Reserve a thing for a resident; ITEM is any copy of it"),
		.min = 2,
		.max = 2,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = add_options,
		.run = add,
	},
	{
		.name = "hold list",
		.usage = "",
		.help = N_("List what is reserved, in the order of the queues"),
		.takes = VERB_JSON | VERB_STAFF,
		.options = list_options,
		.run = list_holds,
	},
	{
		.name = "hold cancel",
		.usage = N_("HOLD"),
		.help = N_("Cancel a hold; its copy goes to the next"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = cancel,
	},
	{
		.name = "hold put-back",
		.usage = N_("HOLD"),
		.help = N_("The copy of a hold that is over is back on its shelf"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = put_back,
	},
	{ 0 },
};

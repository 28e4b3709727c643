/* hold add|list|cancel|put-back */
#include "core/items/lending/hold_acts.h"
#include "core/items/lending/hold_list.h"

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

#define PAGE 200

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

static int add_hold(struct call *call, const struct hold *hold, bool is_full, struct err *err)
{
	CLEANUP(mem_free) char *until = words_instant(hold->until_at, call_now(call));
	int64_t item = hold->item || hold->claims ? hold->item_number : 0;
	CLEANUP(mem_free) char *name = NULL;
	char number[ITEM_NUMBER_SIZE];
	struct resident resident;

	TRY(resident_get(call->db, hold->resident, &resident, err));
	TRY(who_name(call->db, hold->resident, is_full, &name, err));
	item_number_format(item, number);
	table_number(call->table, hold->id, NULL);
	table_text(call->table, hold->name);
	table_number(call->table, resident.number, NULL);
	table_text(call->table, name);
	table_word(call->table, hold_status_name(hold->status), _(states[hold->status]));
	table_id(call->table, hold->position);
	if (item)
		table_number(call->table, item, number);
	else
		table_id(call->table, 0);
	table_instant(call->table, hold->placed_at, NULL);
	table_instant(call->table, hold->ready_at, NULL);
	table_instant(call->table, hold->until_at, until);
	return 0;
}

/* ---- list ---- */

static int read_holds(struct call *call, struct hold_list *ret, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	int64_t now = call_now(call);

	if (call_has(call, "card"))
		return holds_of_resident(call->db, call_option_id(call, "card", 0), now, ret, err);
	if (call_has(call, "item")) {
		TRY(item_get(call->db, call_option_id(call, "item", 0), &item, err));
		return holds_of_title(call->db, item.title, now, ret, err);
	}
	return call_has(call, "shelf") ? holds_on_shelf(call->db, now, ret, err)
				       : holds_standing(call->db, now, ret, err);
}

/* All holds of the title that there ever were. */
static int add_past(struct call *call, struct err *err)
{
	CLEANUP(hold_list_finish) struct hold_list page = { 0 };
	CLEANUP(item_finish) struct item item = { 0 };

	TRY(item_get(call->db, call_option_id(call, "past", 0), &item, err));
	do {
		struct hold_list next = { 0 };
		const struct hold *last = page.count ? &page.rows[page.count - 1] : NULL;
		TRY(holds_history_of_title(call->db, item.title, last, PAGE, &next, err));
		hold_list_finish(&page);
		page = next;
		for (int i = 0; i < page.count; i++)
			TRY(add_hold(call, &page.rows[i], call->is_staff, err));
	} while (page.count == PAGE);
	return 0;
}

static int list_holds(struct call *call, struct err *err)
{
	CLEANUP(hold_list_finish) struct hold_list list = { 0 };

	if (call_has(call, "past"))
		return add_past(call, err);
	TRY(read_holds(call, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_hold(call, &list.rows[i], call->is_staff, err));
	return 0;
}

/* ---- acts ---- */

static int tell(struct call *call, int64_t id, struct err *err)
{
	CLEANUP(hold_finish) struct hold hold = { 0 };

	TRY(hold_get(call->db, id, call_now(call), &hold, err));
	TRY(add_hold(call, &hold, true, err));
	return 0;
}

/* Any copy names its title. */
static int add(struct call *call, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	int64_t id;

	TRY(item_get(call->db, call_id(call, 1), &item, err));
	const struct hold_request request = { .resident = call_id(call, 0), .title = item.title };
	call->act.resident = request.resident;
	TRY(hold_place(call->db, &call->act, &request, &id, err));
	return tell(call, id, err);
}

static int change(struct call *call,
	int (*how)(struct db *, const struct act *, int64_t hold, struct err *), struct err *err)
{
	CLEANUP(hold_finish) struct hold hold = { 0 };

	int64_t number = call_number(call, 0);
	TRY(hold_get(call->db, number, call_now(call), &hold, err));
	call->act.resident = hold.resident;
	TRY(how(call->db, &call->act, number, err));
	return tell(call, number, err);
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
	{ "override", NO_VALUE, N_("Although a rule says no") },
	{ "why", { OPERAND_TEXT }, N_("Why: needed for --override") },
	{ 0 },
};
static const struct verb_option list_options[] = {
	{ "card", { OPERAND_CARD }, N_("Only one resident's") },
	{ "item", { OPERAND_ITEM }, N_("Only the queue for this thing") },
	{ "past", { OPERAND_ITEM },
		N_("All holds of this thing that there ever were, the latest first") },
	{ "shelf", NO_VALUE, N_("What is to be put aside, and what lies on the pick-up shelf") },
	{ 0 },
};

const struct verb hold_verbs[] = {
	{
		.name = "hold add",
		.operands = { { OPERAND_CARD }, { OPERAND_ITEM } },
		.help = N_("Reserve a thing for a resident; ITEM is any copy of it"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = add_options,
		.columns = COLUMNS(columns),
		.run = add,
	},
	{
		.name = "hold list",
		.help = N_("List what is reserved, in the order of the queues"),
		.takes = VERB_JSON | VERB_NAMES,
		.options = list_options,
		.columns = COLUMNS(columns),
		.run = list_holds,
	},
	{
		.name = "hold cancel",
		.operands = { { OPERAND_NUMBER, .word = N_("HOLD"), .min = 1,
			.max = CODE_ID_MAX } },
		.help = N_("Cancel a hold; its copy goes to the next"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.run = cancel,
	},
	{
		.name = "hold put-back",
		.operands = { { OPERAND_NUMBER, .word = N_("HOLD"), .min = 1,
			.max = CODE_ID_MAX } },
		.help = N_("The copy of a hold that is over is back on its shelf"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.run = put_back,
	},
	{ 0 },
};

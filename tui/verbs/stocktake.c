/* stocktake start|seen|show|list|close|set-missing */
#include "core/items/upkeep/stocktake.h"

#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/items/catalogue/category.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/stocktake_list.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

#define PAGE 200

static const char *const states[] = {
	[STOCKTAKE_RETIRED] = N_("it was retired"),
	[STOCKTAKE_MISSING] = N_("it was missing: loan found puts it back into use"),
	[STOCKTAKE_OUT] = N_("it is lent: take it back"),
	[STOCKTAKE_OTHER] = N_("it is not of what is counted"),
	[STOCKTAKE_MISPLACED] = N_("it belongs to another place"),
	[STOCKTAKE_RIGHT] = N_("it is in its place"),
};
_Static_assert(ARRAY_LEN(states) == STOCKTAKE_STATE_COUNT, "words for each");

/* The latest one, open or not: there is one at a time. */
static int latest(struct db *db, struct stocktake *ret, struct err *err)
{
	int r = stocktake_latest(db, ret, err);

	if (r < 0)
		return r;
	return r > 0 ? 0 : err_set(err, ERR_NOT_FOUND, REASON(STOCKTAKE_UNKNOWN));
}

/* ---- show ---- */

static const struct table_column columns[] = {
	{ "number", N_("Stocktake"), true },
	{ "started_at", N_("Began"), false },
	{ "closed_at", N_("Closed"), false },
	{ "zone", N_("Zone"), false },
	{ "shelf", N_("Shelf"), false },
	{ "seen", N_("Seen"), true },
	{ "unseen", N_("Not seen"), true },
	{ "misplaced", N_("Misplaced"), true },
};

static int tell(struct call *call, const struct stocktake *stocktake, struct err *err)
{
	struct stocktake_progress progress;
	int64_t now = call_now(call);

	TRY(stocktake_progress(call->db, stocktake->id, &progress, err));
	CLEANUP(mem_free) char *started = words_instant(stocktake->started_at, now);
	CLEANUP(mem_free) char *closed = words_instant(stocktake->closed_at, now);
	table_number(call->table, stocktake->number, NULL);
	table_instant(call->table, stocktake->started_at, started);
	table_instant(call->table, stocktake->closed_at, closed);
	table_text(call->table, stocktake->zone);
	table_text(call->table, stocktake->shelf);
	table_number(call->table, progress.seen, NULL);
	table_number(call->table, progress.unseen, NULL);
	table_number(call->table, progress.states[STOCKTAKE_MISPLACED], NULL);
	return 0;
}

static int tell_latest(struct call *call, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake stocktake = { 0 };

	TRY(latest(call->db, &stocktake, err));
	return tell(call, &stocktake, err);
}

static int show(struct call *call, struct err *err)
{
	return tell_latest(call, err);
}

/* ---- list ---- */

static const struct table_column line_columns[] = {
	{ "number", N_("Item no."), true },
	{ "title", N_("Title"), false },
	{ "zone", N_("Zone"), false },
	{ "shelf", N_("Shelf"), false },
	{ "seen_zone", NULL, false },
	{ "seen_shelf", N_("Seen on"), false },
	{ "seen_at", NULL, false },
	{ "is_missing", N_("Set to missing"), false },
};

static void add_line(struct table *table, const struct stocktake_line *line)
{
	char number[ITEM_NUMBER_SIZE];

	item_number_format(line->number, number);
	table_number(table, line->number, number);
	table_text(table, line->name);
	table_text(table, line->zone);
	table_text(table, line->shelf);
	table_text(table, line->seen_zone);
	table_text(table, line->seen_shelf);
	table_instant(table, line->seen_at, NULL);
	table_fact(table, line->is_missing, line->is_missing ? "✓" : "");
}

static int add_lines(
	struct table *table, struct db *db, int64_t id, bool is_misplaced, struct err *err)
{
	CLEANUP(stocktake_lines_finish) struct stocktake_lines page = { 0 };
	const struct stocktake_line *after = NULL;

	do {
		struct stocktake_lines next = { 0 };
		TRY(is_misplaced ? stocktake_sights(
					   db, id, STOCKTAKE_MISPLACED, after, PAGE, &next, err)
				 : stocktake_unseen(db, id, after, PAGE, &next, err));
		stocktake_lines_finish(&page);
		page = next;
		for (int i = 0; i < page.count; i++)
			add_line(table, &page.rows[i]);
		after = page.count ? &page.rows[page.count - 1] : NULL;
	} while (page.count == PAGE);
	return 0;
}

static int list_lines(struct call *call, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake stocktake = { 0 };

	TRY(latest(call->db, &stocktake, err));
	TRY(add_lines(call->table, call->db, stocktake.id, call_has(call, "misplaced"), err));
	return 0;
}

/* ---- acts ---- */

static int start(struct call *call, struct err *err)
{
	const struct stocktake_scope scope = {
		.category = call_option_id(call, "category", 0),
		.zone = call_option(call, "zone"),
		.shelf = call_option(call, "shelf"),
	};
	int64_t id;

	TRY(stocktake_start(call->db, &call->act, &scope, &id, err));
	return tell_latest(call, err);
}

static const struct table_column seen_columns[] = {
	{ "number", N_("Item no."), true },
	{ "title", N_("Title"), false },
	{ "state", N_("State"), false },
};

static int see_one(struct call *call, int64_t stocktake, int index, struct err *err)
{
	struct stocktake_sighting seen = {
		.stocktake = stocktake,
		.zone = call_option(call, "zone"),
		.shelf = call_option(call, "shelf"),
	};
	CLEANUP(item_finish) struct item item = { 0 };
	enum stocktake_state state;
	char number[ITEM_NUMBER_SIZE];

	TRY(call_look_up(call, index, &seen.item, err));
	TRY(stocktake_seen(call->db, &call->act, &seen, &state, err));
	TRY(item_get(call->db, seen.item, &item, err));
	item_number_format(item.number, number);
	table_number(call->table, item.number, number);
	table_text(call->table, item.name);
	table_word(call->table, stocktake_state_name(state), _(states[state]));
	return 0;
}

static int see(struct call *call, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake stocktake = { 0 };
	int worst = 0;

	TRY(latest(call->db, &stocktake, err));
	for (int i = 0; i < call_count(call); i++) {
		struct err one = { 0 };
		call_key(call, i);
		if (see_one(call, stocktake.id, i, &one) == 0)
			continue;
		int code = call_complain(call, call_operand(call, i), &one);
		worst = code > worst ? code : worst;
	}
	call_print(call);
	return worst;
}

static int close_it(struct call *call, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake stocktake = { 0 };

	TRY(latest(call->db, &stocktake, err));
	TRY(stocktake_close(call->db, &call->act, stocktake.id, err));
	return tell_latest(call, err);
}

static int set_missing(struct call *call, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake stocktake = { 0 };
	int64_t count;

	TRY(latest(call->db, &stocktake, err));
	TRY(stocktake_set_missing(call->db, &call->act, stocktake.id, &count, err));
	printf(ngettext("%lld item is set to missing\n", "%lld items are set to missing\n",
		       (unsigned long)count),
		(long long)count);
	return 0;
}

#define OPTION_ZONE                                                                  \
	{                                                                            \
		"zone", { OPERAND_TEXT }, N_("The room or corner, as items have it") \
	}
#define OPTION_SHELF                                                         \
	{                                                                    \
		"shelf", { OPERAND_TEXT }, N_("The shelf, as items have it") \
	}

static const struct verb_option start_options[] = {
	{ "category", { OPERAND_CATEGORY, .word = N_("CODE") },
		N_("Only this category and those below it") },
	OPTION_ZONE,
	OPTION_SHELF,
	{ 0 },
};
static const struct verb_option place_options[] = { OPTION_ZONE, OPTION_SHELF, { 0 } };
static const struct verb_option list_options[] = {
	{ "misplaced", NO_VALUE,
		N_("What was seen in another place, instead of what was not seen") },
	{ 0 },
};

const struct verb stocktake_verbs[] = {
	{
		.name = "stocktake start",
		.help = N_("Begin a stocktake, of all or of a category, zone or shelf"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = start_options,
		.columns = COLUMNS(columns),
		.is_record = true,
		.run = start,
	},
	{
		.name = "stocktake seen",
		.operands = { { OPERAND_ITEM, TIMES_MANY } },
		.help = N_("These things were seen, on --shelf"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = place_options,
		.columns = COLUMNS(seen_columns),
		.run = see,
	},
	{
		.name = "stocktake show",
		.help = N_("Say how far the latest stocktake is"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.is_record = true,
		.run = show,
	},
	{
		.name = "stocktake list",
		.help = N_("List what the latest stocktake did not see"),
		.takes = VERB_JSON,
		.options = list_options,
		.columns = COLUMNS(line_columns),
		.run = list_lines,
	},
	{
		.name = "stocktake close",
		.help = N_("End the stocktake"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.is_record = true,
		.run = close_it,
	},
	{
		.name = "stocktake set-missing",
		.help = N_("Set what the closed stocktake did not see to missing"),
		.takes = VERB_ACT | VERB_KEY,
		.run = set_missing,
	},
	{ 0 },
};

/* stock list */
#include "core/items/catalogue/stock.h"

#include "core/base/mem.h"
#include "core/items/catalogue/title.h"
#include "core/items/reasons.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

#define PAGE 200

static const struct table_column columns[] = {
	{ "moved_at", N_("When"), false },
	{ "change", N_("In or out"), true },
	{ "stock", N_("Stock"), true },
	{ "resident", N_("Resident no."), true },
	{ "name", NC_("person", "Name"), false },
};

static int add_move(struct call *call, const struct stock_move *move, struct err *err)
{
	CLEANUP(mem_free) char *when = words_instant(move->moved_at, call_now(call));
	CLEANUP(mem_free) char *change = mem_printf("%+lld", (long long)move->change);
	CLEANUP(mem_free) char *name = NULL;
	struct resident resident = { 0 };

	if (move->resident) {
		TRY(resident_get(call->db, move->resident, &resident, err));
		TRY(who_name(call->db, move->resident, call->is_staff, &name, err));
	}
	table_instant(call->table, move->moved_at, when);
	table_number(call->table, move->change, change);
	table_number(call->table, move->stock, NULL);
	table_id(call->table, resident.number);
	table_text(call->table, name);
	return 0;
}

static int list_moves(struct call *call, struct err *err)
{
	CLEANUP(stock_move_list_finish) struct stock_move_list page = { 0 };
	int64_t title;

	int r = title_by_name(call->db, call_operand(call, 0), &title, err);
	if (r <= 0)
		return r < 0 ? r : err_set(err, ERR_NOT_FOUND, REASON(TITLE_UNKNOWN));
	do {
		struct stock_move_list next = { 0 };
		const struct stock_move *last = page.count ? &page.rows[page.count - 1] : NULL;
		TRY(stock_moves(call->db, title, last, PAGE, &next, err));
		stock_move_list_finish(&page);
		page = next;
		for (int i = 0; i < page.count; i++)
			TRY(add_move(call, &page.rows[i], err));
	} while (page.count == PAGE);
	return 0;
}

const struct verb stock_verbs[] = {
	{
		.name = "stock list",
		.operands = { { OPERAND_TEXT, .word = N_("TITLE") } },
		.help = N_("List what was handed out and filled up of a consumable, the latest"
			   " first"),
		.takes = VERB_JSON | VERB_NAMES,
		.columns = COLUMNS(columns),
		.run = list_moves,
	},
	{ 0 },
};

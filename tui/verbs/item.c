/* item add|list|show */
#include <assert.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/catalogue/category.h"
#include "core/items/catalogue/item.h"
#include "core/items/catalogue/title.h"
#include "core/items/lending/item_look.h"
#include "core/words.h"
#include "core/words_items.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

#define PAGE       200
#define COPIES_MAX 200

static const struct table_column columns[] = {
	{ "number", N_("Number"), true },
	{ "code", NULL, false },
	{ "title", N_("Title"), false },
	{ "category", N_("Category"), false },
	{ "shelf", N_("Shelf"), false },
	{ "status", N_("Status"), false },
	{ "is_out", NULL, false },
	{ "due_at", N_("Out until"), false },
	{ "safety", NULL, false },
	{ "zone", NULL, false },
	{ "kit", NULL, false },
	{ "expires_on", NULL, false },
	{ "inspected_until_on", NULL, false },
	{ "value_points", NULL, false },
	{ "value_fen", NULL, false },
	{ "deposit", NULL, false },
	{ "short_days", NULL, false },
	{ "needs_approval", NULL, false },
	{ "is_onsite", NULL, false },
	{ "stock", NULL, false },
	{ "source", NULL, false },
	{ "project", NULL, false },
	{ "cost_fen", NULL, false },
};
/* The same with all heads: `show` has room. */
static const struct table_column show_columns[] = {
	{ "number", N_("Number"), false },
	{ "code", NC_("label", "Code"), false },
	{ "title", N_("Title"), false },
	{ "category", N_("Category"), false },
	{ "shelf", N_("Shelf"), false },
	{ "status", N_("Status"), false },
	{ "is_out", NULL, false },
	{ "due_at", N_("Out until"), false },
	{ "safety", N_("Safety"), false },
	{ "zone", N_("Zone"), false },
	{ "kit", N_("In the kit"), false },
	{ "expires_on", N_("Good until"), false },
	{ "inspected_until_on", N_("Inspected until"), false },
	{ "value_points", N_("Value in points"), false },
	{ "value_fen", N_("Value in yuan"), false },
	{ "deposit", N_("Deposit in points"), false },
	{ "short_days", N_("In demand: days"), false },
	{ "needs_approval", N_("By a volunteer"), false },
	{ "is_onsite", N_("Used here"), false },
	{ "stock", N_("Stock"), false },
	{ "source", N_("Came by"), false },
	{ "project", N_("Project"), false },
	{ "cost_fen", N_("Cost in yuan"), false },
};
static_assert(ARRAY_LEN(show_columns) == ARRAY_LEN(columns), "the same cells");

static const char *text_or_none(const char *text)
{
	return *text ? text : NULL;
}

/* In fen for programs, in yuan for people. */
static void add_money(struct table *table, int64_t fen)
{
	CLEANUP(mem_free) char *yuan = money_text(fen);

	if (fen)
		table_number(table, fen, yuan);
	else
		table_id(table, 0);
}

/* An unset flag prints as an empty cell. */
static void add_flag(struct table *table, bool is_so)
{
	table_fact(table, is_so, is_so ? "✓" : "");
}

static void add_catalogue_cells(struct table *table, const struct item *item)
{
	const struct title_terms *terms = &item->terms;

	table_text(table, item->zone);
	table_id(table, item->kit_number);
	table_text(table, text_or_none(item->expires_on));
	table_text(table, text_or_none(item->inspected_until_on));
	table_id(table, terms->value_points);
	add_money(table, terms->value_fen);
	table_id(table, terms->deposit);
	table_id(table, terms->short_days);
	add_flag(table, terms->needs_approval);
	add_flag(table, terms->is_onsite);
	if (terms->is_consumable)
		table_number(table, item->stock, NULL);
	else
		table_id(table, 0);
	table_word(table, text_or_none(item_source_name(item->source)),
		item->source ? words_item_source(item->source) : NULL);
	table_text(table, text_or_none(item->project));
	add_money(table, item->cost_fen);
}

static void add_item_row(struct table *table, const struct item *item, int64_t now)
{
	char number[ITEM_NUMBER_SIZE], code[CODE_TEXT_MAX];
	CLEANUP(mem_free) char *due = words_instant(item->loan_due_at, now);

	item_number_format(item->number, number);
	code_write_id(CODE_ITEM, item->id, code);
	table_number(table, item->number, number);
	table_text(table, code);
	table_text(table, item->name);
	table_word(table, item->category_code, item->category_name);
	table_text(table, item->shelf);
	table_word(table, item_status_name(item->status), words_item_condition(item));
	table_fact(table, item->loan != 0, NULL);
	table_instant(table, item->loan ? item->loan_due_at : 0, due);
	table_text(table, item->safety);
	add_catalogue_cells(table, item);
}

/* The list of assets (固定资产): what a project paid for, where it is and its condition. */
static const struct table_column asset_columns[] = {
	{ "number", N_("Number"), true },
	{ "code", NULL, false },
	{ "title", N_("Title"), false },
	{ "project", N_("Project"), false },
	{ "cost_fen", N_("Cost in yuan"), true },
	{ "zone", N_("Zone"), false },
	{ "shelf", N_("Shelf"), false },
	{ "status", N_("Status"), false },
	{ "is_out", NULL, false },
	{ "added_at", N_("Since"), false },
};

static void add_asset_row(struct table *table, const struct item *item, int64_t now)
{
	char number[ITEM_NUMBER_SIZE], code[CODE_TEXT_MAX], on[11];

	item_number_format(item->number, number);
	code_write_id(CODE_ITEM, item->id, code);
	day_format(when_day(item->added_at), on);
	table_number(table, item->number, number);
	table_text(table, code);
	table_text(table, item->name);
	table_text(table, text_or_none(item->project));
	add_money(table, item->cost_fen);
	table_text(table, item->zone);
	table_text(table, item->shelf);
	table_word(table, item_status_name(item->status), words_item_condition(item));
	table_fact(table, item->loan != 0, NULL);
	table_instant(table, item->added_at, on);
}

/* ---- list, show ---- */

typedef void (*row_function)(struct table *, const struct item *, int64_t now);

static int add_found(
	struct call *call, const struct item_filter *all, row_function add_row, struct err *err)
{
	struct item_filter filter = *all;
	CLEANUP(item_list_finish) struct item_list page = { 0 };

	for (;;) {
		struct item_list next = { 0 };
		TRY(item_find(call->db, &filter, &next, err));
		item_list_finish(&page);
		page = next;
		for (int i = 0; i < page.count; i++)
			add_row(call->table, &page.rows[i], call_now(call));
		if (page.count < filter.limit)
			return 0;
		filter.after = &page.rows[page.count - 1];
	}
}

static int add_to_look_at(struct call *call, struct err *err)
{
	int64_t after = 0;
	int count;

	do {
		CLEANUP(item_list_finish) struct item_list page = { 0 };
		TRY(items_to_look_at(call->db, after, PAGE, &page, err));
		for (int i = 0; i < page.count; i++)
			add_item_row(call->table, &page.rows[i], call_now(call));
		count = page.count;
		after = count ? page.rows[count - 1].number : 0;
	} while (count == PAGE);
	return 0;
}

static int list_items(struct call *call, struct err *err)
{
	if (call_has(call, "check"))
		return add_to_look_at(call, err);
	const struct item_filter filter = {
		.words = call_count(call) ? call_operand(call, 0) : NULL,
		.where = call_has(call, "out")     ? ITEM_OUT
			 : call_has(call, "shelf") ? ITEM_ON_SHELF
						   : ITEM_ANYWHERE,
		.category = call_option_id(call, "category", 0),
		.is_asset = call_has(call, "assets"),
		.with_retired = call_has(call, "all"),
		.limit = PAGE,
	};

	if (filter.is_asset)
		call_table(call, asset_columns, ARRAY_LEN(asset_columns));
	return add_found(call, &filter, filter.is_asset ? add_asset_row : add_item_row, err);
}

static int show_item(struct call *call, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };

	TRY(item_get(call->db, call_id(call, 0), &item, err));
	add_item_row(call->table, &item, call_now(call));
	return 0;
}

/* ---- add ---- */

/* The title that this is one more copy of: by ISBN, else the one with exactly this name. 1 or 0. */
static int find_title(struct db *db, const char *name, int64_t isbn, int64_t *ret, struct err *err)
{
	CLEANUP(title_finish) struct title book = { 0 };

	if (isbn) {
		int r = title_by_isbn(db, isbn, &book, err);
		*ret = book.id;
		return r == ERR_NOT_FOUND ? 0 : r < 0 ? r : 1;
	}
	return title_by_name(db, name, ret, err);
}

static int read_isbn(const char *text, int64_t *ret, struct err *err)
{
	struct code code = text ? code_read(text, strlen(text), NULL) : (struct code){ 0 };

	*ret = 0;
	if (!text)
		return 0;
	if (code.type != CODE_ISBN)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "isbn"));
	*ret = code.id;
	return 0;
}

/* A new title, in --category. */
static int add_title(struct call *call, int64_t isbn, int64_t *ret, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };
	const char *code = call_option(call, "category");

	if (!code)
		return call_usage(call, _("a new title needs --category CODE"));
	TRY(category_by_code(call->db, code, &category, err));
	const struct title_draft draft = {
		.name = call_operand(call, 0),
		.category = category.id,
		.isbn = isbn,
		.safety = call_option(call, "safety"),
	};
	call_key(call, 0);
	return title_add(call->db, &call->act, &draft, ret, err);
}

static int add_copies(struct call *call, int64_t title, struct err *err)
{
	const struct item_draft draft = {
		.title = title,
		.shelf = call_option(call, "shelf"),
		.zone = call_option(call, "zone"),
		.expires_on = call_option(call, "expires"),
	};

	int copies = (int)call_option_number(call, "copies", 1);

	for (int i = 0; i < copies; i++) {
		CLEANUP(item_finish) struct item item = { 0 };
		int64_t id;
		call_key(call, 1 + i);
		TRY(item_add(call->db, &call->act, &draft, &id, err));
		TRY(item_get(call->db, id, &item, err));
		add_item_row(call->table, &item, call_now(call));
	}
	return 0;
}

/* The title and its copies, or nothing. */
static int add_whole(struct call *call, int64_t isbn, struct err *err)
{
	CLEANUP(txn_end) struct txn txn = TXN_INIT;
	int64_t title = 0;

	TRY(txn_begin(&txn, call->db, err));
	int r = find_title(call->db, call_operand(call, 0), isbn, &title, err);
	if (r < 0)
		return r;
	r = r == 0 ? add_title(call, isbn, &title, err) : 0;
	if (r != 0)
		return r;
	TRY(add_copies(call, title, err));
	return txn_commit(&txn, err);
}

static int add_item(struct call *call, struct err *err)
{
	int64_t isbn;

	TRY(read_isbn(call_option(call, "isbn"), &isbn, err));
	return add_whole(call, isbn, err);
}

/* ---- rows ---- */

static const struct verb_option add_options[] = {
	{ "category", { OPERAND_TEXT, .word = N_("CODE") }, N_("Category of a new title") },
	{ "isbn", { OPERAND_TEXT, .word = N_("ISBN") }, N_("Of a book") },
	{ "shelf", { OPERAND_TEXT }, N_("Where it belongs") },
	{ "zone", { OPERAND_TEXT }, N_("The room or corner that the shelf is in") },
	{ "expires", { OPERAND_TEXT, .word = N_("DAY") },
		N_("The last day that what is in it is good") },
	{ "safety", { OPERAND_TEXT }, N_("One line shown before lending and on the receipt") },
	{ "copies", { OPERAND_NUMBER, .word = N_("N"), .min = 1, .max = COPIES_MAX },
		N_("So many single items, each with its label") },
	{ 0 },
};
static const struct verb_option list_options[] = {
	{ "category", { OPERAND_CATEGORY, .word = N_("CODE") },
		N_("Only this category and those below it") },
	{ "out", NO_VALUE, N_("Only what is out") },
	{ "shelf", NO_VALUE, N_("Only what is on the shelf") },
	{ "all", NO_VALUE, N_("Also what is retired") },
	{ "check", NO_VALUE, N_("Only what waits for a volunteer to look at it") },
	{ "assets", NO_VALUE, N_("What a project paid for, with its cost") },
	{ 0 },
};

const struct verb item_verbs[] = {
	{
		.name = "item add",
		.operands = { { OPERAND_TEXT, .word = N_("TITLE") } },
		.help = N_("Add an item: of a title that is there, or of a new one"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = add_options,
		.columns = COLUMNS(columns),
		.run = add_item,
	},
	{
		.name = "item list",
		.operands = { { OPERAND_TEXT, TIMES_MAYBE, .word = NC_("search", "WORDS") } },
		.help = N_("List items: by title, pinyin or number"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.options = list_options,
		.run = list_items,
	},
	{
		.name = "item show",
		.operands = { { OPERAND_ITEM } },
		.help = N_("Show an item"),
		.takes = VERB_JSON,
		.columns = COLUMNS(show_columns),
		.is_record = true,
		.run = show_item,
	},
	{ 0 },
};

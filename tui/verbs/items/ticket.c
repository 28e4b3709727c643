/* ticket open|list|close|retire: repairs */
#include "core/items/upkeep/ticket.h"
#include "core/items/catalogue/item.h"

#include "core/base/mem.h"
#include "core/items/reasons.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

#define PAGE 200

static const struct table_column columns[] = {
	{ "number", N_("Ticket"), true },
	{ "item", N_("Item no."), true },
	{ "title", N_("Title"), false },
	{ "zone", NULL, false },
	{ "shelf", NULL, false },
	{ "words", N_("What is wrong"), false },
	{ "opened_at", N_("Since"), false },
	{ "closed_at", N_("Closed"), false },
	{ "done", N_("What was done"), false },
	{ "is_retired", NULL, false },
};

static void add_ticket(struct db *db, struct table *table, const struct ticket *ticket)
{
	struct day today = db_today(db);
	CLEANUP(mem_free) char *opened = words_date(when_day(ticket->opened_at), today);
	CLEANUP(mem_free) char *closed = words_date(when_day(ticket->closed_at), today);
	char number[ITEM_NUMBER_SIZE];

	item_number_format(ticket->item_number, number);
	table_number(table, ticket->number, NULL);
	table_number(table, ticket->item_number, number);
	table_text(table, ticket->name);
	table_text(table, ticket->zone);
	table_text(table, ticket->shelf);
	table_text(table, ticket->words);
	table_instant(table, ticket->opened_at, opened);
	table_instant(table, ticket->closed_at, closed);
	table_text(table, ticket->done);
	table_fact(table, ticket->is_retired, NULL);
}

static int add_pages(struct table *table, struct db *db, int64_t item, struct err *err)
{
	int64_t after = 0;
	int count;

	do {
		CLEANUP(ticket_list_finish) struct ticket_list page = { 0 };
		TRY(item ? tickets_of_item(db, item, after, PAGE, &page, err)
			 : tickets_open(db, after, PAGE, &page, err));
		for (int i = 0; i < page.count; i++)
			add_ticket(db, table, &page.rows[i]);
		count = page.count;
		after = count ? page.rows[count - 1].id : 0;
	} while (count == PAGE);
	return 0;
}

static int list_tickets(struct call *call, struct err *err)
{
	return add_pages(call->table, call->db, call_id(call, 0), err);
}

/* ---- acts ---- */

static int tell(struct call *call, int64_t id, struct err *err)
{
	CLEANUP(ticket_finish) struct ticket ticket = { 0 };

	TRY(ticket_get(call->db, id, &ticket, err));
	add_ticket(call->db, call->table, &ticket);
	return 0;
}

static int open_one(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *words = call_rest(call, 1);
	const struct ticket_draft draft = { .item = call_id(call, 0), .words = words };
	int64_t id;

	TRY(ticket_open(call->db, &call->act, &draft, &id, err));
	return tell(call, id, err);
}

/* The open ticket of the item that the first operand names. */
static int find_open(struct call *call, int64_t *ret_id, struct err *err)
{
	CLEANUP(ticket_finish) struct ticket ticket = { 0 };

	int r = ticket_of_item(call->db, call_id(call, 0), &ticket, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(TICKET_UNKNOWN));
	*ret_id = ticket.id;
	return 0;
}

static int close_one(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *done = call_rest(call, 1);
	int64_t id;

	TRY(find_open(call, &id, err));
	TRY(ticket_close(call->db, &call->act, id, done, err));
	return tell(call, id, err);
}

static int retire_one(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *done = call_rest(call, 2);
	enum retire_cause cause;
	int64_t id;

	TRY(retire_cause_parse(call_operand(call, 1), &cause, err));
	TRY(find_open(call, &id, err));
	TRY(ticket_retire(call->db, &call->act, id, done, cause, err));
	return tell(call, id, err);
}

const struct verb ticket_verbs[] = {
	{
		.name = "ticket open",
		.operands = { { OPERAND_ITEM },
			{ OPERAND_TEXT, TIMES_MANY, .word = NC_("note", "WORDS") } },
		.help = N_("A thing is broken: it goes to repair, with what is wrong"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.run = open_one,
	},
	{
		.name = "ticket list",
		.operands = { { OPERAND_ITEM, TIMES_MAYBE } },
		.help = N_("List repairs that wait, or all of one thing"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.run = list_tickets,
	},
	{
		.name = "ticket close",
		.operands = { { OPERAND_ITEM },
			{ OPERAND_TEXT, TIMES_MANY, .word = NC_("note", "WORDS") } },
		.help = N_("It is repaired and in use again; WORDS say what was done"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.run = close_one,
	},
	{
		.name = "ticket retire",
		.operands = { { OPERAND_ITEM }, { OPERAND_TEXT, .word = N_("CAUSE") },
			{ OPERAND_TEXT, TIMES_MANY, .word = NC_("note", "WORDS") } },
		.help = N_("It is not worth a repair: CAUSE is worn_out or lost"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.run = retire_one,
	},
	{ 0 },
};

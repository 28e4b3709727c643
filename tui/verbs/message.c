/* message add|list|read: what the counter tells a resident at the next visit */
#include "core/people/message.h"

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/people/resident.h"
#include "core/points/notice.h"
#include "core/words_message.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

static const struct table_column columns[] = {
	{ "number", N_("Message"), true },
	{ "written_at", N_("Day"), false },
	{ "words", N_("Words"), false },
};

struct unread {
	struct message *rows;
	int count;
};

static void unread_finish(struct unread *unread)
{
	messages_finish(unread->rows, unread->count);
}

/* Private words, so staff alone read them. */
static int list_messages(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(unread_finish) struct unread unread = { 0 };
	struct act act;
	struct db *db;
	int64_t resident;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(named_resident(db, call_operand(call, 0), &resident, err));
	TRY(r = notice_unread(db, resident, &unread.rows, err));
	unread.count = r;
	for (int i = 0; i < unread.count; i++) {
		const struct message *message = &unread.rows[i];
		CLEANUP(mem_free) char *words = words_message(message, call_now(call));
		char on[11];
		day_format(when_day(message->written_at), on);
		table_number(table, message->id, NULL);
		table_instant(table, message->written_at, on);
		table_text(table, words);
	}
	table_print(table, call_is_json(call));
	return 0;
}

static int add(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *words = call_rest(call, 1);
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	struct act act;
	struct db *db;
	int64_t resident, id;
	char on[11];

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(named_resident(db, call_operand(call, 0), &resident, err));
	act.resident = resident;
	TRY(message_add(db, &act, resident, words, &id, err));
	day_format(db_today(db), on);
	table_number(table, id, NULL);
	table_instant(table, call_now(call), on);
	table_text(table, words);
	table_print(table, call_is_json(call));
	return 0;
}

static int read_one(struct call *call, struct err *err)
{
	long long number;
	struct act act;
	struct db *db;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(text_integer(call_operand(call, 0), "number", 1, CODE_ID_MAX, &number, err));
	return message_read(db, &act, number, err);
}

const struct verb message_verbs[] = {
	{
		.name = "message add",
		.usage = N_("CARD WORDS…"),
		.help = N_("Leave a resident a message for the next visit"),
		.min = 2,
		.max = -1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = add,
	},
	{
		.name = "message list",
		.usage = N_("CARD"),
		.help = N_("List what a resident has not read yet; for staff"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF,
		.run = list_messages,
	},
	{
		.name = "message read",
		.usage = N_("MESSAGE"),
		.help = N_("A message has been passed on: it is not shown again"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.run = read_one,
	},
	{ 0 },
};

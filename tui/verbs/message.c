/* message add|list|read: what the counter tells a resident at the next visit */
#include "core/people/message.h"

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/people/resident.h"
#include "core/points/notice.h"
#include "core/words_message.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

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

/* Private text, so only staff read it. */
static int list_messages(struct call *call, struct err *err)
{
	CLEANUP(unread_finish) struct unread unread = { 0 };

	unread.count = notice_unread(call->db, call_id(call, 0), &unread.rows, err);
	if (unread.count < 0)
		return unread.count;
	for (int i = 0; i < unread.count; i++) {
		const struct message *message = &unread.rows[i];
		CLEANUP(mem_free) char *words = words_message(message, call_now(call));
		char on[11];
		day_format(when_day(message->written_at), on);
		table_number(call->table, message->id, NULL);
		table_instant(call->table, message->written_at, on);
		table_text(call->table, words);
	}
	return 0;
}

static int add(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *words = call_rest(call, 1);
	int64_t resident = call_id(call, 0), id;
	char on[11];

	call->act.resident = resident;
	TRY(message_add(call->db, &call->act, resident, words, &id, err));
	day_format(db_today(call->db), on);
	table_number(call->table, id, NULL);
	table_instant(call->table, call_now(call), on);
	table_text(call->table, words);
	return 0;
}

static int read_one(struct call *call, struct err *err)
{
	return message_read(call->db, &call->act, call_number(call, 0), err);
}

const struct verb message_verbs[] = {
	{
		.name = "message add",
		.operands = { { OPERAND_CARD },
			{ OPERAND_TEXT, TIMES_MANY, .word = NC_("note", "WORDS") } },
		.help = N_("Leave a resident a message for the next visit"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.run = add,
	},
	{
		.name = "message list",
		.operands = { { OPERAND_CARD } },
		.help = N_("List what a resident has not read yet; for staff"),
		.takes = VERB_JSON | VERB_ACT,
		.columns = COLUMNS(columns),
		.run = list_messages,
	},
	{
		.name = "message read",
		.operands = { { OPERAND_NUMBER, .word = N_("MESSAGE"), .min = 1,
			.max = CODE_ID_MAX } },
		.help = N_("A message has been passed on: it is not shown again"),
		.takes = VERB_ACT | VERB_KEY,
		.run = read_one,
	},
	{ 0 },
};

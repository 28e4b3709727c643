/* queue [retry|cancel|answer]: the print outbox. */
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/base/text.h"
#include "core/print/outbox.h"
#include "core/words.h"
#include "core/words_paper.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/table.h"

#define LATEST 50

static const struct table_column columns[] = {
	{ "number", N_("Paper"), true },
	{ "purpose", N_("Printer"), false },
	{ "title", N_("What"), false },
	{ "status", N_("Status"), false },
	{ "problem", N_("Wants"), false },
	{ "attempt", NULL, true },
	{ "loan", NULL, true },
	{ "is_reprint", N_("Copy"), false },
	{ "queued_at", N_("Since"), false },
};

static const char *const states[] = {
	[OUTBOX_QUEUED] = N_("waiting"),
	[OUTBOX_SUBMITTING] = N_("handing over"),
	[OUTBOX_CREATED] = N_("handing over"),
	[OUTBOX_SENT] = N_("printing"),
	[OUTBOX_DONE] = N_("printed"),
	[OUTBOX_ASK] = N_("look at the printer"),
	[OUTBOX_FAILED] = N_("failed"),
	[OUTBOX_CANCELLED] = N_("cancelled"),
};
_Static_assert(ARRAY_LEN(states) == OUTBOX_STATE_COUNT, "words for each state");

static void add_paper(struct table *table, const struct outbox_row *row, int64_t now)
{
	bool has_problem = row->problem.code != REASON_NONE;
	CLEANUP(mem_free) char *problem = has_problem ? words_reason(&row->problem, now) : NULL;
	CLEANUP(mem_free) char *since = words_instant(row->queued_at, now);

	table_number(table, row->id, NULL);
	table_word(table, print_purpose_names[row->purpose], words_paper_printer(row->purpose));
	table_word(table, row->title, words_paper(row->title));
	table_word(table, outbox_state_names[row->state], _(states[row->state]));
	table_word(table, has_problem ? reason_name(row->problem.code) : NULL, problem);
	table_number(table, row->attempt, NULL);
	table_id(table, row->loan);
	table_fact(table, row->is_reprint, NULL);
	table_instant(table, row->queued_at, since);
}

static int list_queue(struct call *call, struct err *err)
{
	CLEANUP(outbox_list_finish) struct outbox_list list = { 0 };

	TRY(call_has(call, "all") ? outbox_latest(call->db, LATEST, &list, err)
				  : outbox_live(call->db, &list, err));
	for (int i = 0; i < list.count; i++)
		add_paper(call->table, &list.rows[i], call_now(call));
	return 0;
}

/* All that wait, one after the other. */
static int print_waiting(struct call *call, struct err *err)
{
	CLEANUP(outbox_list_finish) struct outbox_list list = { 0 };
	int worst = 0;

	TRY(outbox_live(call->db, &list, err));
	for (int i = 0; i < list.count; i++) {
		if (list.rows[i].state == OUTBOX_ASK || list.rows[i].state == OUTBOX_FAILED)
			continue;
		int r = deliver_queued(call, list.rows[i].id, err);
		if (r < 0)
			return r;
		worst = r > worst ? r : worst;
	}
	return worst;
}

/* One that failed or asks is queued again and marked as a second copy. */
static int retry(struct call *call, struct err *err)
{
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	int64_t paper = call_number(call, 0);

	if (call_count(call) == 0)
		return print_waiting(call, err);
	TRY(outbox_get(call->db, paper, &row, err));
	if (row.state == OUTBOX_ASK)
		TRY(outbox_answer(call->db, paper, false, err));
	else if (row.state == OUTBOX_FAILED || row.state == OUTBOX_DONE ||
		 row.state == OUTBOX_CANCELLED)
		TRY(outbox_reprint(call->db, paper, NULL, &paper, err));
	return deliver_queued(call, paper, err);
}

static void close_outbox(struct outbox **outbox)
{
	outbox_close(*outbox);
}

static int cancel(struct call *call, struct err *err)
{
	CLEANUP(close_outbox) struct outbox *outbox = NULL;
	const struct outbox_options options = {
		.config = &call_context(call)->config,
		.dir = call_context(call)->dir,
		.mark = "",
		.log_fd = -1,
	};

	outbox_open(call->db, &options, &outbox);
	return outbox_cancel(outbox, call_number(call, 0), err);
}

enum answer { ANSWER_PRINTED, ANSWER_LOST };
static const char *const answers[] = { [ANSWER_PRINTED] = "printed", [ANSWER_LOST] = "lost", NULL };

static int answer(struct call *call, struct err *err)
{
	bool is_printed = call_number(call, 1) == ANSWER_PRINTED;
	int64_t paper = call_number(call, 0);

	TRY(outbox_answer(call->db, paper, is_printed, err));
	return is_printed ? 0 : deliver_queued(call, paper, err);
}

static const struct verb_option options[] = {
	{ "all", NO_VALUE, N_("Also what is printed or cancelled, the latest 50") },
	{ 0 },
};

const struct verb queue_verbs[] = {
	{
		.name = "queue",
		.help = N_("List the papers on their way to printers"),
		.takes = VERB_JSON,
		.options = options,
		.columns = COLUMNS(columns),
		.run = list_queue,
	},
	{
		.name = "queue retry",
		.operands = { { OPERAND_NUMBER, TIMES_MAYBE, .word = N_("PAPER") } },
		.help = N_("Print a paper again, or all that waits"),
		.run = retry,
	},
	{
		.name = "queue cancel",
		.operands = { { OPERAND_NUMBER, .word = N_("PAPER") } },
		.help = N_("Take a paper out of the queue"),
		.run = cancel,
	},
	{
		.name = "queue answer",
		.operands = { { OPERAND_NUMBER, .word = N_("PAPER") },
			{ OPERAND_CHOICE, .key = "answer", .choices = answers } },
		.help = N_("Say what came out, for a paper that asks"),
		.run = answer,
	},
	{ 0 },
};

/* queue [retry|cancel|answer]: the print outbox. */
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/print/outbox.h"
#include "core/words.h"
#include "core/words_paper.h"
#include "tui/i18n.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

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
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(outbox_list_finish) struct outbox_list list = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(call_has(call, "all") ? outbox_latest(db, LATEST, &list, err)
				  : outbox_live(db, &list, err));
	for (int i = 0; i < list.count; i++)
		add_paper(table, &list.rows[i], call_now(call));
	table_print(table, call_is_json(call));
	return 0;
}

static int read_paper(struct call *call, struct db **ret_db, int64_t *ret_paper, struct err *err)
{
	long long paper;

	TRY(text_integer(call_operand(call, 0), "number", 1, 999999999, &paper, err));
	TRY(call_db(call, ret_db, err));
	*ret_paper = paper;
	return 0;
}

/* All that waits, one after the other. */
static int print_waiting(struct call *call, struct err *err)
{
	CLEANUP(outbox_list_finish) struct outbox_list list = { 0 };
	struct db *db;
	int worst = 0;

	TRY(call_db(call, &db, err));
	TRY(outbox_live(db, &list, err));
	for (int i = 0; i < list.count; i++) {
		if (list.rows[i].state == OUTBOX_ASK || list.rows[i].state == OUTBOX_FAILED)
			continue;
		int r = deliver_queued(call, db, list.rows[i].id, err);
		if (r < 0)
			return r;
		worst = r > worst ? r : worst;
	}
	return worst;
}

/* One that failed or asks is queued again and says that it is a second copy. */
static int retry(struct call *call, struct err *err)
{
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct db *db;
	int64_t paper;

	if (call_count(call) == 0)
		return print_waiting(call, err);
	TRY(read_paper(call, &db, &paper, err));
	TRY(outbox_get(db, paper, &row, err));
	if (row.state == OUTBOX_ASK)
		TRY(outbox_answer(db, paper, false, err));
	else if (row.state == OUTBOX_FAILED || row.state == OUTBOX_DONE ||
		 row.state == OUTBOX_CANCELLED)
		TRY(outbox_reprint(db, paper, NULL, &paper, err));
	return deliver_queued(call, db, paper, err);
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
	struct db *db;
	int64_t paper;

	TRY(read_paper(call, &db, &paper, err));
	outbox_open(db, &options, &outbox);
	return outbox_cancel(outbox, paper, err);
}

static int answer(struct call *call, struct err *err)
{
	const char *found = call_operand(call, 1);
	struct db *db;
	int64_t paper;

	if (strcmp(found, "printed") != 0 && strcmp(found, "lost") != 0)
		return call_usage(call, _("the answer is printed or lost, not %s"), found);
	TRY(read_paper(call, &db, &paper, err));
	TRY(outbox_answer(db, paper, strcmp(found, "printed") == 0, err));
	return strcmp(found, "lost") == 0 ? deliver_queued(call, db, paper, err) : 0;
}

static const struct verb_option options[] = {
	{ "all", NULL, N_("Also what is printed or cancelled, the latest 50") },
	{ 0 },
};

const struct verb queue_verbs[] = {
	{
		.name = "queue",
		.usage = "",
		.help = N_("List the papers on their way to printers"),
		.takes = VERB_JSON,
		.options = options,
		.run = list_queue,
	},
	{
		.name = "queue retry",
		.usage = N_("[PAPER]"),
		.help = N_("Print a paper again, or all that waits"),
		.max = 1,
		.run = retry,
	},
	{
		.name = "queue cancel",
		.usage = N_("PAPER"),
		.help = N_("Take a paper out of the queue"),
		.min = 1,
		.max = 1,
		.run = cancel,
	},
	{
		.name = "queue answer",
		.usage = N_("PAPER printed|lost"),
		.help = N_("Say what came out, for a paper that asks"),
		.min = 2,
		.max = 2,
		.run = answer,
	},
	{ 0 },
};

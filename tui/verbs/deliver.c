#include "tui/verbs/deliver.h"

#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/print/outbox.h"
#include "core/words_paper.h"
#include "tui/i18n.h"
#include "tui/verbs/draw.h"

/* How long to wait for a printer that needs paper; then the paper stays in the queue. */
#define PRINT_MS 60000

static const char *const states[] = {
	[OUTBOX_QUEUED] = N_("waits for its printer"),
	[OUTBOX_SUBMITTING] = N_("is being handed over"),
	[OUTBOX_CREATED] = N_("is being handed over"),
	[OUTBOX_SENT] = N_("is being printed"),
	[OUTBOX_DONE] = N_("is printed"),
	[OUTBOX_ASK] =
		N_("may have come out: look at the printer, then answer with jiaplus queue answer"),
	[OUTBOX_FAILED] = N_("could not be printed: try again with jiaplus queue retry"),
	[OUTBOX_CANCELLED] = N_("is cancelled"),
};
_Static_assert(ARRAY_LEN(states) == OUTBOX_STATE_COUNT, "words for each state");

struct letterhead deliver_letterhead(struct call *call)
{
	const struct config *config = &call_context(call)->config;

	return (struct letterhead){ .language = config->language, .logo = config->logo };
}

int deliver_to_file(struct call *call, const struct sheet *sheet, const char *to, struct err *err)
{
	CLEANUP(drawer_closep) struct drawer *drawer = NULL;
	enum paper_format format;

	TRY(drawer_format(to, &format, err));
	TRY(drawer_open(&drawer, err));
	drawer_send(drawer, sheet, format, to);
	return drawer_finish(drawer, err);
}

static void close_outbox(struct outbox **outbox)
{
	outbox_close(*outbox);
}

static int tell(struct call *call, int64_t paper, enum outbox_state state, struct err *err)
{
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };

	TRY(outbox_get(call->db, paper, &row, err));
	/* Number of a paper, its name, then what became of it. */
	printf(_("paper %lld (%s) %s\n"), (long long)paper, words_paper(row.title),
		_(states[state]));
	if (state == OUTBOX_DONE)
		return 0;
	if (row.problem.code != REASON_NONE) {
		struct err problem = { 0 };
		err_set(&problem, ERR_DEVICE, row.problem);
		call_complain(call, words_paper(row.title), &problem);
	}
	return state == OUTBOX_QUEUED && row.problem.code == REASON_NONE ? 0 : EXIT_DEVICE;
}

int deliver_queued(struct call *call, int64_t paper, struct err *err)
{
	CLEANUP(close_outbox) struct outbox *outbox = NULL;
	const struct context *context = call_context(call);
	const struct outbox_options options = {
		.config = &context->config,
		.dir = context->dir,
		.mark = _("Second copy"),
		.log_fd = -1,
	};
	enum outbox_state state;

	outbox_open(call->db, &options, &outbox);
	TRY(outbox_drain(outbox, paper, PRINT_MS, &state, err));
	return tell(call, paper, state, err);
}

int deliver_sheet(
	struct call *call, enum print_purpose purpose, const struct sheet *sheet, struct err *err)
{
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	const struct outbox_paper paper = {
		.purpose = purpose,
		.title = sheet_title(sheet),
		.sheet = text,
	};
	int64_t id;

	if (call_has(call, "to"))
		return deliver_to_file(call, sheet, call_option(call, "to"), err);
	TRY(outbox_add(call->db, &paper, &id, err));
	return deliver_queued(call, id, err);
}

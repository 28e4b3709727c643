/* Papers: what is on its way, what a printer wants, what came out. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/print/outbox.h"
#include "core/words.h"
#include "core/words_paper.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/house/screens.h"
#include "tui/widgets/wrap.h"

#define SETTLED_MAX 100 /* of the latest papers */

struct papers {
	struct list_page page;
	struct outbox_list all; /* those that wait, oldest first; then the latest that are over */
	int64_t marked;         /* the paper on which the mark stays */
};

/* ---- reading ---- */

static bool queue_is_live(const struct outbox_row *row)
{
	return row->state != OUTBOX_DONE && row->state != OUTBOX_CANCELLED;
}

/* Takes over the rows of `list` that are live, or those that are not. */
static void queue_take(struct outbox_list *all, struct outbox_list *list, bool wants_live)
{
	all->rows =
		mem_resize(all->rows, (size_t)(all->count + list->count + 1) * sizeof(*all->rows));
	for (int i = 0; i < list->count; i++) {
		if (queue_is_live(&list->rows[i]) == wants_live)
			all->rows[all->count++] = list->rows[i];
		else
			outbox_row_finish(&list->rows[i]);
	}
	free(list->rows);
}

static int queue_read(void *self, struct err *err)
{
	struct papers *papers = self;
	struct outbox_list live = OUTBOX_LIST_INIT, latest = OUTBOX_LIST_INIT;
	struct outbox_list *all = &papers->all;

	TRY(outbox_live(papers->page.kiosk->db, &live, err));
	int r = outbox_latest(papers->page.kiosk->db, SETTLED_MAX, &latest, err);
	queue_take(all, &live, true);
	queue_take(all, &latest, false);
	list_set_count(papers->page.list, all->count);
	for (int i = 0; i < all->count; i++)
		if (all->rows[i].id == papers->marked)
			list_select(papers->page.list, i);
	return r;
}

static void queue_forget(void *self)
{
	struct papers *papers = self;
	const struct outbox_row *row = list_page_row(papers);

	papers->marked = row ? row->id : 0;
	outbox_list_finish(&papers->all);
}

/* ---- words ---- */

static const struct {
	const char *mark;
	enum style style;
	const char *words;
} states[OUTBOX_STATE_COUNT] = {
	[OUTBOX_QUEUED] = { "·", STYLE_MARK, N_("waits") },
	[OUTBOX_SUBMITTING] = { "·", STYLE_MARK, N_("is being sent") },
	[OUTBOX_CREATED] = { "·", STYLE_MARK, N_("is being sent") },
	[OUTBOX_SENT] = { "·", STYLE_MARK, N_("is being printed") },
	[OUTBOX_DONE] = { "✓", STYLE_DONE, N_("printed") },
	[OUTBOX_ASK] = { "!", STYLE_NEEDED, N_("did it come out?") },
	[OUTBOX_FAILED] = { "✗", STYLE_REFUSED, N_("not printed") },
	[OUTBOX_CANCELLED] = { "✗", STYLE_QUIET, N_("cancelled") },
};

/* A paper at a printer that needs something is not being printed. */
static const char *queue_state_words(const struct outbox_row *row)
{
	bool is_held_up = row->state == OUTBOX_SENT && row->problem.code != REASON_NONE;

	return _(states[is_held_up ? OUTBOX_QUEUED : row->state].words);
}

static char *queue_title_of(const struct outbox_row *row)
{
	const char *words = words_paper(row->title);

	return row->is_reprint ? mem_printf(_("%s (again)"), words) : mem_text(words);
}

enum { COLUMN_WHEN, COLUMN_TITLE, COLUMN_PRINTER, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_WHEN] = { N_("When"), .min = 10, .max = 24, .is_whole = true },
	[COLUMN_TITLE] = { N_("What"), .min = 10 },
	[COLUMN_PRINTER] = { N_("Printer"), .min = 4, .max = 14 },
	[COLUMN_STATE] = { N_("State"), .min = 8, .max = 24 },
};

static void queue_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct papers *papers = self;
	const struct outbox_row *paper = row;

	ret->style = queue_is_live(paper) ? STYLE_PAPER : STYLE_QUIET;
	switch (column) {
	case COLUMN_WHEN:
		ret->text = words_instant(paper->queued_at, kiosk_now(papers->page.kiosk));
		break;
	case COLUMN_TITLE:
		ret->text = queue_title_of(paper);
		break;
	case COLUMN_PRINTER:
		ret->text = mem_text(words_paper_printer(paper->purpose));
		break;
	default:
		ret->text = mem_text(queue_state_words(paper));
		ret->style = states[paper->state].style == STYLE_NEEDED ? STYLE_STRONG : ret->style;
	}
}

static const char *queue_mark(const void *self, const void *row, enum style *ret_style)
{
	enum outbox_state state = ((const struct outbox_row *)row)->state;

	*ret_style = states[state].style;
	return states[state].mark;
}

static void queue_tick(struct app *app, void *self)
{
	(void)app;
	list_page_refresh(self);
}

/* ---- actions ---- */

/* What an act on a paper led to. */
static void queue_conclude(struct papers *papers, int r, const struct err *err, const char *done)
{
	list_page_conclude(papers, r, err, done, NULL);
	papers_go(papers->page.kiosk);
}

static bool queue_is_failed(struct app *app, void *self)
{
	const struct outbox_row *row = list_page_row(self);

	return clerk_is_on(app, self) && row && row->state == OUTBOX_FAILED && row->has_sheet;
}

/* Waiting for a printer that somebody has attended to: now rather than later. */
static bool queue_is_waiting(struct app *app, void *self)
{
	const struct outbox_row *row = list_page_row(self);

	return clerk_is_on(app, self) && row && row->state == OUTBOX_QUEUED;
}

static bool queue_is_asked(struct app *app, void *self)
{
	const struct outbox_row *row = list_page_row(self);

	return clerk_is_on(app, self) && row && row->state == OUTBOX_ASK;
}

static bool queue_is_done(struct app *app, void *self)
{
	const struct outbox_row *row = list_page_row(self);

	return clerk_is_on(app, self) && row && !queue_is_live(row) && row->has_sheet;
}

static bool queue_can_cancel(struct app *app, void *self)
{
	const struct outbox_row *row = list_page_row(self);

	return clerk_is_on(app, self) && row && queue_is_live(row);
}

static void queue_hurry(struct app *app, void *self)
{
	papers_go(kiosk_of(app));
	clerk_tell_done(app, _("Trying again"), NULL);
}

/* A failed one is given up in favour of a copy of it. */
static int queue_print_anew(struct kiosk *kiosk, int64_t id, struct err *err)
{
	TRY(outbox_reprint(kiosk->db, id, NULL, NULL, err));
	return outbox_cancel(kiosk->outbox, id, err);
}

static void queue_retry(struct app *app, void *self)
{
	const struct outbox_row *row = list_page_row(self);
	struct err err = { 0 };

	int r = queue_print_anew(kiosk_of(app), row->id, &err);
	queue_conclude(self, r, &err, _("Trying again"));
}

static void queue_reprint(struct app *app, void *self)
{
	const struct outbox_row *row = list_page_row(self);
	struct err err = { 0 };

	int r = outbox_reprint(kiosk_of(app)->db, row->id, NULL, NULL, &err);
	queue_conclude(self, r, &err, _("Another copy is being printed"));
}

static void queue_cancel(struct app *app, void *self)
{
	const struct outbox_row *row = list_page_row(self);
	struct err err = { 0 };

	int r = outbox_cancel(kiosk_of(app)->outbox, row->id, &err);
	queue_conclude(self, r, &err, _("It is not printed any more"));
}

static void queue_answer(struct papers *papers, bool is_printed)
{
	const struct outbox_row *row = list_page_row(papers);
	struct err err = { 0 };
	int r = outbox_answer(papers->page.kiosk->db, row->id, is_printed, &err);

	queue_conclude(papers, r, &err, is_printed ? _("Good") : _("It is printed again"));
}

static void queue_came_out(struct app *app, void *self)
{
	(void)app;
	queue_answer(self, true);
}

static void queue_did_not(struct app *app, void *self)
{
	(void)app;
	queue_answer(self, false);
}

static const struct action queue_actions[] = {
	{ '1', N_("It came out"), N_("The paper was there: it is done."), queue_came_out,
		queue_is_asked, .place = ACTION_TILE },
	{ '2', N_("It did not"), N_("Prints it again, marked as a second copy."), queue_did_not,
		queue_is_asked, .place = ACTION_TILE },
	{ '3', N_("Try again"), N_("Prints a paper again that failed."), queue_retry,
		queue_is_failed, .place = ACTION_TILE },
	{ '3', N_("Try now"), N_("Does not wait for the next try."), queue_hurry, queue_is_waiting,
		.place = ACTION_TILE },
	{ '4', N_("Print again"), N_("Prints another copy, which says that it is one."),
		queue_reprint, queue_is_done, .place = ACTION_TILE },
	{ '5', N_("Cancel"), N_("Wants no more of this paper."), queue_cancel, queue_can_cancel,
		.place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* One line for each printer that needs something; one for all when none does. */
static int queue_draw_printers(const struct papers *papers, struct rect area)
{
	int row = 0;

	for (int i = 0; i < PURPOSE_COUNT; i++) {
		struct reason problem;
		if (!outbox_problem(papers->page.kiosk->outbox, (enum print_purpose)i, &problem))
			continue;
		CLEANUP(mem_free)
		char *words = words_reason_line(&problem, kiosk_now(papers->page.kiosk));
		struct rect line = area;
		rect_cut_top(&line, row);
		draw_text(line, 0, 0, STYLE_NEEDED, " ! ");
		rect_cut_left(&line, draw_text(line, 0, 4, STYLE_STRONG,
					     words_paper_printer((enum print_purpose)i)) +
					     2);
		row += wrap_draw(line, 0, STYLE_PAPER, words);
	}
	if (!row)
		draw_text(area, row++, 0, STYLE_QUIET, _("All printers are ready."));
	return row;
}

/* What holds up the marked paper, unless its printer says so above. */
static void queue_draw_problem(const struct papers *papers, struct rect *area)
{
	const struct outbox_row *row = list_page_row(papers);
	struct reason said = { 0 };

	if (!row || row->problem.code == REASON_NONE || !queue_is_live(row))
		return;
	outbox_problem(papers->page.kiosk->outbox, row->purpose, &said);
	if (said.code == row->problem.code)
		return;
	CLEANUP(mem_free)
	char *words = words_reason_line(&row->problem, kiosk_now(papers->page.kiosk));
	const char *technical = words_technical(&row->problem);
	CLEANUP(mem_free) char *apart = mem_printf(_("for a technician: %s"), technical);
	int rows = wrap_rows(words, area->cols);
	if (*technical)
		wrap_draw(
			rect_cut_bottom(area, wrap_rows(apart, area->cols)), 0, STYLE_QUIET, apart);
	wrap_draw(rect_cut_bottom(area, rows), 0, STYLE_PAPER, words);
	rect_cut_bottom(area, 1);
}

static void queue_head(void *self, struct rect *area)
{
	queue_draw_problem(self, area);
	rect_cut_top(area, queue_draw_printers(self, *area) + 1);
}

static const struct list_page_kind queue_page = {
	.screen = LIST_PAGE(N_("Printing"), queue_actions, .tick = queue_tick),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct papers, all),
	.empty = N_("Nothing has been printed yet."),
	.are_tiles_first = true,
	.hush = LIST_PAGE_HUSH_ALWAYS,
	.read = queue_read,
	.forget = queue_forget,
	.cell = queue_cell,
	.mark = queue_mark,
	.head = queue_head,
};

void queue_open(struct app *app)
{
	if (!app_pop_to(app, &queue_page.screen))
		list_page_open(app, &queue_page);
}

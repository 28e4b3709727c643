/* Papers: what is on its way, what a printer wants, what came out. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/print/outbox.h"
#include "core/words.h"
#include "core/words_paper.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"
#include "tui/widgets/wrap.h"

#define SETTLED_MAX 100 /* of the latest papers */

struct papers {
	struct app *app;
	struct kiosk *kiosk;
	struct outbox_row *rows; /* those that wait, oldest first; then the latest that are over */
	int count;
	struct list *list;
};

static const struct screen papers_screen;

/* ---- reading ---- */

static void forget(struct papers *papers)
{
	struct outbox_list all = { papers->rows, papers->count };

	outbox_list_finish(&all);
	papers->rows = NULL;
	papers->count = 0;
}

static bool is_live(const struct outbox_row *row)
{
	return row->state != OUTBOX_DONE && row->state != OUTBOX_CANCELLED;
}

/* Takes the rows of `list` that are live, or that are not. */
static void take(struct papers *papers, struct outbox_list *list, bool wants_live)
{
	papers->rows = mem_resize(
		papers->rows, (size_t)(papers->count + list->count + 1) * sizeof(*papers->rows));
	for (int i = 0; i < list->count; i++) {
		if (is_live(&list->rows[i]) == wants_live)
			papers->rows[papers->count++] = list->rows[i];
		else
			outbox_row_finish(&list->rows[i]);
	}
	free(list->rows);
}

static int read_rows(struct papers *papers, struct err *err)
{
	struct outbox_list live = OUTBOX_LIST_INIT, latest = OUTBOX_LIST_INIT;

	TRY(outbox_live(papers->kiosk->db, &live, err));
	int r = outbox_latest(papers->kiosk->db, SETTLED_MAX, &latest, err);
	forget(papers);
	take(papers, &live, true);
	take(papers, &latest, false);
	return r;
}

static const struct outbox_row *selected(const struct papers *papers)
{
	int row = list_selected(papers->list);

	return row >= 0 && row < papers->count ? &papers->rows[row] : NULL;
}

/* Reads all anew and stays on the same paper. */
static void refresh(struct papers *papers)
{
	const struct outbox_row *before = selected(papers);
	int64_t id = before ? before->id : 0;
	struct err err = { 0 };

	if (read_rows(papers, &err) < 0)
		clerk_tell_err(papers->app, &err);
	list_set_count(papers->list, papers->count);
	for (int i = 0; i < papers->count; i++)
		if (papers->rows[i].id == id)
			list_select(papers->list, i);
	app_redraw(papers->app);
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

/* What waits at a printer that wants something is not being printed. */
static const char *state_words(const struct outbox_row *row)
{
	bool is_held_up = row->state == OUTBOX_SENT && row->problem.code != REASON_NONE;

	return _(states[is_held_up ? OUTBOX_QUEUED : row->state].words);
}

static char *title_of(const struct outbox_row *row)
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

static void cell(void *context, int index, int column, struct list_cell *ret)
{
	const struct papers *papers = context;
	const struct outbox_row *row = &papers->rows[index];

	ret->style = is_live(row) ? STYLE_PAPER : STYLE_QUIET;
	switch (column) {
	case COLUMN_WHEN:
		ret->text = words_instant(row->queued_at, kiosk_now(papers->kiosk));
		break;
	case COLUMN_TITLE:
		ret->text = title_of(row);
		break;
	case COLUMN_PRINTER:
		ret->text = mem_text(words_paper_printer(row->purpose));
		break;
	default:
		ret->text = mem_text(state_words(row));
		ret->style = states[row->state].style == STYLE_NEEDED ? STYLE_STRONG : ret->style;
	}
}

static const char *mark(void *context, int index, enum style *ret_style)
{
	const struct papers *papers = context;
	enum outbox_state state = papers->rows[index].state;

	*ret_style = states[state].style;
	return states[state].mark;
}

/* ---- life ---- */

void queue_open(struct app *app)
{
	struct papers *papers;

	if (app_pop_to(app, &papers_screen))
		return;
	papers = mem_alloc(sizeof(*papers));
	papers->app = app;
	papers->kiosk = kiosk_of(app);
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = papers,
		.cell = cell,
		.mark = mark,
		.empty = N_("Nothing has been printed yet."),
	};
	papers->list = list_create(&options);
	app_push(app, &papers_screen, papers);
}

static void resume(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct papers *papers = self;

	(void)app;
	forget(papers);
	list_destroy(papers->list);
	free(papers);
}

static void tick(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

/* ---- actions ---- */

/* What an act on a paper led to. */
static void conclude(struct papers *papers, int r, const struct err *err, const char *done)
{
	refresh(papers);
	if (r < 0)
		clerk_tell_err(papers->app, err);
	else
		clerk_tell_done(papers->app, done, NULL);
	papers_go(papers->kiosk);
}

static bool is_failed(struct app *app, void *self)
{
	const struct outbox_row *row = selected(self);

	return clerk_is_on(app, self) && row && row->state == OUTBOX_FAILED && row->has_sheet;
}

/* Waiting for a printer that somebody has seen to: now rather than later. */
static bool is_waiting(struct app *app, void *self)
{
	const struct outbox_row *row = selected(self);

	return clerk_is_on(app, self) && row && row->state == OUTBOX_QUEUED;
}

static bool is_asked(struct app *app, void *self)
{
	const struct outbox_row *row = selected(self);

	return clerk_is_on(app, self) && row && row->state == OUTBOX_ASK;
}

static bool is_done(struct app *app, void *self)
{
	const struct outbox_row *row = selected(self);

	return clerk_is_on(app, self) && row && !is_live(row) && row->has_sheet;
}

static bool can_cancel(struct app *app, void *self)
{
	const struct outbox_row *row = selected(self);

	return clerk_is_on(app, self) && row && is_live(row);
}

static void hurry(struct app *app, void *self)
{
	struct papers *papers = self;

	papers_go(papers->kiosk);
	clerk_tell_done(app, _("Trying again"), NULL);
}

/* One that failed is given up for a copy of it. */
static int print_anew(struct papers *papers, int64_t id, struct err *err)
{
	TRY(outbox_reprint(papers->kiosk->db, id, NULL, NULL, err));
	return outbox_cancel(papers->kiosk->outbox, id, err);
}

static void retry(struct app *app, void *self)
{
	struct papers *papers = self;
	struct err err = { 0 };

	(void)app;
	int r = print_anew(papers, selected(papers)->id, &err);
	conclude(papers, r, &err, _("Trying again"));
}

static void reprint(struct app *app, void *self)
{
	struct papers *papers = self;
	struct err err = { 0 };

	(void)app;
	int r = outbox_reprint(papers->kiosk->db, selected(papers)->id, NULL, NULL, &err);
	conclude(papers, r, &err, _("Another copy is being printed"));
}

static void cancel(struct app *app, void *self)
{
	struct papers *papers = self;
	struct err err = { 0 };

	(void)app;
	int r = outbox_cancel(papers->kiosk->outbox, selected(papers)->id, &err);
	conclude(papers, r, &err, _("It is not printed any more"));
}

static void answer(struct papers *papers, bool is_printed)
{
	struct err err = { 0 };
	int r = outbox_answer(papers->kiosk->db, selected(papers)->id, is_printed, &err);

	conclude(papers, r, &err, is_printed ? _("Good") : _("It is printed again"));
}

static void came_out(struct app *app, void *self)
{
	(void)app;
	answer(self, true);
}

static void did_not(struct app *app, void *self)
{
	(void)app;
	answer(self, false);
}

static const struct action actions[] = {
	{ '1', N_("It came out"), N_("The paper was there: it is done."), came_out, is_asked,
		.place = ACTION_TILE },
	{ '2', N_("It did not"), N_("Prints it again, marked as a second copy."), did_not, is_asked,
		.place = ACTION_TILE },
	{ '3', N_("Try again"), N_("Prints a paper again that failed."), retry, is_failed,
		.place = ACTION_TILE },
	{ '3', N_("Try now"), N_("Does not wait for the next try."), hurry, is_waiting,
		.place = ACTION_TILE },
	{ '4', N_("Print again"), N_("Prints another copy, which says that it is one."), reprint,
		is_done, .place = ACTION_TILE },
	{ '5', N_("Cancel"), N_("Wants no more of this paper."), cancel, can_cancel,
		.place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct papers *papers = self;
	enum list_answer answer = list_key(papers->list, key);

	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

/* ---- drawing ---- */

/* One line for each printer that wants something; one for all when none does. */
static int draw_printers(struct papers *papers, struct rect area)
{
	int row = 0;

	for (int i = 0; i < PURPOSE_COUNT; i++) {
		struct reason problem;
		if (!outbox_problem(papers->kiosk->outbox, (enum print_purpose)i, &problem))
			continue;
		CLEANUP(mem_free)
		char *words = words_reason_line(&problem, kiosk_now(papers->kiosk));
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

/* What holds the marked paper up, unless its printer says so above. */
static void draw_problem(const struct papers *papers, struct rect *area)
{
	const struct outbox_row *row = selected(papers);
	struct reason said = { 0 };

	if (!row || row->problem.code == REASON_NONE || !is_live(row))
		return;
	outbox_problem(papers->kiosk->outbox, row->purpose, &said);
	if (said.code == row->problem.code)
		return;
	CLEANUP(mem_free)
	char *words = words_reason_line(&row->problem, kiosk_now(papers->kiosk));
	const char *technical = words_technical(&row->problem);
	CLEANUP(mem_free) char *apart = mem_printf(_("for a technician: %s"), technical);
	int rows = wrap_rows(words, area->cols);
	if (*technical)
		wrap_draw(
			rect_cut_bottom(area, wrap_rows(apart, area->cols)), 0, STYLE_QUIET, apart);
	wrap_draw(rect_cut_bottom(area, rows), 0, STYLE_PAPER, words);
	rect_cut_bottom(area, 1);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct papers *papers = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	draw_problem(papers, &area);
	rect_cut_top(&area, draw_printers(papers, area) + 1);
	list_draw(papers->list, area);
}

static const struct screen papers_screen = {
	.name = "queue",
	.title = N_("Printing"),
	.actions = actions,
	.enter = resume,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
	.tick = tick,
};

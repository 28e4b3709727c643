/* 商户结算: what was redeemed at a merchant for points or yuan and is not settled yet; settling
 * with them, with a paper for both to sign; and undoing the latest settlement. */
#include <inttypes.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/points/body.h"
#include "core/sheets/merchant_statement.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/points/points.h"
#include "tui/widgets/dialog.h"

struct merchant_screen {
	struct list_page page;
	int64_t id;
	struct body body;
	struct merchant_book book;
	struct settlement latest; /* id 0: none */
};

/* ---- what is shown ---- */

enum { COLUMN_NUMBER, COLUMN_WHEN, COLUMN_WHAT, COLUMN_STATE, COLUMN_POINTS, COLUMN_YUAN };

static const struct list_column columns[] = {
	[COLUMN_NUMBER] = { N_("No."), .min = 5, .max = 7, .align_right = true, .is_whole = true },
	[COLUMN_WHEN] = { N_("When"), .min = 12, .max = 24, .is_whole = true },
	[COLUMN_WHAT] = { N_("For what"), .min = 10 },
	[COLUMN_STATE] = { N_("State"), .min = 8, .max = 24, .is_whole = true },
	[COLUMN_POINTS] = { N_("Points"), .min = 6, .max = 10, .align_right = true,
		.is_whole = true },
	[COLUMN_YUAN] = { N_("For yuan"), .min = 6, .max = 10, .align_right = true,
		.is_whole = true },
};

static void merchant_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct merchant_screen *m = self;
	const struct merchant_line *line = row;

	ret->style = line->state == MERCHANT_DUE ? STYLE_PAPER : STYLE_QUIET;
	switch (column) {
	case COLUMN_NUMBER:
		ret->text = mem_printf("%" PRId64, line->number);
		break;
	case COLUMN_WHEN:
		ret->text = words_instant_paper(line->used_at ? line->used_at : line->redeemed_at,
			kiosk_now(m->page.kiosk));
		break;
	case COLUMN_WHAT:
		ret->text = line->count > 1 ? mem_printf("%s × %" PRId64, line->name, line->count)
					    : mem_text(line->name);
		break;
	case COLUMN_STATE:
		ret->text = mem_text(merchant_state_words(line->state));
		break;
	case COLUMN_POINTS:
		ret->text = line->points ? mem_printf("%" PRId64, line->points) : NULL;
		break;
	default:
		ret->text = line->fen ? money_text(line->fen) : NULL;
	}
}

static int merchant_read(void *self, struct err *err)
{
	struct merchant_screen *m = self;
	struct db *db = m->page.kiosk->db;

	TRY(body_get(db, m->id, &m->body, err));
	TRY(merchant_book(db, &(struct merchant_scope){ .body = m->id }, &m->book, err));
	int r = settlement_latest(db, m->id, &m->latest, err);
	return r < 0 ? r : 0;
}

static void merchant_forget(void *self)
{
	struct merchant_screen *m = self;

	body_finish(&m->body);
	merchant_book_finish(&m->book);
	m->latest.id = 0;
}

/* ---- settling ---- */

/* "40 分，10 元"; the caller's. */
static char *merchant_sum_words(const struct merchant_book *book, enum merchant_state state)
{
	CLEANUP(mem_free) char *points = words_points(book->points[state].n);
	CLEANUP(mem_free) char *fen = money_text(book->fen[state]);

	return book->fen[state] ? mem_printf(_("%s and %s yuan"), points, fen) : TAKE(points);
}

/* The settlement and its paper, all or nothing. */
static int merchant_settle_on_paper(struct app *app, struct merchant_screen *m, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct act act = clerk_act(app, 0);
	int64_t id;

	TRY(txn_begin(&t, m->page.kiosk->db, err));
	TRY(merchant_settle(m->page.kiosk->db, &act, m->id, &id, err));
	TRY(papers_merchant(m->page.kiosk, &(struct merchant_scope){ m->id, id }, err));
	return txn_commit(&t, err);
}

static void merchant_answered(struct app *app, void *context, int button)
{
	struct merchant_screen *m = context;
	struct err err = { 0 };

	if (button != 0)
		return;
	int r = merchant_settle_on_paper(app, m, &err);
	list_page_conclude(m, r, &err, m->body.name,
		_("settled; the paper for both to sign is being printed"));
	if (r == 0)
		papers_go(m->page.kiosk);
}

static bool merchant_can_settle(struct app *app, void *self)
{
	const struct merchant_screen *m = self;

	(void)app;
	return m->book.count > m->book.counts[MERCHANT_OPEN];
}

static void merchant_ask(struct app *app, void *self)
{
	struct merchant_screen *m = self;
	const char *const buttons[] = { _("Settle"), _("Back"), NULL };
	CLEANUP(mem_free) char *title = mem_printf(_("Settle with %s?"), m->body.name);
	CLEANUP(mem_free) char *due = merchant_sum_words(&m->book, MERCHANT_DUE);
	CLEANUP(mem_free)
	char *text = mem_printf(_("For what was had there: %s. What they are paid for it is agreed "
				  "between you."),
		due);
	const struct dialog dialog = { .title = title,
		.text = text,
		.buttons = buttons,
		.done = merchant_answered,
		.context = m };

	dialog_open(app, &dialog);
}

static void merchant_undone(struct app *app, void *context, const char *given_why)
{
	struct merchant_screen *m = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (!given_why)
		return;
	CLEANUP(mem_free) char *why = clerk_why(&act, given_why);
	act.why = why;
	int r = settlement_undo(m->page.kiosk->db, &act, m->latest.id, &err);
	list_page_conclude(m, r, &err, m->body.name, _("the settlement is undone"));
}

static bool merchant_can_undo(struct app *app, void *self)
{
	(void)app;
	return ((struct merchant_screen *)self)->latest.id != 0;
}

static void merchant_undo(struct app *app, void *self)
{
	static const char *const ready[] = { N_("The amount was wrong"), N_("Entered twice"),
		N_("They were not paid"), NULL };
	struct merchant_screen *m = self;
	CLEANUP(mem_free)
	char *on = words_date(when_day(m->latest.settled_at), when_day(kiosk_now(m->page.kiosk)));
	CLEANUP(mem_free)
	char *text = mem_printf(_("Settlement %lld of %s"), (long long)m->latest.number, on);
	const struct reason_request request = {
		.title = _("Undo the latest settlement? Why?"),
		.text = text,
		.ready = ready,
		.done = merchant_undone,
		.context = m,
	};

	reason_open(app, &request);
}

static void merchant_print(struct app *app, void *self)
{
	struct merchant_screen *m = self;
	struct err err = { 0 };

	if (papers_merchant(m->page.kiosk, &(struct merchant_scope){ .body = m->id }, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	clerk_tell_done(app, _("What is not settled yet is being printed"), NULL);
	papers_go(m->page.kiosk);
}

/* ---- the page ---- */

static void merchant_head(void *self, struct rect *area)
{
	const struct merchant_screen *m = self;
	CLEANUP(mem_free) char *due = merchant_sum_words(&m->book, MERCHANT_DUE);
	CLEANUP(mem_free) char *open = merchant_sum_words(&m->book, MERCHANT_OPEN);
	CLEANUP(mem_free) char *lapsed = merchant_sum_words(&m->book, MERCHANT_LAPSED);
	const struct clerk_fact facts[] = {
		{ _("To settle"), due },
		{ _("Not used yet"), m->book.counts[MERCHANT_OPEN] ? open : NULL },
		{ _("Out of date, to the pool"), m->book.counts[MERCHANT_LAPSED] ? lapsed : NULL },
	};

	draw_text(*area, 0, 0, STYLE_STRONG, m->body.name);
	rect_cut_top(area, 1);
	rect_cut_top(area, clerk_draw_facts(*area, 0, facts, ARRAY_LEN(facts)) + 1);
}

static const struct action merchant_actions[] = {
	{ '1', N_("Settle"),
		N_("Settles with them what was had there, and prints a paper to sign."),
		merchant_ask, merchant_can_settle, .place = ACTION_TILE },
	{ '2', N_("Undo the latest"), N_("The latest settlement was wrong: with a reason."),
		merchant_undo, merchant_can_undo, .place = ACTION_TILE },
	{ K_F8, N_("Print"), N_("Prints what is not settled yet."), merchant_print },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind merchant_page = {
	.screen = LIST_PAGE(N_("Settlement with a merchant"), merchant_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct merchant_screen, book),
	.empty = N_("Nothing was had there since the last settlement."),
	.are_tiles_first = true,
	.read = merchant_read,
	.forget = merchant_forget,
	.cell = merchant_cell,
	.head = merchant_head,
};

void merchant_open(struct app *app, int64_t body)
{
	struct merchant_screen *m = list_page_create(app, &merchant_page);

	m->id = body;
	list_page_show(m);
}

/* 商户结算: what was had at a merchant for points or yuan and is not settled yet; settling with
 * them, with a paper for both to sign; and undoing the latest settlement. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/points/body.h"
#include "core/sheets/merchant_statement.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"

struct merchant_screen {
	struct kiosk *kiosk;
	int64_t body;
	struct body merchant;
	struct merchant_book book;
	struct settlement latest; /* id 0: none */
	struct list *list;
};

static const struct screen merchant_screen;

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

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct merchant_screen *m = context;
	const struct merchant_line *line = &m->book.rows[row];

	ret->style = line->state == MERCHANT_DUE ? STYLE_PAPER : STYLE_QUIET;
	switch (column) {
	case COLUMN_NUMBER:
		ret->text = mem_printf("%" PRId64, line->number);
		break;
	case COLUMN_WHEN:
		ret->text = words_instant_paper(
			line->used_at ? line->used_at : line->redeemed_at, kiosk_now(m->kiosk));
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

static int read_all(struct merchant_screen *m, struct err *err)
{
	body_finish(&m->merchant);
	merchant_book_finish(&m->book);
	m->latest.id = 0;
	TRY(body_get(m->kiosk->db, m->body, &m->merchant, err));
	TRY(merchant_book(m->kiosk->db, m->body, 0, &m->book, err));
	int r = settlement_latest(m->kiosk->db, m->body, &m->latest, err);
	return r < 0 ? r : 0;
}

static void refresh(struct app *app, void *self)
{
	struct merchant_screen *m = self;
	struct err err = { 0 };

	if (read_all(m, &err) < 0)
		clerk_tell_err(app, &err);
	list_set_count(m->list, m->book.count);
	app_redraw(app);
}

void merchant_open(struct app *app, int64_t body)
{
	struct merchant_screen *m = mem_alloc(sizeof(*m));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = m,
		.cell = cell,
		.empty = N_("Nothing was had there since the last settlement."),
	};

	m->kiosk = kiosk_of(app);
	m->body = body;
	m->list = list_create(&options);
	app_push(app, &merchant_screen, m);
}

static void enter(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(app, self);
}

static void leave(struct app *app, void *self)
{
	struct merchant_screen *m = self;

	(void)app;
	body_finish(&m->merchant);
	merchant_book_finish(&m->book);
	list_destroy(m->list);
	free(m);
}

/* ---- settling ---- */

/* "40 分，10 元"; the caller's. */
static char *sum_words(const struct merchant_book *book, enum merchant_state state)
{
	CLEANUP(mem_free) char *points = words_points(book->points[state].n);
	CLEANUP(mem_free) char *fen = money_text(book->fen[state]);

	return book->fen[state] ? mem_printf(_("%s and %s yuan"), points, fen) : TAKE(points);
}

/* The settlement and its paper, all or nothing. */
static int settle(struct app *app, struct merchant_screen *m, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct act act = clerk_act(app, 0);
	int64_t id;

	TRY(txn_begin(&t, m->kiosk->db, err));
	TRY(merchant_settle(m->kiosk->db, &act, m->body, &id, err));
	TRY(papers_merchant(m->kiosk, m->body, id, err));
	return txn_commit(&t, err);
}

static void answered(struct app *app, void *context, int button)
{
	struct merchant_screen *m = context;
	struct err err = { 0 };

	if (button != 0)
		return;
	int r = settle(app, m, &err);
	refresh(app, m);
	if (r < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	clerk_tell_done(
		app, m->merchant.name, _("settled; the paper for both to sign is being printed"));
	papers_go(m->kiosk);
}

static bool can_settle(struct app *app, void *self)
{
	const struct merchant_screen *m = self;

	(void)app;
	return m->book.count > m->book.counts[MERCHANT_OPEN];
}

static void ask(struct app *app, void *self)
{
	struct merchant_screen *m = self;
	const char *const buttons[] = { _("Settle"), _("Back"), NULL };
	CLEANUP(mem_free) char *title = mem_printf(_("Settle with %s?"), m->merchant.name);
	CLEANUP(mem_free) char *due = sum_words(&m->book, MERCHANT_DUE);
	CLEANUP(mem_free)
	char *text = mem_printf(_("For what was had there: %s. What they are paid for it is agreed "
				  "between you."),
		due);
	const struct dialog dialog = {
		.title = title, .text = text, .buttons = buttons, .done = answered, .context = m
	};

	dialog_open(app, &dialog);
}

static void undone(struct app *app, void *context, const char *given_why)
{
	struct merchant_screen *m = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (!given_why)
		return;
	CLEANUP(mem_free) char *why = clerk_why(&act, given_why);
	act.why = why;
	int r = settlement_undo(m->kiosk->db, &act, m->latest.id, &err);
	refresh(app, m);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, m->merchant.name, _("the settlement is undone"));
}

static bool can_undo(struct app *app, void *self)
{
	(void)app;
	return ((struct merchant_screen *)self)->latest.id != 0;
}

static void undo(struct app *app, void *self)
{
	static const char *const ready[] = { N_("The amount was wrong"), N_("Entered twice"),
		N_("They were not paid"), NULL };
	struct merchant_screen *m = self;
	CLEANUP(mem_free)
	char *on = words_date(when_day(m->latest.settled_at), when_day(kiosk_now(m->kiosk)));
	CLEANUP(mem_free)
	char *text = mem_printf(_("Settlement %lld of %s"), (long long)m->latest.number, on);
	const struct reason_request request = {
		.title = _("Undo the latest settlement? Why?"),
		.text = text,
		.ready = ready,
		.done = undone,
		.context = m,
	};

	reason_open(app, &request);
}

static void print_open(struct app *app, void *self)
{
	struct merchant_screen *m = self;
	struct err err = { 0 };

	if (papers_merchant(m->kiosk, m->body, 0, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	clerk_tell_done(app, _("What is not settled yet is being printed"), NULL);
	papers_go(m->kiosk);
}

/* ---- keys and drawing ---- */

static const struct action actions[] = {
	{ '1', N_("Settle"),
		N_("Settles with them what was had there, and prints a paper to sign."), ask,
		can_settle, .place = ACTION_TILE },
	{ '2', N_("Undo the latest"), N_("The latest settlement was wrong: with a reason."), undo,
		can_undo, .place = ACTION_TILE },
	{ K_F8, N_("Print"), N_("Prints what is not settled yet."), print_open },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct merchant_screen *m = self;

	return clerk_list_key(app, m->list, key, NULL, m);
}

static void draw_sums(const struct merchant_screen *m, struct rect *area)
{
	CLEANUP(mem_free) char *due = sum_words(&m->book, MERCHANT_DUE);
	CLEANUP(mem_free) char *open = sum_words(&m->book, MERCHANT_OPEN);
	CLEANUP(mem_free) char *lapsed = sum_words(&m->book, MERCHANT_LAPSED);
	const struct clerk_fact facts[] = {
		{ _("To settle"), due },
		{ _("Not used yet"), m->book.counts[MERCHANT_OPEN] ? open : NULL },
		{ _("Out of date, to the pool"), m->book.counts[MERCHANT_LAPSED] ? lapsed : NULL },
	};

	draw_text(*area, 0, 0, STYLE_STRONG, m->merchant.name);
	rect_cut_top(area, 1);
	rect_cut_top(area, clerk_draw_facts(*area, 0, facts, ARRAY_LEN(facts)) + 1);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct merchant_screen *m = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	draw_sums(m, &area);
	list_draw(m->list, area);
}

static const struct screen merchant_screen = {
	.name = "merchant",
	.title = N_("Settlement with a merchant"),
	.actions = actions,
	.enter = enter,
	.resume = refresh,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};

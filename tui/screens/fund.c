/* 社区基金: what came in and went out, the latest first; a line that was wrong is taken back. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/points/fund.h"
#include "core/sheets/fund_book.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define PAGE_ROWS  60
#define AHEAD_ROWS 30

struct fund {
	struct app *app;
	struct kiosk *kiosk;
	struct fund_statement all;
	bool has_more;
	struct list *list;
	int64_t balance;
	int64_t asked; /* the line that a reason is asked for */
};

static const struct screen fund_screen;

/* ---- reading ---- */

static void fetch(struct fund *fund)
{
	struct fund_statement *all = &fund->all;
	const struct fund_line *after = all->count ? &all->rows[all->count - 1] : NULL;
	struct fund_statement more = { 0 };
	struct err err = { 0 };

	if (fund_balance(fund->kiosk->db, &fund->balance, &err) < 0 ||
		fund_statement(fund->kiosk->db, after, PAGE_ROWS, &more, &err) < 0)
		clerk_tell_err(fund->app, &err);
	all->rows = mem_join(all->rows, &all->count, more.rows, more.count, sizeof(*all->rows));
	fund->has_more = more.count == PAGE_ROWS;
	list_set_count(fund->list, all->count);
	list_set_more(fund->list, fund->has_more);
}

static void refresh(struct fund *fund)
{
	fund_statement_finish(&fund->all);
	fetch(fund);
	app_redraw(fund->app);
}

static const struct fund_line *selected(const struct fund *fund)
{
	int row = list_selected(fund->list);

	return row >= 0 && row < fund->all.count ? &fund->all.rows[row] : NULL;
}

/* ---- lines ---- */

enum { COLUMN_DAY, COLUMN_WORDS, COLUMN_AMOUNT, COLUMN_BALANCE };

static const struct list_column columns[] = {
	[COLUMN_DAY] = { N_("Day"), .min = 11, .max = 20 },
	[COLUMN_WORDS] = { N_("What for"), .min = 12 },
	[COLUMN_AMOUNT] = { N_("Amount, yuan"), .min = 8, .max = 14, .align_right = true,
		.is_whole = true },
	[COLUMN_BALANCE] = { N_("Balance"), .min = 8, .max = 14, .align_right = true,
		.is_whole = true },
};

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct fund *fund = context;
	const struct fund_line *line = &fund->all.rows[row];
	struct err ignored = { 0 };

	switch (column) {
	case COLUMN_DAY:
		ret->text = words_date(when_day(line->at), when_day(kiosk_now(fund->kiosk)));
		break;
	case COLUMN_WORDS:
		if (fund_line_words(fund->kiosk->db, line, &ret->text, &ignored) < 0)
			ret->text = mem_text("");
		break;
	case COLUMN_AMOUNT:
		ret->text = money_text(line->fen);
		ret->style = line->fen < 0 ? STYLE_REFUSED : STYLE_PAPER;
		break;
	default:
		ret->text = money_text(line->balance);
		ret->style = STYLE_QUIET;
	}
}

/* ---- life ---- */

void fund_open(struct app *app)
{
	struct fund *fund = mem_alloc(sizeof(*fund));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = fund,
		.cell = cell,
		.empty = N_("Nothing has come in yet."),
	};

	fund->app = app;
	fund->kiosk = kiosk_of(app);
	fund->list = list_create(&options);
	app_push(app, &fund_screen, fund);
	clerk_hush(app);
	refresh(fund);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct fund *fund = self;

	(void)app;
	fund_statement_finish(&fund->all);
	list_destroy(fund->list);
	free(fund);
}

/* ---- taking a line back ---- */

static void reversed(struct app *app, void *context, const char *given_why)
{
	struct fund *fund = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };
	int64_t id;

	if (!given_why)
		return;
	CLEANUP(mem_free) char *why = clerk_why(&act, given_why);
	act.why = why;
	int r = fund_reverse(fund->kiosk->db, &act, fund->asked, &id, &err);
	refresh(fund);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("Taken back by a line of its own"), NULL);
}

static void reverse(struct app *app, void *self)
{
	static const char *const ready[] = { N_("The amount was wrong"), N_("Entered twice"),
		N_("The money was given back"), NULL };
	struct fund *fund = self;
	CLEANUP(mem_free) char *words = NULL;
	struct err ignored = { 0 };

	if (fund_line_words(fund->kiosk->db, selected(fund), &words, &ignored) < 0)
		words = mem_text("");
	const struct reason_request request = {
		.title = _("Why is this line taken back?"),
		.text = words,
		.ready = ready,
		.done = reversed,
		.context = fund,
	};
	fund->asked = selected(fund)->id;
	reason_open(app, &request);
}

static bool can_reverse(struct app *app, void *self)
{
	(void)app;
	return selected(self) && selected(self)->kind != FUND_REVERSAL;
}

/* This year's lines. */
static void print_year(struct app *app, void *self)
{
	struct fund *fund = self;
	struct day today = when_day(kiosk_now(fund->kiosk));
	const struct day from = { today.year, 1, 1 };
	struct err err = { 0 };

	if (papers_fund(fund->kiosk, from, today, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	clerk_tell_done(app, _("This year's statement is being printed"), NULL);
	papers_go(fund->kiosk);
}

/* ---- keys and drawing ---- */

static const struct action actions[] = {
	{ '1', N_("Correct it"), N_("A wrong line is taken back by another one, with a reason."),
		reverse, can_reverse, .place = ACTION_TILE },
	{ K_F8, N_("Print"), N_("Prints this year's statement, with the balance before and after."),
		print_year },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct fund *fund = self;
	bool is_taken = clerk_list_key(app, fund->list, key, NULL, fund);

	if (fund->has_more && list_selected(fund->list) + AHEAD_ROWS >= fund->all.count)
		fetch(fund);
	return is_taken;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct fund *fund = self;
	CLEANUP(mem_free) char *balance = money_text(fund->balance);
	CLEANUP(mem_free) char *yuan = mem_printf(_("%s yuan"), balance);

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	int col = draw_text(area, 0, 0, STYLE_QUIET, _("In the fund now"));
	draw_text(area, 0, col + 2, STYLE_STRONG, yuan);
	rect_cut_top(&area, 2);
	list_draw(fund->list, area);
}

static const struct screen fund_screen = {
	.name = "fund",
	.title = N_("Community fund"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};

/* 社区基金: what came in and went out, latest first; a wrong line is reversed. */
#include "core/points/fund.h"
#include "core/base/mem.h"
#include "core/sheets/fund_book.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/points/screens.h"

struct fund {
	struct list_page page;
	struct fund_statement all;
	int64_t balance;
	int64_t asked; /* the line that a reason is asked for */
};

/* ---- reading ---- */

static int fund_read(void *self, struct err *err)
{
	struct fund *fund = self;

	return fund_balance(fund->page.kiosk->db, &fund->balance, err);
}

static int fund_read_more(void *self, const void *after, int limit, struct err *err)
{
	struct fund *fund = self;
	struct fund_statement more = { 0 };

	TRY(fund_statement(fund->page.kiosk->db, after, limit, &more, err));
	LIST_PAGE_JOIN(&fund->all, more);
	return 0;
}

static void fund_forget(void *self)
{
	fund_statement_finish(&((struct fund *)self)->all);
}

static int fund_read_words(void *self, const void *row, void *extra, struct err *err)
{
	const struct fund *fund = self;

	return fund_line_words(fund->page.kiosk->db, row, extra, err);
}

static const char *fund_words_of(const void *self, const void *row)
{
	return *(char *const *)list_page_extra(self, row);
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

static void fund_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct fund *fund = self;
	const struct fund_line *line = row;

	switch (column) {
	case COLUMN_DAY:
		ret->text = words_date(when_day(line->at), when_day(kiosk_now(fund->page.kiosk)));
		break;
	case COLUMN_WORDS:
		ret->text = mem_text(fund_words_of(self, row));
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

/* ---- taking a line back ---- */

static void fund_reversed(struct app *app, void *context, const char *given_why)
{
	struct fund *fund = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };
	int64_t id;

	if (!given_why)
		return;
	CLEANUP(mem_free) char *why = clerk_why(&act, given_why);
	act.why = why;
	int r = fund_reverse(fund->page.kiosk->db, &act, fund->asked, &id, &err);
	list_page_conclude(fund, r, &err, _("Taken back by a line of its own"), NULL);
}

static void fund_correct(struct app *app, void *self)
{
	static const char *const ready[] = { N_("The amount was wrong"), N_("Entered twice"),
		N_("The money was given back"), NULL };
	struct fund *fund = self;
	const struct fund_line *line = list_page_row(self);
	const struct reason_request request = {
		.title = _("Why is this line taken back?"),
		.text = fund_words_of(self, line),
		.ready = ready,
		.done = fund_reversed,
		.context = fund,
	};

	fund->asked = line->id;
	reason_open(app, &request);
}

static bool fund_can_reverse(struct app *app, void *self)
{
	const struct fund_line *line = list_page_row(self);

	(void)app;
	return line && line->kind != FUND_REVERSAL;
}

/* This year's lines. */
static void fund_print_year(struct app *app, void *self)
{
	struct fund *fund = self;
	struct day today = when_day(kiosk_now(fund->page.kiosk));
	const struct day from = { today.year, 1, 1 };
	struct err err = { 0 };

	if (papers_fund(fund->page.kiosk, from, today, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	clerk_tell_done(app, _("This year's statement is being printed"), NULL);
	papers_go(fund->page.kiosk);
}

static const struct action fund_actions[] = {
	{ '1', N_("Correct it"), N_("A wrong line is taken back by another one, with a reason."),
		fund_correct, fund_can_reverse, .place = ACTION_TILE },
	{ K_F8, N_("Print"), N_("Prints this year's statement, with the balance before and after."),
		fund_print_year },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void fund_head(void *self, struct rect *area)
{
	const struct fund *fund = self;
	CLEANUP(mem_free) char *balance = money_text(fund->balance);
	CLEANUP(mem_free) char *yuan = mem_printf(_("%s yuan"), balance);
	int col = draw_text(*area, 0, 0, STYLE_QUIET, _("In the fund now"));

	draw_text(*area, 0, col + 2, STYLE_STRONG, yuan);
	rect_cut_top(area, 2);
}

static const struct list_page_kind fund_page = {
	.screen = LIST_PAGE(N_("Community fund"), fund_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct fund, all),
	.empty = N_("Nothing has come in yet."),
	.are_tiles_first = true,
	.read = fund_read,
	.read_more = fund_read_more,
	.forget = fund_forget,
	.extra_size = sizeof(char *),
	.read_extra = fund_read_words,
	.forget_extra = mem_free,
	.cell = fund_cell,
	.head = fund_head,
};

void fund_open(struct app *app)
{
	list_page_open(app, &fund_page);
}

/* The points of a resident or a body, as a volunteer sees them: every line of the account, and
 * correcting a wrong one. Above a threshold that waits for a second person (points_menu.c). */
#include <inttypes.h>

#include "core/base/mem.h"
#include "core/points/person.h"
#include "core/points/reversal.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/points/screens.h"

struct account {
	struct list_page page;
	struct holder whose;
	char *name;
	struct points balance;
	struct points_person person; /* of a resident */
	struct points_statement lines;
};

/* ---- what is shown ---- */

enum { COLUMN_WHEN, COLUMN_WHAT, COLUMN_STATE, COLUMN_CHANGE, COLUMN_BALANCE };

static const struct list_column columns[] = {
	[COLUMN_WHEN] = { N_("When"), .min = 12, .max = 24, .is_whole = true },
	[COLUMN_WHAT] = { N_("For what"), .min = 10 },
	[COLUMN_STATE] = { NULL, .min = 6, .max = 12 },
	[COLUMN_CHANGE] = { N_("Points"), .min = 6, .max = 12, .align_right = true,
		.is_whole = true },
	[COLUMN_BALANCE] = { N_("Afterwards"), .min = 6, .max = 12, .align_right = true,
		.is_whole = true },
};

static void account_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct account *account = self;
	const struct statement_line *line = row;

	ret->style = line->is_reversed ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_WHEN:
		ret->text = words_instant_paper(line->at, kiosk_now(account->page.kiosk));
		break;
	case COLUMN_WHAT:
		ret->text = mem_text(words_transfer_side(line, account->whose));
		break;
	case COLUMN_STATE:
		ret->text = line->is_reversed ? mem_text(_("taken back")) : NULL;
		break;
	case COLUMN_CHANGE:
		ret->text = mem_printf("%+" PRId64, line->amount.n);
		break;
	default:
		ret->text = mem_printf("%" PRId64, line->balance.n);
	}
}

/* ---- reading ---- */

static int account_read_head(void *self, struct err *err)
{
	struct account *account = self;
	struct db *db = account->page.kiosk->db;

	TRY(clerk_holder_name(account->page.kiosk, account->whose, &account->name, err));
	TRY(points_balance_of(db, account->whose, &account->balance, err));
	return account->whose.resident
		       ? points_person(db, account->whose.resident, &account->person, err)
		       : 0;
}

static int account_read_more(void *self, const void *after, int limit, struct err *err)
{
	struct account *account = self;
	struct points_statement more = { 0 };

	TRY(points_statement_of(account->page.kiosk->db, account->whose, after, limit, &more, err));
	LIST_PAGE_JOIN(&account->lines, more);
	return 0;
}

static void account_forget(void *self)
{
	struct account *account = self;

	points_statement_finish(&account->lines);
	mem_free(&account->name);
}

/* ---- putting right, paper ---- */

static bool account_stands(struct app *app, void *self)
{
	const struct statement_line *line = list_page_row(self);

	(void)app;
	return line && !line->is_reversed;
}

static void account_reverse_with(struct app *app, void *context, const char *why)
{
	struct account *account = context;
	struct act act = clerk_act(app, account->whose.resident);
	const struct statement_line *line = list_page_row(account);
	struct reversed reversed;
	struct err err = { 0 };

	if (!why || !line)
		return;
	CLEANUP(mem_free) char *all = clerk_why(&act, why);
	act.why = all;
	int r = transfer_reverse(account->page.kiosk->db, &act, line->transfer, &reversed, &err);
	const char *done = r == 0 && reversed.waiting
				   ? _("It waits for a second person, behind F5")
				   : _("Put right: the points are back where they were");
	list_page_conclude(account, r, &err, done, NULL);
}

static void account_reverse(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Given to the wrong person"),
		N_("The wrong number"), N_("Given twice"), NULL };
	const struct account *account = self;
	const struct statement_line *line = list_page_row(self);
	CLEANUP(mem_free) char *change = words_points(line->amount.n);
	CLEANUP(mem_free)
	char *text = mem_printf("%s: %s", words_transfer_side(line, account->whose), change);
	const struct reason_request request = {
		.title = _("Put this line right? Why?"),
		.text = text,
		.ready = ready,
		.done = account_reverse_with,
		.context = self,
	};

	reason_open(app, &request);
}

/* ---- rewards without service first ---- */

static void account_set_exempt(
	struct app *app, struct account *account, bool is_exempt, const char *why)
{
	struct act act = clerk_act(app, account->whose.resident);
	CLEANUP(mem_free) char *all = why ? clerk_why(&act, why) : NULL;
	struct err err = { 0 };

	if (all)
		act.why = all;
	int r = exempt_set(account->page.kiosk->db, &act, account->whose.resident, is_exempt, &err);
	list_page_conclude(account, r, &err,
		is_exempt ? _("Rewards can be had without service first")
			  : _("Service comes first again"),
		NULL);
}

static void account_exempt_why(struct app *app, void *context, const char *why)
{
	if (why)
		account_set_exempt(app, context, true, why);
}

static void account_exempt(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Of great age"),
		N_("Cannot serve for their health"), N_("In need"), NULL };
	const struct account *account = self;
	const struct reason_request request = {
		.title = _("Rewards without service first? Why?"),
		.text = account->name,
		.ready = ready,
		.done = account_exempt_why,
		.context = self,
	};

	reason_open(app, &request);
}

static void account_no_longer_exempt(struct app *app, void *self)
{
	account_set_exempt(app, self, false, NULL);
}

static bool account_is_exempt(struct app *app, void *self)
{
	(void)app;
	return ((const struct account *)self)->person.is_exempt;
}

static bool account_may_exempt(struct app *app, void *self)
{
	const struct account *account = self;

	(void)app;
	return account->whose.resident && !account->person.is_exempt;
}

static void account_print(struct app *app, void *self)
{
	struct account *account = self;
	struct err err = { 0 };

	if (papers_points(account->page.kiosk, account->whose.resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("It is being printed"), NULL);
	papers_go(account->page.kiosk);
	app_redraw(app);
}

static bool account_is_resident(struct app *app, void *self)
{
	(void)app;
	return ((const struct account *)self)->whose.resident != 0;
}

static const struct action account_actions[] = {
	{ K_DELETE, N_("Put right"), N_("Takes the marked line back by another one."),
		account_reverse, account_stands },
	{ K_TAB, N_("Without service"),
		N_("Rewards without service first, with a reason: for whoever cannot serve."),
		account_exempt, account_may_exempt },
	{ K_TAB, N_("Service first"), N_("Rewards that ask for service ask it of them again."),
		account_no_longer_exempt, account_is_exempt },
	{ K_F8, N_("Print"), N_("Prints the points and the latest entries."), account_print,
		account_is_resident },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void account_head(void *self, struct rect *area)
{
	const struct account *account = self;
	CLEANUP(mem_free) char *points = words_points(account->balance.n);
	int col = draw_text(*area, 0, 0, STYLE_STRONG, account->name);

	if (account->person.is_exempt)
		draw_text(*area, 0, col + 2, STYLE_QUIET, _("rewards without service first"));
	draw_right(*area, 0, STYLE_STRONG, points);
	rect_cut_top(area, 2);
}

static const struct list_page_kind account_page = {
	.screen = LIST_PAGE(N_("Points"), account_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct account, lines),
	.empty = N_("No points have come or gone yet."),
	.read = account_read_head,
	.read_more = account_read_more,
	.forget = account_forget,
	.cell = account_cell,
	.head = account_head,
};

void account_screen_open(struct app *app, struct holder whose)
{
	struct account *account = list_page_create(app, &account_page);

	account->whose = whose;
	list_page_show(account);
}

/* The visitor's points: the balance, where it came from in words, and what it buys. A digit or
 * Enter chooses a reward; the effect is shown before anything moves. */
#include <inttypes.h>

#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/duty/service_hours.h"
#include "core/people/resident.h"
#include "core/points/freeze.h"
#include "core/points/ledger.h"
#include "core/points/lot.h"
#include "core/points/person.h"
#include "core/rewards/redemption.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/points/points.h"
#include "tui/widgets/big_words.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/tiles.h"

#define ENTRIES      5 /* latest, on the screen */
#define LIST_ROWS    4 /* of rewards, at least, below what is left in large type */
#define NUMBERED_MAX 7 /* the digits above are the screen's own */

struct points_screen {
	struct list_page page;
	int64_t resident;
	struct points balance, frozen;
	struct expiring expiring;
	struct points_person person;
	struct minutes served;
	struct points_statement entries;
	struct reward_list all;
	int64_t redeemed; /* here, just now: what Backspace takes back */
};

/* ---- reading ---- */

static int points_read(void *self, struct err *err)
{
	struct points_screen *p = self;
	struct db *db = p->page.kiosk->db;

	TRY(points_balance(db, p->resident, &p->balance, err));
	TRY(points_frozen(db, p->resident, &p->frozen, err));
	TRY(points_expiring(db, p->resident, &p->expiring, err));
	TRY(points_person(db, p->resident, &p->person, err));
	TRY(service_hours_total(db, p->resident, &p->served, err));
	TRY(points_statement(db, p->resident, NULL, ENTRIES, &p->entries, err));
	return rewards(db, &p->all, err);
}

static void points_forget(void *self)
{
	struct points_screen *p = self;

	points_statement_finish(&p->entries);
	reward_list_finish(&p->all);
}

static struct redeem_draft points_draft_of(
	const struct points_screen *p, const struct reward *reward)
{
	return (struct redeem_draft){ .reward = reward->id,
		.whose = HOLDER_RESIDENT(p->resident),
		.count = 1,
		.currency = FOR_POINTS };
}

/* Why not, or 0. */
static int points_check(const struct points_screen *p, const struct reward *reward, struct err *err)
{
	const struct redeem_draft draft = points_draft_of(p, reward);
	struct act act = desk_act(p->page.kiosk->desk);

	return redeem_check(p->page.kiosk->db, &act, &draft, err);
}

/* ---- lines ---- */

enum { COLUMN_NAME, COLUMN_TERMS, COLUMN_PRICE };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { N_("To be had for points"), .min = 14 },
	[COLUMN_TERMS] = { NULL, .min = 8 },
	[COLUMN_PRICE] = { N_("Price"), .min = 8, .max = 34, .align_right = true,
		.is_whole = true },
};

static void points_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct points_screen *p = self;
	const struct reward *reward = row;

	ret->style = reward->points > p->balance.n ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_NAME:
		ret->text = mem_text(reward->name);
		break;
	case COLUMN_TERMS:
		ret->text = words_reward_terms(reward);
		ret->style = STYLE_QUIET;
		break;
	default:
		ret->text = words_price(reward);
	}
}

/* ---- redeeming ---- */

static void points_redeemed(struct app *app, void *context, int64_t id)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };
	struct points_screen *p = context;
	struct err err = { 0 };

	p->redeemed = id;
	if (redemption_get(kiosk_of(app)->db, id, &redemption, &err) < 0)
		list_page_tell_err(p, &err);
	CLEANUP(mem_free)
	char *text = mem_printf(_("%s. Take the slip, please; a volunteer hands it out."),
		redemption.name ? redemption.name : "");
	list_page_conclude(p, 0, &err, _("Redeemed"), text);
}

static void points_choose(struct app *app, void *self)
{
	struct points_screen *p = self;
	const struct reward *reward = list_page_row(p);
	struct err err = { 0 };

	if (!reward)
		return;
	const struct redeem_request request = { reward->id, HOLDER_RESIDENT(p->resident),
		points_redeemed, p };
	/* A volunteer may accept yuan, or make an exception: the objections are shown there. */
	if (!desk_staff(p->page.kiosk->desk) && points_check(p, reward, &err) < 0)
		list_page_tell_err(p, &err);
	else
		redeem_open(app, &request);
	app_redraw(app);
}

/* ---- undoing, paper, the ranking ---- */

static bool points_can_undo(struct app *app, void *self)
{
	const struct points_screen *p = self;

	(void)app;
	return p->redeemed && desk_staff(p->page.kiosk->desk);
}

static void points_undo_with(struct app *app, struct points_screen *p, const char *why)
{
	struct act act = desk_act(p->page.kiosk->desk);
	CLEANUP(mem_free) char *all = why ? clerk_why(&act, why) : NULL;
	struct err err = { 0 };

	act.why = all ? all : act.why;
	int r = redemption_undo(p->page.kiosk->db, &act, p->redeemed, &err);
	list_page_refresh(p);
	if (r < 0) {
		list_page_tell_err(p, &err);
		return;
	}
	p->redeemed = 0;
	banner_set(p->page.news, BANNER_UNDONE, _("Undone"),
		_("What was paid is back. Take the slip back, please."));
	app_sound(app, SOUND_UNDONE);
}

static void points_undo_because(struct app *app, void *context, const char *why)
{
	if (why)
		points_undo_with(app, context, why);
}

/* Giving money back needs a reason. */
static void points_undo(struct app *app, void *self)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };
	struct points_screen *p = self;
	struct err err = { 0 };

	if (redemption_get(p->page.kiosk->db, p->redeemed, &redemption, &err) < 0) {
		list_page_tell_err(p, &err);
		return;
	}
	const struct reason_request request = {
		.title = _("Take it back? Why?"),
		.text = redemption.name,
		.done = points_undo_because,
		.context = p,
	};
	if (redemption.fen)
		reason_open(app, &request);
	else
		points_undo_with(app, p, NULL);
}

static void points_print(struct app *app, void *self)
{
	struct points_screen *p = self;
	struct err err = { 0 };

	if (papers_points(p->page.kiosk, p->resident, &err) < 0)
		list_page_tell_err(p, &err);
	else
		list_page_tell_done(p, _("Your points are being printed"), NULL);
	papers_go(p->page.kiosk);
	app_redraw(app);
}

static void points_family(struct app *app, void *self)
{
	family_open(app, ((const struct points_screen *)self)->resident);
}

static void points_choose_ranking(struct points_screen *p, bool is_unranked)
{
	struct act act = desk_act(p->page.kiosk->desk);
	struct err err = { 0 };

	int r = ranking_choose(p->page.kiosk->db, &act, p->resident, is_unranked, &err);
	list_page_conclude(p, r, &err,
		is_unranked ? _("You stand on no roll of honour from now on")
			    : _("You may stand on the roll of honour"),
		NULL);
}

static void points_unrank_answered(struct app *app, void *context, int button)
{
	(void)app;
	if (button == 0)
		points_choose_ranking(context, true);
}

/* One key must not take somebody's name off the wall. */
static void points_unrank(struct app *app, void *self)
{
	const char *const buttons[] = { _("Leave my name off"), _("Back"), NULL };
	const struct dialog dialog = {
		.title = _("Leave your name off the roll of honour?"),
		.text = _("Here you can put it back at any time."),
		.buttons = buttons,
		.marked = 1,
		.done = points_unrank_answered,
		.context = self,
	};

	dialog_open(app, &dialog);
}

static void points_rank(struct app *app, void *self)
{
	(void)app;
	points_choose_ranking(self, false);
}

static bool points_is_ranked(struct app *app, void *self)
{
	(void)app;
	return !((const struct points_screen *)self)->person.is_unranked;
}

static bool points_is_unranked(struct app *app, void *self)
{
	return !points_is_ranked(app, self);
}

static const struct action points_actions[] = {
	{ K_ENTER, N_("Redeem"), N_("Shows what it costs and what is left; then asks."),
		points_choose },
	{ '0', N_("Print"), N_("Prints your points and the latest entries."), points_print },
	{ '8', N_("Family"), N_("The household's points; giving some to kin or to the pool."),
		points_family },
	{ '9', N_("No roll of honour"), N_("Your name is left off the roll of honour."),
		points_unrank, points_is_ranked },
	{ '9', N_("Roll of honour"), N_("Your name may stand on the roll of honour."), points_rank,
		points_is_unranked },
	{ K_BACKSPACE, N_("Undo"), N_("A volunteer takes the last redemption back."), points_undo,
		points_can_undo },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static int points_draw_balance(const struct points_screen *p, struct rect area)
{
	int64_t now = kiosk_now(p->page.kiosk);
	CLEANUP(mem_free) char *points = words_points(p->balance.n);
	CLEANUP(mem_free) char *held = words_points(p->frozen.n);
	int row = 1;

	int col = draw_text(area, 0, 0, STYLE_PAPER, _("Points to spend")) + 2;
	draw_text(area, 0, col, STYLE_STRONG, points);
	if (p->served.n) {
		CLEANUP(mem_free) char *served = words_served(p->served.n);
		draw_right(area, 0, STYLE_PAPER, served);
	}
	if (p->frozen.n)
		draw_textf(area, row++, 0, STYLE_QUIET,
			_("%s more are held as deposits and come back"), held);
	if (p->expiring.points.n && p->expiring.is_noticed) {
		CLEANUP(mem_free) char *day = words_day(p->expiring.on, when_day(now));
		CLEANUP(mem_free) char *lost = words_points(p->expiring.points.n);
		draw_textf(area, row++, 0, STYLE_NEEDED, _(" ! %s expire %s "), lost, day);
	}
	return row + 1;
}

static int points_draw_entries(const struct points_screen *p, struct rect area, int row)
{
	int64_t now = kiosk_now(p->page.kiosk);

	for (int i = 0; i < p->entries.count && row < area.rows; i++) {
		const struct statement_line *line = &p->entries.rows[i];
		CLEANUP(mem_free) char *when = words_instant_paper(line->at, now);
		CLEANUP(mem_free)
		char *change = mem_printf("%+" PRId64, line->amount.n);
		draw_text(area, row, 0, STYLE_QUIET, when);
		draw_text(area, row, 24, STYLE_PAPER,
			words_transfer_side(line, HOLDER_RESIDENT(p->resident)));
		if (line->is_reversed)
			draw_text(area, row, 44, STYLE_QUIET, _("taken back"));
		draw_right(area, row++, line->amount.n < 0 ? STYLE_PAPER : STYLE_DONE, change);
	}
	return p->entries.count ? row + 1 : row;
}

/* What is left after a redemption, large and in place of the entries. Returns the row after it;
 * that of `row` where there is no room beside the list. */
static int points_draw_left(const struct points_screen *p, struct rect area, int row)
{
	CLEANUP(mem_free) char *points = words_points(p->balance.n);

	rect_cut_top(&area, row);
	rect_cut_bottom(&area, LIST_ROWS);
	if (!p->redeemed || !big_words_draw(area, p->page.kiosk->face, points))
		return row;
	return row + BIG_ROWS + 1;
}

static void points_head(void *self, struct rect *area)
{
	int row = points_draw_balance(self, *area);
	int below = points_draw_left(self, *area, row);

	rect_cut_top(area, below > row ? below : points_draw_entries(self, *area, row));
}

static const struct list_page_kind points_page = {
	.screen = LIST_PAGE(N_("Points"), points_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct points_screen, all),
	.empty = N_("There is nothing to be had for points yet."),
	.is_numbered = true,
	.number_max = NUMBERED_MAX,
	.are_tiles_first = true,
	.news = LIST_PAGE_NEWS_OWN,
	.read = points_read,
	.forget = points_forget,
	.cell = points_cell,
	.head = points_head,
};

void points_open(struct app *app)
{
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);

	if (!visit)
		return;
	struct points_screen *p = list_page_create(app, &points_page);
	p->resident = visit->resident;
	list_page_show(p);
}

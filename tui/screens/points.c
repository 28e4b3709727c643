/* The visitor's points: what there is, where it came from in words, and what can be had for it. A
 * digit or Enter chooses a reward; before anything moves the effect is shown. */
#include <inttypes.h>
#include <stdlib.h>

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
#include "tui/screens/clerk.h"
#include "tui/screens/counter.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/screens/visit.h"
#include "tui/widgets/list.h"
#include "tui/widgets/tiles.h"

#define ENTRIES 5 /* latest, on the screen */

struct points_screen {
	struct kiosk *kiosk;
	int64_t resident;
	struct points balance, frozen;
	struct expiring expiring;
	struct points_person person;
	struct minutes served;
	struct points_statement entries;
	struct reward_list rewards;
	int64_t redeemed; /* here, just now: what Backspace takes back */
	struct banner banner;
	struct list *list;
};

static const struct screen points_screen;

/* ---- reading ---- */

static int read_all(struct points_screen *p, struct err *err)
{
	struct db *db = p->kiosk->db;

	points_statement_finish(&p->entries);
	reward_list_finish(&p->rewards);
	TRY(points_balance(db, p->resident, &p->balance, err));
	TRY(points_frozen(db, p->resident, &p->frozen, err));
	TRY(points_expiring(db, p->resident, &p->expiring, err));
	TRY(points_person(db, p->resident, &p->person, err));
	TRY(service_hours_total(db, p->resident, &p->served, err));
	TRY(points_statement(db, p->resident, NULL, ENTRIES, &p->entries, err));
	return rewards(db, &p->rewards, err);
}

static void refresh(struct app *app, struct points_screen *p)
{
	struct err err = { 0 };

	if (read_all(p, &err) < 0)
		counter_tell_err(app, &p->banner, &err);
	list_set_count(p->list, p->rewards.count);
	app_redraw(app);
}

static struct redeem_draft draft_of(const struct points_screen *p, const struct reward *reward)
{
	return (struct redeem_draft){ .reward = reward->id,
		.whose = HOLDER_RESIDENT(p->resident),
		.count = 1,
		.currency = FOR_POINTS };
}

/* Why not, or 0. */
static int check(const struct points_screen *p, const struct reward *reward, struct err *err)
{
	const struct redeem_draft draft = draft_of(p, reward);
	struct act act = desk_act(p->kiosk->desk);

	return redeem_check(p->kiosk->db, &act, &draft, err);
}

/* ---- lines ---- */

enum { COLUMN_NAME, COLUMN_TERMS, COLUMN_PRICE };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { N_("To be had for points"), .min = 14 },
	[COLUMN_TERMS] = { NULL, .min = 8 },
	[COLUMN_PRICE] = { N_("Price"), .min = 8, .max = 34, .align_right = true,
		.is_whole = true },
};

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct points_screen *p = context;
	const struct reward *reward = &p->rewards.rows[row];

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

/* ---- life ---- */

void points_open(struct app *app)
{
	struct kiosk *kiosk = kiosk_of(app);
	const struct desk_visit *visit = desk_visit(kiosk->desk);

	if (!visit)
		return;
	struct points_screen *p = mem_alloc(sizeof(*p));
	p->kiosk = kiosk;
	p->resident = visit->resident;
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = p,
		.cell = cell,
		.empty = N_("There is nothing to be had for points yet."),
		.is_numbered = true,
	};
	p->list = list_create(&options);
	app_push(app, &points_screen, p);
}

static void enter(struct app *app, void *self)
{
	refresh(app, self);
}

static void leave(struct app *app, void *self)
{
	struct points_screen *p = self;

	(void)app;
	points_statement_finish(&p->entries);
	reward_list_finish(&p->rewards);
	banner_clear(&p->banner);
	list_destroy(p->list);
	free(p);
}

/* ---- redeeming ---- */

static const struct reward *selected(const struct points_screen *p)
{
	int row = list_selected(p->list);

	return row >= 0 && row < p->rewards.count ? &p->rewards.rows[row] : NULL;
}

static void redeemed(struct app *app, void *context, int64_t id)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };
	struct points_screen *p = context;
	struct err err = { 0 };

	p->redeemed = id;
	if (redemption_get(p->kiosk->db, id, &redemption, &err) < 0)
		counter_tell_err(app, &p->banner, &err);
	CLEANUP(mem_free)
	char *text = mem_printf(_("%s. Take the slip, please; a volunteer hands it out."),
		redemption.name ? redemption.name : "");
	counter_tell_done(app, &p->banner, _("Redeemed"), text);
	refresh(app, p);
}

static void choose(struct app *app, void *self)
{
	struct points_screen *p = self;
	const struct reward *reward = selected(p);
	struct err err = { 0 };

	if (!reward)
		return;
	const struct redeem_request request = { reward->id, HOLDER_RESIDENT(p->resident), redeemed,
		p };
	/* A volunteer may take yuan, or make an exception: what speaks against it stands there. */
	if (!desk_staff(p->kiosk->desk) && check(p, reward, &err) < 0)
		counter_tell_err(app, &p->banner, &err);
	else
		redeem_open(app, &request);
	app_redraw(app);
}

/* ---- undoing, paper, the ranking ---- */

static bool can_undo(struct app *app, void *self)
{
	const struct points_screen *p = self;

	(void)app;
	return p->redeemed && desk_staff(p->kiosk->desk);
}

static void undo_with(struct app *app, struct points_screen *p, const char *why)
{
	struct act act = desk_act(p->kiosk->desk);
	CLEANUP(mem_free) char *all = why ? clerk_why(&act, why) : NULL;
	struct err err = { 0 };

	act.why = all ? all : act.why;
	if (redemption_undo(p->kiosk->db, &act, p->redeemed, &err) < 0) {
		counter_tell_err(app, &p->banner, &err);
	} else {
		p->redeemed = 0;
		banner_set(&p->banner, BANNER_UNDONE, _("Undone"),
			_("What was paid is back. Take the slip back, please."));
		app_sound(app, SOUND_UNDONE);
	}
	refresh(app, p);
}

static void undo_because(struct app *app, void *context, const char *why)
{
	if (why)
		undo_with(app, context, why);
}

/* Money does not go back without a word of why. */
static void undo(struct app *app, void *self)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };
	struct points_screen *p = self;
	struct err err = { 0 };

	if (redemption_get(p->kiosk->db, p->redeemed, &redemption, &err) < 0) {
		counter_tell_err(app, &p->banner, &err);
		return;
	}
	const struct reason_request request = {
		.title = _("Take it back? Why?"),
		.text = redemption.name,
		.done = undo_because,
		.context = p,
	};
	if (redemption.fen)
		reason_open(app, &request);
	else
		undo_with(app, p, NULL);
}

static void print(struct app *app, void *self)
{
	struct points_screen *p = self;
	struct err err = { 0 };

	if (papers_points(p->kiosk, p->resident, &err) < 0)
		counter_tell_err(app, &p->banner, &err);
	else
		counter_tell_done(app, &p->banner, _("Your points are being printed"), NULL);
	papers_go(p->kiosk);
	app_redraw(app);
}

static void family(struct app *app, void *self)
{
	family_open(app, ((const struct points_screen *)self)->resident);
}

static void toggle_ranking(struct app *app, void *self)
{
	struct points_screen *p = self;
	struct act act = desk_act(p->kiosk->desk);
	bool is_unranked = !p->person.is_unranked;
	struct err err = { 0 };

	if (ranking_choose(p->kiosk->db, &act, p->resident, is_unranked, &err) < 0)
		counter_tell_err(app, &p->banner, &err);
	else
		counter_tell_done(app, &p->banner,
			is_unranked ? _("You stand on no roll of honour from now on")
				    : _("You may stand on the roll of honour"),
			NULL);
	refresh(app, p);
}

static bool is_ranked(struct app *app, void *self)
{
	(void)app;
	return !((const struct points_screen *)self)->person.is_unranked;
}

static bool is_unranked(struct app *app, void *self)
{
	return !is_ranked(app, self);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Redeem"), N_("Shows what it costs and what is left; then asks."), choose },
	{ '0', N_("Print"), N_("Prints your points and the latest entries."), print },
	{ '+', N_("Family"), N_("The household's points; giving some to kin or to the pool."),
		family },
	{ K_TAB, N_("No roll of honour"), N_("Your name is left off the roll of honour."),
		toggle_ranking, is_ranked },
	{ K_TAB, N_("Roll of honour"), N_("Your name may stand on the roll of honour."),
		toggle_ranking, is_unranked },
	{ K_BACKSPACE, N_("Undo"), N_("A volunteer takes the last redemption back."), undo,
		can_undo },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct points_screen *p = self;

	if (key->code == '0' || key->code == K_BACKSPACE)
		return false;
	enum list_answer answer = list_key(p->list, key);
	if (answer == LIST_CHOSEN)
		choose(app, p);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	(void)self;
	counter_scan(app, visit_banner(app), bytes, len);
}

/* ---- drawing ---- */

static int draw_balance(const struct points_screen *p, struct rect area)
{
	int64_t now = kiosk_now(p->kiosk);
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

static int draw_entries(const struct points_screen *p, struct rect area, int row)
{
	int64_t now = kiosk_now(p->kiosk);

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

static void draw(struct app *app, void *self, struct rect area)
{
	struct points_screen *p = self;

	(void)app;
	area = rect_inset(area, 1, 2);
	int rows = banner_rows(&p->banner, area.cols);
	if (rows)
		banner_draw(&p->banner, rect_cut_bottom(&area, rows + 1));
	int row = draw_balance(p, area);
	row = draw_entries(p, area, row);
	rect_cut_top(&area, row);
	list_draw(p->list, area);
}

static const struct screen points_screen = {
	.name = "points",
	.title = N_("Points"),
	.actions = actions,
	.enter = enter,
	.resume = enter,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
};

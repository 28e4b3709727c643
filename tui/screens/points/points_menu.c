/* Points, for volunteers and the coordinator (F5): what waits for a decision, this month in sums,
 * and the way to giving points, to the rules and to the papers. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/deposit.h"
#include "core/points/earning.h"
#include "core/points/reversal.h"
#include "core/points/summary.h"
#include "core/words_points.h"
#include "tui/pages/amount.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/points/points.h"

enum line { LINE_EARNING, LINE_REVERSAL, LINE_DEPOSIT };

/* What waits for a decision. */
struct waiting {
	enum line line;
	int64_t id; /* the earning's, the reversal's or, of a deposit, the loan's */
	struct holder whose;
	struct points points;
	bool is_lost; /* the item with the deposit */
	char *name;   /* whose */
	char *about;  /* the rule, the kind of transfer or the thing */
};

struct points_menu {
	struct list_page page;
	struct {
		struct waiting *rows;
		int count;
	} all;
	struct period_sums month;
	int64_t keeping; /* of the deposit, while the reason is asked */
};

/* ---- reading ---- */

static struct waiting *points_menu_append(struct points_menu *d, struct waiting waiting)
{
	d->all.rows = mem_resize(d->all.rows, (size_t)(d->all.count + 1) * sizeof(*d->all.rows));
	d->all.rows[d->all.count] = waiting;
	return &d->all.rows[d->all.count++];
}

static int points_menu_read_earnings(struct points_menu *d, struct err *err)
{
	struct db *db = d->page.kiosk->db;
	CLEANUP(earning_list_finish) struct earning_list list = { 0 };

	TRY(earnings_waiting(db, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct earning *e = &list.rows[i];
		CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
		struct waiting *row = points_menu_append(d, (struct waiting){ .line = LINE_EARNING,
								    .id = e->id,
								    .whose = e->whose,
								    .points = e->points });
		TRY(earn_rule_get(db, e->rule, &rule, err));
		row->about = TAKE(rule.name);
	}
	return 0;
}

static int points_menu_read_reversals(struct points_menu *d, struct err *err)
{
	CLEANUP(reversal_list_finish) struct reversal_list list = { 0 };

	TRY(reversals_waiting(d->page.kiosk->db, &list, err));
	for (int i = 0; i < list.count; i++)
		points_menu_append(
			d, (struct waiting){ .line = LINE_REVERSAL,
				   .id = list.rows[i].id,
				   .whose = list.rows[i].to,
				   .points = list.rows[i].points,
				   .about = mem_text(words_transfer_kind(list.rows[i].kind)) });
	return 0;
}

static int points_menu_read_deposits(struct points_menu *d, struct err *err)
{
	struct db *db = d->page.kiosk->db;
	CLEANUP(deposit_list_finish) struct deposit_list list = { 0 };

	TRY(deposits_to_settle(db, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct deposit *deposit = &list.rows[i];
		CLEANUP(item_finish) struct item item = { 0 };
		struct waiting *row =
			points_menu_append(d, (struct waiting){ .line = LINE_DEPOSIT,
						      .id = deposit->loan,
						      .whose = HOLDER_RESIDENT(deposit->resident),
						      .points = deposit->points,
						      .is_lost = deposit->is_lost });
		TRY(item_get(db, deposit->item, &item, err));
		row->about = TAKE(item.name);
	}
	return 0;
}

static int points_menu_read(void *self, struct err *err)
{
	struct points_menu *d = self;
	struct kiosk *kiosk = d->page.kiosk;
	int64_t now = kiosk_now(kiosk);
	struct day first = when_day(now);

	first.day = 1;
	TRY(points_menu_read_earnings(d, err));
	TRY(points_menu_read_reversals(d, err));
	TRY(points_menu_read_deposits(d, err));
	for (int i = 0; i < d->all.count; i++)
		TRY(clerk_holder_name(kiosk, d->all.rows[i].whose, &d->all.rows[i].name, err));
	return points_sums(kiosk->db, when_day_start(first), now + 1, &d->month, err);
}

static void points_menu_forget(void *self)
{
	struct points_menu *d = self;

	for (int i = 0; i < d->all.count; i++) {
		free(d->all.rows[i].name);
		free(d->all.rows[i].about);
	}
	mem_free(&d->all.rows);
	d->all.count = 0;
	period_sums_finish(&d->month);
}

/* ---- lines: earnings, then reversals, then deposits ---- */

enum { COLUMN_WHAT, COLUMN_WHO, COLUMN_FOR, COLUMN_POINTS };

static const struct list_column columns[] = {
	[COLUMN_WHAT] = { N_("Waits for you"), .min = 12, .max = 24 },
	[COLUMN_WHO] = { N_("For whom"), .min = 8, .max = 18 },
	[COLUMN_FOR] = { N_("For what"), .min = 10 },
	[COLUMN_POINTS] = { N_("Points"), .min = 6, .max = 12, .align_right = true,
		.is_whole = true },
};

static const char *points_menu_what_words(const struct waiting *waiting)
{
	switch (waiting->line) {
	case LINE_EARNING:
		return _("to be approved");
	case LINE_REVERSAL:
		return _("to be taken back");
	case LINE_DEPOSIT:
		break;
	}
	return waiting->is_lost ? _("deposit, lost") : _("deposit, back");
}

static void points_menu_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct waiting *waiting = row;

	(void)self;
	switch (column) {
	case COLUMN_WHAT:
		ret->text = mem_text(points_menu_what_words(waiting));
		break;
	case COLUMN_WHO:
		ret->text = mem_text(waiting->name);
		break;
	case COLUMN_FOR:
		ret->text = mem_text(waiting->about);
		break;
	default:
		ret->text = mem_printf("%" PRId64, waiting->points.n);
	}
}

/* ---- deciding ---- */

static int points_menu_decide(
	struct app *app, const struct waiting *waiting, bool is_granted, struct err *err)
{
	struct act act = clerk_act(app, 0);
	struct db *db = kiosk_of(app)->db;
	int64_t posted;

	switch (waiting->line) {
	case LINE_EARNING:
		return earning_settle(db, &act, waiting->id, is_granted, err);
	case LINE_REVERSAL:
		return reversal_settle(db, &act, waiting->id, is_granted, &posted, err);
	case LINE_DEPOSIT:
		break;
	}
	return deposit_settle(db, &act, waiting->id, POINTS(0), err);
}

static void points_menu_grant(struct app *app, void *self)
{
	struct err err = { 0 };
	int r = points_menu_decide(app, list_page_row(self), true, &err);

	list_page_conclude(self, r, &err, _("Done: the points have moved"), NULL);
}

static void points_menu_decline(struct app *app, void *self)
{
	struct err err = { 0 };
	int r = points_menu_decide(app, list_page_row(self), false, &err);

	list_page_conclude(self, r, &err, _("Declined: nothing has moved"), NULL);
}

static const struct waiting *points_menu_marked_deposit(const void *self)
{
	const struct waiting *waiting = list_page_row(self);

	return waiting && waiting->line == LINE_DEPOSIT ? waiting : NULL;
}

static void points_menu_keep_with(struct app *app, void *context, const char *why)
{
	struct points_menu *d = context;
	const struct waiting *deposit = points_menu_marked_deposit(d);
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (!why || !deposit)
		return;
	CLEANUP(mem_free) char *all = clerk_why(&act, why);
	act.why = all;
	int r = deposit_settle(d->page.kiosk->db, &act, deposit->id, POINTS(d->keeping), &err);
	list_page_conclude(d, r, &err, _("Done: what is kept went into the common pool"), NULL);
}

static void points_menu_keep_so_many(struct app *app, void *context, int64_t n)
{
	struct points_menu *d = context;
	CLEANUP(mem_free) char *kept = words_points(n);
	CLEANUP(mem_free) char *text = mem_printf(_("%s go into the common pool. Why?"), kept);
	const struct reason_request request = {
		.title = _("Keep the deposit"),
		.text = text,
		.done = points_menu_keep_with,
		.context = d,
	};

	if (n <= 0)
		return;
	d->keeping = n;
	reason_open(app, &request);
}

static char *points_menu_keep_preview(void *context, int64_t n)
{
	const struct waiting *deposit = points_menu_marked_deposit(context);
	CLEANUP(mem_free) char *kept = words_points(n);
	CLEANUP(mem_free) char *back = words_points(deposit ? deposit->points.n - n : 0);

	return mem_printf(_("%s go into the common pool, %s go back"), kept, back);
}

static void points_menu_keep_deposit(struct app *app, void *self)
{
	const struct waiting *deposit = points_menu_marked_deposit(self);
	CLEANUP(mem_free) char *held = words_points(deposit->points.n);
	CLEANUP(mem_free) char *text = mem_printf(_("%s are held."), held);
	const struct amount_request request = {
		.title = _("How much of the deposit is kept?"),
		.text = text,
		.max = deposit->points.n,
		.preview = points_menu_keep_preview,
		.done = points_menu_keep_so_many,
		.context = self,
	};

	amount_open(app, &request);
}

static bool points_menu_is_on_deposit(struct app *app, void *self)
{
	(void)app;
	return points_menu_marked_deposit(self) != NULL;
}

static bool points_menu_can_decline(struct app *app, void *self)
{
	return list_page_row(self) && !points_menu_is_on_deposit(app, self);
}

/* ---- the rest ---- */

static void points_menu_queue(struct points_menu *d, int r, const struct err *err)
{
	if (r < 0)
		clerk_tell_err(d->page.app, err);
	else
		clerk_tell_done(d->page.app, _("It is being printed"), NULL);
	papers_go(d->page.kiosk);
	app_redraw(d->page.app);
}

static void points_menu_print_rules(struct app *app, void *self)
{
	struct points_menu *d = self;
	struct err err = { 0 };

	(void)app;
	int r = papers_points_rules(d->page.kiosk, &err);
	points_menu_queue(d, r, &err);
}

static void points_menu_print_day_slip(struct app *app, void *self)
{
	struct points_menu *d = self;
	struct err err = { 0 };

	(void)app;
	int r = papers_day_slip(d->page.kiosk, when_day(kiosk_now(d->page.kiosk)), &err);
	points_menu_queue(d, r, &err);
}

static const struct action points_menu_actions[] = {
	{ '1', N_("Give points"), N_("By a rule, with a preview of what it will be."),
		.opens = points_give_open, .place = ACTION_TILE },
	{ '2', N_("Rules"), N_("How points are earned: look at them, change them."),
		.opens = earn_rules_open, .place = ACTION_TILE },
	{ '3', N_("Wall: how points go round"),
		N_("Prints the rules and rewards as they are kept."), points_menu_print_rules,
		.place = ACTION_TILE },
	{ '4', N_("Honours"), N_("Stars, who did most in a year, certificates, rolls of honour."),
		.opens = honours_open, .place = ACTION_TILE },
	{ '5', N_("Day slip"), N_("Prints the day in counts and sums, with the journal's code."),
		points_menu_print_day_slip, .place = ACTION_TILE },
	{ '6', N_("Bodies"), N_("Teams, party branches, merchants: what they have and redeem."),
		.opens = bodies_open, .place = ACTION_TILE },
	{ '7', N_("Rewards"), N_("What points buy: prices, stock, limits."), .opens = rewards_open,
		.place = ACTION_TILE },
	{ '8', N_("Redeemed"), N_("What was had lately: its slip again, or take it back."),
		.opens = redemptions_open, .place = ACTION_TILE },
	{ '9', N_("Rights of use"), N_("What somebody may use in return for a duty."),
		.opens = use_rights_open, .place = ACTION_TILE },
	{ '0', N_("For a group"), N_("The same points for many, one card after the other."),
		.opens = points_group_open, .place = ACTION_TILE },
	{ K_ENTER, N_("Grant"), N_("Approves it, takes it back, or gives the deposit back."),
		points_menu_grant, list_page_has_row },
	{ K_DELETE, N_("Decline"), N_("Leaves things as they are."), points_menu_decline,
		points_menu_can_decline },
	{ K_TAB, N_("Keep the deposit"),
		N_("As much of it as you say goes into the pool, with a reason."),
		points_menu_keep_deposit, points_menu_is_on_deposit },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* The month in sums. */
static void points_menu_head(void *self, struct rect *area)
{
	const struct points_menu *d = self;
	CLEANUP(mem_free) char *held = words_points(d->month.held.n);
	CLEANUP(mem_free) char *pool = words_points(d->month.balances[ACCOUNT_POOL].n);
	CLEANUP(mem_free) char *frozen = words_points(d->month.balances[ACCOUNT_FROZEN].n);
	int row = 2;

	draw_textf(*area, 0, 0, STYLE_STRONG,
		_("In all accounts %s  ·  common pool %s  ·  deposits %s"), held, pool, frozen);
	for (int i = 0; i < d->month.count && row < 8; i++, row++) {
		const struct kind_sum *sum = &d->month.rows[i];
		CLEANUP(mem_free) char *points = words_points(sum->points.n);
		draw_text(*area, row, 0, STYLE_QUIET, _("This month"));
		draw_text(*area, row, 14, STYLE_PAPER, words_transfer_kind(sum->kind));
		draw_textf(*area, row, 44, STYLE_PAPER, "%" PRId64 " ×", sum->transfers);
		draw_text(*area, row, 54, STYLE_PAPER, points);
	}
	rect_cut_top(area, row + 1);
}

static const struct list_page_kind points_menu_page = {
	.screen = LIST_PAGE(N_("Points"), points_menu_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct points_menu, all),
	.empty = N_("Nothing waits for a decision."),
	.read = points_menu_read,
	.forget = points_menu_forget,
	.cell = points_menu_cell,
	.head = points_menu_head,
};

void points_menu_open(struct app *app)
{
	if (!app_pop_to(app, &points_menu_page.screen))
		list_page_open(app, &points_menu_page);
}

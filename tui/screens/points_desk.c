/* Points, for volunteers and the coordinator (F5): what waits for a decision, this month in sums,
 * and the way to giving points, to the rules and to the papers. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/deposit.h"
#include "core/items/item.h"
#include "core/points/earning.h"
#include "core/points/reversal.h"
#include "core/points/summary.h"
#include "core/words_points.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct points_desk {
	struct app *app;
	struct kiosk *kiosk;
	struct earning_list earnings;
	struct reversal_list reversals;
	struct deposit_list deposits;
	struct period_sums month;
	int64_t keeping; /* of the deposit, while it is asked why */
	struct list *list;
};

static const struct screen points_desk_screen;

/* ---- reading ---- */

static void forget(struct points_desk *d)
{
	earning_list_finish(&d->earnings);
	reversal_list_finish(&d->reversals);
	deposit_list_finish(&d->deposits);
	period_sums_finish(&d->month);
}

static int read_all(struct points_desk *d, struct err *err)
{
	struct db *db = d->kiosk->db;
	int64_t now = kiosk_now(d->kiosk);
	struct day first = when_day(now);

	first.day = 1;
	forget(d);
	TRY(earnings_waiting(db, &d->earnings, err));
	TRY(reversals_waiting(db, &d->reversals, err));
	TRY(deposits_to_settle(db, &d->deposits, err));
	return points_sums(db, when_day_start(first), now + 1, &d->month, err);
}

static void refresh(struct points_desk *d)
{
	struct err err = { 0 };

	if (read_all(d, &err) < 0)
		clerk_tell_err(d->app, &err);
	list_set_count(d->list, d->earnings.count + d->reversals.count + d->deposits.count);
	app_redraw(d->app);
}

/* ---- lines: earnings, then reversals, then deposits ---- */

enum line { LINE_EARNING, LINE_REVERSAL, LINE_DEPOSIT };

static enum line line_at(const struct points_desk *d, int row, int *ret_index)
{
	*ret_index = row;
	if (row < d->earnings.count)
		return LINE_EARNING;
	*ret_index = row -= d->earnings.count;
	if (row < d->reversals.count)
		return LINE_REVERSAL;
	*ret_index = row - d->reversals.count;
	return LINE_DEPOSIT;
}

static char *rule_name(const struct points_desk *d, int64_t id)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	struct err ignored = { 0 };

	return earn_rule_get(d->kiosk->db, id, &rule, &ignored) < 0 ? NULL : mem_text(rule.name);
}

static char *item_name(const struct points_desk *d, int64_t id)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct err ignored = { 0 };

	return item_get(d->kiosk->db, id, &item, &ignored) < 0 ? NULL : mem_text(item.name);
}

enum { COLUMN_WHAT, COLUMN_WHO, COLUMN_FOR, COLUMN_POINTS };

static const struct list_column columns[] = {
	[COLUMN_WHAT] = { N_("Waits for you"), .min = 12, .max = 24 },
	[COLUMN_WHO] = { N_("For whom"), .min = 8, .max = 18 },
	[COLUMN_FOR] = { N_("For what"), .min = 10 },
	[COLUMN_POINTS] = { N_("Points"), .min = 6, .max = 12, .align_right = true,
		.is_whole = true },
};

static void earning_cell(const struct points_desk *d, int i, int column, struct list_cell *ret)
{
	const struct earning *e = &d->earnings.rows[i];

	if (column == COLUMN_WHAT)
		ret->text = mem_text(_("to be approved"));
	else if (column == COLUMN_WHO)
		ret->text = clerk_holder_name(d->kiosk, e->whose);
	else if (column == COLUMN_FOR)
		ret->text = rule_name(d, e->rule);
	else
		ret->text = mem_printf("%" PRId64, e->points.n);
}

static void reversal_cell(const struct points_desk *d, int i, int column, struct list_cell *ret)
{
	const struct reversal *r = &d->reversals.rows[i];

	if (column == COLUMN_WHAT)
		ret->text = mem_text(_("to be taken back"));
	else if (column == COLUMN_WHO)
		ret->text = clerk_holder_name(d->kiosk, r->to);
	else if (column == COLUMN_FOR)
		ret->text = mem_text(words_transfer_kind(r->kind));
	else
		ret->text = mem_printf("%" PRId64, r->points.n);
}

static void deposit_cell(const struct points_desk *d, int i, int column, struct list_cell *ret)
{
	const struct deposit *deposit = &d->deposits.rows[i];

	if (column == COLUMN_WHAT)
		ret->text = mem_text(deposit->is_lost ? _("deposit, lost") : _("deposit, back"));
	else if (column == COLUMN_WHO)
		ret->text = clerk_holder_name(d->kiosk, HOLDER_RESIDENT(deposit->resident));
	else if (column == COLUMN_FOR)
		ret->text = item_name(d, deposit->item);
	else
		ret->text = mem_printf("%" PRId64, deposit->points.n);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	static void (*const cells[])(const struct points_desk *, int, int, struct list_cell *) = {
		[LINE_EARNING] = earning_cell,
		[LINE_REVERSAL] = reversal_cell,
		[LINE_DEPOSIT] = deposit_cell,
	};
	const struct points_desk *d = context;
	int index;
	enum line line = line_at(d, row, &index);

	ret->style = STYLE_PAPER;
	cells[line](d, index, column, ret);
}

/* ---- life ---- */

void points_desk_open(struct app *app)
{
	struct points_desk *d;

	if (app_pop_to(app, &points_desk_screen))
		return;
	d = mem_alloc(sizeof(*d));
	d->app = app;
	d->kiosk = kiosk_of(app);
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = d,
		.cell = cell,
		.empty = N_("Nothing waits for a decision."),
	};
	d->list = list_create(&options);
	app_push(app, &points_desk_screen, d);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

static void enter(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct points_desk *d = self;

	(void)app;
	forget(d);
	list_destroy(d->list);
	free(d);
}

/* ---- deciding ---- */

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return list_selected(((struct points_desk *)self)->list) >= 0;
}

static void conclude(struct points_desk *d, int r, const struct err *err, const char *done)
{
	refresh(d);
	if (r < 0)
		clerk_tell_err(d->app, err);
	else
		clerk_tell_done(d->app, done, NULL);
}

static int decide(struct points_desk *d, bool is_granted, struct err *err)
{
	struct act act = clerk_act(d->app, 0);
	struct db *db = d->kiosk->db;
	int64_t posted;
	int index;

	switch (line_at(d, list_selected(d->list), &index)) {
	case LINE_EARNING:
		return earning_settle(db, &act, d->earnings.rows[index].id, is_granted, err);
	case LINE_REVERSAL:
		return reversal_settle(
			db, &act, d->reversals.rows[index].id, is_granted, &posted, err);
	case LINE_DEPOSIT:
		break;
	}
	return deposit_settle(db, &act, d->deposits.rows[index].loan, POINTS(0), err);
}

static void grant(struct app *app, void *self)
{
	struct err err = { 0 };
	int r = decide(self, true, &err);

	(void)app;
	conclude(self, r, &err, _("Done: the points have moved"));
}

static void decline(struct app *app, void *self)
{
	struct err err = { 0 };
	int r = decide(self, false, &err);

	(void)app;
	conclude(self, r, &err, _("Declined: nothing has moved"));
}

static const struct deposit *selected_deposit(const struct points_desk *d)
{
	int index, row = list_selected(d->list);

	return row >= 0 && line_at(d, row, &index) == LINE_DEPOSIT ? &d->deposits.rows[index]
								   : NULL;
}

static void keep_with(struct app *app, void *context, const char *why)
{
	struct points_desk *d = context;
	const struct deposit *deposit = selected_deposit(d);
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (!why || !deposit)
		return;
	CLEANUP(mem_free) char *all = clerk_why(&act, why);
	act.why = all;
	int r = deposit_settle(d->kiosk->db, &act, deposit->loan, POINTS(d->keeping), &err);
	conclude(d, r, &err, _("Done: what is kept went into the common pool"));
}

static void keep_so_many(struct app *app, void *context, int64_t n)
{
	struct points_desk *d = context;
	CLEANUP(mem_free) char *kept = words_points(n);
	CLEANUP(mem_free) char *text = mem_printf(_("%s go into the common pool. Why?"), kept);
	const struct reason_request request = {
		.title = _("Keep the deposit"),
		.text = text,
		.done = keep_with,
		.context = d,
	};

	if (n <= 0)
		return;
	d->keeping = n;
	reason_open(app, &request);
}

static char *keep_preview(void *context, int64_t n)
{
	const struct deposit *deposit = selected_deposit(context);
	CLEANUP(mem_free) char *kept = words_points(n);
	CLEANUP(mem_free) char *back = words_points(deposit ? deposit->points.n - n : 0);

	return mem_printf(_("%s go into the common pool, %s go back"), kept, back);
}

static void keep_deposit(struct app *app, void *self)
{
	const struct deposit *deposit = selected_deposit(self);
	CLEANUP(mem_free) char *held = words_points(deposit->points.n);
	CLEANUP(mem_free) char *text = mem_printf(_("%s are held."), held);
	const struct amount_request request = {
		.title = _("How much of the deposit is kept?"),
		.text = text,
		.max = deposit->points.n,
		.preview = keep_preview,
		.done = keep_so_many,
		.context = self,
	};

	amount_open(app, &request);
}

static bool is_on_deposit(struct app *app, void *self)
{
	(void)app;
	return selected_deposit(self) != NULL;
}

static bool can_decline(struct app *app, void *self)
{
	return has_line(app, self) && !is_on_deposit(app, self);
}

/* ---- the rest ---- */

static void queue(struct points_desk *d, int r, const struct err *err)
{
	if (r < 0)
		clerk_tell_err(d->app, err);
	else
		clerk_tell_done(d->app, _("It is being printed"), NULL);
	papers_go(d->kiosk);
	app_redraw(d->app);
}

static void print_rules(struct app *app, void *self)
{
	struct points_desk *d = self;
	struct err err = { 0 };

	(void)app;
	int r = papers_points_rules(d->kiosk, &err);
	queue(d, r, &err);
}

static void print_day_slip(struct app *app, void *self)
{
	struct points_desk *d = self;
	struct err err = { 0 };

	(void)app;
	int r = papers_day_slip(d->kiosk, when_day(kiosk_now(d->kiosk)), &err);
	queue(d, r, &err);
}

static const struct action actions[] = {
	{ '1', N_("Give points"), N_("By a rule, with a preview of what it will be."),
		.opens = points_give_open, .place = ACTION_TILE },
	{ '2', N_("Rules"), N_("How points are earned: look at them, change them."),
		.opens = earn_rules_open, .place = ACTION_TILE },
	{ '3', N_("Wall: how points go round"),
		N_("Prints the rules and rewards as they are kept."), print_rules,
		.place = ACTION_TILE },
	{ '4', N_("Honours"), N_("Stars, who did most in a year, certificates, rolls of honour."),
		.opens = honours_open, .place = ACTION_TILE },
	{ '5', N_("Day slip"), N_("Prints the day in counts and sums, with the journal's code."),
		print_day_slip, .place = ACTION_TILE },
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
	{ K_ENTER, N_("Grant"), N_("Approves it, takes it back, or gives the deposit back."), grant,
		has_line },
	{ K_DELETE, N_("Decline"), N_("Leaves things as they are."), decline, can_decline },
	{ K_TAB, N_("Keep the deposit"),
		N_("As much of it as you say goes into the pool, with a reason."), keep_deposit,
		is_on_deposit },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct points_desk *d = self;
	enum list_answer answer = list_key(d->list, key);

	if (answer == LIST_CHOSEN)
		grant(app, d);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

/* ---- drawing ---- */

static int draw_month(const struct points_desk *d, struct rect area)
{
	CLEANUP(mem_free) char *held = words_points(d->month.held.n);
	CLEANUP(mem_free) char *pool = words_points(d->month.balances[ACCOUNT_POOL].n);
	CLEANUP(mem_free) char *frozen = words_points(d->month.balances[ACCOUNT_FROZEN].n);
	int row = 2;

	draw_textf(area, 0, 0, STYLE_STRONG,
		_("In all accounts %s  ·  common pool %s  ·  deposits %s"), held, pool, frozen);
	for (int i = 0; i < d->month.count && row < 8; i++, row++) {
		const struct kind_sum *sum = &d->month.rows[i];
		CLEANUP(mem_free) char *points = words_points(sum->points.n);
		draw_text(area, row, 0, STYLE_QUIET, _("This month"));
		draw_text(area, row, 14, STYLE_PAPER, words_transfer_kind(sum->kind));
		draw_textf(area, row, 44, STYLE_PAPER, "%" PRId64 " ×", sum->transfers);
		draw_text(area, row, 54, STYLE_PAPER, points);
	}
	return row + 1;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct points_desk *d = self;

	area = rect_inset(area, 1, 2);
	rect_cut_top(&area, draw_month(d, area));
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(d->list, area);
}

static const struct screen points_desk_screen = {
	.name = "points desk",
	.title = N_("Points"),
	.actions = actions,
	.enter = enter,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};

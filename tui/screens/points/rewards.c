/* What points buy, as rows: the price, what is left, who gets it. Ended ones stay in the list, to
 * be resumed. */
#include <inttypes.h>

#include "core/base/mem.h"
#include "core/rewards/reward.h"
#include "core/words_points.h"
#include "tui/pages/amount.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/points/points.h"

struct rewards_screen {
	struct list_page page;
	struct reward_list all; /* those in force, then those that have ended */
};

/* ---- what is shown ---- */

enum { COLUMN_NAME, COLUMN_KIND, COLUMN_STOCK, COLUMN_PRICE };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { N_("To be had for points"), .min = 14 },
	[COLUMN_KIND] = { N_("Kind"), .min = 8, .max = 14 },
	[COLUMN_STOCK] = { N_("In stock"), .min = 6, .max = 8, .align_right = true,
		.is_whole = true },
	[COLUMN_PRICE] = { N_("Price"), .min = 8, .max = 34, .align_right = true,
		.is_whole = true },
};

static void rewards_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct reward *reward = row;

	ret->style = reward->is_ended ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_NAME:
		ret->text = mem_text(reward->name);
		break;
	case COLUMN_KIND:
		ret->text = mem_text(words_reward_kind(reward->kind));
		break;
	case COLUMN_STOCK:
		ret->text = reward->is_counted ? mem_printf("%" PRId64, reward->stock) : NULL;
		break;
	default:
		ret->text = words_price(reward);
	}
}

/* What has run out must stand out. */
static const char *rewards_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct reward *reward = row;

	*ret_style = STYLE_NEEDED;
	return !reward->is_ended && reward->is_counted && reward->stock == 0 ? "!" : "";
}

/* ---- reading ---- */

static int rewards_read(void *self, struct err *err)
{
	struct rewards_screen *r = self;
	struct reward_list ended = { 0 };

	TRY(rewards(r->page.kiosk->db, &r->all, err));
	TRY(rewards_ended(r->page.kiosk->db, &ended, err));
	LIST_PAGE_JOIN(&r->all, ended);
	return 0;
}

static void rewards_forget(void *self)
{
	reward_list_finish(&((struct rewards_screen *)self)->all);
}

/* ---- what can be done ---- */

static bool rewards_is_given(struct app *app, void *self)
{
	const struct reward *reward = list_page_row(self);

	(void)app;
	return reward && !reward->is_ended;
}

static bool rewards_has_ended(struct app *app, void *self)
{
	const struct reward *reward = list_page_row(self);

	(void)app;
	return reward && reward->is_ended;
}

/* Counted here, not with a consumable of the catalogue. */
static bool rewards_keeps_stock(struct app *app, void *self)
{
	const struct reward *reward = list_page_row(self);

	return rewards_is_given(app, self) && reward->is_counted && !reward->title;
}

static void rewards_edit(struct app *app, void *self)
{
	reward_form_open(app, ((const struct reward *)list_page_row(self))->id);
}

static void rewards_add(struct app *app, void *self)
{
	(void)self;
	reward_form_open(app, 0);
}

static void rewards_end(struct app *app, void *self)
{
	const struct reward *reward = list_page_row(self);
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int r = reward_end(kiosk_of(app)->db, &act, reward->id, &err);
	list_page_conclude(self, r, &err, reward->name, _("is not given any more"));
}

static void rewards_resume_giving(struct app *app, void *self)
{
	const struct reward *reward = list_page_row(self);
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int r = reward_resume(kiosk_of(app)->db, &act, reward->id, &err);
	list_page_conclude(self, r, &err, reward->name, _("is given again"));
}

static void rewards_counted(struct app *app, void *context, int64_t n)
{
	const struct reward *reward = list_page_row(context);
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (n < 0 || !reward)
		return;
	CLEANUP(mem_free) char *now = mem_printf(_("%lld in stock now"), (long long)n);
	int r = reward_stock(kiosk_of(app)->db, &act, reward->id, n, &err);
	list_page_conclude(context, r, &err, reward->name, now);
}

static void rewards_count(struct app *app, void *self)
{
	const struct reward *reward = list_page_row(self);
	CLEANUP(mem_free)
	char *before = mem_printf(_("%lld in stock now"), (long long)reward->stock);
	const struct amount_request request = {
		.title = reward->name,
		.text = before,
		.max = REWARD_STOCK_MAX,
		.done = rewards_counted,
		.context = self,
	};

	amount_open(app, &request);
}

static void rewards_print(struct app *app, void *self)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct err err = { 0 };

	if (papers_points_rules(kiosk, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("It is being printed"), NULL);
	papers_go(kiosk);
	app_redraw(app);
}

static const struct action rewards_actions[] = {
	{ K_ENTER, N_("Edit"), N_("Opens the reward that is marked."), rewards_edit,
		rewards_is_given },
	{ '+', N_("New reward"), N_("Adds something to be had for points or yuan."), rewards_add },
	{ '1', N_("Count"), N_("Says how many there are now."), rewards_count,
		rewards_keeps_stock },
	{ K_DELETE, N_("End it"), N_("It is not given any more."), rewards_end, rewards_is_given },
	{ K_DELETE, N_("Give it again"), N_("With the terms and the stock that it had."),
		rewards_resume_giving, rewards_has_ended },
	{ K_F8, N_("Print for the wall"), N_("Prints the rules and rewards as they are kept."),
		rewards_print },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* The terms of the marked one. */
static void rewards_foot(void *self, struct rect *area)
{
	const struct reward *reward = list_page_row(self);

	if (!reward)
		return;
	CLEANUP(mem_free)
	char *terms = reward->is_ended ? mem_text(_("not given now")) : words_reward_terms(reward);
	struct rect line = rect_cut_bottom(area, 1);
	int col = draw_text(line, 0, 0, STYLE_STRONG, reward->name) + 2;
	draw_fit(line, 0, col, line.cols - col, STYLE_QUIET, terms);
	rect_cut_bottom(area, 1);
}

static const struct list_page_kind rewards_page = {
	.screen = LIST_PAGE(N_("What points buy"), rewards_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct rewards_screen, all),
	.empty = N_("There is nothing to be had for points yet."),
	.read = rewards_read,
	.forget = rewards_forget,
	.cell = rewards_cell,
	.mark = rewards_mark,
	.foot = rewards_foot,
};

void rewards_open(struct app *app)
{
	list_page_open(app, &rewards_page);
}

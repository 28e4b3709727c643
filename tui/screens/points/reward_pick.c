/* What a body wants for its points: the rewards, a digit or Enter takes one to redeem.c. */
#include "core/base/mem.h"
#include "core/points/ledger.h"
#include "core/rewards/redemption.h"
#include "core/words_points.h"
#include "tui/pages/list_page.h"
#include "tui/screens/points/points.h"

struct reward_pick {
	struct list_page page;
	struct holder whose;
	char *name;
	struct points balance;
	struct reward_list all;
};

static const struct list_column columns[] = {
	{ N_("To be had for points"), .min = 14 },
	{ N_("Price"), .min = 8, .max = 34, .align_right = true, .is_whole = true },
};

static void reward_pick_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct reward_pick *pick = self;
	const struct reward *reward = row;

	ret->style = reward->points > pick->balance.n ? STYLE_QUIET : STYLE_PAPER;
	ret->text = column == 0 ? mem_text(reward->name) : words_price(reward);
}

static int reward_pick_read(void *self, struct err *err)
{
	struct reward_pick *pick = self;
	struct kiosk *kiosk = pick->page.kiosk;

	TRY(clerk_holder_name(kiosk, pick->whose, &pick->name, err));
	TRY(points_balance_of(kiosk->db, pick->whose, &pick->balance, err));
	return rewards(kiosk->db, &pick->all, err);
}

static void reward_pick_forget(void *self)
{
	struct reward_pick *pick = self;

	mem_free(&pick->name);
	reward_list_finish(&pick->all);
}

static void reward_pick_redeemed(struct app *app, void *context, int64_t id)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };
	struct err err = { 0 };
	int r = redemption_get(kiosk_of(app)->db, id, &redemption, &err);

	list_page_conclude(context, r, &err, redemption.name, _("its slip is being printed"));
}

static void reward_pick_choose(struct app *app, void *self)
{
	const struct reward_pick *pick = self;
	const struct reward *reward = list_page_row(self);

	if (!reward)
		return;
	clerk_hush(app);
	redeem_open(app,
		&(struct redeem_request){ reward->id, pick->whose, reward_pick_redeemed, self });
}

static void reward_pick_head(void *self, struct rect *area)
{
	const struct reward_pick *pick = self;
	CLEANUP(mem_free) char *points = words_points(pick->balance.n);

	draw_text(*area, 0, 0, STYLE_STRONG, pick->name);
	draw_right(*area, 0, STYLE_STRONG, points);
	rect_cut_top(area, 2);
}

static const struct action reward_pick_actions[] = {
	{ K_ENTER, N_("Redeem"), N_("Shows what it costs and what is left; then asks."),
		reward_pick_choose },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind reward_pick_page = {
	.screen = LIST_PAGE(N_("What points buy"), reward_pick_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct reward_pick, all),
	.empty = N_("There is nothing to be had for points yet."),
	.is_numbered = true,
	.hush = LIST_PAGE_HUSH_NEVER,
	.read = reward_pick_read,
	.forget = reward_pick_forget,
	.cell = reward_pick_cell,
	.head = reward_pick_head,
};

void reward_pick_open(struct app *app, struct holder whose)
{
	struct reward_pick *pick = list_page_create(app, &reward_pick_page);

	pick->whose = whose;
	list_page_show(pick);
}

/* What a body wants for its points: the rewards, a digit or Enter takes one to redeem.c. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/points/ledger.h"
#include "core/rewards/redemption.h"
#include "core/words_points.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct reward_pick {
	struct kiosk *kiosk;
	struct holder whose;
	char *name;
	struct points balance;
	struct reward_list rewards;
	struct list *list;
};

static const struct screen pick_screen;

static const struct list_column columns[] = {
	{ N_("To be had for points"), .min = 14 },
	{ N_("Price"), .min = 8, .max = 34, .align_right = true, .is_whole = true },
};

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct reward_pick *pick = context;
	const struct reward *reward = &pick->rewards.rows[row];

	ret->style = reward->points > pick->balance.n ? STYLE_QUIET : STYLE_PAPER;
	ret->text = column == 0 ? mem_text(reward->name) : words_price(reward);
}

static int read_all(struct reward_pick *pick, struct err *err)
{
	reward_list_finish(&pick->rewards);
	TRY(points_balance_of(pick->kiosk->db, pick->whose, &pick->balance, err));
	return rewards(pick->kiosk->db, &pick->rewards, err);
}

static void refresh(struct app *app, void *self)
{
	struct reward_pick *pick = self;
	struct err err = { 0 };

	if (read_all(pick, &err) < 0)
		clerk_tell_err(app, &err);
	list_set_count(pick->list, pick->rewards.count);
	app_redraw(app);
}

void reward_pick_open(struct app *app, struct holder whose)
{
	struct reward_pick *pick = mem_alloc(sizeof(*pick));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = pick,
		.cell = cell,
		.empty = N_("There is nothing to be had for points yet."),
		.is_numbered = true,
	};

	pick->kiosk = kiosk_of(app);
	pick->whose = whose;
	pick->name = clerk_holder_name(pick->kiosk, whose);
	pick->list = list_create(&options);
	app_push(app, &pick_screen, pick);
}

static void leave(struct app *app, void *self)
{
	struct reward_pick *pick = self;

	(void)app;
	reward_list_finish(&pick->rewards);
	list_destroy(pick->list);
	free(pick->name);
	free(pick);
}

static void redeemed(struct app *app, void *context, int64_t id)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };
	struct reward_pick *pick = context;
	struct err err = { 0 };

	if (redemption_get(pick->kiosk->db, id, &redemption, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, redemption.name, _("its slip is being printed"));
	refresh(app, pick);
}

static void choose(struct app *app, void *self)
{
	struct reward_pick *pick = self;
	int row = list_selected(pick->list);

	if (row < 0)
		return;
	clerk_hush(app);
	const struct redeem_request request = { pick->rewards.rows[row].id, pick->whose, redeemed,
		pick };
	redeem_open(app, &request);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct reward_pick *pick = self;

	return clerk_list_key(app, pick->list, key, choose, pick);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct reward_pick *pick = self;
	CLEANUP(mem_free) char *points = words_points(pick->balance.n);

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	draw_text(area, 0, 0, STYLE_STRONG, pick->name ? pick->name : "");
	draw_right(area, 0, STYLE_STRONG, points);
	rect_cut_top(&area, 2);
	list_draw(pick->list, area);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Redeem"), N_("Shows what it costs and what is left; then asks."), choose },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen pick_screen = {
	.name = "reward pick",
	.title = N_("What points buy"),
	.actions = actions,
	.enter = refresh,
	.resume = refresh,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};

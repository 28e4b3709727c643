/* What can be had for points, as rows: what each costs, what is left of it, who gets it. What has
 * ended stays in the list, to be given again. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/rewards/reward.h"
#include "core/words_points.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct rewards_screen {
	struct kiosk *kiosk;
	struct reward_list given, ended; /* the rows, one list behind the other */
	struct list *list;
};

static const struct screen rewards_screen;

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

static const struct reward *row_at(const struct rewards_screen *r, int row)
{
	return row < r->given.count ? &r->given.rows[row] : &r->ended.rows[row - r->given.count];
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct reward *reward = row_at(context, row);

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

/* What has run out has to be seen. */
static const char *mark(void *context, int row, enum style *ret_style)
{
	const struct reward *reward = row_at(context, row);

	*ret_style = STYLE_NEEDED;
	return !reward->is_ended && reward->is_counted && reward->stock == 0 ? "!" : "";
}

/* ---- life ---- */

static void forget(struct rewards_screen *r)
{
	reward_list_finish(&r->given);
	reward_list_finish(&r->ended);
}

static int read_all(struct rewards_screen *r, struct err *err)
{
	forget(r);
	TRY(rewards(r->kiosk->db, &r->given, err));
	return rewards_ended(r->kiosk->db, &r->ended, err);
}

static void refresh(struct app *app, void *self)
{
	struct rewards_screen *r = self;
	struct err err = { 0 };

	if (read_all(r, &err) < 0)
		clerk_tell_err(app, &err);
	list_set_count(r->list, r->given.count + r->ended.count);
	app_redraw(app);
}

void rewards_open(struct app *app)
{
	struct rewards_screen *r = mem_alloc(sizeof(*r));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = r,
		.cell = cell,
		.mark = mark,
		.empty = N_("There is nothing to be had for points yet."),
	};

	r->kiosk = kiosk_of(app);
	r->list = list_create(&options);
	app_push(app, &rewards_screen, r);
}

static void enter(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(app, self);
}

static void leave(struct app *app, void *self)
{
	struct rewards_screen *r = self;

	(void)app;
	forget(r);
	list_destroy(r->list);
	free(r);
}

/* ---- what can be done ---- */

static const struct reward *selected(const struct rewards_screen *r)
{
	int row = list_selected(r->list);

	return row >= 0 ? row_at(r, row) : NULL;
}

static bool is_given(struct app *app, void *self)
{
	const struct reward *reward = selected(self);

	(void)app;
	return reward && !reward->is_ended;
}

static bool has_ended(struct app *app, void *self)
{
	const struct reward *reward = selected(self);

	(void)app;
	return reward && reward->is_ended;
}

/* Counted here, not with a consumable of the catalogue. */
static bool keeps_stock(struct app *app, void *self)
{
	const struct reward *reward = selected(self);

	return is_given(app, self) && reward->is_counted && !reward->title;
}

static void edit(struct app *app, void *self)
{
	const struct reward *reward = selected(self);

	if (is_given(app, self))
		reward_form_open(app, reward->id);
}

static void add(struct app *app, void *self)
{
	(void)self;
	reward_form_open(app, 0);
}

static void conclude(struct app *app, struct rewards_screen *r, int result, const struct err *err,
	const char *done)
{
	const struct reward *reward = selected(r);
	CLEANUP(mem_free) char *name = mem_text(reward ? reward->name : "");

	refresh(app, r);
	if (result < 0)
		clerk_tell_err(app, err);
	else
		clerk_tell_done(app, name, done);
}

static void end(struct app *app, void *self)
{
	struct rewards_screen *r = self;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int result = reward_end(r->kiosk->db, &act, selected(r)->id, &err);
	conclude(app, r, result, &err, _("is not given any more"));
}

static void resume_giving(struct app *app, void *self)
{
	struct rewards_screen *r = self;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int result = reward_resume(r->kiosk->db, &act, selected(r)->id, &err);
	conclude(app, r, result, &err, _("is given again"));
}

static void counted(struct app *app, void *context, int64_t n)
{
	struct rewards_screen *r = context;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (n < 0 || !selected(r))
		return;
	CLEANUP(mem_free) char *now = mem_printf(_("%lld in stock now"), (long long)n);
	int result = reward_stock(r->kiosk->db, &act, selected(r)->id, n, &err);
	conclude(app, r, result, &err, now);
}

static void count(struct app *app, void *self)
{
	const struct reward *reward = selected(self);
	CLEANUP(mem_free)
	char *before = mem_printf(_("%lld in stock now"), (long long)reward->stock);
	const struct amount_request request = {
		.title = reward->name,
		.text = before,
		.max = REWARD_STOCK_MAX,
		.done = counted,
		.context = self,
	};

	amount_open(app, &request);
}

static void print(struct app *app, void *self)
{
	struct rewards_screen *r = self;
	struct err err = { 0 };

	if (papers_points_rules(r->kiosk, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("It is being printed"), NULL);
	papers_go(r->kiosk);
	app_redraw(app);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Edit"), N_("Opens the reward that is marked."), edit, is_given },
	{ '+', N_("New reward"), N_("Adds something to be had for points or yuan."), add },
	{ '1', N_("Count"), N_("Says how many there are now."), count, keeps_stock },
	{ K_DELETE, N_("End it"), N_("It is not given any more."), end, is_given },
	{ K_DELETE, N_("Give it again"), N_("With the terms and the stock that it had."),
		resume_giving, has_ended },
	{ K_F8, N_("Print for the wall"), N_("Prints the rules and rewards as they are kept."),
		print },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct rewards_screen *r = self;

	return clerk_list_key(app, r->list, key, edit, r);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct rewards_screen *r = self;
	const struct reward *reward = selected(r);

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	if (reward) {
		CLEANUP(mem_free)
		char *terms = reward->is_ended ? mem_text(_("not given now"))
					       : words_reward_terms(reward);
		struct rect line = rect_cut_bottom(&area, 1);
		int col = draw_text(line, 0, 0, STYLE_STRONG, reward->name) + 2;
		draw_fit(line, 0, col, line.cols - col, STYLE_QUIET, terms);
		rect_cut_bottom(&area, 1);
	}
	list_draw(r->list, area);
}

static const struct screen rewards_screen = {
	.name = "rewards",
	.title = N_("What points buy"),
	.actions = actions,
	.enter = enter,
	.resume = refresh,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};

/* One reward, before it is redeemed: how many pieces, for points or for yuan to the fund, what
 * remains afterwards, and any objections. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/desk/desk.h"
#include "core/points/ledger.h"
#include "core/rewards/reasons.h"
#include "core/rewards/redemption.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/pages/clerk.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/points/points.h"
#include "tui/widgets/wrap.h"

struct redeem_screen {
	struct kiosk *kiosk;
	struct reward reward;
	struct redeem_draft draft;
	struct points balance;
	struct err refusal; /* code 0: no objections */
	void (*done)(struct app *app, void *context, int64_t redemption);
	void *context;
};

static const struct screen redeem_screen;

/* ---- what it will be ---- */

static void redeem_look(struct redeem_screen *r)
{
	struct act act = desk_act(r->kiosk->desk);

	r->refusal = (struct err){ 0 };
	redeem_check(r->kiosk->db, &act, &r->draft, &r->refusal);
}

static bool redeem_is_staffed(const struct redeem_screen *r)
{
	return desk_staff(r->kiosk->desk) != NULL;
}

/* Only a volunteer accepts yuan. */
static bool redeem_has_choice(struct app *app, void *self)
{
	const struct redeem_screen *r = self;

	(void)app;
	return redeem_is_staffed(r) && r->reward.points && r->reward.fen;
}

static bool redeem_has_count(struct app *app, void *self)
{
	(void)app;
	return ((const struct redeem_screen *)self)->reward.kind != REWARD_VOUCHER;
}

/* ---- life ---- */

void redeem_open(struct app *app, const struct redeem_request *request)
{
	struct redeem_screen *r = mem_alloc(sizeof(*r));
	struct err err = { 0 };

	r->kiosk = kiosk_of(app);
	r->done = request->done;
	r->context = request->context;
	if (reward_get(r->kiosk->db, request->reward, &r->reward, &err) < 0 ||
		points_balance_of(r->kiosk->db, request->whose, &r->balance, &err) < 0) {
		reward_finish(&r->reward);
		free(r);
		clerk_tell_err(app, &err);
		return;
	}
	r->draft = (struct redeem_draft){ .reward = request->reward,
		.whose = request->whose,
		.count = 1,
		.currency = r->reward.points ? FOR_POINTS : FOR_YUAN };
	redeem_look(r);
	app_push(app, &redeem_screen, r);
}

static void redeem_leave(struct app *app, void *self)
{
	struct redeem_screen *r = self;

	(void)app;
	reward_finish(&r->reward);
	free(r);
}

/* ---- redeeming ---- */

/* The act and its slip, both or neither. `why`: an exception to the rules. */
static int redeem_with_slip(
	struct redeem_screen *r, const char *why, int64_t *ret_id, struct err *err)
{
	struct act act = desk_act(r->kiosk->desk);
	CLEANUP(mem_free) char *all = why ? clerk_why(&act, why) : NULL;
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	act.resident = r->draft.whose.resident;
	act.is_override = why != NULL;
	act.why = all ? all : act.why;
	TRY(txn_begin(&t, r->kiosk->db, err));
	TRY(redeem(r->kiosk->db, &act, &r->draft, ret_id, err));
	TRY(papers_redemption(r->kiosk, *ret_id, err));
	return txn_commit(&t, err);
}

static void redeem_finish(struct app *app, struct redeem_screen *r, const char *why)
{
	struct kiosk *kiosk = r->kiosk;
	void (*done)(struct app *, void *, int64_t) = r->done;
	void *context = r->context;
	int64_t id;

	r->refusal = (struct err){ 0 };
	if (redeem_with_slip(r, why, &id, &r->refusal) < 0) {
		app_sound(app, SOUND_REFUSED);
		app_redraw(app);
		return;
	}
	app_pop(app);
	done(app, context, id);
	papers_go(kiosk);
}

static void redeem_excepted(struct app *app, void *context, const char *why)
{
	if (why)
		redeem_finish(app, context, why);
}

/* A limit, and service first, are what a named person may override. */
static bool redeem_can_except(const struct redeem_screen *r)
{
	const struct err *err = &r->refusal;

	for (int i = 0; i < err->reason_count; i++)
		if (err->reasons[i].code != REASON_REWARD_LIMIT &&
			err->reasons[i].code != REASON_SERVICE_FIRST)
			return false;
	return err->code == ERR_REFUSED && redeem_is_staffed(r);
}

static void redeem_submit(struct app *app, void *self)
{
	struct redeem_screen *r = self;
	const struct reason_request request = {
		.title = _("Give it all the same"),
		.text = r->reward.name,
		.done = redeem_excepted,
		.context = r,
	};

	if (!r->refusal.code)
		redeem_finish(app, r, NULL);
	else if (redeem_can_except(r))
		reason_open(app, &request);
	else
		app_sound(app, SOUND_REFUSED);
}

static bool redeem_is_free(struct app *app, void *self)
{
	(void)app;
	return !((const struct redeem_screen *)self)->refusal.code;
}

static bool redeem_is_exception(struct app *app, void *self)
{
	(void)app;
	return redeem_can_except(self);
}

/* ---- choosing ---- */

static void redeem_set_count(struct app *app, struct redeem_screen *r, int64_t count)
{
	if (count >= 1 && count <= REDEEM_COUNT_MAX)
		r->draft.count = count;
	redeem_look(r);
	app_redraw(app);
}

static void redeem_more(struct app *app, void *self)
{
	struct redeem_screen *r = self;

	redeem_set_count(app, r, r->draft.count + 1);
}

static void redeem_fewer(struct app *app, void *self)
{
	struct redeem_screen *r = self;

	redeem_set_count(app, r, r->draft.count - 1);
}

static void redeem_switch_currency(struct app *app, void *self)
{
	struct redeem_screen *r = self;

	r->draft.currency = r->draft.currency == FOR_POINTS ? FOR_YUAN : FOR_POINTS;
	redeem_look(r);
	app_redraw(app);
}

static bool redeem_key(struct app *app, void *self, const struct key *key)
{
	struct redeem_screen *r = self;
	int digit = key_digit(key);

	if (digit < 1 || !redeem_has_count(app, self))
		return false;
	redeem_set_count(app, r, digit);
	return true;
}

static const struct action actions[] = {
	{ K_ENTER, N_("Redeem"), N_("Pays, and prints the slip."), redeem_submit, redeem_is_free,
		.place = ACTION_TILE },
	{ K_ENTER, N_("Give it all the same"), N_("Breaks a rule in your name, with a reason."),
		redeem_submit, redeem_is_exception, .place = ACTION_TILE },
	{ K_UP, N_("One more"), N_("A digit says how many."), redeem_more, redeem_has_count,
		.place = ACTION_TILE },
	{ K_DOWN, N_("One fewer"), NULL, redeem_fewer, redeem_has_count, .place = ACTION_TILE },
	{ '0', N_("Points or yuan"), N_("Yuan are taken by a volunteer and go to the fund."),
		redeem_switch_currency, redeem_has_choice, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* ---- drawing ---- */

static char *redeem_price_words(const struct redeem_screen *r)
{
	if (r->draft.currency == FOR_POINTS)
		return words_points(r->reward.points * r->draft.count);
	CLEANUP(mem_free) char *yuan = money_text(r->reward.fen * r->draft.count);
	return mem_printf(_("%s yuan for the fund; a volunteer takes them"), yuan);
}

static char *redeem_balance_words(const struct redeem_screen *r)
{
	int64_t left = r->balance.n - r->reward.points * r->draft.count;
	CLEANUP(mem_free) char *has = words_points(r->balance.n);
	CLEANUP(mem_free) char *after = words_points(left);

	return r->draft.currency == FOR_POINTS && left >= 0
		       ? mem_printf(_("%s, afterwards %s"), has, after)
		       : TAKE(has);
}

static int redeem_draw_refusal(const struct redeem_screen *r, struct rect area, int row)
{
	int64_t now = kiosk_now(r->kiosk);
	struct rect below = area;
	CLEANUP(mem_free) char *words = r->refusal.code ? words_err(&r->refusal, now) : NULL;

	if (!words)
		return row;
	rect_cut_top(&below, row + 1);
	draw_text(below, 0, 0, STYLE_REFUSED, "✗");
	rect_cut_left(&below, 3);
	return row + 1 + wrap_draw(below, 0, STYLE_PAPER, words);
}

static void redeem_draw(struct app *app, void *self, struct rect area)
{
	struct redeem_screen *r = self;
	CLEANUP(mem_free) char *terms = words_reward_terms(&r->reward);
	CLEANUP(mem_free) char *each = words_price(&r->reward);
	CLEANUP(mem_free) char *count = mem_printf("%" PRId64, r->draft.count);
	CLEANUP(mem_free) char *price = redeem_price_words(r);
	CLEANUP(mem_free) char *balance = redeem_balance_words(r);
	const struct clerk_fact facts[] = {
		{ _("Each"), each },
		{ _("Terms"), terms },
		{ _("How many"), count },
		{ _("To pay"), price },
		{ _("Points to spend"), balance },
	};

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_ENTER);
	draw_text(area, 0, 0, STYLE_QUIET, _("Redeem this?"));
	draw_text(area, 1, 0, STYLE_STRONG, r->reward.name);
	int row = clerk_draw_facts(area, 3, facts, ARRAY_LEN(facts));
	redeem_draw_refusal(r, area, row);
}

/* Whoever scans has moved on. */
static void redeem_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	(void)self;
	app_pop(app);
	clerk_scan(app, NULL, bytes, len);
}

static const struct screen redeem_screen = {
	.title = N_("Points"),
	.actions = actions,
	.is_modal = true,
	.leave = redeem_leave,
	.draw = redeem_draw,
	.key = redeem_key,
	.scan = redeem_scan,
};

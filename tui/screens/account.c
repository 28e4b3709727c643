/* The points of a resident or a body, as a volunteer sees them: every line of the account, and a
 * wrong one put right. Above a threshold that waits for a second person (points_desk.c). */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/points/person.h"
#include "core/points/reversal.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define PAGE_ROWS  60
#define AHEAD_ROWS 30

struct account {
	struct kiosk *kiosk;
	struct holder whose;
	char *name;
	struct points balance;
	struct points_person person; /* of a resident */
	struct points_statement lines;
	bool has_more;
	struct list *list;
};

static const struct screen account_screen;

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

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct account *account = context;
	const struct statement_line *line = &account->lines.rows[row];

	ret->style = line->is_reversed ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_WHEN:
		ret->text = words_instant_paper(line->at, kiosk_now(account->kiosk));
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

/* ---- life ---- */

static int read_more(struct account *account, struct err *err)
{
	const struct statement_line *after =
		account->lines.count ? &account->lines.rows[account->lines.count - 1] : NULL;
	struct points_statement more = { 0 };

	TRY(points_statement_of(account->kiosk->db, account->whose, after, PAGE_ROWS, &more, err));
	account->has_more = more.count == PAGE_ROWS;
	account->lines.rows = mem_join(account->lines.rows, &account->lines.count, more.rows,
		more.count, sizeof(*more.rows));
	list_set_count(account->list, account->lines.count);
	list_set_more(account->list, account->has_more);
	return 0;
}

static int read_all(struct account *account, struct err *err)
{
	points_statement_finish(&account->lines);
	mem_free(&account->name);
	account->name = clerk_holder_name(account->kiosk, account->whose);
	TRY(points_balance_of(account->kiosk->db, account->whose, &account->balance, err));
	if (account->whose.resident)
		TRY(points_person(
			account->kiosk->db, account->whose.resident, &account->person, err));
	return read_more(account, err);
}

static void refresh(struct app *app, void *self)
{
	struct err err = { 0 };

	if (read_all(self, &err) < 0)
		clerk_tell_err(app, &err);
	app_redraw(app);
}

void account_screen_open(struct app *app, struct holder whose)
{
	struct account *account = mem_alloc(sizeof(*account));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = account,
		.cell = cell,
		.empty = N_("No points have come or gone yet."),
	};

	account->kiosk = kiosk_of(app);
	account->whose = whose;
	account->list = list_create(&options);
	app_push(app, &account_screen, account);
}

static void enter(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(app, self);
}

static void leave(struct app *app, void *self)
{
	struct account *account = self;

	(void)app;
	points_statement_finish(&account->lines);
	list_destroy(account->list);
	free(account->name);
	free(account);
}

/* ---- putting right, paper ---- */

static const struct statement_line *selected(const struct account *account)
{
	int row = list_selected(account->list);

	return row >= 0 && row < account->lines.count ? &account->lines.rows[row] : NULL;
}

static bool stands(struct app *app, void *self)
{
	const struct statement_line *line = selected(self);

	(void)app;
	return line && !line->is_reversed;
}

static void reverse_with(struct app *app, void *context, const char *why)
{
	struct account *account = context;
	struct act act = clerk_act(app, account->whose.resident);
	struct reversed reversed;
	struct err err = { 0 };

	if (!why || !selected(account))
		return;
	CLEANUP(mem_free) char *all = clerk_why(&act, why);
	act.why = all;
	int r = transfer_reverse(
		account->kiosk->db, &act, selected(account)->transfer, &reversed, &err);
	refresh(app, account);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app,
			reversed.waiting ? _("It waits for a second person, behind F5")
					 : _("Put right: the points are back where they were"),
			NULL);
}

static void reverse(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Given to the wrong person"),
		N_("The wrong number"), N_("Given twice"), NULL };
	CLEANUP(mem_free) char *change = words_points(selected(self)->amount.n);
	CLEANUP(mem_free)
	char *text = mem_printf("%s: %s",
		words_transfer_side(selected(self), ((struct account *)self)->whose), change);
	const struct reason_request request = {
		.title = _("Put this line right? Why?"),
		.text = text,
		.ready = ready,
		.done = reverse_with,
		.context = self,
	};

	reason_open(app, &request);
}

/* ---- rewards without service first ---- */

static void set_exempt(struct app *app, struct account *account, bool is_exempt, const char *why)
{
	struct act act = clerk_act(app, account->whose.resident);
	CLEANUP(mem_free) char *all = why ? clerk_why(&act, why) : NULL;
	struct err err = { 0 };

	if (all)
		act.why = all;
	int r = exempt_set(account->kiosk->db, &act, account->whose.resident, is_exempt, &err);
	refresh(app, account);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app,
			is_exempt ? _("Rewards can be had without service first")
				  : _("Service comes first again"),
			NULL);
}

static void exempt_why(struct app *app, void *context, const char *why)
{
	if (why)
		set_exempt(app, context, true, why);
}

static void exempt(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Of great age"),
		N_("Cannot serve for their health"), N_("In need"), NULL };
	const struct account *account = self;
	const struct reason_request request = {
		.title = _("Rewards without service first? Why?"),
		.text = account->name,
		.ready = ready,
		.done = exempt_why,
		.context = self,
	};

	reason_open(app, &request);
}

static void no_longer_exempt(struct app *app, void *self)
{
	set_exempt(app, self, false, NULL);
}

static bool is_exempt(struct app *app, void *self)
{
	(void)app;
	return ((const struct account *)self)->person.is_exempt;
}

static bool may_exempt(struct app *app, void *self)
{
	const struct account *account = self;

	(void)app;
	return account->whose.resident && !account->person.is_exempt;
}

static void print(struct app *app, void *self)
{
	struct account *account = self;
	struct err err = { 0 };

	if (papers_points(account->kiosk, account->whose.resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("It is being printed"), NULL);
	papers_go(account->kiosk);
	app_redraw(app);
}

static bool is_resident(struct app *app, void *self)
{
	(void)app;
	return ((const struct account *)self)->whose.resident != 0;
}

static const struct action actions[] = {
	{ K_DELETE, N_("Put right"), N_("Takes the marked line back by another one."), reverse,
		stands },
	{ K_TAB, N_("Without service"),
		N_("Rewards without service first, with a reason: for whoever cannot serve."),
		exempt, may_exempt },
	{ K_TAB, N_("Service first"), N_("Rewards that ask for service ask it of them again."),
		no_longer_exempt, is_exempt },
	{ K_F8, N_("Print"), N_("Prints the points and the latest entries."), print, is_resident },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct account *account = self;
	bool is_taken = clerk_list_key(app, account->list, key, NULL, account);
	struct err err = { 0 };

	if (account->has_more &&
		list_selected(account->list) + AHEAD_ROWS >= account->lines.count &&
		read_more(account, &err) < 0)
		clerk_tell_err(app, &err);
	return is_taken;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct account *account = self;
	CLEANUP(mem_free) char *points = words_points(account->balance.n);

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	int col = draw_text(area, 0, 0, STYLE_STRONG, account->name ? account->name : "");
	if (account->person.is_exempt)
		draw_text(area, 0, col + 2, STYLE_QUIET, _("rewards without service first"));
	draw_right(area, 0, STYLE_STRONG, points);
	rect_cut_top(&area, 2);
	list_draw(account->list, area);
}

static const struct screen account_screen = {
	.name = "account",
	.title = N_("Points"),
	.actions = actions,
	.enter = enter,
	.resume = refresh,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};

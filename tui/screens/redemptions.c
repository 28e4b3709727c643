/* What was had for points or yuan, the latest first: its slip is printed again here, and it is
 * taken back, within the day by a volunteer. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/rewards/redemption.h"
#include "core/rewards/voucher.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define PAGE_ROWS  60
#define AHEAD_ROWS 30

struct redemptions_screen {
	struct kiosk *kiosk;
	struct redemption_list rows;
	bool has_more;
	struct list *list;
};

static const struct screen redemptions_screen;

/* ---- what is shown ---- */

enum { COLUMN_NUMBER, COLUMN_WHO, COLUMN_WHAT, COLUMN_PAID, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_NUMBER] = { NULL, .min = 5, .max = 7, .align_right = true, .is_whole = true },
	[COLUMN_WHO] = { N_("For whom"), .min = 8, .max = 18 },
	[COLUMN_WHAT] = { N_("For what"), .min = 12 },
	[COLUMN_PAID] = { N_("Paid"), .min = 8, .max = 12, .align_right = true, .is_whole = true },
	[COLUMN_STATE] = { N_("When"), .min = 12, .max = 24, .is_whole = true },
};

static char *paid_words(const struct redemption *redemption)
{
	if (redemption->points)
		return words_points(redemption->points);
	CLEANUP(mem_free) char *yuan = money_text(redemption->fen);
	return mem_printf(_("%s yuan"), yuan);
}

/* When it was, or what has become of it since. */
static char *state_words(const struct redemptions_screen *r, const struct redemption *redemption)
{
	int64_t now = kiosk_now(r->kiosk);
	struct err ignored = { 0 };
	struct voucher voucher;

	if (redemption->undone_at)
		return mem_text(_("taken back"));
	if (voucher_of(r->kiosk->db, redemption->id, &voucher, &ignored) > 0 && voucher.used_at)
		return mem_text(_("voucher used"));
	return words_instant_paper(redemption->redeemed_at, now);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct redemptions_screen *r = context;
	const struct redemption *redemption = &r->rows.rows[row];

	ret->style = redemption->undone_at || column == COLUMN_NUMBER ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_NUMBER:
		ret->text = mem_printf("%" PRId64, redemption->number);
		break;
	case COLUMN_WHO:
		ret->text = clerk_holder_name(r->kiosk, redemption->whose);
		break;
	case COLUMN_WHAT:
		ret->text = redemption->count > 1 ? mem_printf("%s × %" PRId64, redemption->name,
							    redemption->count)
						  : mem_text(redemption->name);
		break;
	case COLUMN_PAID:
		ret->text = paid_words(redemption);
		break;
	default:
		ret->text = state_words(r, redemption);
	}
}

static const char *mark(void *context, int row, enum style *ret_style)
{
	const struct redemptions_screen *r = context;

	*ret_style = STYLE_UNDONE;
	return r->rows.rows[row].undone_at ? "↶" : "";
}

/* ---- life ---- */

static int read_more(struct redemptions_screen *r, struct err *err)
{
	int64_t before = r->rows.count ? r->rows.rows[r->rows.count - 1].number : 0;
	struct redemption_list more = { 0 };

	TRY(redemptions(r->kiosk->db, 0, before, PAGE_ROWS, &more, err));
	r->has_more = more.count == PAGE_ROWS;
	r->rows.rows =
		mem_join(r->rows.rows, &r->rows.count, more.rows, more.count, sizeof(*more.rows));
	list_set_count(r->list, r->rows.count);
	list_set_more(r->list, r->has_more);
	return 0;
}

static void refresh(struct app *app, void *self)
{
	struct redemptions_screen *r = self;
	struct err err = { 0 };

	redemption_list_finish(&r->rows);
	if (read_more(r, &err) < 0)
		clerk_tell_err(app, &err);
	app_redraw(app);
}

void redemptions_open(struct app *app)
{
	struct redemptions_screen *r = mem_alloc(sizeof(*r));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = r,
		.cell = cell,
		.mark = mark,
		.empty = N_("Nothing has been redeemed yet."),
	};

	r->kiosk = kiosk_of(app);
	r->list = list_create(&options);
	app_push(app, &redemptions_screen, r);
}

static void enter(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(app, self);
}

static void leave(struct app *app, void *self)
{
	struct redemptions_screen *r = self;

	(void)app;
	redemption_list_finish(&r->rows);
	list_destroy(r->list);
	free(r);
}

/* ---- taking back, paper ---- */

static const struct redemption *selected(const struct redemptions_screen *r)
{
	int row = list_selected(r->list);

	return row >= 0 && row < r->rows.count ? &r->rows.rows[row] : NULL;
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

static bool stands(struct app *app, void *self)
{
	return has_line(app, self) && !selected(self)->undone_at;
}

static void take_back_with(struct app *app, void *context, const char *why)
{
	struct redemptions_screen *r = context;
	struct act act = clerk_act(app, selected(r)->whose.resident);
	CLEANUP(mem_free) char *all = why ? clerk_why(&act, why) : NULL;
	CLEANUP(mem_free) char *name = mem_text(selected(r)->name);
	struct err err = { 0 };

	if (!why)
		return;
	act.why = all;
	int result = redemption_undo(r->kiosk->db, &act, selected(r)->id, &err);
	refresh(app, r);
	if (result < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, name, _("taken back: what was paid and the stock are back"));
}

static void take_back(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Chosen by mistake"), N_("It is broken or spoilt"),
		N_("It has run out after all"), NULL };
	struct redemptions_screen *r = self;
	const struct reason_request request = {
		.title = _("Take it back? Why?"),
		.text = selected(r)->name,
		.ready = ready,
		.done = take_back_with,
		.context = r,
	};

	reason_open(app, &request);
}

static void print(struct app *app, void *self)
{
	struct redemptions_screen *r = self;
	struct err err = { 0 };

	if (papers_redemption(r->kiosk, selected(r)->id, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, selected(r)->name, _("its slip is being printed"));
	papers_go(r->kiosk);
	app_redraw(app);
}

static const struct action actions[] = {
	{ K_DELETE, N_("Take the reward back"),
		N_("Points or yuan and the stock go back, with a reason."), take_back, stands },
	{ K_F8, N_("Slip"), N_("Prints its slip again, with the voucher."), print, has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct redemptions_screen *r = self;
	bool is_taken = clerk_list_key(app, r->list, key, NULL, r);
	struct err err = { 0 };

	if (r->has_more && list_selected(r->list) + AHEAD_ROWS >= r->rows.count &&
		read_more(r, &err) < 0)
		clerk_tell_err(app, &err);
	return is_taken;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct redemptions_screen *r = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	list_draw(r->list, area);
}

static const struct screen redemptions_screen = {
	.name = "redemptions",
	.title = N_("Redeemed"),
	.actions = actions,
	.enter = enter,
	.resume = refresh,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};

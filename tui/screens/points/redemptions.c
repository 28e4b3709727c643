/* Recent redemptions, latest first: a slip can be printed again, and a redemption taken back, by a
 * volunteer within the same day. */
#include <inttypes.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/rewards/redemption.h"
#include "core/rewards/voucher.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/points/points.h"

struct redemptions_screen {
	struct list_page page;
	struct redemption_list all;
};

struct beside {
	char *name;
	bool is_used; /* its voucher */
};

/* ---- what is shown ---- */

enum { COLUMN_NUMBER, COLUMN_WHO, COLUMN_WHAT, COLUMN_PAID, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_NUMBER] = { NULL, .min = 5, .max = 7, .align_right = true, .is_whole = true },
	[COLUMN_WHO] = { N_("For whom"), .min = 8, .max = 18 },
	[COLUMN_WHAT] = { N_("For what"), .min = 12 },
	[COLUMN_PAID] = { N_("Paid"), .min = 8, .max = 12, .align_right = true, .is_whole = true },
	[COLUMN_STATE] = { N_("When"), .min = 12, .max = 24, .is_whole = true },
};

static char *redemptions_paid_words(const struct redemption *redemption)
{
	if (redemption->points)
		return words_points(redemption->points);
	CLEANUP(mem_free) char *yuan = money_text(redemption->fen);
	return mem_printf(_("%s yuan"), yuan);
}

/* When it was, or what has become of it since. */
static char *redemptions_state_words(const struct redemption *redemption, bool is_used, int64_t now)
{
	if (redemption->undone_at)
		return mem_text(_("taken back"));
	return is_used ? mem_text(_("voucher used"))
		       : words_instant_paper(redemption->redeemed_at, now);
}

static void redemptions_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct redemptions_screen *r = self;
	const struct redemption *redemption = row;
	const struct beside *beside = list_page_extra(self, row);

	ret->style = redemption->undone_at || column == COLUMN_NUMBER ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_NUMBER:
		ret->text = mem_printf("%" PRId64, redemption->number);
		break;
	case COLUMN_WHO:
		ret->text = mem_text(beside->name);
		break;
	case COLUMN_WHAT:
		ret->text = redemption->count > 1 ? mem_printf("%s × %" PRId64, redemption->name,
							    redemption->count)
						  : mem_text(redemption->name);
		break;
	case COLUMN_PAID:
		ret->text = redemptions_paid_words(redemption);
		break;
	default:
		ret->text = redemptions_state_words(
			redemption, beside->is_used, kiosk_now(r->page.kiosk));
	}
}

static const char *redemptions_mark(const void *self, const void *row, enum style *ret_style)
{
	const struct redemption *redemption = row;

	*ret_style = STYLE_UNDONE;
	return redemption->undone_at ? "↶" : "";
}

/* ---- reading ---- */

static int redemptions_read_more(void *self, const void *after, int limit, struct err *err)
{
	struct redemptions_screen *r = self;
	const struct redemption *last = after;
	struct redemption_list more = { 0 };

	TRY(redemptions(r->page.kiosk->db, 0, last ? last->number : 0, limit, &more, err));
	LIST_PAGE_JOIN(&r->all, more);
	return 0;
}

static void redemptions_forget(void *self)
{
	redemption_list_finish(&((struct redemptions_screen *)self)->all);
}

static int redemptions_read_beside(void *self, const void *row, void *extra, struct err *err)
{
	struct kiosk *kiosk = ((struct redemptions_screen *)self)->page.kiosk;
	const struct redemption *redemption = row;
	struct beside *beside = extra;
	struct voucher voucher;

	TRY(clerk_holder_name(kiosk, redemption->whose, &beside->name, err));
	int r = voucher_of(kiosk->db, redemption->id, &voucher, err);
	beside->is_used = r > 0 && voucher.used_at;
	return r < 0 ? r : 0;
}

static void redemptions_forget_beside(void *extra)
{
	mem_free(&((struct beside *)extra)->name);
}

/* ---- taking back, paper ---- */

static bool redemptions_stands(struct app *app, void *self)
{
	const struct redemption *redemption = list_page_row(self);

	(void)app;
	return redemption && !redemption->undone_at;
}

static void redemptions_take_back_with(struct app *app, void *context, const char *why)
{
	const struct redemption *redemption = list_page_row(context);
	struct err err = { 0 };

	if (!why || !redemption)
		return;
	struct act act = clerk_act(app, redemption->whose.resident);
	CLEANUP(mem_free) char *all = clerk_why(&act, why);
	act.why = all;
	int r = redemption_undo(kiosk_of(app)->db, &act, redemption->id, &err);
	list_page_conclude(context, r, &err, redemption->name,
		_("taken back: what was paid and the stock are back"));
}

static void redemptions_take_back(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Chosen by mistake"), N_("It is broken or spoilt"),
		N_("It has run out after all"), NULL };
	const struct redemption *redemption = list_page_row(self);
	const struct reason_request request = {
		.title = _("Take it back? Why?"),
		.text = redemption->name,
		.ready = ready,
		.done = redemptions_take_back_with,
		.context = self,
	};

	reason_open(app, &request);
}

static void redemptions_print(struct app *app, void *self)
{
	const struct redemption *redemption = list_page_row(self);
	struct kiosk *kiosk = kiosk_of(app);
	struct err err = { 0 };

	if (papers_redemption(kiosk, redemption->id, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, redemption->name, _("its slip is being printed"));
	papers_go(kiosk);
	app_redraw(app);
}

static const struct action redemptions_actions[] = {
	{ K_DELETE, N_("Take the reward back"),
		N_("Points or yuan and the stock go back, with a reason."), redemptions_take_back,
		redemptions_stands },
	{ K_F8, N_("Slip"), N_("Prints its slip again, with the voucher."), redemptions_print,
		list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind redemptions_page = {
	.screen = LIST_PAGE(N_("Redeemed"), redemptions_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct redemptions_screen, all),
	.empty = N_("Nothing has been redeemed yet."),
	.read_more = redemptions_read_more,
	.forget = redemptions_forget,
	.extra_size = sizeof(struct beside),
	.read_extra = redemptions_read_beside,
	.forget_extra = redemptions_forget_beside,
	.cell = redemptions_cell,
	.mark = redemptions_mark,
};

void redemptions_open(struct app *app)
{
	list_page_open(app, &redemptions_page);
}

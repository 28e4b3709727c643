/* 待处理: what somebody has to deal with: items to inspect, claimed as returned, not found. */
#include <assert.h>

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/loan_trouble.h"
#include "core/items/lending/trouble_list.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/screens/items/items.h"

struct waiting {
	struct list_page page;
	struct trouble_list all;
};

/* ---- reading ---- */

static int to_check_read_more(void *self, const void *after, int limit, struct err *err)
{
	struct waiting *waiting = self;
	struct trouble_list more = { 0 };

	TRY(troubles(waiting->page.kiosk->db, after, limit, &more, err));
	LIST_PAGE_JOIN(&waiting->all, more);
	return 0;
}

static void to_check_forget(void *self)
{
	trouble_list_finish(&((struct waiting *)self)->all);
}

static int to_check_read_name(void *self, const void *row, void *extra, struct err *err)
{
	const struct waiting *waiting = self;
	const struct trouble *trouble = row;

	return clerk_name(waiting->page.kiosk, trouble->resident, extra, err);
}

/* ---- lines ---- */

enum { COLUMN_WHAT, COLUMN_ITEM, COLUMN_WHO, COLUMN_SINCE };

static const struct list_column columns[] = {
	[COLUMN_WHAT] = { N_("What for"), .min = 10, .max = 16 },
	[COLUMN_ITEM] = { N_("Item"), .min = 12 },
	[COLUMN_WHO] = { N_("Last with"), .min = 8, .max = 16 },
	[COLUMN_SINCE] = { N_("Since"), .min = 10, .max = 20, .align_right = true,
		.is_whole = true },
};

static const char *const kinds[] = {
	[TROUBLE_CHECK] = N_("to look over"),
	[TROUBLE_CLAIMED] = N_("said to be back"),
	[TROUBLE_MISSING] = N_("not found"),
};
static_assert(ARRAY_LEN(kinds) == TROUBLE_KIND_COUNT, "words for each kind");

static void to_check_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct waiting *waiting = self;
	const struct trouble *trouble = row;
	char number[ITEM_NUMBER_SIZE];

	switch (column) {
	case COLUMN_WHAT:
		ret->text = mem_text(
			trouble->is_reported ? _("said damaged") : _(kinds[trouble->kind]));
		ret->style = trouble->kind == TROUBLE_CHECK && !trouble->is_reported ? STYLE_MARK
										     : STYLE_NEEDED;
		break;
	case COLUMN_ITEM:
		item_number_format(trouble->item_number, number);
		ret->text = mem_printf("%s  %s", trouble->name, number);
		break;
	case COLUMN_WHO:
		ret->text = mem_text(*(char *const *)list_page_extra(self, row));
		break;
	default:
		ret->text = trouble->since_at ? words_date(when_day(trouble->since_at),
							when_day(kiosk_now(waiting->page.kiosk)))
					      : mem_text("");
		ret->style = STYLE_QUIET;
	}
}

static bool to_check_is_missing(struct app *app, void *self)
{
	const struct trouble *trouble = list_page_row(self);

	(void)app;
	return trouble && trouble->kind == TROUBLE_MISSING;
}

static bool to_check_is_here(struct app *app, void *self)
{
	const struct trouble *trouble = list_page_row(self);

	(void)app;
	return trouble && trouble->kind != TROUBLE_MISSING;
}

/* An item claimed as returned has turned up, or one that came back is inspected. */
static void to_check_look_over(struct app *app, void *self)
{
	item_check_open(app, ((const struct trouble *)list_page_row(self))->item);
}

static void to_check_find(struct app *app, void *self)
{
	const struct trouble *trouble = list_page_row(self);
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int r = item_found(kiosk_of(app)->db, &act, trouble->item, &err);
	list_page_conclude(self, r, &err, trouble->name, _("Found again, it is in use"));
}

static bool to_check_has_loan(struct app *app, void *self)
{
	const struct trouble *trouble = list_page_row(self);

	(void)app;
	return trouble && trouble->loan;
}

static void to_check_open_loan(struct app *app, void *self)
{
	loan_page_open(app, ((const struct trouble *)list_page_row(self))->loan);
}

static void to_check_open_item(struct app *app, void *self)
{
	item_page_open(app, ((const struct trouble *)list_page_row(self))->item);
}

/* Why its line is there. */
static void to_check_take_up(struct app *app, void *self)
{
	if (to_check_is_missing(app, self))
		to_check_open_item(app, self);
	else if (to_check_is_here(app, self))
		to_check_look_over(app, self);
}

static const struct action to_check_actions[] = {
	{ '1', N_("Look it over"), N_("Ticks its parts off; then it is in use or to be repaired."),
		to_check_look_over, to_check_is_here, .place = ACTION_TILE },
	{ '1', N_("Found again"), N_("It has turned up and is in use again."), to_check_find,
		to_check_is_missing, .place = ACTION_TILE },
	{ '2', N_("Loan"), N_("The loan that it is about: phone, lost, not back after all."),
		to_check_open_loan, to_check_has_loan, .place = ACTION_TILE },
	{ '3', N_("Repairs"), N_("What waits to be repaired."), .opens = repairs_open,
		.place = ACTION_TILE },
	{ K_TAB, N_("Item"), N_("Opens the item's page."), to_check_open_item, list_page_has_row },
	{ K_ENTER, N_("Item"), NULL, to_check_take_up, .place = ACTION_HIDDEN },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind to_check_page = {
	.screen = LIST_PAGE(N_("To look after"), to_check_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct waiting, all),
	.empty = N_("Nothing waits to be looked over."),
	.read_more = to_check_read_more,
	.forget = to_check_forget,
	.extra_size = sizeof(char *),
	.read_extra = to_check_read_name,
	.forget_extra = mem_free,
	.cell = to_check_cell,
};

void to_check_open(struct app *app)
{
	if (!app_pop_to(app, &to_check_page.screen))
		list_page_open(app, &to_check_page);
}

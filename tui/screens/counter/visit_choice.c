/* Which of the visitor's loans to renew, which of their holds to cancel: a digit is enough. */
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/items/lending/due.h"
#include "core/items/lending/hold.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_list.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/screens/counter/counter.h"

static void visit_choice_act(
	struct app *app, int64_t id, void (*act)(struct desk *, int64_t id, struct outcome *ret))
{
	struct outcome o = OUTCOME_INIT;

	app_pop(app);
	act(kiosk_of(app)->desk, id, &o);
	counter_outcome(app, visit_banner(app), &o);
}

/* ---- loans to renew ---- */

struct renew {
	struct list_page page;
	int64_t resident;
	struct loan_list all;
};

static const struct list_column renew_columns[] = {
	{ N_("Item"), .min = 12 },
	{ N_("Due"), .min = 10, .max = 36, .align_right = true, .is_whole = true },
};

static int renew_read(void *self, struct err *err)
{
	struct renew *renew = self;

	return loans_of_resident(renew->page.kiosk->db, renew->resident, &renew->all, err);
}

static void renew_forget(void *self)
{
	loan_list_finish(&((struct renew *)self)->all);
}

static int renew_read_late(void *self, const void *row, void *extra, struct err *err)
{
	struct kiosk *kiosk = ((struct renew *)self)->page.kiosk;
	const struct loan *loan = row;

	return due_days_late(kiosk->db, loan->due_at, kiosk_now(kiosk), extra, err);
}

static void renew_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct renew *renew = self;
	const struct loan *loan = row;
	const int64_t *late = list_page_extra(self, row);

	ret->text = column == 0 ? mem_text(loan->name)
				: words_due(loan->due_at, *late, kiosk_now(renew->page.kiosk));
}

static void renew_one(struct app *app, void *self)
{
	visit_choice_act(app, ((const struct loan *)list_page_row(self))->id, desk_renew);
}

static void renew_all(struct app *app, void *self)
{
	struct outcome o = OUTCOME_INIT;

	(void)self;
	app_pop(app);
	desk_renew_all(kiosk_of(app)->desk, &o);
	counter_outcome(app, visit_banner(app), &o);
}

static void renew_head(void *self, struct rect *area)
{
	(void)self;
	clerk_heading(area, _("What would you like to keep longer?"));
}

static const struct action renew_actions[] = {
	{ '0', N_("Renew all"), N_("Keeps all of it longer, as far as the rules allow."), renew_all,
		.place = ACTION_TILE },
	{ K_ENTER, N_("Renew"), NULL, renew_one, list_page_has_row, .place = ACTION_HIDDEN },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind renew_page = {
	.screen = LIST_PAGE(N_("Renew"), renew_actions),
	LIST_PAGE_COLUMNS(renew_columns),
	LIST_PAGE_ROWS(struct renew, all),
	.empty = N_("Nothing is borrowed."),
	.is_numbered = true,
	.are_tiles_first = true,
	.news = LIST_PAGE_NEWS_VISIT,
	.read = renew_read,
	.forget = renew_forget,
	.extra_size = sizeof(int64_t),
	.read_extra = renew_read_late,
	.cell = renew_cell,
	.head = renew_head,
};

void renew_open(struct app *app)
{
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);

	if (!visit)
		return;
	struct renew *renew = list_page_create(app, &renew_page);
	renew->resident = visit->resident;
	list_page_show(renew);
	if (renew->all.count == 1)
		renew_one(app, renew);
}

/* ---- holds to cancel ---- */

struct unhold {
	struct list_page page;
	struct hold_list all;
};

static const struct list_column unhold_columns[] = {
	{ N_("Item"), .min = 12 },
	{ N_("Reserved"), .min = 10, .max = 30, .align_right = true, .is_whole = true },
};

static int unhold_read(void *self, struct err *err)
{
	struct unhold *unhold = self;

	return desk_holds(unhold->page.kiosk->desk, &unhold->all, err);
}

static void unhold_forget(void *self)
{
	hold_list_finish(&((struct unhold *)self)->all);
}

static void unhold_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct unhold *unhold = self;
	const struct hold *hold = row;
	int64_t now = kiosk_now(unhold->page.kiosk);

	ret->text = column == 0 ? mem_text(hold->name) : words_instant_paper(hold->placed_at, now);
}

static void unhold_one(struct app *app, void *self)
{
	visit_choice_act(app, ((const struct hold *)list_page_row(self))->id, desk_unhold);
}

static void unhold_head(void *self, struct rect *area)
{
	(void)self;
	clerk_heading(area, _("What do you not want any more?"));
}

static const struct action unhold_actions[] = {
	{ K_ENTER, N_("Cancel the hold"), NULL, unhold_one, list_page_has_row,
		.place = ACTION_HIDDEN },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind unhold_page = {
	.screen = LIST_PAGE(N_("Cancel the hold"), unhold_actions),
	LIST_PAGE_COLUMNS(unhold_columns),
	LIST_PAGE_ROWS(struct unhold, all),
	.empty = N_("Nothing is reserved."),
	.is_numbered = true,
	.are_tiles_first = true,
	.news = LIST_PAGE_NEWS_VISIT,
	.read = unhold_read,
	.forget = unhold_forget,
	.cell = unhold_cell,
	.head = unhold_head,
};

void unhold_open(struct app *app)
{
	list_page_open(app, &unhold_page);
}

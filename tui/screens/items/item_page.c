/* An item: where it is and when it comes back; for volunteers also who has it, what happened to it,
 * and what can be done with it. */
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/items/catalogue/item.h"
#include "core/items/giving/departure_undo.h"
#include "core/items/lending/item_look.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_list.h"
#include "core/items/lending/loan_trouble.h"
#include "core/items/upkeep/item_status.h"
#include "core/items/upkeep/retire.h"
#include "core/words.h"
#include "core/words_items.h"
#include "tui/pages/clerk.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/counter/screens.h"
#include "tui/screens/house/screens.h"
#include "tui/screens/items/item_details.h"
#include "tui/screens/items/item_words.h"
#include "tui/screens/items/items.h"
#include "tui/screens/people/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/wrap.h"

struct item_page {
	struct list_page page;
	int64_t id;
	struct item item;
	struct item_details details;
	struct item_look look;
	int64_t gone; /* itself, if it was sold, swapped or given away today; else 0 */
	char *holder; /* for volunteers alone; NULL: on the shelf */
	struct loan_list loans;
	enum item_status wanted; /* while its reason is asked for */
	enum item_status offered[ITEM_STATUS_COUNT];
};

/* ---- reading ---- */

static void item_page_forget(void *self)
{
	struct item_page *view = self;

	item_finish(&view->item);
	item_details_finish(&view->details);
	mem_free(&view->holder);
	loan_list_finish(&view->loans);
}

static int item_page_read_holder(struct item_page *view, struct err *err)
{
	if (!view->item.loan || !clerk_is_on(view->page.app, NULL))
		return 0;
	return clerk_name(view->page.kiosk, view->item.loan_resident, &view->holder, err);
}

static int item_page_read_departure(struct item_page *view, struct err *err)
{
	struct departure departure;

	view->gone = 0;
	if (view->item.status != ITEM_RETIRED)
		return 0;
	int r = departure_latest(view->page.kiosk->db, view->id, &departure, err);
	if (r > 0 &&
		day_compare(when_day(departure.at), when_day(kiosk_now(view->page.kiosk))) == 0)
		view->gone = view->id;
	return r < 0 ? r : 0;
}

static int item_page_read(void *self, struct err *err)
{
	struct item_page *view = self;
	struct db *db = view->page.kiosk->db;

	TRY(item_get(db, view->id, &view->item, err));
	TRY(item_details_read(
		db, &view->item, clerk_is_on(view->page.app, NULL), &view->details, err));
	TRY(item_look_get(db, view->id, &view->look, err));
	TRY(item_page_read_departure(view, err));
	return item_page_read_holder(view, err);
}

/* ---- who has had it ---- */

static int item_page_read_history(void *self, const void *after, int limit, struct err *err)
{
	struct item_page *view = self;
	struct loan_list more = { 0 };

	if (!clerk_is_on(view->page.app, NULL))
		return 1;
	TRY(loans_history_of_item(view->page.kiosk->db, view->id, after, limit, &more, err));
	LIST_PAGE_JOIN(&view->loans, more);
	return 0;
}

static int item_page_read_name(void *self, const void *row, void *extra, struct err *err)
{
	const struct item_page *view = self;
	const struct loan *loan = row;

	return clerk_name(view->page.kiosk, loan->resident, extra, err);
}

static void item_page_forget_name(void *extra)
{
	mem_free(extra);
}

enum { COLUMN_WHO, COLUMN_LENT, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_WHO] = { NC_("loan", "Who"), .min = 10 },
	[COLUMN_LENT] = { N_("Lent"), .min = 10, .max = 30, .is_whole = true },
	[COLUMN_STATE] = { N_("Returned"), .min = 10, .max = 30, .is_whole = true },
};

static void item_page_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct item_page *view = self;
	const struct loan *loan = row;
	char *const *name = list_page_extra(self, row);
	int64_t now = kiosk_now(view->page.kiosk);

	ret->style = loan_is_open(loan) ? STYLE_PAPER : STYLE_QUIET;
	switch (column) {
	case COLUMN_WHO:
		ret->text = mem_text(*name);
		break;
	case COLUMN_LENT:
		ret->text = words_instant_paper(loan->lent_at, now);
		break;
	default:
		ret->text = loan_is_open(loan) ? mem_text(_("still out"))
					       : words_instant_paper(loan->returned_at, now);
	}
}

/* ---- actions ---- */

static void item_page_print_label(struct app *app, void *self)
{
	struct item_page *view = self;
	struct err err = { 0 };

	if (papers_labels(view->page.kiosk, &view->id, 1, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	clerk_tell_done(app, _("The label is being printed"), NULL);
	papers_go(view->page.kiosk);
}

static void item_page_set_status(struct app *app, struct item_page *view, const char *given_why)
{
	struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) char *why = given_why ? clerk_why(&act, given_why) : NULL;
	struct err err = { 0 };

	act.why = why ? why : act.why;
	bool is_found = view->item.status == ITEM_MISSING && view->wanted == ITEM_ACTIVE;
	int r = is_found
			? item_found(view->page.kiosk->db, &act, view->id, &err)
			: item_set_status(view->page.kiosk->db, &act, view->id, view->wanted, &err);
	list_page_conclude(view, r, &err, view->item.name, words_item_status(view->wanted));
}

static void item_page_set_with_reason(struct app *app, void *context, const char *why)
{
	if (why)
		item_page_set_status(app, context, why);
}

static void item_page_status_chosen(struct app *app, void *context, int button)
{
	static const char *const ready[] = { N_("Damaged"), N_("Due for inspection"),
		N_("Not found at stocktaking"), N_("Worn out"), N_("Parts are missing"), NULL };
	struct item_page *view = context;

	if (button < 0 || button >= ITEM_STATUS_COUNT - 1)
		return;
	view->wanted = view->offered[button];
	if (view->wanted == ITEM_ACTIVE) {
		item_page_set_status(app, view, NULL);
		return;
	}
	const struct reason_request request = {
		.title = words_item_status(view->wanted),
		.text = view->item.name,
		.ready = ready,
		.done = item_page_set_with_reason,
		.context = view,
	};
	reason_open(app, &request);
}

/* The statuses that it does not have. */
static void item_page_change_status(struct app *app, void *self)
{
	struct item_page *view = self;
	const char *buttons[ITEM_STATUS_COUNT + 1] = { NULL };
	int count = 0;

	for (int i = 0; i < ITEM_STATUS_COUNT; i++) {
		if ((enum item_status)i == view->item.status)
			continue;
		view->offered[count] = (enum item_status)i;
		buttons[count++] = words_item_status((enum item_status)i);
	}
	buttons[count] = _("Back");
	const struct dialog dialog = {
		.title = _("What is its condition now?"),
		.text = view->item.name,
		.buttons = buttons,
		.marked = count,
		.done = item_page_status_chosen,
		.context = view,
	};
	dialog_open(app, &dialog);
}

static void item_page_open_loan(struct app *app, void *self)
{
	loan_page_open(app, ((struct item_page *)self)->item.loan);
}

static void item_page_look_over(struct app *app, void *self)
{
	item_check_open(app, ((struct item_page *)self)->id);
}

static void item_page_open_borrower(struct app *app, void *self)
{
	const struct loan *loan = list_page_row(self);

	resident_page_open(app, loan->resident);
}

static void item_page_add_copies(struct app *app, void *self)
{
	item_form_open_copy(app, ((struct item_page *)self)->item.title);
}

static void item_page_leave_for_good(struct app *app, void *self)
{
	departure_open(app, &((struct item_page *)self)->item);
}

static void item_page_take_back(struct app *app, void *self)
{
	departure_take_back(app, &((struct item_page *)self)->gone);
}

static bool item_page_has_gone(struct app *app, void *self)
{
	return clerk_is_on(app, self) && ((struct item_page *)self)->gone;
}

static void item_page_report_trouble(struct app *app, void *self)
{
	repair_ask(app, &((struct item_page *)self)->item);
}

static void item_page_edit_item(struct app *app, void *self)
{
	item_edit_open(app, ((struct item_page *)self)->id);
}

static void item_page_edit_title(struct app *app, void *self)
{
	title_form_open(app, ((struct item_page *)self)->item.title);
}

static void item_page_change_stock(struct app *app, void *self)
{
	stock_form_open(app, ((struct item_page *)self)->item.title);
}

static bool item_page_has_stock(struct app *app, void *self)
{
	return clerk_is_on(app, self) && ((struct item_page *)self)->item.terms.is_consumable;
}

static bool item_page_is_lent(struct app *app, void *self)
{
	return clerk_is_on(app, self) && ((struct item_page *)self)->item.loan;
}

static bool item_page_is_not_lent(struct app *app, void *self)
{
	return clerk_is_on(app, self) && !((struct item_page *)self)->item.loan;
}

static bool item_page_is_ours(struct app *app, void *self)
{
	return item_page_is_not_lent(app, self) &&
	       ((struct item_page *)self)->item.status != ITEM_RETIRED;
}

static bool item_page_can_be_looked_over(struct app *app, void *self)
{
	const struct item_page *view = self;

	return item_page_is_not_lent(app, self) &&
	       (view->look.needs_check || view->look.has_parts) &&
	       (view->item.status == ITEM_ACTIVE || view->item.status == ITEM_MAINTENANCE);
}

static bool item_page_has_history(struct app *app, void *self)
{
	return clerk_is_on(app, self) && list_page_has_row(app, self);
}

static bool item_page_is_visitor(struct app *app, void *self)
{
	return desk_visit(kiosk_of(app)->desk) && !clerk_is_on(app, self);
}

/* Volunteers have 6 for something else. */
static bool item_page_has_visitor(struct app *app, void *self)
{
	return desk_visit(kiosk_of(app)->desk) && clerk_is_on(app, self);
}

static void item_page_reserve(struct app *app, void *self)
{
	struct outcome o = OUTCOME_INIT;

	desk_hold(kiosk_of(app)->desk, ((struct item_page *)self)->item.title, &o);
	counter_outcome(app, visit_banner(app), &o);
}

static void item_page_show_log(struct app *app, void *self)
{
	log_open(app, 0, ((struct item_page *)self)->id);
}

static const struct action actions[] = {
	{ '1', N_("Print a label"), N_("Prints the item's label again."), item_page_print_label,
		clerk_is_on, .place = ACTION_TILE },
	{ '2', N_("Condition"), N_("In repair, not found, retired, or in use again."),
		item_page_change_status, clerk_is_on, .place = ACTION_TILE },
	{ '3', N_("One more"), N_("Adds another one of the same."), item_page_add_copies,
		clerk_is_on, .place = ACTION_TILE },
	{ '4', N_("Loan"), N_("Brought back, called back, said to be back, or lost."),
		item_page_open_loan, item_page_is_lent, .place = ACTION_TILE },
	{ '4', N_("Look it over"), N_("Ticks its parts off; then it is in use or to be repaired."),
		item_page_look_over, item_page_can_be_looked_over, .place = ACTION_TILE },
	{ '5', N_("Edit"), N_("Its place, where it came from, dates, kit and owners."),
		item_page_edit_item, clerk_is_on, .place = ACTION_TILE },
	{ '6', N_("All of its kind"),
		N_("What holds for all of the same: worth, parts, how it is lent."),
		item_page_edit_title, clerk_is_on, .place = ACTION_TILE },
	{ '7', N_("Stock"), N_("Hands out something to use up, or fills it up."),
		item_page_change_stock, item_page_has_stock, .place = ACTION_TILE },
	{ '8', N_("Repair"), N_("Says what is wrong with it and puts it in repair."),
		item_page_report_trouble, item_page_is_ours, .place = ACTION_TILE },
	{ '9', N_("Leaves"), N_("Sold, swapped, given away, worn out or lost."),
		item_page_leave_for_good, item_page_is_ours, .place = ACTION_TILE },
	{ '9', N_("Take it back"), N_("Undoes that it was sold, swapped or given away today."),
		item_page_take_back, item_page_has_gone, .place = ACTION_TILE },
	{ '6', N_("Reserve"), N_("Puts the visitor in the queue for one of these."),
		item_page_reserve, item_page_is_visitor, .place = ACTION_TILE },
	{ '0', N_("Reserve"), N_("Puts the visitor in the queue for one of these."),
		item_page_reserve, item_page_has_visitor, .place = ACTION_TILE },
	{ '+', NC_("counter", "Log"), N_("Who did what with it, and when."), item_page_show_log,
		clerk_is_on },
	{ K_ENTER, N_("Resident"), N_("Opens the page of the marked borrower."),
		item_page_open_borrower, item_page_has_history },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* ---- drawing ---- */

/* Returns the row after it. */
static int item_page_draw_remark(struct rect area, int row, enum style style, const char *text)
{
	return text && *text ? wrap_draw(area, row + 1, style, text) : row;
}

static const char *item_page_condition_of(const struct item_page *view)
{
	if (view->look.needs_check)
		return _("to look over");
	return view->item.status == ITEM_ACTIVE ? NULL : words_item_condition(&view->item);
}

static void item_page_head(void *self, struct rect *head)
{
	const struct item_page *view = self;
	struct rect area = *head;
	const struct item *item = &view->item;
	int64_t now = kiosk_now(view->page.kiosk);
	CLEANUP(mem_free) char *state = item_state_words(item, now);
	char number[ITEM_NUMBER_SIZE], code[CODE_TEXT_MAX];
	bool is_staffed = clerk_is_on(view->page.app, NULL);

	item_number_format(item->number, number);
	code_write_id(CODE_ITEM, view->id, code);
	int col = draw_text(area, 0, 0, STYLE_STRONG, item->name) + 2;
	draw_text(area, 0, col, STYLE_QUIET, number);
	draw_right(area, 0, item_state_style(item, now), state);
	const struct clerk_fact facts[] = {
		{ _("Category"), item->category_name }, { _("Shelf"), view->details.place },
		{ _("Condition"), item_page_condition_of(view) }, { _("Who has it"), view->holder },
		{ _("It is"), view->details.handed_out }, { _("In the kit"), view->details.kit },
		{ _("It holds"), view->details.contents }, { _("Parts"), view->details.parts },
		{ _("Owners"), view->details.owners }, { _("Value"), view->details.value },
		{ _("Came by"), view->details.source },
		{ _("Label"), is_staffed ? code : NULL }, /* for one that can't be scanned */
	};
	int row = clerk_draw_facts(area, 1, facts, ARRAY_LEN(facts));
	row = item_page_draw_remark(area, row, STYLE_NEEDED, view->details.notices);
	row = item_page_draw_remark(area, row, STYLE_PAPER, item->safety);
	rect_cut_top(head, row + 1);
}

static const struct list_page_kind item_page = {
	.screen = LIST_PAGE(N_("Item"), actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct item_page, loans),
	.empty = N_("It has not been lent yet."),
	.are_tiles_first = true,
	.hush = LIST_PAGE_HUSH_ALWAYS,
	.is_listed = clerk_is_on,
	.read = item_page_read,
	.read_more = item_page_read_history,
	.forget = item_page_forget,
	.extra_size = sizeof(char *),
	.read_extra = item_page_read_name,
	.forget_extra = item_page_forget_name,
	.cell = item_page_cell,
	.head = item_page_head,
};

void item_page_open(struct app *app, int64_t item)
{
	struct item_page *view = list_page_create(app, &item_page);

	view->id = item;
	list_page_show(view);
}

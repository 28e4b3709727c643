/* Holds: what has to be put aside, what is on the pick-up shelf for whom and until when, what goes
 * back, and who waits for what. */
#include <inttypes.h>

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/hold_acts.h"
#include "core/items/lending/hold_list.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/items/screens.h"
#include "tui/screens/people/screens.h"
#include "tui/widgets/dialog.h"

#define REFRESH_SEC 10

struct holds {
	struct list_page page;
	struct hold_list all; /* the shelf's, then those that wait */
	int64_t read_at;
};

/* ---- reading ---- */

enum line { LINE_PUT_ASIDE, LINE_READY, LINE_PUT_BACK, LINE_WAITING, LINE_COUNT };

static enum line holds_line_of(const struct hold *hold)
{
	if (hold->status == HOLD_READY)
		return LINE_READY;
	if (hold->status != HOLD_WAITING)
		return LINE_PUT_BACK;
	return hold->claims ? LINE_PUT_ASIDE : LINE_WAITING;
}

static void holds_append(struct hold_list *list, struct hold *hold)
{
	list->rows = mem_resize(list->rows, (size_t)(list->count + 1) * sizeof(*list->rows));
	list->rows[list->count++] = *hold;
	*hold = (struct hold){ 0 };
}

static int holds_read(void *self, struct err *err)
{
	struct holds *holds = self;
	CLEANUP(hold_list_finish) struct hold_list standing = { 0 };
	struct db *db = holds->page.kiosk->db;
	int64_t now = kiosk_now(holds->page.kiosk);

	holds->read_at = now;
	TRY(holds_on_shelf(db, now, &holds->all, err));
	TRY(holds_standing(db, now, &standing, err));
	for (int i = 0; i < standing.count; i++)
		if (holds_line_of(&standing.rows[i]) == LINE_WAITING)
			holds_append(&holds->all, &standing.rows[i]);
	return 0;
}

static void holds_forget(void *self)
{
	hold_list_finish(&((struct holds *)self)->all);
}

static int holds_read_name(void *self, const void *row, void *extra, struct err *err)
{
	const struct holds *holds = self;
	const struct hold *hold = row;

	return clerk_name(holds->page.kiosk, hold->resident, extra, err);
}

static const char *holds_name_of(const void *self, const void *row)
{
	return *(char *const *)list_page_extra(self, row);
}

/* ---- lines ---- */

enum { COLUMN_PLACE, COLUMN_ITEM, COLUMN_WHO, COLUMN_STATE };

static const struct list_column columns[] = {
	[COLUMN_PLACE] = { NC_("shelf", "Place"), .min = 4, .max = 10 },
	[COLUMN_ITEM] = { N_("Item"), .min = 10 },
	[COLUMN_WHO] = { N_("For whom"), .min = 8, .max = 16 },
	[COLUMN_STATE] = { N_("State"), .min = 12, .max = 34, .is_whole = true },
};

static const struct {
	const char *mark;
	enum style style;
} marks[LINE_COUNT] = {
	[LINE_PUT_ASIDE] = { "!", STYLE_NEEDED },
	[LINE_READY] = { "✓", STYLE_DONE },
	[LINE_PUT_BACK] = { "↶", STYLE_NEEDED },
	[LINE_WAITING] = { "·", STYLE_QUIET },
};

/* Where to fetch it: the pick-up shelf's place, or the shelf of the copy. */
static char *holds_place_text(const struct hold *hold)
{
	switch (holds_line_of(hold)) {
	case LINE_READY:
	case LINE_PUT_BACK:
		return hold->slot ? mem_printf("%" PRId64, hold->slot) : NULL;
	case LINE_PUT_ASIDE:
		return mem_text(hold->shelf);
	case LINE_WAITING:
	case LINE_COUNT:
		break;
	}
	return NULL;
}

static char *holds_item_text(const struct hold *hold)
{
	char number[ITEM_NUMBER_SIZE];

	if (holds_line_of(hold) == LINE_WAITING || !hold->item_number)
		return mem_text(hold->name);
	item_number_format(hold->item_number, number);
	return mem_printf("%s %s", hold->name, number);
}

static char *holds_state_text(const struct holds *holds, const struct hold *hold)
{
	int64_t now = kiosk_now(holds->page.kiosk);

	switch (holds_line_of(hold)) {
	case LINE_PUT_ASIDE:
		return mem_text(_("to be put aside"));
	case LINE_READY: {
		CLEANUP(mem_free) char *until = words_instant_paper(hold->until_at, now);
		return mem_printf(_("until %s"), until);
	}
	case LINE_PUT_BACK:
		return mem_text(_("over: to be put back"));
	case LINE_WAITING:
	case LINE_COUNT:
		break;
	}
	CLEANUP(mem_free) char *since = words_date(when_day(hold->placed_at), when_day(now));
	return mem_printf(_("waits as no. %" PRId64 ", since %s"), hold->position, since);
}

static void holds_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct holds *holds = self;
	const struct hold *hold = row;

	ret->style = holds_line_of(hold) == LINE_WAITING ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_PLACE:
		ret->text = holds_place_text(hold);
		ret->style = STYLE_STRONG;
		break;
	case COLUMN_ITEM:
		ret->text = holds_item_text(hold);
		break;
	case COLUMN_WHO:
		ret->text = mem_text(holds_name_of(self, row));
		break;
	default:
		ret->text = holds_state_text(holds, hold);
	}
}

static const char *holds_mark(const void *self, const void *row, enum style *ret_style)
{
	enum line line = holds_line_of(row);

	(void)self;
	*ret_style = marks[line].style;
	return marks[line].mark;
}

/* A hold may have expired while the screen is open. */
static void holds_tick(struct app *app, void *self)
{
	struct holds *holds = self;

	(void)app;
	if (kiosk_now(holds->page.kiosk) >= holds->read_at + REFRESH_SEC)
		list_page_refresh(holds);
}

/* ---- what can be done ---- */

static bool holds_is_on_line(void *self, enum line line)
{
	const struct hold *hold = list_page_row(self);

	return hold && holds_line_of(hold) == line;
}

static bool holds_is_to_put_aside(struct app *app, void *self)
{
	return clerk_is_on(app, self) && holds_is_on_line(self, LINE_PUT_ASIDE);
}

static bool holds_is_ready(struct app *app, void *self)
{
	return clerk_is_on(app, self) && holds_is_on_line(self, LINE_READY);
}

static bool holds_is_to_put_back(struct app *app, void *self)
{
	return clerk_is_on(app, self) && holds_is_on_line(self, LINE_PUT_BACK);
}

static bool holds_can_cancel(struct app *app, void *self)
{
	return clerk_is_on(app, self) && list_page_row(self) &&
	       !holds_is_on_line(self, LINE_PUT_BACK);
}

static bool holds_has_copy(struct app *app, void *self)
{
	const struct hold *hold = list_page_row(self);

	(void)app;
	return hold && (hold->item || hold->claims);
}

static void holds_conclude(struct holds *holds, int r, const struct err *err, const char *done)
{
	list_page_conclude(holds, r, err, done, NULL);
	papers_go(holds->page.kiosk);
}

/* The copy gets its place on the shelf and the slip that is put with it. */
static int holds_put_aside_with_slip(struct holds *holds, struct err *err)
{
	const struct hold *marked = list_page_row(holds);
	struct db *db = holds->page.kiosk->db;
	struct act act = clerk_act(holds->page.app, 0);
	CLEANUP(hold_finish) struct hold hold = { 0 };
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, db, err));
	TRY(hold_settle(db, &act, marked->title, err));
	TRY(hold_get(db, marked->id, kiosk_now(holds->page.kiosk), &hold, err));
	if (hold.status == HOLD_READY)
		TRY(papers_hold_slip(holds->page.kiosk, hold.id, err));
	return txn_commit(&t, err);
}

static void holds_put_aside(struct app *app, void *self)
{
	struct holds *holds = self;
	struct err err = { 0 };

	(void)app;
	int r = holds_put_aside_with_slip(holds, &err);
	holds_conclude(holds, r, &err, _("Put it in its place with its slip, please"));
}

static void holds_put_back(struct app *app, void *self)
{
	const struct hold *hold = list_page_row(self);
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int r = hold_put_back(kiosk_of(app)->db, &act, hold->id, &err);
	holds_conclude(self, r, &err, _("It is back on its shelf"));
}

static void holds_print_slip(struct app *app, void *self)
{
	const struct hold *hold = list_page_row(self);
	struct err err = { 0 };

	int r = papers_hold_slip(kiosk_of(app), hold->id, &err);
	holds_conclude(self, r, &err, _("The pick-up slip is being printed"));
}

static void holds_cancelled(struct app *app, void *context, int button)
{
	struct holds *holds = context;
	const struct hold *hold = list_page_row(holds);
	struct err err = { 0 };

	if (button != 0 || !hold)
		return;
	struct act act = clerk_act(app, hold->resident);
	int r = hold_cancel(holds->page.kiosk->db, &act, hold->id, &err);
	holds_conclude(holds, r, &err, _("The hold is cancelled"));
}

static void holds_cancel(struct app *app, void *self)
{
	const struct hold *hold = list_page_row(self);
	CLEANUP(mem_free) char *text = mem_printf("%s  %s", hold->name, holds_name_of(self, hold));
	const char *const buttons[] = { _("Cancel the hold"), _("Leave it"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Cancel this hold?"),
		.text = text,
		.buttons = buttons,
		.marked = 1,
		.done = holds_cancelled,
		.context = self,
	};

	dialog_open(app, &dialog);
}

static void holds_open_resident(struct app *app, void *self)
{
	const struct hold *hold = list_page_row(self);

	resident_page_open(app, hold->resident);
}

static void holds_open_item(struct app *app, void *self)
{
	const struct hold *hold = list_page_row(self);

	item_page_open(app, hold->item ? hold->item : hold->claims);
}

static const struct action holds_actions[] = {
	{ '1', N_("Put aside"), N_("Gives the copy its place here and prints its slip."),
		holds_put_aside, holds_is_to_put_aside, .place = ACTION_TILE },
	{ '1', N_("Put back"), N_("The hold is over, the thing is back on its shelf."),
		holds_put_back, holds_is_to_put_back, .place = ACTION_TILE },
	{ '2', N_("Print a slip"), N_("Prints the slip that lies with it."), holds_print_slip,
		holds_is_ready, .place = ACTION_TILE },
	{ '3', N_("Cancel"), N_("The person does not want it any more."), holds_cancel,
		holds_can_cancel, .place = ACTION_TILE },
	{ K_ENTER, N_("Resident"), N_("Opens the page of who waits for it."), holds_open_resident,
		list_page_has_row },
	{ K_TAB, N_("Item"), N_("Opens the item's page."), holds_open_item, holds_has_copy },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void holds_head(void *self, struct rect *area)
{
	const struct holds *holds = self;
	int counts[LINE_COUNT] = { 0 };

	for (int i = 0; i < holds->all.count; i++)
		counts[holds_line_of(&holds->all.rows[i])]++;
	CLEANUP(mem_free)
	char *summary = mem_printf(
		_("%d to be put aside  ·  %d ready  ·  %d to be put back  ·  %d waiting"),
		counts[LINE_PUT_ASIDE], counts[LINE_READY], counts[LINE_PUT_BACK],
		counts[LINE_WAITING]);
	clerk_heading(area, summary);
}

static const struct list_page_kind holds_page = {
	.screen = LIST_PAGE(N_("Holds"), holds_actions, .tick = holds_tick),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct holds, all),
	.empty = N_("Nothing is reserved."),
	.hush = LIST_PAGE_HUSH_ALWAYS,
	.read = holds_read,
	.forget = holds_forget,
	.extra_size = sizeof(char *),
	.read_extra = holds_read_name,
	.forget_extra = mem_free,
	.cell = holds_cell,
	.mark = holds_mark,
	.head = holds_head,
};

void holds_open(struct app *app)
{
	if (!app_pop_to(app, &holds_page.screen))
		list_page_open(app, &holds_page);
}

/* 维修: what has to be repaired, and what was done about it. */
#include "core/items/upkeep/ticket.h"
#include "core/base/mem.h"
#include "core/words.h"
#include "tui/pages/list_page.h"
#include "tui/pages/moving.h"
#include "tui/pages/reason.h"
#include "tui/screens/items/items.h"
#include "tui/widgets/dialog.h"

#define WORDS_CHARS 100

struct repairs {
	struct list_page page;
	struct ticket_list all;
	int64_t asked; /* the ticket that a question is about */
};

/* ---- reading ---- */

static int repairs_read_more(void *self, const void *after, int limit, struct err *err)
{
	struct repairs *repairs = self;
	const struct ticket *last = after;
	struct ticket_list more = { 0 };

	TRY(tickets_open(repairs->page.kiosk->db, last ? last->id : 0, limit, &more, err));
	LIST_PAGE_JOIN(&repairs->all, more);
	return 0;
}

static void repairs_forget(void *self)
{
	ticket_list_finish(&((struct repairs *)self)->all);
}

/* ---- lines ---- */

enum { COLUMN_ITEM, COLUMN_WORDS, COLUMN_SINCE };

static const struct list_column columns[] = {
	[COLUMN_ITEM] = { N_("Item"), .min = 10, .max = 34 },
	[COLUMN_WORDS] = { N_("What is wrong"), .min = 10 },
	[COLUMN_SINCE] = { N_("Since"), .min = 10, .max = 30, .align_right = true,
		.is_whole = true },
};

static void repairs_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct repairs *repairs = self;
	const struct ticket *ticket = row;
	char number[ITEM_NUMBER_SIZE];

	switch (column) {
	case COLUMN_ITEM:
		item_number_format(ticket->item_number, number);
		ret->text = mem_printf("%s  %s", ticket->name, number);
		break;
	case COLUMN_WORDS:
		ret->text = mem_text(ticket->words);
		break;
	default:
		ret->text = words_date(
			when_day(ticket->opened_at), when_day(kiosk_now(repairs->page.kiosk)));
		ret->style = STYLE_QUIET;
	}
}

/* ---- a new one, from the item's page ---- */

static void repairs_complained(struct app *app, void *context, const char *words)
{
	const struct item *item = context;
	const struct ticket_draft draft = { .item = item->id, .words = words };
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };
	int64_t id;

	if (!words)
		return;
	int r = ticket_open(kiosk_of(app)->db, &act, &draft, &id, &err);
	app_resume(app);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, words, _("noted, it is in repair now"));
}

void repair_ask(struct app *app, struct item *item)
{
	static const char *const ready[] = { N_("Does not switch on"), N_("Broken"),
		N_("Cable or plug damaged"), N_("Dirty"), N_("Parts are missing"), NULL };
	CLEANUP(mem_free) char *words = moving_item_words(item);
	const struct reason_request request = {
		.title = _("What is wrong with it?"),
		.text = words,
		.ready = ready,
		.max_chars = WORDS_CHARS,
		.done = repairs_complained,
		.context = item,
	};

	reason_open(app, &request);
}

/* ---- closing one ---- */

static void repairs_repaired(struct app *app, void *context, const char *done)
{
	const struct repairs *repairs = context;
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (!done)
		return;
	int r = ticket_close(kiosk_of(app)->db, &act, repairs->asked, done, &err);
	list_page_conclude(context, r, &err, _("Repaired, it is in use again"), NULL);
}

static void repairs_given_up(struct app *app, void *context, const char *done)
{
	const struct repairs *repairs = context;
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (!done)
		return;
	int r = ticket_retire(kiosk_of(app)->db, &act, repairs->asked, done, RETIRE_WORN_OUT, &err);
	list_page_conclude(context, r, &err, _("Taken out of use"), NULL);
}

static void repairs_ask(struct app *app, struct repairs *repairs, const char *title,
	const char *const *ready, void (*done)(struct app *, void *, const char *))
{
	const struct ticket *ticket = list_page_row(repairs);
	const struct reason_request request = {
		.title = title,
		.text = ticket->name,
		.ready = ready,
		.max_chars = WORDS_CHARS,
		.done = done,
		.context = repairs,
	};

	repairs->asked = ticket->id;
	reason_open(app, &request);
}

static void repairs_close_repaired(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Cleaned"), N_("A part was replaced"),
		N_("Repaired by a neighbour"), N_("Nothing was wrong"), NULL };

	repairs_ask(app, self, _("What was done?"), ready, repairs_repaired);
}

static void repairs_close_retired(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Worn out"), N_("Repair costs too much"),
		N_("Not safe any more"), NULL };

	repairs_ask(app, self, _("Why is it not repaired?"), ready, repairs_given_up);
}

static void repairs_open_item(struct app *app, void *self)
{
	const struct ticket *ticket = list_page_row(self);

	item_page_open(app, ticket->item);
}

static const struct action repairs_actions[] = {
	{ '1', N_("Repaired"), N_("Says what was done; the item is in use again."),
		repairs_close_repaired, list_page_has_row, .place = ACTION_TILE },
	{ '2', N_("Not worth it"), N_("Takes the item out of use, with a reason."),
		repairs_close_retired, list_page_has_row, .place = ACTION_TILE },
	{ K_ENTER, N_("Item"), N_("Opens the item's page."), repairs_open_item, list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind repairs_page = {
	.screen = LIST_PAGE(N_("Repairs"), repairs_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct repairs, all),
	.empty = N_("Nothing waits to be repaired."),
	.read_more = repairs_read_more,
	.forget = repairs_forget,
	.cell = repairs_cell,
};

void repairs_open(struct app *app)
{
	if (!app_pop_to(app, &repairs_page.screen))
		list_page_open(app, &repairs_page);
}

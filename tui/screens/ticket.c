/* 维修: what waits to be repaired, and what was done about it. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/ticket.h"
#include "core/words.h"
#include "tui/screens/moving.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"

#define PAGE_ROWS   60
#define AHEAD_ROWS  30
#define WORDS_CHARS 100

struct repairs {
	struct app *app;
	struct kiosk *kiosk;
	struct ticket_list all;
	bool has_more;
	struct list *list;
	int64_t asked; /* the ticket that a question is about */
};

static const struct screen ticket_screen;

/* ---- reading ---- */

static void forget(struct repairs *repairs)
{
	ticket_list_finish(&repairs->all);
	repairs->all = (struct ticket_list){ 0 };
	repairs->has_more = false;
}

static void fetch(struct repairs *repairs)
{
	struct ticket_list *all = &repairs->all;
	struct ticket_list more = { 0 };
	struct err err = { 0 };
	int64_t after = all->count ? all->rows[all->count - 1].id : 0;

	if (tickets_open(repairs->kiosk->db, after, PAGE_ROWS, &more, &err) < 0) {
		list_set_count(repairs->list, all->count);
		clerk_tell_err(repairs->app, &err);
		return;
	}
	all->rows = mem_join(all->rows, &all->count, more.rows, more.count, sizeof(*all->rows));
	repairs->has_more = more.count == PAGE_ROWS;
	list_set_count(repairs->list, all->count);
	list_set_more(repairs->list, repairs->has_more);
}

static void refresh(struct repairs *repairs)
{
	forget(repairs);
	fetch(repairs);
	app_redraw(repairs->app);
}

static const struct ticket *selected(const struct repairs *repairs)
{
	int row = list_selected(repairs->list);

	return row >= 0 && row < repairs->all.count ? &repairs->all.rows[row] : NULL;
}

/* ---- lines ---- */

enum { COLUMN_ITEM, COLUMN_WORDS, COLUMN_SINCE };

static const struct list_column columns[] = {
	[COLUMN_ITEM] = { N_("Item"), .min = 10, .max = 34 },
	[COLUMN_WORDS] = { N_("What is wrong"), .min = 10 },
	[COLUMN_SINCE] = { N_("Since"), .min = 10, .max = 30, .align_right = true,
		.is_whole = true },
};

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct repairs *repairs = context;
	const struct ticket *ticket = &repairs->all.rows[row];
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
			when_day(ticket->opened_at), when_day(kiosk_now(repairs->kiosk)));
		ret->style = STYLE_QUIET;
	}
}

/* ---- life ---- */

void repairs_open(struct app *app)
{
	struct repairs *repairs;

	if (app_pop_to(app, &ticket_screen))
		return;
	repairs = mem_alloc(sizeof(*repairs));
	repairs->app = app;
	repairs->kiosk = kiosk_of(app);
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = repairs,
		.cell = cell,
		.empty = N_("Nothing waits to be repaired."),
	};
	repairs->list = list_create(&options);
	app_push(app, &ticket_screen, repairs);
	clerk_hush(app);
	refresh(repairs);
}

static void leave(struct app *app, void *self)
{
	struct repairs *repairs = self;

	(void)app;
	forget(repairs);
	list_destroy(repairs->list);
	free(repairs);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

/* ---- a new one, from the item's page ---- */

static void complained(struct app *app, void *context, const char *words)
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
		.done = complained,
		.context = item,
	};

	reason_open(app, &request);
}

/* ---- closing one ---- */

static void report(struct repairs *repairs, int r, const struct err *err, const char *words)
{
	refresh(repairs);
	if (r < 0)
		clerk_tell_err(repairs->app, err);
	else
		clerk_tell_done(repairs->app, words, NULL);
}

static void repaired(struct app *app, void *context, const char *done)
{
	struct repairs *repairs = context;
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (done)
		report(repairs, ticket_close(repairs->kiosk->db, &act, repairs->asked, done, &err),
			&err, _("Repaired, it is in use again"));
}

static void given_up(struct app *app, void *context, const char *done)
{
	struct repairs *repairs = context;
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	if (done)
		report(repairs,
			ticket_retire(repairs->kiosk->db, &act, repairs->asked, done,
				RETIRE_WORN_OUT, &err),
			&err, _("Taken out of use"));
}

static void ask(struct app *app, struct repairs *repairs, const char *title,
	const char *const *ready, void (*done)(struct app *, void *, const char *))
{
	const struct ticket *ticket = selected(repairs);
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

static void close_repaired(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Cleaned"), N_("A part was replaced"),
		N_("Repaired by a neighbour"), N_("Nothing was wrong"), NULL };

	ask(app, self, _("What was done?"), ready, repaired);
}

static void close_retired(struct app *app, void *self)
{
	static const char *const ready[] = { N_("Worn out"), N_("Repair costs too much"),
		N_("Not safe any more"), NULL };

	ask(app, self, _("Why is it not repaired?"), ready, given_up);
}

static void open_item(struct app *app, void *self)
{
	item_page_open(app, selected(self)->item);
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

static const struct action actions[] = {
	{ '1', N_("Repaired"), N_("Says what was done; the item is in use again."), close_repaired,
		has_line, .place = ACTION_TILE },
	{ '2', N_("Not worth it"), N_("Takes the item out of use, with a reason."), close_retired,
		has_line, .place = ACTION_TILE },
	{ K_ENTER, N_("Item"), N_("Opens the item's page."), open_item, has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct repairs *repairs = self;
	bool is_taken = clerk_list_key(app, repairs->list, key, open_item, repairs);

	if (repairs->has_more && list_selected(repairs->list) + AHEAD_ROWS >= repairs->all.count)
		fetch(repairs);
	return is_taken;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct repairs *repairs = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(repairs->list, area);
}

static const struct screen ticket_screen = {
	.name = "ticket",
	.title = N_("Repairs"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};

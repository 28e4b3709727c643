/* 盘点: choose what is counted, go from shelf to shelf and scan, review what was not seen, close it
 * with a report. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/catalogue/category.h"
#include "core/items/upkeep/stocktake_list.h"
#include "core/words.h"
#include "tui/devices.h"
#include "tui/pages/list_page.h"
#include "tui/pages/moving.h"
#include "tui/pages/papers.h"
#include "tui/pages/reason.h"
#include "tui/screens/items/screens.h"
#include "tui/widgets/dialog.h"

/* What the list shows. */
enum tab { TAB_SHELVES, TAB_UNSEEN, TAB_MISPLACED, TAB_COUNT };

/* An item, or with TAB_SHELVES a shelf: where its things belong, and how many were not seen. */
struct count_row {
	struct stocktake_line line;
	int64_t unseen;
};

struct count {
	struct list_page page;
	struct stocktake stocktake; /* the open one, or the last; id 0: there was none */
	struct stocktake_progress progress;
	enum tab tab;
	struct {
		struct count_row *rows;
		int count;
	} shown;
	char *zone, *shelf; /* where the volunteer is; "" both: unknown */
};

static bool stocktake_is_open(struct app *app, void *self)
{
	const struct count *count = self;

	(void)app;
	return count->stocktake.id && !count->stocktake.closed_at;
}

/* "共享书屋 A-3", or a word for nowhere. The caller's. */
static char *stocktake_place_words(const char *zone, const char *shelf)
{
	if (!*zone && !*shelf)
		return mem_text(_("no shelf noted"));
	return mem_printf("%s%s%s", zone, *zone && *shelf ? " " : "", shelf);
}

/* ---- reading ---- */

static void stocktake_forget(void *self)
{
	struct count *count = self;

	for (int i = 0; i < count->shown.count; i++)
		stocktake_line_finish(&count->shown.rows[i].line);
	mem_free(&count->shown.rows);
	count->shown.count = 0;
	stocktake_finish(&count->stocktake);
}

static int stocktake_read(void *self, struct err *err)
{
	struct count *count = self;
	struct db *db = count->page.kiosk->db;
	int r = stocktake_latest(db, &count->stocktake, err);

	return r > 0 ? stocktake_progress(db, count->stocktake.id, &count->progress, err) : r;
}

/* Room for so many rows more; the first of them. */
static struct count_row *stocktake_grow(struct count *count, int more)
{
	size_t size = (size_t)(count->shown.count + more + 1) * sizeof(struct count_row);
	struct count_row *rows = mem_resize(count->shown.rows, size);
	struct count_row *first = rows + count->shown.count;

	count->shown.rows = rows;
	count->shown.count += more;
	return first;
}

static int stocktake_read_shelves(struct count *count, struct err *err)
{
	CLEANUP(stocktake_shelves_finish) struct stocktake_shelves shelves = { 0 };

	TRY(stocktake_shelves(count->page.kiosk->db, count->stocktake.id, &shelves, err));
	struct count_row *row = stocktake_grow(count, shelves.count);
	for (int i = 0; i < shelves.count; i++, row++) {
		struct stocktake_shelf *shelf = &shelves.rows[i];
		*row = (struct count_row){ .unseen = shelf->unseen };
		row->line.zone = TAKE(shelf->zone);
		row->line.shelf = TAKE(shelf->shelf);
	}
	return 1;
}

static int stocktake_read_more(void *self, const void *last, int limit, struct err *err)
{
	struct count *count = self;
	const struct stocktake_line *after = last ? &((const struct count_row *)last)->line : NULL;
	int64_t id = count->stocktake.id;
	struct db *db = count->page.kiosk->db;
	struct stocktake_lines more = { 0 };

	if (!id)
		return 1;
	if (count->tab == TAB_SHELVES)
		return stocktake_read_shelves(count, err);
	TRY(count->tab == TAB_UNSEEN
			? stocktake_unseen(db, id, after, limit, &more, err)
			: stocktake_sights(db, id, STOCKTAKE_MISPLACED, after, limit, &more, err));
	struct count_row *row = stocktake_grow(count, more.count);
	for (int i = 0; i < more.count; i++)
		*row++ = (struct count_row){ .line = more.rows[i] };
	free(more.rows);
	return 0;
}

/* ---- lines ---- */

enum { COLUMN_WHAT, COLUMN_HOME, COLUMN_SEEN };

static const struct list_column columns[] = {
	[COLUMN_WHAT] = { NULL, .min = 12 },
	[COLUMN_HOME] = { N_("Belongs to"), .min = 8, .max = 30 },
	[COLUMN_SEEN] = { N_("Seen"), .min = 8, .max = 30 },
};

static void stocktake_shelf_cell(const struct count_row *row, int column, struct list_cell *ret)
{
	ret->style = row->unseen ? STYLE_PAPER : STYLE_DONE;
	if (column == COLUMN_WHAT)
		ret->text = stocktake_place_words(row->line.zone, row->line.shelf);
	if (column == COLUMN_SEEN)
		ret->text = row->unseen ? mem_printf(_("%lld not seen"), (long long)row->unseen)
					: mem_text(_("all seen"));
}

static void stocktake_line_cell(
	const struct stocktake_line *line, int column, struct list_cell *ret)
{
	char number[ITEM_NUMBER_SIZE];

	switch (column) {
	case COLUMN_WHAT:
		item_number_format(line->number, number);
		ret->text = mem_printf("%s  %s", line->name, number);
		break;
	case COLUMN_HOME:
		ret->text = stocktake_place_words(line->zone, line->shelf);
		break;
	default:
		ret->text = line->seen_at ? stocktake_place_words(line->seen_zone, line->seen_shelf)
			    : line->is_missing ? mem_text(_("set to not found"))
					       : mem_text("");
	}
}

static void stocktake_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	if (((const struct count *)self)->tab == TAB_SHELVES)
		stocktake_shelf_cell(row, column, ret);
	else
		stocktake_line_cell(&((const struct count_row *)row)->line, column, ret);
}

static const char *stocktake_mark(const void *self, const void *row, enum style *ret_style)
{
	bool is_shelf = ((const struct count *)self)->tab == TAB_SHELVES;

	*ret_style = STYLE_DONE;
	return is_shelf && !((const struct count_row *)row)->unseen ? "✓" : "";
}

/* ---- starting ---- */

static void stocktake_stand_at(struct count *count, const char *zone, const char *shelf)
{
	char *new_zone = mem_text(zone), *new_shelf = mem_text(shelf);

	free(count->zone);
	free(count->shelf);
	count->zone = new_zone;
	count->shelf = new_shelf;
}

/* Where the last one to scan stood, who may have gone to serve somebody meanwhile. */
static void stocktake_stand_again(struct count *count)
{
	CLEANUP(stocktake_finish) struct stocktake open = { 0 };
	CLEANUP(stocktake_shelf_finish) struct stocktake_shelf place = { 0 };
	struct db *db = count->page.kiosk->db;
	struct err ignored = { 0 }; /* the page, which reads next, tells it */

	bool is_known = stocktake_current(db, &open, &ignored) > 0 &&
			stocktake_place(db, open.id, &place, &ignored) == 0;
	stocktake_stand_at(count, is_known ? place.zone : "", is_known ? place.shelf : "");
}

static void stocktake_begin(struct count *count, const struct stocktake_scope *scope)
{
	const struct act act = clerk_act(count->page.app, 0);
	struct err err = { 0 };
	int64_t id;

	int r = stocktake_start(count->page.kiosk->db, &act, scope, &id, &err);
	count->tab = TAB_SHELVES;
	stocktake_stand_at(count, scope->zone ? scope->zone : "", scope->shelf ? scope->shelf : "");
	list_page_conclude(count, r, &err, _("The stocktake has begun"),
		_("Mark the shelf, press Enter, and scan what stands there."));
}

static void stocktake_start_house(struct app *app, void *self)
{
	(void)app;
	stocktake_begin(self, &(struct stocktake_scope){ 0 });
}

static void stocktake_start_shelf_named(struct app *app, void *context, const char *shelf)
{
	(void)app;
	if (shelf)
		stocktake_begin(context, &(struct stocktake_scope){ .shelf = shelf });
}

static void stocktake_start_shelf(struct app *app, void *self)
{
	static const char *const none[] = { NULL };
	const struct reason_request request = {
		.title = _("Which shelf?"),
		.text = _("As it is written on the items, such as: A-3"),
		.ready = none,
		.max_chars = 20,
		.done = stocktake_start_shelf_named,
		.context = self,
	};

	reason_open(app, &request);
}

static void stocktake_start_category_named(struct app *app, void *context, const char *name)
{
	CLEANUP(category_list_finish) struct category_list list = { 0 };
	struct count *count = context;
	struct err err = { 0 };

	if (!name)
		return;
	if (category_list(count->page.kiosk->db, &list, &err) == 0) {
		for (int i = 0; i < list.count; i++)
			if (strcmp(list.rows[i].name, name) == 0 ||
				strcmp(list.rows[i].code, name) == 0) {
				stocktake_begin(count,
					&(struct stocktake_scope){ .category = list.rows[i].id });
				return;
			}
		err_set(&err, ERR_NOT_FOUND, REASON_TEXT(CATEGORY_UNKNOWN, name));
	}
	clerk_tell_err(app, &err);
}

static void stocktake_start_category(struct app *app, void *self)
{
	static const char *const none[] = { NULL };
	const struct reason_request request = {
		.title = _("Which category?"),
		.ready = none,
		.max_chars = 40,
		.done = stocktake_start_category_named,
		.context = self,
	};

	reason_open(app, &request);
}

/* ---- scanning ---- */

static const char *stocktake_state_words(enum stocktake_state state)
{
	static const char *const words[] = {
		[STOCKTAKE_RETIRED] = N_("It was taken out of use: put it apart"),
		[STOCKTAKE_MISSING] = N_("It was not to be found until now: set it in use again"),
		[STOCKTAKE_OUT] = N_("It is still lent: take it back at the counter"),
		[STOCKTAKE_OTHER] = N_("Noted; it is not of what is counted"),
		[STOCKTAKE_MISPLACED] = N_("It belongs to another shelf"),
		[STOCKTAKE_RIGHT] = N_("Seen"),
	};

	return _(words[state]);
}

static void stocktake_tell(struct count *count, const struct item *item, enum stocktake_state state)
{
	CLEANUP(mem_free) char *title = moving_item_words(item);
	CLEANUP(mem_free) char *home = stocktake_place_words(item->zone, item->shelf);
	CLEANUP(mem_free)
	char *text = state == STOCKTAKE_MISPLACED
			     ? mem_printf("%s: %s", stocktake_state_words(state), home)
			     : mem_text(stocktake_state_words(state));

	if (state == STOCKTAKE_RIGHT) {
		clerk_tell_done(count->page.app, title, text);
		return;
	}
	banner_set(&count->page.kiosk->news, BANNER_NEEDED, title, text);
	app_sound(count->page.app, SOUND_NEEDED);
}

static void stocktake_see(struct count *count, int64_t id)
{
	const struct act act = clerk_act(count->page.app, 0);
	const struct stocktake_sighting seen = {
		.stocktake = count->stocktake.id,
		.item = id,
		.zone = count->zone,
		.shelf = count->shelf,
	};
	CLEANUP(item_finish) struct item item = { 0 };
	enum stocktake_state state;
	struct err err = { 0 };

	int r = stocktake_seen(count->page.kiosk->db, &act, &seen, &state, &err);
	if (r == 0)
		r = item_get(count->page.kiosk->db, id, &item, &err);
	list_page_refresh(count);
	if (r < 0)
		clerk_tell_err(count->page.app, &err);
	else
		stocktake_tell(count, &item, state);
}

static void stocktake_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct code code = code_read(bytes, len, NULL);

	if (code.type == CODE_ITEM && stocktake_is_open(app, self))
		stocktake_see(self, code.id);
	else
		clerk_scan(app, self, bytes, len);
}

/* For a label that can't be scanned. */
static void stocktake_typed(struct app *app, void *context, const char *number)
{
	struct count *count = context;
	struct err err = { 0 };
	int64_t id;

	if (!number)
		return;
	if (moving_item(count->page.kiosk, number, &id, &err) < 0)
		clerk_tell_err(app, &err);
	else
		stocktake_see(count, id);
}

static void stocktake_type_number(struct app *app, void *self)
{
	static const char *const none[] = { NULL };
	const struct reason_request request = {
		.title = _("The number on the label"),
		.ready = none,
		.max_chars = 9,
		.done = stocktake_typed,
		.context = self,
	};

	reason_open(app, &request);
}

/* ---- moving about ---- */

static void stocktake_show(struct count *count, enum tab tab)
{
	count->tab = tab;
	clerk_hush(count->page.app);
	list_page_refresh(count);
	list_select(count->page.list, 0);
}

static void stocktake_show_shelves(struct app *app, void *self)
{
	(void)app;
	stocktake_show(self, TAB_SHELVES);
}

static void stocktake_show_unseen(struct app *app, void *self)
{
	(void)app;
	stocktake_show(self, TAB_UNSEEN);
}

static void stocktake_show_misplaced(struct app *app, void *self)
{
	(void)app;
	stocktake_show(self, TAB_MISPLACED);
}

static bool stocktake_has_line(struct app *app, void *self)
{
	const struct count *count = self;

	return list_page_has_row(app, self) &&
	       (count->tab != TAB_SHELVES || stocktake_is_open(app, self));
}

/* Moves to the marked shelf, or opens the marked item. */
static void stocktake_choose(struct app *app, void *self)
{
	struct count *count = self;
	const struct count_row *row = list_page_row(self);

	if (count->tab != TAB_SHELVES) {
		item_page_open(app, row->line.item);
		return;
	}
	stocktake_stand_at(count, row->line.zone, row->line.shelf);
	clerk_hush(app);
}

/* ---- the end ---- */

static void stocktake_print(struct app *app, void *self)
{
	struct count *count = self;
	struct err err = { 0 };

	if (papers_stocktake(count->page.kiosk, count->stocktake.id, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	clerk_tell_done(app, _("The report is being printed"), NULL);
	devices_print(count->page.kiosk->devices);
}

static int stocktake_close_and_print(struct count *count, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	const struct act act = clerk_act(count->page.app, 0);

	TRY(txn_begin(&t, count->page.kiosk->db, err));
	TRY(stocktake_close(count->page.kiosk->db, &act, count->stocktake.id, err));
	TRY(papers_stocktake(count->page.kiosk, count->stocktake.id, err));
	return txn_commit(&t, err);
}

static void stocktake_close_chosen(struct app *app, void *context, int button)
{
	struct count *count = context;
	struct err err = { 0 };

	if (button != 0)
		return;
	int r = stocktake_close_and_print(count, &err);
	count->tab = TAB_UNSEEN;
	list_page_conclude(
		count, r, &err, _("The stocktake is closed"), _("The report is being printed"));
	devices_print(count->page.kiosk->devices);
}

static void stocktake_close_count(struct app *app, void *self)
{
	struct count *count = self;
	const char *const buttons[] = { _("Close it"), _("Go on counting"), NULL };
	CLEANUP(mem_free)
	char *text = mem_printf(_("%lld not seen"), (long long)count->progress.unseen);
	const struct dialog dialog = {
		.title = _("Has every shelf been scanned?"),
		.text = text,
		.buttons = buttons,
		.marked = 1,
		.done = stocktake_close_chosen,
		.context = count,
	};

	dialog_open(app, &dialog);
}

static void stocktake_missing_chosen(struct app *app, void *context, int button)
{
	struct count *count = context;
	const struct act act = clerk_act(app, 0);
	struct err err = { 0 };
	int64_t set = 0;

	if (button != 0)
		return;
	int r = stocktake_set_missing(count->page.kiosk->db, &act, count->stocktake.id, &set, &err);
	CLEANUP(mem_free) char *words = mem_printf(_("%lld set to not found"), (long long)set);
	list_page_conclude(count, r, &err, words, NULL);
}

static void stocktake_ask_missing(struct app *app, void *self)
{
	const char *const buttons[] = { _("Set to not found"), _("Back"), NULL };
	const struct dialog dialog = {
		.title = _("Set all that was not seen to not found?"),
		.text = _("What was lent or found since then stays as it is."),
		.buttons = buttons,
		.marked = 1,
		.done = stocktake_missing_chosen,
		.context = self,
	};

	dialog_open(app, &dialog);
}

static bool stocktake_is_closed(struct app *app, void *self)
{
	const struct count *count = self;

	(void)app;
	return count->stocktake.id && count->stocktake.closed_at;
}

static bool stocktake_can_start(struct app *app, void *self)
{
	return !stocktake_is_open(app, self);
}

static bool stocktake_has_any(struct app *app, void *self)
{
	(void)app;
	return ((const struct count *)self)->stocktake.id != 0;
}

static const struct action actions[] = {
	{ '1', N_("Shelves"), N_("The shelves, and what is not seen on each."),
		stocktake_show_shelves, stocktake_is_open, .place = ACTION_TILE },
	{ '1', N_("Whole house"), N_("Counts everything."), stocktake_start_house,
		stocktake_can_start, .place = ACTION_TILE },
	{ '2', N_("Not seen"), N_("What was looked for and not scanned."), stocktake_show_unseen,
		stocktake_has_any, .place = ACTION_TILE },
	{ '3', N_("Wrong place"), N_("What was scanned where it does not belong."),
		stocktake_show_misplaced, stocktake_has_any, .place = ACTION_TILE },
	{ '4', N_("By number"), N_("For a label that cannot be scanned."), stocktake_type_number,
		stocktake_is_open, .place = ACTION_TILE },
	{ '4', N_("One shelf"), N_("Counts what belongs to one shelf."), stocktake_start_shelf,
		stocktake_can_start, .place = ACTION_TILE },
	{ '5', N_("Close"), N_("Ends the count and prints the report."), stocktake_close_count,
		stocktake_is_open, .place = ACTION_TILE },
	{ '5', N_("One category"), N_("Counts one category and all below it."),
		stocktake_start_category, stocktake_can_start, .place = ACTION_TILE },
	{ '6', N_("Report"), N_("Prints it again, or as it stands now."), stocktake_print,
		stocktake_has_any, .place = ACTION_TILE },
	{ '7', N_("Set missing"), N_("Sets what was not seen to not found; coordinators."),
		stocktake_ask_missing, stocktake_is_closed, .place = ACTION_TILE },
	{ K_ENTER, N_("Choose"), N_("Stands at the marked shelf, or opens the marked item."),
		stocktake_choose, stocktake_has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

/* ---- drawing ---- */

static void stocktake_head(void *self, struct rect *below)
{
	const struct count *count = self;
	const struct rect area = rect_cut_top(below, 3);
	const struct stocktake_progress *p = &count->progress;
	CLEANUP(mem_free) char *place = stocktake_place_words(count->zone, count->shelf);
	CLEANUP(mem_free)
	char *counts = mem_printf(_("%lld of %lld seen  ·  %lld in the wrong place"),
		(long long)p->seen, (long long)(p->seen + p->unseen),
		(long long)p->states[STOCKTAKE_MISPLACED]);
	CLEANUP(mem_free) char *here = mem_printf(_("You stand at: %s"), place);

	if (!count->stocktake.id) {
		draw_text(area, 0, 0, STYLE_STRONG, _("What is counted?"));
		return;
	}
	draw_text(area, 0, 0, STYLE_STRONG, counts);
	if (count->stocktake.closed_at)
		draw_text(area, 1, 0, STYLE_QUIET, _("Closed. A new one can be started."));
	else
		draw_fit(area, 1, 0, area.cols, STYLE_MARK, here);
}

static void stocktake_finish_page(void *self)
{
	struct count *count = self;

	free(count->zone);
	free(count->shelf);
}

static const struct list_page_kind stocktake_page = {
	.screen = LIST_PAGE(N_("Stocktake"), actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct count, shown),
	.empty = N_("Nothing here."),
	.is_listed = stocktake_has_any,
	.read = stocktake_read,
	.read_more = stocktake_read_more,
	.forget = stocktake_forget,
	.finish = stocktake_finish_page,
	.cell = stocktake_cell,
	.mark = stocktake_mark,
	.head = stocktake_head,
	.scan = stocktake_scan,
};

void stocktake_open(struct app *app)
{
	struct count *count;

	if (app_pop_to(app, &stocktake_page.screen))
		return;
	count = list_page_create(app, &stocktake_page);
	stocktake_stand_again(count);
	list_page_show(count);
}

/* Finds an item: type a part of its name, its pinyin or its number; ← → go through the categories.
 * For everybody: who has it stays out of sight. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/category.h"
#include "core/items/item.h"
#include "tui/screens/clerk.h"
#include "tui/screens/item_words.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define PAGE_ROWS  60
#define AHEAD_ROWS 30

struct finder {
	struct app *app;
	struct kiosk *kiosk;
	struct category_list categories;
	int category; /* index, or -1: all */
	enum item_where where;
	struct item_list items;
	bool has_more;
	struct list *list;
};

static const struct screen finder_screen;

/* ---- items ---- */

static void forget(struct finder *finder)
{
	item_list_finish(&finder->items);
	finder->items = (struct item_list){ 0 };
	finder->has_more = false;
}

static void fetch(struct finder *finder)
{
	struct item_list *items = &finder->items;
	struct item_list more = { 0 };
	struct err err = { 0 };
	const struct item_filter filter = {
		.words = list_filter(finder->list),
		.category = finder->category < 0 ? 0 : finder->categories.rows[finder->category].id,
		.where = finder->where,
		.with_retired = clerk_is_on(finder->app, NULL),
		.after = items->count ? &items->rows[items->count - 1] : NULL,
		.limit = PAGE_ROWS,
	};

	if (item_find(finder->kiosk->db, &filter, &more, &err) < 0) {
		list_set_count(finder->list, items->count);
		clerk_tell_err(finder->app, &err);
		return;
	}
	items->rows = mem_resize(
		items->rows, (size_t)(items->count + more.count + 1) * sizeof(*items->rows));
	for (int i = 0; i < more.count; i++)
		items->rows[items->count++] = more.rows[i];
	finder->has_more = more.count == PAGE_ROWS;
	free(more.rows); /* what they hold has moved */
	list_set_count(finder->list, items->count);
	list_set_more(finder->list, finder->has_more);
}

static void refresh(void *context, const char *text)
{
	struct finder *finder = context;

	(void)text;
	forget(finder);
	fetch(finder);
}

static void look_ahead(struct finder *finder)
{
	if (finder->has_more && list_selected(finder->list) + AHEAD_ROWS >= finder->items.count)
		fetch(finder);
}

static const struct item *selected(const struct finder *finder)
{
	int row = list_selected(finder->list);

	return row >= 0 && row < finder->items.count ? &finder->items.rows[row] : NULL;
}

/* ---- lines ---- */

enum { COLUMN_NUMBER, COLUMN_NAME, COLUMN_STATE, COLUMN_CATEGORY, COLUMN_SHELF };

static const struct list_column columns[] = {
	[COLUMN_NUMBER] = { N_("Number"), .min = 6, .max = 8, .is_whole = true },
	[COLUMN_NAME] = { N_("Item"), .min = 10 },
	[COLUMN_STATE] = { N_("State"), .min = 8, .max = 40, .is_whole = true },
	[COLUMN_CATEGORY] = { N_("Category"), .min = 4, .max = 16 },
	[COLUMN_SHELF] = { N_("Shelf"), .min = 4, .max = 12 },
};

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct finder *finder = context;
	const struct item *item = &finder->items.rows[row];
	int64_t now = kiosk_now(finder->kiosk);
	char number[ITEM_NUMBER_SIZE];

	ret->style = STYLE_QUIET;
	switch (column) {
	case COLUMN_NUMBER:
		item_number_format(item->number, number);
		ret->text = mem_text(number);
		break;
	case COLUMN_NAME:
		ret->text = mem_text(item->name);
		ret->style = STYLE_PAPER;
		break;
	case COLUMN_STATE:
		ret->text = item_state_words(item, now);
		ret->style = item_state_style(item, now);
		break;
	case COLUMN_CATEGORY:
		ret->text = mem_text(item->category_name);
		break;
	default:
		ret->text = mem_text(item->shelf);
	}
}

/* ---- life ---- */

void item_find_open(struct app *app)
{
	struct finder *finder;
	struct err err = { 0 };

	if (app_pop_to(app, &finder_screen))
		return;
	finder = mem_alloc(sizeof(*finder));
	finder->app = app;
	finder->kiosk = kiosk_of(app);
	finder->category = -1;
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = finder,
		.cell = cell,
		.filter = refresh,
		.empty = N_("Nothing is found. Try the pinyin initials, or fewer letters."),
	};
	finder->list = list_create(&options);
	int r = category_list(finder->kiosk->db, &finder->categories, &err);
	app_push(app, &finder_screen, finder);
	if (r < 0)
		clerk_tell_err(app, &err);
}

static void resume(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(self, "");
}

static void leave(struct app *app, void *self)
{
	struct finder *finder = self;

	(void)app;
	forget(finder);
	category_list_finish(&finder->categories);
	list_destroy(finder->list);
	free(finder);
}

/* ---- keys ---- */

static bool turn_category(struct finder *finder, uint32_t code)
{
	int count = finder->categories.count;
	int step = code == K_RIGHT ? 1 : -1;

	if (code != K_LEFT && code != K_RIGHT)
		return false;
	/* -1 … count - 1, round and round */
	finder->category = (finder->category + 1 + step + count + 1) % (count + 1) - 1;
	list_select(finder->list, 0);
	refresh(finder, "");
	return true;
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct finder *finder = self;

	if (turn_category(finder, key->code)) {
		app_redraw(app);
		return true;
	}
	enum list_answer answer = list_key(finder->list, key);
	look_ahead(finder);
	if (answer == LIST_CHOSEN)
		item_page_open(app, selected(finder)->id);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void paste(struct app *app, void *self, const char *text)
{
	struct finder *finder = self;

	list_set_filter(finder->list, text);
	refresh(finder, text);
	app_redraw(app);
}

static void next_category(struct app *app, void *self)
{
	turn_category(self, K_RIGHT);
	app_redraw(app);
}

static void turn_where(struct app *app, void *self)
{
	static const enum item_where next[] = {
		[ITEM_ANYWHERE] = ITEM_ON_SHELF,
		[ITEM_ON_SHELF] = ITEM_OUT,
		[ITEM_OUT] = ITEM_ANYWHERE,
	};
	struct finder *finder = self;

	finder->where = next[finder->where];
	list_select(finder->list, 0);
	refresh(finder, "");
	app_redraw(app);
}

static bool has_items(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

static void open_page(struct app *app, void *self)
{
	item_page_open(app, selected(self)->id);
}

static void draw(struct app *app, void *self, struct rect area)
{
	static const char *const wheres[] = {
		[ITEM_ANYWHERE] = N_("all of them"),
		[ITEM_ON_SHELF] = N_("on the shelf"),
		[ITEM_OUT] = N_("lent"),
	};
	struct finder *finder = self;
	const char *category = finder->category < 0
				       ? _("All categories")
				       : finder->categories.rows[finder->category].name;

	area = rect_inset(area, 1, 2);
	int col = draw_textf(area, 0, 1, STYLE_MARK, "‹ %s ›", category) + 3;
	draw_text(area, 0, col, finder->where == ITEM_ANYWHERE ? STYLE_QUIET : STYLE_MARK,
		_(wheres[finder->where]));
	rect_cut_top(&area, area.rows > 20 ? 2 : 1);
	clerk_draw_news(app, &area);
	list_draw(finder->list, area);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Show"), N_("Shows the item: where it is, when it comes back."), open_page,
		has_items },
	{ K_RIGHT, N_("Category"), N_("Shows one category after the other; ← goes back."),
		next_category },
	{ K_TAB, N_("Shelf or lent"), N_("Shows all, or what is on the shelf, or what is lent."),
		turn_where },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen finder_screen = {
	.name = "item_find",
	.title = N_("Items"),
	.actions = actions,
	.enter = resume,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
	.paste = paste,
};

/* Finds an item: type a part of its name, its pinyin or its number; ← → go through the categories.
 * For everybody: it does not show who has it. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/catalogue/category.h"
#include "core/items/catalogue/item.h"
#include "tui/pages/list_page.h"
#include "tui/screens/items/item_words.h"
#include "tui/screens/items/screens.h"

struct finder {
	struct list_page page;
	struct category_list categories;
	int category; /* index, or -1: all */
	enum item_where where;
	struct item_list items;
};

/* ---- items ---- */

static int item_find_read(void *self, struct err *err)
{
	struct finder *finder = self;

	return finder->categories.count
		       ? 0
		       : category_list(finder->page.kiosk->db, &finder->categories, err);
}

static int item_find_read_more(void *self, const void *after, int limit, struct err *err)
{
	struct finder *finder = self;
	struct item_list more = { 0 };
	const struct item_filter filter = {
		.words = list_filter(finder->page.list),
		.category = finder->category < 0 ? 0 : finder->categories.rows[finder->category].id,
		.where = finder->where,
		.with_retired = clerk_is_on(finder->page.app, NULL),
		.after = after,
		.limit = limit,
	};

	TRY(item_find(finder->page.kiosk->db, &filter, &more, err));
	LIST_PAGE_JOIN(&finder->items, more);
	return 0;
}

static void item_find_forget(void *self)
{
	item_list_finish(&((struct finder *)self)->items);
}

static void item_find_finish(void *self)
{
	category_list_finish(&((struct finder *)self)->categories);
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

static void item_find_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct finder *finder = self;
	const struct item *item = row;
	int64_t now = kiosk_now(finder->page.kiosk);
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

/* -1 … count - 1, cyclically */
static void item_find_turn_category(struct finder *finder, int step)
{
	int count = finder->categories.count;

	finder->category = (finder->category + 1 + step + count + 1) % (count + 1) - 1;
	list_select(finder->page.list, 0);
	list_page_refresh(finder);
}

static void item_find_next_category(struct app *app, void *self)
{
	(void)app;
	item_find_turn_category(self, 1);
}

static void item_find_category_before(struct app *app, void *self)
{
	(void)app;
	item_find_turn_category(self, -1);
}

static void item_find_turn_where(struct app *app, void *self)
{
	static const enum item_where next[] = {
		[ITEM_ANYWHERE] = ITEM_ON_SHELF,
		[ITEM_ON_SHELF] = ITEM_OUT,
		[ITEM_OUT] = ITEM_ANYWHERE,
	};
	struct finder *finder = self;

	(void)app;
	finder->where = next[finder->where];
	list_select(finder->page.list, 0);
	list_page_refresh(finder);
}

static void item_find_open_page(struct app *app, void *self)
{
	const struct item *item = list_page_row(self);

	item_page_open(app, item->id);
}

static const struct action finder_actions[] = {
	{ K_ENTER, N_("Show"), N_("Shows the item: where it is, when it comes back."),
		item_find_open_page, list_page_has_row },
	{ K_RIGHT, N_("Category"), N_("Shows one category after the other; ← goes back."),
		item_find_next_category },
	{ K_LEFT, N_("Category"), NULL, item_find_category_before, .place = ACTION_HIDDEN },
	{ K_TAB, N_("Shelf or lent"), N_("Shows all, or what is on the shelf, or what is lent."),
		item_find_turn_where },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void item_find_head(void *self, struct rect *area)
{
	static const char *const wheres[] = {
		[ITEM_ANYWHERE] = N_("all of them"),
		[ITEM_ON_SHELF] = N_("on the shelf"),
		[ITEM_OUT] = N_("lent"),
	};
	const struct finder *finder = self;
	const char *category = finder->category < 0
				       ? _("All categories")
				       : finder->categories.rows[finder->category].name;
	int col = draw_textf(*area, 0, 1, STYLE_MARK, "‹ %s ›", category) + 3;

	draw_text(*area, 0, col, finder->where == ITEM_ANYWHERE ? STYLE_QUIET : STYLE_MARK,
		_(wheres[finder->where]));
	rect_cut_top(area, area->rows > 20 ? 2 : 1);
}

static const struct list_page_kind finder_page = {
	.screen = LIST_PAGE(N_("Items"), finder_actions, .paste = list_page_paste),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct finder, items),
	.empty = N_("Nothing is found. Try the pinyin initials, or fewer letters."),
	.hush = LIST_PAGE_HUSH_ALWAYS,
	.is_searched = true,
	.read = item_find_read,
	.read_more = item_find_read_more,
	.forget = item_find_forget,
	.finish = item_find_finish,
	.cell = item_find_cell,
	.head = item_find_head,
};

void item_find_open(struct app *app)
{
	struct finder *finder;

	if (app_pop_to(app, &finder_page.screen))
		return;
	finder = list_page_create(app, &finder_page);
	finder->category = -1;
	list_page_show(finder);
}

/* 待处理: what somebody has to see to: to be looked over, said to be back, not found. */
#include <assert.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/item.h"
#include "core/items/loan_trouble.h"
#include "core/items/trouble_list.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define PAGE_ROWS  60
#define AHEAD_ROWS 30

struct waiting {
	struct app *app;
	struct kiosk *kiosk;
	struct trouble_list all;
	bool has_more;
	struct list *list;
};

static const struct screen waiting_screen;

/* ---- reading ---- */

static void forget(struct waiting *waiting)
{
	trouble_list_finish(&waiting->all);
	waiting->has_more = false;
}

static void fetch(struct waiting *waiting)
{
	struct trouble_list *all = &waiting->all;
	const struct trouble *after = all->count ? &all->rows[all->count - 1] : NULL;
	struct trouble_list more = { 0 };
	struct err err = { 0 };

	if (troubles(waiting->kiosk->db, after, PAGE_ROWS, &more, &err) < 0) {
		list_set_count(waiting->list, all->count);
		clerk_tell_err(waiting->app, &err);
		return;
	}
	all->rows = mem_join(all->rows, &all->count, more.rows, more.count, sizeof(*all->rows));
	waiting->has_more = more.count == PAGE_ROWS;
	list_set_count(waiting->list, all->count);
	list_set_more(waiting->list, waiting->has_more);
}

static void refresh(struct waiting *waiting)
{
	forget(waiting);
	fetch(waiting);
	app_redraw(waiting->app);
}

static const struct trouble *selected(const struct waiting *waiting)
{
	int row = list_selected(waiting->list);

	return row >= 0 && row < waiting->all.count ? &waiting->all.rows[row] : NULL;
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

static char *who_of(const struct waiting *waiting, int64_t resident)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct err ignored = { 0 };

	if (!resident || resident_person(waiting->kiosk->db, resident, &person, &ignored) < 0)
		return mem_text("");
	return mem_text(person.name);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct waiting *waiting = context;
	const struct trouble *trouble = &waiting->all.rows[row];
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
		ret->text = who_of(waiting, trouble->resident);
		break;
	default:
		ret->text = trouble->since_at ? words_date(when_day(trouble->since_at),
							when_day(kiosk_now(waiting->kiosk)))
					      : mem_text("");
		ret->style = STYLE_QUIET;
	}
}

/* ---- life ---- */

void to_check_open(struct app *app)
{
	struct waiting *waiting;

	if (app_pop_to(app, &waiting_screen))
		return;
	waiting = mem_alloc(sizeof(*waiting));
	waiting->app = app;
	waiting->kiosk = kiosk_of(app);
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = waiting,
		.cell = cell,
		.empty = N_("Nothing waits to be looked over."),
	};
	waiting->list = list_create(&options);
	app_push(app, &waiting_screen, waiting);
	clerk_hush(app);
	refresh(waiting);
}

static void leave(struct app *app, void *self)
{
	struct waiting *waiting = self;

	(void)app;
	forget(waiting);
	list_destroy(waiting->list);
	free(waiting);
}

static void resume(struct app *app, void *self)
{
	(void)app;
	refresh(self);
}

/* ---- keys ---- */

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

static bool is_missing(struct app *app, void *self)
{
	return has_line(app, self) && selected(self)->kind == TROUBLE_MISSING;
}

static bool is_here(struct app *app, void *self)
{
	return has_line(app, self) && selected(self)->kind != TROUBLE_MISSING;
}

/* What is said to be back has turned up, or what came back is looked over. */
static void look_over(struct app *app, void *self)
{
	item_check_open(app, selected(self)->item);
}

static void find(struct app *app, void *self)
{
	struct waiting *waiting = self;
	const struct trouble *trouble = selected(waiting);
	const struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) char *name = mem_text(trouble->name);
	struct err err = { 0 };

	int r = item_found(waiting->kiosk->db, &act, trouble->item, &err);
	refresh(waiting);
	if (r < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, name, _("Found again, it is in use"));
}

static bool has_loan(struct app *app, void *self)
{
	return has_line(app, self) && selected(self)->loan;
}

static void open_loan(struct app *app, void *self)
{
	loan_page_open(app, selected(self)->loan);
}

static void open_item(struct app *app, void *self)
{
	item_page_open(app, selected(self)->item);
}

/* What its line is there for. */
static void take_up(struct app *app, void *self)
{
	if (is_missing(app, self))
		open_item(app, self);
	else if (is_here(app, self))
		look_over(app, self);
}

static const struct action actions[] = {
	{ '1', N_("Look it over"), N_("Ticks its parts off; then it is in use or to be repaired."),
		look_over, is_here, .place = ACTION_TILE },
	{ '1', N_("Found again"), N_("It has turned up and is in use again."), find, is_missing,
		.place = ACTION_TILE },
	{ '2', N_("Loan"), N_("The loan that it is about: phone, lost, not back after all."),
		open_loan, has_loan, .place = ACTION_TILE },
	{ '3', N_("Repairs"), N_("What waits to be repaired."), .opens = repairs_open,
		.place = ACTION_TILE },
	{ K_TAB, N_("Item"), N_("Opens the item's page."), open_item, has_line },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct waiting *waiting = self;
	bool is_taken = clerk_list_key(app, waiting->list, key, take_up, waiting);

	if (waiting->has_more && list_selected(waiting->list) + AHEAD_ROWS >= waiting->all.count)
		fetch(waiting);
	return is_taken;
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct waiting *waiting = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(waiting->list, area);
}

static const struct screen waiting_screen = {
	.name = "to_check",
	.title = N_("To look after"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};

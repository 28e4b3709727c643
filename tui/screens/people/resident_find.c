/* Finds a resident: type the name, its pinyin, the end of a phone number, a room or the number. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/people/resident.h"
#include "tui/pages/list_page.h"
#include "tui/screens/counter/screens.h"
#include "tui/screens/people/people.h"

struct finder {
	struct list_page page;
	struct {
		struct resident_hit *rows;
		int count;
	} hits;
	struct resident_pick pick; /* for another screen */
};

/* ---- hits ---- */

/* Those who left are found only if somebody looks for them. */
static int resident_find_read_more(void *self, const void *after, int limit, struct err *err)
{
	struct finder *finder = self;
	const char *text = list_filter(finder->page.list);
	struct resident_page more = { 0 };
	const struct resident_query query = {
		.text = text,
		.include_left = *text != '\0',
		.limit = limit,
		.after = after,
	};

	TRY(resident_find(finder->page.kiosk->db, &query, &more, err));
	finder->hits.rows = mem_join(
		finder->hits.rows, &finder->hits.count, more.hits, more.count, sizeof(*more.hits));
	return more.has_more ? 0 : 1;
}

static void resident_find_forget(void *self)
{
	struct finder *finder = self;
	struct resident_page all = { .hits = finder->hits.rows, .count = finder->hits.count };

	resident_page_finish(&all);
	finder->hits.rows = NULL;
	finder->hits.count = 0;
}

/* ---- lines ---- */

enum { COLUMN_NUMBER, COLUMN_NAME, COLUMN_PHONE, COLUMN_PLACE };

static const struct list_column columns[] = {
	[COLUMN_NUMBER] = { N_("Number"), .min = 6, .max = 9, .is_whole = true },
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 20, .max = 36 },
	[COLUMN_PHONE] = { N_("Phone"), .min = 11, .max = 16, .is_whole = true },
	[COLUMN_PLACE] = { N_("Home"), .min = 8 },
};

static char *resident_find_place_of(const struct resident_hit *hit)
{
	return mem_printf(
		"%s%s%s", hit->building, *hit->building && *hit->room ? " " : "", hit->room);
}

static void resident_find_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct resident_hit *hit = row;

	ret->style = hit->has_left || column == COLUMN_NUMBER ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_NUMBER:
		ret->text = mem_printf("%06lld", (long long)hit->number);
		break;
	case COLUMN_NAME:
		ret->text = hit->has_left ? mem_printf(_("%s (moved away)"), hit->name)
					  : mem_text(hit->name);
		break;
	case COLUMN_PLACE:
		ret->text = resident_find_place_of(hit);
		break;
	default:
		ret->text = text_mask_phone(hit->phone);
	}
}

static void resident_find_choose(struct app *app, void *self)
{
	const struct resident_hit *hit = list_page_row(self);
	struct finder *finder = self;
	const struct resident_pick pick = finder->pick;
	int64_t resident = hit->id;

	if (!pick.done) {
		resident_page_open(app, resident);
		return;
	}
	app_pop(app);
	pick.done(app, pick.context, resident);
}

static bool resident_find_has_none(struct app *app, void *self)
{
	return !list_page_has_row(app, self);
}

/* Served without a card: a volunteer knows the person. */
static void resident_find_serve(struct app *app, void *self)
{
	const struct resident_hit *hit = list_page_row(self);
	struct kiosk *kiosk = kiosk_of(app);
	struct outcome o = OUTCOME_INIT;

	desk_resident(kiosk->desk, hit->id, &o);
	counter_outcome(app, &kiosk->news, &o);
}

static void resident_find_add(struct app *app, void *self)
{
	(void)self;
	resident_form_open(app, 0);
}

static bool resident_find_may_add(struct app *app, void *self)
{
	return clerk_is_on(app, self) && resident_find_has_none(app, self);
}

/* The person just registered is the one who was looked for. */
static void resident_find_added(struct app *app, void *context, int64_t resident)
{
	const struct finder *finder = context;
	const struct resident_pick pick = finder->pick;

	app_pop(app);
	pick.done(app, pick.context, resident);
}

static void resident_find_add_picked(struct app *app, void *self)
{
	const struct resident_pick pick = { .done = resident_find_added, .context = self };

	resident_form_open_for(app, &pick);
}

static const struct action finder_actions[] = {
	{ K_ENTER, N_("Show"), N_("Shows the person: card, loans, messages."), resident_find_choose,
		list_page_has_row },
	{ K_TAB, N_("Serve"), N_("Opens a visit for this person without a card."),
		resident_find_serve, list_page_has_row },
	{ K_ENTER, N_("New resident"), N_("Registers somebody who is not here yet."),
		resident_find_add, resident_find_has_none },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct action pick_actions[] = {
	{ K_ENTER, N_("Take"), N_("Takes this person."), resident_find_choose, list_page_has_row },
	{ K_ENTER, N_("New resident"), N_("Registers somebody who is not here yet."),
		resident_find_add_picked, resident_find_may_add },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

#define FINDER_PAGE(...)                                                                    \
	{                                                                                   \
		.screen = LIST_PAGE(__VA_ARGS__, .paste = list_page_paste),                 \
		LIST_PAGE_COLUMNS(columns), LIST_PAGE_ROWS(struct finder, hits),            \
		.empty = N_("Nobody is found. Try the pinyin initials, or fewer letters."), \
		.hush = LIST_PAGE_HUSH_ALWAYS, .is_searched = true,                         \
		.read_more = resident_find_read_more, .forget = resident_find_forget,       \
		.cell = resident_find_cell,                                                 \
	}

static const struct list_page_kind finder_page = FINDER_PAGE(N_("Find a resident"), finder_actions);
static const struct list_page_kind picker_page = FINDER_PAGE(N_("Who is it?"), pick_actions);

void resident_find_open(struct app *app)
{
	if (!app_pop_to(app, &finder_page.screen))
		list_page_open(app, &finder_page);
}

void resident_pick_open(struct app *app, const struct resident_pick *pick)
{
	struct finder *finder = list_page_create(app, &picker_page);

	finder->pick = *pick;
	list_page_show(finder);
}

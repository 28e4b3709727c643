/* Finds a resident: type the name, its pinyin, the end of a phone number, a room or the number. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/people/resident.h"
#include "tui/screens/clerk.h"
#include "tui/screens/counter.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

#define PAGE_ROWS  60
#define AHEAD_ROWS 30 /* so many before the end the next page is fetched */

struct finder {
	struct kiosk *kiosk;
	struct app *app;
	struct list *list;
	struct resident_hit *hits;
	int count;
	bool has_more;
	struct resident_pick pick; /* for another screen */
};

static const struct screen finder_screen, picker_screen;

/* ---- hits ---- */

static void forget(struct finder *finder)
{
	struct resident_page all = { .hits = finder->hits, .count = finder->count };

	resident_page_finish(&all);
	finder->hits = NULL;
	finder->count = 0;
	finder->has_more = false;
}

/* The next page, behind what is there. Those who left are found only when somebody looks for them.
 */
static void fetch(struct finder *finder)
{
	const char *text = list_filter(finder->list);
	struct resident_page page = { 0 };
	struct err err = { 0 };
	const struct resident_query query = {
		.text = text,
		.include_left = *text != '\0',
		.limit = PAGE_ROWS,
		.after = finder->count ? &finder->hits[finder->count - 1] : NULL,
	};

	if (resident_find(finder->kiosk->db, &query, &page, &err) < 0) {
		list_set_count(finder->list, finder->count);
		clerk_tell_err(finder->app, &err);
		return;
	}
	finder->hits = mem_resize(
		finder->hits, (size_t)(finder->count + page.count + 1) * sizeof(*finder->hits));
	for (int i = 0; i < page.count; i++)
		finder->hits[finder->count++] = page.hits[i];
	finder->has_more = page.has_more;
	free(page.hits); /* what they hold has moved */
	list_set_count(finder->list, finder->count);
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
	if (finder->has_more && list_selected(finder->list) + AHEAD_ROWS >= finder->count)
		fetch(finder);
}

static const struct resident_hit *selected(const struct finder *finder)
{
	int row = list_selected(finder->list);

	return row >= 0 && row < finder->count ? &finder->hits[row] : NULL;
}

/* ---- lines ---- */

enum { COLUMN_NUMBER, COLUMN_NAME, COLUMN_PHONE, COLUMN_PLACE };

static const struct list_column columns[] = {
	[COLUMN_NUMBER] = { N_("Number"), .min = 6, .max = 9, .is_whole = true },
	[COLUMN_NAME] = { NC_("person", "Name"), .min = 20, .max = 36 },
	[COLUMN_PHONE] = { N_("Phone"), .min = 11, .max = 16, .is_whole = true },
	[COLUMN_PLACE] = { N_("Home"), .min = 8 },
};

static char *place_of(const struct resident_hit *hit)
{
	return mem_printf(
		"%s%s%s", hit->building, *hit->building && *hit->room ? " " : "", hit->room);
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct finder *finder = context;
	const struct resident_hit *hit = &finder->hits[row];

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
		ret->text = place_of(hit);
		break;
	default:
		ret->text = text_mask_phone(hit->phone);
	}
}

/* ---- life ---- */

static struct finder *finder_create(struct app *app)
{
	struct finder *finder = mem_alloc(sizeof(*finder));

	finder->app = app;
	finder->kiosk = kiosk_of(app);
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = finder,
		.cell = cell,
		.filter = refresh,
		.empty = N_("Nobody is found. Try the pinyin initials, or fewer letters."),
	};
	finder->list = list_create(&options);
	return finder;
}

void resident_find_open(struct app *app)
{
	if (!app_pop_to(app, &finder_screen))
		app_push(app, &finder_screen, finder_create(app));
}

void resident_pick_open(struct app *app, const struct resident_pick *pick)
{
	struct finder *finder = finder_create(app);

	finder->pick = *pick;
	app_push(app, &picker_screen, finder);
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
	list_destroy(finder->list);
	free(finder);
}

/* ---- keys ---- */

static void choose(struct app *app, void *self)
{
	struct finder *finder = self;
	const struct resident_pick pick = finder->pick;
	int64_t resident = selected(finder)->id;

	if (!pick.done) {
		resident_page_open(app, resident);
		return;
	}
	app_pop(app);
	pick.done(app, pick.context, resident);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct finder *finder = self;
	enum list_answer answer = list_key(finder->list, key);

	look_ahead(finder);
	if (answer == LIST_CHOSEN)
		choose(app, finder);
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

static bool has_hits(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

static bool has_none(struct app *app, void *self)
{
	return !has_hits(app, self);
}

/* Served without a card: a volunteer knows the person. */
static void serve(struct app *app, void *self)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct outcome o = OUTCOME_INIT;

	desk_resident(kiosk->desk, selected(self)->id, &o);
	counter_outcome(app, &kiosk->news, &o);
}

static void add(struct app *app, void *self)
{
	(void)self;
	resident_form_open(app, 0);
}

static bool may_add(struct app *app, void *self)
{
	return clerk_is_on(app, self) && has_none(app, self);
}

/* Who was registered is who was looked for. */
static void added(struct app *app, void *context, int64_t resident)
{
	const struct finder *finder = context;
	const struct resident_pick pick = finder->pick;

	app_pop(app);
	pick.done(app, pick.context, resident);
}

static void add_picked(struct app *app, void *self)
{
	const struct resident_pick pick = { .done = added, .context = self };

	resident_form_open_for(app, &pick);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct finder *finder = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	list_draw(finder->list, area);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Show"), N_("Shows the person: card, loans, messages."), choose, has_hits },
	{ K_TAB, N_("Serve"), N_("Opens a visit for this person without a card."), serve,
		has_hits },
	{ K_ENTER, N_("New resident"), N_("Registers somebody who is not here yet."), add,
		has_none },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen finder_screen = {
	.name = "resident_find",
	.title = N_("Find a resident"),
	.actions = actions,
	.enter = resume,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
	.paste = paste,
};

static const struct action pick_actions[] = {
	{ K_ENTER, N_("Take"), N_("Takes this person."), choose, has_hits },
	{ K_ENTER, N_("New resident"), N_("Registers somebody who is not here yet."), add_picked,
		may_add },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen picker_screen = {
	.name = "resident_pick",
	.title = N_("Who is it?"),
	.actions = pick_actions,
	.enter = resume,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan_later,
	.paste = paste,
};

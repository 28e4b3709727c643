/* Holds: what has to be put aside, what stands on the pick-up shelf for whom and until when, what
 * goes back, and who waits for what. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/hold.h"
#include "core/items/item.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"
#include "tui/widgets/list.h"

#define REFRESH_SEC 10

struct holds {
	struct app *app;
	struct kiosk *kiosk;
	struct hold_list all; /* the shelf's, then those that wait */
	int64_t read_at;
	struct list *list;
};

static const struct screen holds_screen;

/* ---- reading ---- */

enum line { LINE_PUT_ASIDE, LINE_READY, LINE_PUT_BACK, LINE_WAITING, LINE_COUNT };

static enum line line_of(const struct hold *hold)
{
	if (hold->status == HOLD_READY)
		return LINE_READY;
	if (hold->status != HOLD_WAITING)
		return LINE_PUT_BACK;
	return hold->claims ? LINE_PUT_ASIDE : LINE_WAITING;
}

static void append(struct hold_list *list, struct hold *hold)
{
	list->rows = mem_resize(list->rows, (size_t)(list->count + 1) * sizeof(*list->rows));
	list->rows[list->count++] = *hold;
	*hold = (struct hold){ 0 };
}

static int read_all(struct kiosk *kiosk, struct hold_list *ret, struct err *err)
{
	CLEANUP(hold_list_finish) struct hold_list list = { 0 }, standing = { 0 };
	int64_t now = kiosk_now(kiosk);

	TRY(holds_on_shelf(kiosk->db, now, &list, err));
	TRY(holds_standing(kiosk->db, now, &standing, err));
	for (int i = 0; i < standing.count; i++)
		if (line_of(&standing.rows[i]) == LINE_WAITING)
			append(&list, &standing.rows[i]);
	*ret = list;
	list = (struct hold_list){ 0 };
	return 0;
}

static void refresh(struct holds *holds)
{
	struct hold_list list = { 0 };
	struct err err = { 0 };

	holds->read_at = kiosk_now(holds->kiosk);
	if (read_all(holds->kiosk, &list, &err) < 0)
		clerk_tell_err(holds->app, &err);
	hold_list_finish(&holds->all);
	holds->all = list;
	list_set_count(holds->list, list.count);
	app_redraw(holds->app);
}

static const struct hold *selected(const struct holds *holds)
{
	int row = list_selected(holds->list);

	return row >= 0 && row < holds->all.count ? &holds->all.rows[row] : NULL;
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

/* Where to go for it: the pick-up shelf's place, or the shelf on which the copy stands. */
static char *place_text(const struct hold *hold)
{
	switch (line_of(hold)) {
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

static char *item_text(const struct hold *hold)
{
	char number[ITEM_NUMBER_SIZE];

	if (line_of(hold) == LINE_WAITING || !hold->item_number)
		return mem_text(hold->name);
	item_number_format(hold->item_number, number);
	return mem_printf("%s %s", hold->name, number);
}

static char *person_text(const struct holds *holds, int64_t resident)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct err ignored = { 0 };

	if (resident_person(holds->kiosk->db, resident, &person, &ignored) < 0)
		return NULL;
	return mem_text(person.name);
}

static char *state_text(const struct holds *holds, const struct hold *hold)
{
	int64_t now = kiosk_now(holds->kiosk);

	switch (line_of(hold)) {
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

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct holds *holds = context;
	const struct hold *hold = &holds->all.rows[row];

	ret->style = line_of(hold) == LINE_WAITING ? STYLE_QUIET : STYLE_PAPER;
	switch (column) {
	case COLUMN_PLACE:
		ret->text = place_text(hold);
		ret->style = STYLE_STRONG;
		break;
	case COLUMN_ITEM:
		ret->text = item_text(hold);
		break;
	case COLUMN_WHO:
		ret->text = person_text(holds, hold->resident);
		break;
	default:
		ret->text = state_text(holds, hold);
	}
}

static const char *mark(void *context, int row, enum style *ret_style)
{
	const struct holds *holds = context;
	enum line line = line_of(&holds->all.rows[row]);

	*ret_style = marks[line].style;
	return marks[line].mark;
}

/* ---- life ---- */

void holds_open(struct app *app)
{
	struct holds *holds;

	if (app_pop_to(app, &holds_screen))
		return;
	holds = mem_alloc(sizeof(*holds));
	holds->app = app;
	holds->kiosk = kiosk_of(app);
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = holds,
		.cell = cell,
		.mark = mark,
		.empty = N_("Nothing is reserved."),
	};
	holds->list = list_create(&options);
	app_push(app, &holds_screen, holds);
}

static void resume(struct app *app, void *self)
{
	clerk_hush(app);
	refresh(self);
}

static void leave(struct app *app, void *self)
{
	struct holds *holds = self;

	(void)app;
	hold_list_finish(&holds->all);
	list_destroy(holds->list);
	free(holds);
}

/* A clock may have run out while the screen is looked at. */
static void tick(struct app *app, void *self)
{
	struct holds *holds = self;

	(void)app;
	if (kiosk_now(holds->kiosk) >= holds->read_at + REFRESH_SEC)
		refresh(holds);
}

/* ---- what can be done ---- */

static bool is_on_line(void *self, enum line line)
{
	const struct hold *hold = selected(self);

	return hold && line_of(hold) == line;
}

static bool has_line(struct app *app, void *self)
{
	(void)app;
	return selected(self) != NULL;
}

static bool is_to_put_aside(struct app *app, void *self)
{
	return clerk_is_on(app, self) && is_on_line(self, LINE_PUT_ASIDE);
}

static bool is_ready(struct app *app, void *self)
{
	return clerk_is_on(app, self) && is_on_line(self, LINE_READY);
}

static bool is_to_put_back(struct app *app, void *self)
{
	return clerk_is_on(app, self) && is_on_line(self, LINE_PUT_BACK);
}

static bool can_cancel(struct app *app, void *self)
{
	return clerk_is_on(app, self) && selected(self) && !is_on_line(self, LINE_PUT_BACK);
}

static bool has_copy(struct app *app, void *self)
{
	const struct hold *hold = selected(self);

	(void)app;
	return hold && (hold->item || hold->claims);
}

static void conclude(struct holds *holds, int r, const struct err *err, const char *done)
{
	refresh(holds);
	if (r < 0)
		clerk_tell_err(holds->app, err);
	else
		clerk_tell_done(holds->app, done, NULL);
	papers_go(holds->kiosk);
}

/* The copy gets its place on the shelf and the slip that lies with it there. */
static int put_aside_with_slip(struct holds *holds, struct err *err)
{
	struct db *db = holds->kiosk->db;
	struct act act = clerk_act(holds->app, 0);
	int64_t id = selected(holds)->id;
	CLEANUP(hold_finish) struct hold hold = { 0 };
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, db, err));
	TRY(hold_settle(db, &act, selected(holds)->title, err));
	TRY(hold_get(db, id, kiosk_now(holds->kiosk), &hold, err));
	if (hold.status == HOLD_READY)
		TRY(papers_hold_slip(holds->kiosk, id, err));
	return txn_commit(&t, err);
}

static void put_aside(struct app *app, void *self)
{
	struct holds *holds = self;
	struct err err = { 0 };

	(void)app;
	int r = put_aside_with_slip(holds, &err);
	conclude(holds, r, &err, _("Put it in its place with its slip, please"));
}

static void put_back(struct app *app, void *self)
{
	struct holds *holds = self;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int r = hold_put_back(holds->kiosk->db, &act, selected(holds)->id, &err);
	conclude(holds, r, &err, _("It is back on its shelf"));
}

static void print_slip(struct app *app, void *self)
{
	struct holds *holds = self;
	struct err err = { 0 };

	(void)app;
	int r = papers_hold_slip(holds->kiosk, selected(holds)->id, &err);
	conclude(holds, r, &err, _("The pick-up slip is being printed"));
}

static void cancelled(struct app *app, void *context, int button)
{
	struct holds *holds = context;
	const struct hold *hold = selected(holds);
	struct err err = { 0 };

	if (button != 0 || !hold)
		return;
	struct act act = clerk_act(app, hold->resident);
	int r = hold_cancel(holds->kiosk->db, &act, hold->id, &err);
	conclude(holds, r, &err, _("The hold is cancelled"));
}

static void cancel(struct app *app, void *self)
{
	struct holds *holds = self;
	const struct hold *hold = selected(holds);
	CLEANUP(mem_free) char *who = person_text(holds, hold->resident);
	CLEANUP(mem_free) char *text = mem_printf("%s  %s", hold->name, who ? who : "");
	const char *const buttons[] = { _("Cancel the hold"), _("Leave it"), NULL };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Cancel this hold?"),
		.text = text,
		.buttons = buttons,
		.marked = 1,
		.done = cancelled,
		.context = holds,
	};

	dialog_open(app, &dialog);
}

static void open_resident(struct app *app, void *self)
{
	resident_page_open(app, selected(self)->resident);
}

static void open_item(struct app *app, void *self)
{
	const struct hold *hold = selected(self);

	item_page_open(app, hold->item ? hold->item : hold->claims);
}

static const struct action actions[] = {
	{ '1', N_("Put aside"), N_("Gives the copy its place here and prints its slip."), put_aside,
		is_to_put_aside, .place = ACTION_TILE },
	{ '1', N_("Put back"), N_("The hold is over, the thing is back on its shelf."), put_back,
		is_to_put_back, .place = ACTION_TILE },
	{ '2', N_("Print a slip"), N_("Prints the slip that lies with it."), print_slip, is_ready,
		.place = ACTION_TILE },
	{ '3', N_("Cancel"), N_("The person does not want it any more."), cancel, can_cancel,
		.place = ACTION_TILE },
	{ K_ENTER, N_("Resident"), N_("Opens the page of who waits for it."), open_resident,
		has_line },
	{ K_TAB, N_("Item"), N_("Opens the item's page."), open_item, has_copy },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool key(struct app *app, void *self, const struct key *key)
{
	struct holds *holds = self;

	return clerk_list_key(app, holds->list, key, open_resident, holds);
}

/* ---- drawing ---- */

static char *summary(const struct holds *holds)
{
	int counts[LINE_COUNT] = { 0 };

	for (int i = 0; i < holds->all.count; i++)
		counts[line_of(&holds->all.rows[i])]++;
	return mem_printf(_("%d to be put aside  ·  %d ready  ·  %d to be put back  ·  %d waiting"),
		counts[LINE_PUT_ASIDE], counts[LINE_READY], counts[LINE_PUT_BACK],
		counts[LINE_WAITING]);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct holds *holds = self;
	CLEANUP(mem_free) char *head = summary(holds);

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, head);
	rect_cut_top(&area, 2);
	clerk_draw_tiles(app, actions, self, &area, K_NONE);
	clerk_draw_news(app, &area);
	list_draw(holds->list, area);
}

static const struct screen holds_screen = {
	.name = "holds",
	.title = N_("Holds"),
	.actions = actions,
	.enter = resume,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
	.tick = tick,
};

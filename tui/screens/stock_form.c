/* Handing out something to use up, and filling it up. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/reasons.h"
#include "core/items/stock.h"
#include "core/items/title.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"

#define NUMBER_MAX 999999999

enum { WHAT, COUNT, RESIDENT, FIELD_COUNT };
enum { HAND_OUT, FILL_UP };
static const char *const whats[] = { N_("handed out"), N_("filled up"), NULL };

struct counter {
	struct app *app;
	struct kiosk *kiosk;
	struct title title;
	struct form *form;
};

static const struct screen counter_screen;

static const struct form_field fields[FIELD_COUNT] = {
	[WHAT] = { .label = N_("Stock is"), .kind = FORM_CHOICE, .choices = whats },
	[COUNT] = { .label = N_("How many"), .kind = FORM_DIGITS, .max_chars = 6 },
	[RESIDENT] = { .label = N_("For resident"),
		.kind = FORM_DIGITS,
		.help = N_("The resident's number. Empty: nobody in particular."),
		.max_chars = 9 },
};

/* 0 for nobody in particular. */
static int read_resident(const struct counter *counter, int64_t *ret, struct err *err)
{
	const char *typed = form_text(counter->form, RESIDENT);
	struct resident resident;
	long long number;

	*ret = 0;
	if (!*typed)
		return 0;
	TRY(text_integer(typed, "number", 1, NUMBER_MAX, &number, err));
	TRY(resident_by_number(counter->kiosk->db, number, &resident, err));
	*ret = resident.id;
	return 0;
}

static int write_change(struct counter *counter, int64_t *ret_left, struct err *err)
{
	struct db *db = counter->kiosk->db;
	int64_t resident;
	long long count;

	TRY(text_integer(
		form_text(counter->form, COUNT), "count", 1, STOCK_CHANGE_MAX, &count, err));
	TRY(read_resident(counter, &resident, err));
	bool is_handed_out = form_choice(counter->form, WHAT) == HAND_OUT;
	const struct act act = clerk_act(counter->app, is_handed_out ? resident : 0);
	return is_handed_out ? stock_take(db, &act, counter->title.id, count, ret_left, err)
			     : stock_add(db, &act, counter->title.id, count, ret_left, err);
}

static const struct clerk_field blamed[] = {
	{ .name = "count", .field = COUNT },
	{ .code = REASON_STOCK_OUT, .field = COUNT },
	{ .code = REASON_STOCK_SHORT, .field = COUNT },
	{ .name = "number", .field = RESIDENT },
	{ .code = REASON_RESIDENT_UNKNOWN, .field = RESIDENT },
};

static void save(struct app *app, void *self)
{
	struct counter *counter = self;
	struct err err = { 0 };
	int64_t left;

	clerk_hush(app);
	if (write_change(counter, &left, &err) < 0) {
		clerk_blame(app, counter->form, blamed, ARRAY_LEN(blamed), &err);
		return;
	}
	CLEANUP(mem_free) char *name = mem_text(counter->title.name);
	CLEANUP(mem_free) char *now = mem_printf(_("%lld in stock now"), (long long)left);
	app_pop(app);
	clerk_tell_done(app, name, now);
}

/* ---- life ---- */

static void counter_free(struct counter *counter)
{
	form_destroy(counter->form);
	title_finish(&counter->title);
	free(counter);
}

void stock_form_open(struct app *app, int64_t title)
{
	struct counter *counter = mem_alloc(sizeof(*counter));
	struct err err = { 0 };

	counter->app = app;
	counter->kiosk = kiosk_of(app);
	if (title_get(counter->kiosk->db, title, &counter->title, &err) < 0) {
		counter_free(counter);
		clerk_tell_err(app, &err);
		return;
	}
	counter->form = form_create(fields, FIELD_COUNT, counter, NULL);
	form_set_text(counter->form, COUNT, "1");
	app_push(app, &counter_screen, counter);
}

static void hush(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	counter_free(self);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct counter *counter = self;

	return clerk_form_key(app, counter->form, key, save, counter);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct counter *counter = self;
	CLEANUP(mem_free)
	char *stock = mem_printf(_("%lld in stock now"), (long long)counter->title.stock);

	area = rect_inset(area, 1, 2);
	int col = draw_text(area, 0, 0, STYLE_STRONG, counter->title.name) + 2;
	draw_text(area, 0, col, STYLE_QUIET, stock);
	rect_cut_top(&area, 2);
	clerk_draw_news(app, &area);
	form_draw(counter->form, area);
}

static const struct action actions[] = {
	{ K_F10, N_("Save"), N_("Saves what is written; so does Enter in the last field."), save },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen counter_screen = {
	.name = "stock_form",
	.title = N_("Stock"),
	.actions = actions,
	.is_modal = true,
	.enter = hush,
	.resume = hush,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan_later,
};

/* Handing out a consumable, and restocking it. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/catalogue/stock.h"
#include "core/items/catalogue/title.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/screens/items/items.h"

#define NUMBER_MAX 999999999

enum { WHAT, COUNT, RESIDENT, FIELD_COUNT };
enum { HAND_OUT, FILL_UP };
static const char *const whats[] = { N_("handed out"), N_("filled up"), NULL };

struct stock_form {
	struct title title;
	int what;
	int64_t count, number; /* number: the resident's, 0: nobody in particular */
	int64_t resident;
};

static int stock_form_resident(struct app *app, void *self, void *filled, struct err *err)
{
	struct stock_form *f = filled;
	struct resident resident = { 0 };

	if (f->number)
		TRY(resident_by_number(kiosk_of(app)->db, f->number, &resident, err));
	f->resident = resident.id;
	return 0;
}

static const struct form_row rows[FIELD_COUNT] = {
	[WHAT] = { FIELD_CHOICE(N_("Stock is"), whats), BIND_CHOICE(struct stock_form, what) },
	[COUNT] = { FIELD_DIGITS(N_("How many"), 6),
		BIND_NUMBER("count", struct stock_form, count, 1, STOCK_CHANGE_MAX),
		.codes = { REASON_STOCK_OUT, REASON_STOCK_SHORT } },
	[RESIDENT] = { FIELD_DIGITS(N_("For resident"), 9),
		HELP(N_("The resident's number. Empty: nobody in particular.")),
		BIND_NUMBER_OR(0, "number", struct stock_form, number, 1, NUMBER_MAX),
		.take = stock_form_resident, .codes = { REASON_RESIDENT_UNKNOWN } },
};

static int stock_form_load(struct app *app, void *self, struct err *err)
{
	struct stock_form *f = self;

	return title_get(kiosk_of(app)->db, f->title.id, &f->title, err);
}

static void stock_form_head(struct app *app, void *self, struct rect *area)
{
	const struct title *title = &((struct stock_form *)self)->title;
	CLEANUP(mem_free) char *stock = mem_printf(_("%lld in stock now"), (long long)title->stock);

	int col = draw_text(*area, 0, 0, STYLE_STRONG, title->name) + 2;
	draw_text(*area, 0, col, STYLE_QUIET, stock);
	rect_cut_top(area, 2);
}

static int stock_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct stock_form *f = filled;
	struct db *db = kiosk_of(app)->db;
	bool is_handed_out = f->what == HAND_OUT;
	const struct act act = clerk_act(app, is_handed_out ? f->resident : 0);
	int64_t left;

	TRY(is_handed_out ? stock_take(db, &act, f->title.id, f->count, &left, err)
			  : stock_add(db, &act, f->title.id, f->count, &left, err));
	CLEANUP(mem_free) char *now = mem_printf(_("%lld in stock now"), (long long)left);
	form_done(done, f->title.name, now);
	return 0;
}

static void stock_form_finish(void *self)
{
	title_finish(&((struct stock_form *)self)->title);
}

static const struct action actions[] = {
	{ K_F10, N_("Save"), N_("Saves what is written; so does Enter in the last field."),
		form_page_submit },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct form_page stock_page = {
	.screen = FORM_SCREEN_WITH(N_("Stock"), actions, clerk_scan_later),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct stock_form),
	.hush = FORM_HUSH_ALL,
	.load = stock_form_load,
	.head = stock_form_head,
	.save = stock_form_save,
	.finish = stock_form_finish,
};

void stock_form_open(struct app *app, int64_t title)
{
	form_page_open(
		app, &stock_page, &(struct stock_form){ .title = { .id = title }, .count = 1 });
}

/* 义卖: an item, who buys it, what is paid. The item by its number or a scan of its label, the
 * buyer by number or card. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/items/reasons.h"
#include "core/items/sale.h"
#include "core/people/reasons.h"
#include "core/points/reasons.h"
#include "tui/devices.h"
#include "tui/screens/moving.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"

enum { ITEM, BUYER, CURRENCY, PRICE, SLIP, FIELD_COUNT };
#define POINTS_MAX_TYPED 1000000000

struct till {
	struct app *app;
	struct kiosk *kiosk;
	struct form *form;
	char *state;
	struct item item;   /* of the number that is written; id 0: none */
	char *looked_for;   /* that number */
	int shown_currency; /* whose price is filled in */
	int64_t gone;       /* the item that left last, while that can be undone here; or 0 */
	struct moving_exception exception;
};

static const struct screen sale_screen;

static const char *const currencies[] = { N_("Yuan, into the fund"), N_("Points, into the pool"),
	NULL };

static const struct form_field fields[FIELD_COUNT] = {
	[ITEM] = { .label = N_("Item"),
		.kind = FORM_DIGITS,
		.help = N_("scan the label, or type its number"),
		.max_chars = 9 },
	[BUYER] = { .label = N_("Resident"),
		.kind = FORM_DIGITS,
		.help = N_("scan the card, or type the number; for yuan it may stay empty"),
		.max_chars = 9 },
	[CURRENCY] = { .label = N_("Paid in"), .kind = FORM_CHOICE, .choices = currencies },
	[PRICE] = { .label = N_("Price"), .kind = FORM_TEXT, .max_chars = 12 },
	[SLIP] = { .label = N_("Slip"), .kind = FORM_CHECK, .hint = N_("Print it") },
};

static const struct clerk_field blamed[] = {
	{ .code = REASON_ITEM_UNKNOWN, .field = ITEM },
	{ .code = REASON_RESIDENT_UNKNOWN, .field = BUYER },
	{ .code = REASON_RESIDENT_LEFT, .field = BUYER },
	{ .code = REASON_POINTS_SHORT, .field = PRICE },
	{ .code = REASON_PRICE_NONE, .field = PRICE },
	{ .name = "item", .field = ITEM },
	{ .name = "resident", .field = BUYER },
	{ .name = "price", .field = PRICE },
};

static const char *text(const struct till *till, int field)
{
	return form_text(till->form, field);
}

static bool is_points(const struct till *till)
{
	return form_choice(till->form, CURRENCY) == 1;
}

/* ---- what is written ---- */

static void fill_price(struct till *till)
{
	const struct title_terms *terms = &till->item.terms;
	CLEANUP(mem_free)
	char *price = is_points(till) ? mem_printf("%lld", (long long)terms->value_points)
				      : money_text(terms->value_fen);

	till->shown_currency = form_choice(till->form, CURRENCY);
	form_set_text(till->form, PRICE, strcmp(price, "0") == 0 ? "" : price);
}

/* Looks the item up again when another number is written, and its price for another currency. */
static void look_up(struct till *till)
{
	const char *number = text(till, ITEM);
	struct err ignored = { 0 };
	int64_t id;

	if (strcmp(number, till->looked_for) != 0) {
		free(till->looked_for);
		till->looked_for = mem_text(number);
		item_finish(&till->item);
		if (moving_item(till->kiosk, number, &id, &ignored) == 0 &&
			item_get(till->kiosk->db, id, &till->item, &ignored) == 0)
			fill_price(till);
	}
	if (till->item.id && form_choice(till->form, CURRENCY) != till->shown_currency)
		fill_price(till);
}

static void set_item(struct till *till, int64_t id)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct err err = { 0 };
	char number[ITEM_NUMBER_SIZE];

	if (item_get(till->kiosk->db, id, &item, &err) < 0) {
		clerk_tell_err(till->app, &err);
		return;
	}
	item_number_format(item.number, number);
	form_set_text(till->form, ITEM, number);
	look_up(till);
	form_activate(till->form, BUYER);
}

static void set_buyer(struct till *till, int64_t resident)
{
	CLEANUP(mem_free) char *number = moving_number_of(till->kiosk, resident);

	form_set_text(till->form, BUYER, number);
	form_activate(till->form, CURRENCY);
}

static void remember(struct till *till)
{
	free(till->state);
	till->state = clerk_form_state(till->form, FIELD_COUNT);
}

static void start_over(struct till *till)
{
	form_set_text(till->form, ITEM, "");
	form_set_text(till->form, PRICE, "");
	look_up(till);
	form_activate(till->form, ITEM);
	remember(till);
}

/* ---- life ---- */

void sale_open(struct app *app, int64_t item)
{
	struct till *till = mem_alloc(sizeof(*till));
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);

	till->app = app;
	till->kiosk = kiosk_of(app);
	till->looked_for = mem_text("");
	till->form = form_create(fields, FIELD_COUNT, till, NULL);
	form_set_choice(till->form, SLIP, 1);
	if (visit)
		set_buyer(till, visit->resident);
	form_activate(till->form, ITEM);
	app_push(app, &sale_screen, till);
	if (item)
		set_item(till, item);
	remember(till);
}

static void hush(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void leave(struct app *app, void *self)
{
	struct till *till = self;

	(void)app;
	form_destroy(till->form);
	item_finish(&till->item);
	free(till->looked_for);
	free(till->state);
	free(till);
}

/* ---- selling ---- */

static int read_draft(struct till *till, struct sale_draft *ret, struct err *err)
{
	long long points = 0;

	TRY(moving_item(till->kiosk, text(till, ITEM), &ret->item, err));
	TRY(moving_resident(till->kiosk, text(till, BUYER), &ret->resident, err));
	ret->currency = is_points(till) ? SALE_FOR_POINTS : SALE_FOR_YUAN;
	if (!is_points(till))
		return money_parse(text(till, PRICE), "price", true, &ret->price, err);
	if (*text(till, PRICE))
		TRY(text_integer(text(till, PRICE), "price", 1, POINTS_MAX_TYPED, &points, err));
	ret->price = points;
	return 0;
}

/* The sale and its slip, both or neither. */
static int sell(struct till *till, const char *exception, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct sale_draft draft = { 0 };
	int64_t id;

	TRY(read_draft(till, &draft, err));
	struct act act = clerk_act(till->app, draft.resident);
	CLEANUP(mem_free) char *why = exception ? clerk_why(&act, exception) : NULL;
	act.is_override = exception != NULL;
	act.why = why ? why : act.why;
	TRY(txn_begin(&t, till->kiosk->db, err));
	TRY(sale_make(till->kiosk->db, &act, &draft, &id, err));
	if (form_choice(till->form, SLIP))
		TRY(papers_move_slip(till->kiosk, MOVE_SALE, id, err));
	return txn_commit(&t, err);
}

static void finish(struct till *till)
{
	CLEANUP(mem_free) char *title = moving_item_words(&till->item);

	till->gone = till->item.id;
	clerk_tell_done(till->app, title, _("sold, thank you"));
	start_over(till);
	devices_print(till->kiosk->devices);
}

static void save_excepted(struct app *app, void *context, const char *why)
{
	struct till *till = context;
	struct err err = { 0 };

	if (sell(till, why, &err) < 0)
		clerk_blame(app, till->form, blamed, ARRAY_LEN(blamed), &err);
	else
		finish(till);
}

static void save(struct app *app, void *self)
{
	struct till *till = self;
	struct err err = { 0 };

	clerk_hush(app);
	if (sell(till, NULL, &err) == 0) {
		finish(till);
		return;
	}
	if (!moving_can_be_excepted(&err)) {
		clerk_blame(app, till->form, blamed, ARRAY_LEN(blamed), &err);
		return;
	}
	till->exception = (struct moving_exception){ _("Charity sale"), save_excepted, till };
	moving_refuse(app, &till->exception, &err);
}

/* ---- keys ---- */

static bool can_take_back(struct app *app, void *self)
{
	(void)app;
	return ((struct till *)self)->gone != 0;
}

static void take_back(struct app *app, void *self)
{
	departure_take_back(app, &((struct till *)self)->gone);
}

static void stop(struct app *app, void *self)
{
	struct till *till = self;

	clerk_leave_form(app, till->form, FIELD_COUNT, till->state);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct till *till = self;

	if (moving_is_undo(till->form, key) && till->gone) {
		take_back(app, self);
		return true;
	}
	enum form_answer answer = form_key(till->form, key);

	look_up(till);
	if (answer == FORM_DONE)
		save(app, till);
	if (answer != FORM_IGNORED)
		app_redraw(app);
	return answer != FORM_IGNORED;
}

static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct till *till = self;
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };
	int64_t resident;

	clerk_hush(app);
	if (code.type == CODE_ITEM)
		set_item(till, code.id);
	else if (moving_card(till->kiosk, &code, &resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		set_buyer(till, resident);
	app_redraw(app);
}

/* ---- drawing ---- */

static void draw(struct app *app, void *self, struct rect area)
{
	struct till *till = self;
	CLEANUP(mem_free)
	char *words = till->item.id ? moving_item_words(&till->item) : mem_text("");

	area = rect_inset(area, 1, 2);
	draw_text(area, 0, 0, STYLE_STRONG, _("What is sold for charity?"));
	draw_fit(area, 1, 0, area.cols, STYLE_MARK, words);
	rect_cut_top(&area, 3);
	clerk_draw_news(app, &area);
	form_draw(till->form, area);
}

static const struct action actions[] = {
	{ K_F10, N_("Sell"), N_("Sells it; so does Enter in the last field."), save },
	{ K_BACKSPACE, N_("Undo"), N_("Takes the last one back, while nothing new is written."),
		take_back, can_take_back },
	{ K_ESC, N_("Back"), NULL, stop },
	{ 0 },
};

static const struct screen sale_screen = {
	.name = "sale",
	.title = N_("Charity sale"),
	.actions = actions,
	.is_modal = true,
	.enter = hush,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
};

/* How items leave for good: 义卖 sold for charity, 置换 swapped for what is brought, 赠送 given
 * away. Each is a table of its fields and the act that it ends in; people and items are scanned or
 * typed as numbers. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/items/catalogue/title.h"
#include "core/items/giving/giveaway.h"
#include "core/items/giving/sale.h"
#include "core/items/giving/swap.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/points/reasons.h"
#include "tui/devices.h"
#include "tui/pages/amount.h"
#include "tui/pages/moving.h"
#include "tui/pages/papers.h"
#include "tui/screens/items/items.h"

#define NUMBER_MAX 999999999
#define PRICE_MAX  1000000000
#define VALUE_MAX  1000000
#define AMOUNT_MAX 999999

enum { FOR_YUAN, FOR_POINTS };

/* What somebody has just done to the form, which decides which field comes next. */
enum leaving_step { STARTED, SCANNED_ITEM, SCANNED_RESIDENT, SCANNED_NOTHING };

struct leaving_kind;

struct leaving {
	const struct leaving_kind *kind;
	/* filled in */
	int64_t number, resident_number; /* of the item, of the resident (0: nobody) */
	int64_t item_id, resident;       /* whom and what they name */
	int currency;
	const char *price_text;
	int64_t price;
	const char *body;         /* that gets a gift */
	const char *name, *shelf; /* of what is brought */
	int64_t category, value, title;
	bool has_papers;
	/* while the form is open */
	struct item item;   /* the leaving item of the number in the field; id 0: none */
	char *looked_for;   /* that number */
	int shown_currency; /* whose price is filled in */
	int64_t value_out;  /* points, as stated by the person who was asked; 0: nobody was */
	int64_t gone;       /* the last item that left, while that can be undone here; or 0 */
	const char *why;    /* it is an override */
	struct moving_exception exception;
};

struct leaving_kind {
	struct form_page page;
	const char *told;   /* N_(): beside the item once it has gone */
	int item, resident; /* the rows; item -1: it is given from the start */
	int category;       /* a row, or 0 */
	const int *emptied; /* rows, for the next one; ended by -1. NULL: the form is left */
	int (*make)(struct db *db, const struct act *act, const struct leaving *leaving,
		int64_t *ret_id, struct err *err);
	int (*print)(struct kiosk *kiosk, int64_t id, struct err *err);
	void (*found)(struct leaving *leaving); /* another item is written; NULL: nothing */
	void (*go_on)(struct form *form, enum leaving_step step); /* NULL: nowhere */
};

/* ---- rows that all of them have ---- */

static int leaving_item(struct app *app, void *self, void *filled, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct leaving *l = filled;

	TRY(item_by_number(kiosk_of(app)->db, l->number, &item, err));
	l->item_id = item.id;
	return 0;
}

static int leaving_resident(struct app *app, void *self, void *filled, struct err *err)
{
	struct leaving *l = filled;
	struct resident resident = { 0 };

	if (l->resident_number)
		TRY(resident_by_number(kiosk_of(app)->db, l->resident_number, &resident, err));
	l->resident = resident.id;
	return 0;
}

#define ROW_ITEM(words)                                                                 \
	{                                                                               \
		FIELD_DIGITS(words, 9), HELP(N_("scan the label, or type its number")), \
			BIND_NUMBER("item", struct leaving, number, 1, NUMBER_MAX),     \
			.take = leaving_item, .codes = { REASON_ITEM_UNKNOWN },         \
	}
#define ROW_RESIDENT(help)                                                                      \
	{                                                                                       \
		FIELD_DIGITS(N_("Resident"), 9), HELP(help),                                    \
			BIND_NUMBER_OR(                                                         \
				0, "resident", struct leaving, resident_number, 1, NUMBER_MAX), \
			.take = leaving_resident,                                               \
			.codes = { REASON_RESIDENT_UNKNOWN, REASON_RESIDENT_LEFT },             \
	}
#define ROW_PAPERS(words, hint)                                                       \
	{                                                                             \
		FIELD_CHECK(words), HINT(hint), BIND_FACT(struct leaving, has_papers) \
	}

/* ---- what is written ---- */

/* Looks the item up again when another number is written. */
static void leaving_look_up(struct app *app, void *self)
{
	struct leaving *l = self;
	struct kiosk *kiosk = kiosk_of(app);
	struct err ignored = { 0 };
	int64_t id;

	if (l->kind->item < 0)
		return;
	const char *number = form_text(form_page_form(l), l->kind->item);
	if (l->looked_for && strcmp(number, l->looked_for) == 0)
		return;
	free(l->looked_for);
	l->looked_for = mem_text(number);
	item_finish(&l->item);
	l->value_out = 0;
	if (moving_item(kiosk, number, &id, &ignored) == 0 &&
		item_get(kiosk->db, id, &l->item, &ignored) == 0 && l->kind->found)
		l->kind->found(l);
}

static bool leaving_write_item(struct app *app, struct leaving *l, int64_t id)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct err err = { 0 };
	char number[ITEM_NUMBER_SIZE];

	if (item_get(kiosk_of(app)->db, id, &item, &err) < 0) {
		clerk_tell_err(app, &err);
		return false;
	}
	item_number_format(item.number, number);
	form_set_text(form_page_form(l), l->kind->item, number);
	leaving_look_up(app, l);
	return true;
}

static void leaving_write_resident(struct app *app, struct leaving *l, int64_t resident)
{
	CLEANUP(mem_free) char *number = moving_number_of(kiosk_of(app), resident);

	form_set_text(form_page_form(l), l->kind->resident, number);
}

static void leaving_go_on(struct leaving *l, enum leaving_step step)
{
	if (l->kind->go_on)
		l->kind->go_on(form_page_form(l), step);
}

static void leaving_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct leaving *l = self;
	struct code code = code_read(bytes, len, NULL);
	enum leaving_step step = SCANNED_NOTHING;
	struct err err = { 0 };
	int64_t resident;

	clerk_hush(app);
	if (code.type == CODE_ITEM && l->kind->item >= 0) {
		step = leaving_write_item(app, l, code.id) ? SCANNED_ITEM : SCANNED_NOTHING;
	} else if (moving_card(kiosk_of(app), &code, &resident, &err) < 0) {
		clerk_tell_err(app, &err);
	} else {
		leaving_write_resident(app, l, resident);
		step = SCANNED_RESIDENT;
	}
	leaving_go_on(l, step);
	app_redraw(app);
}

/* ---- life ---- */

static int leaving_load(struct app *app, void *self, struct err *err)
{
	struct leaving *l = self;

	if (l->kind->category)
		TRY(moving_pick_categories(app, self, l->kind->category, err));
	return l->item_id ? item_get(kiosk_of(app)->db, l->item_id, &l->item, err) : 0;
}

static void leaving_finish(void *self)
{
	struct leaving *l = self;

	item_finish(&l->item);
	free(l->looked_for);
}

/* `item`: its row's, or 0. */
static void leaving_open(struct app *app, const struct leaving *seed, int64_t item)
{
	struct leaving *l = form_page_open(app, &seed->kind->page, seed);
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);
	bool is_written = false;

	if (!l)
		return;
	if (visit)
		leaving_write_resident(app, l, visit->resident);
	if (item)
		is_written = leaving_write_item(app, l, item);
	leaving_go_on(l, is_written ? SCANNED_ITEM : STARTED);
	form_page_remember(l);
}

/* ---- letting it go ---- */

/* The act and its papers, all or nothing. */
static int leaving_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	const struct leaving *l = filled;
	struct kiosk *kiosk = kiosk_of(app);
	struct act act = clerk_act(app, l->resident);
	CLEANUP(mem_free) char *why = l->why ? clerk_why(&act, l->why) : NULL;
	int64_t id;

	act.is_override = l->why != NULL;
	act.why = why ? why : act.why;
	TRY(txn_begin(&t, kiosk->db, err));
	TRY(l->kind->make(kiosk->db, &act, l, &id, err));
	if (l->has_papers)
		TRY(l->kind->print(kiosk, id, err));
	TRY(txn_commit(&t, err));
	CLEANUP(mem_free) char *words = moving_item_words(&l->item);
	form_done(done, words, _(l->kind->told));
	return 0;
}

static void leaving_saved(struct app *app, void *self, const struct form_done *done)
{
	struct leaving *l = self;
	const struct leaving_kind *kind = l->kind;

	if (!kind->emptied)
		app_pop(app);
	clerk_tell_done(app, done->title, done->text);
	if (kind->emptied) {
		l->gone = l->item.id;
		for (const int *row = kind->emptied; *row >= 0; row++)
			form_set_text(form_page_form(l), *row, "");
		leaving_look_up(app, l);
		leaving_go_on(l, STARTED);
		form_page_remember(l);
	}
	devices_print(kiosk_of(app)->devices);
}

static void leaving_excepted(struct app *app, void *context, const char *why)
{
	struct leaving *l = context;

	l->why = why;
	form_page_submit(app, l);
	l->why = NULL;
}

static bool leaving_refused(struct app *app, void *self, const struct err *err)
{
	struct leaving *l = self;

	if (l->why || !moving_can_be_excepted(err))
		return false;
	l->exception =
		(struct moving_exception){ _(l->kind->page.screen.title), leaving_excepted, l };
	moving_refuse(app, &l->exception, err);
	return true;
}

/* ---- taking the last one back ---- */

static bool leaving_can_take_back(struct app *app, void *self)
{
	return ((struct leaving *)self)->gone != 0;
}

static void leaving_take_back(struct app *app, void *self)
{
	departure_take_back(app, &((struct leaving *)self)->gone);
}

static bool leaving_key(struct app *app, void *self, const struct key *key)
{
	if (!moving_is_undo(form_page_form(self), key) || !leaving_can_take_back(app, self))
		return form_page_key(app, self, key);
	leaving_take_back(app, self);
	return true;
}

#define LEAVING_PAGE(title_, actions_, rows_)                                                   \
	.screen = FORM_SCREEN_KEYS(title_, actions_, leaving_scan, leaving_key), .rows = rows_, \
	.count = ARRAY_LEN(rows_), .size = sizeof(struct leaving),                              \
	.hush = FORM_HUSH_OPEN | FORM_HUSH_SAVE, .load = leaving_load, .save = leaving_save,    \
	.saved = leaving_saved, .refused = leaving_refused, .finish = leaving_finish
#define ACTION_UNDO                                                                   \
	{                                                                             \
		K_BACKSPACE, N_("Undo"),                                              \
			N_("Takes the last one back, while nothing new is written."), \
			leaving_take_back, leaving_can_take_back                      \
	}

/* A question, and below it what goes. */
static void leaving_draw_question(const struct leaving *l, const char *question, struct rect *area)
{
	CLEANUP(mem_free) char *words = l->item.id ? moving_item_words(&l->item) : mem_text("");

	draw_text(*area, 0, 0, STYLE_STRONG, question);
	draw_fit(*area, 1, 0, area->cols, STYLE_MARK, words);
	rect_cut_top(area, 3);
}

/* ---- 义卖 ---- */

enum { SALE_ITEM, SALE_BUYER, SALE_CURRENCY, SALE_PRICE, SALE_SLIP };

static const char *const currencies[] = { N_("Yuan, into the fund"), N_("Points, into the pool"),
	NULL };

static int sale_price(struct app *app, void *self, void *filled, struct err *err)
{
	struct leaving *l = filled;
	long long points = 0;

	if (l->currency == FOR_YUAN)
		return money_parse(l->price_text, "price", true, &l->price, err);
	if (*l->price_text)
		TRY(text_integer(l->price_text, "price", 1, PRICE_MAX, &points, err));
	l->price = points;
	return 0;
}

static const struct form_row sale_rows[] = {
	[SALE_ITEM] = ROW_ITEM(N_("Item")),
	[SALE_BUYER] =
		ROW_RESIDENT(N_("scan the card, or type the number; for yuan it may stay empty")),
	[SALE_CURRENCY] = { FIELD_CHOICE(N_("Paid in"), currencies),
		BIND_CHOICE(struct leaving, currency) },
	[SALE_PRICE] = { FIELD_TEXT(N_("Price"), 12),
		BIND_TEXT("price", struct leaving, price_text), .take = sale_price,
		.codes = { REASON_POINTS_SHORT, REASON_PRICE_NONE } },
	[SALE_SLIP] = ROW_PAPERS(N_("Slip"), N_("Print it")),
};

static void sale_fill_price(struct leaving *l)
{
	struct form *form = form_page_form(l);
	const struct title_terms *terms = &l->item.terms;

	l->shown_currency = form_choice(form, SALE_CURRENCY);
	CLEANUP(mem_free)
	char *price = l->shown_currency == FOR_POINTS
			      ? mem_printf("%lld", (long long)terms->value_points)
			      : money_text(terms->value_fen);
	form_set_text(form, SALE_PRICE, strcmp(price, "0") == 0 ? "" : price);
}

static void sale_changed(struct app *app, void *self)
{
	struct leaving *l = self;

	leaving_look_up(app, l);
	if (l->item.id && form_choice(form_page_form(l), SALE_CURRENCY) != l->shown_currency)
		sale_fill_price(l);
}

static void sale_go_on(struct form *form, enum leaving_step step)
{
	if (step == STARTED)
		form_activate(form, SALE_ITEM);
	else if (step == SCANNED_ITEM)
		form_activate(form, SALE_BUYER);
	else if (step == SCANNED_RESIDENT)
		form_activate(form, SALE_CURRENCY);
}

static void sale_head(struct app *app, void *self, struct rect *area)
{
	leaving_draw_question(self, _("What is sold for charity?"), area);
}

static int sale_act(struct db *db, const struct act *act, const struct leaving *l, int64_t *ret_id,
	struct err *err)
{
	const struct sale_draft draft = { .item = l->item_id,
		.resident = l->resident,
		.currency = l->currency == FOR_POINTS ? SALE_FOR_POINTS : SALE_FOR_YUAN,
		.price = l->price };

	return sale_make(db, act, &draft, ret_id, err);
}

static int sale_print(struct kiosk *kiosk, int64_t id, struct err *err)
{
	return papers_move_slip(kiosk, MOVE_SALE, id, err);
}

static const struct action sale_actions[] = {
	{ K_F10, N_("Sell"), N_("Sells it; so does Enter in the last field."), form_page_submit },
	ACTION_UNDO,
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};

static const struct leaving_kind sale = {
	.page = { LEAVING_PAGE(N_("Charity sale"), sale_actions, sale_rows), .head = sale_head,
		.changed = sale_changed },
	.told = N_("sold, thank you"),
	.item = SALE_ITEM,
	.resident = SALE_BUYER,
	.emptied = (const int[]){ SALE_ITEM, SALE_PRICE, -1 },
	.make = sale_act,
	.print = sale_print,
	.found = sale_fill_price,
	.go_on = sale_go_on,
};

void sale_open(struct app *app, int64_t item)
{
	leaving_open(app, &(struct leaving){ .kind = &sale, .has_papers = true }, item);
}

/* ---- 置换 ---- */

enum { SWAP_RESIDENT, SWAP_OUT, SWAP_NAME, SWAP_CATEGORY, SWAP_SHELF, SWAP_VALUE, SWAP_PAPERS };

/* Whether what is brought is here already. */
static int swap_title(struct app *app, void *self, void *filled, struct err *err)
{
	struct leaving *l = filled;

	return *l->name ? title_by_name(kiosk_of(app)->db, l->name, &l->title, err) : 0;
}

static const struct form_row swap_rows[] = {
	[SWAP_RESIDENT] = ROW_RESIDENT(N_("scan the card, or type the number")),
	[SWAP_OUT] = ROW_ITEM(N_("Takes")),
	[SWAP_NAME] = { FIELD_CHINESE(N_("Brings"), 0), BIND_TEXT("name", struct leaving, name) },
	[SWAP_CATEGORY] = { FIELD_CHOICE(N_("Category"), NULL),
		BIND_PICK(struct leaving, category) },
	[SWAP_SHELF] = { FIELD_TEXT(N_("Shelf"), 20), HINT("A-3"),
		BIND_TEXT("shelf", struct leaving, shelf) },
	[SWAP_VALUE] = { FIELD_DIGITS(N_("Worth, points"), 7),
		BIND_NUMBER_OR(0, "value_points", struct leaving, value, 0, VALUE_MAX),
		.take = swap_title, .codes = { REASON_POINTS_SHORT, REASON_VALUE_NONE } },
	[SWAP_PAPERS] = ROW_PAPERS(N_("Papers"), N_("Print the label and the slip")),
};

/* To the first field that still waits to be filled in. */
static void swap_go_on(struct form *form, enum leaving_step step)
{
	int field = SWAP_RESIDENT;

	while (field < SWAP_NAME && *form_text(form, field))
		field++;
	form_activate(form, field);
}

static void leaving_said(struct app *app, void *context, int64_t n)
{
	struct leaving *l = context;

	if (n <= 0)
		return;
	l->value_out = n;
	form_page_submit(app, l);
}

/* The leaving item has no value yet: the person here knows it. */
static bool swap_is_ready(struct app *app, void *self)
{
	const struct leaving *l = self;
	CLEANUP(mem_free) char *item = moving_item_words(&l->item);
	const struct amount_request request = {
		.title = _("How many points is it worth?"),
		.text = item,
		.max = AMOUNT_MAX,
		.done = leaving_said,
		.context = self,
	};

	if (!l->item.id || l->item.terms.value_points || l->value_out || l->why)
		return true;
	amount_open(app, &request);
	return false;
}

static void swap_head(struct app *app, void *self, struct rect *area)
{
	const struct leaving *l = self;
	int64_t worth = l->value_out ? l->value_out : l->item.terms.value_points;

	draw_text(*area, 0, 0, STYLE_STRONG, _("What is swapped for what?"));
	rect_cut_top(area, 1);
	if (l->item.id) {
		CLEANUP(mem_free) char *item = moving_item_words(&l->item);
		CLEANUP(mem_free)
		char *words =
			worth ? mem_printf(_("Takes %s, worth %lld points"), item, (long long)worth)
			      : mem_printf(_("Takes %s; nobody has noted its worth yet"), item);
		draw_fit(*area, 0, 0, area->cols, STYLE_MARK, words);
	}
	rect_cut_top(area, area->rows > 18 ? 2 : 1);
}

static int swap_act(struct db *db, const struct act *act, const struct leaving *l, int64_t *ret_id,
	struct err *err)
{
	const struct swap_draft draft = {
		.resident = l->resident,
		.in = { .title = l->title,
			.draft = { .name = l->name,
				.category = l->category,
				.terms = { .value_points = l->value } },
			.item = { .shelf = l->shelf } },
		.out = l->item_id,
		.value_out = l->value_out,
	};

	return swap_make(db, act, &draft, ret_id, err);
}

static int swap_print(struct kiosk *kiosk, int64_t id, struct err *err)
{
	struct swap swap;

	TRY(swap_get(kiosk->db, id, &swap, err));
	TRY(papers_labels(kiosk, &swap.item_in, 1, err));
	return papers_move_slip(kiosk, MOVE_SWAP, id, err);
}

static const struct action swap_actions[] = {
	{ K_F10, N_("Swap"), N_("Swaps them; so does Enter in the last field."), form_page_submit },
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	ACTION_UNDO,
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};

static const struct leaving_kind swap = {
	.page = { LEAVING_PAGE(N_("Swap"), swap_actions, swap_rows), .roomy_rows = 18,
		.head = swap_head, .changed = leaving_look_up, .is_ready = swap_is_ready },
	.told = N_("swapped, thank you"),
	.item = SWAP_OUT,
	.resident = SWAP_RESIDENT,
	.category = SWAP_CATEGORY,
	.emptied = (const int[]){ SWAP_OUT, SWAP_NAME, SWAP_VALUE, -1 },
	.make = swap_act,
	.print = swap_print,
	.go_on = swap_go_on,
};

void swap_open(struct app *app, int64_t item)
{
	leaving_open(app, &(struct leaving){ .kind = &swap, .has_papers = true }, item);
}

/* ---- 赠送 ---- */

enum { GIFT_RESIDENT, GIFT_BODY, GIFT_SLIP };

static const struct form_row gift_rows[] = {
	[GIFT_RESIDENT] = ROW_RESIDENT(N_("scan the card, or type the number")),
	[GIFT_BODY] = { FIELD_CHINESE(N_("Or a body"), 0),
		HINT(N_("such as: the street's charity")),
		BIND_TEXT("receiver", struct leaving, body) },
	[GIFT_SLIP] = ROW_PAPERS(N_("Slip"), N_("Print it")),
};

static void gift_head(struct app *app, void *self, struct rect *area)
{
	leaving_draw_question(self, _("Who is it for?"), area);
}

static int gift_act(struct db *db, const struct act *act, const struct leaving *l, int64_t *ret_id,
	struct err *err)
{
	const struct giveaway_draft draft = { l->item.id, l->resident, l->body };

	return giveaway_make(db, act, &draft, ret_id, err);
}

static int gift_print(struct kiosk *kiosk, int64_t id, struct err *err)
{
	return papers_move_slip(kiosk, MOVE_GIVEAWAY, id, err);
}

static const struct action gift_actions[] = {
	{ K_F10, N_("Give"), N_("Gives it away; so does Enter in the last field."),
		form_page_submit },
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};

static const struct leaving_kind gift = {
	.page = { LEAVING_PAGE(N_("Gift"), gift_actions, gift_rows), .head = gift_head },
	.told = N_("given away"),
	.item = -1,
	.resident = GIFT_RESIDENT,
	.make = gift_act,
	.print = gift_print,
};

void giveaway_open(struct app *app, int64_t item)
{
	leaving_open(
		app, &(struct leaving){ .kind = &gift, .item_id = item, .has_papers = true }, 0);
}

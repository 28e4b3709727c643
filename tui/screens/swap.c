/* 置换: what is brought, what is taken for it, and the points between them. The item that goes by
 * its number or a scan of its label, the resident by number or card. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/items/category.h"
#include "core/items/reasons.h"
#include "core/items/swap.h"
#include "core/people/reasons.h"
#include "core/points/reasons.h"
#include "tui/devices.h"
#include "tui/screens/moving.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"

#define VALUE_MAX  1000000
#define AMOUNT_MAX 999999

enum { RESIDENT, OUT, NAME, CATEGORY, SHELF, VALUE, PAPERS, FIELD_COUNT };

struct trade {
	struct app *app;
	struct kiosk *kiosk;
	struct form_field fields[FIELD_COUNT];
	struct category_list categories;
	const char **category_names; /* borrowed from them, NULL-terminated */
	struct form *form;
	char *state;
	struct item out;   /* of the number that is written; id 0: none */
	char *looked_for;  /* that number */
	int64_t value_out; /* points, as somebody says who was asked; 0: nobody was */
	int64_t gone;      /* the item that left last, while that can be undone here; or 0 */
	struct moving_exception exception;
};

static const struct screen trade_screen;

static const struct form_field field_table[FIELD_COUNT] = {
	[RESIDENT] = { .label = N_("Resident"),
		.kind = FORM_DIGITS,
		.help = N_("scan the card, or type the number"),
		.max_chars = 9 },
	[OUT] = { .label = N_("Takes"),
		.kind = FORM_DIGITS,
		.help = N_("scan the label, or type its number"),
		.max_chars = 9 },
	[NAME] = { .label = N_("Brings"), .kind = FORM_TEXT, .is_chinese = true },
	[CATEGORY] = { .label = N_("Category"), .kind = FORM_CHOICE },
	[SHELF] = { .label = N_("Shelf"), .kind = FORM_TEXT, .hint = "A-3", .max_chars = 20 },
	[VALUE] = { .label = N_("Worth, points"), .kind = FORM_DIGITS, .max_chars = 7 },
	[PAPERS] = { .label = N_("Papers"),
		.kind = FORM_CHECK,
		.hint = N_("Print the label and the slip") },
};

static const struct clerk_field blamed[] = {
	{ .code = REASON_RESIDENT_UNKNOWN, .field = RESIDENT },
	{ .code = REASON_RESIDENT_LEFT, .field = RESIDENT },
	{ .code = REASON_POINTS_SHORT, .field = VALUE },
	{ .code = REASON_VALUE_NONE, .field = VALUE },
	{ .code = REASON_ITEM_UNKNOWN, .field = OUT },
	{ .name = "resident", .field = RESIDENT },
	{ .name = "item", .field = OUT },
	{ .name = "name", .field = NAME },
	{ .name = "shelf", .field = SHELF },
	{ .name = "value_points", .field = VALUE },
};

static const char *text(const struct trade *trade, int field)
{
	return form_text(trade->form, field);
}

/* ---- the form ---- */

static int read_categories(struct trade *trade, struct err *err)
{
	TRY(category_list(trade->kiosk->db, &trade->categories, err));
	int count = trade->categories.count;
	trade->category_names = mem_alloc((size_t)(count + 1) * sizeof(*trade->category_names));
	for (int i = 0; i < count; i++)
		trade->category_names[i] = trade->categories.rows[i].name;
	return count ? 0 : err_set(err, ERR_REFUSED, REASON_TEXT(CATEGORY_UNKNOWN, ""));
}

static void look_up(struct trade *trade)
{
	const char *number = text(trade, OUT);
	struct err ignored = { 0 };
	int64_t id;

	if (strcmp(number, trade->looked_for) == 0)
		return;
	free(trade->looked_for);
	trade->looked_for = mem_text(number);
	item_finish(&trade->out);
	trade->value_out = 0;
	if (moving_item(trade->kiosk, number, &id, &ignored) == 0)
		item_get(trade->kiosk->db, id, &trade->out, &ignored);
}

static void set_out(struct trade *trade, int64_t id)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct err err = { 0 };
	char number[ITEM_NUMBER_SIZE];

	if (item_get(trade->kiosk->db, id, &item, &err) < 0) {
		clerk_tell_err(trade->app, &err);
		return;
	}
	item_number_format(item.number, number);
	form_set_text(trade->form, OUT, number);
	look_up(trade);
}

static void set_resident(struct trade *trade, int64_t resident)
{
	CLEANUP(mem_free) char *number = moving_number_of(trade->kiosk, resident);

	form_set_text(trade->form, RESIDENT, number);
}

/* The first field that still waits to be filled in. */
static void go_on(struct trade *trade)
{
	int field = RESIDENT;

	while (field < NAME && *text(trade, field))
		field++;
	form_activate(trade->form, field);
}

static void remember(struct trade *trade)
{
	free(trade->state);
	trade->state = clerk_form_state(trade->form, FIELD_COUNT);
}

static void trade_free(struct trade *trade)
{
	form_destroy(trade->form);
	category_list_finish(&trade->categories);
	free(trade->category_names);
	item_finish(&trade->out);
	free(trade->looked_for);
	free(trade->state);
	free(trade);
}

void swap_open(struct app *app, int64_t item)
{
	struct trade *trade = mem_alloc(sizeof(*trade));
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);
	struct err err = { 0 };

	trade->app = app;
	trade->kiosk = kiosk_of(app);
	trade->looked_for = mem_text("");
	if (read_categories(trade, &err) < 0) {
		trade_free(trade);
		clerk_tell_err(app, &err);
		return;
	}
	memcpy(trade->fields, field_table, sizeof(field_table));
	trade->fields[CATEGORY].choices = trade->category_names;
	trade->form = form_create(trade->fields, FIELD_COUNT, trade, kiosk_pinyin(trade->kiosk));
	form_set_choice(trade->form, PAPERS, 1);
	if (visit)
		set_resident(trade, visit->resident);
	app_push(app, &trade_screen, trade);
	if (item)
		set_out(trade, item);
	go_on(trade);
	remember(trade);
}

static void hush(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	trade_free(self);
}

/* ---- swapping ---- */

static int read_draft(struct trade *trade, struct swap_draft *ret, struct err *err)
{
	long long value = 0;

	TRY(moving_resident(trade->kiosk, text(trade, RESIDENT), &ret->resident, err));
	TRY(moving_item(trade->kiosk, text(trade, OUT), &ret->out, err));
	if (*text(trade, VALUE))
		TRY(text_integer(text(trade, VALUE), "value_points", 0, VALUE_MAX, &value, err));
	ret->in = (struct arrival){
		.draft = { .name = text(trade, NAME),
			.category = trade->categories.rows[form_choice(trade->form, CATEGORY)].id,
			.terms = { .value_points = value } },
		.item = { .shelf = text(trade, SHELF) },
	};
	ret->value_out = trade->value_out;
	if (!*text(trade, NAME))
		return 0;
	return title_by_name(trade->kiosk->db, text(trade, NAME), &ret->in.title, err);
}

static int print(struct trade *trade, int64_t id, struct err *err)
{
	struct swap swap;

	if (!form_choice(trade->form, PAPERS))
		return 0;
	TRY(swap_get(trade->kiosk->db, id, &swap, err));
	TRY(papers_labels(trade->kiosk, &swap.item_in, 1, err));
	return papers_move_slip(trade->kiosk, MOVE_SWAP, id, err);
}

/* The swap and its papers, all or nothing. */
static int trade_things(struct trade *trade, const char *exception, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct swap_draft draft = { 0 };
	int64_t id;

	TRY(read_draft(trade, &draft, err));
	struct act act = clerk_act(trade->app, draft.resident);
	CLEANUP(mem_free) char *why = exception ? clerk_why(&act, exception) : NULL;
	act.is_override = exception != NULL;
	act.why = why ? why : act.why;
	TRY(txn_begin(&t, trade->kiosk->db, err));
	TRY(swap_make(trade->kiosk->db, &act, &draft, &id, err));
	TRY(print(trade, id, err));
	return txn_commit(&t, err);
}

static void finish(struct trade *trade)
{
	static const int emptied[] = { OUT, NAME, VALUE };
	CLEANUP(mem_free) char *title = moving_item_words(&trade->out);

	trade->gone = trade->out.id;
	clerk_tell_done(trade->app, title, _("swapped, thank you"));
	for (size_t i = 0; i < ARRAY_LEN(emptied); i++)
		form_set_text(trade->form, emptied[i], "");
	look_up(trade);
	go_on(trade);
	remember(trade);
	devices_print(trade->kiosk->devices);
}

static void save_excepted(struct app *app, void *context, const char *why)
{
	struct trade *trade = context;
	struct err err = { 0 };

	if (trade_things(trade, why, &err) < 0)
		clerk_blame(app, trade->form, blamed, ARRAY_LEN(blamed), &err);
	else
		finish(trade);
}

static void save(struct app *app, void *self);

static void said(struct app *app, void *context, int64_t n)
{
	struct trade *trade = context;

	if (n <= 0)
		return;
	trade->value_out = n;
	save(app, trade);
}

/* Nobody has noted what goes is worth: who stands here knows. */
static void ask_value(struct app *app, struct trade *trade)
{
	CLEANUP(mem_free) char *item = moving_item_words(&trade->out);
	const struct amount_request request = {
		.title = _("How many points is it worth?"),
		.text = item,
		.max = AMOUNT_MAX,
		.done = said,
		.context = trade,
	};

	amount_open(app, &request);
}

static void save(struct app *app, void *self)
{
	struct trade *trade = self;
	struct err err = { 0 };

	clerk_hush(app);
	if (trade->out.id && !trade->out.terms.value_points && !trade->value_out) {
		ask_value(app, trade);
		return;
	}
	if (trade_things(trade, NULL, &err) == 0) {
		finish(trade);
	} else if (moving_can_be_excepted(&err)) {
		trade->exception = (struct moving_exception){ _("Swap"), save_excepted, trade };
		moving_refuse(app, &trade->exception, &err);
	} else {
		clerk_blame(app, trade->form, blamed, ARRAY_LEN(blamed), &err);
	}
}

/* ---- keys ---- */

static bool can_take_back(struct app *app, void *self)
{
	(void)app;
	return ((struct trade *)self)->gone != 0;
}

static void take_back(struct app *app, void *self)
{
	departure_take_back(app, &((struct trade *)self)->gone);
}

static void stop(struct app *app, void *self)
{
	struct trade *trade = self;

	clerk_leave_form(app, trade->form, FIELD_COUNT, trade->state);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct trade *trade = self;

	if (moving_is_undo(trade->form, key) && trade->gone) {
		take_back(app, self);
		return true;
	}
	enum form_answer answer = form_key(trade->form, key);

	look_up(trade);
	if (answer == FORM_DONE)
		save(app, trade);
	if (answer != FORM_IGNORED)
		app_redraw(app);
	return answer != FORM_IGNORED;
}

static void paste(struct app *app, void *self, const char *pasted)
{
	form_paste(((struct trade *)self)->form, pasted);
	app_redraw(app);
}

static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct trade *trade = self;
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };
	int64_t resident;

	clerk_hush(app);
	if (code.type == CODE_ITEM)
		set_out(trade, code.id);
	else if (moving_card(trade->kiosk, &code, &resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		set_resident(trade, resident);
	go_on(trade);
	app_redraw(app);
}

/* ---- drawing ---- */

static void draw(struct app *app, void *self, struct rect area)
{
	struct trade *trade = self;
	const struct item *out = &trade->out;

	area = rect_inset(area, 0, 2);
	if (area.rows > 18)
		rect_cut_top(&area, 1);
	draw_text(area, 0, 0, STYLE_STRONG, _("What is swapped for what?"));
	rect_cut_top(&area, 1);
	if (out->id) {
		CLEANUP(mem_free) char *item = moving_item_words(out);
		int64_t worth = trade->value_out ? trade->value_out : out->terms.value_points;
		CLEANUP(mem_free)
		char *words =
			worth ? mem_printf(_("Takes %s, worth %lld points"), item, (long long)worth)
			      : mem_printf(_("Takes %s; nobody has noted its worth yet"), item);
		draw_fit(area, 0, 0, area.cols, STYLE_MARK, words);
	}
	rect_cut_top(&area, area.rows > 18 ? 2 : 1);
	clerk_draw_news(app, &area);
	form_draw(trade->form, area);
}

static const struct action actions[] = {
	{ K_F10, N_("Swap"), N_("Swaps them; so does Enter in the last field."), save },
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_BACKSPACE, N_("Undo"), N_("Takes the last one back, while nothing new is written."),
		take_back, can_take_back },
	{ K_ESC, N_("Back"), NULL, stop },
	{ 0 },
};

static const struct screen trade_screen = {
	.name = "swap",
	.title = N_("Swap"),
	.actions = actions,
	.is_modal = true,
	.enter = hush,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
	.paste = paste,
};

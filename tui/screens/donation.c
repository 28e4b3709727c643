/* 捐赠: who gives, how they wish to be thanked, what comes to the shelf, money for the fund. Stays
 * for the next thing. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/items/category.h"
#include "core/items/donation.h"
#include "core/people/reasons.h"
#include "tui/devices.h"
#include "tui/screens/moving.h"
#include "tui/screens/papers.h"
#include "tui/screens/screens.h"

enum {
	DONOR,
	THANKS,
	ALIAS,
	NAME,
	CATEGORY,
	SHELF,
	COPIES,
	VALUE,
	MONEY,
	LABELS,
	FIELD_COUNT,
};

#define VALUE_MAX 1000000

struct giving {
	struct app *app;
	struct kiosk *kiosk;
	struct form_field fields[FIELD_COUNT];
	struct category_list categories;
	const char **category_names; /* borrowed from them, NULL-terminated */
	struct form *form;
	char *state;
	int64_t resident; /* the donor, as long as their name stands */
	char *resident_name;
};

static const struct screen giving_screen;

static const char *const ways[] = { N_("By full name"), N_("As below"), N_("Without a name"),
	NULL };

static const struct form_field field_table[FIELD_COUNT] = {
	[DONOR] = { .label = N_("Donor"),
		.kind = FORM_TEXT,
		.hint = N_("scan the card; or the name of a body"),
		.is_chinese = true },
	[THANKS] = { .label = N_("Thanked"), .kind = FORM_CHOICE, .choices = ways },
	[ALIAS] = { .label = N_("As"),
		.kind = FORM_TEXT,
		.hint = N_("such as: Mr He"),
		.is_chinese = true },
	[NAME] = { .label = N_("Thing"),
		.kind = FORM_TEXT,
		.hint = N_("may stay empty for money alone"),
		.is_chinese = true },
	[CATEGORY] = { .label = N_("Category"), .kind = FORM_CHOICE },
	[SHELF] = { .label = N_("Shelf"), .kind = FORM_TEXT, .hint = "A-3", .max_chars = 20 },
	[COPIES] = { .label = N_("How many"), .kind = FORM_DIGITS, .max_chars = 2 },
	[VALUE] = { .label = N_("Worth, points"), .kind = FORM_DIGITS, .max_chars = 7 },
	[MONEY] = { .label = N_("Yuan"),
		.kind = FORM_TEXT,
		.hint = N_("for the community fund"),
		.max_chars = 12 },
	[LABELS] = { .label = N_("Labels"), .kind = FORM_CHECK, .hint = N_("Print them") },
};

static const struct clerk_field blamed[] = {
	{ .code = REASON_RESIDENT_LEFT, .field = DONOR },
	{ .name = "donor", .field = DONOR },
	{ .name = "alias", .field = ALIAS },
	{ .name = "name", .field = NAME },
	{ .name = "shelf", .field = SHELF },
	{ .name = "count", .field = COPIES },
	{ .name = "value_points", .field = VALUE },
	{ .name = "amount", .field = MONEY },
};

static const char *text(const struct giving *giving, int field)
{
	return form_text(giving->form, field);
}

/* ---- the form ---- */

static int read_categories(struct giving *giving, struct err *err)
{
	TRY(category_list(giving->kiosk->db, &giving->categories, err));
	int count = giving->categories.count;
	giving->category_names = mem_alloc((size_t)(count + 1) * sizeof(*giving->category_names));
	for (int i = 0; i < count; i++)
		giving->category_names[i] = giving->categories.rows[i].name;
	return count ? 0 : err_set(err, ERR_REFUSED, REASON_TEXT(CATEGORY_UNKNOWN, ""));
}

static void remember(struct giving *giving)
{
	free(giving->state);
	giving->state = clerk_form_state(giving->form, FIELD_COUNT);
}

static void set_resident(struct giving *giving, int64_t resident)
{
	free(giving->resident_name);
	giving->resident_name = moving_name_of(giving->kiosk, resident);
	giving->resident = resident;
	form_set_text(giving->form, DONOR, giving->resident_name);
	form_activate(giving->form, THANKS);
}

/* Another name is another donor. */
static int64_t donor(const struct giving *giving)
{
	bool is_same = giving->resident && strcmp(text(giving, DONOR), giving->resident_name) == 0;

	return is_same ? giving->resident : 0;
}

static void giving_free(struct giving *giving)
{
	form_destroy(giving->form);
	category_list_finish(&giving->categories);
	free(giving->category_names);
	free(giving->resident_name);
	free(giving->state);
	free(giving);
}

void donation_open(struct app *app)
{
	struct giving *giving = mem_alloc(sizeof(*giving));
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);
	struct err err = { 0 };

	giving->app = app;
	giving->kiosk = kiosk_of(app);
	if (read_categories(giving, &err) < 0) {
		giving_free(giving);
		clerk_tell_err(app, &err);
		return;
	}
	memcpy(giving->fields, field_table, sizeof(field_table));
	giving->fields[CATEGORY].choices = giving->category_names;
	giving->form =
		form_create(giving->fields, FIELD_COUNT, giving, kiosk_pinyin(giving->kiosk));
	form_set_text(giving->form, COPIES, "1");
	form_set_choice(giving->form, LABELS, 1);
	if (visit)
		set_resident(giving, visit->resident);
	remember(giving);
	app_push(app, &giving_screen, giving);
}

static void hush(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	giving_free(self);
}

/* ---- taking it ---- */

/* What is written, or *ret_count 0 when nothing is. */
static int read_thing(
	const struct giving *giving, struct arrival *ret, int *ret_count, struct err *err)
{
	long long copies, value = 0;

	*ret_count = 0;
	if (!*text(giving, NAME))
		return 0;
	TRY(text_integer(text(giving, COPIES), "count", 1, DONATION_THINGS_MAX, &copies, err));
	if (*text(giving, VALUE))
		TRY(text_integer(text(giving, VALUE), "value_points", 0, VALUE_MAX, &value, err));
	*ret = (struct arrival){
		.draft = { .name = text(giving, NAME),
			.category = giving->categories.rows[form_choice(giving->form, CATEGORY)].id,
			.terms = { .value_points = value } },
		.item = { .shelf = text(giving, SHELF) },
		.copies = (int)copies,
	};
	*ret_count = 1;
	return title_by_name(giving->kiosk->db, text(giving, NAME), &ret->title, err);
}

static int print(const struct giving *giving, int64_t id, struct err *err)
{
	CLEANUP(donation_finish) struct donation donation = { 0 };
	int64_t items[DONATION_THINGS_MAX];

	TRY(papers_thanks(giving->kiosk, id, err));
	TRY(donation_get(giving->kiosk->db, id, &donation, err));
	for (int i = 0; i < donation.items.count; i++)
		items[i] = donation.items.rows[i].id;
	if (!form_choice(giving->form, LABELS) || !donation.items.count)
		return 0;
	return papers_labels(giving->kiosk, items, donation.items.count, err);
}

/* The donation and its papers, all or nothing. */
static int take(struct giving *giving, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct arrival thing = { 0 };
	struct donation_draft draft = {
		.resident = donor(giving),
		.name = text(giving, DONOR),
		.alias = text(giving, ALIAS),
		.thanks = (enum thanks)form_choice(giving->form, THANKS),
		.things = &thing,
	};
	const struct act act = clerk_act(giving->app, draft.resident);
	int64_t id;

	TRY(read_thing(giving, &thing, &draft.thing_count, err));
	TRY(money_parse(text(giving, MONEY), "amount", true, &draft.fen, err));
	TRY(txn_begin(&t, giving->kiosk->db, err));
	TRY(donation_take(giving->kiosk->db, &act, &draft, &id, err));
	TRY(print(giving, id, err));
	return txn_commit(&t, err);
}

/* Ready for the next thing of the next donor. */
static void start_over(struct giving *giving)
{
	static const int emptied[] = { DONOR, ALIAS, NAME, VALUE, MONEY };

	for (size_t i = 0; i < ARRAY_LEN(emptied); i++)
		form_set_text(giving->form, emptied[i], "");
	form_set_text(giving->form, COPIES, "1");
	form_set_choice(giving->form, THANKS, 0);
	form_activate(giving->form, DONOR);
	giving->resident = 0;
	remember(giving);
}

static void save(struct app *app, void *self)
{
	struct giving *giving = self;
	struct err err = { 0 };

	clerk_hush(app);
	if (take(giving, &err) < 0) {
		clerk_blame(app, giving->form, blamed, ARRAY_LEN(blamed), &err);
		return;
	}
	const char *what = *text(giving, NAME) ? text(giving, NAME) : _("For the community fund");
	clerk_tell_done(app, what, _("taken in; the thanks are being printed"));
	start_over(giving);
	devices_print(giving->kiosk->devices);
}

/* ---- keys ---- */

static void stop(struct app *app, void *self)
{
	struct giving *giving = self;

	clerk_leave_form(app, giving->form, FIELD_COUNT, giving->state);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct giving *giving = self;

	return clerk_form_key(app, giving->form, key, save, giving);
}

static void paste(struct app *app, void *self, const char *pasted)
{
	form_paste(((struct giving *)self)->form, pasted);
	app_redraw(app);
}

static void scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct giving *giving = self;
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };
	int64_t resident;

	clerk_hush(app);
	if (moving_card(giving->kiosk, &code, &resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		set_resident(giving, resident);
	app_redraw(app);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct giving *giving = self;

	area = rect_inset(area, 0, 2);
	if (area.rows > 20)
		rect_cut_top(&area, 1);
	draw_text(area, 0, 0, STYLE_STRONG, _("What is donated?"));
	if (donor(giving))
		draw_right(area, 0, STYLE_DONE, _("✓ a resident"));
	rect_cut_top(&area, area.rows > 20 ? 2 : 1);
	clerk_draw_news(app, &area);
	form_draw(giving->form, area);
}

static const struct action actions[] = {
	{ K_F10, N_("Save"), N_("Saves what is written; so does Enter in the last field."), save },
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, stop },
	{ 0 },
};

static const struct screen giving_screen = {
	.name = "donation",
	.title = N_("Donation"),
	.actions = actions,
	.is_modal = true,
	.enter = hush,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = scan,
	.paste = paste,
};

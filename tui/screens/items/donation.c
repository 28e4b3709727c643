/* 捐赠: who gives, how they wish to be thanked, what goes on the shelf, money for the fund. Stays
 * for the next item. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/desk/desk.h"
#include "core/items/catalogue/category.h"
#include "core/items/giving/donation.h"
#include "core/people/reasons.h"
#include "tui/devices.h"
#include "tui/pages/moving.h"
#include "tui/pages/papers.h"
#include "tui/screens/items/screens.h"

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
	const char *donor, *alias;
	int thanks;
	const char *name, *shelf, *copies_text; /* of the thing */
	int64_t category, value, title, copies;
	int64_t fen;
	bool has_labels;
	int64_t resident; /* the donor, as long as their name is there */
	char *resident_name;
};

/* How many, and whether it exists already: for an item that is filled in. */
static int giving_thing(struct app *app, void *self, void *filled, struct err *err)
{
	struct giving *giving = filled;
	long long copies;

	if (!*giving->name)
		return 0;
	TRY(text_integer(giving->copies_text, "count", 1, DONATION_THINGS_MAX, &copies, err));
	giving->copies = copies;
	return title_by_name(kiosk_of(app)->db, giving->name, &giving->title, err);
}

static const char *const ways[] = { N_("By full name"), N_("As below"), N_("Without a name"),
	NULL };

#define TEXT(name, member) BIND_TEXT(name, struct giving, member)

static const struct form_row rows[FIELD_COUNT] = {
	[DONOR] = { FIELD_CHINESE(N_("Donor"), 0), HINT(N_("scan the card; or the name of a body")),
		TEXT("donor", donor), .codes = { REASON_RESIDENT_LEFT } },
	[THANKS] = { FIELD_CHOICE(N_("Thanked"), ways), BIND_CHOICE(struct giving, thanks) },
	[ALIAS] = { FIELD_CHINESE(N_("As"), 0), HINT(N_("such as: Mr He")), TEXT("alias", alias) },
	[NAME] = { FIELD_CHINESE(N_("Thing"), 0), HINT(N_("may stay empty for money alone")),
		TEXT("name", name) },
	[CATEGORY] = { FIELD_CHOICE(N_("Category"), NULL), BIND_PICK(struct giving, category) },
	[SHELF] = { FIELD_TEXT(N_("Shelf"), 20), HINT("A-3"), TEXT("shelf", shelf) },
	[COPIES] = { FIELD_DIGITS(N_("How many"), 2), TEXT("count", copies_text),
		.take = giving_thing },
	[VALUE] = { FIELD_DIGITS(N_("Worth, points"), 7),
		BIND_NUMBER_OR(0, "value_points", struct giving, value, 0, VALUE_MAX) },
	[MONEY] = { FIELD_TEXT(N_("Yuan"), 12), HINT(N_("for the community fund")),
		BIND_MONEY("amount", struct giving, fen) },
	[LABELS] = { FIELD_CHECK(N_("Labels")), HINT(N_("Print them")),
		BIND_FACT(struct giving, has_labels) },
};

/* ---- the donor ---- */

static void donation_write_donor(struct app *app, struct giving *giving, int64_t resident)
{
	struct form *form = form_page_form(giving);

	free(giving->resident_name);
	giving->resident_name = moving_name_of(kiosk_of(app), resident);
	giving->resident = resident;
	form_set_text(form, DONOR, giving->resident_name);
	form_activate(form, THANKS);
}

/* Another name is another donor. */
static int64_t donation_donor_of(const struct giving *giving, const char *name)
{
	return giving->resident && strcmp(name, giving->resident_name) == 0 ? giving->resident : 0;
}

static int giving_load(struct app *app, void *self, struct err *err)
{
	return moving_pick_categories(app, self, CATEGORY, err);
}

static void giving_show(struct app *app, void *self, struct form *form)
{
	const struct desk_visit *visit = desk_visit(kiosk_of(app)->desk);

	form_set_text(form, COPIES, "1");
	if (visit)
		donation_write_donor(app, self, visit->resident);
}

static void giving_finish(void *self)
{
	free(((struct giving *)self)->resident_name);
}

/* ---- taking it ---- */

static int donation_print(struct kiosk *kiosk, int64_t id, bool has_labels, struct err *err)
{
	CLEANUP(donation_finish) struct donation donation = { 0 };
	int64_t items[DONATION_THINGS_MAX];

	TRY(papers_thanks(kiosk, id, err));
	TRY(donation_get(kiosk->db, id, &donation, err));
	for (int i = 0; i < donation.items.count; i++)
		items[i] = donation.items.rows[i].id;
	if (!has_labels || !donation.items.count)
		return 0;
	return papers_labels(kiosk, items, donation.items.count, err);
}

/* The donation and its papers, all or nothing. */
static int giving_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	const struct giving *giving = filled;
	struct kiosk *kiosk = kiosk_of(app);
	const struct arrival thing = {
		.title = giving->title,
		.draft = { .name = giving->name,
			.category = giving->category,
			.terms = { .value_points = giving->value } },
		.item = { .shelf = giving->shelf },
		.copies = (int)giving->copies,
	};
	const struct donation_draft draft = {
		.resident = donation_donor_of(giving, giving->donor),
		.name = giving->donor,
		.alias = giving->alias,
		.thanks = (enum thanks)giving->thanks,
		.fen = giving->fen,
		.things = &thing,
		.thing_count = *giving->name ? 1 : 0,
	};
	const struct act act = clerk_act(app, draft.resident);
	int64_t id;

	TRY(txn_begin(&t, kiosk->db, err));
	TRY(donation_take(kiosk->db, &act, &draft, &id, err));
	TRY(donation_print(kiosk, id, giving->has_labels, err));
	TRY(txn_commit(&t, err));
	form_done(done, *giving->name ? giving->name : _("For the community fund"),
		_("taken in; the thanks are being printed"));
	return 0;
}

/* Ready for the next item of the next donor. */
static void giving_saved(struct app *app, void *self, const struct form_done *done)
{
	static const int emptied[] = { DONOR, ALIAS, NAME, VALUE, MONEY };
	struct giving *giving = self;
	struct form *form = form_page_form(self);

	clerk_tell_done(app, done->title, done->text);
	for (size_t i = 0; i < ARRAY_LEN(emptied); i++)
		form_set_text(form, emptied[i], "");
	form_set_text(form, COPIES, "1");
	form_set_choice(form, THANKS, 0);
	form_activate(form, DONOR);
	giving->resident = 0;
	form_page_remember(self);
	devices_print(kiosk_of(app)->devices);
}

/* ---- scans and drawing ---- */

static void giving_scan(struct app *app, void *self, const char *bytes, size_t len)
{
	struct code code = code_read(bytes, len, NULL);
	struct err err = { 0 };
	int64_t resident;

	clerk_hush(app);
	if (moving_card(kiosk_of(app), &code, &resident, &err) < 0)
		clerk_tell_err(app, &err);
	else
		donation_write_donor(app, self, resident);
	app_redraw(app);
}

static void giving_head(struct app *app, void *self, struct rect *area)
{
	draw_text(*area, 0, 0, STYLE_STRONG, _("What is donated?"));
	if (donation_donor_of(self, form_text(form_page_form(self), DONOR)))
		draw_right(*area, 0, STYLE_DONE, _("✓ a resident"));
	rect_cut_top(area, area->rows > 20 ? 2 : 1);
}

static const struct form_page giving_page = {
	.screen = FORM_SCREEN_WITH(N_("Donation"), form_page_pinyin_actions, giving_scan),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct giving),
	.hush = FORM_HUSH_OPEN | FORM_HUSH_SAVE,
	.roomy_rows = 20,
	.load = giving_load,
	.show = giving_show,
	.head = giving_head,
	.save = giving_save,
	.saved = giving_saved,
	.finish = giving_finish,
};

void donation_open(struct app *app)
{
	form_page_open(app, &giving_page, &(struct giving){ .has_labels = true });
}

/* What is known of one item: where it belongs, where it came from, until when it is fit, which kit
 * holds it and whose it is. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/item.h"
#include "core/items/kit.h"
#include "core/items/owner.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"

#define NUMBER_MAX 999999999
#define SHARE_MAX  1000000

enum { ZONE, SHELF, SOURCE, PROJECT, COST, EXPIRES, INSPECTED, KIT, OWNERS, FIELD_COUNT };

static const char *const sources[] = { N_("not noted"), N_("bought"), N_("donated"), N_("swapped"),
	N_("paid for by a project"), NULL };
_Static_assert(ARRAY_LEN(sources) == ITEM_SOURCE_COUNT + 1, "a choice for each source");

struct record {
	struct app *app;
	struct kiosk *kiosk;
	struct item item;
	struct form *form;
	char *owners; /* as they were when it was opened */
	char *state;
};

static const struct screen record_screen;

static const struct form_field fields[FIELD_COUNT] = {
	[ZONE] = { .label = N_("Zone"),
		.kind = FORM_TEXT,
		.hint = N_("such as: library"),
		.max_chars = 20,
		.is_chinese = true },
	[SHELF] = { .label = N_("Shelf"), .kind = FORM_TEXT, .hint = "A-3", .max_chars = 20 },
	[SOURCE] = { .label = N_("Came by"), .kind = FORM_CHOICE, .choices = sources },
	[PROJECT] = { .label = N_("Project"),
		.kind = FORM_TEXT,
		.help = N_("What paid for it stands in the list of assets."),
		.max_chars = 80,
		.is_chinese = true },
	[COST] = { .label = N_("Cost in yuan"), .kind = FORM_TEXT, .max_chars = 13 },
	[EXPIRES] = { .label = N_("Good until"),
		.kind = FORM_TEXT,
		.hint = "2027-03-31",
		.help = N_("The last day of what is in it, such as medicine. Empty: none."),
		.max_chars = 10 },
	[INSPECTED] = { .label = N_("Inspected until"),
		.kind = FORM_TEXT,
		.hint = "2027-03-31",
		.help = N_("For ladders and power tools. Empty: needs none."),
		.max_chars = 10 },
	[KIT] = { .label = N_("In the kit"),
		.kind = FORM_DIGITS,
		.help = N_("The number of the item that holds it. Empty: in none."),
		.max_chars = 9 },
	[OWNERS] = { .label = N_("Owners"),
		.kind = FORM_TEXT,
		.hint = N_("the venue"),
		.help = N_("Residents' numbers; with shares when it is several: 12:2 15:1"),
		.max_chars = 400 },
};

/* ---- owners as text ---- */

/* "12:2 15:1", or "12" for one alone; "" for the venue. The caller's. */
static int owners_text(struct db *db, int64_t item, char **ret, struct err *err)
{
	CLEANUP(owner_list_finish) struct owner_list owners = { 0 };
	CLEANUP(mem_free) char *text = mem_text("");

	TRY(owners_of(db, item, &owners, err));
	for (int i = 0; i < owners.count; i++) {
		struct resident resident;
		TRY(resident_get(db, owners.rows[i].resident, &resident, err));
		CLEANUP(mem_free) char *before = text;
		text = owners.count == 1
			       ? mem_printf("%" PRId64, resident.number)
			       : mem_printf("%s%s%" PRId64 ":%" PRId64, before, i ? " " : "",
					 resident.number, owners.rows[i].share);
	}
	*ret = TAKE(text);
	return 0;
}

/* One of them: "12" or "12:2". */
static int read_owner(struct db *db, char *word, struct owner *ret, struct err *err)
{
	char *colon = strchr(word, ':');
	struct resident resident;
	long long number, share = 1;

	if (colon) {
		*colon = '\0';
		TRY(text_integer(colon + 1, "share", 1, SHARE_MAX, &share, err));
	}
	TRY(text_integer(word, "owners", 1, NUMBER_MAX, &number, err));
	TRY(resident_by_number(db, number, &resident, err));
	*ret = (struct owner){ resident.id, share };
	return 0;
}

/* Returns how many. */
static int read_owners(
	struct db *db, const char *typed, struct owner ret[OWNERS_MAX], struct err *err)
{
	CLEANUP(mem_free) char *text = text_narrow(typed);
	char *rest = NULL;
	int count = 0;

	for (char *word = strtok_r(text, " ,", &rest); word; word = strtok_r(NULL, " ,", &rest)) {
		if (count == OWNERS_MAX)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "owners"));
		TRY(read_owner(db, word, &ret[count++], err));
	}
	return count;
}

/* ---- from the item into the form ---- */

static void show_item(struct record *record)
{
	const struct item *item = &record->item;
	CLEANUP(mem_free) char *cost = item->cost_fen ? money_text(item->cost_fen) : NULL;
	CLEANUP(mem_free) char *kit = item->kit ? mem_printf("%" PRId64, item->kit_number) : NULL;

	form_set_text(record->form, ZONE, item->zone);
	form_set_text(record->form, SHELF, item->shelf);
	form_set_choice(record->form, SOURCE, item->source);
	form_set_text(record->form, PROJECT, item->project);
	form_set_text(record->form, COST, cost);
	form_set_text(record->form, EXPIRES, item->expires_on);
	form_set_text(record->form, INSPECTED, item->inspected_until_on);
	form_set_text(record->form, KIT, kit);
	form_set_text(record->form, OWNERS, record->owners);
}

/* ---- from the form into the item ---- */

static const char *text(const struct record *record, int field)
{
	return form_text(record->form, field);
}

static int write_item(struct record *record, struct err *err)
{
	const struct act act = clerk_act(record->app, 0);
	struct item_draft draft = item_draft_of(&record->item);

	draft.zone = text(record, ZONE);
	draft.shelf = text(record, SHELF);
	draft.source = (enum item_source)form_choice(record->form, SOURCE);
	draft.project = text(record, PROJECT);
	draft.expires_on = text(record, EXPIRES);
	draft.inspected_until_on = text(record, INSPECTED);
	TRY(money_parse(text(record, COST), "cost", true, &draft.cost_fen, err));
	return item_edit(record->kiosk->db, &act, record->item.id, &draft, err);
}

static int write_kit(struct record *record, struct err *err)
{
	const struct act leave = clerk_act(record->app, 0), enter = clerk_act(record->app, 0);
	CLEANUP(item_finish) struct item kit = { 0 };
	struct db *db = record->kiosk->db;
	long long number = 0;

	if (*text(record, KIT))
		TRY(text_integer(text(record, KIT), "kit", 1, NUMBER_MAX, &number, err));
	if (number == record->item.kit_number)
		return 0;
	if (number)
		TRY(item_by_number(db, number, &kit, err));
	if (record->item.kit)
		TRY(kit_remove(db, &leave, record->item.id, err));
	return number ? kit_add(db, &enter, kit.id, record->item.id, err) : 0;
}

static int write_owners(struct record *record, struct err *err)
{
	const struct act act = clerk_act(record->app, 0);
	struct owner owners[OWNERS_MAX];
	int count;

	if (strcmp(text(record, OWNERS), record->owners) == 0)
		return 0;
	TRY(count = read_owners(record->kiosk->db, text(record, OWNERS), owners, err));
	return owners_set(record->kiosk->db, &act, record->item.id, owners, count, err);
}

/* All of it or nothing. */
static int write_all(struct record *record, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, record->kiosk->db, err));
	TRY(write_item(record, err));
	TRY(write_kit(record, err));
	TRY(write_owners(record, err));
	return txn_commit(&t, err);
}

static const struct clerk_field blamed[] = {
	{ .name = "zone", .field = ZONE },
	{ .name = "shelf", .field = SHELF },
	{ .name = "project", .field = PROJECT },
	{ .name = "cost", .field = COST },
	{ .name = "expires_on", .field = EXPIRES },
	{ .name = "inspected_until_on", .field = INSPECTED },
	{ .name = "kit", .field = KIT },
	{ .code = REASON_ITEM_UNKNOWN, .field = KIT },
	{ .code = REASON_ITEM_OUT_OTHER, .field = KIT },
	{ .code = REASON_ITEM_RETIRED, .field = KIT },
	{ .code = REASON_KIT_NESTED, .field = KIT },
	{ .name = "share", .field = OWNERS },
	{ .name = "owners", .field = OWNERS },
	{ .code = REASON_RESIDENT_UNKNOWN, .field = OWNERS },
	{ .code = REASON_RESIDENT_LEFT, .field = OWNERS },
	{ .code = REASON_OWNER_TWICE, .field = OWNERS },
};

static void save(struct app *app, void *self)
{
	struct record *record = self;
	struct err err = { 0 };

	clerk_hush(app);
	if (write_all(record, &err) < 0) {
		clerk_blame(app, record->form, blamed, ARRAY_LEN(blamed), &err);
		return;
	}
	CLEANUP(mem_free) char *name = mem_text(record->item.name);
	app_pop(app);
	clerk_tell_done(app, name, _("saved"));
}

/* ---- life ---- */

static void record_free(struct record *record)
{
	form_destroy(record->form);
	item_finish(&record->item);
	free(record->owners);
	free(record->state);
	free(record);
}

static int read_item(struct record *record, int64_t item, struct err *err)
{
	TRY(item_get(record->kiosk->db, item, &record->item, err));
	return owners_text(record->kiosk->db, item, &record->owners, err);
}

void item_edit_open(struct app *app, int64_t item)
{
	struct record *record = mem_alloc(sizeof(*record));
	struct err err = { 0 };

	record->app = app;
	record->kiosk = kiosk_of(app);
	record->form = form_create(fields, FIELD_COUNT, record, kiosk_pinyin(record->kiosk));
	if (read_item(record, item, &err) < 0) {
		record_free(record);
		clerk_tell_err(app, &err);
		return;
	}
	show_item(record);
	record->state = clerk_form_state(record->form, FIELD_COUNT);
	app_push(app, &record_screen, record);
}

static void hush(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	record_free(self);
}

static void stop(struct app *app, void *self)
{
	struct record *record = self;

	clerk_leave_form(app, record->form, FIELD_COUNT, record->state);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct record *record = self;

	return clerk_form_key(app, record->form, key, save, record);
}

static void paste(struct app *app, void *self, const char *pasted)
{
	form_paste(((struct record *)self)->form, pasted);
	app_redraw(app);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct record *record = self;
	char number[ITEM_NUMBER_SIZE];

	area = rect_inset(area, 0, 2);
	if (area.rows > 20)
		rect_cut_top(&area, 1);
	item_number_format(record->item.number, number);
	int col = draw_text(area, 0, 0, STYLE_STRONG, record->item.name) + 2;
	draw_text(area, 0, col, STYLE_QUIET, number);
	rect_cut_top(&area, area.rows > 17 ? 2 : 1);
	clerk_draw_news(app, &area);
	form_draw(record->form, area);
}

static const struct action actions[] = {
	{ K_F10, N_("Save"), N_("Saves what is written; so does Enter in the last field."), save },
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, stop },
	{ 0 },
};

static const struct screen record_screen = {
	.name = "item_edit",
	.title = N_("Item"),
	.actions = actions,
	.is_modal = true,
	.enter = hush,
	.resume = hush,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan_later,
	.paste = paste,
};

/* What is known about one item: where it belongs, where it came from, until when it is fit, which
 * kit holds it and whose it is. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/catalogue/item.h"
#include "core/items/catalogue/kit.h"
#include "core/items/catalogue/owner.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/screens/items/items.h"

#define NUMBER_MAX 999999999
#define SHARE_MAX  1000000

enum { ZONE, SHELF, SOURCE, PROJECT, COST, EXPIRES, INSPECTED, KIT, OWNERS, FIELD_COUNT };

static const char *const sources[] = { N_("not noted"), N_("bought"), N_("donated"), N_("swapped"),
	N_("paid for by a project"), NULL };
_Static_assert(ARRAY_LEN(sources) == ITEM_SOURCE_COUNT + 1, "a choice for each source");

struct record {
	struct item item;
	struct item_draft draft; /* of the item, which owns its texts */
	int64_t kit_number;
	char *owners;
};

#define TEXT(name, member) BIND_TEXT(name, struct record, member)

static const struct form_row rows[FIELD_COUNT] = {
	[ZONE] = { FIELD_CHINESE(N_("Zone"), 20), HINT(N_("such as: library")),
		TEXT("zone", draft.zone) },
	[SHELF] = { FIELD_TEXT(N_("Shelf"), 20), HINT("A-3"), TEXT("shelf", draft.shelf) },
	[SOURCE] = { FIELD_CHOICE(N_("Came by"), sources),
		BIND_CHOICE(struct record, draft.source) },
	[PROJECT] = { FIELD_CHINESE(N_("Project"), 80),
		HELP(N_("What paid for it stands in the list of assets.")),
		TEXT("project", draft.project) },
	[COST] = { FIELD_TEXT(N_("Cost in yuan"), 13),
		BIND_MONEY("cost", struct record, draft.cost_fen) },
	[EXPIRES] = { FIELD_TEXT(N_("Good until"), 10), HINT("2027-03-31"),
		HELP(N_("The last day of what is in it, such as medicine. Empty: none.")),
		TEXT("expires_on", draft.expires_on) },
	[INSPECTED] = { FIELD_TEXT(N_("Inspected until"), 10), HINT("2027-03-31"),
		HELP(N_("For ladders and power tools. Empty: needs none.")),
		TEXT("inspected_until_on", draft.inspected_until_on) },
	[KIT] = { FIELD_DIGITS(N_("In the kit"), 9),
		HELP(N_("The number of the item that holds it. Empty: in none.")),
		BIND_NUMBER_OR(0, "kit", struct record, kit_number, 1, NUMBER_MAX),
		.codes = { REASON_ITEM_UNKNOWN, REASON_ITEM_OUT_OTHER, REASON_ITEM_RETIRED,
			REASON_KIT_NESTED } },
	[OWNERS] = { FIELD_TEXT(N_("Owners"), 400), HINT(N_("the venue")),
		HELP(N_("Residents' numbers; with shares when it is several: 12:2 15:1")),
		TEXT("owners", owners), .names[1] = "share",
		.codes = { REASON_RESIDENT_UNKNOWN, REASON_RESIDENT_LEFT, REASON_OWNER_TWICE } },
};

/* ---- owners as text ---- */

/* "12:2 15:1", or "12" for one alone; "" for the house. The caller's. */
static int item_edit_owners_text(struct db *db, int64_t item, char **ret, struct err *err)
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
static int item_edit_read_owner(struct db *db, char *word, struct owner *ret, struct err *err)
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
static int item_edit_read_owners(
	struct db *db, const char *typed, struct owner ret[OWNERS_MAX], struct err *err)
{
	CLEANUP(mem_free) char *text = text_narrow(typed);
	char *rest = NULL;
	int count = 0;

	for (char *word = strtok_r(text, " ,", &rest); word; word = strtok_r(NULL, " ,", &rest)) {
		if (count == OWNERS_MAX)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "owners"));
		TRY(item_edit_read_owner(db, word, &ret[count++], err));
	}
	return count;
}

/* ---- reading ---- */

static int item_edit_load(struct app *app, void *self, struct err *err)
{
	struct record *record = self;
	struct db *db = kiosk_of(app)->db;

	TRY(item_get(db, record->item.id, &record->item, err));
	record->draft = item_draft_of(&record->item);
	record->kit_number = record->item.kit ? record->item.kit_number : 0;
	return item_edit_owners_text(db, record->item.id, &record->owners, err);
}

static void item_edit_finish(void *self)
{
	struct record *record = self;

	item_finish(&record->item);
	free(record->owners);
}

static void item_edit_head(struct app *app, void *self, struct rect *area)
{
	const struct item *item = &((struct record *)self)->item;
	char number[ITEM_NUMBER_SIZE];

	item_number_format(item->number, number);
	int col = draw_text(*area, 0, 0, STYLE_STRONG, item->name) + 2;
	draw_text(*area, 0, col, STYLE_QUIET, number);
	rect_cut_top(area, area->rows > 17 ? 2 : 1);
}

/* ---- saving ---- */

static int item_edit_write_kit(struct app *app, const struct record *record, struct err *err)
{
	const struct act leave = clerk_act(app, 0), enter = clerk_act(app, 0);
	CLEANUP(item_finish) struct item kit = { 0 };
	struct db *db = kiosk_of(app)->db;

	if (record->kit_number == record->item.kit_number)
		return 0;
	if (record->kit_number)
		TRY(item_by_number(db, record->kit_number, &kit, err));
	if (record->item.kit)
		TRY(kit_remove(db, &leave, record->item.id, err));
	return record->kit_number ? kit_add(db, &enter, kit.id, record->item.id, err) : 0;
}

static int item_edit_write_owners(
	struct app *app, const char *before, const struct record *record, struct err *err)
{
	const struct act act = clerk_act(app, 0);
	struct db *db = kiosk_of(app)->db;
	struct owner owners[OWNERS_MAX];
	int count;

	if (strcmp(record->owners, before) == 0)
		return 0;
	TRY(count = item_edit_read_owners(db, record->owners, owners, err));
	return owners_set(db, &act, record->item.id, owners, count, err);
}

/* All of it or nothing. */
static int item_edit_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	const struct record *before = self, *record = filled;
	const struct act act = clerk_act(app, 0);
	struct db *db = kiosk_of(app)->db;

	TRY(txn_begin(&t, db, err));
	TRY(item_edit(db, &act, record->item.id, &record->draft, err));
	TRY(item_edit_write_kit(app, record, err));
	TRY(item_edit_write_owners(app, before->owners, record, err));
	TRY(txn_commit(&t, err));
	form_done(done, record->item.name, _("saved"));
	return 0;
}

static const struct form_page record_page = {
	.screen = FORM_SCREEN_WITH(N_("Item"), form_page_pinyin_actions, clerk_scan_later),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct record),
	.hush = FORM_HUSH_ALL,
	.roomy_rows = 20,
	.load = item_edit_load,
	.head = item_edit_head,
	.save = item_edit_save,
	.finish = item_edit_finish,
};

void item_edit_open(struct app *app, int64_t item)
{
	form_page_open(app, &record_page, &(struct record){ .item = { .id = item } });
}

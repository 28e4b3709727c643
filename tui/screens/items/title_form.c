/* What applies to all of a title: its name, its value, how it is handed out, its parts. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/items/catalogue/title.h"
#include "core/items/catalogue/title_parts.h"
#include "core/items/reasons.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/screens/items/items.h"

#define POINTS_MAX INT64_C(1000000000)
#define DAYS_MAX   365

enum {
	NAME,
	SAFETY,
	PARTS,
	HANDED_OUT,
	SHORT_DAYS,
	VALUE_POINTS,
	VALUE_YUAN,
	DEPOSIT,
	APPROVAL,
	FIELD_COUNT
};

/* The ways of handing out, as the choice shows them. */
enum { WAY_LENT, WAY_ONSITE, WAY_CONSUMABLE };
static const char *const ways[] = { N_("lent out"), N_("used here"), N_("used up"), NULL };

struct sheet {
	struct title title;
	char *parts; /* with ; between */
	int way;
};

#define TEXT(name, member)  BIND_TEXT(name, struct sheet, member)
#define NUMBER(member, max) BIND_NUMBER_OR(0, #member, struct sheet, title.terms.member, 0, max)

static const struct form_row rows[FIELD_COUNT] = {
	[NAME] = { FIELD_CHINESE(N_("Name of the thing"), 80), TEXT("name", title.name) },
	[SAFETY] = { FIELD_CHINESE(N_("Safety"), 100), HINT(N_("a line to read before lending")),
		TEXT("safety", title.safety) },
	[PARTS] = { FIELD_CHINESE(N_("Parts"), 600), HINT(N_("drill; charger; box of bits")),
		HELP(N_("What has to come back, with ; or 、 between.")), TEXT("part", parts),
		.codes = { REASON_PART_TOO_MANY, REASON_NAME_EXISTS } },
	[HANDED_OUT] = { FIELD_CHOICE(N_("It is"), ways), BIND_CHOICE(struct sheet, way) },
	[SHORT_DAYS] = { FIELD_DIGITS(N_("In demand"), 3),
		HELP(N_("At most so many days for one loan. Empty: as the rule says.")),
		NUMBER(short_days, DAYS_MAX) },
	[VALUE_POINTS] = { FIELD_DIGITS(N_("Value in points"), 9),
		NUMBER(value_points, POINTS_MAX) },
	[VALUE_YUAN] = { FIELD_TEXT(N_("Value in yuan"), 12),
		BIND_MONEY("value_fen", struct sheet, title.terms.value_fen) },
	[DEPOSIT] = { FIELD_DIGITS(N_("Deposit in points"), 9), NUMBER(deposit, POINTS_MAX) },
	[APPROVAL] = { FIELD_CHECK(N_("Volunteers")), HINT(N_("Only they hand it out")),
		BIND_FACT(struct sheet, title.terms.needs_approval) },
};

/* ---- reading ---- */

/* The caller's. */
static char *title_form_parts_in_one(const struct title_part_list *parts)
{
	char *text = mem_text("");

	for (int i = 0; i < parts->count; i++) {
		char *before = text;
		text = mem_printf("%s%s%s", before, i ? "; " : "", parts->rows[i].name);
		free(before);
	}
	return text;
}

static int title_form_load(struct app *app, void *self, struct err *err)
{
	struct sheet *sheet = self;
	CLEANUP(title_part_list_finish) struct title_part_list parts = { 0 };
	struct db *db = kiosk_of(app)->db;

	TRY(title_get(db, sheet->title.id, &sheet->title, err));
	TRY(title_parts(db, sheet->title.id, &parts, err));
	sheet->parts = title_form_parts_in_one(&parts);
	sheet->way = sheet->title.terms.is_consumable ? WAY_CONSUMABLE
		     : sheet->title.terms.is_onsite   ? WAY_ONSITE
						      : WAY_LENT;
	return 0;
}

static void title_form_finish(void *self)
{
	struct sheet *sheet = self;

	title_finish(&sheet->title);
	free(sheet->parts);
}

static void title_form_head(struct app *app, void *self, struct rect *area)
{
	draw_text(*area, 0, 0, STYLE_STRONG, _("This holds for all items of the title."));
	rect_cut_top(area, area->rows > 17 ? 2 : 1);
}

/* ---- saving ---- */

/* One a line, as title_set_parts_text wants them. The caller's. */
static char *title_form_parts_in_lines(const char *typed)
{
	static const char *const between[] = { ";", "；", "、" };
	char *lines = mem_text(typed);

	for (size_t i = 0; i < ARRAY_LEN(between); i++) {
		size_t len = strlen(between[i]);
		for (char *at = lines; (at = strstr(at, between[i])); at++) {
			*at = '\n';
			memmove(at + 1, at + len, strlen(at + len) + 1);
		}
	}
	return lines;
}

/* A reading derived from the old name is derived again from the new one. */
static int title_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	struct sheet *sheet = filled;
	const struct sheet *before = self;
	struct db *db = kiosk_of(app)->db;
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(mem_free) char *lines = title_form_parts_in_lines(sheet->parts);
	struct title_draft draft = title_draft_of(&sheet->title);
	const struct act edit = clerk_act(app, 0), list = clerk_act(app, 0);

	draft.terms.is_onsite = sheet->way == WAY_ONSITE;
	draft.terms.is_consumable = sheet->way == WAY_CONSUMABLE;
	if (strcmp(draft.name, before->title.name) != 0)
		draft.pinyin = draft.initials = NULL;
	TRY(txn_begin(&t, db, err));
	TRY(title_edit(db, &edit, sheet->title.id, &draft, err));
	TRY(title_set_parts_text(db, &list, sheet->title.id, lines, err));
	TRY(txn_commit(&t, err));
	form_done(done, sheet->title.name, _("saved"));
	return 0;
}

static const struct form_page sheet_page = {
	.screen =
		FORM_SCREEN_WITH(N_("All of its kind"), form_page_pinyin_actions, clerk_scan_later),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct sheet),
	.hush = FORM_HUSH_ALL,
	.roomy_rows = 20,
	.load = title_form_load,
	.head = title_form_head,
	.save = title_form_save,
	.finish = title_form_finish,
};

void title_form_open(struct app *app, int64_t title)
{
	form_page_open(app, &sheet_page, &(struct sheet){ .title = { .id = title } });
}

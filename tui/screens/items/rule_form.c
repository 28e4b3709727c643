#include "tui/screens/items/rule_form.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/items/lending/rule.h"
#include "tui/pages/form_page.h"

/* ---- a row of the rules ---- */

enum {
	DAYS,
	HOURS,
	MAX_ITEMS,
	MAX_TOTAL,
	MAX_RENEWALS,
	RENEW_HOURS,
	TURNAROUND,
	DUE_MODE,
	OVERDUE,
	GRACE,
	SUSPEND,
	SUSPEND_CAP,
	FIELD_COUNT,
};

static const char *const due_choices[] = { N_("as above"), N_("closed days count"),
	N_("open days only"), N_("next open day"), N_("same weekday later"), NULL };
static const char *const overdue_choices[] = { N_("as above"), N_("remind"), N_("ask a volunteer"),
	N_("no new loans"), NULL };

struct rule_form {
	struct rule_row row;
	char *name;
};

#define NUMBER(words, member)                                                                \
	{                                                                                    \
		FIELD_DIGITS(words, 5), HINT(N_("as above")),                                \
			BIND_NUMBER_OR(                                                      \
				RULE_BLANK, #member, struct rule_form, row.member, 0, 99999) \
	}

static const struct form_row rule_rows[FIELD_COUNT] = {
	[DAYS] = NUMBER(N_("Days"), loan_days),
	[HOURS] = NUMBER(N_("or hours"), loan_hours),
	[MAX_ITEMS] = NUMBER(N_("At a time, of these"), max_items),
	[MAX_TOTAL] = NUMBER(N_("At a time, in all"), max_total),
	[MAX_RENEWALS] = NUMBER(N_("Renewals"), max_renewals),
	[RENEW_HOURS] = NUMBER(N_("Renew from hours before"), renew_hours),
	[TURNAROUND] = NUMBER(N_("Rest after return, hours"), turnaround_hours),
	[DUE_MODE] = { FIELD_CHOICE(N_("Due on a closed day"), due_choices),
		BIND_CHOICE64(struct rule_form, row.due_mode, RULE_BLANK) },
	[OVERDUE] = { FIELD_CHOICE(N_("When it is late"), overdue_choices),
		BIND_CHOICE64(struct rule_form, row.overdue, RULE_BLANK) },
	[GRACE] = NUMBER(N_("Days of grace"), grace_days),
	[SUSPEND] = NUMBER(N_("Suspended days per day late"), suspend_days),
	[SUSPEND_CAP] = NUMBER(N_("Suspended at most, days"), suspend_cap),
};
static_assert(RULE_BLANK == -1, "the choice before the first");

static int rule_form_load(struct app *app, void *self, struct err *err)
{
	struct rule_form *f = self;
	CLEANUP(rule_list_finish) struct rule_list list = { 0 };
	int64_t resident_category = f->row.resident_category, category = f->row.category;

	f->name = mem_text(f->name);
	TRY(rule_list(kiosk_of(app)->db, &list, err));
	for (int i = 0; i < list.count; i++)
		if (list.rows[i].resident_category == resident_category &&
			list.rows[i].category == category)
			f->row = list.rows[i];
	return 0;
}

static void rule_form_head(struct app *app, void *self, struct rect *area)
{
	form_page_head(
		area, ((struct rule_form *)self)->name, _("Empty: as the rule above it says"));
}

static int rule_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct rule_form *f = filled;
	const struct act act = clerk_act(app, 0);
	int64_t id;

	TRY(rule_set(kiosk_of(app)->db, &act, &f->row, &id, err));
	form_done(done, _("The rule holds from now on"), NULL);
	return 0;
}

static void rule_form_finish(void *self)
{
	free(((struct rule_form *)self)->name);
}

static const struct form_page rule_page = {
	.screen = FORM_SCREEN(N_("Lending rules")),
	.rows = rule_rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct rule_form),
	.load = rule_form_load,
	.head = rule_form_head,
	.save = rule_form_save,
	.finish = rule_form_finish,
};

void rule_form_open(struct app *app, const struct rule_form_subject *subject)
{
	struct rule_form seed = { RULE_ROW_BLANK, (char *)subject->name };

	seed.row.resident_category = subject->resident_category;
	seed.row.category = subject->category;
	form_page_open(app, &rule_page, &seed);
}

/* ---- a new category ---- */

enum { NAME, CODE, PARENT, ONSITE, CATEGORY_FIELDS };

struct category_form {
	struct category_draft draft;
	const char *parent; /* its code */
};

static const struct form_row category_rows[CATEGORY_FIELDS] = {
	[NAME] = { FIELD_CHINESE(N_("Name of the category"), 20),
		BIND_TEXT("name", struct category_form, draft.name) },
	[CODE] = { FIELD_TEXT(NC_("category", "Its code"), 24),
		HINT(N_("small letters, such as power-tool")),
		BIND_TEXT("code", struct category_form, draft.code),
		.codes = { REASON_NAME_EXISTS } },
	[PARENT] = { FIELD_TEXT(N_("Below"), 24),
		HINT(N_("the code of a category; empty: at the top")),
		BIND_TEXT(NULL, struct category_form, parent),
		.codes = { REASON_CATEGORY_UNKNOWN } },
	[ONSITE] = { FIELD_CHECK(N_("Used in the house")),
		HINT(N_("What is added to it is not taken home.")),
		BIND_FACT(struct category_form, draft.is_onsite) },
};

static int category_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	struct category_form *f = filled;
	struct db *db = kiosk_of(app)->db;
	const struct act act = clerk_act(app, 0);
	CLEANUP(category_finish) struct category parent = { 0 };
	int64_t id;

	if (*f->parent)
		TRY(category_by_code(db, f->parent, &parent, err));
	f->draft.parent = parent.id;
	TRY(category_add(db, &act, &f->draft, &id, err));
	form_done(done, _("The category is there"), NULL);
	return 0;
}

static const struct form_page category_page = {
	.screen = FORM_SCREEN(N_("New category")),
	.rows = category_rows,
	.count = CATEGORY_FIELDS,
	.size = sizeof(struct category_form),
	.save = category_form_save,
};

void category_form_open(struct app *app)
{
	form_page_open(app, &category_page, &(struct category_form){ 0 });
}

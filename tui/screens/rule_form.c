#include "tui/screens/rule_form.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/rule.h"
#include "tui/screens/clerk.h"

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

#define NUMBER(name, words) \
	[name] = { .label = words, .kind = FORM_DIGITS, .hint = N_("as above"), .max_chars = 5 }

static const struct form_field fields[FIELD_COUNT] = {
	NUMBER(DAYS, N_("Days")),
	NUMBER(HOURS, N_("or hours")),
	NUMBER(MAX_ITEMS, N_("At a time, of these")),
	NUMBER(MAX_TOTAL, N_("At a time, in all")),
	NUMBER(MAX_RENEWALS, N_("Renewals")),
	NUMBER(RENEW_HOURS, N_("Renew from hours before")),
	NUMBER(TURNAROUND, N_("Rest after return, hours")),
	[DUE_MODE] = { .label = N_("Due on a closed day"),
		.kind = FORM_CHOICE,
		.choices = due_choices },
	[OVERDUE] = { .label = N_("When it is late"),
		.kind = FORM_CHOICE,
		.choices = overdue_choices },
	NUMBER(GRACE, N_("Days of grace")),
	NUMBER(SUSPEND, N_("Suspended days per day late")),
	NUMBER(SUSPEND_CAP, N_("Suspended at most, days")),
};

struct rule_form {
	struct form *form;
	struct rule_row row;
	char *name, *state;
};

static const struct screen rule_form_screen;

/* Which member of the row each field of digits writes. */
static int64_t *number_of(struct rule_row *row, int field)
{
	int64_t *const members[FIELD_COUNT] = {
		[DAYS] = &row->loan_days,
		[HOURS] = &row->loan_hours,
		[MAX_ITEMS] = &row->max_items,
		[MAX_TOTAL] = &row->max_total,
		[MAX_RENEWALS] = &row->max_renewals,
		[RENEW_HOURS] = &row->renew_hours,
		[TURNAROUND] = &row->turnaround_hours,
		[GRACE] = &row->grace_days,
		[SUSPEND] = &row->suspend_days,
		[SUSPEND_CAP] = &row->suspend_cap,
	};

	return members[field];
}

static void show_row(struct rule_form *f)
{
	for (int i = 0; i < FIELD_COUNT; i++) {
		const int64_t *number = number_of(&f->row, i);
		if (!number || *number == RULE_BLANK)
			continue;
		CLEANUP(mem_free) char *text = mem_printf("%" PRId64, *number);
		form_set_text(f->form, i, text);
	}
	form_set_choice(f->form, DUE_MODE, (int)f->row.due_mode + 1);
	form_set_choice(f->form, OVERDUE, (int)f->row.overdue + 1);
}

static int read_row(struct kiosk *kiosk, const struct rule_form_subject *subject,
	struct rule_row *ret, struct err *err)
{
	CLEANUP(rule_list_finish) struct rule_list list = { 0 };
	struct rule_row row = RULE_ROW_BLANK;

	TRY(rule_list(kiosk->db, &list, err));
	for (int i = 0; i < list.count; i++)
		if (list.rows[i].resident_category == subject->resident_category &&
			list.rows[i].category == subject->category)
			row = list.rows[i];
	row.resident_category = subject->resident_category;
	row.category = subject->category;
	*ret = row;
	return 0;
}

void rule_form_open(struct app *app, const struct rule_form_subject *subject)
{
	struct kiosk *kiosk = kiosk_of(app);
	struct rule_form *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	if (read_row(kiosk, subject, &f->row, &err) < 0) {
		free(f);
		clerk_tell_err(app, &err);
		return;
	}
	f->name = mem_text(subject->name);
	f->form = form_create(fields, FIELD_COUNT, f, NULL);
	show_row(f);
	f->state = clerk_form_state(f->form, FIELD_COUNT);
	app_push(app, &rule_form_screen, f);
}

static void rule_form_leave(struct app *app, void *self)
{
	struct rule_form *f = self;

	(void)app;
	form_destroy(f->form);
	free(f->name);
	free(f->state);
	free(f);
}

static int take_row(struct rule_form *f, struct err *err)
{
	for (int i = 0; i < FIELD_COUNT; i++) {
		int64_t *number = number_of(&f->row, i);
		long long value = RULE_BLANK;
		if (!number)
			continue;
		if (form_text(f->form, i)[0])
			TRY(text_integer(form_text(f->form, i), "number", 0, 99999, &value, err));
		*number = value;
	}
	f->row.due_mode = form_choice(f->form, DUE_MODE) - 1;
	f->row.overdue = form_choice(f->form, OVERDUE) - 1;
	return 0;
}

static const struct clerk_field blames[] = {
	{ REASON_NONE, "loan_days", DAYS },
	{ REASON_NONE, "loan_hours", HOURS },
	{ REASON_NONE, "max_items", MAX_ITEMS },
	{ REASON_NONE, "max_total", MAX_TOTAL },
	{ REASON_NONE, "max_renewals", MAX_RENEWALS },
	{ REASON_NONE, "renew_hours", RENEW_HOURS },
	{ REASON_NONE, "turnaround_hours", TURNAROUND },
	{ REASON_NONE, "grace_days", GRACE },
	{ REASON_NONE, "suspend_days", SUSPEND },
	{ REASON_NONE, "suspend_cap", SUSPEND_CAP },
};

static void rule_form_save(struct app *app, void *self)
{
	struct rule_form *f = self;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };
	int64_t id;

	int r = take_row(f, &err);
	if (r == 0)
		r = rule_set(kiosk_of(app)->db, &act, &f->row, &id, &err);
	if (r < 0) {
		clerk_blame(app, f->form, blames, ARRAY_LEN(blames), &err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, _("The rule holds from now on"), NULL);
}

static bool rule_form_key(struct app *app, void *self, const struct key *key)
{
	struct rule_form *f = self;

	return clerk_form_key(app, f->form, key, rule_form_save, f);
}

static void rule_form_draw(struct app *app, void *self, struct rect area)
{
	struct rule_form *f = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	draw_text(area, 0, 0, STYLE_STRONG, f->name);
	draw_right(area, 0, STYLE_QUIET, _("Empty: as the rule above it says"));
	rect_cut_top(&area, 2);
	form_draw(f->form, area);
}

static void rule_form_back(struct app *app, void *self)
{
	struct rule_form *f = self;

	clerk_leave_form(app, f->form, FIELD_COUNT, f->state);
}

static const struct action rule_form_actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), rule_form_save },
	{ K_ESC, N_("Back"), NULL, rule_form_back },
	{ 0 },
};

static const struct screen rule_form_screen = {
	.name = "rule",
	.title = N_("Lending rules"),
	.actions = rule_form_actions,
	.is_modal = true,
	.leave = rule_form_leave,
	.draw = rule_form_draw,
	.key = rule_form_key,
	.scan = clerk_scan_later,
};

/* ---- a new category ---- */

enum { NAME, CODE, PARENT, ONSITE, CATEGORY_FIELDS };

static const struct form_field category_fields[CATEGORY_FIELDS] = {
	[NAME] = { .label = N_("Name of the category"),
		.kind = FORM_TEXT,
		.max_chars = 20,
		.is_chinese = true },
	[CODE] = { .label = NC_("category", "Its code"),
		.kind = FORM_TEXT,
		.hint = N_("small letters, such as power-tool"),
		.max_chars = 24 },
	[PARENT] = { .label = N_("Below"),
		.kind = FORM_TEXT,
		.hint = N_("the code of a category; empty: at the top"),
		.max_chars = 24 },
	[ONSITE] = { .label = N_("Used in the house"),
		.kind = FORM_CHECK,
		.hint = N_("What is added to it is not taken home.") },
};

struct category_form {
	struct form *form;
	char *state;
};

static const struct screen category_form_screen;

void category_form_open(struct app *app)
{
	struct category_form *f = mem_alloc(sizeof(*f));

	f->form = form_create(category_fields, CATEGORY_FIELDS, f, kiosk_pinyin(kiosk_of(app)));
	f->state = clerk_form_state(f->form, CATEGORY_FIELDS);
	app_push(app, &category_form_screen, f);
}

static void category_form_leave(struct app *app, void *self)
{
	struct category_form *f = self;

	(void)app;
	form_destroy(f->form);
	free(f->state);
	free(f);
}

static int category_save(struct app *app, const struct category_form *f, struct err *err)
{
	struct db *db = kiosk_of(app)->db;
	struct act act = clerk_act(app, 0);
	CLEANUP(category_finish) struct category parent = { 0 };
	int64_t id;

	if (form_text(f->form, PARENT)[0])
		TRY(category_by_code(db, form_text(f->form, PARENT), &parent, err));
	const struct category_draft draft = { .code = form_text(f->form, CODE),
		.name = form_text(f->form, NAME),
		.parent = parent.id,
		.is_onsite = form_choice(f->form, ONSITE) != 0 };
	return category_add(db, &act, &draft, &id, err);
}

static void category_submit(struct app *app, void *self)
{
	static const struct clerk_field at[] = {
		{ REASON_NONE, "name", NAME },
		{ REASON_NONE, "code", CODE },
		{ REASON_NAME_EXISTS, "", CODE },
		{ REASON_CATEGORY_UNKNOWN, "", PARENT },
	};
	struct category_form *f = self;
	struct err err = { 0 };

	if (category_save(app, f, &err) < 0) {
		clerk_blame(app, f->form, at, ARRAY_LEN(at), &err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, _("The category is there"), NULL);
}

static bool category_form_key(struct app *app, void *self, const struct key *key)
{
	struct category_form *f = self;

	return clerk_form_key(app, f->form, key, category_submit, f);
}

static void category_form_paste(struct app *app, void *self, const char *text)
{
	struct category_form *f = self;

	form_paste(f->form, text);
	app_redraw(app);
}

static void category_form_draw(struct app *app, void *self, struct rect area)
{
	struct category_form *f = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	form_draw(f->form, area);
}

static void category_form_back(struct app *app, void *self)
{
	struct category_form *f = self;

	clerk_leave_form(app, f->form, CATEGORY_FIELDS, f->state);
}

static const struct action category_form_actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), category_submit },
	{ K_ESC, N_("Back"), NULL, category_form_back },
	{ 0 },
};

static const struct screen category_form_screen = {
	.name = "category",
	.title = N_("New category"),
	.actions = category_form_actions,
	.is_modal = true,
	.leave = category_form_leave,
	.draw = category_form_draw,
	.key = category_form_key,
	.scan = clerk_scan_later,
	.paste = category_form_paste,
};

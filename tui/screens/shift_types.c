/* Kinds of shifts: a list, a form for one of them, and new roles that they may ask for. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/duty_role.h"
#include "core/duty/shift_type.h"
#include "tui/screens/duty.h"
#include "tui/screens/form_page.h"
#include "tui/screens/list_page.h"

/* ---- the form: what every kind has, then a field for each role but the leader ---- */

enum { NAME, PURPOSE, PLACE, NEEDED, LEADER, CREDITED, REPORTED, RETIRED, FIXED_COUNT };

static const struct form_field fixed[FIXED_COUNT] = {
	[NAME] = { .label = NC_("thing", "Name"),
		.kind = FORM_TEXT,
		.max_chars = 20,
		.is_chinese = true },
	[PURPOSE] = { .label = N_("What for"),
		.kind = FORM_TEXT,
		.max_chars = 30,
		.is_chinese = true },
	[PLACE] = { .label = NC_("shift", "Place"),
		.kind = FORM_TEXT,
		.max_chars = 30,
		.is_chinese = true },
	[NEEDED] = { .label = N_("People needed"),
		.kind = FORM_DIGITS,
		.help = N_("the leader among them"),
		.max_chars = 3 },
	[LEADER] = { .label = N_("One leads (★)"), .kind = FORM_CHECK },
	[CREDITED] = { .label = N_("Its hours count"),
		.kind = FORM_CHECK,
		.help = N_("as certified service hours") },
	[REPORTED] = { .label = N_("i-Volunteer takes them"),
		.kind = FORM_CHECK,
		.help = N_("not: desk duty of staff, meetings, lectures") },
	[RETIRED] = { .label = N_("No more of it"),
		.kind = FORM_CHECK,
		.help = N_("what is on the roster stays") },
};

struct type_form {
	struct shift_type type;
	struct duty_role_list roles;
	struct form_field fields[FIXED_COUNT + DUTY_ROLES_MAX];
};

static void type_form_finish(void *context)
{
	struct type_form *f = context;

	shift_type_finish(&f->type);
	duty_role_list_finish(&f->roles);
	free(f);
}

static bool leads(const struct duty_role *role)
{
	return strcmp(role->code, DUTY_ROLE_LEADER) == 0;
}

/* The fields of the roles follow the fixed ones, in their order. */
static int add_fields(struct type_form *f)
{
	int count = FIXED_COUNT;

	memcpy(f->fields, fixed, sizeof(fixed));
	for (int i = 0; i < f->roles.count; i++)
		if (!leads(&f->roles.rows[i]))
			f->fields[count++] = (struct form_field){
				.label = f->roles.rows[i].name,
				.kind = FORM_DIGITS,
				.hint = N_("none"),
				.help = N_("so many of these people"),
				.max_chars = 3,
			};
	return count;
}

static int64_t needed_of(const struct shift_type *type, int64_t role)
{
	for (int i = 0; i < type->need_count; i++)
		if (type->needs[i].role == role)
			return type->needs[i].needed;
	return 0;
}

static void show_type(void *context, struct form *form)
{
	const struct type_form *f = context;
	int field = FIXED_COUNT;

	form_set_choice(form, CREDITED, f->type.id ? f->type.is_creditable : 1);
	form_set_choice(form, REPORTED, f->type.id ? f->type.is_reportable : 1);
	if (!f->type.id)
		return;
	form_set_text(form, NAME, f->type.name);
	form_set_text(form, PURPOSE, f->type.purpose);
	form_set_text(form, PLACE, f->type.place);
	form_page_set_number(form, NEEDED, f->type.needed, 0);
	form_set_choice(form, LEADER, f->type.wants_leader);
	for (int i = 0; i < f->roles.count; i++)
		if (!leads(&f->roles.rows[i]))
			form_page_set_number(
				form, field++, needed_of(&f->type, f->roles.rows[i].id), 0);
}

static int take_needs(const struct type_form *f, const struct form *form, struct shift_need *needs,
	int *ret_count, struct err *err)
{
	int field = FIXED_COUNT;
	int64_t needed;

	*ret_count = 0;
	for (int i = 0; i < f->roles.count; i++) {
		if (leads(&f->roles.rows[i]))
			continue;
		TRY(form_page_number(form, field++, "needs", 0, &needed, err));
		if (needed > 0)
			needs[(*ret_count)++] = (struct shift_need){ .role = f->roles.rows[i].id,
				.needed = needed };
	}
	return 0;
}

static int save_type(struct app *app, void *context, const struct form *form, const char **ret_done,
	struct err *err)
{
	const struct type_form *f = context;
	struct act act = clerk_act(app, 0);
	struct shift_need needs[DUTY_ROLES_MAX];
	struct shift_type type = {
		.id = f->type.id,
		.name = (char *)form_text(form, NAME),
		.purpose = (char *)form_text(form, PURPOSE),
		.place = (char *)form_text(form, PLACE),
		.wants_leader = form_choice(form, LEADER),
		.is_creditable = form_choice(form, CREDITED),
		.is_reportable = form_choice(form, REPORTED),
		.is_retired = form_choice(form, RETIRED),
		.needs = needs,
	};
	int64_t id;

	TRY(form_page_number(form, NEEDED, "needed", 0, &type.needed, err));
	TRY(take_needs(f, form, needs, &type.need_count, err));
	TRY(shift_type_set(kiosk_of(app)->db, &act, &type, &id, err));
	*ret_done = _("The kind of shift is kept");
	return 0;
}

static const struct screen type_screen = FORM_PAGE(N_("Kind of shift"));

/* 0: a new kind. */
static void type_form_open(struct app *app, int64_t type)
{
	static const struct clerk_field blames[] = {
		{ REASON_NONE, "name", NAME },
		{ REASON_NONE, "purpose", PURPOSE },
		{ REASON_NONE, "place", PLACE },
		{ REASON_NONE, "needed", NEEDED },
		{ REASON_NONE, "needs", FIXED_COUNT },
		{ REASON_NAME_EXISTS, "", NAME },
	};
	struct db *db = kiosk_of(app)->db;
	struct type_form *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	if ((type && shift_type_get(db, type, &f->type, &err) < 0) ||
		duty_role_list(db, &f->roles, &err) < 0) {
		type_form_finish(f);
		clerk_tell_err(app, &err);
		return;
	}
	const struct form_page_request request = {
		.screen = &type_screen,
		.fields = f->fields,
		.count = add_fields(f),
		.context = f,
		.show = show_type,
		.save = save_type,
		.blames = blames,
		.blame_count = ARRAY_LEN(blames),
		.finish = type_form_finish,
	};
	form_page_open(app, &request);
}

/* ---- a new role ---- */

enum { ROLE_NAME, ROLE_CODE, ROLE_FIELDS };

static const struct form_field role_fields[ROLE_FIELDS] = {
	[ROLE_NAME] = { .label = N_("Name of the role"),
		.kind = FORM_TEXT,
		.max_chars = 20,
		.is_chinese = true },
	[ROLE_CODE] = { .label = NC_("word", "Its code"),
		.kind = FORM_TEXT,
		.hint = N_("small letters, such as first-aid"),
		.max_chars = 20 },
};

static int save_role(struct app *app, void *context, const struct form *form, const char **ret_done,
	struct err *err)
{
	struct act act = clerk_act(app, 0);
	int64_t id;

	(void)context;
	TRY(duty_role_add(kiosk_of(app)->db, &act, form_text(form, ROLE_CODE),
		form_text(form, ROLE_NAME), &id, err));
	*ret_done = _("Volunteers can have this role from now on");
	return 0;
}

static const struct screen role_screen = FORM_PAGE(N_("New role"));

static void add_role(struct app *app, void *self)
{
	static const struct clerk_field blames[] = {
		{ REASON_NONE, "name", ROLE_NAME },
		{ REASON_NONE, "code", ROLE_CODE },
		{ REASON_NAME_EXISTS, "", ROLE_CODE },
	};
	const struct form_page_request request = {
		.screen = &role_screen,
		.fields = role_fields,
		.count = ROLE_FIELDS,
		.save = save_role,
		.blames = blames,
		.blame_count = ARRAY_LEN(blames),
	};

	(void)self;
	form_page_open(app, &request);
}

/* ---- the list ---- */

struct types {
	struct list_page page;
	struct shift_type_list all;
	struct duty_role_list roles;
};

enum { COLUMN_NAME, COLUMN_PEOPLE, COLUMN_PLACE, COLUMN_HOURS };

static const struct list_column columns[] = {
	[COLUMN_NAME] = { N_("Shift"), .min = 10, .max = 24 },
	[COLUMN_PEOPLE] = { NC_("count", "People"), .min = 12, .max = 30 },
	[COLUMN_PLACE] = { NC_("shift", "Place"), .min = 8 },
	[COLUMN_HOURS] = { N_("Hours"), .min = 8, .max = 22 },
};

/* "3  ★  急救 1" */
static char *people_text(const struct types *t, const struct shift_type *type)
{
	char *text = mem_printf("%" PRId64 "%s", type->needed, type->wants_leader ? "  ★" : "");

	for (int i = 0; i < type->need_count; i++) {
		const struct duty_role *role = duty_role_of(&t->roles, type->needs[i].role);
		CLEANUP(mem_free) char *before = text;
		text = mem_printf(
			"%s  %s %" PRId64, before, role ? role->name : "?", type->needs[i].needed);
	}
	return text;
}

static const char *hours_text(const struct shift_type *type)
{
	if (!type->is_creditable)
		return _("do not count");
	return type->is_reportable ? _("count") : _("count, not reported");
}

static void shift_types_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct types *t = self;
	const struct shift_type *type = row;

	ret->style = column == COLUMN_NAME ? STYLE_STRONG : STYLE_PAPER;
	switch (column) {
	case COLUMN_NAME:
		ret->text = mem_text(type->name);
		break;
	case COLUMN_PEOPLE:
		ret->text = people_text(t, type);
		break;
	case COLUMN_PLACE:
		ret->text = mem_text(type->place);
		break;
	default:
		ret->text = mem_text(hours_text(type));
	}
}

static int shift_types_read(void *self, struct err *err)
{
	struct types *t = self;
	struct db *db = t->page.kiosk->db;

	TRY(duty_role_list(db, &t->roles, err));
	return shift_type_list(db, &t->all, err);
}

static void shift_types_forget(void *self)
{
	struct types *t = self;

	shift_type_list_finish(&t->all);
	duty_role_list_finish(&t->roles);
}

static void shift_types_change(struct app *app, void *self)
{
	type_form_open(app, ((const struct shift_type *)list_page_row(self))->id);
}

static void shift_types_add(struct app *app, void *self)
{
	(void)self;
	type_form_open(app, 0);
}

static const struct action shift_types_actions[] = {
	{ K_ENTER, N_("Edit"), N_("Opens the kind of shift that is marked."), shift_types_change,
		list_page_has_row },
	{ '1', N_("New kind"), N_("Adds a kind of shift."), shift_types_add, .place = ACTION_TILE },
	{ '2', N_("New role"), N_("Adds a role that volunteers have and shifts ask for."), add_role,
		.place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind shift_types_page = {
	.screen = LIST_PAGE("shift_types", N_("Kinds of shifts"), shift_types_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct types, all),
	.empty = N_("There are no kinds of shifts yet."),
	.read = shift_types_read,
	.forget = shift_types_forget,
	.cell = shift_types_cell,
};

void shift_types_open(struct app *app)
{
	list_page_open(app, &shift_types_page);
}

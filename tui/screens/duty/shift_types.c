/* Kinds of shifts: a list, a form for one of them, and new roles that they may ask for. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/duty_role.h"
#include "core/duty/shift_type.h"
#include "tui/pages/form_page.h"
#include "tui/pages/list_page.h"
#include "tui/screens/duty/duty.h"

/* ---- the form: what every kind has, then a field for each role but the leader ---- */

enum { NAME, PURPOSE, PLACE, NEEDED, LEADER, CREDITED, REPORTED, RETIRED, FIXED_COUNT };

#define PEOPLE_MAX 999999999

struct type_form {
	struct shift_type type;
	struct duty_role_list roles;
	const struct duty_role *asked[DUTY_ROLES_MAX]; /* all but the leader */
	int asked_count;
	int64_t needs[DUTY_ROLES_MAX]; /* of each that is asked */
};

#define TYPE_TEXT(label_, chars, name, member)                                          \
	{                                                                               \
		FIELD_CHINESE(label_, chars), BIND_TEXT(name, struct type_form, member) \
	}
#define TYPE_FACT(label_, help_, member)                                              \
	{                                                                             \
		FIELD_CHECK(label_), HELP(help_), BIND_FACT(struct type_form, member) \
	}

static const struct form_row type_rows[FIXED_COUNT + DUTY_ROLES_MAX] = {
	[NAME] = { FIELD_CHINESE(NC_("thing", "Name"), 20),
		BIND_TEXT("name", struct type_form, type.name), .codes = { REASON_NAME_EXISTS } },
	[PURPOSE] = TYPE_TEXT(N_("What for"), 30, "purpose", type.purpose),
	[PLACE] = TYPE_TEXT(NC_("shift", "Place"), 30, "place", type.place),
	[NEEDED] = { FIELD_DIGITS(N_("People needed"), 3), HELP(N_("the leader among them")),
		BIND_NUMBER_OR(0, "needed", struct type_form, type.needed, 0, PEOPLE_MAX) },
	[LEADER] = TYPE_FACT(N_("One leads (★)"), NULL, type.wants_leader),
	[CREDITED] = TYPE_FACT(
		N_("Its hours count"), N_("as certified service hours"), type.is_creditable),
	[REPORTED] = TYPE_FACT(N_("i-Volunteer takes them"),
		N_("not: desk duty of staff, meetings, lectures"), type.is_reportable),
	[RETIRED] =
		TYPE_FACT(N_("No more of it"), N_("what is on the roster stays"), type.is_retired),
};

static bool shift_types_leads(const struct duty_role *role)
{
	return strcmp(role->code, DUTY_ROLE_LEADER) == 0;
}

static int64_t shift_types_needed_of(const struct shift_type *type, int64_t role)
{
	for (int i = 0; i < type->need_count; i++)
		if (type->needs[i].role == role)
			return type->needs[i].needed;
	return 0;
}

static int type_form_load(struct app *app, void *self, struct err *err)
{
	struct type_form *f = self;
	struct db *db = kiosk_of(app)->db;

	if (f->type.id)
		TRY(shift_type_get(db, f->type.id, &f->type, err));
	else
		f->type.is_creditable = f->type.is_reportable = true;
	f->type.is_retired = false;
	TRY(duty_role_list(db, &f->roles, err));
	for (int i = 0; i < f->roles.count; i++) {
		if (shift_types_leads(&f->roles.rows[i]))
			continue;
		f->needs[f->asked_count] = shift_types_needed_of(&f->type, f->roles.rows[i].id);
		f->asked[f->asked_count++] = &f->roles.rows[i];
	}
	return 0;
}

/* The fields of the roles follow the fixed ones, in their order. */
static int type_form_shape(void *self, struct form_row *copy)
{
	const struct type_form *f = self;

	for (int i = 0; i < f->asked_count; i++) {
		copy[FIXED_COUNT + i] = (struct form_row){
			FIELD_DIGITS(f->asked[i]->name, 3),
			HINT(N_("none")),
			HELP(N_("so many of these people")),
			BIND_NUMBER_OR(0, "needs", struct type_form, needs[0], 0, PEOPLE_MAX),
		};
		copy[FIXED_COUNT + i].offset += (size_t)i * sizeof(f->needs[0]);
	}
	return FIXED_COUNT + f->asked_count;
}

static int type_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct type_form *f = filled;
	const struct act act = clerk_act(app, 0);
	struct shift_need needs[DUTY_ROLES_MAX];
	struct shift_type type = f->type;
	int64_t id;

	type.needs = needs;
	type.need_count = 0;
	for (int i = 0; i < f->asked_count; i++)
		if (f->needs[i] > 0)
			needs[type.need_count++] =
				(struct shift_need){ f->asked[i]->id, f->needs[i] };
	TRY(shift_type_set(kiosk_of(app)->db, &act, &type, &id, err));
	form_done(done, _("The kind of shift is kept"), NULL);
	return 0;
}

static void type_form_finish(void *self)
{
	struct type_form *f = self;

	shift_type_finish(&f->type);
	duty_role_list_finish(&f->roles);
}

static const struct form_page type_page = {
	.screen = FORM_SCREEN(N_("Kind of shift")),
	.rows = type_rows,
	.count = ARRAY_LEN(type_rows),
	.size = sizeof(struct type_form),
	.hush = FORM_HUSH_OPEN,
	.load = type_form_load,
	.shape = type_form_shape,
	.save = type_form_save,
	.finish = type_form_finish,
};

/* 0: a new kind. */
static void type_form_open(struct app *app, int64_t type)
{
	form_page_open(app, &type_page, &(struct type_form){ .type = { .id = type } });
}

/* ---- a new role ---- */

enum { ROLE_NAME, ROLE_CODE, ROLE_FIELDS };

struct role_form {
	const char *name, *code;
};

static const struct form_row role_rows[ROLE_FIELDS] = {
	[ROLE_NAME] = { FIELD_CHINESE(N_("Name of the role"), 20),
		BIND_TEXT("name", struct role_form, name) },
	[ROLE_CODE] = { FIELD_TEXT(NC_("word", "Its code"), 20),
		HINT(N_("small letters, such as first-aid")),
		BIND_TEXT("code", struct role_form, code), .codes = { REASON_NAME_EXISTS } },
};

static int shift_types_role_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct role_form *f = filled;
	const struct act act = clerk_act(app, 0);
	int64_t id;

	TRY(duty_role_add(kiosk_of(app)->db, &act, f->code, f->name, &id, err));
	form_done(done, _("Volunteers can have this role from now on"), NULL);
	return 0;
}

static const struct form_page role_page = {
	.screen = FORM_SCREEN(N_("New role")),
	.rows = role_rows,
	.count = ROLE_FIELDS,
	.size = sizeof(struct role_form),
	.hush = FORM_HUSH_OPEN,
	.save = shift_types_role_form_save,
};

static void shift_types_add_role(struct app *app, void *self)
{
	form_page_open(app, &role_page, &(struct role_form){ 0 });
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
static char *shift_types_people_text(const struct types *t, const struct shift_type *type)
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

static const char *shift_types_hours_text(const struct shift_type *type)
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
		ret->text = shift_types_people_text(t, type);
		break;
	case COLUMN_PLACE:
		ret->text = mem_text(type->place);
		break;
	default:
		ret->text = mem_text(shift_types_hours_text(type));
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
	{ '2', N_("New role"), N_("Adds a role that volunteers have and shifts ask for."),
		shift_types_add_role, .place = ACTION_TILE },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind shift_types_page = {
	.screen = LIST_PAGE(N_("Kinds of shifts"), shift_types_actions),
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

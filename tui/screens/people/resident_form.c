/* Registers a resident, or changes what is kept about one. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/child.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/site/setting.h"
#include "core/words.h"
#include "tui/pages/form_page.h"
#include "tui/pages/reason.h"
#include "tui/screens/people/people.h"
#include "tui/widgets/dialog.h"

enum {
	NAME,
	ALIAS,
	PHONE,
	BUILDING,
	ROOM,
	CATEGORY,
	BORN,
	GUARDIAN,
	FETCHERS,
	WALL,
	NOTE,
	CONSENT,
	FIELD_COUNT
};

struct record {
	int64_t id;                    /* 0: somebody new */
	struct resident_person person; /* what is kept about them */
	int64_t born;                  /* a year; 0: not known */
	char *guardian_text, *fetchers;
	int64_t guardian; /* the person whom guardian_text names; 0: nobody */
	int category, wall;
	bool has_agreed;
	struct resident_category *categories;
	int category_count;
	char *notice;              /* the version in force */
	struct resident_pick pick; /* who wants to know the new one; done NULL: nobody */
	/* while the form is open */
	bool is_wall_chosen, was_child;
	int64_t twin;             /* the number of the person who may be the same */
	const char *override_why; /* why it is a different person */
	int64_t added;
};

static const char *const wall_names[] = { N_("full name"), N_("form of address"), N_("masked"),
	NULL };
_Static_assert(ARRAY_LEN(wall_names) == WALL_COUNT + 1, "a word for each choice");

static int resident_form_guardian(struct app *app, void *self, void *filled, struct err *err);

#define TEXT(name, member) BIND_TEXT(name, struct record, member)

static const struct form_row rows[FIELD_COUNT] = {
	[NAME] = { FIELD_CHINESE(NC_("person", "Name"), RESIDENT_NAME_MAX),
		HELP(N_("The key ` writes the dot between the parts of a name")),
		TEXT("name", person.name) },
	[ALIAS] = { FIELD_CHINESE(N_("Form of address"), RESIDENT_NAME_MAX),
		HINT(N_("Uncle Xiang, if they like")), TEXT("alias", person.alias) },
	[PHONE] = { FIELD_DIGITS(N_("Phone"), 15), TEXT("phone", person.phone) },
	[BUILDING] = { FIELD_CHINESE(N_("Building"), 20), HINT(N_("such as: 3")),
		TEXT("building", person.building) },
	[ROOM] = { FIELD_TEXT(N_("Room"), 20), HINT("502"), TEXT("room", person.room) },
	[CATEGORY] = { FIELD_CHOICE(N_("Category"), NULL), BIND_CHOICE(struct record, category) },
	[BORN] = { FIELD_DIGITS(N_("Year of birth"), 4), HINT(N_("if they like")),
		BIND_NUMBER_OR(0, "birth_year", struct record, born, 0, 9999) },
	[GUARDIAN] = { FIELD_CHINESE(N_("Guardian"), RESIDENT_NAME_MAX), HINT(N_("of a child")),
		HELP(N_("Name or number of an adult; F7 finds or registers them")),
		TEXT(NULL, guardian_text), .take = resident_form_guardian,
		.codes = { REASON_GUARDIAN_NEEDED, REASON_GUARDIAN_UNFIT, REASON_PERSON_SEVERAL,
			REASON_RESIDENT_UNKNOWN, REASON_RESIDENT_LEFT } },
	[FETCHERS] = { FIELD_CHINESE(N_("May fetch it"), 120), HINT(N_("beside the guardian")),
		HELP(N_("Numbers of residents or names, parted by ;")), TEXT("fetchers", fetchers),
		.codes = { REASON_FETCHER_BAD, REASON_FETCHERS_MANY } },
	[WALL] = { FIELD_CHOICE(N_("Name on the wall"), wall_names),
		HELP(N_("On rosters. Borrowers are always masked.")),
		BIND_CHOICE(struct record, wall) },
	[NOTE] = { FIELD_CHINESE(N_("Note"), 200), HINT(N_("for staff alone")),
		TEXT("note", person.note) },
	[CONSENT] = { FIELD_CHECK(N_("Consent")),
		HINT(N_("The notice was read out and the person agrees")),
		HELP(N_("Space ticks it")), BIND_FACT(struct record, has_agreed),
		.codes = { REASON_RESIDENT_NO_CONSENT } },
};

/* ---- reading ---- */

static int resident_form_read_categories(struct db *db, struct record *record, struct err *err)
{
	int count = resident_categories(db, &record->categories, err);

	TRY(count);
	record->category_count = count;
	for (int i = 0; i < count; i++)
		form_page_pick(
			record, CATEGORY, record->categories[i].id, record->categories[i].name);
	return 0;
}

static int resident_form_category_index(const struct record *record, int64_t id)
{
	int index = 0;

	while (index < record->category_count && record->categories[index].id != id)
		index++;
	return index;
}

/* "12 何姨；李奶奶": numbers with the names that go with them. */
static int resident_form_read_fetchers(struct db *db, struct record *record, struct err *err)
{
	CLEANUP(fetcher_list_finish) struct fetcher_list list = { 0 };

	TRY(fetchers_of(db, record->id, &list, err));
	record->fetchers = mem_text("");
	for (int i = 0; i < list.count; i++) {
		CLEANUP(mem_free) char *before = record->fetchers;
		CLEANUP(mem_free)
		char *number = list.rows[i].number
				       ? mem_printf("%lld ", (long long)list.rows[i].number)
				       : mem_text("");
		record->fetchers = mem_printf(
			"%s%s%s%s", before, *before ? "；" : "", number, list.rows[i].name);
	}
	return 0;
}

static int resident_form_read_kept_guardian(
	struct db *db, struct record *record, int64_t id, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person guardian = { 0 };

	if (!id)
		return 0;
	TRY(resident_person(db, id, &guardian, err));
	record->guardian = id;
	record->guardian_text = mem_text(guardian.name);
	return 0;
}

static int resident_form_read_kept(struct db *db, struct record *record, struct err *err)
{
	struct resident resident;

	TRY(resident_get(db, record->id, &resident, err));
	TRY(resident_person(db, record->id, &record->person, err));
	record->category = resident_form_category_index(record, resident.category);
	record->wall = (int)resident.wall_name;
	record->born = record->person.birth_year;
	TRY(resident_form_read_fetchers(db, record, err));
	return resident_form_read_kept_guardian(db, record, resident.guardian, err);
}

static int resident_form_load(struct app *app, void *self, struct err *err)
{
	struct record *record = self;
	struct db *db = kiosk_of(app)->db;
	int64_t usual;

	TRY(setting_text(db, SETTING_CONSENT_VERSION, &record->notice, err));
	TRY(resident_form_read_categories(db, record, err));
	if (record->id)
		return resident_form_read_kept(db, record, err);
	TRY(resident_category_by_code(db, "resident", &usual, err));
	record->category = resident_form_category_index(record, usual);
	return 0;
}

/* Existing residents have agreed, or are asked elsewhere. */
static int resident_form_shape(void *self, struct form_row *copy)
{
	return ((struct record *)self)->id ? CONSENT : FIELD_COUNT;
}

static void resident_form_finish(void *self)
{
	struct record *record = self;

	resident_person_finish(&record->person);
	resident_categories_finish(record->categories, record->category_count);
	free(record->notice);
	free(record->guardian_text);
	free(record->fetchers);
}

/* ---- saving ---- */

/* The person whom the field names: chosen before, or else the only match. */
static int resident_form_guardian(struct app *app, void *self, void *filled, struct err *err)
{
	CLEANUP(resident_page_finish) struct resident_page page = { 0 };
	const struct record *before = self;
	struct record *record = filled;
	const struct resident_query query = { .text = record->guardian_text, .limit = 2 };

	record->guardian = 0;
	if (!*query.text)
		return 0;
	if (before->guardian && strcmp(query.text, before->guardian_text) == 0) {
		record->guardian = before->guardian;
		return 0;
	}
	TRY(resident_find(kiosk_of(app)->db, &query, &page, err));
	if (page.count == 0)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_UNKNOWN));
	if (page.count > 1)
		return err_set(err, ERR_REFUSED, REASON_TEXT(PERSON_SEVERAL, query.text));
	record->guardian = page.hits[0].id;
	return 0;
}

static int resident_form_add(
	struct app *app, const struct record *record, int64_t *ret_id, struct err *err)
{
	struct act act = clerk_act(app, 0);
	const char *exception = record->override_why;
	CLEANUP(mem_free) char *why = exception ? clerk_why(&act, exception) : NULL;
	const struct resident_new resident = {
		.name = record->person.name,
		.alias = record->person.alias,
		.phone = record->person.phone,
		.building = record->person.building,
		.room = record->person.room,
		.category = record->categories[record->category].code,
		.birth_year = (int)record->born,
		.guardian = record->guardian,
		.fetchers = record->fetchers,
		.note = record->person.note,
		.wall_name = (enum wall_name)record->wall,
		.is_wall_chosen = true,
		.consent_version = record->has_agreed ? record->notice : NULL,
	};

	act.is_override = why != NULL;
	act.why = why ? why : act.why;
	return resident_add(kiosk_of(app)->db, &act, &resident, ret_id, err);
}

static int resident_form_change(
	struct app *app, const struct record *before, const struct record *record, struct err *err)
{
	const struct act act = clerk_act(app, record->id);
	struct resident_edit edit = RESIDENT_EDIT_INIT;

	edit.guardian = record->guardian;
	edit.name = record->person.name;
	edit.alias = record->person.alias;
	edit.phone = record->person.phone;
	edit.building = record->person.building;
	edit.room = record->person.room;
	edit.category = record->categories[record->category].code;
	edit.birth_year = (int)record->born;
	edit.note = record->person.note;
	if (strcmp(record->fetchers, before->fetchers) != 0)
		edit.fetchers = record->fetchers;
	edit.wall_name = record->wall;
	return resident_edit(kiosk_of(app)->db, &act, record->id, &edit, err);
}

static int resident_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	struct record *record = self;

	if (record->id) {
		form_done(done, _("Saved"), NULL);
		return resident_form_change(app, record, filled, err);
	}
	return resident_form_add(app, filled, &record->added, err);
}

static void resident_form_saved(struct app *app, void *self, const struct form_done *done)
{
	const struct record *record = self;

	app_pop(app);
	if (record->id)
		clerk_tell_done(app, done->title, done->text);
	else if (record->pick.done)
		record->pick.done(app, record->pick.context, record->added);
	else
		resident_page_open_new(app, record->added);
}

/* ---- somebody who may be here already ---- */

static void resident_form_save_anyway(struct app *app, void *context, const char *why)
{
	struct record *record = context;

	record->override_why = why;
	if (why)
		form_page_submit(app, record);
	record->override_why = NULL;
}

static void resident_form_open_twin(struct app *app, struct record *record)
{
	struct resident resident;
	struct err err = { 0 };

	if (resident_by_number(kiosk_of(app)->db, record->twin, &resident, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	app_pop(app);
	resident_page_open(app, resident.id);
}

static void resident_form_answered(struct app *app, void *context, int button)
{
	struct record *record = context;
	const struct reason_request request = {
		.title = _("Register a second person"),
		.text = form_text(form_page_form(record), NAME),
		.done = resident_form_save_anyway,
		.context = record,
	};

	if (button == 0)
		resident_form_open_twin(app, record);
	else if (button == 1)
		reason_open(app, &request);
}

static bool resident_form_refused(struct app *app, void *self, const struct err *err)
{
	const char *const buttons[] = { _("Show that person"), _("It is somebody else"), _("Back"),
		NULL };
	struct record *record = self;
	int64_t now = kiosk_now(kiosk_of(app));
	const struct reason *reason = &err->reasons[0];

	if (!err_has(err, REASON_PERSON_EXISTS))
		return false;
	while (reason->code != REASON_PERSON_EXISTS)
		reason++;
	record->twin = reason->n1;
	CLEANUP(mem_free) char *why = words_reason(reason, now);
	CLEANUP(mem_free) char *cure = words_cure(reason, now);
	const struct dialog_line line = { why, cure };
	const struct dialog dialog = {
		.kind = BANNER_NEEDED,
		.title = _("Is this person here already?"),
		.lines = &line,
		.line_count = 1,
		.buttons = buttons,
		.done = resident_form_answered,
		.context = record,
	};
	app_sound(app, SOUND_NEEDED);
	dialog_open(app, &dialog);
	return true;
}

/* ---- the guardian ---- */

static void resident_form_picked(struct app *app, void *context, int64_t resident)
{
	struct record *record = context;
	struct form *form = form_page_form(record);
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct err err = { 0 };

	if (resident_person(kiosk_of(app)->db, resident, &person, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	record->guardian = resident;
	free(record->guardian_text);
	record->guardian_text = mem_text(person.name);
	form_set_text(form, GUARDIAN, person.name);
	form_activate(form, FETCHERS);
	app_redraw(app);
}

static void resident_form_pick_guardian(struct app *app, void *self)
{
	const struct resident_pick pick = { .done = resident_form_picked, .context = self };

	resident_pick_open(app, &pick);
}

/* ---- keys and drawing ---- */

static bool resident_form_is_child(struct app *app, const struct record *record)
{
	const struct form *form = form_page_form(record);
	const char *category = record->categories[form_choice(form, CATEGORY)].code;

	return AGE_IS_CHILD(
		age_of(category, atoi(form_text(form, BORN)), when_day(kiosk_now(kiosk_of(app)))));
}

static void resident_form_show(struct app *app, void *self, struct form *form)
{
	struct record *record = self;

	record->was_child = resident_form_is_child(app, record);
}

/* A child is masked on the wall, until somebody says otherwise. */
static void resident_form_changed(struct app *app, void *self)
{
	struct record *record = self;
	struct form *form = form_page_form(self);
	bool was_child = record->was_child;

	record->was_child = resident_form_is_child(app, record);
	if (form_choice(form, WALL) != record->wall)
		record->is_wall_chosen = true;
	if (!record->id && !record->is_wall_chosen && record->was_child != was_child)
		form_set_choice(form, WALL, was_child ? WALL_FULL : WALL_MASKED);
	record->wall = form_choice(form, WALL);
}

static void resident_form_head(struct app *app, void *self, struct rect *area)
{
	const struct record *record = self;

	if (record->id) {
		draw_text(*area, 0, 0, STYLE_STRONG, _("What is kept of this person"));
	} else {
		int col = draw_text(*area, 0, 0, STYLE_STRONG, _("A new resident")) + 2;
		draw_textf(
			*area, 0, col, STYLE_QUIET, _("read out notice %s first"), record->notice);
	}
	rect_cut_top(area, 2);
}

static const struct action actions[] = {
	{ K_F10, N_("Save"), N_("Saves what is written; so does Enter in the last field."),
		form_page_submit },
	{ K_F7, N_("Find guardian"), N_("Finds or registers the guardian of a child."),
		resident_form_pick_guardian },
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, form_page_back },
	{ 0 },
};

static const struct form_page record_page = {
	.screen = FORM_SCREEN_WITH(N_("Resident"), actions, clerk_scan_later),
	.rows = rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct record),
	.hush = FORM_HUSH_ALL,
	.roomy_rows = 20,
	.load = resident_form_load,
	.shape = resident_form_shape,
	.show = resident_form_show,
	.head = resident_form_head,
	.changed = resident_form_changed,
	.save = resident_form_save,
	.saved = resident_form_saved,
	.refused = resident_form_refused,
	.finish = resident_form_finish,
};

void resident_form_open(struct app *app, int64_t resident)
{
	form_page_open(app, &record_page, &(struct record){ .id = resident });
}

void resident_form_open_for(struct app *app, const struct resident_pick *pick)
{
	form_page_open(app, &record_page, &(struct record){ .pick = *pick });
}

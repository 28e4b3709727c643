/* Registers a resident, or changes what is kept of one. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/site/setting.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
#include "tui/widgets/dialog.h"

enum { NAME, ALIAS, PHONE, BUILDING, ROOM, CATEGORY, WALL, CONSENT, FIELD_COUNT };

struct record {
	struct app *app;
	struct kiosk *kiosk;
	int64_t id; /* 0: somebody new */
	struct form_field fields[FIELD_COUNT];
	int field_count;
	struct resident_category *categories;
	int category_count;
	const char **category_names; /* NULL-terminated, for the form */
	char *notice;                /* the version that is in force */
	struct form *form;
	char *state;  /* as it was at first */
	int64_t twin; /* the number of whom it may be already */
};

static const struct screen record_screen;

/* ---- the form ---- */

static const char *const wall_names[] = { N_("full name"), N_("form of address"), N_("masked"),
	NULL };
_Static_assert(ARRAY_LEN(wall_names) == WALL_COUNT + 1, "a word for each choice");

static const struct form_field field_table[FIELD_COUNT] = {
	[NAME] = { .label = NC_("person", "Name"),
		.kind = FORM_TEXT,
		.help = N_("The key ` writes the dot between the parts of a name"),
		.max_chars = RESIDENT_NAME_MAX,
		.is_chinese = true },
	[ALIAS] = { .label = N_("Form of address"),
		.kind = FORM_TEXT,
		.hint = N_("Uncle Xiang, if they like"),
		.max_chars = RESIDENT_NAME_MAX,
		.is_chinese = true },
	[PHONE] = { .label = N_("Phone"), .kind = FORM_DIGITS, .max_chars = 15 },
	[BUILDING] = { .label = N_("Building"),
		.hint = N_("such as: 3"),
		.kind = FORM_TEXT,
		.max_chars = 20,
		.is_chinese = true },
	[ROOM] = { .label = N_("Room"), .kind = FORM_TEXT, .hint = "502", .max_chars = 20 },
	[CATEGORY] = { .label = N_("Category"), .kind = FORM_CHOICE },
	[WALL] = { .label = N_("Name on the wall"),
		.kind = FORM_CHOICE,
		.help = N_("On rosters. Borrowers are always masked."),
		.choices = wall_names },
	[CONSENT] = { .label = N_("Consent"),
		.kind = FORM_CHECK,
		.hint = N_("The notice was read out and the person agrees"),
		.help = N_("Space ticks it") },
};

static int read_categories(struct record *record, struct err *err)
{
	int count = resident_categories(record->kiosk->db, &record->categories, err);

	TRY(count);
	record->category_count = count;
	record->category_names = mem_alloc((size_t)(count + 1) * sizeof(char *));
	for (int i = 0; i < count; i++)
		record->category_names[i] = record->categories[i].name;
	return 0;
}

static int category_index(const struct record *record, int64_t id)
{
	int index = 0;

	while (index < record->category_count && record->categories[index].id != id)
		index++;
	return index;
}

static int fill_in(struct record *record, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct resident resident;

	if (!record->id) {
		int64_t usual;
		TRY(resident_category_by_code(record->kiosk->db, "resident", &usual, err));
		form_set_choice(record->form, CATEGORY, category_index(record, usual));
		return 0;
	}
	TRY(resident_get(record->kiosk->db, record->id, &resident, err));
	TRY(resident_person(record->kiosk->db, record->id, &person, err));
	form_set_text(record->form, NAME, person.name);
	form_set_text(record->form, ALIAS, person.alias);
	form_set_text(record->form, PHONE, person.phone);
	form_set_text(record->form, BUILDING, person.building);
	form_set_text(record->form, ROOM, person.room);
	form_set_choice(record->form, CATEGORY, category_index(record, resident.category));
	form_set_choice(record->form, WALL, (int)resident.wall_name);
	return 0;
}

static int prepare(struct record *record, struct err *err)
{
	TRY(setting_text(record->kiosk->db, SETTING_CONSENT_VERSION, &record->notice, err));
	TRY(read_categories(record, err));
	memcpy(record->fields, field_table, sizeof(field_table));
	record->fields[CATEGORY].choices = (const char *const *)record->category_names;
	record->field_count = record->id ? CONSENT : FIELD_COUNT;
	record->form = form_create(
		record->fields, record->field_count, record, kiosk_pinyin(record->kiosk));
	TRY(fill_in(record, err));
	record->state = clerk_form_state(record->form, record->field_count);
	return 0;
}

static void record_free(struct record *record)
{
	form_destroy(record->form);
	resident_categories_finish(record->categories, record->category_count);
	free(record->category_names);
	free(record->notice);
	free(record->state);
	free(record);
}

void resident_form_open(struct app *app, int64_t resident)
{
	struct record *record = mem_alloc(sizeof(*record));
	struct err err = { 0 };

	record->app = app;
	record->kiosk = kiosk_of(app);
	record->id = resident;
	if (prepare(record, &err) < 0) {
		record_free(record);
		clerk_tell_err(app, &err);
		return;
	}
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

/* ---- saving ---- */

static const struct clerk_field blamed[] = {
	{ .name = "name", .field = NAME },
	{ .name = "alias", .field = ALIAS },
	{ .name = "phone", .field = PHONE },
	{ .name = "building", .field = BUILDING },
	{ .name = "room", .field = ROOM },
	{ .code = REASON_RESIDENT_NO_CONSENT, .name = "", .field = CONSENT },
};

static const char *text(const struct record *record, int field)
{
	return form_text(record->form, field);
}

static int add(struct record *record, const char *override_why, int64_t *ret_id, struct err *err)
{
	struct act act = clerk_act(record->app, 0);
	CLEANUP(mem_free) char *why = override_why ? clerk_why(&act, override_why) : NULL;
	const struct resident_new resident = {
		.name = text(record, NAME),
		.alias = text(record, ALIAS),
		.phone = text(record, PHONE),
		.building = text(record, BUILDING),
		.room = text(record, ROOM),
		.category = record->categories[form_choice(record->form, CATEGORY)].code,
		.wall_name = (enum wall_name)form_choice(record->form, WALL),
		.consent_version = form_choice(record->form, CONSENT) ? record->notice : NULL,
	};

	act.is_override = why != NULL;
	act.why = why ? why : act.why;
	return resident_add(record->kiosk->db, &act, &resident, ret_id, err);
}

static int change(struct record *record, struct err *err)
{
	const struct act act = clerk_act(record->app, record->id);
	struct resident_edit edit = RESIDENT_EDIT_INIT;

	edit.name = text(record, NAME);
	edit.alias = text(record, ALIAS);
	edit.phone = text(record, PHONE);
	edit.building = text(record, BUILDING);
	edit.room = text(record, ROOM);
	edit.category = record->categories[form_choice(record->form, CATEGORY)].code;
	edit.wall_name = form_choice(record->form, WALL);
	return resident_edit(record->kiosk->db, &act, record->id, &edit, err);
}

static void ask_twin(struct record *record, const struct err *err);

static void complain(struct record *record, const struct err *err)
{
	if (err_has(err, REASON_PERSON_EXISTS))
		ask_twin(record, err);
	else
		clerk_blame(record->app, record->form, blamed, ARRAY_LEN(blamed), err);
}

static void save_new(struct record *record, const char *override_why)
{
	struct app *app = record->app;
	struct err err = { 0 };
	int64_t id = 0;

	if (add(record, override_why, &id, &err) < 0) {
		complain(record, &err);
		return;
	}
	app_pop(app);
	resident_page_open_new(app, id);
}

static void save(struct app *app, void *self)
{
	struct record *record = self;
	struct err err = { 0 };

	clerk_hush(app);
	if (!record->id) {
		save_new(record, NULL);
	} else if (change(record, &err) < 0) {
		complain(record, &err);
	} else {
		app_pop(app);
		clerk_tell_done(app, _("Saved"), NULL);
	}
}

/* ---- somebody who may be here already ---- */

static void save_anyway(struct app *app, void *context, const char *why)
{
	(void)app;
	if (why)
		save_new(context, why);
}

static void open_twin(struct app *app, struct record *record)
{
	struct resident resident;
	struct err err = { 0 };

	if (resident_by_number(record->kiosk->db, record->twin, &resident, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	app_pop(app);
	resident_page_open(app, resident.id);
}

static void answered(struct app *app, void *context, int button)
{
	struct record *record = context;
	const struct reason_request request = {
		.title = _("Register a second person"),
		.text = text(record, NAME),
		.done = save_anyway,
		.context = record,
	};

	if (button == 0)
		open_twin(app, record);
	else if (button == 1)
		reason_open(app, &request);
}

static void ask_twin(struct record *record, const struct err *err)
{
	const char *const buttons[] = { _("Show that person"), _("It is somebody else"), _("Back"),
		NULL };
	int64_t now = kiosk_now(record->kiosk);
	const struct reason *reason = &err->reasons[0];

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
		.done = answered,
		.context = record,
	};
	app_sound(record->app, SOUND_NEEDED);
	dialog_open(record->app, &dialog);
}

/* ---- keys and drawing ---- */

static void stop(struct app *app, void *self)
{
	struct record *record = self;

	clerk_leave_form(app, record->form, record->field_count, record->state);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct record *record = self;

	return clerk_form_key(app, record->form, key, save, record);
}

static void paste(struct app *app, void *self, const char *text)
{
	struct record *record = self;

	form_paste(record->form, text);
	app_redraw(app);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct record *record = self;

	area = rect_inset(area, 0, 2);
	if (area.rows > 20)
		rect_cut_top(&area, 1);
	if (record->id) {
		draw_text(area, 0, 0, STYLE_STRONG, _("What is kept of this person"));
	} else {
		int col = draw_text(area, 0, 0, STYLE_STRONG, _("A new resident")) + 2;
		draw_textf(
			area, 0, col, STYLE_QUIET, _("read out notice %s first"), record->notice);
	}
	rect_cut_top(&area, 2);
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
	.name = "resident_form",
	.title = N_("Resident"),
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

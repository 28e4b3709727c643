/* Registers a resident, or changes what is kept of one. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/child.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/site/setting.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"
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
	struct app *app;
	struct kiosk *kiosk;
	int64_t id; /* 0: somebody new */
	struct form_field fields[FIELD_COUNT];
	int field_count;
	struct resident_category *categories;
	int category_count;
	const char **category_names;    /* NULL-terminated, for the form */
	char *notice;                   /* the version that is in force */
	int64_t guardian;               /* whom guardian_text names; 0: nobody */
	char *guardian_text, *fetchers; /* as they were written into the form */
	bool is_wall_chosen;
	struct resident_pick pick; /* who wants to know the new one; done NULL: nobody */
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
	[BORN] = { .label = N_("Year of birth"),
		.kind = FORM_DIGITS,
		.hint = N_("if they like"),
		.max_chars = 4 },
	[GUARDIAN] = { .label = N_("Guardian"),
		.kind = FORM_TEXT,
		.hint = N_("of a child"),
		.help = N_("Name or number of an adult; F7 finds or registers them"),
		.max_chars = RESIDENT_NAME_MAX,
		.is_chinese = true },
	[FETCHERS] = { .label = N_("May fetch it"),
		.kind = FORM_TEXT,
		.hint = N_("beside the guardian"),
		.help = N_("Numbers of residents or names, parted by ;"),
		.max_chars = 120,
		.is_chinese = true },
	[WALL] = { .label = N_("Name on the wall"),
		.kind = FORM_CHOICE,
		.help = N_("On rosters. Borrowers are always masked."),
		.choices = wall_names },
	[NOTE] = { .label = N_("Note"),
		.kind = FORM_TEXT,
		.hint = N_("for staff alone"),
		.max_chars = 200,
		.is_chinese = true },
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

static void set_guardian(struct record *record, int64_t id, const char *name)
{
	record->guardian = id;
	free(record->guardian_text);
	record->guardian_text = mem_text(name);
	form_set_text(record->form, GUARDIAN, name);
}

/* "12 何姨；李奶奶": numbers with the names that go with them. */
static int fill_in_fetchers(struct record *record, struct err *err)
{
	CLEANUP(fetcher_list_finish) struct fetcher_list list = { 0 };

	TRY(fetchers_of(record->kiosk->db, record->id, &list, err));
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
	form_set_text(record->form, FETCHERS, record->fetchers);
	return 0;
}

static int fill_in_child(
	struct record *record, const struct resident *resident, int birth_year, struct err *err)
{
	CLEANUP(resident_person_finish) struct resident_person guardian = { 0 };
	CLEANUP(mem_free) char *year = birth_year ? mem_printf("%d", birth_year) : mem_text("");

	form_set_text(record->form, BORN, year);
	TRY(fill_in_fetchers(record, err));
	if (!resident->guardian)
		return 0;
	TRY(resident_person(record->kiosk->db, resident->guardian, &guardian, err));
	set_guardian(record, resident->guardian, guardian.name);
	return 0;
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
	form_set_text(record->form, NOTE, person.note);
	return fill_in_child(record, &resident, person.birth_year, err);
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
	free(record->guardian_text);
	free(record->fetchers);
	free(record->state);
	free(record);
}

static void record_open(struct app *app, int64_t resident, const struct resident_pick *pick)
{
	struct record *record = mem_alloc(sizeof(*record));
	struct err err = { 0 };

	record->app = app;
	record->kiosk = kiosk_of(app);
	record->id = resident;
	record->pick = *pick;
	if (prepare(record, &err) < 0) {
		record_free(record);
		clerk_tell_err(app, &err);
		return;
	}
	app_push(app, &record_screen, record);
}

void resident_form_open(struct app *app, int64_t resident)
{
	record_open(app, resident, &(struct resident_pick){ 0 });
}

void resident_form_open_for(struct app *app, const struct resident_pick *pick)
{
	record_open(app, 0, pick);
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
	{ .name = "note", .field = NOTE },
	{ .name = "birth_year", .field = BORN },
	{ .name = "fetchers", .field = FETCHERS },
	{ .code = REASON_FETCHER_BAD, .name = "", .field = FETCHERS },
	{ .code = REASON_FETCHERS_MANY, .name = "", .field = FETCHERS },
	{ .code = REASON_GUARDIAN_NEEDED, .name = "", .field = GUARDIAN },
	{ .code = REASON_GUARDIAN_UNFIT, .name = "", .field = GUARDIAN },
	{ .code = REASON_PERSON_SEVERAL, .name = "", .field = GUARDIAN },
	{ .code = REASON_RESIDENT_UNKNOWN, .name = "", .field = GUARDIAN },
	{ .code = REASON_RESIDENT_LEFT, .name = "", .field = GUARDIAN },
	{ .code = REASON_RESIDENT_NO_CONSENT, .name = "", .field = CONSENT },
};

static const char *text(const struct record *record, int field)
{
	return form_text(record->form, field);
}

static const char *category(const struct record *record)
{
	return record->categories[form_choice(record->form, CATEGORY)].code;
}

static int birth_year(const struct record *record)
{
	return atoi(text(record, BORN));
}

/* Whom the field names: by what was chosen before, else the only one who fits. */
static int read_guardian(struct record *record, int64_t *ret, struct err *err)
{
	CLEANUP(resident_page_finish) struct resident_page page = { 0 };
	const struct resident_query query = { .text = text(record, GUARDIAN), .limit = 2 };

	*ret = 0;
	if (!*query.text)
		return 0;
	if (record->guardian && strcmp(query.text, record->guardian_text) == 0) {
		*ret = record->guardian;
		return 0;
	}
	TRY(resident_find(record->kiosk->db, &query, &page, err));
	if (page.count == 0)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_UNKNOWN));
	if (page.count > 1)
		return err_set(err, ERR_REFUSED, REASON_TEXT(PERSON_SEVERAL, query.text));
	*ret = page.hits[0].id;
	return 0;
}

static int add(struct record *record, const char *override_why, int64_t *ret_id, struct err *err)
{
	int64_t guardian;

	TRY(read_guardian(record, &guardian, err));
	struct act act = clerk_act(record->app, 0);
	CLEANUP(mem_free) char *why = override_why ? clerk_why(&act, override_why) : NULL;
	const struct resident_new resident = {
		.name = text(record, NAME),
		.alias = text(record, ALIAS),
		.phone = text(record, PHONE),
		.building = text(record, BUILDING),
		.room = text(record, ROOM),
		.category = category(record),
		.birth_year = birth_year(record),
		.guardian = guardian,
		.fetchers = text(record, FETCHERS),
		.note = text(record, NOTE),
		.wall_name = (enum wall_name)form_choice(record->form, WALL),
		.is_wall_chosen = true,
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

	TRY(read_guardian(record, &edit.guardian, err));
	edit.name = text(record, NAME);
	edit.alias = text(record, ALIAS);
	edit.phone = text(record, PHONE);
	edit.building = text(record, BUILDING);
	edit.room = text(record, ROOM);
	edit.category = category(record);
	edit.birth_year = birth_year(record);
	edit.note = text(record, NOTE);
	if (strcmp(text(record, FETCHERS), record->fetchers) != 0)
		edit.fetchers = text(record, FETCHERS);
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
	const struct resident_pick pick = record->pick;
	app_pop(app);
	if (pick.done)
		pick.done(app, pick.context, id);
	else
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

/* ---- the guardian ---- */

static void picked(struct app *app, void *context, int64_t resident)
{
	struct record *record = context;
	CLEANUP(resident_person_finish) struct resident_person person = { 0 };
	struct err err = { 0 };

	if (resident_person(record->kiosk->db, resident, &person, &err) < 0) {
		clerk_tell_err(app, &err);
		return;
	}
	set_guardian(record, resident, person.name);
	form_activate(record->form, FETCHERS);
	app_redraw(app);
}

static void pick_guardian(struct app *app, void *self)
{
	const struct resident_pick pick = { .done = picked, .context = self };

	resident_pick_open(app, &pick);
}

/* ---- keys and drawing ---- */

static bool is_child(const struct record *record)
{
	return AGE_IS_CHILD(
		age_of(category(record), birth_year(record), when_day(kiosk_now(record->kiosk))));
}

/* A child stands masked on the wall, until somebody says otherwise. */
static void follow_age(struct record *record, bool was_child, int wall)
{
	if (form_choice(record->form, WALL) != wall)
		record->is_wall_chosen = true;
	if (!record->id && !record->is_wall_chosen && is_child(record) != was_child)
		form_set_choice(record->form, WALL, was_child ? WALL_FULL : WALL_MASKED);
}

static void stop(struct app *app, void *self)
{
	struct record *record = self;

	clerk_leave_form(app, record->form, record->field_count, record->state);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct record *record = self;
	bool was_child = is_child(record);
	int wall = form_choice(record->form, WALL);

	if (key->code == K_ENTER && form_active(record->form) + 1 == record->field_count)
		return clerk_form_key(app, record->form, key, save, record); /* perhaps gone */
	bool is_taken = clerk_form_key(app, record->form, key, save, record);
	follow_age(record, was_child, wall);
	return is_taken;
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
	{ K_F7, N_("Find guardian"), N_("Finds or registers the guardian of a child."),
		pick_guardian },
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

/* What holds for all of a title: its name, what it is worth, how it is handed out, its parts. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/reasons.h"
#include "core/items/title.h"
#include "core/items/title_parts.h"
#include "core/words.h"
#include "tui/screens/clerk.h"
#include "tui/screens/screens.h"

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
	struct app *app;
	struct kiosk *kiosk;
	struct title title;
	struct form *form;
	char *state; /* as it was when it was opened */
};

static const struct screen sheet_screen;

static const struct form_field fields[FIELD_COUNT] = {
	[NAME] = { .label = N_("Name of the thing"),
		.kind = FORM_TEXT,
		.max_chars = 80,
		.is_chinese = true },
	[SAFETY] = { .label = N_("Safety"),
		.kind = FORM_TEXT,
		.hint = N_("a line to read before lending"),
		.max_chars = 100,
		.is_chinese = true },
	[PARTS] = { .label = N_("Parts"),
		.kind = FORM_TEXT,
		.hint = N_("drill; charger; box of bits"),
		.help = N_("What has to come back, with ; or 、 between."),
		.max_chars = 600,
		.is_chinese = true },
	[HANDED_OUT] = { .label = N_("It is"), .kind = FORM_CHOICE, .choices = ways },
	[SHORT_DAYS] = { .label = N_("In demand"),
		.kind = FORM_DIGITS,
		.help = N_("At most so many days for one loan. Empty: as the rule says."),
		.max_chars = 3 },
	[VALUE_POINTS] = { .label = N_("Value in points"), .kind = FORM_DIGITS, .max_chars = 9 },
	[VALUE_YUAN] = { .label = N_("Value in yuan"), .kind = FORM_TEXT, .max_chars = 12 },
	[DEPOSIT] = { .label = N_("Deposit in points"), .kind = FORM_DIGITS, .max_chars = 9 },
	[APPROVAL] = { .label = N_("Volunteers"),
		.kind = FORM_CHECK,
		.hint = N_("Only they hand it out") },
};

/* ---- from the title into the form ---- */

static void show_number(struct form *form, int field, int64_t number)
{
	CLEANUP(mem_free) char *text = number ? mem_printf("%" PRId64, number) : NULL;

	form_set_text(form, field, text);
}

static void show_parts(struct form *form, const struct title_part_list *parts)
{
	CLEANUP(mem_free) char *text = mem_text("");

	for (int i = 0; i < parts->count; i++) {
		char *before = text;
		text = mem_printf("%s%s%s", before, i ? "; " : "", parts->rows[i].name);
		free(before);
	}
	form_set_text(form, PARTS, text);
}

static int show(struct sheet *sheet, struct err *err)
{
	CLEANUP(title_part_list_finish) struct title_part_list parts = { 0 };
	const struct title_terms *terms = &sheet->title.terms;
	CLEANUP(mem_free) char *yuan = terms->value_fen ? money_text(terms->value_fen) : NULL;

	TRY(title_parts(sheet->kiosk->db, sheet->title.id, &parts, err));
	form_set_text(sheet->form, NAME, sheet->title.name);
	form_set_text(sheet->form, SAFETY, sheet->title.safety);
	show_parts(sheet->form, &parts);
	form_set_choice(sheet->form, HANDED_OUT,
		terms->is_consumable ? WAY_CONSUMABLE
		: terms->is_onsite   ? WAY_ONSITE
				     : WAY_LENT);
	show_number(sheet->form, SHORT_DAYS, terms->short_days);
	show_number(sheet->form, VALUE_POINTS, terms->value_points);
	form_set_text(sheet->form, VALUE_YUAN, yuan);
	show_number(sheet->form, DEPOSIT, terms->deposit);
	form_set_choice(sheet->form, APPROVAL, terms->needs_approval);
	return 0;
}

/* ---- from the form into the title ---- */

static int read_number(const struct sheet *sheet, int field, const char *what, int64_t max,
	int64_t *ret, struct err *err)
{
	const char *typed = form_text(sheet->form, field);
	long long number = 0;

	if (*typed)
		TRY(text_integer(typed, what, 0, max, &number, err));
	*ret = number;
	return 0;
}

static int read_terms(const struct sheet *sheet, struct title_terms *ret, struct err *err)
{
	int way = form_choice(sheet->form, HANDED_OUT);

	TRY(read_number(sheet, SHORT_DAYS, "short_days", DAYS_MAX, &ret->short_days, err));
	TRY(read_number(sheet, VALUE_POINTS, "value_points", POINTS_MAX, &ret->value_points, err));
	TRY(read_number(sheet, DEPOSIT, "deposit", POINTS_MAX, &ret->deposit, err));
	TRY(money_parse(
		form_text(sheet->form, VALUE_YUAN), "value_fen", true, &ret->value_fen, err));
	ret->needs_approval = form_choice(sheet->form, APPROVAL) != 0;
	ret->is_onsite = way == WAY_ONSITE;
	ret->is_consumable = way == WAY_CONSUMABLE;
	return 0;
}

/* One a line, as title_set_parts_text wants them. The caller's. */
static char *parts_in_lines(const char *typed)
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

/* A reading that was worked out from the old name is worked out again from the new one. */
static int write_title(struct sheet *sheet, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(mem_free) char *lines = parts_in_lines(form_text(sheet->form, PARTS));
	struct title_draft draft = title_draft_of(&sheet->title);
	const struct act edit = clerk_act(sheet->app, 0), list = clerk_act(sheet->app, 0);

	draft.name = form_text(sheet->form, NAME);
	draft.safety = form_text(sheet->form, SAFETY);
	if (strcmp(draft.name, sheet->title.name) != 0)
		draft.pinyin = draft.initials = NULL;
	TRY(read_terms(sheet, &draft.terms, err));
	TRY(txn_begin(&t, sheet->kiosk->db, err));
	TRY(title_edit(sheet->kiosk->db, &edit, sheet->title.id, &draft, err));
	TRY(title_set_parts_text(sheet->kiosk->db, &list, sheet->title.id, lines, err));
	return txn_commit(&t, err);
}

static const struct clerk_field blamed[] = {
	{ .name = "name", .field = NAME },
	{ .name = "safety", .field = SAFETY },
	{ .name = "part", .field = PARTS },
	{ .code = REASON_PART_TOO_MANY, .field = PARTS },
	{ .code = REASON_NAME_EXISTS, .field = PARTS },
	{ .name = "short_days", .field = SHORT_DAYS },
	{ .name = "value_points", .field = VALUE_POINTS },
	{ .name = "value_fen", .field = VALUE_YUAN },
	{ .name = "deposit", .field = DEPOSIT },
};

static void save(struct app *app, void *self)
{
	struct sheet *sheet = self;
	struct err err = { 0 };

	clerk_hush(app);
	if (write_title(sheet, &err) < 0) {
		clerk_blame(app, sheet->form, blamed, ARRAY_LEN(blamed), &err);
		return;
	}
	CLEANUP(mem_free) char *name = mem_text(form_text(sheet->form, NAME));
	app_pop(app);
	clerk_tell_done(app, name, _("saved"));
}

/* ---- life ---- */

static void sheet_free(struct sheet *sheet)
{
	form_destroy(sheet->form);
	title_finish(&sheet->title);
	free(sheet->state);
	free(sheet);
}

void title_form_open(struct app *app, int64_t title)
{
	struct sheet *sheet = mem_alloc(sizeof(*sheet));
	struct err err = { 0 };

	sheet->app = app;
	sheet->kiosk = kiosk_of(app);
	sheet->form = form_create(fields, FIELD_COUNT, sheet, kiosk_pinyin(sheet->kiosk));
	if (title_get(sheet->kiosk->db, title, &sheet->title, &err) < 0 || show(sheet, &err) < 0) {
		sheet_free(sheet);
		clerk_tell_err(app, &err);
		return;
	}
	sheet->state = clerk_form_state(sheet->form, FIELD_COUNT);
	app_push(app, &sheet_screen, sheet);
}

static void hush(struct app *app, void *self)
{
	(void)self;
	clerk_hush(app);
}

static void leave(struct app *app, void *self)
{
	(void)app;
	sheet_free(self);
}

static void stop(struct app *app, void *self)
{
	struct sheet *sheet = self;

	clerk_leave_form(app, sheet->form, FIELD_COUNT, sheet->state);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct sheet *sheet = self;

	return clerk_form_key(app, sheet->form, key, save, sheet);
}

static void paste(struct app *app, void *self, const char *pasted)
{
	form_paste(((struct sheet *)self)->form, pasted);
	app_redraw(app);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct sheet *sheet = self;

	area = rect_inset(area, 0, 2);
	if (area.rows > 20)
		rect_cut_top(&area, 1);
	draw_text(area, 0, 0, STYLE_STRONG, _("This holds for all items of the title."));
	rect_cut_top(&area, area.rows > 17 ? 2 : 1);
	clerk_draw_news(app, &area);
	form_draw(sheet->form, area);
}

static const struct action actions[] = {
	{ K_F10, N_("Save"), N_("Saves what is written; so does Enter in the last field."), save },
	{ K_F11, N_("Pinyin"), N_("Switches between pinyin and plain letters."), NULL,
		.place = ACTION_HELP },
	{ K_ESC, N_("Back"), NULL, stop },
	{ 0 },
};

static const struct screen sheet_screen = {
	.name = "title_form",
	.title = N_("All of its kind"),
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

/* The rules by which points are earned: a list, and a form for one of them. What is saved holds
 * from then on; what was earned before keeps the rule it was earned by. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/points/earn_rule.h"
#include "core/words_points.h"
#include "tui/screens/list_page.h"
#include "tui/screens/screens.h"

/* ---- the form ---- */

enum {
	NAME,
	CODE,
	SOURCE,
	PER,
	POINTS_EACH,
	CAP_DAY,
	CAP_ONCE,
	NIGHT,
	HOLIDAY,
	APPROVER,
	PAYER,
	FIELD_COUNT
};

static const char *const source_choices[] = { N_("shift"), N_("activity"),
	N_("help between neighbours"), N_("donation"), N_("other good deed"), NULL };
static const char *const per_choices[] = { N_("by the hour"), N_("each time"), NULL };
static const char *const approver_choices[] = { N_("given at once"), N_("a volunteer approves"),
	N_("the coordinator approves"), NULL };
static const char *const payer_choices[] = { N_("issued"), N_("from the common pool"),
	N_("from the neighbour who is helped"), NULL };

#define DIGITS(name, words, hint_) \
	[name] = { .label = words, .kind = FORM_DIGITS, .hint = hint_, .max_chars = 6 }
#define CHOICE(name, words, list) [name] = { .label = words, .kind = FORM_CHOICE, .choices = list }

static const struct form_field fields[FIELD_COUNT] = {
	[NAME] = { .label = N_("What it is called"),
		.kind = FORM_TEXT,
		.max_chars = 20,
		.is_chinese = true },
	[CODE] = { .label = NC_("word", "Its code"),
		.kind = FORM_TEXT,
		.hint = N_("small letters, such as night-duty"),
		.max_chars = 24 },
	CHOICE(SOURCE, N_("For"), source_choices),
	CHOICE(PER, N_("Counted"), per_choices),
	DIGITS(POINTS_EACH, N_("Points"), NULL),
	DIGITS(CAP_DAY, N_("At most a day"), N_("no limit")),
	DIGITS(CAP_ONCE, N_("At most at one go"), N_("no limit")),
	DIGITS(NIGHT, N_("At night, per cent"), "100"),
	DIGITS(HOLIDAY, N_("On holidays, per cent"), "100"),
	CHOICE(APPROVER, N_("Approval"), approver_choices),
	CHOICE(PAYER, N_("Who pays"), payer_choices),
};

struct earn_form {
	struct form *form;
	char *state;
};

static const struct screen earn_form_screen;

static void set_number(struct form *form, int field, int64_t value, int64_t nothing)
{
	CLEANUP(mem_free) char *text = mem_printf("%" PRId64, value);

	form_set_text(form, field, value == nothing ? "" : text);
}

static void show_rule(struct form *form, const struct earn_rule *rule)
{
	form_set_text(form, NAME, rule->name);
	form_set_text(form, CODE, rule->code);
	form_set_choice(form, SOURCE, (int)rule->source);
	form_set_choice(form, PER, (int)rule->per);
	set_number(form, POINTS_EACH, rule->points, 0);
	set_number(form, CAP_DAY, rule->cap_day, 0);
	set_number(form, CAP_ONCE, rule->cap_once, 0);
	set_number(form, NIGHT, rule->night_percent, 100);
	set_number(form, HOLIDAY, rule->holiday_percent, 100);
	form_set_choice(form, APPROVER, (int)rule->approver);
	form_set_choice(form, PAYER, (int)rule->payer);
}

/* NULL: a new one. */
static void form_open(struct app *app, const struct earn_rule *rule)
{
	struct earn_form *f = mem_alloc(sizeof(*f));

	f->form = form_create(fields, FIELD_COUNT, f, kiosk_pinyin(kiosk_of(app)));
	if (rule)
		show_rule(f->form, rule);
	f->state = clerk_form_state(f->form, FIELD_COUNT);
	app_push(app, &earn_form_screen, f);
}

static void form_leave(struct app *app, void *self)
{
	struct earn_form *f = self;

	(void)app;
	form_destroy(f->form);
	free(f->state);
	free(f);
}

static int number_in(const struct form *form, int field, const char *what, int64_t empty,
	int64_t *ret, struct err *err)
{
	long long value = empty;

	if (form_text(form, field)[0])
		TRY(text_integer(form_text(form, field), what, 0, 100000, &value, err));
	*ret = value;
	return 0;
}

static int save(struct app *app, const struct form *form, struct err *err)
{
	struct act act = clerk_act(app, 0);
	CLEANUP(mem_free) char *name = mem_text(form_text(form, NAME));
	CLEANUP(mem_free) char *code = mem_text(form_text(form, CODE));
	struct earn_rule rule = {
		.name = name,
		.code = code,
		.source = (enum earn_source)form_choice(form, SOURCE),
		.per = (enum earn_per)form_choice(form, PER),
		.approver = (enum earn_approver)form_choice(form, APPROVER),
		.payer = (enum earn_payer)form_choice(form, PAYER),
	};
	int64_t id;

	TRY(number_in(form, POINTS_EACH, "points", 0, &rule.points, err));
	TRY(number_in(form, CAP_DAY, "cap", 0, &rule.cap_day, err));
	TRY(number_in(form, CAP_ONCE, "cap", 0, &rule.cap_once, err));
	TRY(number_in(form, NIGHT, "percent", 100, &rule.night_percent, err));
	TRY(number_in(form, HOLIDAY, "percent", 100, &rule.holiday_percent, err));
	return earn_rule_set(kiosk_of(app)->db, &act, &rule, &id, err);
}

static void form_submit(struct app *app, void *self)
{
	static const struct clerk_field at[] = {
		{ REASON_NONE, "name", NAME },
		{ REASON_NONE, "code", CODE },
		{ REASON_NONE, "points", POINTS_EACH },
		{ REASON_NONE, "cap", CAP_DAY },
		{ REASON_NONE, "percent", NIGHT },
		{ REASON_NONE, "source", PAYER },
	};
	struct earn_form *f = self;
	struct err err = { 0 };

	if (save(app, f->form, &err) < 0) {
		clerk_blame(app, f->form, at, ARRAY_LEN(at), &err);
		return;
	}
	app_pop(app);
	clerk_tell_done(app, _("The rule holds from now on"), NULL);
}

static bool form_screen_key(struct app *app, void *self, const struct key *key)
{
	struct earn_form *f = self;

	return clerk_form_key(app, f->form, key, form_submit, f);
}

static void form_screen_paste(struct app *app, void *self, const char *text)
{
	struct earn_form *f = self;

	form_paste(f->form, text);
	app_redraw(app);
}

static void form_screen_draw(struct app *app, void *self, struct rect area)
{
	struct earn_form *f = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	form_draw(f->form, area);
}

static void form_back(struct app *app, void *self)
{
	struct earn_form *f = self;

	clerk_leave_form(app, f->form, FIELD_COUNT, f->state);
}

static const struct action form_actions[] = {
	{ K_F10, N_("Save"), N_("Keeps what is filled in."), form_submit },
	{ K_ESC, N_("Back"), NULL, form_back },
	{ 0 },
};

static const struct screen earn_form_screen = {
	.name = "earn rule",
	.title = N_("How points are earned"),
	.actions = form_actions,
	.is_modal = true,
	.leave = form_leave,
	.draw = form_screen_draw,
	.key = form_screen_key,
	.scan = clerk_scan_later,
	.paste = form_screen_paste,
};

/* ---- the list ---- */

struct earn_rules {
	struct list_page page;
	struct earn_rule_list all;
};

static const struct list_column columns[] = {
	{ N_("For"), .min = 8, .max = 20 },
	{ N_("What it is called"), .min = 10, .max = 24 },
	{ N_("Points"), .min = 20 },
};

static void earn_rules_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct earn_rule *rule = row;

	ret->style = column == 1 ? STYLE_STRONG : STYLE_PAPER;
	ret->text = column == 0   ? mem_text(words_earn_source(rule->source))
		    : column == 1 ? mem_text(rule->name)
				  : words_earn_terms(rule);
}

static int earn_rules_read(void *self, struct err *err)
{
	struct earn_rules *r = self;

	return earn_rules(r->page.kiosk->db, &r->all, err);
}

static void earn_rules_forget(void *self)
{
	earn_rule_list_finish(&((struct earn_rules *)self)->all);
}

static void earn_rules_edit(struct app *app, void *self)
{
	form_open(app, list_page_row(self));
}

static void earn_rules_add(struct app *app, void *self)
{
	(void)self;
	form_open(app, NULL);
}

static void earn_rules_end(struct app *app, void *self)
{
	const struct earn_rule *rule = list_page_row(self);
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int r = earn_rule_end(kiosk_of(app)->db, &act, rule->id, &err);
	list_page_conclude(self, r, &err, _("The rule has ended"), NULL);
}

static const struct action earn_rules_actions[] = {
	{ K_ENTER, N_("Edit"), N_("Opens the rule that is marked."), earn_rules_edit,
		list_page_has_row },
	{ '+', N_("New rule"), N_("Adds a rule."), earn_rules_add },
	{ K_DELETE, N_("End it"), N_("Nothing is earned by it any more."), earn_rules_end,
		list_page_has_row },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct list_page_kind earn_rules_page = {
	.screen = LIST_PAGE("earn rules", N_("How points are earned"), earn_rules_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct earn_rules, all),
	.empty = N_("No rules for earning points are in force yet."),
	.read = earn_rules_read,
	.forget = earn_rules_forget,
	.cell = earn_rules_cell,
};

void earn_rules_open(struct app *app)
{
	list_page_open(app, &earn_rules_page);
}

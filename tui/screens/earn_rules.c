/* The rules by which points are earned: a list, and a form for one of them. What is saved holds
 * from then on; what was earned before keeps the rule it was earned by. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/points/earn_rule.h"
#include "core/words_points.h"
#include "tui/screens/form_page.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

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

/* Bound is a rule as the list has it, which owns its texts. */
#define RULE_TEXT(name, member)   BIND_TEXT(name, struct earn_rule, member)
#define RULE_CHOICE(member)       BIND_CHOICE(struct earn_rule, member)
#define RULE_NUMBER(name, member) BIND_NUMBER_OR(0, name, struct earn_rule, member, 0, 100000)
#define PERCENT(words, member)                                                              \
	{                                                                                   \
		FIELD_DIGITS(words, 6), HINT("100"),                                        \
			BIND_NUMBER_OR(100, "percent", struct earn_rule, member, 0, 100000) \
	}

static const struct form_row rule_rows[FIELD_COUNT] = {
	[NAME] = { FIELD_CHINESE(N_("What it is called"), 20), RULE_TEXT("name", name) },
	[CODE] = { FIELD_TEXT(NC_("word", "Its code"), 24),
		HINT(N_("small letters, such as night-duty")), RULE_TEXT("code", code) },
	[SOURCE] = { FIELD_CHOICE(N_("For"), source_choices), RULE_CHOICE(source) },
	[PER] = { FIELD_CHOICE(N_("Counted"), per_choices), RULE_CHOICE(per) },
	[POINTS_EACH] = { FIELD_DIGITS(N_("Points"), 6), RULE_NUMBER("points", points) },
	[CAP_DAY] = { FIELD_DIGITS(N_("At most a day"), 6), HINT(N_("no limit")),
		RULE_NUMBER("cap", cap_day) },
	[CAP_ONCE] = { FIELD_DIGITS(N_("At most at one go"), 6), HINT(N_("no limit")),
		RULE_NUMBER("cap", cap_once) },
	[NIGHT] = PERCENT(N_("At night, per cent"), night_percent),
	[HOLIDAY] = PERCENT(N_("On holidays, per cent"), holiday_percent),
	[APPROVER] = { FIELD_CHOICE(N_("Approval"), approver_choices), RULE_CHOICE(approver) },
	[PAYER] = { FIELD_CHOICE(N_("Who pays"), payer_choices), RULE_CHOICE(payer),
		.names = { "source" } },
};

static int earn_form_save(
	struct app *app, void *self, void *filled, struct form_done *done, struct err *err)
{
	const struct act act = clerk_act(app, 0);
	int64_t id;

	TRY(earn_rule_set(kiosk_of(app)->db, &act, filled, &id, err));
	form_done(done, _("The rule holds from now on"), NULL);
	return 0;
}

static const struct form_page rule_page = {
	.screen = FORM_SCREEN("earn rule", N_("How points are earned")),
	.rows = rule_rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct earn_rule),
	.save = earn_form_save,
};

/* ---- the list ---- */

struct earn_rules {
	struct kiosk *kiosk;
	struct earn_rule_list rules;
	struct list *list;
};

static const struct screen earn_rules_screen;

static const struct list_column columns[] = {
	{ N_("For"), .min = 8, .max = 20 },
	{ N_("What it is called"), .min = 10, .max = 24 },
	{ N_("Points"), .min = 20 },
};

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct earn_rules *r = context;
	const struct earn_rule *rule = &r->rules.rows[row];

	ret->style = column == 1 ? STYLE_STRONG : STYLE_PAPER;
	ret->text = column == 0   ? mem_text(words_earn_source(rule->source))
		    : column == 1 ? mem_text(rule->name)
				  : words_earn_terms(rule);
}

static void read_rules(struct app *app, void *self)
{
	struct earn_rules *r = self;
	struct err err = { 0 };

	earn_rule_list_finish(&r->rules);
	if (earn_rules(r->kiosk->db, &r->rules, &err) < 0)
		clerk_tell_err(app, &err);
	list_set_count(r->list, r->rules.count);
	app_redraw(app);
}

void earn_rules_open(struct app *app)
{
	struct earn_rules *r = mem_alloc(sizeof(*r));
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = r,
		.cell = cell,
		.empty = N_("No rules for earning points are in force yet."),
	};

	r->kiosk = kiosk_of(app);
	r->list = list_create(&options);
	app_push(app, &earn_rules_screen, r);
}

static void rules_enter(struct app *app, void *self)
{
	clerk_hush(app);
	read_rules(app, self);
}

static void rules_leave(struct app *app, void *self)
{
	struct earn_rules *r = self;

	(void)app;
	earn_rule_list_finish(&r->rules);
	list_destroy(r->list);
	free(r);
}

static bool has_rule(struct app *app, void *self)
{
	(void)app;
	return list_selected(((struct earn_rules *)self)->list) >= 0;
}

static void edit(struct app *app, void *self)
{
	struct earn_rules *r = self;

	form_page_open(app, &rule_page, &r->rules.rows[list_selected(r->list)]);
}

static void add(struct app *app, void *self)
{
	form_page_open(app, &rule_page,
		&(struct earn_rule){ .night_percent = 100, .holiday_percent = 100 });
}

static void end(struct app *app, void *self)
{
	struct earn_rules *r = self;
	struct act act = clerk_act(app, 0);
	struct err err = { 0 };

	int result =
		earn_rule_end(r->kiosk->db, &act, r->rules.rows[list_selected(r->list)].id, &err);
	read_rules(app, r);
	if (result < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The rule has ended"), NULL);
}

static const struct action actions[] = {
	{ K_ENTER, N_("Edit"), N_("Opens the rule that is marked."), edit, has_rule },
	{ '+', N_("New rule"), N_("Adds a rule."), add },
	{ K_DELETE, N_("End it"), N_("Nothing is earned by it any more."), end, has_rule },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static bool rules_key(struct app *app, void *self, const struct key *key)
{
	struct earn_rules *r = self;
	enum list_answer answer = list_key(r->list, key);

	if (answer == LIST_CHOSEN)
		edit(app, r);
	if (answer != LIST_IGNORED)
		app_redraw(app);
	return answer != LIST_IGNORED;
}

static void rules_draw(struct app *app, void *self, struct rect area)
{
	struct earn_rules *r = self;

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	list_draw(r->list, area);
}

static const struct screen earn_rules_screen = {
	.name = "earn rules",
	.title = N_("How points are earned"),
	.actions = actions,
	.enter = rules_enter,
	.resume = read_rules,
	.leave = rules_leave,
	.draw = rules_draw,
	.key = rules_key,
	.scan = clerk_scan,
};

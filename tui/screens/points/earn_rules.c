/* The rules by which points are earned: a list, and a form for one of them. Changes apply from then
 * on; points earned before keep their rule. */
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/points/earn_rule.h"
#include "core/words_points.h"
#include "tui/pages/form_page.h"
#include "tui/pages/list_page.h"
#include "tui/screens/points/points.h"

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

/* Bound to a rule of the list, which owns its texts. */
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
	.screen = FORM_SCREEN(N_("How points are earned")),
	.rows = rule_rows,
	.count = FIELD_COUNT,
	.size = sizeof(struct earn_rule),
	.save = earn_form_save,
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
	form_page_open(app, &rule_page, list_page_row(self));
}

static void earn_rules_add(struct app *app, void *self)
{
	form_page_open(app, &rule_page,
		&(struct earn_rule){ .night_percent = 100, .holiday_percent = 100 });
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
	.screen = LIST_PAGE(N_("How points are earned"), earn_rules_actions),
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

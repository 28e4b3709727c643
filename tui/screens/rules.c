/* The lending rules as rows: what holds for each category, and whose row says so. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/condition.h"
#include "core/items/rule.h"
#include "core/items/title.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_items.h"
#include "tui/screens/clerk.h"
#include "tui/screens/papers.h"
#include "tui/screens/rule_form.h"
#include "tui/screens/screens.h"
#include "tui/widgets/list.h"

struct rules {
	struct kiosk *kiosk;
	struct category_list categories;
	struct resident_category *people;
	int people_count;
	int person; /* whose rules are shown: index into people, -1 anybody's */
	struct list *list;
};

static const struct screen rules_screen;

/* ---- what is shown ---- */

enum { COLUMN_CATEGORY, COLUMN_PERIOD, COLUMN_LIMIT, COLUMN_RENEWALS, COLUMN_OVERDUE };

static const struct list_column columns[] = {
	[COLUMN_CATEGORY] = { N_("Category"), .min = 12 },
	[COLUMN_PERIOD] = { N_("For how long"), .min = 8, .max = 16 },
	[COLUMN_LIMIT] = { N_("Each person"), .min = 6, .max = 12 },
	[COLUMN_RENEWALS] = { N_("Renewals"), .min = 4, .max = 8 },
	[COLUMN_OVERDUE] = { N_("When it is late"), .min = 8, .max = 16 },
};

/* Row 0 is what holds for everything; the categories follow. */
static int64_t category_of(const struct rules *rules, int row)
{
	return row > 0 ? rules->categories.rows[row - 1].id : 0;
}

static bool is_onsite(const struct rules *rules, int row)
{
	return row > 0 && rules->categories.rows[row - 1].is_onsite;
}

static int64_t person_of(const struct rules *rules)
{
	return rules->person >= 0 ? rules->people[rules->person].id : 0;
}

static char *category_text(const struct rules *rules, int row)
{
	if (row == 0)
		return mem_text(_("Everything"));
	const struct category *category = &rules->categories.rows[row - 1];
	return mem_printf("%*s%s", 2 * category->depth + 2, "", category->name);
}

static char *limit_text(const struct rule *rule)
{
	int64_t limit = rule->limit_count ? rule->limits[0].max_items : rule->max_total;

	return limit ? mem_printf("%" PRId64, limit) : mem_text(_("not lent"));
}

static const char *const overdue_texts[OVERDUE_POLICY_COUNT] = {
	[OVERDUE_ALLOW] = N_("reminded"),
	[OVERDUE_ASK] = N_("volunteer asked"),
	[OVERDUE_BLOCK] = N_("blocked"),
};

static const enum rule_field field_of[] = {
	[COLUMN_PERIOD] = RULE_PERIOD,
	[COLUMN_LIMIT] = RULE_MAX_ITEMS,
	[COLUMN_RENEWALS] = RULE_MAX_RENEWALS,
	[COLUMN_OVERDUE] = RULE_OVERDUE,
};

/* A value of this very row stands out; an inherited one is quiet. */
static enum style style_of(const struct rules *rules, const struct rule *rule, int row, int column)
{
	const struct rule_source *source = &rule->source[field_of[column]];
	bool is_own = source->id && source->category == category_of(rules, row) &&
		      source->resident_category == person_of(rules);

	return is_own ? STYLE_STRONG : STYLE_QUIET;
}

static void cell(void *context, int row, int column, struct list_cell *ret)
{
	const struct rules *rules = context;
	struct rule rule;
	struct err ignored = { 0 };

	if (column == COLUMN_CATEGORY) {
		ret->text = category_text(rules, row);
		return;
	}
	if (rule_lookup(rules->kiosk->db, person_of(rules), category_of(rules, row), &rule,
		    &ignored) < 0)
		return;
	const struct title_terms terms = { .is_onsite = is_onsite(rules, row) };
	item_terms(&terms, &rule);
	ret->style = style_of(rules, &rule, row, column);
	switch (column) {
	case COLUMN_PERIOD:
		ret->text = words_rule_period(&rule);
		break;
	case COLUMN_LIMIT:
		ret->text = limit_text(&rule);
		break;
	case COLUMN_RENEWALS:
		ret->text = mem_printf("%" PRId64, rule.max_renewals);
		break;
	default:
		ret->text = mem_text(_(overdue_texts[rule.overdue]));
	}
}

/* ---- life ---- */

static int read_all(struct rules *rules, struct err *err)
{
	category_list_finish(&rules->categories);
	rules->categories = (struct category_list){ 0 };
	TRY(category_list(rules->kiosk->db, &rules->categories, err));
	list_set_count(rules->list, rules->categories.count + 1);
	return 0;
}

static int read_people(struct rules *rules, struct err *err)
{
	rules->people_count = resident_categories(rules->kiosk->db, &rules->people, err);
	return rules->people_count < 0 ? rules->people_count : 0;
}

void rules_open(struct app *app)
{
	struct rules *rules = mem_alloc(sizeof(*rules));
	struct err err = { 0 };

	rules->kiosk = kiosk_of(app);
	rules->person = -1;
	const struct list_options options = {
		.columns = columns,
		.column_count = ARRAY_LEN(columns),
		.context = rules,
		.cell = cell,
	};
	rules->list = list_create(&options);
	app_push(app, &rules_screen, rules);
	if (read_people(rules, &err) < 0 || read_all(rules, &err) < 0)
		clerk_tell_err(app, &err);
}

static void resume(struct app *app, void *self)
{
	struct err err = { 0 };

	if (read_all(self, &err) < 0)
		clerk_tell_err(app, &err);
	app_redraw(app);
}

static void leave(struct app *app, void *self)
{
	struct rules *rules = self;

	(void)app;
	list_destroy(rules->list);
	category_list_finish(&rules->categories);
	if (rules->people_count > 0)
		resident_categories_finish(rules->people, rules->people_count);
	free(rules);
}

static void draw(struct app *app, void *self, struct rect area)
{
	struct rules *rules = self;
	const char *who = rules->person >= 0 ? rules->people[rules->person].name : _("everybody");

	area = rect_inset(area, 1, 2);
	clerk_draw_news(app, &area);
	int col = draw_text(area, 0, 0, STYLE_QUIET, _("Rules for"));
	draw_text(area, 0, col + 1, STYLE_STRONG, who);
	rect_cut_top(&area, 2);
	list_draw(rules->list, area);
}

/* ---- keys ---- */

static void edit(struct app *app, void *self)
{
	struct rules *rules = self;
	int row = list_selected(rules->list);
	CLEANUP(mem_free)
	char *name = row > 0 ? mem_text(rules->categories.rows[row - 1].name)
			     : mem_text(_("Everything"));
	const struct rule_form_subject subject = { .name = name,
		.resident_category = person_of(rules),
		.category = category_of(rules, row) };

	if (row >= 0)
		rule_form_open(app, &subject);
}

static bool key(struct app *app, void *self, const struct key *key)
{
	struct rules *rules = self;

	return clerk_list_key(app, rules->list, key, edit, rules);
}

static void next_person(struct app *app, void *self)
{
	struct rules *rules = self;

	rules->person = rules->person + 1 < rules->people_count ? rules->person + 1 : -1;
	app_redraw(app);
}

/* Of the marked category; "Everything" has none. */
static void print_guide(struct app *app, void *self)
{
	struct rules *rules = self;
	const struct category *category = &rules->categories.rows[list_selected(rules->list) - 1];
	struct err err = { 0 };

	if (papers_guide(rules->kiosk, category->code, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, category->name, _("the guide for its shelf is being printed"));
	papers_go(rules->kiosk);
}

static bool is_category(struct app *app, void *self)
{
	(void)app;
	return list_selected(((struct rules *)self)->list) > 0;
}

static void edit_guide(struct app *app, void *self)
{
	struct rules *rules = self;

	guide_form_open(app, &rules->categories.rows[list_selected(rules->list) - 1]);
}

static void print_wall(struct app *app, void *self)
{
	struct rules *rules = self;
	struct err err = { 0 };

	if (papers_rules(rules->kiosk, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The wall's rules are being printed"), NULL);
	papers_go(rules->kiosk);
}

static const struct action actions[] = {
	{ '1', N_("Other residents"), N_("Shows what holds for the next kind of resident."),
		next_person },
	{ '2', N_("New category"), N_("Adds a category of things."), .opens = category_form_open },
	{ '3', N_("Closed days"), N_("Holidays, and days closed without notice."),
		.opens = closures_open },
	{ '4', N_("Label sizes"), N_("The rolls and sheets that labels are printed on."),
		.opens = label_sizes_open },
	{ '5', N_("Guide"),
		N_("Prints how to borrow things of the marked category, for its shelf."),
		print_guide, is_category },
	{ '6', N_("Guide's words"), N_("Writes what stands on the guide of the marked category."),
		edit_guide, is_category },
	{ K_F8, N_("Print for the wall"), N_("Prints the rules as they are now."), print_wall },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static const struct screen rules_screen = {
	.name = "rules",
	.title = N_("Lending rules"),
	.actions = actions,
	.resume = resume,
	.leave = leave,
	.draw = draw,
	.key = key,
	.scan = clerk_scan,
};

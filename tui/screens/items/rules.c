/* The lending rules as rows: the values in force for each category, and which row they come
 * from. */
#include <inttypes.h>

#include "core/base/mem.h"
#include "core/items/catalogue/title.h"
#include "core/items/lending/condition.h"
#include "core/items/lending/rule.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "core/words_items.h"
#include "tui/pages/list_page.h"
#include "tui/pages/papers.h"
#include "tui/screens/house/screens.h"
#include "tui/screens/items/items.h"
#include "tui/screens/items/rule_form.h"

/* What holds for a category; NULL: for everything. */
struct rules_row {
	const struct category *category;
	struct rule rule;
};

struct rules {
	struct list_page page;
	struct category_list categories;
	struct {
		struct rules_row *rows;
		int count;
	} all; /* the rule for everything, then for each category */
	struct resident_category *people;
	int people_count;
	int person; /* whose rules are shown: index into people, -1 anybody's */
};

/* ---- what is shown ---- */

enum { COLUMN_CATEGORY, COLUMN_PERIOD, COLUMN_LIMIT, COLUMN_RENEWALS, COLUMN_OVERDUE };

static const struct list_column columns[] = {
	[COLUMN_CATEGORY] = { N_("Category"), .min = 12 },
	[COLUMN_PERIOD] = { N_("For how long"), .min = 8, .max = 16 },
	[COLUMN_LIMIT] = { N_("Each person"), .min = 6, .max = 12 },
	[COLUMN_RENEWALS] = { N_("Renewals"), .min = 4, .max = 8 },
	[COLUMN_OVERDUE] = { N_("When it is late"), .min = 8, .max = 16 },
};

static int64_t rules_category_of(const struct rules_row *row)
{
	return row->category ? row->category->id : 0;
}

static int64_t rules_person_of(const struct rules *rules)
{
	return rules->person >= 0 ? rules->people[rules->person].id : 0;
}

static char *rules_category_text(const struct category *category)
{
	if (!category)
		return mem_text(_("Everything"));
	return mem_printf("%*s%s", 2 * category->depth + 2, "", category->name);
}

static char *rules_limit_text(const struct rule *rule)
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

/* A value of this very row is emphasised; an inherited one is muted. */
static enum style rules_style_of(const struct rules *rules, const struct rules_row *row, int column)
{
	const struct rule_source *source = &row->rule.source[field_of[column]];
	bool is_own = source->id && source->category == rules_category_of(row) &&
		      source->resident_category == rules_person_of(rules);

	return is_own ? STYLE_STRONG : STYLE_QUIET;
}

static void rules_cell(const void *self, const void *row, int column, struct list_cell *ret)
{
	const struct rules_row *line = row;
	const struct rule *rule = &line->rule;

	if (column != COLUMN_CATEGORY)
		ret->style = rules_style_of(self, line, column);
	switch (column) {
	case COLUMN_CATEGORY:
		ret->text = rules_category_text(line->category);
		break;
	case COLUMN_PERIOD:
		ret->text = words_rule_period(rule);
		break;
	case COLUMN_LIMIT:
		ret->text = rules_limit_text(rule);
		break;
	case COLUMN_RENEWALS:
		ret->text = mem_printf("%" PRId64, rule->max_renewals);
		break;
	default:
		ret->text = mem_text(_(overdue_texts[rule->overdue]));
	}
}

static int rules_read_people(struct rules *rules, struct err *err)
{
	int count = rules->people ? rules->people_count
				  : resident_categories(rules->page.kiosk->db, &rules->people, err);

	rules->people_count = count < 0 ? 0 : count;
	return count < 0 ? count : 0;
}

static int rules_read_rule(struct rules *rules, struct rules_row *row, struct err *err)
{
	const struct title_terms terms = { .is_onsite = row->category && row->category->is_onsite };

	TRY(rule_lookup(rules->page.kiosk->db, rules_person_of(rules), rules_category_of(row),
		&row->rule, err));
	item_terms(&terms, &row->rule);
	return 0;
}

static int rules_read(void *self, struct err *err)
{
	struct rules *rules = self;

	TRY(rules_read_people(rules, err));
	TRY(category_list(rules->page.kiosk->db, &rules->categories, err));
	int count = rules->categories.count + 1;
	rules->all.rows = mem_alloc((size_t)count * sizeof(*rules->all.rows));
	rules->all.count = count;
	for (int i = 0; i < count; i++) {
		rules->all.rows[i].category = i ? &rules->categories.rows[i - 1] : NULL;
		TRY(rules_read_rule(rules, &rules->all.rows[i], err));
	}
	return 0;
}

static void rules_forget(void *self)
{
	struct rules *rules = self;

	mem_free(&rules->all.rows);
	rules->all.count = 0;
	category_list_finish(&rules->categories);
	rules->categories = (struct category_list){ 0 };
}

static void rules_forget_people(void *self)
{
	struct rules *rules = self;

	resident_categories_finish(rules->people, rules->people_count);
}

static void rules_edit(struct app *app, void *self)
{
	const struct rules_row *row = list_page_row(self);
	const struct rule_form_subject subject = {
		.name = row->category ? row->category->name : _("Everything"),
		.resident_category = rules_person_of(self),
		.category = rules_category_of(row),
	};

	rule_form_open(app, &subject);
}

static void rules_next_person(struct app *app, void *self)
{
	struct rules *rules = self;

	rules->person = rules->person + 1 < rules->people_count ? rules->person + 1 : -1;
	list_page_refresh(rules);
}

/* Of the marked category; "Everything" has none. */
static void rules_print_guide(struct app *app, void *self)
{
	const struct rules_row *row = list_page_row(self);
	struct kiosk *kiosk = kiosk_of(app);
	struct err err = { 0 };

	if (papers_guide(kiosk, row->category->code, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(
			app, row->category->name, _("the guide for its shelf is being printed"));
	papers_go(kiosk);
}

static bool rules_is_category(struct app *app, void *self)
{
	const struct rules_row *row = list_page_row(self);

	(void)app;
	return row && row->category;
}

static void rules_edit_guide(struct app *app, void *self)
{
	guide_form_open(app, ((const struct rules_row *)list_page_row(self))->category);
}

static void rules_print_wall(struct app *app, void *self)
{
	struct rules *rules = self;
	struct err err = { 0 };

	if (papers_rules(rules->page.kiosk, &err) < 0)
		clerk_tell_err(app, &err);
	else
		clerk_tell_done(app, _("The wall's rules are being printed"), NULL);
	papers_go(rules->page.kiosk);
}

static const struct action rules_actions[] = {
	{ '1', N_("Other residents"), N_("Shows what holds for the next kind of resident."),
		rules_next_person },
	{ '2', N_("New category"), N_("Adds a category of things."), .opens = category_form_open },
	{ '3', N_("Closed days"), N_("Holidays, and days closed without notice."),
		.opens = closures_open },
	{ '4', N_("Label sizes"), N_("The rolls and sheets that labels are printed on."),
		.opens = label_sizes_open },
	{ '5', N_("Guide"),
		N_("Prints how to borrow things of the marked category, for its shelf."),
		rules_print_guide, rules_is_category },
	{ '6', N_("Guide's words"), N_("Writes what stands on the guide of the marked category."),
		rules_edit_guide, rules_is_category },
	{ K_F8, N_("Print for the wall"), N_("Prints the rules as they are now."),
		rules_print_wall },
	{ K_ENTER, N_("Category"), NULL, rules_edit, list_page_has_row, .place = ACTION_HIDDEN },
	{ K_ESC, N_("Back"), NULL, app_back },
	{ 0 },
};

static void rules_head(void *self, struct rect *area)
{
	const struct rules *rules = self;
	const char *who = rules->person >= 0 ? rules->people[rules->person].name : _("everybody");
	int col = draw_text(*area, 0, 0, STYLE_QUIET, _("Rules for"));

	draw_text(*area, 0, col + 1, STYLE_STRONG, who);
	rect_cut_top(area, 2);
}

static const struct list_page_kind rules_page = {
	.screen = LIST_PAGE(N_("Lending rules"), rules_actions),
	LIST_PAGE_COLUMNS(columns),
	LIST_PAGE_ROWS(struct rules, all),
	.hush = LIST_PAGE_HUSH_NEVER,
	.read = rules_read,
	.forget = rules_forget,
	.finish = rules_forget_people,
	.cell = rules_cell,
	.head = rules_head,
};

void rules_open(struct app *app)
{
	struct rules *rules = list_page_create(app, &rules_page);

	rules->person = -1;
	list_page_show(rules);
}

#include "core/sheets/rule_table.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/items/lending/condition.h"
#include "core/people/resident.h"
#include "core/sheets/poster.h"
#include "core/sheets/wording.h"
#include "core/words_fill.h"
#include "core/words_items.h"

/* ---- which categories, and what holds for them ---- */

void rule_view_finish(struct rule_view *view)
{
	category_list_finish(&view->categories);
}

/* Parents come first in the list: a category's children follow it at once. */
static void keep_below(struct category_list *list, int64_t top)
{
	int kept = 0, depth = -1;

	for (int i = 0; i < list->count; i++) {
		struct category *category = &list->rows[i];
		if (category->id == top)
			depth = category->depth;
		else if (category->depth <= depth)
			depth = -1;
		if (depth >= 0)
			list->rows[kept++] = *category;
		else
			category_finish(category);
	}
	list->count = kept;
}

int rule_view_read(struct db *db, int64_t top, struct rule_view *ret, struct err *err)
{
	struct rule_view view = { .db = db, .top = top };

	TRY(category_list(db, &view.categories, err));
	if (top)
		keep_below(&view.categories, top);
	*ret = view;
	return 0;
}

int rule_view_rule(const struct rule_view *view, int64_t resident_category,
	const struct category *category, struct rule *ret, struct err *err)
{
	const struct title_terms terms = { .is_onsite = category && category->is_onsite };

	TRY(rule_lookup(view->db, resident_category, category ? category->id : 0, ret, err));
	item_terms(&terms, ret);
	return 0;
}

/* ---- values in words ---- */

static char *limit_words(int64_t max_items)
{
	CLEANUP(mem_free) char *count = mem_printf("%lld", (long long)max_items);

	return max_items ? FILL(_("up to %1$s"), count) : mem_text(_("not lent"));
}

static char *renewals_words(int64_t renewals)
{
	CLEANUP(mem_free) char *count = mem_printf("%lld", (long long)renewals);

	return renewals ? FILL(_("%1$s times"), count) : mem_text(C_("renewals", "no"));
}

static const char *const overdue_words[OVERDUE_POLICY_COUNT] = {
	[OVERDUE_ALLOW] = N_("a reminder"),
	[OVERDUE_ASK] = N_("ask a volunteer before borrowing more"),
	[OVERDUE_BLOCK] = N_("no new loans until it is back"),
};

static char *suspension_words(int64_t days, int64_t cap)
{
	CLEANUP(mem_free) char *each = words_days(days);
	CLEANUP(mem_free) char *most = words_days(cap);

	return FILL(_("no borrowing for %1$s for each day late, %2$s at most"), each, most);
}

static char *late_words(const struct rule *rule)
{
	CLEANUP(mem_free) char *grace = words_days(rule->grace_days);
	CLEANUP(mem_free)
	char *policy = rule->grace_days && rule->overdue != OVERDUE_ALLOW
			       ? FILL(_("%1$s of grace, then %2$s"), grace,
					 _(overdue_words[rule->overdue]))
			       : mem_text(_(overdue_words[rule->overdue]));

	if (rule->suspend_days == 0 || rule->suspend_cap == 0)
		return TAKE(policy);
	CLEANUP(mem_free) char *more = suspension_words(rule->suspend_days, rule->suspend_cap);
	return FILL(_("%1$s; %2$s"), policy, more);
}

/* ---- a row a category ---- */

static void put_cell(struct sheet *sheet, struct sheet_style style, const char *text)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, style, text);
}

static const struct sheet_style name_style = {
	.size_pt = 12, .min_pt = 9, .max_lines = 2, .is_bold = true
};
static const struct sheet_style cell_style = { .size_pt = 11, .min_pt = 8, .max_lines = 3 };

static void begin_table(
	struct sheet *sheet, const double *widths, const char *const *heads, int count)
{
	static const struct sheet_style head = {
		.size_pt = 11, .min_pt = 8, .max_lines = 2, .is_bold = true
	};
	const struct sheet_table table = { .rules = SHEET_RULES_GRID,
		.pad_x_mm = 1.5,
		.pad_y_mm = 1.4,
		.column_count = count,
		.widths_mm = widths };

	sheet_table(sheet, &table);
	sheet_head(sheet, 8);
	for (int i = 0; i < count; i++)
		put_cell(sheet, head, _(heads[i]));
}

static void put_category(struct sheet *sheet, const char *name, const struct rule *rule)
{
	bool is_lent = rule->limits[0].max_items != 0;
	CLEANUP(mem_free) char *period = is_lent ? words_rule_period(rule) : mem_text("—");
	CLEANUP(mem_free) char *limit = limit_words(rule->limits[0].max_items);
	CLEANUP(mem_free)
	char *renewals = is_lent ? renewals_words(rule->max_renewals) : mem_text("—");
	CLEANUP(mem_free) char *late = is_lent ? late_words(rule) : mem_text("—");

	sheet_row(sheet, 9);
	put_cell(sheet, name_style, name);
	put_cell(sheet, cell_style, period);
	put_cell(sheet, cell_style, limit);
	put_cell(sheet, cell_style, renewals);
	put_cell(sheet, cell_style, late);
}

int rule_table_put(struct sheet *sheet, const struct rule_view *view, struct err *err)
{
	static const double widths[] = { 0, 28, 24, 20, 66 };
	static const char *const heads[] = { N_("Kind"), N_("For how long"), N_("Each person"),
		N_("Renewals"), N_("When it is late") };

	begin_table(sheet, widths, heads, ARRAY_LEN(heads));
	for (int i = 0; i < view->categories.count; i++) {
		const struct category *category = &view->categories.rows[i];
		struct rule rule;
		TRY(rule_view_rule(view, 0, category, &rule, err));
		put_category(sheet, category->name, &rule);
	}
	sheet_end(sheet);
	return 0;
}

/* ---- a row for each row about some residents ---- */

/* Joins the parts of a row's text; frees `more`. */
static void add(char **text, char *more)
{
	CLEANUP(mem_free) char *before = *text;
	CLEANUP(mem_free) char *after = more;

	*text = *before ? FILL(_("%1$s; %2$s"), before, after) : mem_text(after);
}

static void add_filled(char **text, const char *format, int64_t n, char *(*words)(int64_t))
{
	if (n == RULE_BLANK)
		return;
	CLEANUP(mem_free) char *value = words(n);
	add(text, FILL(format, value));
}

static char *number_words(int64_t n)
{
	return mem_printf("%lld", (long long)n);
}

static char *hours_words(int64_t hours)
{
	return words_duration(hours * 60);
}

static const char *const due_words[DUE_MODE_COUNT] = {
	[DUE_IGNORE] = N_("closed days count"),
	[DUE_SKIP] = N_("closed days do not count"),
	[DUE_PUSH] = N_("never due on a closed day, but on the next open one"),
	[DUE_PUSH_WEEK] = N_("never due on a closed day, but on that weekday later"),
};

static void add_period(char **text, const struct rule_row *row)
{
	const struct rule rule = { .unit = row->loan_days != RULE_BLANK ? PERIOD_DAYS
									: PERIOD_HOURS,
		.period = row->loan_days != RULE_BLANK ? row->loan_days : row->loan_hours };

	if (rule.period == RULE_BLANK)
		return;
	CLEANUP(mem_free) char *period = words_rule_period(&rule);
	add(text, FILL(_("period: %1$s"), period));
}

static void add_late(char **text, const struct rule_row *row)
{
	if (row->overdue != RULE_BLANK) {
		CLEANUP(mem_free) char *policy = mem_text(_(overdue_words[row->overdue]));
		add(text, FILL(_("when late: %1$s"), policy));
	}
	add_filled(text, _("%1$s of grace"), row->grace_days, words_days);
	add_filled(text, _("suspended %1$s for each day late"), row->suspend_days, words_days);
	add_filled(text, _("suspended %1$s at most"), row->suspend_cap, words_days);
}

static void add_hard_due(char **text, const char *on, struct day today)
{
	struct err ignored = { 0 };
	struct day day;

	if (strcmp(on, "none") == 0) {
		add(text, mem_text(_("without a last due date")));
	} else if (*on && day_parse(on, &day, &ignored) == 0) {
		CLEANUP(mem_free) char *words = words_date(day, today);
		add(text, FILL(_("due by %1$s at the latest"), words));
	}
}

/* On-site use leaves neither a period nor renewals. */
static char *row_words(const struct rule_row *row, bool is_onsite, struct day today)
{
	char *text = mem_text("");

	if (!is_onsite)
		add_period(&text, row);
	if (row->max_items != RULE_BLANK)
		add(&text, limit_words(row->max_items));
	add_filled(&text, _("%1$s in all at a time"), row->max_total, number_words);
	if (!is_onsite)
		add_filled(&text, _("renewals: %1$s"), row->max_renewals, renewals_words);
	add_filled(&text, _("renewed from %1$s before"), row->renew_hours, hours_words);
	add_filled(&text, _("%1$s of rest between two loans"), row->turnaround_hours, hours_words);
	if (row->due_mode != RULE_BLANK)
		add(&text, mem_text(_(due_words[row->due_mode])));
	add_hard_due(&text, row->hard_due_on, today);
	add_late(&text, row);
	return text;
}

static const struct category *category_in(const struct rule_view *view, int64_t id)
{
	for (int i = 0; i < view->categories.count; i++)
		if (view->categories.rows[i].id == id)
			return &view->categories.rows[i];
	return NULL;
}

struct people {
	struct resident_category *rows;
	int count;
};

static const char *people_name(const struct people *people, int64_t id)
{
	for (int i = 0; i < people->count; i++)
		if (people->rows[i].id == id)
			return people->rows[i].name;
	return "";
}

static void begin_residents(struct sheet *sheet)
{
	static const double widths[] = { 32, 32, 0 };
	static const char *const heads[] = { N_("Which residents"), N_("Kind"),
		N_("What holds for them") };

	poster_heading(sheet, _("Otherwise for some"));
	begin_table(sheet, widths, heads, ARRAY_LEN(heads));
}

static bool is_shown(const struct rule_view *view, const struct rule_row *row)
{
	return row->resident_category != 0 &&
	       (row->category == 0 || category_in(view, row->category));
}

static void put_residents(struct sheet *sheet, const struct rule_view *view,
	const struct rule_list *list, const struct people *people)
{
	struct day today = db_today(view->db);
	bool has_table = false;

	for (int i = 0; i < list->count; i++) {
		const struct rule_row *row = &list->rows[i];
		const struct category *category = category_in(view, row->category);
		if (!is_shown(view, row))
			continue;
		CLEANUP(mem_free)
		char *words = row_words(row, category && category->is_onsite, today);
		if (!*words)
			continue;
		if (!has_table)
			begin_residents(sheet);
		has_table = true;
		sheet_row(sheet, 9);
		put_cell(sheet, name_style, people_name(people, row->resident_category));
		put_cell(sheet, cell_style, category ? category->name : _("all kinds"));
		put_cell(sheet, cell_style, words);
	}
	if (has_table)
		sheet_end(sheet);
}

int rule_table_put_residents(struct sheet *sheet, const struct rule_view *view, struct err *err)
{
	CLEANUP(rule_list_finish) struct rule_list list = { 0 };
	struct people people = { 0 };

	TRY(rule_list(view->db, &list, err));
	people.count = resident_categories(view->db, &people.rows, err);
	if (people.count < 0)
		return people.count;
	put_residents(sheet, view, &list, &people);
	resident_categories_finish(people.rows, people.count);
	return 0;
}

#include "core/sheets/lending_rules.h"

#include <inttypes.h>

#include "core/base/mem.h"
#include "core/items/rule.h"
#include "core/sheets/poster.h"
#include "core/sheets/wording.h"

/* ---- values in words ---- */

static char *period_words(const struct rule *rule)
{
	if (rule->unit == PERIOD_HOURS)
		return words_duration(rule->period * 60);
	return rule->period == 0 ? mem_text(_("until closing time")) : words_days(rule->period);
}

static char *limit_words(const struct rule *rule)
{
	if (!rule->limit_count)
		return mem_printf(_("up to %" PRId64), rule->max_total);
	if (!rule->limits[0].max_items)
		return mem_text(_("used here only"));
	return mem_printf(_("up to %" PRId64), rule->limits[0].max_items);
}

static char *renewal_words(const struct rule *rule)
{
	return rule->max_renewals ? mem_printf(_("%" PRId64 " times"), rule->max_renewals)
				  : mem_text(C_("renewals", "no"));
}

static const char *const overdue_words[OVERDUE_POLICY_COUNT] = {
	[OVERDUE_ALLOW] = N_("a reminder"),
	[OVERDUE_ASK] = N_("ask a volunteer before borrowing more"),
	[OVERDUE_BLOCK] = N_("no new loans until it is back"),
};

/* ---- the table ---- */

static const double widths[] = { 0, 30, 26, 24, 58 };
static const char *const heads[] = { N_("Kind"), N_("For how long"), N_("Each person"),
	N_("Renewals"), N_("When it is late") };

static void put_cell(struct sheet *sheet, struct sheet_style style, const char *text)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, style, text);
}

static void begin_table(struct sheet *sheet)
{
	static const struct sheet_table table = { .rules = SHEET_RULES_GRID,
		.pad_x_mm = 1.5,
		.pad_y_mm = 1.4,
		.column_count = ARRAY_LEN(widths),
		.widths_mm = widths };
	static const struct sheet_style head = {
		.size_pt = 11, .min_pt = 8, .max_lines = 2, .is_bold = true
	};

	sheet_table(sheet, &table);
	sheet_head(sheet, 8);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		put_cell(sheet, head, _(heads[i]));
}

static void put_row(struct sheet *sheet, const struct category *category, const struct rule *rule)
{
	static const struct sheet_style name = {
		.size_pt = 12, .min_pt = 9, .max_lines = 2, .is_bold = true
	};
	static const struct sheet_style cell = { .size_pt = 11, .min_pt = 8, .max_lines = 2 };
	bool is_lent = !rule->limit_count || rule->limits[0].max_items;
	CLEANUP(mem_free) char *period = is_lent ? period_words(rule) : mem_text("—");
	CLEANUP(mem_free) char *limit = limit_words(rule);
	CLEANUP(mem_free) char *renewals = is_lent ? renewal_words(rule) : mem_text("—");

	sheet_row(sheet, 9);
	put_cell(sheet, name, category->name);
	put_cell(sheet, cell, period);
	put_cell(sheet, cell, limit);
	put_cell(sheet, cell, renewals);
	put_cell(sheet, cell, is_lent ? _(overdue_words[rule->overdue]) : "—");
}

/* `top`: that category and what is below it; 0: all of them. The list has parents first. */
static int put_table(struct sheet *sheet, struct db *db, int64_t top, struct err *err)
{
	CLEANUP(category_list_finish) struct category_list list = { 0 };
	bool is_inside = top == 0;
	int depth = 0;

	TRY(category_list(db, &list, err));
	begin_table(sheet);
	for (int i = 0; i < list.count; i++) {
		const struct category *category = &list.rows[i];
		struct rule rule;
		if (top && category->id == top) {
			is_inside = true;
			depth = category->depth;
		} else if (top && is_inside && category->depth <= depth) {
			is_inside = false;
		}
		if (!is_inside)
			continue;
		TRY(rule_lookup(db, 0, category->id, &rule, err));
		put_row(sheet, category, &rule);
	}
	sheet_end(sheet);
	return 0;
}

/* ---- the two posters ---- */

static int put_common_rules(struct sheet *sheet, struct db *db, int first, struct err *err)
{
	struct rule rule;

	TRY(rule_lookup(db, 0, 0, &rule, err));
	CLEANUP(mem_free)
	char *total = mem_printf(
		_("Each person may have up to %" PRId64 " things at a time."), rule.max_total);
	CLEANUP(mem_free) char *early = words_duration(rule.renew_hours * 60);
	CLEANUP(mem_free)
	char *renew = mem_printf(
		_("Renewing is possible from %s before the due time, at the counter."), early);
	poster_numbered(sheet, first, total);
	poster_numbered(sheet, first + 1, renew);
	poster_numbered(sheet, first + 2,
		_("What falls due on a day when we are closed is due on the next open day, at "
		  "closing time."));
	poster_numbered(sheet, first + 3,
		_("Please tell us when something is damaged or a part is missing: we repair it "
		  "together."));
	return 0;
}

static int draw_rules(struct db *db, const struct letterhead *letterhead,
	const struct venue_lines *lines, struct sheet **ret, struct err *err)
{
	CLEANUP(sheet_destroyp)
	struct sheet *sheet =
		poster_create(letterhead, lines, _("How shared things go round"), db_now(db));

	poster_heading(sheet, _("Borrow and return"));
	poster_numbered(sheet, 1,
		_("Borrow: scan your card, then the label of each thing; take the receipt."));
	poster_numbered(sheet, 2,
		_("Return: scan the label, no card needed; a slip is printed on request."));
	TRY(put_common_rules(sheet, db, 3, err));
	poster_heading(sheet, _("How long and how many"));
	TRY(put_table(sheet, db, 0, err));
	*ret = TAKE(sheet);
	return 0;
}

int lending_rules_build(
	struct db *db, const struct letterhead *letterhead, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(venue_lines_finish) struct venue_lines lines = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(venue_lines_get(db, &lines, err));
	return draw_rules(db, letterhead, &lines, ret, err);
}

static int draw_guide(struct db *db, const struct letterhead *letterhead,
	const struct venue_lines *lines, const struct category *category, struct sheet **ret,
	struct err *err)
{
	CLEANUP(sheet_destroyp)
	struct sheet *sheet =
		poster_create(letterhead, lines, _("How to use the library"), db_now(db));

	poster_heading(sheet, _("Reading and borrowing"));
	poster_numbered(sheet, 1,
		_("Read here as long as you like; put the book back where its label says."));
	poster_numbered(
		sheet, 2, _("Borrow: scan your card, then the label or the barcode of the book."));
	poster_numbered(sheet, 3, _("Return: scan the book at the counter, no card needed."));
	TRY(put_common_rules(sheet, db, 4, err));
	poster_heading(sheet, _("How long and how many"));
	TRY(put_table(sheet, db, category->id, err));
	*ret = TAKE(sheet);
	return 0;
}

int library_guide_build(struct db *db, const struct letterhead *letterhead, const char *code,
	struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(venue_lines_finish) struct venue_lines lines = { 0 };
	CLEANUP(category_finish) struct category category = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(category_by_code(db, code, &category, err));
	TRY(venue_lines_get(db, &lines, err));
	return draw_guide(db, letterhead, &lines, &category, ret, err);
}

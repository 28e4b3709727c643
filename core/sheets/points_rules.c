#include "core/sheets/points_rules.h"

#include "core/base/mem.h"
#include "core/rewards/reward.h"
#include "core/sheets/poster.h"
#include "core/sheets/wording.h"
#include "core/site/setting.h"
#include "core/words_points.h"

static const double widths[] = { 30, 50, 0 };
static const struct sheet_table table = { .rules = SHEET_RULES_GRID,
	.pad_x_mm = 1.5,
	.pad_y_mm = 1.4,
	.column_count = ARRAY_LEN(widths),
	.widths_mm = widths };

static void put_cell(struct sheet *sheet, struct sheet_style style, const char *text)
{
	sheet_cell(sheet, 1, SHEET_MIDDLE);
	sheet_text(sheet, style, text);
}

static void put_row(struct sheet *sheet, const char *kind, const char *name, const char *terms)
{
	static const struct sheet_style bold = {
		.size_pt = 12, .min_pt = 9, .max_lines = 2, .is_bold = true
	};
	static const struct sheet_style cell = { .size_pt = 11, .min_pt = 8, .max_lines = 3 };

	sheet_row(sheet, 9);
	put_cell(sheet, cell, kind);
	put_cell(sheet, bold, name);
	put_cell(sheet, cell, terms);
}

static int put_earning(struct sheet *sheet, struct db *db, struct err *err)
{
	CLEANUP(earn_rule_list_finish) struct earn_rule_list list = { 0 };

	TRY(earn_rules(db, &list, err));
	if (list.count == 0) {
		poster_paragraph(sheet, _("No rules for earning points are in force yet."));
		return 0;
	}
	sheet_table(sheet, &table);
	for (int i = 0; i < list.count; i++) {
		CLEANUP(mem_free) char *terms = words_earn_terms(&list.rows[i]);
		put_row(sheet, words_earn_source(list.rows[i].source), list.rows[i].name, terms);
	}
	sheet_end(sheet);
	return 0;
}

static int put_spending(struct sheet *sheet, struct db *db, struct err *err)
{
	CLEANUP(reward_list_finish) struct reward_list list = { 0 };

	TRY(rewards(db, &list, err));
	if (list.count == 0) {
		poster_paragraph(sheet, _("There is nothing to be had for points yet."));
		return 0;
	}
	sheet_table(sheet, &table);
	for (int i = 0; i < list.count; i++) {
		struct reward *reward = &list.rows[i];
		/* A poster on the wall does not say how many are left today. */
		reward->is_counted = false;
		CLEANUP(mem_free) char *price = words_price(reward);
		CLEANUP(mem_free) char *more = words_reward_terms(reward);
		CLEANUP(mem_free)
		char *terms = *more ? mem_printf("%s\n%s", price, more) : mem_text(price);
		put_row(sheet, words_reward_kind(reward->kind), reward->name, terms);
	}
	sheet_end(sheet);
	return 0;
}

/* A numbered line whose only value is a setting; 0 leaves it out. */
static int put_setting(struct sheet *sheet, struct db *db, enum setting setting, const char *format,
	int *number, struct err *err)
{
	int64_t value;

	TRY(setting_int(db, setting, &value, err));
	if (value == 0)
		return 0;
	CLEANUP(mem_free) char *text = mem_printf(format, (long long)value);
	poster_numbered(sheet, ++*number, text);
	return 0;
}

static int put_common(struct sheet *sheet, struct db *db, struct err *err)
{
	int number = 0;

	poster_numbered(sheet, ++number,
		_("Points thank for service. They are never bought with money, nor paid out."));
	poster_numbered(
		sheet, ++number, _("Hours of service are recorded apart and are never spent."));
	poster_numbered(sheet, ++number,
		_("Points can be given to registered kin, and to the common pool."));
	poster_numbered(sheet, ++number,
		_("A deposit in points comes back when the thing has been looked at."));
	TRY(put_setting(sheet, db, SETTING_POINTS_CAP,
		_("One person can save up to %lld points; what is beyond goes to the common pool."),
		&number, err));
	TRY(put_setting(sheet, db, SETTING_POINTS_MONTHS,
		_("Points last %lld months from the day they are earned; their holder is told "
		  "before."),
		&number, err));
	TRY(put_setting(sheet, db, SETTING_NEIGHBOUR_OWES,
		_("Who is helped by a neighbour may owe up to %lld points."), &number, err));
	poster_numbered(sheet, ++number,
		_("A mistake is put right by a second entry, with a reason; nothing is ever "
		  "erased."));
	return 0;
}

static int draw(struct db *db, const struct letterhead *letterhead, const struct house_lines *lines,
	struct sheet **ret, struct err *err)
{
	CLEANUP(sheet_destroyp)
	struct sheet *sheet =
		poster_create(letterhead, lines, _("How points go round"), db_now(db));

	poster_heading(sheet, _("How points are earned"));
	TRY(put_earning(sheet, db, err));
	poster_heading(sheet, _("What can be had for them"));
	TRY(put_spending(sheet, db, err));
	poster_heading(sheet, _("What holds for all"));
	TRY(put_common(sheet, db, err));
	*ret = TAKE(sheet);
	return 0;
}

int points_rules_build(
	struct db *db, const struct letterhead *letterhead, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines lines = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(house_lines_get(db, &lines, err));
	return draw(db, letterhead, &lines, ret, err);
}

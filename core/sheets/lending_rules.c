#include "core/sheets/lending_rules.h"

#include "core/base/mem.h"
#include "core/sheets/office.h"
#include "core/sheets/poster.h"
#include "core/sheets/rule_lines.h"
#include "core/sheets/wording.h"

static int put_borrowing(struct sheet *sheet, const struct rule_view *view, struct err *err)
{
	int number = 0;

	poster_heading(sheet, _("Borrow and return"));
	poster_numbered(sheet, ++number,
		_("Borrow: scan your card, then the label of each thing; take the receipt."));
	poster_numbered(sheet, ++number,
		_("Return: scan the label, no card needed; a slip is printed on request."));
	return rule_lines_put(sheet, view, &number, err);
}

static void put_swaps(struct sheet *sheet)
{
	int number = 0;

	poster_heading(sheet, _("Swap"));
	poster_numbered(sheet, ++number,
		_("Bring something whole and clean: a volunteer agrees with you on what it is "
		  "worth in points, and you choose a thing from the shelf."));
	poster_numbered(sheet, ++number,
		_("What is worth more is paid for by the difference in points; what you bring "
		  "beyond it is a gift to all."));
}

static int put_donations(struct sheet *sheet, struct db *db, struct err *err)
{
	static const struct setting_line thanks = { SETTING_DONATION_POINTS,
		N_("Each thing donated is thanked with %1$s points."), NULL };
	int number = 0;

	poster_heading(sheet, _("Donate"));
	poster_numbered(sheet, ++number,
		_("Things and money are welcome at the counter; the donor gets a slip, and is "
		  "named as they wish."));
	TRY(rule_lines_setting(sheet, db, &thanks, &number, err));
	poster_numbered(sheet, ++number,
		_("Money goes into the community fund, whose book everybody may see."));
	return 0;
}

static int put_leaving(struct sheet *sheet, struct db *db, struct err *err)
{
	static const struct setting_line gifts = { SETTING_GIVE_AWAY_MAX,
		N_("Given away: to whoever needs it; one person may have %1$s things a month."),
		N_("Given away: to whoever needs it.") };
	int number = 0;

	poster_heading(sheet, _("Sell and give away"));
	poster_numbered(sheet, ++number,
		_("Sold for charity: for points, which go into the common pool, or for yuan, which "
		  "go into the community fund."));
	TRY(rule_lines_setting(sheet, db, &gifts, &number, err));
	poster_numbered(
		sheet, ++number, _("A swap, a sale or a gift can be taken back on the same day."));
	return 0;
}

static int draw_rules(struct db *db, const struct letterhead *letterhead,
	const struct house_lines *lines, struct sheet **ret, struct err *err)
{
	CLEANUP(rule_view_finish) struct rule_view view = { 0 };
	CLEANUP(sheet_destroyp)
	struct sheet *sheet = office_begin(letterhead, lines,
		&(struct office_page){
			.title = _("How shared things go round"), .day = db_today(db) });

	TRY(rule_view_read(db, 0, &view, err));
	TRY(put_borrowing(sheet, &view, err));
	poster_heading(sheet, _("How long and how many"));
	TRY(rule_table_put(sheet, &view, err));
	TRY(rule_table_put_residents(sheet, &view, err));
	put_swaps(sheet);
	TRY(put_donations(sheet, db, err));
	TRY(put_leaving(sheet, db, err));
	*ret = TAKE(sheet);
	return 0;
}

int lending_rules_build(
	struct db *db, const struct letterhead *letterhead, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(house_lines_finish) struct house_lines lines = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(house_lines_get(db, &lines, err));
	return draw_rules(db, letterhead, &lines, ret, err);
}

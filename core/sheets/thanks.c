#include "core/sheets/thanks.h"

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/items/giving/donation.h"
#include "core/sheets/slip.h"
#include "core/sheets/wording.h"

static const struct sheet_style to_whom = {
	.size_pt = 15, .min_pt = 10, .max_lines = 2, .is_bold = true, .align = SHEET_CENTER
};
static const struct sheet_style said = { .size_pt = 10.5, .align = SHEET_CENTER };
static const struct sheet_style amount = { .size_pt = 10.5, .is_bold = true };
static const struct sheet_style number_style = { .size_pt = 9 };

static void put_gifts(struct sheet *sheet, const struct donation *d)
{
	CLEANUP(mem_free) char *yuan = money_text(d->fen);

	for (int i = 0; i < d->items.count; i++)
		slip_item(sheet, &d->items.rows[i]);
	if (d->fen) {
		CLEANUP(mem_free) char *words = mem_printf(_("%s yuan"), yuan);
		sheet_pair(sheet, amount, _("For the community fund"), amount, words);
	}
}

static struct sheet *draw(const struct donation *d, const struct letterhead *letterhead,
	const struct house_lines *house, double width_mm)
{
	const struct slip slip = { _("Thank you"), d->donated_at, width_mm };
	struct sheet *sheet = slip_begin(&slip, letterhead, house);
	CLEANUP(mem_free) char *number = mem_printf(_("Donation %lld"), (long long)d->number);
	CLEANUP(mem_free) char *at = words_instant_paper(d->donated_at, d->donated_at);

	sheet_text(sheet, to_whom, *d->thanked ? d->thanked : _("A kind neighbour"));
	sheet_text(sheet, said, _("has given to all of us"));
	slip_rule(sheet);
	put_gifts(sheet, d);
	slip_rule(sheet);
	if (d->points) {
		CLEANUP(mem_free) char *points = mem_printf("%lld", (long long)d->points);
		sheet_pair(sheet, number_style, _("Points for it"), amount, points);
	}
	sheet_pair(sheet, number_style, number, number_style, at);
	slip_end(sheet, house);
	return sheet;
}

int thanks_build(struct db *db, const struct letterhead *letterhead, int64_t id, double width_mm,
	struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(donation_finish) struct donation donation = { 0 };
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(donation_get(db, id, &donation, err));
	TRY(house_lines_get(db, &house, err));
	*ret = draw(&donation, letterhead, &house, width_mm);
	return 0;
}

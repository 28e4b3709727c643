#include "core/sheets/move_slip.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/items/giving/giveaway.h"
#include "core/items/giving/sale.h"
#include "core/items/giving/swap.h"
#include "core/people/resident.h"
#include "core/sheets/slip.h"
#include "core/sheets/wording.h"

static const struct sheet_style words_style = { .size_pt = 9.5 };
static const struct sheet_style small = { .size_pt = 9 };
static const struct sheet_style amount = { .size_pt = 11, .is_bold = true };

/* Common to all three: the sheet's heading and number, who, when, and what leaves the house. */
struct move {
	const char *heading;
	char *number, *person;
	int64_t at;
	struct item out, in; /* `in` of a swap */
	char *paid;          /* NULL: nothing to say */
	char *paid_for;      /* where it goes */
};

static void move_finish(struct move *m)
{
	free(m->number);
	free(m->person);
	free(m->paid);
	free(m->paid_for);
	item_finish(&m->out);
	item_finish(&m->in);
}

static char *points_text(int64_t points)
{
	return mem_printf(
		dngettext(WORDS_DOMAIN, "%lld point", "%lld points", (unsigned long)points),
		(long long)points);
}

static int read_person(struct db *db, int64_t resident, char **ret, struct err *err)
{
	if (resident)
		return resident_masked_name(db, resident, ret, err);
	*ret = mem_text("");
	return 0;
}

static int read_sale(struct db *db, int64_t id, struct move *m, struct err *err)
{
	struct sale sale;

	TRY(sale_get(db, id, &sale, err));
	CLEANUP(mem_free) char *yuan = money_text(sale.fen);
	m->heading = _("Charity sale");
	m->number = mem_printf(_("Sale %lld"), (long long)sale.number);
	m->at = sale.sold_at;
	m->paid = sale.points ? points_text(sale.points) : mem_printf(_("%s yuan"), yuan);
	m->paid_for =
		mem_text(sale.points ? _("For the common pool") : _("For the community fund"));
	TRY(read_person(db, sale.resident, &m->person, err));
	return item_get(db, sale.item, &m->out, err);
}

static int read_swap(struct db *db, int64_t id, struct move *m, struct err *err)
{
	struct swap swap;

	TRY(swap_get(db, id, &swap, err));
	m->heading = _("Swap");
	m->number = mem_printf(_("Swap %lld"), (long long)swap.number);
	m->at = swap.swapped_at;
	if (swap.value_out > swap.value_in) {
		m->paid = points_text(swap.value_out - swap.value_in);
		m->paid_for = mem_text(_("Difference paid"));
	}
	TRY(read_person(db, swap.resident, &m->person, err));
	TRY(item_get(db, swap.item_in, &m->in, err));
	return item_get(db, swap.item_out, &m->out, err);
}

static int read_giveaway(struct db *db, int64_t id, struct move *m, struct err *err)
{
	CLEANUP(giveaway_finish) struct giveaway giveaway = { 0 };

	TRY(giveaway_get(db, id, &giveaway, err));
	m->heading = _("A gift");
	m->number = mem_printf(_("Gift %lld"), (long long)giveaway.number);
	m->at = giveaway.given_at;
	m->person = TAKE(giveaway.receiver);
	return item_get(db, giveaway.item, &m->out, err);
}

static struct sheet *draw(const struct move *m, const struct letterhead *letterhead,
	const struct house_lines *house, double width_mm)
{
	const struct slip slip = { m->heading, m->at, width_mm };
	struct sheet *sheet = slip_begin(&slip, letterhead, house);
	CLEANUP(mem_free) char *at = words_instant_paper(m->at, m->at);

	sheet_pair(sheet, small, m->person, small, at);
	slip_rule(sheet);
	if (m->in.id) {
		sheet_text(sheet, words_style, _("Brought"));
		slip_item(sheet, &m->in);
		sheet_space(sheet, 1);
		sheet_text(sheet, words_style, _("Taken"));
	}
	slip_item(sheet, &m->out);
	if (m->paid)
		sheet_pair(sheet, words_style, m->paid_for, amount, m->paid);
	slip_rule(sheet);
	sheet_text(sheet, small, m->number);
	slip_end(sheet, house);
	return sheet;
}

int move_slip_build(struct db *db, const struct letterhead *letterhead, enum move_kind kind,
	int64_t id, double width_mm, struct sheet **ret, struct err *err)
{
	static int (*const read[])(struct db *, int64_t, struct move *, struct err *) = {
		[MOVE_SALE] = read_sale,
		[MOVE_SWAP] = read_swap,
		[MOVE_GIVEAWAY] = read_giveaway,
	};
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(move_finish) struct move move = { 0 };
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(read[kind](db, id, &move, err));
	TRY(house_lines_get(db, &house, err));
	*ret = draw(&move, letterhead, &house, width_mm);
	return 0;
}

#include "core/sheets/hold_slip.h"

#include <inttypes.h>

#include "core/base/mem.h"
#include "core/items/lending/hold_list.h"
#include "core/items/reasons.h"
#include "core/people/resident.h"
#include "core/sheets/slip.h"
#include "core/sheets/wording.h"

/* The person and the place are readable from a step away: the volunteer looks along a shelf. */
static const struct sheet_style place_style = {
	.size_pt = 30, .leading = 1.1, .is_bold = true, .align = SHEET_CENTER
};
static const struct sheet_style who_style = {
	.size_pt = 17, .min_pt = 11, .max_lines = 1, .is_bold = true, .align = SHEET_CENTER
};
static const struct sheet_style until_style = {
	.size_pt = 13, .min_pt = 10, .max_lines = 1, .is_bold = true, .align = SHEET_CENTER
};
static const struct sheet_style small = { .size_pt = 9 };
static const struct sheet_style centred = { .size_pt = 9, .align = SHEET_CENTER };

struct pickup {
	struct hold hold;
	struct item item;
	char *who;
};

static void pickup_finish(struct pickup *p)
{
	hold_finish(&p->hold);
	item_finish(&p->item);
	mem_free(&p->who);
}

static int read_pickup(struct db *db, int64_t id, struct pickup *ret, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	struct resident resident;

	TRY(hold_get(db, id, db_now(db), &ret->hold, err));
	if (ret->hold.status != HOLD_READY)
		return err_set(err, ERR_REFUSED, REASON(HOLD_ENDED));
	TRY(item_get(db, ret->hold.item, &ret->item, err));
	TRY(resident_get(db, ret->hold.resident, &resident, err));
	TRY(resident_masked_name(db, ret->hold.resident, &name, err));
	ret->who = mem_printf(_("%s · no. %" PRId64), name, resident.number);
	return 0;
}

static struct sheet *draw(const struct pickup *p, const struct letterhead *letterhead,
	const struct house_lines *house, int64_t now, double width_mm)
{
	const struct slip slip = { _("To be picked up"), p->hold.ready_at, width_mm };
	struct sheet *sheet = slip_begin(&slip, letterhead, house);
	CLEANUP(mem_free) char *until = words_instant_paper(p->hold.until_at, now);
	CLEANUP(mem_free) char *placed = words_date(when_day(p->hold.placed_at), when_day(now));

	if (p->hold.slot)
		sheet_textf(sheet, place_style, _("Place %" PRId64), p->hold.slot);
	sheet_text(sheet, who_style, p->who);
	slip_rule(sheet);
	slip_item(sheet, &p->item);
	sheet_pair(sheet, small, _("reserved"), small, placed);
	slip_rule(sheet);
	sheet_text(sheet, centred, _("Please pick it up by"));
	sheet_text(sheet, until_style, until);
	slip_end(sheet, house);
	return sheet;
}

int hold_slip_build(struct db *db, const struct letterhead *letterhead, int64_t hold,
	double width_mm, struct sheet **ret, struct err *err)
{
	CLEANUP(wording_end) struct wording wording;
	CLEANUP(pickup_finish) struct pickup pickup = { 0 };
	CLEANUP(house_lines_finish) struct house_lines house = { 0 };

	wording_begin(&wording, letterhead->language);
	TRY(read_pickup(db, hold, &pickup, err));
	TRY(house_lines_get(db, &house, err));
	*ret = draw(&pickup, letterhead, &house, db_now(db), width_mm);
	return 0;
}

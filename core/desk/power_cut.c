#include "core/desk/power_cut.h"

#include "core/base/mem.h"
#include "core/print/outbox_table.h"
#include "core/sheets/power_cut_sheet.h"
#include "core/venues/venue.h"

/* Enough for an evening; three fit on a page. */
#define LENDING_SLIPS   6
#define RETURNING_SLIPS 3
#define ROOM_SLIPS      3

/* A house without rooms needs no slips for them. */
static int count_slips(struct db *db, int counts[BLANK_USE_COUNT], struct err *err)
{
	CLEANUP(venue_list_finish) struct venue_list venues = { 0 };

	TRY(venue_list(db, &venues, err));
	counts[BLANK_LEND] = LENDING_SLIPS;
	counts[BLANK_RETURN] = RETURNING_SLIPS;
	counts[BLANK_ROOM] = venues.count ? ROOM_SLIPS : 0;
	return 0;
}

int power_cut_build(struct db *db, const struct act *act, const struct letterhead *letterhead,
	struct sheet **ret, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct blank_issued blanks[LENDING_SLIPS + RETURNING_SLIPS + ROOM_SLIPS];
	int counts[BLANK_USE_COUNT], count = 0;

	TRY(count_slips(db, counts, err));
	TRY(txn_begin(&t, db, err));
	TRY(blanks_issue(db, act, counts, blanks, err));
	for (int i = 0; i < BLANK_USE_COUNT; i++)
		count += counts[i];
	TRY(power_cut_sheet_build(db, letterhead, blanks, count, &sheet, err));
	TRY(txn_commit(&t, err));
	*ret = TAKE(sheet);
	return 0;
}

int power_cut_queue(struct db *db, const struct act *act, const struct letterhead *letterhead,
	int64_t *ret_paper, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(txn_begin(&t, db, err));
	TRY(power_cut_build(db, act, letterhead, &sheet, err));
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	const struct outbox_paper paper = {
		.purpose = PURPOSE_OFFICE_A4, .title = sheet_title(sheet), .sheet = text
	};
	TRY(outbox_add(db, &paper, ret_paper, err));
	return txn_commit(&t, err);
}

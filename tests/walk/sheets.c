#include "tests/walk/sheets.h"

#include <libgen.h>

#include "core/audit/day_slip_paper.h"
#include "core/base/mem.h"
#include "core/desk/power_cut.h"
#include "core/duty/certificate.h"
#include "core/duty/service_record.h"
#include "core/items/catalogue/label_size.h"
#include "core/sheets/booking_slip.h"
#include "core/sheets/cards.h"
#include "core/sheets/certificate.h"
#include "core/sheets/day_sheet.h"
#include "core/sheets/duty_month.h"
#include "core/sheets/duty_slip.h"
#include "core/sheets/fund_book.h"
#include "core/sheets/hold_slip.h"
#include "core/sheets/honour_roll.h"
#include "core/sheets/kept.h"
#include "core/sheets/labels.h"
#include "core/sheets/lending_rules.h"
#include "core/sheets/merchant_statement.h"
#include "core/sheets/move_slip.h"
#include "core/sheets/points_rules.h"
#include "core/sheets/points_statement.h"
#include "core/sheets/power_cut_sheet.h"
#include "core/sheets/receipt.h"
#include "core/sheets/recovery_sheet.h"
#include "core/sheets/redemption_slip.h"
#include "core/sheets/reminder.h"
#include "core/sheets/roster.h"
#include "core/sheets/service_record.h"
#include "core/sheets/shelf_guide.h"
#include "core/sheets/stocktake_report.h"
#include "core/sheets/thanks.h"
#include "core/sheets/usage_report.h"
#include "core/sheets/venue_week.h"
#include "core/sheets/year_honours.h"
#include "tests/lib/test.h"

#define WIDTH_MM 80

#define DRAWS(name)                                                               \
	static int name(struct db *db, const struct letterhead *head, int64_t id, \
		struct sheet **ret, struct err *err)

static const struct day month_first = { 2020, 11, 1 }, month_last = { 2020, 11, 30 };

DRAWS(booking_slip)
{
	return booking_slip_build(db, head, id, "J1B0", WIDTH_MM, ret, err);
}

DRAWS(cards)
{
	const struct card_face face = { id, "J1R0" };

	return cards_build(db, head, &face, 1, ret, err);
}

DRAWS(card)
{
	const struct card_face face = { id, "J1R0" };

	return card_build(db, head, &face, ret, err);
}

DRAWS(certificate)
{
	CLEANUP(certificate_finish) struct certificate certificate = { 0 };

	TRY(certificate_by_id(db, id, &certificate, err));
	return certificate_build(db, head, &certificate, ret, err);
}

DRAWS(day_sheet)
{
	(void)id;
	return day_sheet_build(db, head, (struct day){ 2020, 11, 24 }, ret, err);
}

DRAWS(duty_month)
{
	(void)id;
	return duty_month_build(db, head, 2020, 11, ret, err);
}

DRAWS(duty_slip)
{
	return duty_slip_build(db, head, id, WIDTH_MM, ret, err);
}

DRAWS(fund_book)
{
	(void)id;
	return fund_book_build(db, head, month_first, (struct day){ 2021, 1, 31 }, ret, err);
}

DRAWS(hold_slip)
{
	return hold_slip_build(db, head, id, WIDTH_MM, ret, err);
}

DRAWS(honour_roll)
{
	(void)id;
	return honour_roll_build(db, head, month_first, month_last, 20, ret, err);
}

DRAWS(kept_sheet)
{
	return kept_sheet_build(db, head, id, ret, err);
}

DRAWS(labels)
{
	CLEANUP(label_size_finish) struct label_size size = { 0 };

	TRY(label_size_loaded(db, 210, 297, &size, err));
	return labels_build(db, head, &size, &id, 1, ret, err);
}

DRAWS(lending_rules)
{
	(void)id;
	return lending_rules_build(db, head, ret, err);
}

DRAWS(shelf_guide)
{
	(void)id;
	return shelf_guide_build(db, head, "book", ret, err);
}

DRAWS(merchant_statement)
{
	return merchant_statement_build(db, head, &(struct merchant_scope){ .body = id }, ret, err);
}

DRAWS(settlement_statement)
{
	struct settlement settlement;

	TRY(settlement_get(db, id, &settlement, err));
	return merchant_statement_build(
		db, head, &(struct merchant_scope){ settlement.body, id }, ret, err);
}

DRAWS(sale_slip)
{
	return move_slip_build(db, head, MOVE_SALE, id, WIDTH_MM, ret, err);
}

DRAWS(swap_slip)
{
	return move_slip_build(db, head, MOVE_SWAP, id, WIDTH_MM, ret, err);
}

DRAWS(giveaway_slip)
{
	return move_slip_build(db, head, MOVE_GIVEAWAY, id, WIDTH_MM, ret, err);
}

DRAWS(points_rules)
{
	(void)id;
	return points_rules_build(db, head, ret, err);
}

DRAWS(statement_of_points)
{
	return points_statement_build(db, head, id, 30, WIDTH_MM, ret, err);
}

DRAWS(receipt)
{
	return receipt_build(db, head, id, WIDTH_MM, ret, err);
}

DRAWS(receipt_of_loan)
{
	return receipt_build_loan(db, head, id, WIDTH_MM, ret, err);
}

DRAWS(return_slip)
{
	return return_slip_build(db, head, &(struct return_slip){ &id, 1 }, WIDTH_MM, ret, err);
}

DRAWS(recovery_sheet)
{
	CLEANUP(mem_free) char *path = mem_text(db_path(db));
	struct recovery recovery;

	(void)id;
	TRY(recovery_open(dirname(path), &recovery, err));
	return recovery_sheet_build(db, head, &recovery, ret, err);
}

DRAWS(redemption_slip)
{
	return redemption_slip_build(db, head, id, "J1G0", WIDTH_MM, ret, err);
}

DRAWS(reminder)
{
	CLEANUP(mem_free) int64_t *residents = NULL;

	(void)id;
	int count = reminder_residents(db, &residents, err);
	TRY(count);
	assert_true(count > 0);
	return reminder_build(db, head, residents, count, WIDTH_MM, ret, err);
}

DRAWS(roster)
{
	(void)id;
	return roster_build(
		db, head, (struct week){ 2020, 48 }, &(struct roster_options){ 0 }, ret, err);
}

DRAWS(record)
{
	struct service_record record;

	TRY(service_record_by_id(db, id, &record, err));
	return service_record_build(db, head, &record, ret, err);
}

DRAWS(stocktake_report)
{
	return stocktake_report_build(db, head, id, ret, err);
}

DRAWS(thanks)
{
	return thanks_build(db, head, id, WIDTH_MM, ret, err);
}

DRAWS(usage_report)
{
	(void)id;
	return usage_report_build(db, head, month_first, month_last, ret, err);
}

DRAWS(venue_week)
{
	return venue_week_build(db, head, id, (struct day){ 2020, 11, 23 }, ret, err);
}

DRAWS(venue_day)
{
	(void)id;
	return venue_day_build(db, head, (struct day){ 2020, 11, 24 }, ret, err);
}

DRAWS(power_cut_pack)
{
	const struct act act = { .role = ROLE_SYSTEM };

	(void)id;
	return power_cut_build(db, &act, head, ret, err);
}

DRAWS(power_cut)
{
	struct blank_issued slips[BLANK_USE_COUNT];

	(void)id;
	for (enum blank_use use = 0; use < BLANK_USE_COUNT; use++) {
		slips[use] = (struct blank_issued){ .number = use + 1, .use = use };
		code_write_secret(
			CODE_BLANK, (const unsigned char[CODE_SECRET_SIZE]){ 1 }, slips[use].code);
	}
	return power_cut_sheet_build(db, head, slips, BLANK_USE_COUNT, ret, err);
}

DRAWS(year_honours)
{
	(void)id;
	return year_honours_build(db, head, 2020, 40, ret, err);
}

DRAWS(day_slip)
{
	(void)id;
	return day_slip_build(db, head, (struct day){ 2020, 11, 22 }, WIDTH_MM, ret, err);
}

#define ONCE "SELECT 1 AS id"

/* Each function of core that builds a sheet, and the rows that it can build one of. */
const struct walk_sheet walk_sheets[] = {
	{ "booking_slip_build", "SELECT id FROM booking WHERE start_at > 1610240400",
		booking_slip },
	{ "card_build", "SELECT id FROM resident", card },
	{ "cards_build", "SELECT id FROM resident", cards },
	{ "certificate_build", "SELECT id FROM certificate", certificate },
	{ "day_sheet_build", ONCE, day_sheet },
	{ "day_slip_build", ONCE, day_slip },
	{ "duty_month_build", ONCE, duty_month },
	{ "duty_slip_build",
		"SELECT resident AS id FROM assignment JOIN shift ON shift.id = assignment.shift "
		"WHERE start_at > 1610240400",
		duty_slip },
	{ "fund_book_build", ONCE, fund_book },
	{ "hold_slip_build", "SELECT id FROM hold WHERE ready_at >= 1610240400", hold_slip },
	{ "honour_roll_build", ONCE, honour_roll },
	{ "kept_sheet_build", "SELECT id FROM resident", kept_sheet },
	{ "labels_build", "SELECT id FROM item", labels },
	{ "lending_rules_build", ONCE, lending_rules },
	{ "shelf_guide_build", ONCE, shelf_guide },
	{ "merchant_statement_build", "SELECT DISTINCT body AS id FROM reward WHERE body > 0",
		merchant_statement },
	{ "merchant_statement_build", "SELECT id FROM settlement", settlement_statement },
	{ "move_slip_build", "SELECT id FROM sale", sale_slip },
	{ "move_slip_build", "SELECT id FROM swap", swap_slip },
	{ "move_slip_build", "SELECT id FROM giveaway", giveaway_slip },
	{ "points_rules_build", ONCE, points_rules },
	{ "points_statement_build", "SELECT id FROM resident", statement_of_points },
	{ "power_cut_build", ONCE, power_cut_pack },
	{ "power_cut_sheet_build", ONCE, power_cut },
	{ "receipt_build", "SELECT DISTINCT visit AS id FROM loan WHERE visit IS NOT NULL",
		receipt },
	{ "receipt_build_loan", "SELECT id FROM loan", receipt_of_loan },
	{ "recovery_sheet_build", ONCE, recovery_sheet },
	{ "redemption_slip_build", "SELECT id FROM redemption", redemption_slip },
	{ "reminder_build", ONCE, reminder },
	{ "return_slip_build", "SELECT id FROM loan WHERE returned_at IS NOT NULL", return_slip },
	{ "roster_build", ONCE, roster },
	{ "service_record_build", "SELECT id FROM service_record", record },
	{ "stocktake_report_build", "SELECT id FROM stocktake", stocktake_report },
	{ "thanks_build", "SELECT id FROM donation", thanks },
	{ "usage_report_build", ONCE, usage_report },
	{ "venue_day_build", ONCE, venue_day },
	{ "venue_week_build", "SELECT id FROM venue", venue_week },
	{ "year_honours_build", ONCE, year_honours },
	{ 0 },
};

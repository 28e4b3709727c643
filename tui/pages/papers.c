#include "tui/pages/papers.h"

#include <math.h>
#include <string.h>

#include "core/audit/day_slip_paper.h"
#include "core/audit/recover.h"
#include "core/base/mem.h"
#include "core/desk/desk.h"
#include "core/leaving/hand_over.h"
#include "core/people/card.h"
#include "core/people/staff_card.h"
#include "core/print/outbox_table.h"
#include "core/rewards/voucher.h"
#include "core/sheets/booking_slip.h"
#include "core/sheets/cards.h"
#include "core/sheets/certificate.h"
#include "core/sheets/duty_slip.h"
#include "core/sheets/fund_book.h"
#include "core/sheets/hold_slip.h"
#include "core/sheets/honour_roll.h"
#include "core/sheets/lending_rules.h"
#include "core/sheets/merchant_statement.h"
#include "core/sheets/points_rules.h"
#include "core/sheets/points_statement.h"
#include "core/sheets/redemption_slip.h"
#include "core/sheets/reminder.h"
#include "core/sheets/shelf_guide.h"
#include "core/sheets/stocktake_report.h"
#include "core/sheets/thanks.h"
#include "core/sheets/usage_report.h"
#include "core/sheets/venue_week.h"
#include "core/sheets/year_honours.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "tui/devices.h"

#define STATEMENT_LINES 20
#define HONOURS         20  /* people on the month's roll */
#define YEAR_HONOURS    40  /* and on the year's */
#define LABELS_MAX      240 /* on one paper, about */

static struct letterhead letterhead_of(const struct kiosk *kiosk)
{
	const struct config *config = &kiosk->context->config;

	return (struct letterhead){ .language = config->language, .logo = config->logo };
}

static int papers_queue(struct kiosk *kiosk, enum print_purpose purpose, const char *title,
	const struct sheet *sheet, struct err *err)
{
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	const struct outbox_paper paper = { .purpose = purpose, .title = title, .sheet = text };

	return outbox_add(kiosk->db, &paper, NULL, err);
}

static int queue_card(struct kiosk *kiosk, const struct card_face *face, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead letterhead = letterhead_of(kiosk);

	TRY(cards_build(kiosk->db, &letterhead, face, 1, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "card", sheet, err);
}

int papers_card(struct kiosk *kiosk, const struct act *act, int64_t resident,
	char ret_text[CODE_TEXT_MAX], struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	char payload[CODE_TEXT_MAX];

	TRY(txn_begin(&t, kiosk->db, err));
	TRY(card_issue(kiosk->db, act, resident, payload, NULL, err));
	const struct card_face face = { .resident = resident, .payload = payload };
	TRY(queue_card(kiosk, &face, err));
	TRY(txn_commit(&t, err));
	memcpy(ret_text, payload, sizeof(payload));
	return 0;
}

int papers_staff_card(struct kiosk *kiosk, const struct act *act, int64_t staff, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	char payload[CODE_TEXT_MAX];

	TRY(txn_begin(&t, kiosk->db, err));
	TRY(staff_card_issue(kiosk->db, act, staff, payload, err));
	const struct card_face face = { .staff = staff, .payload = payload };
	TRY(queue_card(kiosk, &face, err));
	return txn_commit(&t, err);
}

int papers_label_loaded(const struct kiosk *kiosk, struct label_size *ret, struct err *err)
{
	const struct print_queue_config *printer = &kiosk->context->config.queues[PURPOSE_LABELS];

	return label_size_loaded(kiosk->db, printer->width_mm, printer->height_mm, ret, err);
}

/* The office printer's, if another size is loaded for labels. */
static int purpose_of(struct kiosk *kiosk, const struct label_size *size, enum print_purpose *ret,
	struct err *err)
{
	CLEANUP(label_size_finish) struct label_size loaded = { 0 };
	const struct print_queue_config *office = &kiosk->context->config.queues[PURPOSE_OFFICE_A4];

	TRY(papers_label_loaded(kiosk, &loaded, err));
	bool is_loaded =
		size->page_width == loaded.page_width && size->page_height == loaded.page_height;
	bool is_office = fabs((double)size->page_width / 100 - office->width_mm) < 1;
	*ret = is_office && !is_loaded ? PURPOSE_OFFICE_A4 : PURPOSE_LABELS;
	return 0;
}

static int queue_labels(struct kiosk *kiosk, const struct label_size *size, const int64_t *items,
	int count, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	enum print_purpose purpose;

	TRY(purpose_of(kiosk, size, &purpose, err));
	TRY(labels_build(kiosk->db, &letterhead, size, items, count, &sheet, err));
	return papers_queue(kiosk, purpose, "labels", sheet, err);
}

int papers_labels_on(struct kiosk *kiosk, const struct label_size *size, const int64_t *items,
	int count, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	/* Whole pages. */
	int at_once = (LABELS_MAX + label_size_per_page(size) - 1) / label_size_per_page(size) *
		      label_size_per_page(size);

	TRY(txn_begin(&t, kiosk->db, err));
	for (int i = 0; i < count; i += at_once) {
		int some = count - i < at_once ? count - i : at_once;
		TRY(queue_labels(kiosk, size, items + i, some, err));
	}
	return txn_commit(&t, err);
}

int papers_labels(struct kiosk *kiosk, const int64_t *items, int count, struct err *err)
{
	CLEANUP(label_size_finish) struct label_size size = { 0 };

	TRY(papers_label_loaded(kiosk, &size, err));
	return papers_labels_on(kiosk, &size, items, count, err);
}

static double receipt_width(const struct kiosk *kiosk)
{
	return kiosk->context->config.queues[PURPOSE_RECEIPT].width_mm;
}

/* The receipt of one thing. */
static int queue_receipt(struct kiosk *kiosk, const char *title, int64_t id,
	int (*build)(struct db *, const struct letterhead *, int64_t id, double width_mm,
		struct sheet **ret, struct err *err),
	struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(build(kiosk->db, &letterhead, id, receipt_width(kiosk), &sheet, err));
	return papers_queue(kiosk, PURPOSE_RECEIPT, title, sheet, err);
}

/* A receipt with a code that acts, drawn anew for it: both or neither. */
struct coded_slip {
	const char *title;
	int (*code)(struct db *, const struct act *, int64_t id, char ret[CODE_TEXT_MAX],
		struct err *err);
	int (*build)(struct db *, const struct letterhead *, int64_t id, const char *code,
		double width_mm, struct sheet **ret, struct err *err);
};

static int queue_coded(
	struct kiosk *kiosk, const struct coded_slip *slip, int64_t id, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct act act = desk_act(kiosk->desk);
	char code[CODE_TEXT_MAX];

	TRY(txn_begin(&t, kiosk->db, err));
	TRY(slip->code(kiosk->db, &act, id, code, err));
	TRY(slip->build(kiosk->db, &letterhead, id, code, receipt_width(kiosk), &sheet, err));
	TRY(papers_queue(kiosk, PURPOSE_RECEIPT, slip->title, sheet, err));
	return txn_commit(&t, err);
}

static int queue_reminder(struct kiosk *kiosk, int64_t resident, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(reminder_build(
		kiosk->db, &letterhead, &resident, 1, receipt_width(kiosk), &sheet, err));
	return papers_queue(kiosk, PURPOSE_RECEIPT, "reminder", sheet, err);
}

int papers_reminders(struct kiosk *kiosk, const int64_t *residents, int count, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, kiosk->db, err));
	for (int i = 0; i < count; i++)
		TRY(queue_reminder(kiosk, residents[i], err));
	return txn_commit(&t, err);
}

int papers_hold_slip(struct kiosk *kiosk, int64_t hold, struct err *err)
{
	return queue_receipt(kiosk, "hold slip", hold, hold_slip_build, err);
}

int papers_redemption(struct kiosk *kiosk, int64_t redemption, struct err *err)
{
	static const struct coded_slip slip = { "reward", voucher_code, redemption_slip_build };

	return queue_coded(kiosk, &slip, redemption, err);
}

int papers_points(struct kiosk *kiosk, int64_t resident, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(points_statement_build(kiosk->db, &letterhead, resident, STATEMENT_LINES,
		receipt_width(kiosk), &sheet, err));
	return papers_queue(kiosk, PURPOSE_RECEIPT, "points", sheet, err);
}

int papers_day_slip(struct kiosk *kiosk, struct day on, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(day_slip_build(kiosk->db, &letterhead, on, receipt_width(kiosk), &sheet, err));
	return papers_queue(kiosk, PURPOSE_RECEIPT, "day slip", sheet, err);
}

int papers_recovery(struct kiosk *kiosk, const struct act *act, struct err *err)
{
	const struct letterhead head = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(recover_sheet(kiosk->db, kiosk->context->dir, &head, act, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "recovery", sheet, err);
}

int papers_points_rules(struct kiosk *kiosk, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(points_rules_build(kiosk->db, &letterhead, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "points rules", sheet, err);
}

int papers_honours(struct kiosk *kiosk, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	struct day from = when_day(kiosk_now(kiosk)), until;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	from.day = 1;
	until = day_add(from, 31);
	until.day = 1;
	TRY(honour_roll_build(kiosk->db, &letterhead, from, until, HONOURS, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "honours", sheet, err);
}

int papers_year_honours(struct kiosk *kiosk, int year, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(year_honours_build(kiosk->db, &letterhead, year, YEAR_HONOURS, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "year honours", sheet, err);
}

int papers_certificate(struct kiosk *kiosk, const struct act *act,
	const struct certificate_draft *draft, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(certificate_finish) struct certificate certificate = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, kiosk->db, err));
	TRY(certificate_issue(kiosk->db, act, draft, &certificate, err));
	TRY(certificate_build(kiosk->db, &letterhead, &certificate, &sheet, err));
	TRY(papers_queue(kiosk, PURPOSE_OFFICE_A4, "certificate", sheet, err));
	return txn_commit(&t, err);
}

int papers_kept(struct kiosk *kiosk, const struct act *act, int64_t resident, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, kiosk->db, err));
	TRY(hand_over(kiosk->db, act, &letterhead, resident, &sheet, err));
	TRY(papers_queue(kiosk, PURPOSE_OFFICE_A4, "what is kept", sheet, err));
	return txn_commit(&t, err);
}

int papers_rules(struct kiosk *kiosk, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(lending_rules_build(kiosk->db, &letterhead, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "rules", sheet, err);
}

int papers_guide(struct kiosk *kiosk, const char *category, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(shelf_guide_build(kiosk->db, &letterhead, category, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "guide", sheet, err);
}

int papers_thanks(struct kiosk *kiosk, int64_t donation, struct err *err)
{
	return queue_receipt(kiosk, "thanks", donation, thanks_build, err);
}

int papers_move_slip(struct kiosk *kiosk, enum move_kind kind, int64_t id, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(move_slip_build(kiosk->db, &letterhead, kind, id, receipt_width(kiosk), &sheet, err));
	return papers_queue(kiosk, PURPOSE_RECEIPT, "slip", sheet, err);
}

int papers_stocktake(struct kiosk *kiosk, int64_t stocktake, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(stocktake_report_build(kiosk->db, &letterhead, stocktake, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "stocktake", sheet, err);
}

int papers_fund(struct kiosk *kiosk, struct day from, struct day until, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(fund_book_build(kiosk->db, &letterhead, from, until, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "fund", sheet, err);
}

int papers_merchant(struct kiosk *kiosk, const struct merchant_scope *scope, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(merchant_statement_build(kiosk->db, &letterhead, scope, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "merchant", sheet, err);
}

int papers_roster_sheet(struct kiosk *kiosk, struct week week, const struct roster_options *options,
	struct sheet **ret, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);

	return roster_build(kiosk->db, &letterhead, week, options, ret, err);
}

int papers_roster(struct kiosk *kiosk, struct week week, const struct roster_options *options,
	struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(papers_roster_sheet(kiosk, week, options, &sheet, err));
	return papers_queue(kiosk, roster_purpose(options->paper), sheet_title(sheet), sheet, err);
}

int papers_duty_slip(struct kiosk *kiosk, int64_t resident, struct err *err)
{
	return queue_receipt(kiosk, "duty slip", resident, duty_slip_build, err);
}

int papers_booking_slip(struct kiosk *kiosk, int64_t booking, struct err *err)
{
	static const struct coded_slip slip = { "booking", booking_code, booking_slip_build };

	return queue_coded(kiosk, &slip, booking, err);
}

int papers_room_week(struct kiosk *kiosk, int64_t venue, struct day monday, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(venue_week_build(kiosk->db, &letterhead, venue, monday, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "room week", sheet, err);
}

int papers_rooms_day(struct kiosk *kiosk, struct day day, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(venue_day_build(kiosk->db, &letterhead, day, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "rooms day", sheet, err);
}

int papers_room_use(struct kiosk *kiosk, struct day from, struct day until, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(usage_report_build(kiosk->db, &letterhead, from, until, &sheet, err));
	return papers_queue(kiosk, PURPOSE_OFFICE_A4, "room use", sheet, err);
}

void papers_go(struct kiosk *kiosk)
{
	devices_print(kiosk->devices);
}

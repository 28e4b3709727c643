#include "tui/screens/papers.h"

#include <string.h>

#include "core/audit/day_slip_paper.h"
#include "core/base/mem.h"
#include "core/people/card.h"
#include "core/sheets/cards.h"
#include "core/sheets/hold_slip.h"
#include "core/sheets/honour_roll.h"
#include "core/sheets/lending_rules.h"
#include "core/sheets/points_rules.h"
#include "core/sheets/points_statement.h"
#include "core/sheets/redemption_slip.h"
#include "core/sheets/reminder.h"
#include "tui/devices.h"

#define STATEMENT_LINES 20
#define HONOURS         20 /* people on the roll */

/* Wider than this, what is loaded for labels is a sheet of them. */
#define ROLL_WIDTH_MAX_MM 120
#define LABELS_MAX        (10 * LABELS_ON_A_SHEET) /* on one paper */

static struct letterhead letterhead_of(const struct kiosk *kiosk)
{
	const struct config *config = &kiosk->context->config;

	return (struct letterhead){ .language = config->language, .logo = config->logo };
}

static int queue(struct kiosk *kiosk, enum print_purpose purpose, const char *title,
	const struct sheet *sheet, struct err *err)
{
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	const struct outbox_paper paper = { .purpose = purpose, .title = title, .sheet = text };

	return outbox_add(kiosk->db, &paper, NULL, err);
}

int papers_card(struct kiosk *kiosk, const struct act *act, int64_t resident,
	char ret_text[CODE_TEXT_MAX], struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead letterhead = letterhead_of(kiosk);
	char payload[CODE_TEXT_MAX];

	TRY(txn_begin(&t, kiosk->db, err));
	TRY(card_issue(kiosk->db, act, resident, payload, NULL, err));
	const struct card_face face = { .resident = resident, .payload = payload };
	TRY(cards_build(kiosk->db, &letterhead, &face, 1, &sheet, err));
	TRY(queue(kiosk, PURPOSE_OFFICE_A4, "card", sheet, err));
	TRY(txn_commit(&t, err));
	memcpy(ret_text, payload, sizeof(payload));
	return 0;
}

enum labels_paper papers_labels_loaded(const struct kiosk *kiosk)
{
	const struct print_queue_config *printer = &kiosk->context->config.queues[PURPOSE_LABELS];

	return printer->width_mm <= ROLL_WIDTH_MAX_MM ? LABELS_ROLL : LABELS_A4;
}

static int queue_labels(struct kiosk *kiosk, enum labels_paper paper, const int64_t *items,
	int count, struct err *err)
{
	enum print_purpose purpose =
		paper == papers_labels_loaded(kiosk) ? PURPOSE_LABELS : PURPOSE_OFFICE_A4;
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(labels_build(kiosk->db, &letterhead, paper, items, count, &sheet, err));
	return queue(kiosk, purpose, "labels", sheet, err);
}

int papers_labels_on(struct kiosk *kiosk, enum labels_paper paper, const int64_t *items, int count,
	struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, kiosk->db, err));
	for (int i = 0; i < count; i += LABELS_MAX) {
		int some = count - i < LABELS_MAX ? count - i : LABELS_MAX;
		TRY(queue_labels(kiosk, paper, items + i, some, err));
	}
	return txn_commit(&t, err);
}

int papers_labels(struct kiosk *kiosk, const int64_t *items, int count, struct err *err)
{
	return papers_labels_on(kiosk, papers_labels_loaded(kiosk), items, count, err);
}

static double receipt_width(const struct kiosk *kiosk)
{
	return kiosk->context->config.queues[PURPOSE_RECEIPT].width_mm;
}

static int queue_reminder(struct kiosk *kiosk, int64_t resident, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(reminder_build(
		kiosk->db, &letterhead, &resident, 1, receipt_width(kiosk), &sheet, err));
	return queue(kiosk, PURPOSE_RECEIPT, "reminder", sheet, err);
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
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(hold_slip_build(kiosk->db, &letterhead, hold, receipt_width(kiosk), &sheet, err));
	return queue(kiosk, PURPOSE_RECEIPT, "hold slip", sheet, err);
}

static double roll_of(const struct kiosk *kiosk)
{
	return kiosk->context->config.queues[PURPOSE_RECEIPT].width_mm;
}

int papers_redemption(struct kiosk *kiosk, int64_t redemption, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(redemption_slip_build(kiosk->db, &letterhead, redemption, roll_of(kiosk), &sheet, err));
	return queue(kiosk, PURPOSE_RECEIPT, "reward", sheet, err);
}

int papers_points(struct kiosk *kiosk, int64_t resident, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(points_statement_build(
		kiosk->db, &letterhead, resident, STATEMENT_LINES, roll_of(kiosk), &sheet, err));
	return queue(kiosk, PURPOSE_RECEIPT, "points", sheet, err);
}

int papers_day_slip(struct kiosk *kiosk, struct day on, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(day_slip_build(kiosk->db, &letterhead, on, roll_of(kiosk), &sheet, err));
	return queue(kiosk, PURPOSE_RECEIPT, "day slip", sheet, err);
}

int papers_points_rules(struct kiosk *kiosk, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(points_rules_build(kiosk->db, &letterhead, &sheet, err));
	return queue(kiosk, PURPOSE_OFFICE_A4, "points rules", sheet, err);
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
	return queue(kiosk, PURPOSE_OFFICE_A4, "honours", sheet, err);
}

int papers_rules(struct kiosk *kiosk, struct err *err)
{
	const struct letterhead letterhead = letterhead_of(kiosk);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(lending_rules_build(kiosk->db, &letterhead, &sheet, err));
	return queue(kiosk, PURPOSE_OFFICE_A4, "rules", sheet, err);
}

void papers_go(struct kiosk *kiosk)
{
	devices_print(kiosk->devices);
}

/* print receipt LOAN | card RESIDENT… | labels ITEM… | reminders | rules | guide CATEGORY |
 * fund | power-cut */
#include <stdio.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "core/desk/power_cut.h"
#include "core/items/lending/loan.h"
#include "core/people/card.h"
#include "core/sheets/cards.h"
#include "core/sheets/fund_book.h"
#include "core/sheets/labels.h"
#include "core/sheets/lending_rules.h"
#include "core/sheets/receipt.h"
#include "core/sheets/reminder.h"
#include "core/sheets/shelf_guide.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/draw.h"

/* ---- receipts ---- */

/* A receipt that has been printed before comes out as a second copy. */
static int queue_receipt(struct db *db, const struct loan *loan, const struct sheet *sheet,
	int64_t *ret_paper, struct err *err)
{
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	const struct outbox_paper paper = {
		.purpose = PURPOSE_RECEIPT,
		.title = sheet_title(sheet),
		.sheet = text,
		.visit = loan->visit,
		.loan = loan->id,
	};
	int64_t before = 0;

	TRY(loan->visit ? outbox_of_visit(db, loan->visit, &before, err)
			: outbox_of_loan(db, loan->id, &before, err));
	return before ? outbox_reprint(db, before, text, ret_paper, err)
		      : outbox_add(db, &paper, ret_paper, err);
}

static int print_receipt(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	CLEANUP(loan_finish) struct loan loan = { 0 };
	int64_t id = call_id(call, 0), paper;

	TRY(loan_get(call->db, id, &loan, err));
	TRY(receipt_build_loan(call->db, &head, id, width, &sheet, err));
	if (call_has(call, "to"))
		return deliver_to_file(call, sheet, call_option(call, "to"), err);
	TRY(queue_receipt(call->db, &loan, sheet, &paper, err));
	return deliver_queued(call, paper, err);
}

/* ---- cards and labels ---- */

/* A card's code is returned once, when it is issued: a printed card is always a new one. All are
 * issued, or none. */
static int issue_all(struct call *call, struct card_face *faces, char (*payloads)[CODE_TEXT_MAX],
	struct err *err)
{
	CLEANUP(txn_end) struct txn txn = TXN_INIT;

	TRY(txn_begin(&txn, call->db, err));
	for (int i = 0; i < call_count(call); i++) {
		call->act.resident = faces[i].resident;
		call_key(call, i);
		TRY(card_issue(call->db, &call->act, faces[i].resident, payloads[i], NULL, err));
		if (payloads[i][0] == '\0')
			return call_usage(call, _("this card was issued before with the same key; "
						  "its code is told only once"));
		faces[i].payload = payloads[i];
	}
	return txn_commit(&txn, err);
}

static int find_all(struct call *call, struct card_face *faces, struct err *err)
{
	for (int i = 0; i < call_count(call); i++)
		if (call_look_up(call, i, &faces[i].resident, err) < 0)
			return call_complain(call, call_operand(call, i), err);
	return 0;
}

/* A picture shows one card in its real size, a paper ten on a sheet. */
static int build_cards(
	struct call *call, const struct card_face *faces, struct sheet **ret, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	const char *to = call_option(call, "to");
	enum paper_format format = PAPER_PDF;

	if (to)
		TRY(drawer_format(to, &format, err));
	return format == PAPER_PNG && call_count(call) == 1
		       ? card_build(call->db, &head, faces, ret, err)
		       : cards_build(call->db, &head, faces, call_count(call), ret, err);
}

static int print_cards_of(struct call *call, struct card_face *faces,
	char (*payloads)[CODE_TEXT_MAX], struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	int r = find_all(call, faces, err);
	r = r == 0 ? issue_all(call, faces, payloads, err) : r;
	if (r != 0)
		return r;
	TRY(build_cards(call, faces, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

static int print_cards(struct call *call, struct err *err)
{
	size_t count = (size_t)call_count(call);

	struct card_face *faces = mem_alloc(count * sizeof(*faces));
	char(*payloads)[CODE_TEXT_MAX] = mem_alloc(count * sizeof(*payloads));
	int r = print_cards_of(call, faces, payloads, err);
	free(faces);
	free(payloads);
	return r;
}

/* The size that is named, or the one that the label printer is loaded with. */
static int label_size_wanted(struct call *call, struct label_size *ret, struct err *err)
{
	const struct print_queue_config *printer =
		&call_context(call)->config.queues[PURPOSE_LABELS];
	const char *code = call_option(call, "size");

	if (code)
		return label_size_by_code(call->db, code, ret, err);
	if (call_has(call, "a4"))
		return label_size_loaded(call->db, 210, 297, ret, err);
	return label_size_loaded(call->db, printer->width_mm, printer->height_mm, ret, err);
}

static int print_labels_of(struct call *call, int64_t *items, struct err *err)
{
	CLEANUP(label_size_finish) struct label_size size = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);

	for (int i = 0; i < call_count(call); i++)
		if (call_look_up(call, i, &items[i], err) < 0)
			return call_complain(call, call_operand(call, i), err);
	TRY(label_size_wanted(call, &size, err));
	TRY(labels_build(call->db, &head, &size, items, call_count(call), &sheet, err));
	return deliver_sheet(
		call, label_size_is_roll(&size) ? PURPOSE_LABELS : PURPOSE_OFFICE_A4, sheet, err);
}

static int print_labels(struct call *call, struct err *err)
{
	int64_t *items = mem_alloc((size_t)call_count(call) * sizeof(*items));
	int r = print_labels_of(call, items, err);
	free(items);
	return r;
}

/* ---- reminders ---- */

/* A paper each: one that jams or is not wanted does not hold up the others. */
static int print_reminder(struct call *call, int64_t resident, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(reminder_build(call->db, &head, &resident, 1, width, &sheet, err));
	return deliver_sheet(call, PURPOSE_RECEIPT, sheet, err);
}

static int reminders_to_file(
	struct call *call, const int64_t *residents, int count, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(reminder_build(call->db, &head, residents, count, width, &sheet, err));
	return deliver_to_file(call, sheet, call_option(call, "to"), err);
}

static int print_reminders(struct call *call, struct err *err)
{
	CLEANUP(mem_free) int64_t *residents = NULL;

	int count = reminder_residents(call->db, &residents, err);
	if (count < 0)
		return count;
	if (count == 0) {
		puts(_("Nothing is overdue."));
		return 0;
	}
	if (call_has(call, "to"))
		return reminders_to_file(call, residents, count, err);
	for (int i = 0; i < count; i++) {
		int r = print_reminder(call, residents[i], err);
		if (r != 0)
			return r;
	}
	return 0;
}

/* ---- what hangs on the wall ---- */

static int print_rules(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);

	TRY(lending_rules_build(call->db, &head, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

static int print_guide(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);

	TRY(shelf_guide_build(call->db, &head, call_operand(call, 0), &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

/* From --since, or the year's first day, until today. */
static int print_fund(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	const struct day today = db_today(call->db);
	const struct day from = call_option_day(call, "since", (struct day){ today.year, 1, 1 });

	TRY(fund_book_build(call->db, &head, from, today, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

/* ---- for a power cut ---- */

static int power_cut_to_file(struct call *call, const struct letterhead *head, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(power_cut_build(call->db, &call->act, head, &sheet, err));
	return deliver_to_file(call, sheet, call_option(call, "to"), err);
}

static int print_power_cut(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	int64_t paper;

	if (call_has(call, "to"))
		return power_cut_to_file(call, &head, err);
	TRY(power_cut_queue(call->db, &call->act, &head, &paper, err));
	return deliver_queued(call, paper, err);
}

/* ---- rows ---- */

#define OPTION_TO                                                                               \
	{                                                                                       \
		"to", { OPERAND_FILE, .word = N_("FILE.pdf") },                                 \
			N_("Draw into a file (.pdf, .png) instead of printing"), OUTPUT_REDRAWN \
	}

static const struct verb_option options[] = { OPTION_TO, { 0 } };
static const struct verb_option label_options[] = {
	OPTION_TO,
	{ "size", { OPERAND_TEXT, .word = N_("CODE") },
		N_("On labels of this size; label list names them") },
	{ "a4", NO_VALUE, N_("On sheets of A4 instead of a roll") },
	{ 0 },
};

static const struct verb_option fund_options[] = {
	OPTION_TO,
	{ "since", { OPERAND_DAY }, N_("From that day on; else from the first of January") },
	{ 0 },
};

const struct verb print_verbs[] = {
	{
		.name = "print receipt",
		.operands = { { OPERAND_LOAN } },
		.help = N_("Print the receipt of a loan and what was lent with it"),
		.options = options,
		.run = print_receipt,
	},
	{
		.name = "print card",
		.operands = { { OPERAND_CARD, TIMES_MANY } },
		.help = N_("Issue new cards and print them, ten on a sheet; the old ones end"),
		.takes = VERB_ACT | VERB_KEY,
		.options = options,
		.run = print_cards,
	},
	{
		.name = "print labels",
		.operands = { { OPERAND_ITEM, TIMES_MANY } },
		.help = N_("Print labels for items"),
		.options = label_options,
		.run = print_labels,
	},
	{
		.name = "print reminders",
		.help = N_("Print a slip for everybody with something overdue, as it is now"),
		.options = options,
		.run = print_reminders,
	},
	{
		.name = "print rules",
		.help = N_("Print the lending rules for the wall, from the rules that are kept"),
		.options = options,
		.run = print_rules,
	},
	{
		.name = "print guide",
		.operands = { { OPERAND_TEXT, .word = N_("CATEGORY") } },
		.help = N_("Print how to borrow things of a category, such as book, for its shelf"),
		.options = options,
		.run = print_guide,
	},
	{
		.name = "print fund",
		.help = N_("Print the statement of the community fund"),
		.options = fund_options,
		.run = print_fund,
	},
	{
		.name = "print power-cut",
		.help = N_("Print who has what, today's plans and blank slips for a power cut"),
		.takes = VERB_ACT,
		.options = options,
		.run = print_power_cut,
	},
	{ 0 },
};

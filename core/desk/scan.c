/* What a scan means now: a table of code types, each a short function (doc/rules.md, Scanning 1).
 */
#include "core/base/reasons.h"
#include "core/desk/desk.h"
#include "core/desk/internal.h"
#include "core/duty/attendance.h"
#include "core/duty/certificate.h"
#include "core/duty/service_record.h"
#include "core/items/catalogue/title.h"
#include "core/items/lending/deposit.h"
#include "core/items/lending/loan.h"
#include "core/items/reasons.h"
#include "core/people/card.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/rewards/reward.h"
#include "core/rewards/voucher.h"
#include "core/site/blank.h"
#include "core/store/role_reasons.h"

/* ---- items ---- */

/* Was the item lent in this very visit? People scan twice. */
static int is_of_this_visit(struct desk *desk, int64_t loan_id, struct err *err)
{
	struct loan loan;

	TRY(loan_get(desk->db, loan_id, &loan, err));
	bool is_it = loan.visit == desk->visit.id;
	loan_finish(&loan);
	return is_it;
}

static int item_out(
	struct desk *desk, const struct item *item, struct outcome *ret, struct err *err)
{
	if (!desk->visit.id || item->loan_resident != desk->visit.resident)
		return counter_return(desk, item, ret, err);
	int r = is_of_this_visit(desk, item->loan, err);
	if (r < 0)
		return r;
	if (!r)
		return question_ask(desk, item, ret, err);
	outcome_of_item(item, OUTCOME_ALREADY, ret);
	return 0;
}

static void wait_for_card(struct desk *desk, enum code_type type, int64_t id)
{
	desk->pending.type = type;
	desk->pending.id = id;
	desk->pending.until_ms = clock_ms(db_clock(desk->db)) + PENDING_SECONDS * 1000;
}

static int item_scanned(
	struct desk *desk, const struct item *item, struct outcome *ret, struct err *err)
{
	TRY(question_settle(desk, item->id, err));
	if (item->loan)
		return item_out(desk, item, ret, err);
	if (desk->visit.id) {
		struct act act = desk_act(desk);
		return counter_lend(desk, item, &act, ret, err);
	}
	outcome_of_item(item, OUTCOME_ITEM, ret);
	TRY(counter_notices(desk, item, ret, err));
	wait_for_card(desk, CODE_ITEM, item->id);
	return hold_look(desk, item, ret, err);
}

/* An item in a kit that is out stands for the kit: it comes back whole. */
static int item_or_kit_scanned(
	struct desk *desk, const struct item *item, struct outcome *ret, struct err *err)
{
	CLEANUP(item_finish) struct item kit = { 0 };

	if (!item->kit || !item->loan)
		return item_scanned(desk, item, ret, err);
	TRY(item_get(desk->db, item->kit, &kit, err));
	return item_scanned(desk, &kit, ret, err);
}

static int by_item_id(struct desk *desk, int64_t id, struct outcome *ret, struct err *err)
{
	struct item item = { 0 };

	TRY(item_get(desk->db, id, &item, err));
	int r = item_or_kit_scanned(desk, &item, ret, err);
	item_finish(&item);
	return r;
}

static int on_item(struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	return by_item_id(desk, code->id, ret, err);
}

int scan_item_number(struct desk *desk, int64_t number, struct outcome *ret, struct err *err)
{
	struct item item = { 0 };

	TRY(item_by_number(desk->db, number, &item, err));
	int r = item_or_kit_scanned(desk, &item, ret, err);
	item_finish(&item);
	return r;
}

/* An ISBN names a title. If there is one copy, that is the item in the hand. Of several, the one
 * that is out on this person's card, or the only one that is out; otherwise the copy's own label
 * has to be scanned. */
static const struct item *copy_meant(const struct desk *desk, const struct item_list *copies)
{
	const struct item *out = NULL;
	int out_count = 0;

	if (copies->count == 1)
		return &copies->rows[0];
	for (int i = 0; i < copies->count; i++) {
		const struct item *copy = &copies->rows[i];
		if (!copy->loan)
			continue;
		if (desk->visit.id && copy->loan_resident == desk->visit.resident)
			return copy;
		out = copy;
		out_count++;
	}
	return !desk->visit.id && out_count == 1 ? out : NULL;
}

static int on_isbn(struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	struct title title = { 0 };
	struct item_list copies = { 0 };

	int r = title_by_isbn(desk->db, code->id, &title, err);
	if (r == ERR_NOT_FOUND) {
		/* Other articles with a 69… code are in every shopping bag: the board ignores
		 * them. */
		if (!code_is_isbn(code->id) && !desk->visit.id && !desk->staff.id)
			return err_set(err, ERR_REFUSED, REASON(CODE_FOREIGN));
		ret->kind = OUTCOME_NEW_BOOK;
		ret->number = code->id;
		return 0;
	}
	if (r < 0)
		return r;
	struct item_filter filter = { .title = title.id, .limit = 50 };
	r = item_find(desk->db, &filter, &copies, err);
	const struct item *copy = r < 0 ? NULL : copy_meant(desk, &copies);
	if (copy)
		r = item_or_kit_scanned(desk, copy, ret, err);
	else if (r >= 0)
		r = err_set(err, ERR_REFUSED, REASON(ITEM_SEVERAL));
	item_list_finish(&copies);
	title_finish(&title);
	return r;
}

/* ---- venues and shifts ---- */

static int on_venue(
	struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	TRY(door_venue(desk, code->id, ret, err));
	if (ret->kind == OUTCOME_NEED_CARD)
		wait_for_card(desk, CODE_VENUE, code->id);
	return 0;
}

/* The code on a booking's slip says who comes: no card is needed. */
static int on_booking(
	struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	return door_booking(desk, code, ret, err);
}

static bool is_signed_in(const struct shift *shift, int64_t resident)
{
	for (int i = 0; i < shift->people_count; i++)
		if (shift->people[i].resident == resident)
			return shift->people[i].in_at && !shift->people[i].out_at;
	return false;
}

static int shift_toggle(
	struct desk *desk, const struct shift *shift, struct outcome *ret, struct err *err)
{
	struct act act = desk_act(desk);
	bool is_leaving = is_signed_in(shift, desk->visit.resident);
	int64_t ignored;

	int r = is_leaving ? attendance_out(desk->db, &act, shift->id, desk->visit.resident, err)
			   : attendance_in(desk->db, &act, shift->id, desk->visit.resident, err);
	r = counter_settle(desk, r, &act, &ignored, err);
	if (r < 0)
		return counter_refused_or(r, err, ret);
	ret->kind = is_leaving ? OUTCOME_DUTY_OUT : OUTCOME_DUTY_IN;
	ret->at = db_now(desk->db);
	line_note(desk, ret);
	return 0;
}

static int on_shift(
	struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	struct shift shift;

	TRY(shift_get(desk->db, code->id, &shift, err));
	ret->shift = shift.id;
	ret->name = mem_text(shift.name);
	int r = question_settle(desk, 0, err);
	if (r == 0 && desk->visit.id) {
		r = shift_toggle(desk, &shift, ret, err);
	} else if (r == 0) {
		ret->kind = OUTCOME_NEED_CARD;
		wait_for_card(desk, CODE_SHIFT, shift.id);
	}
	shift_finish(&shift);
	return r;
}

/* ---- cards ---- */

/* What was scanned just before the card is done now that it is known for whom. */
static int carry_on_pending(struct desk *desk, struct outcome *ret, struct err *err)
{
	struct code code = { .type = desk->pending.type, .id = desk->pending.id };
	bool is_fresh = code.id && clock_ms(db_clock(desk->db)) < desk->pending.until_ms;

	desk->pending.id = 0;
	if (!is_fresh)
		return 0;
	outcome_reset(ret);
	if (code.type == CODE_ITEM)
		return on_item(desk, &code, ret, err);
	return code.type == CODE_VENUE ? on_venue(desk, &code, ret, err)
				       : on_shift(desk, &code, ret, err);
}

/* Deposits on things that nobody inspected in time are released before anything depends on the
 * person's points. A store that is busy just now must not keep the visit from starting: the next
 * one will do it. */
static int give_back_deposits(struct desk *desk, struct err *err)
{
	struct act act = desk_act(desk);
	int r = deposits_release_due(desk->db, &act, desk->visit.resident, NULL, err);

	return r == ERR_BUSY ? 0 : r;
}

static int visit_of(struct desk *desk, int64_t resident, struct outcome *ret, struct err *err)
{
	TRY(question_settle(desk, 0, err));
	if (desk->visit.resident == resident) {
		ret->kind = OUTCOME_VISIT;
		return 0;
	}
	if (desk->visit.id)
		TRY(visit_end(desk, true, err));
	TRY(visit_begin(desk, resident, err));
	TRY(give_back_deposits(desk, err));
	ret->kind = OUTCOME_VISIT;
	return carry_on_pending(desk, ret, err);
}

static int on_card(struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	struct card card;

	TRY(card_find(desk->db, code->token, &card, err));
	return visit_of(desk, card.resident, ret, err);
}

int scan_resident(
	struct desk *desk, const struct intent *intent, struct outcome *ret, struct err *err)
{
	struct resident resident;

	if (!desk->staff.id)
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
	if (intent->is_number)
		TRY(resident_by_number(desk->db, intent->id, &resident, err));
	else
		TRY(resident_get(desk->db, intent->id, &resident, err));
	if (resident.has_left)
		return err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT));
	return visit_of(desk, resident.id, ret, err);
}

/* ---- the rest ---- */

static int on_loan(struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	struct loan loan = { 0 };

	TRY(loan_get(desk->db, code->id, &loan, err));
	ret->kind = OUTCOME_LOAN;
	ret->loan = loan.id;
	ret->item = loan.item;
	ret->number = loan.item_number;
	ret->due_at = loan.due_at;
	ret->at = loan.returned_at ? loan.returned_at : loan.lent_at;
	ret->is_returned = !loan_is_open(&loan);
	ret->name = mem_text(loan.name);
	loan_finish(&loan);
	return question_settle(desk, 0, err);
}

/* Anybody who is shown a service record can check whether it is genuine: the name stays masked. */
static int on_record(
	struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	struct service_record record;

	TRY(service_record_by_id(desk->db, code->id, &record, err));
	TRY(resident_masked_name(desk->db, record.resident, &ret->name, err));
	ret->kind = OUTCOME_RECORD;
	ret->number = record.number;
	ret->minutes = record.minutes.n;
	ret->at = record.issued_at;
	return question_settle(desk, 0, err);
}

/* The same for a certificate of honour. */
static int on_certificate(
	struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	CLEANUP(certificate_finish) struct certificate certificate = { 0 };

	TRY(certificate_by_id(desk->db, code->id, &certificate, err));
	TRY(resident_masked_name(desk->db, certificate.resident, &ret->name, err));
	ret->kind = OUTCOME_CERTIFICATE;
	ret->number = certificate.number;
	ret->minutes = certificate.minutes.n;
	ret->at = certificate.issued_at;
	return question_settle(desk, 0, err);
}

/* A volunteer redeems it; a resident who scans it is told that it needs one. */
static int on_voucher(
	struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };
	struct act act = desk_act(desk);
	struct voucher voucher;

	TRY(voucher_use(desk->db, &act, code, &voucher, err));
	TRY(reward_get(desk->db, voucher.reward, &reward, err));
	ret->kind = OUTCOME_VOUCHER;
	ret->at = voucher.used_at;
	ret->name = TAKE(reward.name);
	return question_settle(desk, 0, err);
}

/* Only a volunteer may enter what is written on it. */
static int on_blank(
	struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	struct blank blank;

	if (!desk->staff.id)
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
	TRY(blank_by_code(desk->db, code, &blank, err));
	ret->kind = OUTCOME_BLANK;
	ret->blank = blank.id;
	return question_settle(desk, 0, err);
}

/* Checking one reads the whole journal: that is for the coordinator's screen and `verify
 * --slip`. */
static int on_slip(struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	(void)desk;
	(void)code;
	(void)ret;
	return err_set(err, ERR_REFUSED, REASON_TEXT(CODE_WRONG_TYPE, "card"));
}

static int on_outdated(
	struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	return err_set(err, ERR_REFUSED, REASON(CODE_OUTDATED));
}

/* Its text is never stored or shown: the person who scans it may not know what it says. */
static int on_foreign(
	struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	(void)desk;
	(void)code;
	(void)ret;
	return err_set(err, ERR_REFUSED, REASON(CODE_FOREIGN));
}

static int on_payment(
	struct desk *desk, const struct code *code, struct outcome *ret, struct err *err)
{
	(void)desk;
	(void)code;
	(void)ret;
	return err_set(err, ERR_REFUSED, REASON(CODE_PAYMENT));
}

typedef int (*scan_function)(struct desk *, const struct code *, struct outcome *, struct err *);
static const scan_function on_code[CODE_TYPE_COUNT] = {
	[CODE_CARD] = on_card,
	[CODE_ITEM] = on_item,
	[CODE_VENUE] = on_venue,
	[CODE_SHIFT] = on_shift,
	[CODE_LOAN] = on_loan,
	[CODE_BOOKING] = on_booking,
	[CODE_SLIP] = on_slip,
	[CODE_VOUCHER] = on_voucher,
	[CODE_RECORD] = on_record,
	[CODE_HONOUR] = on_certificate,
	[CODE_BLANK] = on_blank,
	[CODE_ISBN] = on_isbn,
	[CODE_NUMBER] = on_foreign,
	[CODE_OUTDATED] = on_outdated,
	[CODE_PAYMENT] = on_payment,
	[CODE_FOREIGN] = on_foreign,
};

int scan_code(struct desk *desk, const struct intent *intent, struct outcome *ret, struct err *err)
{
	desk->door = (struct door){ 0 };
	if (intent->code.type == CODE_FOREIGN && intent->is_damaged)
		return err_set(err, ERR_REFUSED, REASON(CODE_DAMAGED));
	return on_code[intent->code.type](desk, &intent->code, ret, err);
}

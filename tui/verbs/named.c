#include "tui/verbs/named.h"

#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/duty/shift.h"
#include "core/items/catalogue/item.h"
#include "core/items/catalogue/title.h"
#include "core/items/lending/loan.h"
#include "core/items/reasons.h"
#include "core/people/card.h"
#include "core/people/resident.h"
#include "core/points/body.h"
#include "core/venues/booking.h"

/* A code of type `wanted`, or the error for `text`; `what` is wanted's field name. */
static int read_code(const char *text, enum code_type wanted, const char *what, struct code *ret,
	struct err *err)
{
	bool is_damaged = false;
	struct code code = code_read(text, strlen(text), &is_damaged);

	if (code.type == wanted || code.type == CODE_NUMBER) {
		*ret = code;
		return 0;
	}
	if (is_damaged)
		return err_set(err, ERR_INVALID, REASON(CODE_DAMAGED));
	if (code.type == CODE_OUTDATED)
		return err_set(err, ERR_INVALID, REASON(CODE_OUTDATED));
	if (code.type == CODE_PAYMENT)
		return err_set(err, ERR_INVALID, REASON(CODE_PAYMENT));
	if (code.type == CODE_FOREIGN)
		return err_set(err, ERR_INVALID, REASON_TEXT(OPERAND_BAD, what));
	*ret = code;
	return err_set(err, ERR_INVALID, REASON_TEXT(CODE_WRONG_TYPE, what));
}

int named_resident(struct db *db, const char *text, int64_t *ret_id, struct err *err)
{
	struct code code;
	struct card card;
	struct resident resident;

	TRY(read_code(text, CODE_CARD, "card", &code, err));
	if (code.type == CODE_CARD) {
		TRY(card_find(db, code.token, &card, err));
		*ret_id = card.resident;
		return 0;
	}
	TRY(resident_by_number(db, code.id, &resident, err));
	*ret_id = resident.id;
	return 0;
}

/* The only copy of a book. */
static int only_copy(struct db *db, int64_t isbn, int64_t *ret_id, struct err *err)
{
	CLEANUP(title_finish) struct title title = { 0 };
	CLEANUP(item_list_finish) struct item_list copies = { 0 };

	TRY(title_by_isbn(db, isbn, &title, err));
	TRY(item_find(db, &(struct item_filter){ .title = title.id, .limit = 2 }, &copies, err));
	if (copies.count == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(ITEM_UNKNOWN));
	if (copies.count > 1)
		return err_set(err, ERR_REFUSED, REASON(ITEM_SEVERAL));
	*ret_id = copies.rows[0].id;
	return 0;
}

int named_item(struct db *db, const char *text, int64_t *ret_id, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct code code = { 0 };

	int r = read_code(text, CODE_ITEM, "item", &code, err);
	if (r < 0 && code.type == CODE_ISBN)
		return only_copy(db, code.id, ret_id, err);
	if (r < 0)
		return r;
	TRY(code.type == CODE_ITEM ? item_get(db, code.id, &item, err)
				   : item_by_number(db, code.id, &item, err));
	*ret_id = item.id;
	return 0;
}

int named_loan(struct db *db, const char *text, int64_t *ret_id, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	struct code code;

	TRY(read_code(text, CODE_LOAN, "loan", &code, err));
	TRY(code.type == CODE_LOAN ? loan_get(db, code.id, &loan, err)
				   : loan_by_number(db, code.id, &loan, err));
	*ret_id = loan.id;
	return 0;
}

int named_venue(struct db *db, const char *text, int64_t *ret_id, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	struct code code;

	TRY(read_code(text, CODE_VENUE, "venue", &code, err));
	TRY(code.type == CODE_VENUE ? venue_get(db, code.id, &venue, err)
				    : venue_by_number(db, code.id, &venue, err));
	*ret_id = venue.id;
	return 0;
}

int named_booking(struct db *db, const char *text, int64_t *ret_id, struct err *err)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };
	struct code code;

	TRY(read_code(text, CODE_BOOKING, "booking", &code, err));
	TRY(code.type == CODE_BOOKING ? booking_by_code(db, &code, &booking, err)
				      : booking_by_number(db, code.id, &booking, err));
	*ret_id = booking.id;
	return 0;
}

int named_shift(struct db *db, const char *text, int64_t *ret_id, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	struct code code;

	TRY(read_code(text, CODE_SHIFT, "shift", &code, err));
	if (code.type != CODE_SHIFT)
		return err_set(err, ERR_NOT_FOUND, REASON(SHIFT_UNKNOWN));
	TRY(shift_get(db, code.id, &shift, err));
	*ret_id = shift.id;
	return 0;
}

static const char body_prefix[] = "body:";

static int body_named(
	struct db *db, const char *digits, const char *what, int64_t *ret_id, struct err *err)
{
	CLEANUP(body_finish) struct body body = { 0 };
	long long number;

	TRY(text_integer(digits, what, 1, 999999999, &number, err));
	TRY(body_by_number(db, number, &body, err));
	*ret_id = body.id;
	return 0;
}

int named_merchant(struct db *db, const char *text, int64_t *ret_id, struct err *err)
{
	size_t len = strlen(body_prefix);

	return body_named(
		db, strncmp(text, body_prefix, len) == 0 ? text + len : text, "body", ret_id, err);
}

int named_holder(struct db *db, const char *text, struct holder *ret, struct err *err)
{
	size_t len = strlen(body_prefix);
	struct holder whose = { 0 };

	if (strncmp(text, body_prefix, len) == 0)
		TRY(body_named(db, text + len, "number", &whose.body, err));
	else if (!system_account_named(text, &whose.system))
		TRY(named_resident(db, text, &whose.resident, err));
	*ret = whose;
	return 0;
}

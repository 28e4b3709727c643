/* Receipts: what a visit has lent, renewed and taken back, and what it asked about and left lent,
 * for rolls of 58 and 80 mm.
 *
 * One QR symbol per receipt: the first of its loans. Scanned at the counter it opens that loan, and
 * with it the visit's others, whose numbers are below the symbol. */
#pragma once

#include "core/base/code.h"
#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"

/* The receipt of a visit, at any time after it: lent items with their current due times, renewals,
 * returns, points. *ret is the caller's. `width_mm` is the roll's. The sheet's date is the visit's
 * end. ERR_NOT_FOUND without reasons when it has no content, or there is no such visit. */
int receipt_build(struct db *, const struct letterhead *, int64_t visit, double width_mm,
	struct sheet **ret, struct err *err);

/* What the symbol of a visit's receipt holds. Errors as receipt_build. */
int receipt_symbol(struct db *, int64_t visit, char ret[CODE_TEXT_MAX], struct err *err);

/* The receipt of one loan: its visit's, or, if lent outside of any, only that loan. ERR_NOT_FOUND
 * LOAN_UNKNOWN. */
int receipt_build_loan(struct db *, const struct letterhead *, int64_t loan, double width_mm,
	struct sheet **ret, struct err *err);

/* 归还凭条: for somebody who returns things and wants it in writing, of one person or several.
 * ERR_NOT_FOUND LOAN_UNKNOWN; ERR_NOT_FOUND without reasons when one is not returned. */
struct return_slip {
	const int64_t *loans;
	int count;
};
int return_slip_build(struct db *, const struct letterhead *, const struct return_slip *,
	double width_mm, struct sheet **ret, struct err *err);

/* The community fund (幸福基金): yuan that come in through charity sales and as gifts, in fen.
 *
 * A list of lines, each with the balance after it; nothing in it is ever changed. It is a cash
 * book, not a second ledger: points are in ledger.h, and nothing is converted. */
#pragma once

#include "core/base/money.h"
#include "core/store/act.h"

/* What a line is, by its source; a gift is money without a slip and has none. */
enum fund_kind {
	FUND_GIFT,
	FUND_SALE,
	FUND_DONATION,
	FUND_REDEMPTION,
	FUND_REVERSAL,
	FUND_KIND_COUNT
};
/* "gift", "sale", "donation", "redemption", "reversal": as --json has it. */
const char *fund_kind_name(enum fund_kind);

/* Money that came in. The sale or redemption that it comes from may be written after it, in the
 * same act. The subject is the line. ERR_INVALID NUMBER_BAD "amount" unless it is 1 fen …
 * MONEY_MAX_FEN. */
struct fund_draft {
	enum fund_kind kind; /* not a reversal */
	int64_t fen;
	int64_t of; /* the sale, donation or redemption; 0 for a gift */
};
int fund_post(struct db *, const struct act *, const struct fund_draft *, int64_t *ret_id,
	struct err *err);

/* 更正: reverses a line by another one; needs act->why. ERR_NOT_FOUND FUND_LINE_UNKNOWN;
 * ERR_REFUSED FUND_REVERSED (it is reversed, or a reversal itself), WHY_NEEDED. */
int fund_reverse(struct db *, const struct act *, int64_t line, int64_t *ret_id, struct err *err);

int fund_balance(struct db *, int64_t *ret_fen, struct err *err);

struct fund_line {
	int64_t id, at;
	enum fund_kind kind;
	int64_t fen, balance; /* balance after it */
	int64_t of;           /* the sale, donation or redemption, or the reversed line; or 0 */
};
struct fund_statement {
	struct fund_line *rows;
	int count;
};
void fund_statement_finish(struct fund_statement *);

/* ERR_NOT_FOUND FUND_LINE_UNKNOWN. */
int fund_line_get(struct db *, int64_t id, struct fund_line *ret, struct err *err);

/* The latest lines first, at most `limit`, after the line `after` of an earlier call (NULL: from
 * the latest). */
int fund_statement(struct db *, const struct fund_line *after, int limit,
	struct fund_statement *ret, struct err *err);

/* Checks the book: every balance is the sum up to it. ERR_STORAGE STORE_DAMAGED naming the first
 * line that is wrong. */
int fund_prove(struct db *, struct err *err);

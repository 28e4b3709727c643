/* Reasons of things and loans (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* the thing, the queue for it */
#define REASONS_ITEM(X)             \
	X(ITEM_UNKNOWN, "-")        \
	X(ITEM_OUT_SAME_VISIT, "-") \
	X(ITEM_OUT_SELF, "t")       \
	X(ITEM_OUT_OTHER, "t")      \
	X(ITEM_NOT_OUT, "-")        \
	X(ITEM_SEVERAL, "-")        \
	X(ITEMS_ALIKE, "i")         \
	X(ITEM_MAINTENANCE, "-")    \
	X(ITEM_MISSING, "-")        \
	X(ITEM_RETIRED, "-")        \
	X(ITEM_TURNAROUND, "t")     \
	X(ITEM_RESTING, "-")        \
	X(ITEM_NOT_FOR_LOAN, "-")   \
	X(ITEM_EXPIRED, "t")        \
	X(ITEM_UNINSPECTED, "t")    \
	X(ITEM_APPROVAL, "-")       \
	X(ITEM_IN_KIT, "i")         \
	X(ITEM_CONSUMABLE, "-")     \
	X(STOCK_OUT, "-")           \
	X(STOCK_SHORT, "i")         \
	X(STOCK_NONE, "-")          \
	X(ITEM_ONSITE, "-")         \
	X(ITEM_EXPIRES_SOON, "t")   \
	X(ITEM_INSPECT_SOON, "t")   \
	X(KIT_INCOMPLETE, "i")      \
	X(KIT_NESTED, "-")          \
	X(KIT_NOT_IN, "-")          \
	X(PART_TOO_MANY, "i")       \
	X(OWNER_TWICE, "-")         \
	X(ITEM_HELD, "-")           \
	X(ITEM_CHECK, "-")          \
	X(HOLD_UNKNOWN, "-")        \
	X(HOLD_ENDED, "-")          \
	X(HOLD_EXISTS, "-")         \
	X(HOLD_HAS_COPY, "t")       \
	X(HOLD_ON_SHELF, "-")       \
	X(HOLD_NO_COPY, "-")        \
	X(TITLE_UNKNOWN, "-")       \
	X(TITLE_SEVERAL, "s")
REASON_CODES(ITEM);

/* its loans, moves and price */
#define REASONS_LOAN(X)            \
	X(LOAN_UNKNOWN, "-")       \
	X(LOAN_CLOSED, "-")        \
	X(LOAN_OVERLAPS, "t")      \
	X(LOAN_DIFFERS, "i")       \
	X(LOAN_CLAIMED, "-")       \
	X(RECALL_NOT_EARLIER, "t") \
	X(ITEM_OWNED, "-")         \
	X(MOVE_UNKNOWN, "-")       \
	X(PRICE_NONE, "s")         \
	X(PRICE_FIXED, "-")        \
	X(VALUE_NONE, "s")
REASON_CODES(LOAN);

/* repairs and stocktakes */
#define REASONS_STOCKTAKE(X)      \
	X(TICKET_UNKNOWN, "-")    \
	X(TICKET_EXISTS, "i")     \
	X(TICKET_CLOSED, "-")     \
	X(STOCKTAKE_UNKNOWN, "-") \
	X(STOCKTAKE_OPEN, "i")    \
	X(STOCKTAKE_CLOSED, "-")
REASON_CODES(STOCKTAKE);

/* the borrower's standing */
#define REASONS_STANDING(X)      \
	X(OVERDUE_ASK, "ii")     \
	X(OVERDUE_BLOCK, "ii")   \
	X(SUSPENDED, "t")        \
	X(LIMIT_TOTAL, "ii")     \
	X(LIMIT_CATEGORY, "iis") \
	X(LIMIT_GIVEN, "ii")
REASON_CODES(STANDING);

/* points for a deposit */
#define REASONS_DEPOSIT(X) X(DEPOSIT_SHORT, "ii")
REASON_CODES(DEPOSIT);

/* renewing, undoing */
#define REASONS_RENEW(X)         \
	X(RENEW_LIMIT, "i")      \
	X(RENEW_TOO_EARLY, "t")  \
	X(RENEW_OVERDUE, "-")    \
	X(RENEW_NOT_LATER, "t")  \
	X(RENEW_WAITED, "i")     \
	X(RENEW_RECALLED, "-")   \
	X(UNDO_NOTHING, "-")     \
	X(UNDO_LATER, "-")       \
	X(UNDO_OTHER_VISIT, "-") \
	X(UNDO_OTHER_DAY, "-")
REASON_CODES(RENEW);

/* label sheets */
#define REASONS_LABEL(X)           \
	X(LABEL_SIZE_UNKNOWN, "s") \
	X(LABEL_OUTSIDE, "-")      \
	X(LABEL_SMALL, "-")
REASON_CODES(LABEL);

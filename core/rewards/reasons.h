/* Reasons of rewards, vouchers and rights of use (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* what points buy */
#define REASONS_REWARD(X)          \
	X(REWARD_UNKNOWN, "-")     \
	X(REWARD_ENDED, "-")       \
	X(REDEMPTION_UNKNOWN, "-") \
	X(REDEMPTION_UNDONE, "-")  \
	X(REDEMPTION_LATE, "-")    \
	X(REDEMPTION_SETTLED, "-") \
	X(SETTLEMENT_UNKNOWN, "-") \
	X(SETTLEMENT_EMPTY, "-")   \
	X(VOUCHER_USED, "t")       \
	X(VOUCHER_EXPIRED, "t")    \
	X(VOUCHER_UNDONE, "-")     \
	X(USE_RIGHT_UNKNOWN, "-")  \
	X(USE_RIGHT_ENDED, "-")
REASON_CODES(REWARD);

/* who gets a reward */
#define REASONS_REWARD_LIMIT(X) \
	X(SERVICE_FIRST, "ii")  \
	X(REWARD_LIMIT, "ii")
REASON_CODES(REWARD_LIMIT);

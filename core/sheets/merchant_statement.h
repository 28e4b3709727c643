/* 商户结算单: what was redeemed at a merchant, a line each, and the total, for both to sign; on A4.
 * It names no people. */
#pragma once

#include "core/print/sheet.h"
#include "core/rewards/settlement.h"
#include "core/sheets/letterhead.h"

/* *ret is the caller's. ERR_NOT_FOUND BODY_UNKNOWN, SETTLEMENT_UNKNOWN. */
int merchant_statement_build(struct db *, const struct letterhead *, const struct merchant_scope *,
	struct sheet **ret, struct err *err);

/* What became of a line: "已兑现", "还没用", "过期未用". Borrowed until the language changes. */
const char *merchant_state_words(enum merchant_state);

/* 商户结算单: what was had at a merchant, a line each, and what it comes to, for both to sign; on
 * A4. People are not named on it. */
#pragma once

#include "core/print/sheet.h"
#include "core/rewards/settlement.h"
#include "core/sheets/letterhead.h"

/* *ret is the caller's. ERR_NOT_FOUND BODY_UNKNOWN, SETTLEMENT_UNKNOWN. */
int merchant_statement_build(struct db *, const struct letterhead *, const struct merchant_scope *,
	struct sheet **ret, struct err *err);

/* What became of a line: "已兑现", "还没用", "过期未用". Borrowed until the language changes. */
const char *merchant_state_words(enum merchant_state);

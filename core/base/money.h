/* Yuan, kept in fen. */
#pragma once

#include <stdint.h>

#include "core/base/err.h"

#define MONEY_MAX_FEN INT64_C(10000000000) /* a hundred million yuan: beyond any use */

/* "12.50", "200", "-3": decimals only when they are not zero. The caller's. */
char *money_text(int64_t fen);

/* What a person types: "12", "12.5", "12.50", "¥12.5", "12 元", full-width digits. ERR_INVALID
 * NUMBER_BAD naming `what` for anything else, more than two decimals, or beyond MONEY_MAX_FEN. ""
 * is 0 when it `may_be_empty`. */
int money_parse(
	const char *text, const char *what, bool may_be_empty, int64_t *ret_fen, struct err *err);

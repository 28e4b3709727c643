/* The community fund's statement: what came in and went out, for the wall or the committee (公示).
 * Donors are named as they wish to be thanked. */
#pragma once

#include "core/points/fund.h"
#include "core/sheets/letterhead.h"

/* Lines of the days from `from` to `until`, both inclusive, oldest first, with the balance before
 * and after. */
int fund_book_build(struct db *, const struct letterhead *, struct day from, struct day until,
	struct sheet **ret, struct err *err);

/* What a line is about, in words: "义卖 水管钳 000014", "捐赠 黄*豪", "付款兑换 工具包",
 * "更正 义卖 …". The caller's. */
int fund_line_words(struct db *, const struct fund_line *, char **ret, struct err *err);

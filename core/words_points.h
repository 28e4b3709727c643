/* Points in words: what a transfer was, how a rule earns, what a reward is. As core/words.h. */
#pragma once

#include "core/points/account.h"
#include "core/points/body.h"
#include "core/points/earn_rule.h"
#include "core/points/ledger.h"
#include "core/rewards/reward.h"

/* Names of codes, borrowed until the language changes. An unknown kind of transfer is returned
 * unchanged. */
const char *words_transfer_kind(const char *kind); /* 服务所得, 兑换, 更正 … */
/* The same as one side reads it in its own statement: paying for a neighbour's help reads
 * 请邻居帮忙. */
const char *words_transfer_side(const struct statement_line *line, struct holder whose);
const char *words_system_account(enum system_account which); /* 公益池 … */
const char *words_body_kind(enum body_kind kind);            /* 志愿服务队, 党支部 … */
const char *words_earn_source(enum earn_source source);      /* 值班, 活动 … */
const char *words_earn_approver(enum earn_approver who);     /* 自动, 志愿者, 负责人 */
const char *words_earn_payer(enum earn_payer payer);         /* 发行, 公益池, 求助邻居 */
const char *words_reward_kind(enum reward_kind kind);        /* 物品, 服务 … */

/* "★★★", "—" for none; and what such a volunteer is called: 三星志愿者, "" for none. Borrowed as
 * above. */
const char *words_stars(int stars);
const char *words_star_rank(int stars);

/* "服务时长 126 小时 ★"; without a star only the hours. The caller's. */
char *words_served(int64_t minutes);

/* "20 分"; "-20 分". The caller's. */
char *words_points(int64_t points);
/* What a rule gives, and its limits, as on the wall: "每小时 10 分，每天最多 50 分，夜间 1.5 倍".
 * The caller's. */
char *words_earn_terms(const struct earn_rule *rule);
/* A reward's price: "200 分", "200 元", "200 分，或 200 元捐入基金". The caller's. */
char *words_price(const struct reward *reward);
/* Its other conditions: "先服务 2 小时，每人每月 1 份，还有 12 份"; "" for none. The caller's. */
char *words_reward_terms(const struct reward *reward);

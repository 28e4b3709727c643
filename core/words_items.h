/* Things in words; borrowed until the language changes. As core/words.h. */
#pragma once

#include "core/items/catalogue/item.h"

struct rule;

const char *words_item_status(enum item_status status); /* 在用, 维修, 暂未找到, 报废 */
/* The same, but for a retired one how it left for good, if recorded: 已义卖, 已赠送, 已换出. */
const char *words_item_condition(const struct item *);
const char *words_item_source(enum item_source source); /* 购买, 捐赠, 置换, 项目购置 */

/* For how long a rule lends: 7 天, 24 小时, 当天闭馆前. The caller's. */
char *words_rule_period(const struct rule *);

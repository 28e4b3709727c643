/* Things in words; borrowed until the language changes. As core/words.h. */
#pragma once

#include "core/items/item.h"

const char *words_item_status(enum item_status status); /* 在用, 维修, 暂未找到, 报废 */
const char *words_item_source(enum item_source source); /* 购买, 捐赠, 置换, 项目购置 */

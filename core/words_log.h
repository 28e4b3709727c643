/* The journal's acts in words, for the log of the counter. As core/words.h. */
#pragma once

#include "core/store/kind.h"

/* What was done: "借出 折叠梯 000207", "发布了轮值表". `subject` is what it was about, "" for
 * nothing; a kind without words reads as its name. The caller's. */
char *words_act(enum act_kind kind, const char *subject);

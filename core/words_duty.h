/* A plan's changes in words. As core/words.h. */
#pragma once

#include "core/duty/roster_plan.h"

/* "leads", "role" …: for programs. */
const char *roster_why_name(enum roster_why why);
/* Why a plan put somebody on a shift, or took them off: "带班", "这个时间来不了", "让给陈丽芳".
 * `other`: the shift or the person that the change names, in words; NULL when it names none. The
 * caller's. */
char *words_roster_why(const struct roster_change *change, const char *other, int64_t now);

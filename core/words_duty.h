/* Duty in words; borrowed until the language changes unless said otherwise. As core/words.h. */
#pragma once

#include "core/duty/roster.h"
#include "core/duty/roster_plan.h"

const char *words_roster_state(enum roster_state state);         /* 草稿 … */
const char *words_assignment_state(enum assignment_state state); /* 待到, 已到, 请假 … */
/* What i志愿 would question (service_flags), "" when nothing: "当天超过8小时、补录". The caller's.
 */
char *words_service_flags(unsigned flags);

/* "leads", "role" …: for programs. */
const char *roster_why_name(enum roster_why why);
/* Why a plan put somebody on a shift, or took them off: "带班", "这个时间来不了", "让给陈丽芳".
 * `other`: the shift or the person that the change names, in words; NULL when it names none. The
 * caller's. */
char *words_roster_why(const struct roster_change *change, const char *other, int64_t now);

/* Duty in words; borrowed until the language changes unless said otherwise. As core/words.h. */
#pragma once

#include "core/duty/roster.h"

const char *words_roster_state(enum roster_state state);         /* 草稿 … */
const char *words_assignment_state(enum assignment_state state); /* 待到, 已到, 请假 … */
/* What i志愿 would question (service_flags), "" when nothing: "当天超过8小时、补录". The caller's.
 */
char *words_service_flags(unsigned flags);

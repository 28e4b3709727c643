/* WEEK and MONTH as the verbs of duty take them. */
#pragma once

#include <stdbool.h>

#include "core/base/when.h"

/* "2026-W48". ERR_INVALID DATE_BAD "week". */
int duty_week(const char *text, struct week *ret, struct err *err);
/* "2026-11" */
bool duty_month(const char *text, int *ret_year, int *ret_month);

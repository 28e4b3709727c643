/* For signup_list.c alone: a text into rows and doubts. */
#pragma once

#include "core/exchange/signup_rows.h"

int signup_reading(struct db *, const char *text, struct signup_list *into, struct err *err);

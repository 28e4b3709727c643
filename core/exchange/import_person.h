/* Whom a line means: residents by their number, or by name and phone number as lists on paper have
 * them. */
#pragma once

#include "core/exchange/import_row.h"

struct import_whom {
	int number, name, phone; /* columns of the table, −1: it has none; two may be one */
};

/* 1, and *ret_id 0 when a fault was noted; 0 when nothing is written there. Those who have left are
 * found when nobody else is. */
int import_person(struct importing *, const struct import_whom *, int64_t *ret_id, struct err *err);

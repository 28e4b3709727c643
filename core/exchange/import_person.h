/* Which resident a line means: by their number, or by name and phone number as lists on paper have
 * them. */
#pragma once

#include "core/exchange/import_row.h"

struct import_whom {
	int number, name, phone; /* columns of the table, −1: absent; two may be the same */
};

/* 1, and *ret_id 0 when a fault was noted; 0 when the cells are empty. Those who have left are
 * found when nobody else is. */
int import_person(struct importing *, const struct import_whom *, int64_t *ret_id, struct err *err);

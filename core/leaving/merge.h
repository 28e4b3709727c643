/* Two records of one person become one. What was done under the second belongs to the first from
 * then on; the second keeps its number, so that nobody else gets it, and its card ends. */
#pragma once

#include "core/store/act.h"

/* Everything that `from` has goes to `into`: loans, holds, rooms, shifts, hours, points, children,
 * and phone, home, note, consent and pause where `into` has none. One act. ERR_NOT_FOUND
 * RESIDENT_UNKNOWN; ERR_REFUSED RESIDENT_LEFT for either, MERGE_SAME, MERGE_SHIFT when both are on
 * one shift, MERGE_SERVED when they have helped each other, MERGE_STAFF when both have staff
 * accounts, RESIDENT_HAS_DEPOSIT (points) when both have points and a deposit of `from` is held. */
int person_merge(struct db *, const struct act *, int64_t from, int64_t into, struct err *err);

/* "table.column" of all references to residents, moved or deliberately left: for the test that none
 * is forgotten. NULL at the end. */
const char *merge_reference(int index);

/* All reasons in their order, with their names and arguments: the one place that knows every list.
 */
#pragma once

#include "core/base/reason.h"

/* The letters of a reason's arguments, as listed above. */
const char *reason_args(int code);

/* The reason's name as listed above, for --json and logs: "ITEM_OUT_SELF". Borrowed for ever. */
const char *reason_name(int code);

/* The code of that name; REASON_NONE when there is none. */
int reason_by_name(const char *name);

/* The reason that follows `code` in the order of all lists; REASON_NONE after the last. */
int reason_next(int code);

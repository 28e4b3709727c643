/* Service hours as a table that others accept (i志愿, the street office): one line for each time
 * served, with what i志愿 would question in words. */
#pragma once

#include "core/base/when.h"
#include "core/exchange/table_write.h"
#include "core/store/act.h"

struct hours_export {
	struct day from, until; /* inclusive */
	const char *path;       /* replace an older file; mode 0600 */
	enum table_encoding encoding;
	char separator;
};
/* Personal data: needs a coordinator, and is journalled. Hours that do not count (reversed, or
 * waiting for a second person) are left out. *ret_rows: without the header. ERR_REFUSED
 * ROLE_NEEDED; ERR_STORAGE FILE_UNWRITABLE. */
int hours_export(struct db *, const struct act *, const struct hours_export *, int *ret_rows,
	struct err *err);

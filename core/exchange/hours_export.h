/* Service hours as a table that others accept (i志愿, the street office): one line for each time
 * served, with what i志愿 would question in words. */
#pragma once

#include "core/base/when.h"
#include "core/exchange/table_write.h"
#include "core/store/act.h"

struct hours_export {
	struct day from, until; /* inclusive */
	const char *path;       /* an older file is replaced; mode 0600 */
	enum table_encoding encoding;
	char separator;
};
/* People's data: coordinators and up, and a line of the journal. What does not count (taken back,
 * or waiting for a second person) is left out. *ret_rows: without the header. ERR_REFUSED
 * ROLE_NEEDED; ERR_STORAGE FILE_UNWRITABLE. */
int hours_export(struct db *, const struct act *, const struct hours_export *, int *ret_rows,
	struct err *err);

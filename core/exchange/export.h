/* Exports tables, to be worked on in WPS or Excel, or to move to another machine: imported into an
 * empty venue (import.h; residents and titles first, then items, then loans) they give the same
 * lists again. */
#pragma once

#include "core/exchange/columns.h"
#include "core/exchange/table_write.h"
#include "core/store/act.h"

struct export
{
	enum exchange_kind kind;
	const char *path; /* replace an older file; mode 0600 */
	enum table_encoding encoding;
	char separator;
	bool is_english; /* headers and words; else Chinese. An import understands both */
};

/* Residents and loans are personal data: they need a coordinator, and the export is journalled; the
 * others need a volunteer. Loans that were undone are left out. ERR_REFUSED ROLE_NEEDED;
 * ERR_STORAGE FILE_UNWRITABLE: an existing file stays. *ret_rows: without the header. */
int export_table(struct db *db, const struct act *act, const struct export *what, int *ret_rows,
	struct err *err);

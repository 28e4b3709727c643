/* Tables that go out, to be worked on in WPS or Excel, or to move to another machine: imported into
 * an empty venue (import.h; residents and titles first, then items, then loans) they are the same
 * lists again. */
#pragma once

#include "core/exchange/columns.h"
#include "core/exchange/table_write.h"
#include "core/store/act.h"

struct export
{
	enum exchange_kind kind;
	const char *path; /* an older file is replaced; mode 0600 */
	enum table_encoding encoding;
	char separator;
	bool is_english; /* headers and words; else Chinese. Both are understood by an import */
};

/* Residents and loans are people's data: coordinators and up, and a line of the journal; the others
 * take a volunteer. Loans that were undone are left out. ERR_REFUSED ROLE_NEEDED; ERR_STORAGE
 * FILE_UNWRITABLE: the file that was there stays. *ret_rows: without the header. */
int export_table(struct db *db, const struct act *act, const struct export *what, int *ret_rows,
	struct err *err);

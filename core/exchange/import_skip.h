/* Writes the lines of a table that could not be imported to a file, to be corrected. */
#pragma once

#include "core/exchange/import_report.h"
#include "core/exchange/import_request.h"
#include "core/exchange/table.h"

/* Writes header and bad lines unchanged to what->skip_bad, with one more column: why. The report's
 * faults are sorted by line. */
int import_skip_write(const struct import *what, const struct table *table, const bool *is_bad,
	const struct import_report *report, struct err *err);

/* True for the header of that column: the file may be imported again as it is. */
bool import_skip_is_reason(const char *header);

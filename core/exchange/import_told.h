/* Lines of a table that are not about anybody or anything: totals, remarks at the foot, the example
 * of an empty table, a repeated header. They are reported and left out. */
#pragma once

#include "core/exchange/import_report.h"
#include "core/exchange/table.h"

/* IMPORT_TOLD_NOTHING for an ordinary line. The header is row 0; `name` is the file's column by
 * which a line is recognised, or −1. */
enum import_told_kind import_told_of(const struct table *, int name, int row);

/* Adds one to the report; `text` is shortened. */
void import_tell(struct import_report *, int line, enum import_told_kind, const char *text);

/* The non-empty cells of a row, as a person would read them. The caller's. */
char *import_row_text(const struct table *, int row);

/* Lines for spreadsheets on standard output: UTF-8 with a byte order mark, commas, CRLF. For files
 * use core/exchange/table_write.h. */
#pragma once

#define CSV_END "\r\n"

/* Before all lines. The mark tells a spreadsheet that this is UTF-8. */
void csv_begin(void);
/* A cell in quotes, and never a formula. Commas and CSV_END are the caller's. */
void csv_text(const char *text);

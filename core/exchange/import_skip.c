#include "core/exchange/import_skip.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/base/text.h"
#include "core/exchange/table_write.h"

#define REASON_HEADER "未导入原因"

static void destroy_writer(struct table_writer **writer)
{
	table_writer_destroy(*writer);
}

bool import_skip_is_reason(const char *header)
{
	return strcmp(header, REASON_HEADER) == 0;
}

static enum table_encoding encoding_of(const struct table *table)
{
	const char *name = table_encoding(table);

	return strcmp(name, "GB18030") == 0  ? TABLE_GB18030
	       : strcmp(name, "UTF-16") == 0 ? TABLE_UTF16
					     : TABLE_UTF8;
}

/* Where the reasons go: after the last header, or where an earlier import wrote them. */
static int reason_column(const struct table *table)
{
	for (int i = 0; i < table_columns(table, 0); i++)
		if (import_skip_is_reason(table_cell(table, 0, i)))
			return i;
	return table_columns(table, 0);
}

static void write_row(struct table_writer *w, const struct table *table, int row, int reason_at,
	const char *reasons)
{
	for (int i = 0; i < reason_at; i++)
		table_write_cell(w, table_cell(table, row, i));
	table_write_text(w, reasons);
	for (int i = reason_at + 1; i < table_columns(table, row); i++)
		table_write_cell(w, table_cell(table, row, i));
	table_end_row(w);
}

/* All faults of a line, in one text; *next is the first fault that may belong to it. */
static char *reasons_of(
	const struct import *what, const struct import_report *report, int line, int *next)
{
	char *all = mem_text("");

	while (*next < report->fault_count && report->faults[*next].line < line)
		(*next)++;
	for (; *next < report->fault_count && report->faults[*next].line == line; (*next)++) {
		const struct reason *reason = &report->faults[*next].reason;
		CLEANUP(mem_free)
		char *said = what->say ? what->say(reason, what->context)
				       : mem_text(reason_name(reason->code));
		CLEANUP(mem_free) char *before = all;
		all = mem_printf("%s%s%s", before, *before ? "；" : "", said);
	}
	return all;
}

int import_skip_write(const struct import *what, const struct table *table, const bool *is_bad,
	const struct import_report *report, struct err *err)
{
	CLEANUP(destroy_writer) struct table_writer *w = NULL;
	int reason_at = reason_column(table), next = 0;

	TRY(table_writer_create(
		what->skip_bad, encoding_of(table), table_separator(table), &w, err));
	write_row(w, table, 0, reason_at, REASON_HEADER);
	for (int row = 1; row < table_rows(table); row++) {
		if (!is_bad[row])
			continue;
		CLEANUP(mem_free)
		char *reasons = reasons_of(what, report, table_line(table, row), &next);
		write_row(w, table, row, reason_at, reasons);
	}
	return table_writer_finish(w, err);
}

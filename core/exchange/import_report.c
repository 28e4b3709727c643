#include "core/exchange/import_report.h"

#include <assert.h>
#include <stdlib.h>

#include "core/base/mem.h"

const char *import_change_name(enum import_change change)
{
	static const char *const names[] = { "same", "changed", "added", "bad", "left_out" };

	static_assert(ARRAY_LEN(names) == IMPORT_CHANGE_COUNT, "a name each");
	return names[change];
}

void import_report_finish(struct import_report *report)
{
	for (int i = 0; report->lines && i < report->rows; i++) {
		free(report->lines[i].name);
		free(report->lines[i].columns);
	}
	free(report->lines);
	free(report->unknown_columns);
	free(report->faults);
	for (int i = 0; i < report->told_count; i++)
		free(report->told[i].text);
	free(report->told);
	*report = (struct import_report){ 0 };
}

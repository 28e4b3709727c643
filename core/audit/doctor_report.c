#include "core/audit/doctor_report.h"

#include <stdlib.h>

#include "core/base/mem.h"

void doctor_report_finish(struct doctor_report *report)
{
	free(report->rows);
	*report = (struct doctor_report){ 0 };
}

void doctor_add(struct doctor_report *report, struct doctor_line line)
{
	report->rows =
		mem_resize(report->rows, (size_t)(report->count + 1) * sizeof(*report->rows));
	report->rows[report->count++] = line;
}

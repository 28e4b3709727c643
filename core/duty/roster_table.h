/* A week's roster as a table: days across, periods down. Shifts of the same hours share a row, one
 * per day; screens and papers use the same layout. */
#pragma once

#include "core/duty/roster.h"

#define ROSTER_DAYS 7

struct roster_row {
	const char *name;        /* borrowed from the roster */
	int start, end;          /* minutes from the day's midnight; the end may lie beyond 1440 */
	int shifts[ROSTER_DAYS]; /* index into roster.shifts, or -1 */
};

struct roster_table {
	struct roster_row *rows; /* by start and end */
	int count;
};
void roster_table_finish(struct roster_table *);
void roster_table(const struct roster *, struct roster_table *ret);
/* NULL when there is none. Borrowed from the roster. */
const struct shift *roster_cell(
	const struct roster *, const struct roster_table *, int row, int day);

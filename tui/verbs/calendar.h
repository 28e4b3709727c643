/* A calendar of holidays in a file: tab-separated, with the columns date, kind (off or work) and
 * name. The one that is shipped, or one for a later year. */
#pragma once

#include "core/site/holiday.h"

struct calendar {
	struct holiday *days;
	int count;
};
void calendar_finish(struct calendar *); /* for CLEANUP */

/* ERR_NOT_FOUND FILE_MISSING, ERR_STORAGE FILE_UNREADABLE, ERR_INVALID FILE_BAD (line and column),
 * DATE_BAD. */
int calendar_read(const char *path, struct calendar *ret, struct err *err);

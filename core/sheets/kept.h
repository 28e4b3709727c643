/* Everything that is kept about a resident, for themselves to read and to take home (doc/rules.md,
 * People and privacy): who they are, what they have done here, what was written about them. Papers
 * and screens show the same lines. */
#pragma once

#include "core/sheets/letterhead.h"

struct kept_line {
	int section; /* 0: the person; kept_section_words */
	int64_t at;  /* 0: of no time */
	char *what;
	char *more; /* until when, how many …; "" */
};
struct kept_list {
	struct kept_line *rows; /* by section, then by time */
	int count;
};
void kept_list_finish(struct kept_list *);

/* At the kiosk others may look over their shoulder: there names and the phone number are masked,
 * and what staff wrote for staff is left out. Paper has everything. */
enum kept_view { KEPT_WHOLE, KEPT_ALONE };
/* ERR_NOT_FOUND RESIDENT_UNKNOWN. */
int kept_read(
	struct db *, int64_t resident, enum kept_view, struct kept_list *ret, struct err *err);
const char *kept_section_words(int section); /* translated; borrowed for ever */

/* The same on A4. */
int kept_sheet_build(struct db *, const struct letterhead *, int64_t resident, struct sheet **ret,
	struct err *err);

/* The pack at the counter for when the power is out: what is out and with whom (masked), today's
 * bookings and duty, then the blank slips, three on a page, to be cut apart. */
#pragma once

#include "core/sheets/letterhead.h"
#include "core/site/blank.h"

int power_cut_sheet_build(struct db *, const struct letterhead *, const struct blank_issued *blanks,
	int count, struct sheet **ret, struct err *err);
/* How it names a borrower: "12 陈*芳". The number identifies them, the name is for the person at
 * the counter. Erasing a person searches for it. The caller's. ERR_NOT_FOUND RESIDENT_UNKNOWN. */
int power_cut_who(struct db *, int64_t resident, char **ret, struct err *err);
/* "Lending slip 17", in the current language. The caller's. */
char *power_cut_slip_name(enum blank_use use, int64_t number);

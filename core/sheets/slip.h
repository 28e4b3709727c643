/* Shared by the slips on a roll: head, heading, lines of things, foot. For the files of
 * core/sheets, and papers of the floor above, with wording.h's words open. */
#pragma once

#include "core/items/catalogue/item.h"
#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"

struct slip {
	const char *heading;
	int64_t made_at;
	double width_mm; /* the roll's */
};
/* The sheet's page is open after the heading; the sheet is the caller's. */
struct sheet *slip_begin(
	const struct slip *, const struct letterhead *, const struct house_lines *);
/* Starts another slip on the same sheet. */
void slip_page(
	struct sheet *, const struct slip *, const struct letterhead *, const struct house_lines *);
void slip_item(struct sheet *, const struct item *); /* name and number */
void slip_rule(struct sheet *);
void slip_end(struct sheet *, const struct house_lines *);

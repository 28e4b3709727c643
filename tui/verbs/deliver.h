/* Where a verb's paper goes: into a file, or through the outbox to a printer. */
#pragma once

#include "core/print/outbox_table.h"
#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"
#include "tui/verbs/call.h"

/* What papers need from kiosk.conf; borrowed. */
struct letterhead deliver_letterhead(struct call *call);
/* Draws into --to, whose suffix gives the format. */
int deliver_to_file(struct call *call, const struct sheet *sheet, const char *to, struct err *err);

/* Brings a queued paper to its printer and reports the result. 0 when it is printed or another
 * process prints it; EXIT_DEVICE after saying what the printer needs. */
int deliver_queued(struct call *call, int64_t paper, struct err *err);

/* A sheet to the file of --to, else into the outbox as a paper of that purpose. */
int deliver_sheet(
	struct call *call, enum print_purpose purpose, const struct sheet *sheet, struct err *err);

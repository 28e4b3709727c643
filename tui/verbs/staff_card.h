/* The card of a member of staff as a picture or a paper, for the verbs that issue one. */
#pragma once

#include "core/sheets/letterhead.h"
#include "core/store/act.h"
#include "tui/context.h"

/* Issues a card (staff_card.h) and draws it into the file `to`, whose suffix gives the format: both
 * or neither. Errors as staff_card_issue; ERR_INVALID FORMAT_UNKNOWN, ERR_DEVICE, ERR_STORAGE. */
int staff_card_to_file(const struct context *context, struct db *db, const struct act *act,
	int64_t staff, const char *to, struct err *err);

/* Cards of staff. At the counter staff mode begins with a card; a resident uses their share card,
 * and a member of staff who is not a resident, such as the first administrator, gets one that opens
 * nothing else. It carries 128 random bits like any card, of which the database keeps the
 * BLAKE2b-256. */
#pragma once

#include "core/base/code.h"
#include "core/people/staff.h"

/* A new card; the previous one ends in the same act. *ret_text is the payload (J1R…), returned only
 * this once: a repeat of the act returns "". ERR_NOT_FOUND STAFF_UNKNOWN; ERR_REFUSED
 * STAFF_HAS_CARD (n1 the number of the resident whose share card it is), PIN_NONE for service
 * accounts. */
int staff_card_issue(struct db *db, const struct act *act, int64_t staff,
	char ret_text[CODE_TEXT_MAX], struct err *err);

/* Whose card this is, of either kind. ERR_NOT_FOUND STAFF_UNKNOWN: a resident who is not staff;
 * otherwise as card_find. */
int staff_card_find(struct db *db, const unsigned char token[CODE_TOKEN_SIZE], struct staff *ret,
	struct err *err);

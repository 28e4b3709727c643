/* What a person names on a command line: CARD, ITEM, LOAN, VENUE, BOOKING, SHIFT, who holds
 * points. */
#pragma once

#include "core/points/account.h"
#include "core/store/db.h"

/* A card's payload or a resident's number → the resident's id. ERR_NOT_FOUND CARD_UNKNOWN,
 * RESIDENT_UNKNOWN; ERR_REFUSED CARD_REVOKED, RESIDENT_LEFT; ERR_INVALID CODE_DAMAGED,
 * OPERAND_BAD, CODE_WRONG_TYPE "card". */
int named_resident(struct db *db, const char *text, int64_t *ret_id, struct err *err);

/* A label's payload, an item's number, or the ISBN of a book with one copy → the item's id.
 * ERR_NOT_FOUND ITEM_UNKNOWN; ERR_REFUSED ITEM_SEVERAL; ERR_INVALID as above. */
int named_item(struct db *db, const char *text, int64_t *ret_id, struct err *err);

/* A venue's payload or number → its id. ERR_NOT_FOUND VENUE_UNKNOWN; ERR_INVALID as above. */
int named_venue(struct db *db, const char *text, int64_t *ret_id, struct err *err);

/* A booking's payload or number → its id. ERR_NOT_FOUND BOOKING_UNKNOWN; ERR_INVALID as above. */
int named_booking(struct db *db, const char *text, int64_t *ret_id, struct err *err);

/* A shift's payload → its id. ERR_NOT_FOUND SHIFT_UNKNOWN; ERR_INVALID as above. */
int named_shift(struct db *db, const char *text, int64_t *ret_id, struct err *err);

/* A loan's payload or number → its id. ERR_NOT_FOUND LOAN_UNKNOWN; ERR_INVALID as above. */
int named_loan(struct db *db, const char *text, int64_t *ret_id, struct err *err);

/* "3", as merchant list has it, or "body:3" → the body's id. ERR_NOT_FOUND BODY_UNKNOWN;
 * ERR_INVALID NUMBER_BAD, NUMBER_RANGE "body". */
int named_merchant(struct db *db, const char *text, int64_t *ret_id, struct err *err);

/* CARD as named_resident; "issue", "pool" … the system's accounts; "body:3" the body with that
 * number. Errors as named_resident, ERR_NOT_FOUND BODY_UNKNOWN. */
int named_holder(struct db *db, const char *text, struct holder *ret, struct err *err);

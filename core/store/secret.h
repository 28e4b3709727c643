/* The codes that act without a card, such as a booking's or a voucher's. Each carries 64 random
 * bits, so that nobody can invent one; the database keeps only the BLAKE2b-256, so that nobody who
 * copies it can either.
 *
 * A subject has one valid code. It is returned once, when it is issued, for the paper that is
 * printed then; printing the slip again issues a new code, and the older slip stops working.
 */
#pragma once

#include "core/base/code.h"
#include "core/store/act.h"

/* Issues the code of `subject`, a booking or a voucher's redemption as `type` says. A repetition of
 * the act returns "". The caller has checked that the subject exists and may have a code. */
int secret_issue(struct db *, const struct act *, enum code_type type, int64_t subject,
	char ret_text[CODE_TEXT_MAX], struct err *err);

/* Finds the subject of a code that was read. ERR_NOT_FOUND CODE_OUTDATED: invented, or from an
 * older slip. */
int secret_subject(struct db *, const struct code *, int64_t *ret_subject, struct err *err);

/* The BLAKE2b-256 of what a code carries, as it is stored. */
#define SECRET_HASH_TEXT 65
void secret_hash(const unsigned char *bytes, size_t size, char out[SECRET_HASH_TEXT]);

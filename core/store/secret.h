/* The codes that act without a card: a booking's, a voucher's. Each carries 64 random bits, so that
 * nobody can make one up; the database keeps their BLAKE2b-256, so that who copies it cannot
 * either.
 *
 * A thing has one code that works. It is told once, when it is issued, for the paper that is
 * printed then; whoever prints the slip again issues a new one, and the older slip stops working.
 */
#pragma once

#include "core/base/code.h"
#include "core/store/act.h"

/* Issues the code of `subject`, a booking or a voucher's redemption as `type` says. A repeat of the
 * act answers "". That there is such a thing, and that it may have one, is the caller's matter. */
int secret_issue(struct db *, const struct act *, enum code_type type, int64_t subject,
	char ret_text[CODE_TEXT_MAX], struct err *err);

/* Whose code it is that was read. ERR_NOT_FOUND CODE_OUTDATED: made up, or of an older slip. */
int secret_subject(struct db *, const struct code *, int64_t *ret_subject, struct err *err);

/* The BLAKE2b-256 of what a code carries, as it is kept. */
#define SECRET_HASH_TEXT 65
void secret_hash(const unsigned char *bytes, size_t size, char out[SECRET_HASH_TEXT]);

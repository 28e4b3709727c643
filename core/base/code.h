/* The typed codes on cards, labels and papers (decisions.md, Ids).
 *
 * "J1", a type letter, Crockford base32 of the value, an ISO 7064 MOD 37,36 check character over
 * all before it. Upper-case ASCII letters and digits alone: a QR stays small and no decoder can
 * guess a charset wrongly. A card carries 128 random bits (26 digits), all others an id of 53 bits
 * (11). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"

enum code_type {
	CODE_CARD,    /* J1R… */
	CODE_ITEM,    /* J1I… */
	CODE_VENUE,   /* J1V… */
	CODE_SHIFT,   /* J1S… */
	CODE_LOAN,    /* J1L… */
	CODE_BOOKING, /* J1B… */
	CODE_SLIP,    /* J1D…: a day slip's journal row, and 80 bits of its hash */
	CODE_VOUCHER, /* J1G…: a random number, not an id */
	CODE_RECORD,  /* J1C… a service record */
	CODE_HONOUR,  /* J1H… a certificate of honour */
	CODE_ISBN,    /* EAN-13 that begins with 978 or 979, from a linear barcode or typed */
	CODE_NUMBER,  /* digits only, up to 9: a resident's or an item's number, typed */
	CODE_FOREIGN,
	CODE_TYPE_COUNT,
};

#define CODE_TOKEN_SIZE 16
#define CODE_SLIP_SIZE  10 /* bytes: 80 bits */
#define CODE_SEQ_MAX    ((INT64_C(1) << 35) - 1)
#define CODE_TEXT_MAX   32 /* the longest of our codes, with its NUL */
#define CODE_ID_MAX     ((INT64_C(1) << 53) - 1)

struct code {
	enum code_type type;
	int64_t id; /* item, venue, shift, loan, booking, voucher; number; ISBN's 13 digits */
	unsigned char token[CODE_TOKEN_SIZE]; /* card; of a slip the first CODE_SLIP_SIZE bytes */
};

/* What `len` bytes from a scanner or a keyboard mean. Case is forgiven, spaces and hyphens are
 * skipped, but not within a number: "1-10" is no number; forgiven are also the look-alikes of
 * Crockford's alphabet among its digits (O for 0, I and L for 1), not in the type letter and the
 * check character, which may be these letters. Never fails: what is not ours is CODE_FOREIGN and
 * its text is not kept. A text that looks like ours (prefix, type, about the length) but is not
 * whole and right is CODE_FOREIGN with *ret_damaged true (ret_damaged may be NULL). */
struct code code_read(const char *bytes, size_t len, bool *ret_damaged);

/* The code's text with NUL. `id` must be in 1 … CODE_ID_MAX, the type one with a letter. */
void code_write_id(enum code_type type, int64_t id, char out[CODE_TEXT_MAX]);
void code_write_card(const unsigned char token[CODE_TOKEN_SIZE], char out[CODE_TEXT_MAX]);
/* `seq` in 1 … CODE_SEQ_MAX. */
void code_write_slip(
	int64_t seq, const unsigned char bits[CODE_SLIP_SIZE], char out[CODE_TEXT_MAX]);

/* ISO 7064 MOD 37,36 check character over `len` characters of 0–9 A–Z. */
char code_check(const char *s, size_t len);
bool code_is_isbn(const char *digits13); /* 13 digits, 978/979, check digit right */

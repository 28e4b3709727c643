/* The typed codes on cards, labels and papers (doc/decisions.md, Ids).
 *
 * "J1", a type letter, Crockford base32 of the value, an ISO 7064 MOD 37,36 check character over
 * all before it. Upper-case ASCII letters and digits alone: a QR stays small and no decoder can
 * guess a charset wrongly. What acts without a card must not be guessable: the codes of bookings,
 * vouchers and blank slips carry 64 random bits (13 digits), a card 128 (26). All others carry an
 * id of 53 bits (11). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"

enum code_type {
	CODE_CARD,     /* J1R… */
	CODE_ITEM,     /* J1I… */
	CODE_VENUE,    /* J1V… */
	CODE_SHIFT,    /* J1S… */
	CODE_LOAN,     /* J1L… */
	CODE_BOOKING,  /* J1B… */
	CODE_SLIP,     /* J1D…: a day slip's journal row, and 80 bits of its hash */
	CODE_VOUCHER,  /* J1G… */
	CODE_RECORD,   /* J1C… a service record */
	CODE_HONOUR,   /* J1H… a certificate of honour */
	CODE_BLANK,    /* J1P… a blank slip of the power-cut pack */
	CODE_ISBN,     /* EAN-13 of a book (978, 979), a magazine (977), a toy (690–699) */
	CODE_NUMBER,   /* digits only, up to 9: a resident's or an item's number, typed */
	CODE_OUTDATED, /* a booking's or voucher's with an id, as printed before they were random */
	CODE_PAYMENT,  /* what a phone pays with: not for us, and its text is not kept */
	CODE_FOREIGN,
	CODE_TYPE_COUNT,
};

#define CODE_TOKEN_SIZE  16 /* bytes of a card's token */
#define CODE_SECRET_SIZE 8  /* of what other codes carry that act without a card */
#define CODE_SLIP_SIZE   10 /* bytes: 80 bits */
#define CODE_SEQ_MAX     ((INT64_C(1) << 35) - 1)
#define CODE_TEXT_MAX    32 /* the longest of our codes, with its NUL */
#define CODE_ID_MAX      ((INT64_C(1) << 53) - 1)

struct code {
	enum code_type type;
	int64_t id; /* item, venue, shift, loan, record; number; ISBN's 13 digits */
	/* All of it of a card; of a booking, voucher or blank slip CODE_SECRET_SIZE, of a day slip
	 * CODE_SLIP_SIZE. */
	unsigned char token[CODE_TOKEN_SIZE];
};

/* What `len` bytes from a scanner or a keyboard mean: the one door for camera, wedge, typed text
 * and verbs alike. Case and full-width forms are forgiven, spaces and hyphens are skipped, but
 * not within a number ("1-10" is no number), and so are controls at both ends and the prefixes that
 * scanners may add: AIM's ]Q1, a GM60's \000026. An EAN may have a zero before it and an add-on of
 * 2 or 5 digits after it; an ISBN-10 is its ISBN-13; forgiven are also the look-alikes of
 * Crockford's alphabet among its digits (O for 0, I and L for 1), not in the type letter and the
 * check character, which may be these letters. Never fails: a code that is not ours is
 * CODE_FOREIGN, and its text is not kept. A text that looks like ours (prefix, type, about the
 * length) or like an EAN of ours but is not whole and right is CODE_FOREIGN with *ret_damaged true
 * (ret_damaged may be NULL). */
struct code code_read(const char *bytes, size_t len, bool *ret_damaged);

/* Writes the code's text with its NUL. `id` must be in 1 … CODE_ID_MAX, the type one that carries
 * an id. */
void code_write_id(enum code_type type, int64_t id, char out[CODE_TEXT_MAX]);
void code_write_card(const unsigned char token[CODE_TOKEN_SIZE], char out[CODE_TEXT_MAX]);
/* The type is one that carries a secret. */
void code_write_secret(
	enum code_type type, const unsigned char secret[CODE_SECRET_SIZE], char out[CODE_TEXT_MAX]);
/* `seq` in 1 … CODE_SEQ_MAX. */
void code_write_slip(
	int64_t seq, const unsigned char bits[CODE_SLIP_SIZE], char out[CODE_TEXT_MAX]);

/* ISO 7064 MOD 37,36 check character over `len` characters of 0–9 A–Z. */
char code_check(const char *s, size_t len);
/* Of thirteen digits, whether or not their check digit is right: is it a book's number; is it the
 * number of anything that CODE_ISBN covers. */
bool code_is_isbn(int64_t ean);
bool code_is_article(int64_t ean);

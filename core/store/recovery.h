/* The recovery sheet: what opens the venue's backups on another machine, and lets its administrator
 * in when nobody knows a PIN any more.
 *
 * 128 random bits, on paper as nine words of two syllables each and as a QR symbol of the same; on
 * the venue's machine in DIR/recovery.key (0600), so that its own backups need no sheet and an
 * administrator can print it again. */
#pragma once

#include "core/base/err.h"

#define RECOVERY_WORDS 9
#define RECOVERY_TEXT  128

struct recovery {
	unsigned char seed[16];
};

/* "bangga fenlao …", small letters, one space between words. */
void recovery_words(const struct recovery *, char ret[RECOVERY_TEXT]);
/* Reads a copy of the words; capitals, numbers before the words, hyphens and line breaks do not
 * matter. ERR_INVALID RECOVERY_BAD. */
int recovery_parse(const char *text, struct recovery *ret, struct err *err);
/* The words in a file. ERR_NOT_FOUND FILE_MISSING, ERR_STORAGE FILE_UNREADABLE, ERR_INVALID
 * RECOVERY_BAD. */
int recovery_read(const char *path, struct recovery *ret, struct err *err);

/* DIR's: ERR_NOT_FOUND RECOVERY_MISSING. */
int recovery_open(const char *dir, struct recovery *ret, struct err *err);
/* DIR's, drawn when there is none. ERR_STORAGE FILE_UNWRITABLE. */
int recovery_make(const char *dir, struct recovery *ret, struct err *err);
/* Writes DIR's, durably. ERR_STORAGE FILE_UNWRITABLE. */
int recovery_keep(const char *dir, const struct recovery *, struct err *err);
void recovery_wipe(struct recovery *);

/* Sealed backups: files that only the recovery sheet or the venue's own machine can open.
 *
 * In clear text: what it is, of which venue, up to which row of the journal, and when it was made.
 * Then the key, sealed to the recovery sheet (libsodium's crypto_box_seal), and, in chunks
 * encrypted with that key (secretstream), the pepper of the PINs and the database. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/store/recovery.h"

#define SEAL_PEPPER 32

struct seal_about {
	int64_t site, epoch, seq, made_at; /* seq: the journal's last row in it */
};

struct seal_secrets {
	bool has_pepper;
	unsigned char pepper[SEAL_PEPPER];
};

/* Seals the file `plain` into `to`, which is made or replaced, synced, and read back whole.
 * ERR_STORAGE FILE_UNREADABLE, FILE_UNWRITABLE, STORE_FULL, BACKUP_BAD when what is read back is
 * not what was written. */
int seal_write(const char *plain, const struct seal_secrets *, const struct seal_about *,
	const struct recovery *, const char *to, struct err *err);

/* True when the file begins as a sealed backup does; then *ret is set. */
bool seal_is(const char *path, struct seal_about *ret);

/* Opens it into the file `to` (0600); with NULL it is only read to its end. ERR_INVALID BACKUP_BAD
 * when it is not whole, ERR_REFUSED BACKUP_LOCKED when the recovery sheet is another one;
 * ERR_STORAGE. */
int seal_open(const char *path, const struct recovery *, const char *to, struct seal_secrets *ret,
	struct err *err);

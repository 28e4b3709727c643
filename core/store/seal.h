/* Sealed backups: a file that nobody reads without the recovery sheet, or the venue's own machine.
 *
 * In clear: what it is, of which venue, up to which row of the journal, and when. Then the key,
 * sealed to the recovery sheet (libsodium's crypto_box_seal), and in chunks under that key
 * (secretstream) the secret behind the PINs and the database. */
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

/* True when the file begins as a sealed backup does; then *ret. */
bool seal_is(const char *path, struct seal_about *ret);

/* Opens it into the file `to` (0600), or with NULL only reads all of it. ERR_INVALID BACKUP_BAD
 * when it is not whole, ERR_REFUSED BACKUP_LOCKED when the sheet is another; ERR_STORAGE. */
int seal_open(const char *path, const struct recovery *, const char *to, struct seal_secrets *ret,
	struct err *err);

/* A secret in its own file: 32 random bytes in hex, mode 0600, readable by nobody else. */
#pragma once

#include "core/base/err.h"

#define SECRET_SIZE 32

/* Generates one and writes it, durably; a half-written file never has the name. The file must not
 * exist: ERR_REFUSED FILE_EXISTS; ERR_STORAGE FILE_UNWRITABLE. */
int secret_create(const char *path, unsigned char ret[SECRET_SIZE], struct err *err);

/* ERR_NOT_FOUND FILE_MISSING; ERR_STORAGE FILE_UNREADABLE; ERR_INVALID FILE_BAD when damaged, or
 * when group or others may read it. */
int secret_open(const char *path, unsigned char ret[SECRET_SIZE], struct err *err);

/* Writes a known one, as from a backup, durably, replacing any that is there. ERR_STORAGE
 * FILE_UNWRITABLE. */
int secret_write(const char *path, const unsigned char secret[SECRET_SIZE], struct err *err);

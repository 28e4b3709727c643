/* Papers as files, written whole or not at all, even across a power cut. */
#pragma once

#include "core/base/bytes.h"
#include "core/base/err.h"

/* Writes beside `path`, syncs, renames over it and syncs the folder. ERR_STORAGE FILE_UNWRITABLE.
 */
int file_put(const char *path, const struct bytes *content, struct err *err);

/* Where a job's PDF goes: FOLDER/2026-11-21-R000123-1.pdf for job "R000123#1" of a sheet made on
 * that day. Characters that do not belong in a file name become "_". The caller's. */
char *file_job_path(const char *folder, const char *made, const char *job);

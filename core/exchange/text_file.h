/* Reads a text from a file, in the encodings that people's programs write. */
#pragma once

#include <stddef.h>

#include "core/base/err.h"

/* The file's text (of "-": standard input's) in UTF-8 without BOM, the caller's; it was UTF-8,
 * UTF-16 with BOM, or GB18030 (which includes GBK and GB2312): *ret_encoding says which. At most
 * `most` bytes. ERR_NOT_FOUND FILE_MISSING; ERR_STORAGE FILE_UNREADABLE; ERR_INVALID FILE_EMPTY,
 * FILE_TOO_LARGE, FILE_SPREADSHEET for an XLSX, XLS or ODS, FILE_BAD for none of these encodings,
 * or one with NUL bytes. */
int text_file_read(
	const char *path, size_t most, char **ret, const char **ret_encoding, struct err *err);

/* Reads a table from a file. */
#pragma once

#include "core/exchange/table.h"

/* The separator is the one that the file itself names in a first line sep=; or else the one with
 * which most columns of `known` (may be NULL) are named. ERR_NOT_FOUND FILE_MISSING; ERR_STORAGE
 * FILE_UNREADABLE; ERR_INVALID FILE_EMPTY, FILE_TOO_LARGE, FILE_SPREADSHEET, or FILE_BAD when it is
 * in none of the encodings, contains NUL bytes, or a quote is never closed (then the reason's text
 * says "path:line"). */
int table_open(
	const char *path, const struct column_list *known, struct table **ret, struct err *err);
